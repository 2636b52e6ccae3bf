// Links by which calendar programs read the venue.
import { messages } from '../../../i18n/messages'

export const say = messages({
  sl: {
    feeds: 'Povezave do koledarja',
    lead: 'Kdo bere rezervacije centra s koledarjem na telefonu ali računalniku. Preklicana povezava ne odpre ničesar več.',
    for: 'Kaj naj kaže',
    venue: 'Ves center',
    name: 'Za kateri koledar',
    make: 'Ustvari povezavo',
    none: 'Nihče še nima povezave.',
    whose: '{name}, {what}',
    made_on: 'Ustvarjeno {date}.',
    last_used: 'Nazadnje {when}',
    never_used: 'Še ni bila uporabljena.',
    revoke: 'Prekliči',
    revoke_it: 'Prekliči: {name}',
    revoked: 'Povezava je preklicana.',
  },
  en: {
    feeds: 'Calendar links',
    lead: 'Who reads the venue’s reservations by the calendar of a phone or a computer. A revoked link opens nothing any more.',
    for: 'What it shows',
    venue: 'The whole venue',
    name: 'For which calendar',
    make: 'Make a link',
    none: 'Nobody has a link yet.',
    whose: '{name}, {what}',
    made_on: 'Made on {date}.',
    last_used: 'Last used {when}',
    never_used: 'Not used yet.',
    revoke: 'Revoke',
    revoke_it: 'Revoke: {name}',
    revoked: 'The link is revoked.',
  },
})
