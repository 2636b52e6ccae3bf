// What a person would get.
import { messages } from '../../../i18n/messages'

export const say = messages({
  sl: {
    try: 'Preizkusi',
    try_text: 'Kaj bi dobila oseba, če bi rezervirala. Nič se ne zgodi.',
    person: 'E-naslov osebe',
    person_hint: 'Prazno: vi sami. Neznan naslov: nekdo brez računa.',
    space: 'Prostor',
    person_result: 'Sama bi dobila',
    result_allow: 'takoj potrjeno',
    result_ask: 'na odobritev',
    result_refuse: 'zavrnjeno',
    people: 'Koliko ljudi',
    cost_lines: 'Cena',
    tax: 'z DDV',
    reasons: 'Zakaj',
    by_staff: 'Osebje centra lahko to zanjo vseeno rezervira.',
  },
  en: {
    try: 'Try it',
    try_text: 'What a person would get if they reserved. Nothing happens.',
    person: 'The person’s e-mail address',
    person_hint: 'Empty: yourself. Unknown: somebody without an account.',
    space: 'Space',
    person_result: 'On their own they would get',
    result_allow: 'confirmed at once',
    result_ask: 'on approval',
    result_refuse: 'refused',
    people: 'How many people',
    cost_lines: 'Price',
    tax: 'with VAT',
    reasons: 'Why',
    by_staff: 'The venue’s staff can still reserve it for them.',
  },
})
