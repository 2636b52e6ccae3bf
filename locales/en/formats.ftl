# How English writes dates, times, durations and amounts.

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec

date-long = { $weekday }, { $day } { $month } { $year }
date-short = { $day } { $month } { $year }

# Number of digits an hour has at least.
hour-digits = 2
time = { $hour }:{ $minute }
time-zoned = { $time } ({ $zone })
midnight-at-end = 24:00
moment = { $date }, { $time }
span-same-day = { $date }, { $from }–{ $to }
span-hours = { $from }–{ $to }
span-days = { $fromdate }, { $from } – { $todate }, { $to }

duration-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
duration-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
duration-hours-and-minutes = { $hours } { $minutes }
duration-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}

decimal-mark = .
group-mark = ,
percent = { $number }%
money = { $currency ->
    [EUR] { $sign }€{ $amount }
   *[other] { $sign }{ $currency } { $amount }
}
