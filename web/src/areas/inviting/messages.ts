// Inviting people by their address.
import { messages } from '../../i18n/messages'

export const say = messages({
  sl: {
    invitations: 'Vabila',
    email: 'E-naslov',
    invite: 'Povabi',
    invited: 'Vabilo je na poti.',
    good_until: 'velja do {date}',
    withdraw: 'Umakni',
    withdraw_it: 'Umakni: {name}',
    withdrawn: 'Umaknjeno.',
  },
  en: {
    invitations: 'Invitations',
    email: 'E-mail address',
    invite: 'Invite',
    invited: 'The invitation is on its way.',
    good_until: 'good until {date}',
    withdraw: 'Withdraw',
    withdraw_it: 'Withdraw: {name}',
    withdrawn: 'Withdrawn.',
  },
})
