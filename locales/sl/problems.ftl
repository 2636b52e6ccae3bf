# Naslovi težav, ki jih vrača vmesnik (RFC 9457). Ključ je problem-<stalna koda>-title.

problem-malformed-title = Zahtevka ni mogoče prebrati
problem-unauthenticated-title = Prijava je potrebna
problem-second_factor_required-title = Potrebna je še koda iz aplikacije za preverjanje pristnosti
problem-second_factor_missing-title = Najprej vklopite prijavo v dveh korakih
problem-confirmation_required-title = Še enkrat pokažite, da ste to vi
problem-scope_missing-title = Ključ ni za to
problem-forbidden-title = Za to nimate pravice
problem-address_unverified-title = E-poštni naslov še ni potrjen
problem-not_found-title = Tega ni ali vam ni na voljo
problem-method_not_allowed-title = Ta naslov ne podpira te metode
problem-request_timeout-title = Zahtevek ni prišel pravočasno
problem-slot_taken-title = Termin je že zaseden
problem-hold_expired-title = Zadržani termin je potekel
problem-state_conflict-title = V trenutnem stanju to ni mogoče
problem-precondition_failed-title = Podatki so se medtem spremenili
problem-precondition_required-title = Navedite različico, ki jo spreminjate
problem-too_large-title = Zahtevek je prevelik
problem-unsupported_media_type-title = Te vrste vsebine ne sprejemamo
problem-image_unsupported-title = Datoteke ni mogoče prebrati kot fotografijo: izberite JPEG, PNG ali WebP
problem-image_damaged-title = Fotografija je poškodovana ali ni cela
problem-image_too_many_pixels-title = Fotografija ima preveč slikovnih točk: dovoljenih je največ 50 milijonov
problem-image_too_small-title = Fotografija je premajhna: vsaka stranica ima vsaj 320 slikovnih točk
problem-invalid-title = Podatki niso veljavni
problem-policy_refused-title = Pravila rezervacije tega ne dopuščajo
problem-series_conflicts-title = Nekaterih ponovitev ni mogoče dobiti
problem-too_many_skipped-title = Izpuščenih bi bilo več ponovitev, kot je dovoljeno
problem-nothing_left-title = Nobene od ponovitev ni mogoče dobiti
problem-affected_reservations-title = Sprememba bi prizadela prihodnje rezervacije
problem-idempotency_key_reused-title = Ključ je bil že uporabljen za drug zahtevek
problem-idempotency_in_progress-title = Enak zahtevek se še izvaja
problem-local_time_nonexistent-title = Ta krajevni čas ne obstaja
problem-local_time_ambiguous-title = Ta krajevni čas nastopi dvakrat
problem-time_out_of_bounds-title = Čas je zunaj dovoljenih meja
problem-rate_limited-title = Preveč zahtevkov
problem-overloaded-title = Sistem je preobremenjen
problem-outcome_unknown-title = Izid ni znan
problem-internal-title = Nekaj je šlo narobe
problem-credentials_refused-title = Naslov, geslo, povezava ali koda ni prava
problem-duplicate-title = To že obstaja
problem-organisation_exists-title = Ta organizacija že obstaja
problem-last_one-title = Zadnji ne more oditi
problem-obligations_open-title = Nekaj je še odprto
problem-grouping_not_published-title = Ta razčlenitev ni objavljena: podatki o ljudeh so v objavljenih preglednicah
problem-period_closed-title = Podatki za ta mesec so zaključeni
problem-not_open_yet-title = Za to je še prezgodaj

# Zavrnjena polja. Ključ je field-<stalna koda>.

field-password_or_code = Navedite geslo ali kodo, ne obojega
field-already_past = To je že mimo
field-archived = Ta prostor je arhiviran
field-at_most_one_of_these = Navedite največ eno od space_id, venue_id in network_id
field-attendees_needed = Cena je na osebo: navedite število udeležencev
field-bands_overlap = V istem času velja še ena cena za isto skupino uporabnikov in sezono
field-control_character = Krmilni znaki niso dovoljeni
field-cursor_refused = Ta kazalec ni bil izdan za ta seznam
field-date_out_of_bounds = Datum mora biti med letoma 2000 in 2099
field-date_repeated = Ta datum je naveden dvakrat
field-day_repeated = Dan v tednu je naveden dvakrat
field-days_empty = Navedite vsaj en dan v tednu
field-departure_after_arrival = Odhod ni pozneje od prihoda: eni odidejo, preden pridejo drugi
field-duplicate_field = To je navedeno dvakrat
field-equipment_has_no_seats = Oprema nima sedežev
field-equipment_stays = Oprema ne more postati prostor, prostor pa ne oprema
field-extra_quantity = Te količine ni mogoče dobiti
field-extra_repeated = Ta dodatek je naveden dvakrat
field-extra_unknown = Prostor takega dodatka ne ponuja
field-free_with_limit = Kar je brezplačno, nima ne dnevne omejitve ne najnižjega zneska
field-guessable = Geslo je lahko uganiti
field-exactly_one_scope = Navedite natanko eno od network_id, venue_id in space_id
field-has_parts = Del sam ne sme imeti delov
field-has_units_of_its_own = Ta prostor ima lastne enote in ne delov
field-units_of_parts = Enote dvorane so enote njenih delov
field-units_of_a_whole_stay = Prostor, ki se rezervira v celoti, obdrži svoje enote
field-is_a_part = Ta prostor je del dvorane, ki računa na njegove enote
field-has_reservations = To ostane, kakor je, odkar so tu rezervacije
field-holds_a_comma = Ne sme vsebovati vejice
field-in_the_future = Ta dan še ni prišel
field-layouts_need_whole = Postavitve so za prostore, ki se rezervirajo v celoti
field-legal_missing = Cena brez DDV potrebuje pravno podlago
field-list_empty = Navedite vsaj eno vrednost
field-list_too_long = Vrednosti je preveč
field-negative = Cena ne more biti negativna
field-no_duration_fits = Med najkrajšim in najdaljšim trajanjem v tem rastru ni nobenega trajanja
field-not_after_start = Konec mora biti po začetku
field-notice_beyond_horizon = S tem najavnim časom v obdobju rezerviranja ne bi bilo mogoče rezervirati ničesar
field-only_confirming = Konec ima le potrditev
field-only_for_nights = Uro prihoda in odhoda imajo samo prostori, ki se rezervirajo po nočeh
field-opens_at_day_end = Odpiralni čas se ne more začeti ob 24:00: to je 00:00 naslednjega dne
field-packages_empty = Navedite vsaj en paket
field-packages_not_ascending = Vsak paket mora biti daljši od prejšnjega in stati vsaj toliko
field-parts_need_whole = Prostor iz delov se rezervira v celoti
field-price_too_large = Cena je previsoka
field-public_uncovered = V kateri od sezon za del tedna ni cene za javnost: navedite ceno ali da je brezplačno
field-range_too_long = Obdobje je predolgo
field-rate_repeated = Še ena cena brez časovnega pasu je za isto skupino uporabnikov in sezono
field-repeated = To je navedeno dvakrat
field-season_reversed = Sezona se konča, preden se začne
field-season_unknown = Cenik nima sezone s tem imenom
field-seasons_overlap = Sezoni imata skupen datum
field-seats_differ = Enote imajo navedene sedeže, ki se ne bi več ujemali z zmogljivostjo
field-nothing_fits = Tako dolg termin se v tem razponu ne more več začeti
field-too_many_waiting = Čakate že na toliko terminov, kolikor je hkrati mogoče
field-time_needed = Ta prostor se rezervira po urah: navedite čas in ne samo datuma
field-token_or_code = Navedite žeton ali pa naslov s kodo
field-too_large = Vrednost je prevelika
field-too_long = Besedilo je predolgo
field-too_short = Besedilo je prekratko
field-too_many_rows = Ta razčlenitev ima preveč vrstic: združujte bolj grobo ali izberite krajše obdobje
field-too_many_slots = To bi bilo več kot 10.000 terminov: vprašajte za krajše obdobje
field-too_small = Vrednost je premajhna
field-units_or_parts = Navedite enote ali dele, ne obojega
field-unknown_country = To ni koda države po ISO 3166, na primer SI
field-unknown_field = Takega polja ni
field-unknown_network = Takega omrežja ni
field-unknown_space = Takega prostora v tem centru ni
field-unknown_time_zone = To ni časovni pas IANA, na primer Europe/Ljubljana
field-unknown_value = To ni nobena od dovoljenih vrednosti
field-wrong_type = To je napačne vrste
field-null = Tega ni mogoče odstraniti: izpustite ga ali navedite vrednost
field-zero = Ne sme biti 0

# Stran, ki razlaga težave.
problems-page-title = Težave
problems-page-introduction = Kaj vmesnik odgovori, kadar česa ni mogoče storiti. Programi se ravnajo po kodi, ki se ne spreminja.
problems-page-docs = Vmesnik
problems-page-all = Vse težave
problems-page-status = stanje
problems-page-meaning = pomen
field-missing_field = To polje manjka
field-not_a_member = Oseba ni članica te organizacije
field-not_as_many_as_quantity = Navedite toliko enot, kolikor pove količina
field-not_of_this_space = To ne pripada temu prostoru
field-outside_the_plan = Stalo bi zunaj tlorisa
field-own_address = To je že naslov vašega računa
field-out_of_range = Število je zunaj dovoljenega razpona
field-unknown = Pod to oznako ni ničesar
field-local_time_nonexistent = Ta krajevni čas ne obstaja, ker se ura premakne naprej
field-local_time_ambiguous = Ta krajevni čas nastopi dvakrat: navedite odmik
field-time_out_of_bounds = Časi so med letoma 2000 in 2100
field-blank = To ne sme biti prazno
field-not_a_link = To ni povezava, ki se začne s https:// ali http:// in ima največ 500 znakov
field-only_money = To velja le za denarne kazalnike
field-does_not_add_up = Različnih oseb, organizacij in podjetij več let ni mogoče sešteti
field-only_public = To velja le za javne rezervacije: navedite public true
field-whole_days_needed = Primerjati je mogoče le obdobja, ki se začnejo in končajo s krajevnim dnem
field-venue_or_network = Navedite center ali mrežo, ne obojega
field-not_a_slug = Male črke a-z in števke, v skupinah z enojnimi vezaji
field-invalid_email = To ni e-poštni naslov, na primer ana.novak@example.si
field-invalid_phone = Telefonska številka ima 6 do 15 števk, pred njimi je lahko +
field-unknown_scheme = Takšne klasifikacije ne poznamo: mogoče so skd, nace in other (druga)
field-unknown_version = Takšne različice ni: skd ima 2008 in 2025, nace 2 in 2.1
field-invalid_sector_code = To ni šifra dejavnosti: po skd ima pet števk (90.030), po nace štiri (90.03)
field-invalid_register_number = To ni matična številka: ima 7 števk, od katerih je zadnja kontrolna, lahko še 3 za enoto
field-invalid_time_of_day = To ni ura med 00:00 in 24:00, na primer 08:30
field-time_malformed = To ni čas, na primer 2026-11-03T10:00:00+01:00 ali krajevno 2026-11-03T10:00
field-time_fraction = Delci sekunde niso dovoljeni
field-time_leap_second = Prestopne sekunde niso dovoljene
field-date_malformed = To ni datum, na primer 2026-11-03
field-wrong_identifier = To ni oznaka te vrste
field-invalid_value = Ta vrednost ni sprejemljiva

field-another_day = Čas ostane na dan ponovitve: dneve določa pravilo
field-no_occurrence = Od ponovitev ne ostane nobena
field-no_such_row = Nobena vrstica ni iz te skupine
field-not_an_occurrence = Takrat se ne začne nobena ponovitev
field-not_of_series = Ponavljajoče se rezervacije ni mogoče zadržati, le narediti
field-nothing_ahead = Ni prihodnjih ponovitev, ki bi jih bilo mogoče spremeniti
field-occurrences_overlap = Ena ponovitev se začne, preden se prejšnja konča
field-one_by_one = Ponovitve niza se v drug prostor prestavljajo posamično
field-only_recurring = To velja le za zapore, narejene po enem pravilu
field-only_skipping = To gre le skupaj s skip_conflicts
field-rrule_count_and_until = COUNT in UNTIL se izključujeta
field-rrule_count_too_large = COUNT je največ 366
field-rrule_daily_with_weekdays = BYDAY pri DAILY nima pomena: dneve v tednu ima WEEKLY
field-rrule_frequency_missing = Manjka FREQ: DAILY, WEEKLY ali MONTHLY
field-rrule_frequency_unsupported = FREQ je DAILY, WEEKLY ali MONTHLY
field-rrule_malformed = Pravilo ponavljanja je seznam delov IME=vrednost s podpičji med njimi
field-rrule_month_days_not_monthly = BYMONTHDAY gre le skupaj z MONTHLY
field-rrule_part_repeated = Del pravila ponavljanja je naveden dvakrat
field-rrule_part_unknown = Takega dela v pravilu ponavljanja ni
field-rrule_part_unsupported = Ta del ni podprt: podprti so DAILY, WEEKLY z BYDAY in MONTHLY z BYDAY ali BYMONTHDAY
field-rrule_too_long = Pravilo ponavljanja ima največ 512 znakov
field-rrule_unbounded = Manjka COUNT ali UNTIL: ponavljanje ima konec
field-rrule_value_invalid = Vrednost v pravilu ponavljanja nima oblike, ki jo del zahteva
field-rrule_value_out_of_range = Vrednost v pravilu ponavljanja je zunaj razpona
field-rrule_value_repeated = Vrednost je v seznamu pravila ponavljanja navedena dvakrat
field-rrule_weekday_numbered = Pri WEEKLY dan v tednu nima številke: TU
field-rrule_weekday_unnumbered = Pri MONTHLY ima dan v tednu številko: 2TU je drugi torek, -1TU zadnji
field-rrule_weekdays_and_month_days = BYDAY in BYMONTHDAY skupaj nista podprta
field-start_not_in_rule = Začetek ni na dan, ki ga določa pravilo
field-too_many_exdates = Izključenih datumov je več kot 366
field-too_many_occurrences = Pravilo da več kot 366 ponovitev

field-not_equipment = Ta prostor ni oprema
field-of_another_venue = Ta oprema je v drugem centru
field-shares_units = Iste enote ima že prostor ali druga oprema na seznamu
field-tariffs_differ = Cene te opreme so v drugi valuti ali z DDV, cene prostora pa brez

field-address_not_public = Ta naslov ni javen ali ni na vratih 80 ali 443
field-calendar_line_malformed = Vrstice koledarja ni mogoče prebrati
field-calendar_line_too_long = Vrstica ali dogodek koledarja je predolg
field-calendar_time_malformed = Časa v koledarju ni mogoče prebrati
field-calendar_unfinished = Koledar se konča, preden je cel
field-calendar_unsupported = Dogodek uporablja, kar ni podprto: RDATE, EXRULE, več pravil ali spremembo tega in vseh naslednjih
field-calendar_zone_unknown = Koledar navaja neznan časovni pas
field-column_missing = Ta stolpec manjka
field-column_repeated = Ta stolpec je naveden dvakrat
field-counted_already = Za ta dan je že vpisano drugo število, ki ostane
field-event_cancelled = Dogodek je v izvirnem koledarju odpovedan
field-event_transparent = Dogodek v izvirnem koledarju ne zaseda časa
field-file_too_large = Datoteka ima več kot 100 MB
field-file_unreadable = Datoteke ni mogoče prebrati
field-import_differs = Vrstica je bila že uvožena in je tedaj pravila drugače; kar je iz nje nastalo, ostane, kot je
field-not_a_calendar = To ni koledar (iCalendar, RFC 5545)
field-not_a_calendar_address = Naslov koledarja se začne s https://, http:// ali webcal:// in ne vsebuje imena ali gesla
field-not_a_table = To ni tabela (CSV)
field-not_utf8 = Besedilo ni v UTF-8: shranite ga kot »CSV UTF-8«
field-other_units_then = Prostor je imel na ta dan druge enote
field-repeats_line = O istem govori že vrstica { $line } te datoteke
field-space_ambiguous = To ime ima več prostorov: navedite oznako
field-space_name_taken = Prostor s tem imenom že obstaja
field-unknown_column = Takega stolpca ni
field-wrong_number_of_cells = Vrstica ima več ali manj celic kot glava

# Zakaj je kaj narobe, kjer sam naslov tega ne pove. Ključ je why-<razlog>; $most je število, ki ga pove.

why-made-of-parts = Dvorana iz delov nima svojih enot: kopirajte njene dele in iz kopij sestavite dvorano
why-person-unverified = Oseba svojega e-poštnega naslova še ni potrdila
why-invited-elsewhere = Vabilo je bilo poslano na drug naslov, kot ga ima vaš račun
why-requests-waiting = { $most ->
    [one] Na odgovor čaka že { $most } prošnja: umaknite katero, ki je ne potrebujete
    [two] Na odgovor čakata že { $most } prošnji: umaknite katero, ki je ne potrebujete
    [few] Na odgovor čakajo že { $most } prošnje: umaknite katero, ki je ne potrebujete
   *[other] Na odgovor čaka že { $most } prošenj: umaknite katero, ki je ne potrebujete
}
why-declined-lately = { $most ->
    [one] Organizacija je prošnjo zavrnila; znova jo lahko pošljete { $most } dan pozneje
    [two] Organizacija je prošnjo zavrnila; znova jo lahko pošljete { $most } dneva pozneje
    [few] Organizacija je prošnjo zavrnila; znova jo lahko pošljete { $most } dni pozneje
   *[other] Organizacija je prošnjo zavrnila; znova jo lahko pošljete { $most } dni pozneje
}
why-calendars-subscribed = { $most ->
    [one] Center je naročen že na { $most } koledar: odpovejte katerega, ki ga ne potrebuje
    [two] Center je naročen že na { $most } koledarja: odpovejte katerega, ki ga ne potrebuje
    [few] Center je naročen že na { $most } koledarje: odpovejte katerega, ki ga ne potrebuje
   *[other] Center je naročen že na { $most } koledarjev: odpovejte katerega, ki ga ne potrebuje
}
why-indicators-defined = { $most ->
    [one] Mreža je določila že { $most } kazalnik in jih več ne more
    [two] Mreža je določila že { $most } kazalnika in jih več ne more
    [few] Mreža je določila že { $most } kazalnike in jih več ne more
   *[other] Mreža je določila že { $most } kazalnikov in jih več ne more
}
why-images = { $most ->
    [one] Tu je že { $most } fotografija: odstranite katero, ki je ne potrebujete
    [two] Tu sta že { $most } fotografiji: odstranite katero, ki je ne potrebujete
    [few] Tu so že { $most } fotografije: odstranite katero, ki je ne potrebujete
   *[other] Tu je že { $most } fotografij: odstranite katero, ki je ne potrebujete
}
why-calendar-links = { $most ->
    [one] Imate že { $most } povezavo: prekličite katero, ki je ne potrebujete
    [two] Imate že { $most } povezavi: prekličite katero, ki je ne potrebujete
    [few] Imate že { $most } povezave: prekličite katero, ki je ne potrebujete
   *[other] Imate že { $most } povezav: prekličite katero, ki je ne potrebujete
}
why-api-keys = { $most ->
    [one] Imate že { $most } ključ: prekličite katerega, ki ga ne potrebujete
    [two] Imate že { $most } ključa: prekličite katerega, ki ga ne potrebujete
    [few] Imate že { $most } ključe: prekličite katerega, ki ga ne potrebujete
   *[other] Imate že { $most } ključev: prekličite katerega, ki ga ne potrebujete
}
why-nothing-owed = Za to rezervacijo ni stroška, ki bi ga bilo treba poravnati
why-no-password = Račun nima gesla: zahtevajte povezavo za prijavo in geslo nastavite z njo
why-second-factor-there = Račun ima že prijavo v dveh korakih: odstranite jo, preden nastavite drugo
why-second-factor-not-begun = V zadnji uri niste začeli vklapljati prijave v dveh korakih
why-no-second-factor = Račun nima prijave v dveh korakih
why-link-instead = Za ta naslov je bilo poskušenih preveč gesel: zahtevajte povezavo za prijavo ali poskusite pozneje
why-show-password = Pred tem še enkrat navedite geslo ali kodo iz aplikacije za preverjanje pristnosti
why-sign-in-anew = Pred tem se znova prijavite; od prijave sme miniti največ deset minut

# Kaj `prostor import` pove o vsej datoteki.

import-line = vrstica { $line }: { $outcome }: { $reasons }
import-outcome-created = nastalo
import-outcome-unchanged = nespremenjeno
import-outcome-conflict = v sporu
import-outcome-refused = zavrnjeno
import-outcome-invalid = neveljavno
import-more = { $count ->
    [one] … in še { $count } vrstica; vse so v datoteki, ki jo poveste z --report
    [two] … in še { $count } vrstici; vse so v datoteki, ki jo poveste z --report
    [few] … in še { $count } vrstice; vse so v datoteki, ki jo poveste z --report
   *[other] … in še { $count } vrstic; vse so v datoteki, ki jo poveste z --report
}
import-report-failed = Poročila ni bilo mogoče zapisati: { $reason }
import-done = Uvoženo
import-tried = Samo poskus
import-nothing = Nič ni uvoženo
import-summary = { $done }. { $applied ->
    [yes] Nastalo
   *[no] Nastalo bi
}: { $created }, nespremenjeno: { $unchanged }, v sporu: { $conflict }, zavrnjeno: { $refused }, neveljavno: { $invalid }.
