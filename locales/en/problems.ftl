# Titles of the problems the interface answers with (RFC 9457). The key is problem-<stable code>-title.

problem-malformed-title = The request can't be read
problem-unauthenticated-title = Sign-in is needed
problem-second_factor_required-title = A code of your authenticator is needed besides
problem-second_factor_missing-title = Set up two-step sign-in first
problem-confirmation_required-title = Show once more that it is you
problem-scope_missing-title = The key is not for this
problem-forbidden-title = You may not do this
problem-address_unverified-title = The e-mail address is not confirmed yet
problem-not_found-title = It does not exist or is not yours to see
problem-method_not_allowed-title = This address does not support this method
problem-request_timeout-title = The request did not arrive in time
problem-slot_taken-title = This time is already taken
problem-hold_expired-title = The hold has run out
problem-state_conflict-title = Not possible in the present state
problem-precondition_failed-title = It was changed in the meantime
problem-precondition_required-title = Say which version you are changing
problem-too_large-title = The request is too large
problem-unsupported_media_type-title = This kind of content is not accepted
problem-image_unsupported-title = The file can't be read as a photograph: choose a JPEG, PNG or WebP
problem-image_damaged-title = The photograph is damaged or not complete
problem-image_too_many_pixels-title = The photograph has too many pixels: 50 million are the most
problem-image_too_small-title = The photograph is too small: each side has at least 320 pixels
problem-invalid-title = The data is not valid
problem-policy_refused-title = The booking rules don't allow this
problem-series_conflicts-title = Some occurrences of the series can't be had
problem-too_many_skipped-title = More occurrences would be left out than allowed
problem-nothing_left-title = None of the occurrences can be had
problem-affected_reservations-title = The change would affect future reservations
problem-idempotency_key_reused-title = The key was already used for another request
problem-idempotency_in_progress-title = The same request is still running
problem-local_time_nonexistent-title = This local time does not exist
problem-local_time_ambiguous-title = This local time occurs twice
problem-time_out_of_bounds-title = The time is out of bounds
problem-rate_limited-title = Too many requests
problem-overloaded-title = The system is overloaded
problem-outcome_unknown-title = The outcome is unknown
problem-internal-title = Something went wrong
problem-credentials_refused-title = The address, password, link or code is not right
problem-duplicate-title = It exists already
problem-organisation_exists-title = This organisation exists already
problem-last_one-title = The last one can't leave
problem-obligations_open-title = Something is still open
problem-grouping_not_published-title = This breakdown is not published: figures about people are in the published tables
problem-period_closed-title = The month's figures are closed
problem-not_open_yet-title = It is too early for this

# Fields that were refused. The key is field-<stable code>.

field-password_or_code = Give the password or a code, not both
field-already_past = This is past already
field-archived = This space is archived
field-at_most_one_of_these = Give at most one of space_id, venue_id and network_id
field-attendees_needed = This is priced per person: tell how many come
field-bands_overlap = Another rate for the same audience and season holds at the same time
field-control_character = Control characters are not allowed
field-cursor_refused = This cursor was not given for this list
field-date_out_of_bounds = The date must lie between 2000 and 2099
field-date_repeated = This date stands twice
field-day_repeated = A day of the week stands twice
field-days_empty = Name at least one day of the week
field-departure_after_arrival = Departure is not after arrival: one leaves before the next one comes
field-duplicate_field = This stands twice
field-equipment_has_no_seats = Equipment has no seats
field-equipment_stays = Equipment can't become a room, nor a room equipment
field-extra_quantity = So many of it can't be had
field-extra_repeated = This extra stands twice
field-extra_unknown = The space offers no such extra
field-free_with_limit = What is free has neither a daily cap nor a minimum charge
field-guessable = The password is easy to guess
field-exactly_one_scope = Give exactly one of network_id, venue_id and space_id
field-has_parts = A part may not have parts itself
field-has_units_of_its_own = This space has units of its own, not parts
field-units_of_parts = The units of a hall are those of its parts
field-units_of_a_whole_stay = A space that is booked as a whole keeps its units
field-is_a_part = This space is part of a hall, which counts on its units
field-has_reservations = This stays as it is once there are reservations
field-holds_a_comma = Must not hold a comma
field-in_the_future = This day is still to come
field-layouts_need_whole = Layouts are for spaces that are booked as a whole
field-legal_missing = A price without VAT needs the legal text that says why
field-list_empty = Name at least one
field-list_too_long = There are too many
field-negative = A price is not negative
field-no_duration_fits = No duration fits between minimum and maximum on this grid
field-not_after_start = The end must come after the start
field-notice_beyond_horizon = With this notice nothing could ever be booked within the horizon
field-only_confirming = Only a confirmation has an end
field-only_for_nights = Only spaces booked by nights have hours of arrival and departure
field-opens_at_day_end = Hours can't begin at 24:00: that is 00:00 of the next day
field-packages_empty = Give at least one package
field-packages_not_ascending = Each package is longer than the one before and costs at least as much
field-parts_need_whole = A space made of parts is booked as a whole
field-price_too_large = The price is too large
field-public_uncovered = At some time of the week in some season the public has no price: say that it is free, or what it costs
field-range_too_long = The range is too long
field-rate_repeated = Another rate without a band is for the same audience and season
field-repeated = This stands twice
field-season_reversed = The season ends before it begins
field-season_unknown = The tariff has no season of this name
field-seasons_overlap = Two seasons share a date
field-seats_differ = Its units say what they seat, and that would no longer add up to the capacity
field-nothing_fits = So long a time can't begin within this range any more
field-too_many_waiting = You wait for as much as one may at once
field-time_needed = This space is booked by hours: give a time, not only a date
field-token_or_code = Give a token, or an address with its code
field-too_large = The value is too large
field-too_long = The text is too long
field-too_short = The text is too short
field-too_many_rows = This breakdown has too many rows: group more coarsely or ask for a shorter time
field-too_many_slots = This would be more than 10,000 slots: ask for a shorter time
field-too_small = The value is too small
field-units_or_parts = Give units or parts, not both
field-unknown_country = This is no ISO 3166 country code, such as SI
field-unknown_field = There is no such field
field-unknown_network = There is no such network
field-unknown_space = There is no such space in this venue
field-unknown_time_zone = This is no IANA time zone, such as Europe/Ljubljana
field-unknown_value = This is none of the allowed values
field-wrong_type = This has the wrong type
field-null = This can't be removed: leave it out, or give a value
field-zero = Must not be 0

# The page that explains the problems.
problems-page-title = Problems
problems-page-introduction = What the interface answers when something can't be done. Programs go by the code, which never changes.
problems-page-docs = The interface
problems-page-all = All problems
problems-page-status = status
problems-page-meaning = meaning
field-missing_field = This field is missing
field-not_a_member = The person is not a member of this organisation
field-not_as_many_as_quantity = Name as many units as the quantity says
field-not_of_this_space = This is not part of the space
field-outside_the_plan = It would stand outside the plan
field-own_address = This is the address of your account already
field-out_of_range = The number is out of range
field-unknown = There is nothing with this identifier
field-local_time_nonexistent = Clocks skip this local time
field-local_time_ambiguous = Clocks show this local time twice: give the offset
field-time_out_of_bounds = Times lie between 2000 and 2100
field-blank = This must not be empty
field-not_a_link = This is no link beginning with https:// or http://, at most 500 characters long
field-only_money = This goes with figures of money alone
field-does_not_add_up = Distinct people, organisations and enterprises of several years can't be added up
field-only_public = This is for public reservations only: say public true
field-whole_days_needed = Only ranges that begin and end with a local day can be compared
field-venue_or_network = Give a venue or a network, not both
field-not_a_slug = Lower-case letters a-z and digits, in groups joined by single hyphens
field-invalid_email = This is no mail address, such as ana.novak@example.si
field-invalid_phone = A telephone number has 6 to 15 digits, perhaps with + before them
field-unknown_scheme = This is no known classification: it is skd, nace or other
field-unknown_version = There is no such version: of skd 2008 or 2025, of nace 2 or 2.1
field-invalid_sector_code = This is no code of an activity: in skd it has five digits (90.030), in nace four (90.03)
field-invalid_register_number = This is no register number: it has 7 digits, the last of which checks the others, perhaps with 3 more of a unit
field-invalid_time_of_day = This is no time of day between 00:00 and 24:00, such as 08:30
field-time_malformed = This is no time, such as 2026-11-03T10:00:00+01:00 or, local, 2026-11-03T10:00
field-time_fraction = Fractions of a second are not accepted
field-time_leap_second = Leap seconds are not accepted
field-date_malformed = This is no date, such as 2026-11-03
field-wrong_identifier = This is no identifier of that kind
field-invalid_value = This value is not accepted

field-another_day = The time stays on the day of the occurrence: the rule says on which days
field-no_occurrence = Nothing is left of the series
field-no_such_row = None of the rows is of this group
field-not_an_occurrence = No occurrence of the series starts then
field-not_of_series = A series can't be held, only made
field-nothing_ahead = Nothing of the series lies ahead that could be changed
field-occurrences_overlap = One occurrence begins before the one before it ends
field-one_by_one = The occurrences of a series go to another space one by one
field-only_recurring = This is for blocks made from one rule only
field-only_skipping = This goes with skip_conflicts alone
field-rrule_count_and_until = COUNT and UNTIL exclude each other
field-rrule_count_too_large = COUNT is at most 366
field-rrule_daily_with_weekdays = BYDAY has no meaning with DAILY: WEEKLY takes weekdays
field-rrule_frequency_missing = FREQ is missing: DAILY, WEEKLY or MONTHLY
field-rrule_frequency_unsupported = FREQ is DAILY, WEEKLY or MONTHLY
field-rrule_malformed = A recurrence rule is a list of NAME=value parts with semicolons between them
field-rrule_month_days_not_monthly = BYMONTHDAY goes with MONTHLY alone
field-rrule_part_repeated = A part of the recurrence rule stands twice
field-rrule_part_unknown = No such part is known in a recurrence rule
field-rrule_part_unsupported = This part is not supported: DAILY, WEEKLY with BYDAY and MONTHLY with BYDAY or BYMONTHDAY are
field-rrule_too_long = A recurrence rule has at most 512 characters
field-rrule_unbounded = COUNT or UNTIL is missing: a series has an end
field-rrule_value_invalid = A value in the recurrence rule is not of the form that its part takes
field-rrule_value_out_of_range = A value in the recurrence rule is out of range
field-rrule_value_repeated = A value stands twice in a list of the recurrence rule
field-rrule_weekday_numbered = With WEEKLY a weekday has no number: TU
field-rrule_weekday_unnumbered = With MONTHLY a weekday has a number: 2TU is the second Tuesday, -1TU the last
field-rrule_weekdays_and_month_days = BYDAY and BYMONTHDAY together are not supported
field-start_not_in_rule = The start is not a day of the rule
field-too_many_exdates = There are more than 366 excluded dates
field-too_many_occurrences = The rule gives more than 366 occurrences

field-not_equipment = This space is not a pool of equipment
field-of_another_venue = This equipment is another venue's
field-shares_units = The space or other equipment in the list has the same units
field-tariffs_differ = The prices of this equipment are in another currency, or with VAT where the space's are without

field-address_not_public = This address is not public, or not at port 80 or 443
field-calendar_line_malformed = A line of the calendar can't be read
field-calendar_line_too_long = A line or an event of the calendar is too long
field-calendar_time_malformed = A time in the calendar can't be read
field-calendar_unfinished = The calendar ends before it is whole
field-calendar_unsupported = The event uses what is not supported: RDATE, EXRULE, several rules, or a change of this and all following
field-calendar_zone_unknown = The calendar names a time zone that is not known
field-column_missing = This column is missing
field-column_repeated = This column stands twice
field-counted_already = Another number was counted on this day already, and stays
field-event_cancelled = The event was cancelled where it comes from
field-event_transparent = The event takes no time where it comes from
field-file_too_large = The file has more than 100 MB
field-file_unreadable = The file can't be read
field-import_differs = It was brought in before and said something else then; what was made of it stays as it is
field-not_a_calendar = This is no calendar (iCalendar, RFC 5545)
field-not_a_calendar_address = A calendar's address begins with https://, http:// or webcal:// and names nobody
field-not_a_table = This is no table (CSV)
field-not_utf8 = The text is not in UTF-8: save it as “CSV UTF-8”
field-other_units_then = The space was made of other units on that day
field-repeats_line = Line { $line } of this file is about the same
field-space_ambiguous = Several spaces have this name: give the identifier
field-space_name_taken = There is a space of this name already
field-unknown_column = There is no such column
field-wrong_number_of_cells = The line has more or fewer cells than the header

# Why a problem is one, where its title alone does not tell. The key is why-<reason>; $most is a number that it names.

why-made-of-parts = A hall made of parts shares their units: copy its parts, and make a hall of the copies
why-person-unverified = The person has not confirmed their mail address yet
why-invited-elsewhere = The invitation was sent to another address than that of your account
why-requests-waiting = { $most ->
    [one] { $most } request waits for an answer already: withdraw one that is not needed
   *[other] { $most } requests wait for an answer already: withdraw one that is not needed
}
why-declined-lately = { $most ->
    [one] The organisation declined; it can be asked again { $most } day later
   *[other] The organisation declined; it can be asked again { $most } days later
}
why-calendars-subscribed = { $most ->
    [one] The venue subscribes to { $most } calendar already: give one up that is not needed
   *[other] The venue subscribes to { $most } calendars already: give one up that is not needed
}
why-indicators-defined = { $most ->
    [one] The network has defined { $most } indicator already, and may no more
   *[other] The network has defined { $most } indicators already, and may no more
}
why-images = { $most ->
    [one] There is { $most } photograph already: remove one that is not needed
   *[other] There are { $most } photographs already: remove one that is not needed
}
why-calendar-links = { $most ->
    [one] There is { $most } link already: revoke one that is not needed
   *[other] There are { $most } links already: revoke one that is not needed
}
why-api-keys = { $most ->
    [one] There is { $most } key already: revoke one that is not needed
   *[other] There are { $most } keys already: revoke one that is not needed
}
why-nothing-owed = No fee is owed for this reservation
why-no-password = The account has no password: have a sign-in link sent to you and set one with it
why-second-factor-there = The account has a second step of signing in: remove it before another is set up
why-second-factor-not-begun = No second step of signing in was begun within the last hour
why-no-second-factor = The account has no second step of signing in
why-link-instead = Too many passwords were tried for this address: have a sign-in link sent to you, or try again later
why-show-password = Show your password, or a code of your authenticator, once more before you do this
why-sign-in-anew = Sign in anew before you do this; your sign-in may be ten minutes old at most

# What `prostor import` says of a whole file.

import-line = line { $line }: { $outcome }: { $reasons }
import-outcome-created = created
import-outcome-unchanged = unchanged
import-outcome-conflict = conflict
import-outcome-refused = refused
import-outcome-invalid = invalid
import-more = … and { $count } more; --report FILE has them all
import-report-failed = The report could not be written: { $reason }
import-done = Brought in
import-tried = Only tried
import-nothing = Nothing was brought in
import-summary = { $done }: { $created } { $applied ->
    [yes] created
   *[no] would be created
}, { $unchanged } unchanged, { $conflict ->
    [one] { $conflict } conflict
   *[other] { $conflict } conflicts
}, { $refused } refused, { $invalid } invalid.
