import { messages } from '../../../i18n/messages'

export const say = messages({
  sl: {
    views: 'Kdo je pogledal vaše podatke',
    views_text: 'Enkrat za vsako uro, kraj in vrsto: osebje, ki je odprlo kaj z vašim imenom.',
    nobody: 'Še nihče.',
    coordination: 'koordinacija ali upravljavec',
    seen_reservations: 'rezervacije',
    seen_series: 'ponavljajoče se rezervacije',
    seen_waiting_list: 'čakalni seznam',
    seen_members: 'seznam članov',
    seen_guests: 'seznam gostov',
    seen_join_requests: 'prošnje za pridružitev',
    seen_audit: 'dnevnik sprememb',
    seen_export: 'izvoz',
  },
  en: {
    views: 'Who looked at your data',
    views_text: 'Once for each hour, place and kind: staff who opened something with your name in it.',
    nobody: 'Nobody yet.',
    coordination: 'the coordination body or the operator',
    seen_reservations: 'reservations',
    seen_series: 'recurring reservations',
    seen_waiting_list: 'the waiting list',
    seen_members: 'the list of members',
    seen_guests: 'the list of guests',
    seen_join_requests: 'requests to join',
    seen_audit: 'the audit',
    seen_export: 'an export',
  },
})
