// Inviting people by their address.
import { messages } from '../../i18n/messages'

export const say = messages({
  sl: {
    invitations: 'Vabila',
    email: 'E-naslov',
    invite: 'Povabi',
    invited: 'Vabilo poslano: {email}.',
    already: 'Ta oseba ima tu že svojo vlogo.',
    good_until: 'velja do {date}',
    withdraw: 'Umakni',
    withdraw_it: 'Umakni: {name}',
    withdrawn: 'Vabilo umaknjeno: {email}.',
  },
  en: {
    invitations: 'Invitations',
    email: 'E-mail address',
    invite: 'Invite',
    invited: 'Invitation sent: {email}.',
    already: 'This person has a role here already.',
    good_until: 'good until {date}',
    withdraw: 'Withdraw',
    withdraw_it: 'Withdraw: {name}',
    withdrawn: 'Invitation withdrawn: {email}.',
  },
})
