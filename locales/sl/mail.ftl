# Sporočila po e-pošti. Vsako sporočilo ima subject, heading, lead in, kjer je kaj storiti, action.

mail-greeting = Pozdravljeni, { $name }!
mail-greeting-plain = Pozdravljeni!
mail-closing = Lep pozdrav
mail-footer-venue = Sporočilo ste prejeli zaradi rezervacije v centru { $venue }. Nanj lahko odgovorite; odgovor bo prejel center.
mail-footer-request = Odgovor na to sporočilo bo prejel naročnik rezervacije.
mail-footer-account = Sporočilo je bilo poslano samodejno. Nanj vam ni treba odgovoriti.
mail-footer-digest = To sporočilo ste prejeli, ker delate v centru { $venue }. Pride zjutraj, kadar je kaj povedati.
mail-stop = Takih sporočil ne želite več? Odjavite se:
mail-manage-note = Ta povezava odpre rezervacijo brez prijave, dokler se ne konča. Kdor ima to sporočilo, jo lahko tudi odpove, zato ga posredujte le tistim, ki jim zaupate.
mail-look-note = Ta povezava odpre rezervacijo brez prijave, dokler se njen termin ne konča.
mail-code = Vaša koda
mail-link-fallback = Če gumb ne deluje, odprite to povezavo:

label-reference = Številka rezervacije
label-space = Prostor
label-units = Enote
label-equipment = Oprema
label-venue = Center
label-address = Naslov
label-when = Termin
label-before = Prej
label-title = Naziv
label-purpose = Namen
label-attendees = Število oseb
label-organiser = Naročnik
label-organisation = Organizacija
label-price = Cena
label-fee = Strošek neizkoriščenega termina
label-change-fee = Strošek pozne spremembe
label-access = Dostop
label-message = Sporočilo centra
calendar-own = Prostor: moje rezervacije
label-person = Kdo prosi
label-grounds = Utemeljitev
label-words = Sporočilo
label-invited-by = Vabi vas
label-open-until = Velja do
label-decide-by = Rok za odločitev
label-waiting-since = Čaka od

purpose-meeting = sestanek
purpose-coworking = sodelo
purpose-workshop = delavnica
purpose-training = usposabljanje
purpose-event = dogodek
purpose-exhibition = razstava
purpose-rehearsal = vaja
purpose-mentoring = mentorstvo
purpose-other = drugo

mail-confirmed-subject = Rezervacija potrjena: { $space }, { $when }
mail-confirmed-heading = Vaša rezervacija je potrjena
mail-confirmed-lead = Prostor »{ $space }« vas čaka. Vabilo za koledar je priloženo.
mail-confirmed-action = Uredite rezervacijo

mail-changed-subject = Rezervacija spremenjena: { $space }, { $when }
mail-changed-heading = Vaša rezervacija je spremenjena
mail-changed-lead = Veljajo spodnji podatki. Priloženo vabilo posodobi vnos v vašem koledarju.
mail-changed-action = Uredite rezervacijo

mail-cancelled-subject = Rezervacija odpovedana: { $space }, { $when }
mail-cancelled-heading = Vaša rezervacija je odpovedana
mail-cancelled-lead = Rezervacijo ste odpovedali. Prostor je spet na voljo drugim.
mail-cancelled-by-venue-lead = Rezervacijo je odpovedal center. Opravičujemo se vam za nevšečnosti; za vprašanja lahko odgovorite na to sporočilo.
mail-cancelled-for-hours = Razlog: delovni čas se je spremenil in center je takrat zaprt.
mail-cancelled-for-archive = Razlog: prostor ni več na voljo.
mail-cancelled-for-units = Prostor ima odslej manj enot ali sedežev.
mail-cancelled-for-layouts = Postavitve ni več ali pa sprejme manj ljudi.
mail-cancelled-action = Oglejte si rezervacijo

mail-requested-subject = Prošnja prejeta: { $space }, { $when }
mail-requested-heading = Vašo prošnjo smo prejeli
mail-requested-lead = Rezervacijo mora odobriti osebje centra. Termin je do odločitve zadržan za vas; o odločitvi vas bomo obvestili.
mail-requested-decide-by = Rok za odločitev: { $at }. Če center do takrat ne odloči, prošnja poteče in termin se sprosti.
mail-requested-action = Oglejte si prošnjo

mail-decide-subject = Prošnja čaka na vašo odločitev: { $space }, { $when }
mail-decide-heading = Nova prošnja za rezervacijo
mail-decide-lead = { $organiser } prosi za prostor »{ $space }«. Termin je do vaše odločitve zadržan.
mail-decide-action = Odobrite ali zavrnite

mail-still-to-decide-subject = Prošnja še čaka na vašo odločitev: { $space }, { $when }
mail-still-to-decide-heading = Prošnja še čaka
mail-still-to-decide-lead = Polovica časa za odločitev je mimo: { $organiser } prosi za prostor »{ $space }«. Če ne odloči nihče, prošnja poteče in termin se sprosti.
mail-still-to-decide-action = Odobrite ali zavrnite

mail-approved-subject = Rezervacija odobrena: { $space }, { $when }
mail-approved-heading = Vaša prošnja je odobrena
mail-approved-lead = Rezervacija je potrjena. Vabilo za koledar je priloženo.
mail-approved-action = Uredite rezervacijo

mail-lapsed-subject = Prošnja je potekla: { $space }, { $when }
mail-lapsed-heading = Na vašo prošnjo ni nihče odgovoril
mail-lapsed-lead = Center o rezervaciji ni odločil pravočasno, zato termin ni več zadržan. Lahko zaprosite znova ali odgovorite na to sporočilo.
mail-lapsed-action = Oglejte si prošnjo

mail-declined-subject = Prošnja zavrnjena: { $space }, { $when }
mail-declined-heading = Vaša prošnja žal ni bila odobrena
mail-declined-lead = Center rezervacije ni odobril, zato termin ni več zadržan. Za vprašanja lahko odgovorite na to sporočilo.
mail-declined-action = Oglejte si prošnjo

mail-sign-in-subject = Vaša prijava v Prostor
mail-sign-in-heading = Prijava v Prostor
mail-sign-in-lead = Prijavite se s spodnjo povezavo. Na drugi napravi vpišite kodo.
mail-sign-in-action = Prijavite se
mail-sign-in-validity = Povezava in koda veljata { $minutes ->
    [one] { $minutes } minuto
    [two] { $minutes } minuti
    [few] { $minutes } minute
   *[other] { $minutes } minut
} in ju je mogoče uporabiti enkrat.
mail-sign-in-not-you = Če prijave niste zahtevali vi, sporočilo prezrite. Kode ne povejte nikomur.

mail-verify-subject = Potrdite svoj e-poštni naslov
mail-verify-heading = Dobrodošli v Prostoru
mail-verify-lead = Potrdite svoj e-poštni naslov s spodnjo povezavo, nato boste lahko rezervirali prostore. Na drugi napravi vpišite kodo.
mail-verify-action = Potrdite naslov
mail-verify-validity = Povezava in koda veljata { $hours ->
    [one] { $hours } uro
    [two] { $hours } uri
    [few] { $hours } ure
   *[other] { $hours } ur
}.
mail-verify-not-you = Če računa niste ustvarili vi, sporočilo prezrite; brez potrditve naslova se ne zgodi nič.

mail-invitation-subject = Vabilo: { $place }
mail-invitation-subject-unvouched = Vabilo v organizacijo
mail-invitation-heading = Vabljeni k sodelovanju
mail-invitation-manager-lead = Vabimo vas v osebje centra »{ $place }«. Urejali boste prostore, odpiralni čas in rezervacije.
mail-invitation-coordinator-lead = Vabimo vas h koordinaciji mreže »{ $place }«. Spremljali boste, kako so prostori v rabi.
mail-invitation-accepted-member-lead = Vabimo vas med člane: »{ $place }«. Ko vabilo sprejmete, za vaše rezervacije velja, kar je namenjeno članom: posebna pravila ali cene.
mail-invitation-member-lead = Vabimo vas med člane organizacije »{ $place }«. Prostore boste lahko rezervirali v njenem imenu.
mail-invitation-owner-lead = Vabimo vas med lastnike organizacije »{ $place }«. Urejali boste njene podatke in člane ter prostore rezervirali v njenem imenu.
mail-invitation-action = Sprejmite vabilo
mail-invitation-for-you = Vabilo velja samo za naslov, na katerega ste prejeli to sporočilo: da ga sprejmete, se prijavite ali registrirajte z njim.
mail-invitation-not-you = Če vabila niste pričakovali, sporočilo prezrite.

mail-join-asked-subject = Prošnja za pridružitev: { $organisation }
mail-join-asked-heading = Nekdo se želi pridružiti
mail-join-asked-lead = Spodaj navedena oseba se želi pridružiti organizaciji »{ $organisation }«. Člani vidijo imena drug drugega in rezervacije organizacije ter rezervirajo v njenem imenu. Dokler prošnje ne sprejme kdo od lastnikov, se ne spremeni nič.
mail-join-asked-action = Oglejte si prošnjo
mail-join-asked-unknown = Če osebe ne poznate, prošnjo zavrnite ali sporočilo prezrite.

mail-join-accepted-subject = Pridružili ste se: { $organisation }
mail-join-accepted-heading = Vaša prošnja je sprejeta
mail-join-accepted-lead = Zdaj ste med člani organizacije »{ $organisation }« in lahko rezervirate prostore v njenem imenu.
mail-join-accepted-action = Oglejte si prošnjo

mail-join-declined-subject = Vaša prošnja za pridružitev: { $organisation }
mail-join-declined-heading = Vaša prošnja je zavrnjena
mail-join-declined-lead = Organizacija »{ $organisation }« vaše prošnje za pridružitev ni sprejela. Če menite, da gre za pomoto, se pogovorite z njenimi lastniki; znova lahko zaprosite čez 30 dni.
mail-join-declined-action = Oglejte si prošnjo

mail-known-subject = Račun s tem naslovom že imate
mail-known-heading = Račun že imate
mail-known-lead = Nekdo je želel ustvariti račun s tem e-poštnim naslovom. Če ste bili to vi, se prijavite z obstoječim računom; geslo ni potrebno.
mail-known-action = Prijavite se
mail-known-not-you = Če to niste bili vi, vam ni treba storiti ničesar. Vaš račun je nespremenjen.

mail-confirm-address-subject = Potrdite svoj novi naslov
mail-confirm-address-heading = Potrdite svoj novi naslov
mail-confirm-address-lead = Nekdo želi ta naslov uporabljati za svoj račun v Prostoru. Če ste to vi, ga potrdite s spodnjo povezavo ali vpišite kodo tam, kjer ste zahtevali spremembo.
mail-confirm-address-action = Potrdite naslov
mail-confirm-address-not-you = Če to niste vi, sporočilo prezrite in kode ne povejte nikomur; brez potrditve naslova se ne zgodi nič.

mail-address-changed-subject = Vaš račun ima zdaj drug naslov
mail-address-changed-heading = Vaš račun ima zdaj drug naslov
mail-address-changed-lead = E-poštni naslov vašega računa v Prostoru je spremenjen. Sporočila odslej pošiljamo na novi naslov, z njim je tudi prijava. Če tega niste storili vi, spremembo razveljavite.
mail-address-changed-action = Razveljavite spremembo
mail-address-changed-validity = Povezava velja { $days ->
    [one] { $days } dan
    [two] { $days } dneva
    [few] { $days } dni
   *[other] { $days } dni
}. Računu vrne ta naslov, konča vse prijave in izbriše geslo.
mail-address-changed-you = Če ste to storili vi, vam ni treba storiti ničesar.

mail-password-changed-subject = Vaše geslo je spremenjeno
mail-password-changed-heading = Vaše geslo je spremenjeno
mail-password-changed-lead = Geslo vašega računa v Prostoru je spremenjeno, druge prijave so končane.
mail-password-changed-action = Prijavite se
mail-password-changed-not-you = Če tega niste storili vi, takoj zahtevajte povezavo za prijavo in z njo nastavite drugo geslo.

mail-address-in-use-subject = Nekdo je želel uporabiti vaš naslov
mail-address-in-use-heading = Vaš naslov že ima račun
mail-address-in-use-lead = Nekdo je želel naslov svojega računa spremeniti v tega. To ni mogoče, ker imate z njim račun vi. Če ste bili to vi, se prijavite v ta račun ali se mu prej odpovejte.
mail-address-in-use-action = Prijavite se
mail-address-in-use-not-you = Če to niste bili vi, vam ni treba storiti ničesar. Vaš račun je nespremenjen.

mail-second-factor-on-subject = Prijava v dveh korakih je vklopljena
mail-second-factor-on-heading = Prijava v dveh korakih je vklopljena
mail-second-factor-on-lead = Odslej boste ob prijavi v Prostor vpisali tudi kodo iz aplikacije za preverjanje pristnosti. Obnovitvene kode shranite tam, kjer jih boste našli tudi brez telefona.
mail-second-factor-on-action = Prijavite se
mail-second-factor-on-not-you = Če tega niste storili vi, vaš račun uporablja nekdo drug: pišite centru, pri katerem rezervirate.

mail-second-factor-off-subject = Prijava v dveh korakih je izklopljena
mail-second-factor-off-heading = Prijava v dveh korakih je izklopljena
mail-second-factor-off-lead = Odslej ob prijavi v Prostor kode iz aplikacije za preverjanje pristnosti ni treba vpisati.
mail-second-factor-off-action = Prijavite se
mail-second-factor-off-not-you = Če tega niste storili vi, takoj zahtevajte povezavo za prijavo, z njo nastavite drugo geslo in znova vklopite prijavo v dveh korakih.

mail-recovery-code-used-subject = Uporabljena je bila obnovitvena koda
mail-recovery-code-used-heading = Uporabljena je bila obnovitvena koda
mail-recovery-code-used-lead = Nekdo se je v vaš račun v Prostoru prijavil z obnovitveno kodo namesto z aplikacijo za preverjanje pristnosti. Ta koda ne velja več.
mail-recovery-code-used-action = Prijavite se
mail-recovery-code-used-not-you = Če to niste bili vi, se takoj prijavite, nastavite drugo geslo in zahtevajte nove obnovitvene kode.

mail-api-key-made-subject = Za vaš račun je narejen ključ
mail-api-key-made-heading = Za vaš račun je narejen ključ
mail-api-key-made-lead = Za vaš račun v Prostoru je narejen ključ. Z njim lahko program dela v vašem imenu, dokler ključ ne poteče ali ga ne prekličete.
mail-api-key-made-action = Prijavite se
mail-api-key-made-not-you = Če ga niste naredili vi, se takoj prijavite, ključ prekličite in nastavite drugo geslo.

mail-change-requested-subject = Prošnja za spremembo prejeta: { $space }, { $when }
mail-change-requested-heading = Vašo prošnjo za spremembo smo prejeli
mail-change-requested-lead = Spremembo mora odobriti osebje centra. Do odločitve ostane vaša rezervacija, kakor je, novi termin pa je zadržan za vas.
mail-change-requested-decide-by = Rok za odločitev: { $at }. Če center do takrat ne odloči, prošnja poteče in rezervacija ostane nespremenjena.
mail-change-requested-action = Oglejte si rezervacijo

mail-change-lapsed-subject = Prošnja za spremembo je potekla: { $space }, { $when }
mail-change-lapsed-heading = Na prošnjo za spremembo ni nihče odgovoril
mail-change-lapsed-lead = Center o spremembi ni odločil pravočasno. Vaša rezervacija ostane, kakor je zapisana spodaj. Za vprašanja lahko odgovorite na to sporočilo.
mail-change-lapsed-action = Oglejte si rezervacijo

mail-change-declined-subject = Sprememba ni odobrena: { $space }, { $when }
mail-change-declined-heading = Spremembe žal ni bilo mogoče odobriti
mail-change-declined-lead = Vaša rezervacija ostane, kakor je zapisana spodaj. Za vprašanja lahko odgovorite na to sporočilo.
mail-change-declined-action = Oglejte si rezervacijo

label-dates = Termini
label-left-out = Izpuščene ponovitve

mail-series-span = { $count ->
    [one] { $count } ponovitev: { $first }
    [two] { $count } ponovitvi: od { $first } do { $last }
    [few] { $count } ponovitve: od { $first } do { $last }
   *[other] { $count } ponovitev: od { $first } do { $last }
}
mail-series-more = … in še { $count }
mail-series-in-part-heading = Del vaše ponavljajoče se rezervacije je potrjen
mail-series-waiting = { $count ->
    [one] Na odobritev centra čaka še { $count } ponovitev.
    [two] Na odobritev centra čakata še { $count } ponovitvi.
    [few] Na odobritev centra čakajo še { $count } ponovitve.
   *[other] Na odobritev centra čaka še { $count } ponovitev.
}
mail-series-check-in = Prihod prijavite vsakič posebej, od { $before ->
    [one] { $before } minute
   *[other] { $before } minut
} pred začetkom do { $after ->
    [one] { $after } minute
   *[other] { $after } minut
} po njem: na strani rezervacije ali s kodo QR ob vratih. Če ga ne prijavi nihče, se preostanek termina sprosti za druge.

mail-series-confirmed-subject = Ponavljajoča se rezervacija potrjena: { $space }, { $count ->
    [one] { $count } ponovitev
    [two] { $count } ponovitvi
    [few] { $count } ponovitve
   *[other] { $count } ponovitev
}
mail-series-confirmed-heading = Vaša ponavljajoča se rezervacija je potrjena
mail-series-confirmed-lead = { $count ->
    [one] Prostor »{ $space }« vas čaka v spodnjem terminu. Vabilo za koledar je priloženo.
    [two] Prostor »{ $space }« vas čaka v spodnjih terminih. Priloženo je eno vabilo za koledar, ki velja za oba.
   *[other] Prostor »{ $space }« vas čaka v spodnjih terminih. Priloženo je eno vabilo za koledar, ki velja za vse.
}
mail-series-confirmed-action = Uredite rezervacijo

mail-series-requested-subject = Prošnja za ponavljajočo se rezervacijo prejeta: { $space }, { $count ->
    [one] { $count } ponovitev
    [two] { $count } ponovitvi
    [few] { $count } ponovitve
   *[other] { $count } ponovitev
}
mail-series-requested-heading = Vašo prošnjo smo prejeli
mail-series-requested-lead = { $count ->
    [one] Spodnji termin mora odobriti osebje centra. Do odločitve je zadržan za vas; o odločitvi vas bomo obvestili.
    [two] Spodnja termina mora odobriti osebje centra. Do odločitve sta zadržana za vas; o odločitvi vas bomo obvestili.
   *[other] Spodnje termine mora odobriti osebje centra. Do odločitve so zadržani za vas; o odločitvi vas bomo obvestili.
}
mail-series-requested-action = Oglejte si prošnjo

mail-series-decide-subject = Ponavljajoča se rezervacija čaka na vašo odločitev: { $space }, { $count ->
    [one] { $count } ponovitev
    [two] { $count } ponovitvi
    [few] { $count } ponovitve
   *[other] { $count } ponovitev
}
mail-series-decide-heading = Nova prošnja za ponavljajočo se rezervacijo
mail-series-decide-lead = { $count ->
    [one] { $organiser } prosi za prostor »{ $space }«. Termin je do vaše odločitve zadržan.
    [two] { $organiser } prosi za prostor »{ $space }«. Termina sta do vaše odločitve zadržana; odobrite ali zavrnete ju lahko skupaj.
   *[other] { $organiser } prosi za prostor »{ $space }«. Termini so do vaše odločitve zadržani; odobrite ali zavrnete jih lahko skupaj.
}
mail-series-decide-action = Oglejte si prošnjo

mail-series-approved-subject = Ponavljajoča se rezervacija odobrena: { $space }, { $count ->
    [one] { $count } ponovitev
    [two] { $count } ponovitvi
    [few] { $count } ponovitve
   *[other] { $count } ponovitev
}
mail-series-approved-heading = Vaša prošnja je odobrena
mail-series-approved-lead = { $count ->
    [one] Spodnji termin je potrjen. Priloženo je vabilo za koledar za vse ponovitve.
    [two] Spodnja termina sta potrjena. Priloženo je vabilo za koledar za vse ponovitve.
   *[other] Spodnji termini so potrjeni. Priloženo je vabilo za koledar za vse ponovitve.
}
mail-series-approved-action = Uredite rezervacijo

mail-series-lapsed-subject = Prošnja za ponavljajočo se rezervacijo je potekla: { $space }, { $count ->
    [one] { $count } ponovitev
    [two] { $count } ponovitvi
    [few] { $count } ponovitve
   *[other] { $count } ponovitev
}
mail-series-lapsed-heading = Na vašo prošnjo ni nihče odgovoril
mail-series-lapsed-lead = { $count ->
    [one] Center o spodnjem terminu ni odločil pravočasno, zato ni več zadržan. Lahko zaprosite znova ali odgovorite na to sporočilo.
    [two] Center o spodnjih terminih ni odločil pravočasno, zato nista več zadržana. Lahko zaprosite znova ali odgovorite na to sporočilo.
   *[other] Center o spodnjih terminih ni odločil pravočasno, zato niso več zadržani. Lahko zaprosite znova ali odgovorite na to sporočilo.
}
mail-series-lapsed-action = Oglejte si prošnjo

mail-series-declined-subject = Ponavljajoča se rezervacija zavrnjena: { $space }, { $count ->
    [one] { $count } ponovitev
    [two] { $count } ponovitvi
    [few] { $count } ponovitve
   *[other] { $count } ponovitev
}
mail-series-declined-heading = Vaša prošnja žal ni bila odobrena
mail-series-declined-lead = { $count ->
    [one] Center spodnjega termina ni odobril, zato ni več zadržan. Za vprašanja lahko odgovorite na to sporočilo.
    [two] Center spodnjih terminov ni odobril, zato nista več zadržana. Za vprašanja lahko odgovorite na to sporočilo.
   *[other] Center spodnjih terminov ni odobril, zato niso več zadržani. Za vprašanja lahko odgovorite na to sporočilo.
}
mail-series-declined-action = Oglejte si prošnjo

mail-series-change-lapsed-subject = Prošnja za spremembo je potekla: { $space }, { $count ->
    [one] { $count } ponovitev
    [two] { $count } ponovitvi
    [few] { $count } ponovitve
   *[other] { $count } ponovitev
}
mail-series-change-lapsed-heading = Na prošnjo za spremembo ni nihče odgovoril
mail-series-change-lapsed-lead = Center ni pravočasno odločil o spodaj navedeni spremembi vaše ponavljajoče se rezervacije. Kar ste imeli rezervirano prej, ostane vaše, kakor je bilo. Za vprašanja lahko odgovorite na to sporočilo.
mail-series-change-lapsed-action = Oglejte si rezervacijo

mail-series-change-declined-subject = Sprememba ni odobrena: { $space }, { $count ->
    [one] { $count } ponovitev
    [two] { $count } ponovitvi
    [few] { $count } ponovitve
   *[other] { $count } ponovitev
}
mail-series-change-declined-heading = Spremembe žal ni bilo mogoče odobriti
mail-series-change-declined-lead = Center ni odobril spodaj navedene spremembe vaše ponavljajoče se rezervacije. Kar ste imeli rezervirano prej, ostane vaše, kakor je bilo. Za vprašanja lahko odgovorite na to sporočilo.
mail-series-change-declined-action = Oglejte si rezervacijo

mail-series-changed-subject = Ponavljajoča se rezervacija spremenjena: { $space }, { $count ->
    [one] { $count } ponovitev
    [two] { $count } ponovitvi
    [few] { $count } ponovitve
   *[other] { $count } ponovitev
}
mail-series-changed-heading = Vaša ponavljajoča se rezervacija je spremenjena
mail-series-changed-lead = Veljajo spodnji podatki. Priloženo vabilo posodobi vaš koledar.
mail-series-changed-action = Uredite rezervacijo

mail-series-cancelled-subject = Ponavljajoča se rezervacija odpovedana: { $space }, { $count ->
    [one] { $count } ponovitev
    [two] { $count } ponovitvi
    [few] { $count } ponovitve
   *[other] { $count } ponovitev
}
mail-series-cancelled-heading = Vaša ponavljajoča se rezervacija je odpovedana
mail-series-cancelled-lead = { $count ->
    [one] Spodnji termin ste odpovedali. Prostor je spet na voljo drugim.
    [two] Spodnja termina ste odpovedali. Prostor je spet na voljo drugim.
   *[other] Spodnje termine ste odpovedali. Prostor je spet na voljo drugim.
}
mail-series-cancelled-by-venue-lead = { $count ->
    [one] Spodnji termin je odpovedal center. Opravičujemo se vam za nevšečnosti; za vprašanja lahko odgovorite na to sporočilo.
    [two] Spodnja termina je odpovedal center. Opravičujemo se vam za nevšečnosti; za vprašanja lahko odgovorite na to sporočilo.
   *[other] Spodnje termine je odpovedal center. Opravičujemo se vam za nevšečnosti; za vprašanja lahko odgovorite na to sporočilo.
}
mail-series-cancelled-action = Oglejte si rezervacijo

mail-offered-subject = Prost termin za vas: { $space }, { $when }
mail-offered-heading = Termin, na katerega čakate, je prost
mail-offered-lead = { $space } je v spodnjem času na voljo in vi ste na vrsti. Termin je zadržan za vas; rezervirate ga tako, da ga potrdite.
mail-offered-decide-by = Rok za potrditev: { $at }. Če ga do takrat ne potrdite, ga ponudimo naslednjemu na čakalnem seznamu, vi pa še naprej čakate na drug termin.
mail-offered-action = Potrdite ali sprostite

label-check-in = Prijava prihoda
mail-check-in-when = Prihod prijavite v tem času: { $when }. Če ga ne prijavi nihče, se preostanek termina sprosti za druge.
mail-check-in-link = Na telefonu s to povezavo:
mail-check-in-code = Pri vratih s kodo { $code }.

mail-no-show-subject = Rezervacija sproščena: { $space }, { $when }
mail-no-show-heading = Na vašo rezervacijo ni bilo nikogar
mail-no-show-lead = Do izteka čakalnega časa ni nihče prijavil prihoda, zato je preostanek termina spet na voljo drugim. Če ste vseeno bili tam, odgovorite na to sporočilo: center lahko to popravi v 7 dneh.
mail-no-show-action = Oglejte si rezervacijo

mail-headcount-subject = Koliko oseb je prišlo? { $space }, { $when }
mail-headcount-heading = Koliko oseb je prišlo?
mail-headcount-lead = Vaša rezervacija je končana. Prosimo, sporočite, koliko oseb je bilo tam: dovolj je ena številka, centru pa pomaga pokazati, kako so prostori v rabi.
mail-headcount-action = Sporočite število

mail-reminder-subject = Opomnik: { $space }, { $when }
mail-reminder-heading = Bliža se vaša rezervacija
mail-reminder-lead = Spodaj je vse, kar potrebujete na ta dan. Če vendarle ne morete priti, rezervacijo odpovejte, da bo prostor na voljo drugim.
mail-reminder-action = Uredite rezervacijo

# count: Count
mail-digest-subject = { $venue }, { $date }: { $count ->
    [0] brez rezervacij
    [one] { $count } rezervacija
    [two] { $count } rezervaciji
    [few] { $count } rezervacije
   *[other] { $count } rezervacij
}
mail-digest-heading = Vaš dan na kratko
mail-digest-lead = { $venue }, { $date }
mail-digest-nothing-today = Danes ni rezervacij.
mail-digest-today = Danes
mail-digest-waiting = Čaka na vašo odločitev
mail-digest-news = Novo od včeraj zjutraj
mail-digest-made = Nova
mail-digest-moved = Prestavljena
mail-digest-cancelled = Odpovedana
# count: Count
mail-digest-people = { $count ->
    [one] { $count } oseba
    [two] { $count } osebi
    [few] { $count } osebe
   *[other] { $count } oseb
}
mail-digest-decide-by = Rok za odločitev: { $at }

# count: Count
mail-equipment = { $name } ({ $count ->
    [one] { $count } kos
    [two] { $count } kosa
    [few] { $count } kosi
   *[other] { $count } kosov
})
# reason: a sentence
equipment-reason = { $pool }: { $reason }
# limit (free), actual (wanted): Count
equipment-taken = { $pool }: ves ta čas { $limit ->
    [0] ni prost noben kos
    [one] je prost le { $limit } kos
    [two] sta prosta le { $limit } kosa
    [few] so prosti le { $limit } kosi
   *[other] je prostih le { $limit } kosov
}; želeli ste { $actual ->
    [one] { $actual } kos
    [two] { $actual } kosa
    [few] { $actual } kose
   *[other] { $actual } kosov
}.

mail-session-reused-subject = Ena od vaših prijav je končana
mail-session-reused-heading = Ena od vaših prijav je končana
mail-session-reused-lead = Ključ do vašega računa v Prostoru je bil uporabljen dvakrat. Morda ga je nekdo prepisal, zato je ta prijava povsod končana.
mail-session-reused-action = Prijavite se
mail-session-reused-not-you = Znova se prijavite, preglejte, kje ste prijavljeni, in nastavite drugo geslo. Če se to na kateri od vaših naprav ponovi, jo dajte v pregled.

# Spremembe vlog, potrditev in računov
mail-standing-action = Prijavite se

mail-creative-subject = Potrjena kot ustvarjalna: { $organisation }
mail-creative-heading = Organizacija je potrjena kot ustvarjalna
mail-creative-lead = Koordinacija je organizacijo »{ $organisation }« potrdila kot ustvarjalno. Za rezervacije v njenem imenu odslej veljajo pravila in cene za ustvarjalne organizacije.
mail-creative-until = Potrditev velja do: { $at }.
mail-creative-lasting = Potrditev velja do preklica.

mail-withdrawn-subject = Ni več potrjena kot ustvarjalna: { $organisation }
mail-withdrawn-heading = Potrditev ustvarjalnosti je umaknjena
mail-withdrawn-lead = Koordinacija je organizaciji »{ $organisation }« umaknila potrditev, da je ustvarjalna. Dosedanje rezervacije ostanejo, kot so; za nove veljajo pravila in cene za vse.

mail-ending-subject = Potrditev ustvarjalnosti se izteka: { $organisation }
mail-ending-heading = Potrditev ustvarjalnosti se izteka
mail-ending-lead = Potrditev, da je organizacija »{ $organisation }« ustvarjalna, velja do: { $at }. Če naj velja še naprej, se pravočasno obrnite na svojo koordinacijo.

mail-given-manager-subject = Zdaj ste med osebjem: { $place }
mail-given-manager-heading = Zdaj ste med osebjem
mail-given-manager-lead = Dodani ste med osebje centra »{ $place }«. Urejate lahko prostore, odpiralni čas in rezervacije.
mail-taken-manager-subject = Niste več med osebjem: { $place }
mail-taken-manager-heading = Niste več med osebjem
mail-taken-manager-lead = Med osebjem centra »{ $place }« vas ni več. Vaš račun in vaše rezervacije ostanejo.
mail-given-delegate-subject = Odločate o prošnjah: { $place }
mail-given-delegate-heading = Odločate o prošnjah
mail-given-delegate-lead = Prošnje za prostore centra »{ $place }« lahko odobrite ali zavrnete. Ko bo katera čakala, boste prejeli sporočilo.
mail-taken-delegate-subject = Ne odločate več o prošnjah: { $place }
mail-taken-delegate-heading = Ne odločate več o prošnjah
mail-taken-delegate-lead = O prošnjah za prostore centra »{ $place }« ne odločate več. Vaš račun in vaše rezervacije ostanejo.
mail-given-coordinator-subject = Zdaj ste v koordinaciji: { $place }
mail-given-coordinator-heading = Zdaj ste v koordinaciji mreže
mail-given-coordinator-lead = Dodani ste v koordinacijo mreže »{ $place }«. Spremljate lahko, kako so njeni prostori v rabi.
mail-taken-coordinator-subject = Niste več v koordinaciji: { $place }
mail-taken-coordinator-heading = Niste več v koordinaciji mreže
mail-taken-coordinator-lead = V koordinaciji mreže »{ $place }« vas ni več. Vaš račun in vaše rezervacije ostanejo.
mail-given-member-subject = Zdaj ste med člani: { $place }
mail-given-member-heading = Zdaj ste med člani
mail-given-member-lead = Sprejeti ste med člane »{ $place }«. Kar tam rezervirate odslej, je po pravilih za člane.
mail-taken-member-subject = Niste več med člani: { $place }
mail-taken-member-heading = Niste več med člani
mail-taken-member-lead = Med člani »{ $place }« vas ni več. Kar imate rezervirano, ostane; kar tam rezervirate odslej, je po pravilih za vse.

mail-organisation-owner-subject = Zdaj ste med lastniki: { $organisation }
mail-organisation-owner-heading = Zdaj ste med lastniki
mail-organisation-owner-lead = Dodani ste med lastnike organizacije »{ $organisation }«. Urejate lahko njene podatke in člane ter prostore rezervirate v njenem imenu.
mail-organisation-no-owner-subject = Niste več med lastniki: { $organisation }
mail-organisation-no-owner-heading = Niste več med lastniki
mail-organisation-no-owner-lead = Med lastniki organizacije »{ $organisation }« vas ni več. Še vedno ste med njenimi člani in lahko rezervirate v njenem imenu.
mail-organisation-removed-subject = Niste več med člani: { $organisation }
mail-organisation-removed-heading = Niste več med člani
mail-organisation-removed-lead = Med člani organizacije »{ $organisation }« vas ni več, zato v njenem imenu ne morete več rezervirati. Vaš račun ostane, prav tako vse, kar ste že rezervirali.

mail-erased-subject = Vaš račun je izbrisan
mail-erased-heading = Vaš račun je izbrisan
mail-erased-lead = Odpovedali ste se računu v Prostoru. Izbrisan je, z njim pa vse, kar vas je imenovalo. Tudi tega naslova ne hranimo; to je naše zadnje sporočilo.
mail-erased-again = Kadar koli želite, lahko ustvarite nov račun: { $link }

mail-handed-to-subject = Organizacija je vaša: { $organisation }
mail-handed-to-heading = Organizacija je zdaj vaša
mail-handed-to-lead = Upravljavec Prostora vam je predal organizacijo »{ $organisation }«. Urejate njene podatke in člane ter prostore rezervirate v njenem imenu.
mail-handed-from-subject = Organizacija je predana: { $organisation }
mail-handed-from-heading = Organizacija ni več vaša
mail-handed-from-lead = Upravljavec Prostora je organizacijo »{ $organisation }« predal osebi, ki se je izkazala kot njena zastopnica. Med lastniki vas ni več. Če menite, da gre za pomoto, se obrnite na upravljavca.

mail-digest-calendars = Zunanji koledarji
mail-digest-calendar-failing = Ni ga bilo mogoče prebrati. Nazadnje prebran: { $at }; kar je bilo prebrano, velja naprej.
mail-digest-calendar-never = Doslej ga ni bilo mogoče prebrati.
# count: Count
mail-digest-calendar-conflicts = { $count ->
    [one] { $count } dogodek se prekriva z rezervacijami
    [two] { $count } dogodka se prekrivata z rezervacijami
    [few] { $count } dogodki se prekrivajo z rezervacijami
   *[other] { $count } dogodkov se prekriva z rezervacijami
}

fetch-address_refused = Njegov naslov ni javen.
fetch-redirected = Strežnik pravi, da je koledar drugje.
fetch-unreachable = Strežnik ni odgovoril pravočasno.
fetch-status_refused = Strežnik ga ni izdal.
fetch-calendar_too_large = Prevelik je.
fetch-not_a_calendar = Kar je prišlo, ni cel koledar.
fetch-failed = Nekaj je šlo narobe pri nas.
