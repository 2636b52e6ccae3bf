// Links by which calendar programs read the venue.
import { messages } from '../../../i18n/messages'

export const say = messages({
  sl: {
    feeds: 'Povezave do koledarja',
    lead: 'Kdo bere rezervacije centra s koledarjem na telefonu ali računalniku. Preklicana povezava ne odpre ničesar več.',
    for: 'Kaj naj kaže',
    venue: 'Ves center',
    former: 'Prostor, ki ni več v ponudbi',
    none: 'Nihče še nima povezave.',
    whose: '{name}, {what}',
  },
  en: {
    feeds: 'Calendar links',
    lead: 'Who reads the venue’s reservations by the calendar of a phone or a computer. A revoked link opens nothing any more.',
    for: 'What it shows',
    venue: 'The whole venue',
    former: 'A space no longer offered',
    none: 'Nobody has a link yet.',
    whose: '{name}, {what}',
  },
})
