import { messages } from '../../../i18n/messages'

export const say = messages({
  sl: {
    title: 'Nov prostor', lead: 'Štirje kratki koraki. Vse lahko pozneje spremenite.', step: 'Korak {n} od {all}',
    step_what: 'Kaj je to?', step_hours: 'Kdaj je odprto?', step_who: 'Kdo ga sme rezervirati?', step_price: 'Koliko stane?',
    kind: 'Vrsta prostora', name: 'Kako se imenuje', name_hint: 'Kot mu pravite v hiši, npr. Čitalnica.', people: 'Koliko ljudi gre noter', desks: 'Koliko mest je', amenities: 'Kaj je v njem', description: 'Opis v enem stavku', optional: 'ni obvezno',
    hours_same: 'Kot hiša', hours_own: 'Svoje ure', hours_none: 'Hiša še nima odpiralnega časa. Povejte ga tu; velja za vse prostore, ki nimajo svojega.', days: 'Dnevi', opens: 'Odpre', closes: 'Zapre', house_has: 'Hiša je odprta: {hours}.',
    day_mon: 'pon', day_tue: 'tor', day_wed: 'sre', day_thu: 'čet', day_fri: 'pet', day_sat: 'sob', day_sun: 'ned', which: 'Katere ure',
    who_all: 'Vsi, takoj potrjeno', who_ask: 'Vsi, a vsako prošnjo odobrimo', who_staff: 'Zaenkrat samo osebje', who: 'Kdo',
    price_free: 'Brezplačno', price_hour: 'Na uro', how: 'Kako', price: 'Cena na začeto uro z DDV (€)', not_money: 'Vpišite znesek, npr. 12,50.', vat: 'DDV', vat_standard: 'splošna stopnja', vat_not_liable: 'nismo zavezanci za DDV', legal: '1. odstavek 94. člena ZDDV-1',
    next: 'Naprej', back: 'Nazaj', make: 'Ustvari prostor', done: 'Prostor {name} je pripravljen', done_text: 'Ljudje ga že vidijo in ga lahko rezervirajo.', see: 'Poglejte, kakor ga vidijo drugi', calendar: 'Na koledar', more: 'Dopolnite podatke', another: 'Dodaj še enega',
    half: 'Prostor je ustvarjen, ta korak pa še ne. Popravite in nadaljujte.',
  },
  en: {
    title: 'A new space', lead: 'Four short steps. All of it can be changed later.', step: 'Step {n} of {all}',
    step_what: 'What is it?', step_hours: 'When is it open?', step_who: 'Who may reserve it?', step_price: 'What does it cost?',
    kind: 'Kind of space', name: 'What it is called', name_hint: 'As you say it in the house, such as Reading room.', people: 'How many people fit in', desks: 'How many desks or pieces', amenities: 'What is in it', description: 'A description in one sentence', optional: 'optional',
    hours_same: 'As the venue', hours_own: 'Hours of its own', hours_none: 'The venue has no opening hours yet. Say them here; they hold for all spaces without hours of their own.', days: 'Days', opens: 'Opens', closes: 'Closes', house_has: 'The venue is open: {hours}.',
    day_mon: 'Mon', day_tue: 'Tue', day_wed: 'Wed', day_thu: 'Thu', day_fri: 'Fri', day_sat: 'Sat', day_sun: 'Sun', which: 'Which hours',
    who_all: 'Everybody, confirmed at once', who_ask: 'Everybody, but we approve each request', who_staff: 'Only staff for now', who: 'Who',
    price_free: 'Free of charge', price_hour: 'By the hour', how: 'How', price: 'Price per started hour with VAT (€)', not_money: 'Give an amount, such as 12.50.', vat: 'VAT', vat_standard: 'standard rate', vat_not_liable: 'we are not liable for VAT', legal: 'Article 94(1) of ZDDV-1',
    next: 'Next', back: 'Back', make: 'Make the space', done: '{name} is ready', done_text: 'People see it already and can reserve it.', see: 'See it as others do', calendar: 'To the calendar', more: 'Complete its data', another: 'Add another',
    half: 'The space is made, but this step is not yet. Mend it and go on.',
  },
})
