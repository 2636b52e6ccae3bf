# Zakaj rezervacija ni mogoča ali potrebuje odobritev. Ključ je reason-<stalna koda>.
# Pri vsakem stoji, katere vrste sta limit in actual (glej Arg v src/catalogue.rs).

reason-space_archived = Tega prostora ni več mogoče rezervirati.
reason-not_bookable_by_you = Tega prostora ne morete rezervirati; na voljo je drugim skupinam uporabnikov.
reason-sign_in_required = Za rezervacijo se prijavite.
reason-address_unverified = Pred rezervacijo potrdite svoj e-poštni naslov.
reason-in_the_past = Izbrani začetek je že mimo.
reason-already_over = Izbrani termin je že mimo.
reason-out_of_bounds = Rezervacija je mogoča med letoma 2000 in 2100 in traja največ 31 dni.

# limit, actual: Minutes
reason-too_short = Rezervacija mora trajati vsaj { $limit }; izbrali ste { $actual }.
# limit, actual: Minutes
reason-too_long = Rezervacija lahko traja največ { $limit }; izbrali ste { $actual }.
# limit: Minutes
reason-off_grid = Termini potekajo v korakih po { $limit } od začetka odpiralnega časa.
# limit (required notice), actual (until the start): Minutes
reason-too_late = Rezervirati je treba vsaj { $limit } pred začetkom; izbrani termin se začne čez { $actual }.
# limit (horizon), actual (until the start's date): Days
reason-too_far = Rezervirati je mogoče največ { $limit } vnaprej; izbrani termin je čez { $actual }.

reason-outside_hours = Izbrani termin sega izven odpiralnega časa.

# limit, actual: Count
reason-over_capacity = Prostor sprejme največ { $limit ->
    [one] { $limit } osebo
    [two] { $limit } osebi
    [few] { $limit } osebe
   *[other] { $limit } oseb
}; navedli ste { $actual ->
    [one] { $actual } osebo
    [two] { $actual } osebi
    [few] { $actual } osebe
   *[other] { $actual } oseb
}.

reason-attendees_required = Navedite, koliko oseb bo prisotnih.

# limit, actual (with the one asked for): Count
reason-too_many_active = Hkrati imate lahko največ { $limit ->
    [one] { $limit } aktivno rezervacijo
    [two] { $limit } aktivni rezervaciji
    [few] { $limit } aktivne rezervacije
   *[other] { $limit } aktivnih rezervacij
}; ta bi bila { $actual }. po vrsti.

# limit, actual (with what is asked for): Count of reservations, or Minutes
reason-quota_exceeded = S tem bi presegli kvoto: skupaj bi imeli { $actual }, dovoljeno pa je največ { $limit }.

reason-approval_required = Rezervacijo mora odobriti osebje centra.
reason-slot_taken = Termin je že zaseden.

# limit (now), actual (when set-up would begin): Moment
reason-setup_in_the_past = Priprava prostora bi se morala začeti že prej ({ $actual }); izberite poznejši začetek.

# limit (units there are), actual (units wanted): Count
reason-quantity_over_pool = Na voljo { $limit ->
    [one] je { $limit } enota
    [two] sta { $limit } enoti
    [few] so { $limit } enote
   *[other] je { $limit } enot
}; želeli ste { $actual ->
    [one] { $actual } enoto
    [two] { $actual } enoti
    [few] { $actual } enote
   *[other] { $actual } enot
}.

# limit, actual: Count
reason-series_too_long = Ponavljajoča se rezervacija ima lahko največ { $limit ->
    [one] { $limit } ponovitev
    [two] { $limit } ponovitvi
    [few] { $limit } ponovitve
   *[other] { $limit } ponovitev
}; vaš jih ima { $actual }.

# limit, actual (with the one asked for): Count
reason-too_many_holds = Hkrati lahko zadržite največ { $limit ->
    [one] { $limit } termin
    [two] { $limit } termina
    [few] { $limit } termine
   *[other] { $limit } terminov
}; ta bi bil { $actual }. po vrsti.

# limit (where it begins or ends), actual: Moment
reason-not_whole_days = Ta prostor se rezervira po celih dnevih, od odprtja do zaprtja (izbrano: { $actual }; mogoče: { $limit }).
# limit (where it begins or ends), actual: Moment
reason-not_whole_nights = Ta prostor se rezervira po nočeh, od ure prihoda do ure odhoda (izbrano: { $actual }; mogoče: { $limit }).
# actual: Date
reason-closed_date = Prostor je na enega od izbranih datumov zaprt ({ $actual }).
