# Why a reservation is refused or needs approval. The key is reason-<stable code>.
# Beside each stands of which kind limit and actual are (see Arg in src/catalogue.rs).

reason-space_archived = This space can no longer be reserved.
reason-not_bookable_by_you = You can't reserve this space; it is open to other groups of users.
reason-sign_in_required = Sign in to make a reservation.
reason-address_unverified = Confirm your e-mail address before making a reservation.
reason-in_the_past = The chosen start has already passed.
reason-already_over = The chosen time is already over.
reason-out_of_bounds = A reservation lies between 2000 and 2100 and lasts at most 31 days.

# limit, actual: Minutes
reason-too_short = A reservation must last at least { $limit }; you chose { $actual }.
# limit, actual: Minutes
reason-too_long = A reservation can last at most { $limit }; you chose { $actual }.
# limit: Minutes
reason-off_grid = Reservations start and end in steps of { $limit } from opening time.
# limit (required notice), actual (until the start): Minutes
reason-too_late = Reservations must be made at least { $limit } before they start; the chosen time starts in { $actual }.
# limit (horizon), actual (until the start's date): Days
reason-too_far = Reservations can be made at most { $limit } ahead; the chosen time is { $actual } away.

reason-outside_hours = The chosen time reaches beyond opening hours.

# limit, actual: Count
reason-over_capacity = The space holds at most { $limit ->
    [one] { $limit } person
   *[other] { $limit } people
}; you asked for { $actual ->
    [one] { $actual } person
   *[other] { $actual } people
}.

reason-attendees_required = Say how many people will attend.

# limit, actual (with the one asked for): Count
reason-too_many_active = You can have at most { $limit ->
    [one] { $limit } active reservation
   *[other] { $limit } active reservations
} at a time; this would be number { $actual }.

# limit, actual (with what is asked for): Count of reservations, or Minutes
reason-quota_exceeded = This goes beyond your quota: it would come to { $actual }, and the most is { $limit }.

reason-approval_required = The venue's staff must approve this reservation.
reason-slot_taken = This time is already taken.

# limit (now), actual (when set-up would begin): Moment
reason-setup_in_the_past = Setting up the space would have had to begin by { $actual }; choose a later start.

# limit (units there are), actual (units wanted): Count
reason-quantity_over_pool = There { $limit ->
    [one] is { $limit } unit
   *[other] are { $limit } units
} to be had; you asked for { $actual ->
    [one] { $actual } unit
   *[other] { $actual } units
}.

# limit, actual: Count
reason-series_too_long = A series can have at most { $limit ->
    [one] { $limit } occurrence
   *[other] { $limit } occurrences
}; yours has { $actual }.

# limit, actual (with the one asked for): Count
reason-too_many_holds = You can hold at most { $limit ->
    [one] { $limit } slot
   *[other] { $limit } slots
} at a time; this would be number { $actual }.

# limit (where it begins or ends), actual: Moment
reason-not_whole_days = This space is booked by whole days, from opening to closing (chosen: { $actual }; possible: { $limit }).
# limit (where it begins or ends), actual: Moment
reason-not_whole_nights = This space is booked by nights, from the hour of arrival to the hour of departure (chosen: { $actual }; possible: { $limit }).
# actual: Date
reason-closed_date = The space is closed on one of the chosen dates ({ $actual }).
