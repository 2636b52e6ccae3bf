# Kako slovenščina zapisuje datume, ure, trajanja in zneske.

weekday-1 = ponedeljek
weekday-2 = torek
weekday-3 = sreda
weekday-4 = četrtek
weekday-5 = petek
weekday-6 = sobota
weekday-7 = nedelja

month-1 = januar
month-2 = februar
month-3 = marec
month-4 = april
month-5 = maj
month-6 = junij
month-7 = julij
month-8 = avgust
month-9 = september
month-10 = oktober
month-11 = november
month-12 = december

month-short-1 = 1.
month-short-2 = 2.
month-short-3 = 3.
month-short-4 = 4.
month-short-5 = 5.
month-short-6 = 6.
month-short-7 = 7.
month-short-8 = 8.
month-short-9 = 9.
month-short-10 = 10.
month-short-11 = 11.
month-short-12 = 12.

date-long = { $weekday }, { $day }. { $month } { $year }
date-short = { $day }. { $month } { $year }

# Number of digits an hour has at least.
hour-digits = 1
time = { $hour }.{ $minute }
time-zoned = { $time } ({ $zone })
midnight-at-end = 24.00
moment = { $date }, { $time }
span-same-day = { $date }, { $from }–{ $to }
span-hours = { $from }–{ $to }
span-days = { $fromdate }, { $from } – { $todate }, { $to }

# Durations stand in the accusative: "traja 1 uro".
duration-minutes = { $count ->
    [one] { $count } minuto
    [two] { $count } minuti
    [few] { $count } minute
   *[other] { $count } minut
}
duration-hours = { $count ->
    [one] { $count } uro
    [two] { $count } uri
    [few] { $count } ure
   *[other] { $count } ur
}
duration-hours-and-minutes = { $hours } in { $minutes }
duration-days = { $count ->
    [one] { $count } dan
    [two] { $count } dneva
    [few] { $count } dni
   *[other] { $count } dni
}

decimal-mark = ,
group-mark = .
percent = { $number } %
money = { $currency ->
    [EUR] { $sign }{ $amount } €
   *[other] { $sign }{ $amount } { $currency }
}
