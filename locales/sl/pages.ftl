# Male strani, ki jih odpirajo povezave v sporočilih.

page-failed = Nekaj je šlo narobe. Poskusite znova.
page-mail-sent = Če ima naslov račun, je sporočilo že na poti. Odprite povezavo iz njega ali tu vpišite kodo. Po več sporočilih v eni uri novega ni; spet velja zadnje.
page-offline = Strežnik ni dosegljiv. Preverite povezavo in poskusite znova.
page-alternatives = Namesto tega je na voljo:
page-sign-out = Odjava
page-signed-out = Prijava je potekla. Prijavite se znova.
page-needs-script = Ta stran potrebuje JavaScript. Kodo iz sporočila lahko vpišete tudi tam, kjer se želite prijaviti.
page-email = E-poštni naslov
page-name = Ime in priimek
page-name-hint = Samo če še nimate računa.
page-own-name = Vaše ime (neobvezno)
page-own-name-hint = Tako vas bodo videli drugi. Če ga ne vpišete, ostane, kot je bilo navedeno ob registraciji.
page-password = Geslo (neobvezno)
page-password-hint = Vsaj 15 znakov. Če ste geslo navedli ob registraciji, ga tu ponovite.
page-code = Koda iz sporočila
page-code-action = Pošljite mi kodo
page-code-refused = Koda ni prava ali ne velja več.

page-sign-in-title = Prijava v Prostor
page-sign-in-lead = Za prijavo pritisnite gumb. S tem potrdite tudi nov e-poštni naslov.
page-sign-in-action = Prijava
page-signed-in = Prijavljeni ste. To stran lahko zaprete.
page-link-refused = Povezava je že porabljena ali ne velja več. Pošljemo vam lahko novo.
page-ask-lead = Vpišite svoj e-poštni naslov in poslali vam bomo povezavo in kodo za prijavo.
page-ask-action = Pošljite mi povezavo in kodo
page-with-password = Prijava z geslom
page-own-password = Geslo
page-password-refused = Naslov ali geslo ni pravo.

page-second-code = Koda iz aplikacije za preverjanje pristnosti ali obnovitvena koda
page-second-code-action = Naprej
page-second-code-refused = Koda ni prava, je že porabljena ali pa je minilo preveč časa.

page-confirm-address-title = Vaš novi naslov
page-confirm-address-lead = Pritisnite gumb in vaš račun bo imel ta naslov. Ostali boste prijavljeni, stari naslov pa bo obveščen.
page-confirm-address-action = Potrdim naslov
page-confirm-address-done = Vaš račun ima novi naslov.
page-confirm-address-who = Spremembo potrdi tisti, ki jo je zahteval. Zdaj ste prijavljeni kot
page-restore-address-title = Razveljavitev spremembe naslova
page-restore-address-lead = Pritisnite gumb, če naslova svojega računa niste spremenili vi. Račun dobi stari naslov, vse prijave in ključi prenehajo veljati, geslo se izbriše.
page-restore-address-action = Razveljavim spremembo
page-restore-address-done = Vaš račun ima spet stari naslov. Zdaj zahtevajte povezavo za prijavo in nastavite novo geslo.

page-invitation-title = Vabilo
page-invitation-lead = Vabi vas center, mreža ali organizacija. Vpišite naslov, na katerega ste prejeli vabilo; poslali vam bomo kodo.
page-invitation-action = Sprejmem vabilo
page-invitation-accepted = Dobrodošli, zdaj ste zraven.
page-invitation-refused = Vabilo je umaknjeno ali ne velja več.

# Prošnja za pridružitev organizaciji
page-join-request-title = Prošnja za pridružitev
page-join-request-sign-in = Prošnjo za pridružitev vidijo lastniki organizacije in tisti, ki prosi. Vpišite svoj e-poštni naslov; poslali vam bomo povezavo in kodo za prijavo.
page-join-request-loading = Nalaganje prošnje …
page-join-request-who-else = Morda je prošnja vezana na drug vaš naslov. Prijavljeni ste kot
page-join-request-organisation = Organizacija
page-join-request-decide = Naj ta oseba postane član?
page-join-request-accept = Sprejmem
page-join-request-decline = Zavrnem
page-join-request-withdraw = Umaknem prošnjo
page-join-request-waiting = Čaka na odgovor
page-join-request-accepted = Sprejeta
page-join-request-declined = Zavrnjena
page-join-request-withdrawn = Umaknjena

# Rezervacija
page-reservation-title = Rezervacija
page-reservation-sign-in = Rezervacijo vidijo tisti, ki so jo naročili, in osebje centra. Vpišite svoj e-poštni naslov in poslali vam bomo povezavo in kodo za prijavo.
page-reservation-loading = Nalagamo rezervacijo …
page-reservation-who-else = Morda je rezervacija pod drugim vašim naslovom. Zdaj ste prijavljeni kot
page-reservation-notes = Opombe
page-reservation-internal-notes = Opombe osebja
page-reservation-change = Prošnja za spremembo
page-reservation-decide = Ali odobrite prošnjo?
page-reservation-message = Sporočilo naročniku (neobvezno)
page-reservation-approve = Odobrim
page-reservation-decline = Zavrnem
page-reservation-approved = Odobreno. Naročnik je obveščen.
page-reservation-declined = Zavrnjeno. Naročnik je obveščen.
page-reservation-change-approved = Sprememba je odobrena. Naročnik je obveščen.
page-reservation-change-declined = Sprememba je zavrnjena, rezervacija ostaja, kot je bila. Naročnik je obveščen.
page-reservation-calendar = Dodaj v koledar
page-reservation-cancel = Odpovej rezervacijo
page-reservation-cancel-question = Ali res želite odpovedati?
page-reservation-cancel-free = Odpoved je pravočasna. Rok:
page-reservation-cancel-late = Odpoved bo štela za prepozno. Rok je bil:
page-reservation-cancel-yes = Da, odpovejte
page-reservation-cancel-no = Ne, ohranite
page-reservation-confirm = Potrdi
page-reservation-confirmed = Potrjeno. Vabilo prejmete po e-pošti.
page-reservation-requested = Zaprošeno. O odločitvi centra vas obvestimo po e-pošti.
page-reservation-held-until = Zadržano do
page-reservation-let-go = Termin je spet na voljo drugim.
page-reservation-cancelled = Odpovedano. Potrdilo je na poti po e-pošti.
page-reservation-was-late = Odpoved je bila prepozna.
page-reservation-changed-meanwhile = Zdaj je prikazano trenutno stanje.
page-reservation-check-in = Prijavi prihod
page-reservation-check-out = Prijavi odhod
page-reservation-checked-in = Vaš prihod je prijavljen.
page-reservation-checked-out = Vaš odhod je prijavljen; preostanek termina je spet na voljo drugim.
page-reservation-arrive-by = Prihod prijavite do

# Prijava prihoda in število oseb
page-check-in-title = Prijava prihoda
page-check-in-lead = Ko ste na kraju, pritisnite gumb. Prostor ostane vaš do konca termina.
page-check-in-headcount = Koliko oseb je prišlo (neobvezno)
page-check-in-action = Prijavi prihod
page-check-in-done = Vaš prihod je prijavljen:
page-check-in-until = Prostor je vaš do
page-headcount-title = Koliko oseb je prišlo?
page-headcount-lead = Dovolj je ena številka, imen ne potrebujemo. Popravite jo lahko, dokler podatki za mesec niso zaključeni.
page-headcount-number = Število oseb
page-headcount-action = Pošlji
page-headcount-done = Hvala, število je zabeleženo.
page-door-code = Koda iz sporočila o vaši rezervaciji
page-door-own = Prijavljeni ste, kode ne potrebujete.
page-door-own-action = Prijavi prihod na mojo rezervacijo
page-door-sign-in = Nimate kode pri roki? Prijavite se z e-poštnim naslovom.
page-door-nothing = Tu se zdaj ne začenja in ne poteka nobena vaša rezervacija.
page-door-too-often = Tu je bilo vpisanih preveč napačnih kod. Prijavite se, uporabite povezavo iz sporočila ali vprašajte osebje.

page-status-held = Zadržano
page-status-pending = Čaka na odločitev
page-status-confirmed = Potrjeno
page-status-declined = Zavrnjeno
page-status-expired = Poteklo
page-status-cancelled = Odpovedano
page-status-checked_in = Poteka
page-status-no_show = Brez udeležbe
page-status-completed = Zaključeno

page-state-held = Termin je za kratek čas zadržan: potrdite ga, sicer bo spet na voljo drugim.
page-state-pending = Rezervacijo mora odobriti osebje centra. Do takrat je termin zadržan.
page-state-confirmed = Prostor je v tem času rezerviran.
page-state-declined = Center rezervacije ni odobril, zato termin ni več zadržan.
page-state-expired = Rezervacija ni bila pravočasno potrjena, zato termin ni več zadržan.
page-state-cancelled = Rezervacija je odpovedana in prostor je spet na voljo drugim.
page-state-checked_in = Obiskovalci so prišli.
page-state-no_show = Nihče ni prišel, zato je bil preostali čas sproščen.
page-state-completed = Rezervacija je mimo.

page-reservation-by-link = Rezervacijo vidite s povezavo iz sporočila. Za vse drugo razen odpovedi se prijavite.
page-reservation-by-link-action = Prijava

# Doing without a kind of mail
page-unsubscribe-title = Manj sporočil
page-unsubscribe-lead = Pritisnite gumb in sporočil te vrste ne boste več prejemali. Tista o vaših rezervacijah in vašem računu bodo še prihajala.
page-unsubscribe-action = Odjavite me
page-unsubscribe-done = Sporočil te vrste ne boste več prejemali. To lahko spremenite v svojem računu.

# The demo's mailbox
page-mailbox-title = Poštni predal demonstracije
page-mailbox-lead = Vsa sporočila, ki jih je storitev poslala komurkoli. Najnovejša so na vrhu.
page-mailbox-empty = Ni še nobenega sporočila.
page-mailbox-more = Prikazanih je najnovejših { $count }.
page-mailbox-to = Za
page-mailbox-from = Od
page-mailbox-date = Poslano
page-mailbox-subject = Zadeva
page-mailbox-no-subject = (brez zadeve)
page-mailbox-back = Vsa sporočila
page-mailbox-page = Oblikovano besedilo
page-mailbox-text = Navadno besedilo
page-mailbox-invite = Vabilo za koledar (invite.ics)
page-mailbox-source = Izvorno sporočilo (.eml)
page-mailbox-unreadable = Tega sporočila ni mogoče prebrati.
