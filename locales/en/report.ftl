# The yearly report of a network or of a venue.

report-title = Yearly report { $year }: { $place }
report-contents = Contents
report-cover-period = Period: from { $from } to { $to }
report-cover-as-of = Data as of: { $asof }
report-cover-made = Made from the venues' reservations and visits. The report shows only what the network's coordination body may see, so it can be handed on. Every figure is defined in the chapter Method.
report-cover-made-for-staff = Made from the venue's reservations and visits, for the venue's staff, who see their own venue whole. Please don't hand it on: values marked with ‡ are published to nobody. For others there is the network's report.
report-nothing-available = In the part of { $year } covered here no space was ever open and not blocked, so there are no frequencies.
report-provisional = Provisional report: the year { $year } is not closed yet. It covers { $from } to { $to }; the whole year will be closed on { $closes }.
report-numbers-of-chart = The chart's numbers

report-summary = Summary
report-summary-extent = This report on the network “{ $place }” covers { $venues ->
    [one] { $venuesshown } venue
   *[other] { $venuesshown } venues
}, { $spaces ->
    [one] { $spacesshown } space
   *[other] { $spacesshown } spaces
} and { $seats ->
    [one] { $seatsshown } seat
   *[other] { $seatsshown } seats
}.
report-summary-extent-of-venue = This report on “{ $place }” covers { $spaces ->
    [one] { $spacesshown } space
   *[other] { $spacesshown } spaces
} and { $seats ->
    [one] { $seatsshown } seat
   *[other] { $seatsshown } seats
}.
report-summary-planned = Of the { $available } hours in which units of spaces were available, { $booked } were booked: the planned frequency was { $rate }.
report-summary-more = The year before it was { $before }; it rose by { $points } percentage points.
report-summary-less = The year before it was { $before }; it fell by { $points } percentage points.
report-summary-same = The year before it was the same ({ $before }).
report-summary-partial = { $months ->
    [one] Of the year before there are data for { $shown } month only, so the years can't be compared.
   *[other] Of the year before there are data for { $shown } months only, so the years can't be compared.
}
report-summary-used = { $used } hours were actually used ({ $rate }).
report-summary-occupancy = While spaces were in use, { $occupancy } of their seats were taken; the number of people is known for { $coverage } of the use. Utilisation, which takes time and seats together, was { $utilisation }.
report-summary-highlights = The busiest month was { $month } ({ $ofmonth }), the busiest venue { $venue } ({ $ofvenue }). Within the week most hours were booked on { $hour } (frequency { $ofhour }).
report-summary-highlights-of-venue = The busiest month was { $month } ({ $ofmonth }). Within the week most hours were booked on { $hour } (frequency { $ofhour }).
report-summary-idle = { $spaces ->
    [one] { $shown } space was never booked although it was open.
   *[other] { $shown } spaces were never booked although they were open.
}
report-summary-people = { $people ->
    [one] { $peopleshown } person reserved
   *[other] { $peopleshown } people reserved
} for { $organisations ->
    [one] { $organisationsshown } organisation
   *[other] { $organisationsshown } organisations
}; { $reservations ->
    [one] { $reservationsshown } reservation
   *[other] { $reservationsshown } reservations
} in all.

report-key-figures = Key figures
report-figure = Figure
report-value = Value
report-numerator = Numerator
report-denominator = Denominator
report-year-before = Year before
report-change-points = Change (percentage points)
report-definition = Definition
report-count = Count
report-basis = What use rests on: { $basis }.
report-basis-measured = measured by check-ins
report-basis-assumed = assumed as booked, as no check-in is required
report-basis-mixed = partly measured by check-ins, partly assumed as booked
report-note-overlapping = † The space shares units with another (a hall and its halves), so rows do not add up to the total.
report-note-equipment = Equipment has no seats and no part in totals.
report-note-hidden = “Hidden”: the figure is not shown, so that no person or organisation can be recognised in it; the rules are in the chapter Method.
report-note-withheld = ‡ Not published: only the venue's staff see it. The rules are in the chapter Method.
report-note-closed-up = So few people or organisations made all of it that nothing is told apart.
report-note-nothing = There were no reservations in this year.

report-chart-months = The planned frequency lay between { $least } ({ $low }) and { $most } ({ $high }). The same values stand in the table.
report-chart-nothing = No data.
report-chart-week = Most hours are booked on { $hour } (frequency { $rate }). Grey hours are always closed.
report-chart-counts = Most: { $most } ({ $count }). The values stand in the table; hidden ones are not drawn.
report-chart-reasons = The most frequent reason: { $most } ({ $count }). The values stand in the table.
report-hour-of-week = { $weekday } { $from }:00–{ $to }:00
report-hour = { $from }:00–{ $to }:00
report-weekday-1 = Mon
report-weekday-2 = Tue
report-weekday-3 = Wed
report-weekday-4 = Thu
report-weekday-5 = Fri
report-weekday-6 = Sat
report-weekday-7 = Sun

report-months = The year by month and hour
report-by-month = By month
report-chart-by-month = Frequency by month
report-chart-by-month-of = Frequency by month: { $venue }
report-week = The week
report-week-about = Planned frequency of every hour of the week: booked hours divided by available hours, in per cent. Each hour gathers all weeks of the period. Where few units are open (at night only flats, for example), a rate can be high although few hours are booked.
report-week-closed = The spaces were not open in this period.
report-chart-of-week = Planned frequency by hour of the week (in %)
report-chart-of-week-of = Planned frequency by hour of the week (in %): { $venue }

report-venues = The venues side by side
report-venues-about = Each venue is measured against its own opening hours, and spaces without reservations count. Differences in opening hours, kinds of spaces and audiences explain part of the differences between venues.
report-chart-of-venues = Frequency of the venues
report-chart-of-venues-text = Each venue has two bars, planned and actual frequency. The exact values stand in the table.
report-venue-nothing = The venue had no spaces in this period.
report-spaces = Spaces

report-people = People and organisations
report-people-about = Figures about people are published in tables that are decided once, when the year closes, and never change afterwards. What would tell of a single person is hidden, in charts too.
report-people-about-of-venue = Figures about people are counted and published in tables once, when the year closes, and never change afterwards. These are the venue's own, whole; what others see of them is less.
report-people-not-yet = This chapter is still empty, as the year { $year } is not over: figures about people are decided once for the whole year, when its last month closes, 14 days after its end. The tables will stand here in a report made on or after { $closes }: who was new and who returned, money, purposes, audiences, sectors, legal forms, sizes and municipalities. Months and quarters that are closed already can be read as published tables.
report-people-soon = This chapter is still empty: the year is over, and its tables about people and organisations are being made just now. They stand in a report made in some minutes.
report-people-new = first time in the network
report-people-returning = in the network before
report-category-none = without an organisation
report-category-visit = without a reservation
report-category-unknown = not known
report-published-people = Who
report-published-people-title = New and returning users
report-published-money = Currency
report-published-money-title = Charged and given in kind
report-published-purpose = Purpose
report-published-purpose-title = By purpose
report-published-purpose-chart = Reservations by purpose
report-published-audience = Audience
report-published-audience-title = By audience, whose rules it was reserved under
report-published-audience-chart = Reservations by audience
report-published-sector = Sector
report-published-sector-title = By the organisation's sector
report-published-sector-chart = Reservations by the organisation's sector
report-published-organisation_kind = Legal form
report-published-organisation_kind-title = By the organisation's legal form
report-published-organisation_kind-chart = Reservations by the organisation's legal form
report-published-size = Size
report-published-size-title = By the organisation's size
report-published-size-chart = Reservations by the organisation's size
report-published-organisation_municipality = Municipality
report-published-organisation_municipality-title = By the municipality of the organisation's seat
report-published-organisation_municipality-chart = Reservations by the municipality of the organisation's seat
report-published-figure-reservations = Reservations
report-published-figure-reservations-meaning = Reservations that begin in the year: confirmed, going on, completed, and those to which nobody came.
report-published-figure-booked_hours = Booked hours
report-published-figure-booked_hours-meaning = Hours of units within opening time.
report-published-figure-people = People
report-published-figure-people-meaning = Distinct people who reserved. Who is in two rows counts once in the total.
report-published-figure-organisations = Organisations
report-published-figure-organisations-meaning = Distinct organisations that were reserved for. Which is in two rows counts once in the total.
report-published-figure-supported_enterprises = Supported enterprises
report-published-figure-supported_enterprises-meaning = Distinct organisations with a register number that reserved as creative or for less than the full price; each number once.
report-published-figure-visits = Visits
report-published-figure-visits-meaning = People who came with reservations: as counted, else as declared.
report-published-figure-charged = Charged
report-published-figure-charged-meaning = Amounts charged for reservations, with tax, in the row's currency.
report-published-figure-in_kind_value = In-kind value
report-published-figure-in_kind_value-meaning = By how much full prices exceed what was charged: the support that users were given.

report-audience-staff = staff of the venue
report-audience-cci = creative sector
report-audience-member = members
report-audience-public = the public
report-organisation_kind-sole_entrepreneur = sole entrepreneurs
report-organisation_kind-company = companies
report-organisation_kind-ngo = non-governmental organisations
report-organisation_kind-public_institution = public institutions
report-organisation_kind-school = schools
report-organisation_kind-individual = individuals
report-size-micro = micro
report-size-small = small
report-size-medium = medium
report-size-large = large
report-kind-meeting_room = meeting room
report-kind-desk_area = desks
report-kind-multifunctional = multifunctional hall
report-kind-studio = studio
report-kind-flat = flat
report-kind-equipment = equipment
report-capacity-any = not said
report-capacity-1-5 = 1–5 people
report-capacity-6-10 = 6–10 people
report-capacity-11-20 = 11–20 people
report-capacity-21-50 = 21–50 people
report-capacity-over_50 = more than 50 people

report-demand = Demand
report-demand-about = What people wanted and how it went: who was turned away and why, what was searched for in vain, how early people reserve, how fast they are answered, and how much time was given back.
report-demand-key-figures = Key figures of demand
report-demand-by-month = Demand by month
report-demand-by-space = Demand by space
report-demand-by-venue = Demand by venue
report-searches = Searches without a result
report-searches-meaning = Searches for a free slot that found nothing: everybody once a day for the same thing.
report-reasons = Turn-aways by reason
report-reason = Reason
report-chart-of-reasons = Turn-aways by reason
report-searches-kinds = Searches without a result by kind of space
report-searches-municipalities = Searches without a result by municipality
report-searches-capacities = Searches without a result by number of people
report-searched-for = Searched for
report-not-said = not said
report-turned-away-space_archived = the space is no longer offered
report-turned-away-not_bookable_by_you = the space is not for this audience
report-turned-away-sign_in_required = signing in is required
report-turned-away-address_unverified = the address is not verified
report-turned-away-out_of_bounds = longer than is possible
report-turned-away-in_the_past = in the past
report-turned-away-already_over = over already
report-turned-away-too_short = too short
report-turned-away-too_long = too long
report-turned-away-off_grid = start or end off the grid
report-turned-away-too_late = too short notice
report-turned-away-too_far = too far ahead
report-turned-away-outside_hours = outside opening hours
report-turned-away-over_capacity = too many people for the space
report-turned-away-attendees_required = number of people not given
report-turned-away-too_many_active = too many open reservations
report-turned-away-quota_exceeded = quota used up
report-turned-away-approval_required = approval required
report-turned-away-slot_taken = the slot is taken
report-turned-away-setup_in_the_past = no time left to set up
report-turned-away-quantity_over_pool = not enough units
report-turned-away-series_too_long = too many repetitions
report-turned-away-too_many_holds = too many slots on hold
report-turned-away-not_whole_days = the space is booked by days
report-turned-away-not_whole_nights = the space is booked by nights
report-turned-away-closed_date = closed on that date

report-method = Method
report-method-counting-title = How it is counted
report-method-counting = Everything is counted per unit (a room, half of a hall, one desk) over real elapsed time and summed. Rates are divided last, from sums, and never averaged. Spaces without reservations count with 0. No unit counts twice in a total, so the total is not always the sum of the rows. No frequency exceeds 100%. Equipment has no seats and no part in totals. Values are rounded only when they are written; “–” means that there is nothing to divide by or no data.
report-method-hours-title = Opening hours are the base
report-method-hours = Available hours (A) are the opening time of every unit less closures, holidays on which the venue is closed, and blocks for maintenance. Booked hours (B) are reserved time within it, up to where the space was given back. Used hours (U) are a part of the booked ones: from check-in to check-out where check-in is required, elsewhere all booked time. What is reserved outside opening time is told apart and is in no other figure. A day on which clocks change lasts 23 or 25 hours.
report-method-people-title = People and coverage
report-method-people = The number of people is what somebody counted, else what was declared, and never more than the seats. Use without a known number of people has no part in occupancy; coverage says for how much of the use the number is known. Utilisation is the part of available seat-hours that was used, times the occupancy.
report-method-demand-title = Demand
report-method-demand = A person turned away counts once per space and day, by the first reason. The median is the value that half do not exceed, the 90th percentile the value that nine tenths do not exceed; both are values that were really measured. Cancellations are parts of the reservations that were ever confirmed. Released hours were given back by no-shows and early check-outs; rebooked hours are the part of them that others booked.
report-method-disclosure-title = Why some of it is hidden
report-method-disclosure = How busy spaces are is no secret: it says no more than a public calendar. Figures about people are shown only where at least five different people or organisations make them and none makes more than 80%. Hidden is also whatever a hidden figure could be computed from by sums and differences, between venues and the network and between months, quarters and the year. This is decided once, when a period closes, and stays for good; later corrections and erasures do not change what is published. Occupancy and utilisation are shown for whole, closed months only. A 0 is shown where the sum is nothing.
report-method-comparison-title = Compared with the year before
report-method-comparison = Every figure stands beside that of the same calendar dates a year before. Changes of rates are in percentage points: the difference between the rates, not a per cent of the earlier one. “–” means that there were no data the year before.
report-method-data-title = The data used
report-method-data = Reservations, check-ins, counts, opening hours and blocks of all venues of the network “{ $place }” from { $from } to { $to }, as they were recorded on { $asof }. Months, weeks and hours are in the venue's local time; the time on the cover is of the zone { $zone }. A month closes 14 days after its end.
report-method-data-of-venue = Reservations, check-ins, counts, opening hours and blocks of “{ $place }” from { $from } to { $to }, as they were recorded on { $asof }. Months, weeks and hours are in the venue's local time, of the zone { $zone }. A month closes 14 days after its end.
report-definitions = Definitions of figures
report-definitions-published = Definitions of published figures about people and organisations

report-indicators = Indicators of the action plan
report-indicators-about = How the indicators that the network defined in its plan stand: what was achieved, the year's target, and the share of it. Figures of use reach up to the last full day or were kept when the year closed; figures about people are those of the published tables. Where a month is hidden, only what the value is at least is told.
report-at-least = at least { $value }
report-until = to { $date }
report-status-reached = reached
report-status-on_the_way = on the way
report-status-behind = behind
report-direction-at_least = at least
report-direction-at_most = at most
report-origin-live = so far
report-origin-published = published
report-origin-closed = closed
report-missing-suppressed = hidden
report-missing-not_begun = not begun
report-missing-not_closed = not published yet
report-missing-unknown = not known
report-unit-hours = hours
report-unit-person_hours = person-hours
report-unit-seat_hours = seat-hours
report-unit-reservations = reservations
report-unit-people = people
report-unit-organisations = organisations
report-unit-enterprises = enterprises
report-unit-visits = visits
report-unit-visitors = visitors
