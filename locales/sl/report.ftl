# Letno poročilo mreže ali centra.

report-title = Letno poročilo { $year }: { $place }
report-contents = Vsebina
report-cover-period = Obdobje: od { $from } do { $to }
report-cover-as-of = Stanje podatkov: { $asof }
report-cover-made = Poročilo je izdelano iz podatkov o rezervacijah in obiskih centrov. Prikazuje samo vrednosti, ki jih sme videti koordinacijsko telo mreže, zato ga je mogoče posredovati naprej. Vsaka vrednost ima v poglavju Metoda svojo opredelitev.
report-cover-made-for-staff = Poročilo je izdelano iz podatkov o rezervacijah in obiskih centra in je namenjeno njegovemu osebju, ki svoj center vidi v celoti. Ne posredujte ga naprej: vrednosti z znakom ‡ niso objavljene nikomur. Za druge je poročilo mreže.
report-nothing-available = V zajetem obdobju leta { $year } ni bil noben prostor nikoli na voljo (odprt in brez zapore), zato zasedenosti ni mogoče izračunati.
report-provisional = Začasno poročilo: leto { $year } še ni zaključeno. Zajeto je obdobje od { $from } do { $to }; celotno leto bo zaključeno { $closes }.
report-numbers-of-chart = Številke grafa

report-summary = Povzetek
report-summary-extent = Poročilo o mreži »{ $place }« zajema { $venues ->
    [one] { $venuesshown } center
    [two] { $venuesshown } centra
    [few] { $venuesshown } centre
   *[other] { $venuesshown } centrov
}, { $spaces ->
    [one] { $spacesshown } prostor
    [two] { $spacesshown } prostora
    [few] { $spacesshown } prostore
   *[other] { $spacesshown } prostorov
} in { $seats ->
    [one] { $seatsshown } sedež
    [two] { $seatsshown } sedeža
    [few] { $seatsshown } sedeže
   *[other] { $seatsshown } sedežev
}.
report-summary-extent-of-venue = Poročilo o centru »{ $place }« zajema { $spaces ->
    [one] { $spacesshown } prostor
    [two] { $spacesshown } prostora
    [few] { $spacesshown } prostore
   *[other] { $spacesshown } prostorov
} in { $seats ->
    [one] { $seatsshown } sedež
    [two] { $seatsshown } sedeža
    [few] { $seatsshown } sedeže
   *[other] { $seatsshown } sedežev
}.
report-summary-planned = Enote prostorov so bile skupaj na voljo { $available } h, od tega je bilo rezerviranih { $booked } h: načrtovana zasedenost je bila { $rate }.
report-summary-more = Leto prej je bila { $before }; zvišala se je za { $points } odstotne točke.
report-summary-less = Leto prej je bila { $before }; znižala se je za { $points } odstotne točke.
report-summary-same = Leto prej je bila enaka ({ $before }).
report-summary-partial = { $months ->
    [one] Za leto prej so podatki le za { $shown } mesec, zato leti nista primerljivi.
    [two] Za leto prej so podatki le za { $shown } meseca, zato leti nista primerljivi.
    [few] Za leto prej so podatki le za { $shown } mesece, zato leti nista primerljivi.
   *[other] Za leto prej so podatki le za { $shown } mesecev, zato leti nista primerljivi.
}
report-summary-used = Dejansko uporabljenih je bilo { $used } h ({ $rate }).
report-summary-occupancy = Ko so bili prostori v uporabi, je bilo zasedenih { $occupancy } sedežev; število ljudi je znano za { $coverage } uporabe. Izkoriščenost, ki upošteva čas in sedeže, je bila { $utilisation }.
report-summary-highlights = Najbolj zaseden mesec je bil { $month } ({ $ofmonth }), najbolj zaseden center { $venue } ({ $ofvenue }). V tednu je bilo največ ur rezerviranih: { $hour } (zasedenost { $ofhour }).
report-summary-highlights-of-venue = Najbolj zaseden mesec je bil { $month } ({ $ofmonth }). V tednu je bilo največ ur rezerviranih: { $hour } (zasedenost { $ofhour }).
report-summary-idle = { $spaces ->
    [one] { $shown } prostor ni bil rezerviran niti enkrat, čeprav je bil odprt.
    [two] { $shown } prostora nista bila rezervirana niti enkrat, čeprav sta bila odprta.
    [few] { $shown } prostori niso bili rezervirani niti enkrat, čeprav so bili odprti.
   *[other] { $shown } prostorov ni bilo rezerviranih niti enkrat, čeprav so bili odprti.
}
report-summary-people = { $people ->
    [one] Rezervirala je { $peopleshown } oseba
    [two] Rezervirali sta { $peopleshown } osebi
    [few] Rezervirale so { $peopleshown } osebe
   *[other] Rezerviralo je { $peopleshown } oseb
} za { $organisations ->
    [one] { $organisationsshown } organizacijo
    [two] { $organisationsshown } organizaciji
    [few] { $organisationsshown } organizacije
   *[other] { $organisationsshown } organizacij
}; skupaj { $reservations ->
    [one] { $reservationsshown } rezervacija
    [two] { $reservationsshown } rezervaciji
    [few] { $reservationsshown } rezervacije
   *[other] { $reservationsshown } rezervacij
}.

report-key-figures = Ključne vrednosti
report-figure = Količina
report-value = Vrednost
report-numerator = Števec
report-denominator = Imenovalec
report-year-before = Leto prej
report-change-points = Sprememba (odstotne točke)
report-definition = Opredelitev
report-count = Število
report-basis = Na čem temelji uporaba: { $basis }.
report-basis-measured = izmerjena s prijavami prihoda
report-basis-assumed = privzeta po rezervacijah, ker prijava prihoda ni obvezna
report-basis-mixed = deloma izmerjena s prijavami prihoda, deloma privzeta po rezervacijah
report-note-overlapping = † Prostor si deli enote z drugim (dvorana in njeni polovici), zato se vrstice ne seštejejo v skupno vrednost.
report-note-equipment = Oprema nima sedežev in ni v skupnih vrednostih.
report-note-hidden = »Prikrito«: vrednost se ne pokaže, da v njej ni mogoče prepoznati posameznika ali organizacije; pravila so v poglavju Metoda.
report-note-withheld = ‡ Ni objavljeno: vidi le osebje centra. Pravila so v poglavju Metoda.
report-note-closed-up = Vse skupaj je nastalo pri tako malo osebah ali organizacijah, da se ne razčleni.
report-note-nothing = V tem letu ni bilo rezervacij.

report-chart-months = Načrtovana zasedenost je bila med { $least } ({ $low }) in { $most } ({ $high }). Iste vrednosti so v preglednici.
report-chart-nothing = Ni podatkov.
report-chart-week = Največ ur je rezerviranih: { $hour } (zasedenost { $rate }). Sive ure so vedno zaprte.
report-chart-counts = Največ: { $most } ({ $count }). Vrednosti so v preglednici; prikritih ni v grafu.
report-chart-reasons = Najpogostejši razlog: { $most } ({ $count }). Vrednosti so v preglednici.
report-hour-of-week = { $weekday } med { $from }. in { $to }. uro
report-hour = { $from }.00–{ $to }.00
report-weekday-1 = pon
report-weekday-2 = tor
report-weekday-3 = sre
report-weekday-4 = čet
report-weekday-5 = pet
report-weekday-6 = sob
report-weekday-7 = ned

report-months = Leto po mesecih in urah
report-by-month = Po mesecih
report-chart-by-month = Zasedenost po mesecih
report-chart-by-month-of = Zasedenost po mesecih: { $venue }
report-week = Teden
report-week-about = Načrtovana zasedenost vsake ure v tednu: rezervirane ure, deljene z razpoložljivimi, v odstotkih. Vsaka ura zbere vse tedne obdobja. Kadar je odprtih malo enot (ponoči na primer le stanovanja), je delež lahko velik, čeprav je rezerviranih ur malo.
report-week-closed = Prostori v tem obdobju niso bili odprti.
report-chart-of-week = Načrtovana zasedenost po urah tedna (v %)
report-chart-of-week-of = Načrtovana zasedenost po urah tedna (v %): { $venue }

report-venues = Centri drug ob drugem
report-venues-about = Vsak center se meri glede na svoj odpiralni čas; prostori brez rezervacij štejejo. Razlike v odpiralnem času, vrstah prostorov in skupinah uporabnikov pojasnijo del razlik med centri.
report-chart-of-venues = Zasedenost centrov
report-chart-of-venues-text = Vsak center ima dva stolpca, načrtovano in dejansko zasedenost. Natančne vrednosti so v preglednici.
report-venue-nothing = Center v tem obdobju ni imel prostorov.
report-spaces = Prostori

report-people = Osebe in organizacije
report-people-about = Vrednosti o ljudeh so objavljene v preglednicah, o katerih se odloči enkrat, ob zaključku leta; pozneje se ne spremenijo. Kar bi govorilo o posamezniku, je prikrito, tudi v grafih.
report-people-about-of-venue = Vrednosti o ljudeh se preštejejo in objavijo v preglednicah enkrat, ob zaključku leta; pozneje se ne spremenijo. To so preglednice centra v celoti; drugi jih vidijo manj.
report-people-not-yet = To poglavje je še prazno, ker leto { $year } še ni mimo: o vrednostih o ljudeh se odloči enkrat za celo leto, ob zaključku zadnjega meseca, 14 dni po njegovem koncu. Preglednice bodo v poročilu, izdelanem { $closes } ali pozneje: kdo je bil nov in kdo se je vrnil, denar, nameni, skupine, dejavnosti, pravne oblike, velikosti in občine. Že zaključeni meseci in četrtletja so na voljo kot objavljene preglednice.
report-people-soon = To poglavje je še prazno: leto je mimo in preglednice o osebah in organizacijah prav zdaj nastajajo. V poročilu, izdelanem čez nekaj minut, bodo tu.
report-people-new = prvič v mreži
report-people-returning = že prej v mreži
report-category-none = brez organizacije
report-category-visit = brez rezervacije
report-category-unknown = ni znano
report-published-people = Kdo
report-published-people-title = Novi uporabniki in tisti, ki so se vrnili
report-published-money = Valuta
report-published-money-title = Zaračunano in vrednost v naravi
report-published-purpose = Namen
report-published-purpose-title = Po namenu
report-published-purpose-chart = Rezervacije po namenu
report-published-audience = Skupina
report-published-audience-title = Po skupini, po katere pravilih je bilo rezervirano
report-published-audience-chart = Rezervacije po skupini
report-published-sector = Dejavnost
report-published-sector-title = Po dejavnosti organizacije
report-published-sector-chart = Rezervacije po dejavnosti organizacije
report-published-organisation_kind = Pravna oblika
report-published-organisation_kind-title = Po pravni obliki organizacije
report-published-organisation_kind-chart = Rezervacije po pravni obliki organizacije
report-published-size = Velikost
report-published-size-title = Po velikosti organizacije
report-published-size-chart = Rezervacije po velikosti organizacije
report-published-organisation_municipality = Občina
report-published-organisation_municipality-title = Po občini sedeža organizacije
report-published-organisation_municipality-chart = Rezervacije po občini sedeža organizacije
report-published-figure-reservations = Rezervacije
report-published-figure-reservations-meaning = Rezervacije, ki se začnejo v letu: potrjene, tekoče, končane in tiste, na katere ni nihče prišel.
report-published-figure-booked_hours = Rezervirane ure
report-published-figure-booked_hours-meaning = Ure enot znotraj odpiralnega časa.
report-published-figure-people = Osebe
report-published-figure-people-meaning = Različne osebe, ki so rezervirale. Kdor je v dveh vrsticah, v skupni vrednosti šteje enkrat.
report-published-figure-organisations = Organizacije
report-published-figure-organisations-meaning = Različne organizacije, za katere je bilo rezervirano. Tista, ki je v dveh vrsticah, v skupni vrednosti šteje enkrat.
report-published-figure-supported_enterprises = Podprta podjetja
report-published-figure-supported_enterprises-meaning = Različne organizacije z matično številko, ki so rezervirale kot kreativne ali ceneje od polne cene; vsaka številka šteje enkrat.
report-published-figure-visits = Obiski
report-published-figure-visits-meaning = Ljudje, ki so prišli z rezervacijami: prešteti, sicer napovedani.
report-published-figure-charged = Zaračunano
report-published-figure-charged-meaning = Zneski za rezervacije z davkom, v valuti vrstice.
report-published-figure-in_kind_value = Vrednost v naravi
report-published-figure-in_kind_value-meaning = Za koliko polne cene presegajo zaračunano: podpora, ki so jo dobili uporabniki.

report-audience-staff = osebje centra
report-audience-cci = kreativni sektor
report-audience-member = člani
report-audience-public = javnost
report-organisation_kind-sole_entrepreneur = samostojni podjetniki
report-organisation_kind-company = gospodarske družbe
report-organisation_kind-ngo = nevladne organizacije
report-organisation_kind-public_institution = javni zavodi
report-organisation_kind-school = šole
report-organisation_kind-individual = posamezniki
report-size-micro = mikro
report-size-small = majhne
report-size-medium = srednje
report-size-large = velike
report-kind-meeting_room = sejna soba
report-kind-desk_area = delovna mesta
report-kind-multifunctional = večnamenska dvorana
report-kind-studio = studio
report-kind-flat = stanovanje
report-kind-equipment = oprema
report-capacity-any = ni navedeno
report-capacity-1-5 = 1–5 ljudi
report-capacity-6-10 = 6–10 ljudi
report-capacity-11-20 = 11–20 ljudi
report-capacity-21-50 = 21–50 ljudi
report-capacity-over_50 = več kot 50 ljudi

report-demand = Povpraševanje
report-demand-about = Kaj so ljudje želeli in kako se je končalo: kdo je bil zavrnjen in zakaj, kaj so iskali zaman, kako zgodaj rezervirajo, kako hitro dobijo odgovor in koliko časa je bilo sproščenega.
report-demand-key-figures = Ključne vrednosti povpraševanja
report-demand-by-month = Povpraševanje po mesecih
report-demand-by-space = Povpraševanje po prostorih
report-demand-by-venue = Povpraševanje po centrih
report-searches = Iskanja brez zadetka
report-searches-meaning = Iskanja prostega termina, ki niso našla ničesar: vsak iskalec enkrat na dan za isto stvar.
report-reasons = Zavrnitve po razlogu
report-reason = Razlog
report-chart-of-reasons = Zavrnitve po razlogu
report-searches-kinds = Iskanja brez zadetka po vrsti prostora
report-searches-municipalities = Iskanja brez zadetka po občini
report-searches-capacities = Iskanja brez zadetka po številu ljudi
report-searched-for = Iskano
report-not-said = ni navedeno
report-turned-away-space_archived = prostor ni več v ponudbi
report-turned-away-not_bookable_by_you = prostor ni namenjen tej skupini
report-turned-away-sign_in_required = potrebna je prijava
report-turned-away-address_unverified = naslov ni potrjen
report-turned-away-out_of_bounds = termin je daljši, kot je mogoče
report-turned-away-in_the_past = termin je že mimo
report-turned-away-already_over = termin se je že končal
report-turned-away-too_short = termin je prekratek
report-turned-away-too_long = termin je predolg
report-turned-away-off_grid = začetek ali konec se ne ujema s časovnimi razdelki
report-turned-away-too_late = prepozno pred začetkom
report-turned-away-too_far = predaleč v prihodnosti
report-turned-away-outside_hours = zunaj odpiralnega časa
report-turned-away-over_capacity = preveč ljudi za prostor
report-turned-away-attendees_required = število ljudi ni navedeno
report-turned-away-too_many_active = preveč odprtih rezervacij
report-turned-away-quota_exceeded = kvota je porabljena
report-turned-away-approval_required = potrebna je odobritev
report-turned-away-slot_taken = termin je zaseden
report-turned-away-setup_in_the_past = za pripravo ni več časa
report-turned-away-quantity_over_pool = premalo enot
report-turned-away-series_too_long = preveč ponovitev
report-turned-away-too_many_holds = preveč začasno zadržanih terminov
report-turned-away-not_whole_days = prostor se rezervira po dnevih
report-turned-away-not_whole_nights = prostor se rezervira po nočeh
report-turned-away-closed_date = zaprt dan

report-method = Metoda
report-method-counting-title = Kako se šteje
report-method-counting = Vse je šteto po enotah (soba, polovica dvorane, posamezno delovno mesto) v dejansko pretečenem času in sešteto. Deleži so izračunani na koncu, iz vsot, in nikoli povprečeni. Prostori brez rezervacij štejejo z 0. Nobena enota se v skupni vrednosti ne šteje dvakrat, zato skupna vrstica ni vedno vsota vrstic. Nobena zasedenost ne preseže 100 %. Oprema nima sedežev in ni v skupnih vrednostih. Vrednosti so zaokrožene šele pri izpisu; »–« pomeni, da ni s čim deliti ali da podatka ni.
report-method-hours-title = Odpiralni čas je osnova
report-method-hours = Razpoložljive ure (A) so odpiralni čas vsake enote brez zaprtij, praznikov, na katere je center zaprt, in zapor zaradi vzdrževanja. Rezervirane ure (B) so rezerviran čas znotraj tega, do trenutka, ko je bil prostor sproščen. Uporabljene ure (U) so del rezerviranih: kjer je prijava prihoda obvezna, od prijave do odjave, drugod ves rezervirani čas. Kar je rezervirano zunaj odpiralnega časa, je prikazano posebej in ni v nobeni drugi vrednosti. Dan ob premiku ure traja 23 ali 25 ur.
report-method-people-title = Ljudje in pokritost
report-method-people = Število ljudi je tisto, ki ga je kdo preštel, sicer tisto, ki je bilo napovedano, in nikoli ne presega števila sedežev. Uporaba brez znanega števila ljudi v polnosti ni upoštevana; pokritost pove, za kolikšen del uporabe je število znano. Izkoriščenost je delež razpoložljivih sedežnih ur, ki so bile uporabljene, pomnožen s polnostjo.
report-method-demand-title = Povpraševanje
report-method-demand = Zavrnjena oseba šteje enkrat na prostor in dan, po prvem razlogu. Mediana je vrednost, ki je polovica ne presega, 90. percentil pa vrednost, ki je ne presega devet desetin; obe sta resnično izmerjeni vrednosti. Odpovedi so deleži rezervacij, ki so bile kdaj potrjene. Sproščene ure so tiste, ki so jih vrnili neprihodi in predčasni odhodi; znova rezervirane ure so njihov del, ki ga je rezerviral kdo drug.
report-method-disclosure-title = Zakaj je kaj prikrito
report-method-disclosure = Zasedenost prostorov ni skrivnost: pove toliko kot javni koledar. Vrednosti o ljudeh pa se prikažejo le, če jih prispeva najmanj pet različnih oseb ali organizacij in nobena ne prispeva več kot 80 %. Prikrito je tudi vse, iz česar bi se prikrita vrednost dala izračunati s seštevanjem in odštevanjem, med centri in mrežo ter med meseci, četrtletji in letom. O tem se odloči enkrat, ob zaključku obdobja, in ostane za vedno; poznejši popravki in izbrisi ne spremenijo objavljenega. Polnost in izkoriščenost se prikažeta le za cele, zaključene mesece. Vrednost 0 se pokaže, če je vsota nič.
report-method-comparison-title = Primerjava z letom prej
report-method-comparison = Vsaka vrednost stoji ob vrednosti istih koledarskih dni leto prej. Sprememba deležev je v odstotnih točkah: razlika med deležema, ne odstotek od prejšnjega. »–« pomeni, da leto prej ni bilo podatkov.
report-method-data-title = Uporabljeni podatki
report-method-data = Rezervacije, prijave prihoda, preštevanja, odpiralni časi in zapore vseh centrov mreže »{ $place }« od { $from } do { $to }. Stanje zapisov: { $asof }. Meseci, tedni in ure so v krajevnem času centra; čas na naslovnici je v pasu { $zone }. Mesec se zaključi 14 dni po koncu.
report-method-data-of-venue = Rezervacije, prijave prihoda, preštevanja, odpiralni časi in zapore centra »{ $place }« od { $from } do { $to }. Stanje zapisov: { $asof }. Meseci, tedni in ure so v krajevnem času centra, v pasu { $zone }. Mesec se zaključi 14 dni po koncu.
report-definitions = Opredelitve vrednosti
report-definitions-published = Opredelitve objavljenih vrednosti o osebah in organizacijah

report-indicators = Kazalniki akcijskega načrta
report-indicators-about = Kako je s kazalniki, ki jih je mreža določila v svojem načrtu: doseženo, cilj leta in delež cilja. Vrednosti o uporabi segajo do zadnjega celega dne ali so zaključene z letom, vrednosti o ljudeh so iz objavljenih preglednic. Kjer je kateri od mesecev prikrit, je povedano le, kolikšna je vrednost najmanj.
report-at-least = najmanj { $value }
report-until = do { $date }
report-status-reached = doseženo
report-status-on_the_way = na dobri poti
report-status-behind = zaostaja
report-direction-at_least = najmanj
report-direction-at_most = največ
report-origin-live = do zdaj
report-origin-published = objavljeno
report-origin-closed = zaključeno
report-missing-suppressed = prikrito
report-missing-not_begun = še ni začeto
report-missing-not_closed = še ni objavljeno
report-missing-unknown = ni znano
report-unit-hours = ure
report-unit-person_hours = osebne ure
report-unit-seat_hours = sedežne ure
report-unit-reservations = rezervacije
report-unit-people = osebe
report-unit-organisations = organizacije
report-unit-enterprises = podjetja
report-unit-visits = obiski
report-unit-visitors = obiskovalci
