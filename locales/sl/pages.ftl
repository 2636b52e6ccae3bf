# Male strani, ki jih odpirajo povezave v sporočilih.

page-failed = Nekaj je šlo narobe. Poskusite znova.
page-mail-sent = Če ima naslov račun, je sporočilo že na poti.
page-needs-script = Ta stran potrebuje JavaScript. Kodo iz sporočila lahko vpišete tudi tam, kjer se želite prijaviti.
page-email = E-poštni naslov
page-name = Ime in priimek
page-name-hint = Samo če še nimate računa.
page-password = Geslo (neobvezno)
page-password-hint = Vsaj 15 znakov. Če ste geslo navedli ob registraciji, ga tu ponovite.
page-code = Koda iz sporočila
page-code-action = Pošljite mi kodo
page-code-refused = Koda ni prava ali ne velja več.

page-sign-in-title = Prijava v Prostor
page-sign-in-lead = Za prijavo pritisnite gumb. S tem potrdite tudi nov e-poštni naslov.
page-sign-in-action = Prijava
page-signed-in = Opravljeno: e-poštni naslov je potrjen, povezava je porabljena.
page-link-refused = Povezava je že porabljena ali ne velja več. Pošljemo vam lahko novo.
page-ask-lead = Vpišite svoj e-poštni naslov in poslali vam bomo povezavo za prijavo.
page-ask-action = Pošljite mi povezavo

page-invitation-title = Vabilo
page-invitation-lead = Vabimo vas med osebje prizorišča. Vpišite naslov, na katerega ste prejeli vabilo; poslali vam bomo kodo.
page-invitation-action = Sprejmem vabilo
page-invitation-accepted = Zdaj ste med osebjem prizorišča.
page-invitation-refused = Vabilo je umaknjeno ali ne velja več.

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
