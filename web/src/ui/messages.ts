import { messages } from '../i18n/messages'

export const say = messages({
  sl: {
    close: 'Zapri',
    optional: 'ni obvezno',
    loading: 'Nalagam …',
    again: 'Poskusi znova',
    next_page: 'Pokaži več',
    more: 'Še {n}',
    refused: 'To ni mogoče',
    why: 'Zakaj',
    instead: 'Namesto tega je prosto',
    unreachable: 'Strežnik se ne odziva. Preverite povezavo in poskusite znova.',
    timeout: 'Odgovora ni bilo pravočasno. Poskusite znova; podvojeno ne bo nič.',
    unreadable: 'Strežnik je odgovoril nerazumljivo. Poskusite čez nekaj časa.',
    not_found: 'Tega ni (več) ali pa ni namenjeno vam.',
  },
  en: {
    close: 'Close',
    optional: 'optional',
    loading: 'Loading …',
    again: 'Try again',
    next_page: 'Show more',
    more: '{n} more',
    refused: 'This is not possible',
    why: 'Why',
    instead: 'Free instead',
    unreachable: 'The server does not answer. Check the connection and try again.',
    timeout: 'The answer did not come in time. Try again; nothing will be done twice.',
    unreadable: 'The server’s answer could not be read. Try again a little later.',
    not_found: 'This does not exist (any more), or it is not for you.',
  },
})
