# Messages by e-mail. Each has a subject, heading, lead and, where there is something to do, an action.

mail-greeting = Hello { $name },
mail-greeting-plain = Hello,
mail-closing = Kind regards,
mail-footer-venue = You received this message because of a reservation at { $venue }. You can reply to it; the venue will receive your answer.
mail-footer-request = A reply to this message goes to the person who asked for the reservation.
mail-footer-account = This message was sent automatically. There is no need to reply.
mail-footer-digest = You received this message because you work at { $venue }. It comes in the morning, when there is something to tell.
mail-stop = Rather not have these messages? Unsubscribe:
mail-manage-note = This link opens the reservation without signing in, until it is over. Whoever has this message can cancel it too, so forward it only to people you trust.
mail-look-note = This link opens the reservation without signing in, until its time is over.
mail-code = Your code
mail-link-fallback = If the button doesn't work, open this link:

label-reference = Reservation number
label-space = Space
label-units = Units
label-equipment = Equipment
label-venue = Venue
label-address = Address
label-when = When
label-before = Before
label-title = Title
label-purpose = Purpose
label-attendees = Attendees
label-organiser = Organiser
label-organisation = Organisation
label-price = Price
label-fee = Fee for not coming
label-change-fee = Fee for the late change
label-access = Getting in
label-message = Message from the venue
calendar-own = Prostor: my reservations
label-person = Who asks
label-grounds = Grounds
label-words = What they write
label-invited-by = Invited by
label-open-until = Open until
label-decide-by = Decide by
label-waiting-since = Waiting since

purpose-meeting = meeting
purpose-coworking = co-working
purpose-workshop = workshop
purpose-training = training
purpose-event = event
purpose-exhibition = exhibition
purpose-rehearsal = rehearsal
purpose-mentoring = mentoring
purpose-other = other

mail-confirmed-subject = Reservation confirmed: { $space }, { $when }
mail-confirmed-heading = Your reservation is confirmed
mail-confirmed-lead = { $space } is yours. A calendar invitation is attached.
mail-confirmed-action = Manage your reservation

mail-changed-subject = Reservation changed: { $space }, { $when }
mail-changed-heading = Your reservation has changed
mail-changed-lead = The details below now apply. The attached invitation updates the entry in your calendar.
mail-changed-action = Manage your reservation

mail-cancelled-subject = Reservation cancelled: { $space }, { $when }
mail-cancelled-heading = Your reservation is cancelled
mail-cancelled-lead = You cancelled this reservation. The space is free for others again.
mail-cancelled-by-venue-lead = The venue cancelled this reservation. We are sorry for the inconvenience; reply to this message if you have questions.
mail-cancelled-for-hours = The reason: the opening hours have changed, and the venue is closed at that time.
mail-cancelled-for-archive = The reason: the space is no longer offered.
mail-cancelled-for-units = The space has fewer units or seats from now on.
mail-cancelled-for-layouts = The layout is no longer offered, or holds fewer people.
mail-cancelled-action = View the reservation

mail-requested-subject = Request received: { $space }, { $when }
mail-requested-heading = We received your request
mail-requested-lead = The venue's staff must approve this reservation. The time is kept for you until they decide, and we will tell you.
mail-requested-decide-by = If the venue has not decided by { $at }, the request lapses and the time becomes free.
mail-requested-action = View your request

mail-decide-subject = A request awaits your decision: { $space }, { $when }
mail-decide-heading = A new reservation request
mail-decide-lead = { $organiser } asks for { $space }. The time is kept until you decide.
mail-decide-action = Approve or decline

mail-still-to-decide-subject = Still waiting for your decision: { $space }, { $when }
mail-still-to-decide-heading = A request is still waiting
mail-still-to-decide-lead = Half of the time to decide on { $organiser }'s request for { $space } is over. If nobody decides, it lapses and the time becomes free.
mail-still-to-decide-action = Approve or decline

mail-approved-subject = Reservation approved: { $space }, { $when }
mail-approved-heading = Your request is approved
mail-approved-lead = Your reservation is confirmed. A calendar invitation is attached.
mail-approved-action = Manage your reservation

mail-lapsed-subject = Request expired: { $space }, { $when }
mail-lapsed-heading = Nobody answered your request
mail-lapsed-lead = The venue did not decide in time, so the time is no longer kept for you. You can ask again, or reply to this message.
mail-lapsed-action = View your request

mail-declined-subject = Request declined: { $space }, { $when }
mail-declined-heading = Sorry, your request was not approved
mail-declined-lead = The venue did not approve this reservation, so the time is no longer kept for you. Reply to this message if you have questions.
mail-declined-action = View your request

mail-sign-in-subject = Sign in to Prostor
mail-sign-in-heading = Sign in to Prostor
mail-sign-in-lead = Use the link below to sign in. On another device, enter the code.
mail-sign-in-action = Sign in
mail-sign-in-validity = The link and the code are valid for { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
} and can be used once.
mail-sign-in-not-you = If you did not ask to sign in, ignore this message. Tell nobody the code.

mail-verify-subject = Confirm your e-mail address
mail-verify-heading = Welcome to Prostor
mail-verify-lead = Confirm your e-mail address with the link below; then you can reserve spaces. On another device, enter the code.
mail-verify-action = Confirm address
mail-verify-validity = The link and the code are valid for { $hours ->
    [one] { $hours } hour
   *[other] { $hours } hours
}.
mail-verify-not-you = If you did not create an account, ignore this message; nothing happens unless the address is confirmed.

mail-invitation-subject = Invitation: { $place }
mail-invitation-subject-unvouched = Invitation to an organisation
mail-invitation-heading = You are invited
mail-invitation-manager-lead = You are invited to join the staff of “{ $place }”. You will manage its spaces, opening hours and reservations.
mail-invitation-coordinator-lead = You are invited to coordinate the network “{ $place }”. You will follow how its spaces are used.
mail-invitation-accepted-member-lead = You are invited to become a member of “{ $place }”. What it offers its members, rules or prices of their own, will then hold for what you reserve.
mail-invitation-member-lead = You are invited to join the organisation “{ $place }”. You will be able to reserve in its name.
mail-invitation-owner-lead = You are invited to be an owner of the organisation “{ $place }”. You will keep its details and its members, and reserve in its name.
mail-invitation-action = Accept the invitation
mail-invitation-for-you = The invitation is for the address to which this message was sent: sign in with it, or register with it, to accept.
mail-invitation-not-you = If you did not expect this invitation, ignore this message.

mail-join-asked-subject = Request to join { $organisation }
mail-join-asked-heading = Somebody asks to join
mail-join-asked-lead = The person below asks to become a member of “{ $organisation }”. Members see each other's names and the organisation's reservations, and reserve in its name. Nothing changes until you or another owner accepts.
mail-join-asked-action = View the request
mail-join-asked-unknown = If you do not know this person, decline, or ignore this message.

mail-join-accepted-subject = You are a member of { $organisation }
mail-join-accepted-heading = Your request was accepted
mail-join-accepted-lead = You are a member of { $organisation } now and can reserve spaces in its name.
mail-join-accepted-action = View the request

mail-join-declined-subject = Your request to join { $organisation }
mail-join-declined-heading = Your request was declined
mail-join-declined-lead = { $organisation } did not accept your request to join. If you think this is a mistake, speak with its owners; you can ask again in 30 days.
mail-join-declined-action = View the request

mail-known-subject = You already have an account
mail-known-heading = You already have an account
mail-known-lead = Somebody tried to create an account with this e-mail address. If it was you, sign in to the account you have; no password is needed.
mail-known-action = Sign in
mail-known-not-you = If it was not you, there is nothing to do. Your account is unchanged.

mail-confirm-address-subject = Confirm your new address
mail-confirm-address-heading = Confirm your new address
mail-confirm-address-lead = Somebody wants to use this address for their account at Prostor. If it is you, confirm it with the link below, or enter the code where you asked for the change.
mail-confirm-address-action = Confirm address
mail-confirm-address-not-you = If it is not you, ignore this message, and tell nobody the code; nothing happens unless the address is confirmed.

mail-address-changed-subject = Your account has another address now
mail-address-changed-heading = Your account has another address now
mail-address-changed-lead = The e-mail address of your account at Prostor was changed. Messages go to the new address from now on, and one signs in with it. If it was not you, take the change back.
mail-address-changed-action = Take the change back
mail-address-changed-validity = The link is valid for { $days ->
    [one] { $days } day
   *[other] { $days } days
}. It gives the account this address again, ends all sign-ins and drops the password.
mail-address-changed-you = If it was you, there is nothing to do.

mail-password-changed-subject = Your password was changed
mail-password-changed-heading = Your password was changed
mail-password-changed-lead = The password of your account at Prostor was changed, and other sign-ins have ended.
mail-password-changed-action = Sign in
mail-password-changed-not-you = If it was not you, have a sign-in link sent to you at once and set another password with it.

mail-address-in-use-subject = Somebody wanted to use your address
mail-address-in-use-heading = Your address already has an account
mail-address-in-use-lead = Somebody wanted to change the address of their account to this one. That is not possible, because you have an account with it. If it was you, sign in to this account instead, or give it up first.
mail-address-in-use-action = Sign in
mail-address-in-use-not-you = If it was not you, there is nothing to do. Your account is unchanged.

mail-second-factor-on-subject = Two-step sign-in is on
mail-second-factor-on-heading = Two-step sign-in is on
mail-second-factor-on-lead = From now on a code of your authenticator is asked for when you sign in to Prostor. Keep the recovery codes where you will find them without your telephone.
mail-second-factor-on-action = Sign in
mail-second-factor-on-not-you = If it was not you, somebody else uses your account: write to the venue you book with.

mail-second-factor-off-subject = Two-step sign-in is off
mail-second-factor-off-heading = Two-step sign-in is off
mail-second-factor-off-lead = From now on no code of an authenticator is asked for when you sign in to Prostor.
mail-second-factor-off-action = Sign in
mail-second-factor-off-not-you = If it was not you, have a sign-in link sent to you at once, set another password with it and switch two-step sign-in on again.

mail-recovery-code-used-subject = A recovery code was used
mail-recovery-code-used-heading = A recovery code was used
mail-recovery-code-used-lead = Somebody signed in to your account at Prostor with a recovery code instead of your authenticator. That code counts no longer.
mail-recovery-code-used-action = Sign in
mail-recovery-code-used-not-you = If it was not you, sign in at once, set another password and get new recovery codes.

mail-api-key-made-subject = A key for your account was made
mail-api-key-made-heading = A key for your account was made
mail-api-key-made-lead = A key for your account at Prostor was made. With it a program can act for you until it expires or you revoke it.
mail-api-key-made-action = Sign in
mail-api-key-made-not-you = If it was not you, sign in at once, revoke the key and set another password.

mail-change-requested-subject = Change requested: { $space }, { $when }
mail-change-requested-heading = We received your wish to change
mail-change-requested-lead = The venue's staff must approve the change. Until they decide your reservation stays as it is, and the new time is kept for you.
mail-change-requested-decide-by = If the venue has not decided by { $at }, the wish lapses and the reservation stays unchanged.
mail-change-requested-action = View your reservation

mail-change-lapsed-subject = Request for a change expired: { $space }, { $when }
mail-change-lapsed-heading = Nobody answered your request for a change
mail-change-lapsed-lead = The venue did not decide in time. Your reservation stays as it is written below. Reply to this message if you have questions.
mail-change-lapsed-action = View your reservation

mail-change-declined-subject = Change not approved: { $space }, { $when }
mail-change-declined-heading = Sorry, the change was not approved
mail-change-declined-lead = Your reservation stays as it is written below. Reply to this message if you have questions.
mail-change-declined-action = View your reservation

label-dates = Dates
label-left-out = Not included

mail-series-span = { $count ->
    [one] { $count } date: { $first }
   *[other] { $count } dates: from { $first } to { $last }
}
mail-series-more = … and { $count } more
mail-series-in-part-heading = Part of your series is confirmed
mail-series-waiting = { $count ->
    [one] { $count } more date waits for the venue's approval.
   *[other] { $count } more dates wait for the venue's approval.
}
mail-series-check-in = Please check in on each date, from { $before ->
    [one] { $before } minute
   *[other] { $before } minutes
} before its start until { $after ->
    [one] { $after } minute
   *[other] { $after } minutes
} after it: on the page of the reservation, or by the QR code at the door. If nobody does, the rest of that time is released for others.

mail-series-confirmed-subject = Series confirmed: { $space }, { $count ->
    [one] { $count } date
   *[other] { $count } dates
}
mail-series-confirmed-heading = Your series is confirmed
mail-series-confirmed-lead = { $count ->
    [one] { $space } is yours on the date below. A calendar invitation is attached.
   *[other] { $space } is yours on the dates below. One calendar invitation for all of them is attached.
}
mail-series-confirmed-action = Manage your reservation

mail-series-requested-subject = Series requested: { $space }, { $count ->
    [one] { $count } date
   *[other] { $count } dates
}
mail-series-requested-heading = We received your request
mail-series-requested-lead = { $count ->
    [one] The venue's staff must approve the date below. It is kept for you until then, and we will tell you.
   *[other] The venue's staff must approve the dates below. They are kept for you until then, and we will tell you.
}
mail-series-requested-action = View your request

mail-series-decide-subject = A series awaits your decision: { $space }, { $count ->
    [one] { $count } date
   *[other] { $count } dates
}
mail-series-decide-heading = A new request for a series
mail-series-decide-lead = { $count ->
    [one] { $organiser } asks for { $space }. The date is kept until you decide.
   *[other] { $organiser } asks for { $space }. The dates are kept until you decide; you can approve or decline them together.
}
mail-series-decide-action = View the request

mail-series-approved-subject = Series approved: { $space }, { $count ->
    [one] { $count } date
   *[other] { $count } dates
}
mail-series-approved-heading = Your request is approved
mail-series-approved-lead = { $count ->
    [one] The date below is confirmed. A calendar invitation for the whole series is attached.
   *[other] The dates below are confirmed. A calendar invitation for the whole series is attached.
}
mail-series-approved-action = Manage your reservation

mail-series-lapsed-subject = Request for a series expired: { $space }, { $count ->
    [one] { $count } date
   *[other] { $count } dates
}
mail-series-lapsed-heading = Nobody answered your request
mail-series-lapsed-lead = { $count ->
    [one] The venue did not decide in time on the date below, so it is no longer kept for you. You can ask again, or reply to this message.
   *[other] The venue did not decide in time on the dates below, so they are no longer kept for you. You can ask again, or reply to this message.
}
mail-series-lapsed-action = View your request

mail-series-declined-subject = Series declined: { $space }, { $count ->
    [one] { $count } date
   *[other] { $count } dates
}
mail-series-declined-heading = Sorry, your request was not approved
mail-series-declined-lead = { $count ->
    [one] The venue did not approve the date below, so it is no longer kept for you. Reply to this message if you have questions.
   *[other] The venue did not approve the dates below, so they are no longer kept for you. Reply to this message if you have questions.
}
mail-series-declined-action = View your request

mail-series-change-lapsed-subject = Request for a change expired: { $space }, { $count ->
    [one] { $count } date
   *[other] { $count } dates
}
mail-series-change-lapsed-heading = Nobody answered your request for a change
mail-series-change-lapsed-lead = The venue did not decide in time on the change of your series that is listed below. What you had reserved before stays yours as it was. Reply to this message if you have questions.
mail-series-change-lapsed-action = View your reservation

mail-series-change-declined-subject = Change not approved: { $space }, { $count ->
    [one] { $count } date
   *[other] { $count } dates
}
mail-series-change-declined-heading = Sorry, the change was not approved
mail-series-change-declined-lead = The venue did not approve the change of your series that is listed below. What you had reserved before stays yours as it was. Reply to this message if you have questions.
mail-series-change-declined-action = View your reservation

mail-series-changed-subject = Series changed: { $space }, { $count ->
    [one] { $count } date
   *[other] { $count } dates
}
mail-series-changed-heading = Your series has changed
mail-series-changed-lead = The details below now apply. The attached invitation updates your calendar.
mail-series-changed-action = Manage your reservation

mail-series-cancelled-subject = Series cancelled: { $space }, { $count ->
    [one] { $count } date
   *[other] { $count } dates
}
mail-series-cancelled-heading = Your series is cancelled
mail-series-cancelled-lead = { $count ->
    [one] You cancelled the date below. The space is free for others again.
   *[other] You cancelled the dates below. The space is free for others again.
}
mail-series-cancelled-by-venue-lead = { $count ->
    [one] The venue cancelled the date below. We are sorry for the inconvenience; reply to this message if you have questions.
   *[other] The venue cancelled the dates below. We are sorry for the inconvenience; reply to this message if you have questions.
}
mail-series-cancelled-action = View the reservation

mail-offered-subject = A slot is free for you: { $space }, { $when }
mail-offered-heading = What you waited for is free
mail-offered-lead = { $space } is free at the time below, and it is your turn. The time is held for you; confirm it to reserve it.
mail-offered-decide-by = If you have not confirmed it by { $at }, the next in line is offered it. You go on waiting for another time.
mail-offered-action = Confirm or let it go

label-check-in = Checking in
mail-check-in-when = Please check in within this time: { $when }. If nobody does, the rest of the time is released for others.
mail-check-in-link = On your phone, by this link:
mail-check-in-code = At the door, by the code { $code }.

mail-no-show-subject = Reservation released: { $space }, { $when }
mail-no-show-heading = Nobody came to your reservation
mail-no-show-lead = Nobody had checked in when the waiting time was over, so the rest of the time is free for others again. If you were there after all, reply to this message: within 7 days the venue can put it right.
mail-no-show-action = View the reservation

mail-headcount-subject = How many people came? { $space }, { $when }
mail-headcount-heading = How many people came?
mail-headcount-lead = Your reservation is over. Please tell how many people were there: it takes one number, and helps the venue to show how its spaces are used.
mail-headcount-action = Tell the number

mail-reminder-subject = Reminder: { $space }, { $when }
mail-reminder-heading = Your reservation is coming up
mail-reminder-lead = What you need on the day is below. If you can't come after all, please cancel, so that others can have the space.
mail-reminder-action = Manage your reservation

# count: Count
mail-digest-subject = { $venue }, { $date }: { $count ->
    [0] no reservations
    [one] { $count } reservation
   *[other] { $count } reservations
}
mail-digest-heading = Your day at a glance
mail-digest-lead = { $venue }, { $date }
mail-digest-nothing-today = Nothing is reserved today.
mail-digest-today = Today
mail-digest-waiting = Waiting for your decision
mail-digest-news = New since yesterday morning
mail-digest-made = New
mail-digest-moved = Moved
mail-digest-cancelled = Cancelled
# count: Count
mail-digest-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
mail-digest-decide-by = Decide by: { $at }

# count: Count
mail-equipment = { $name } ({ $count ->
    [one] { $count } piece
   *[other] { $count } pieces
})
# reason: a sentence
equipment-reason = { $pool }: { $reason }
# limit (free), actual (wanted): Count
equipment-taken = { $pool }: { $limit ->
    [0] none is
    [one] only { $limit } is
   *[other] only { $limit } are
} free throughout this time; you asked for { $actual }.

mail-session-reused-subject = One of your sign-ins was ended
mail-session-reused-heading = One of your sign-ins was ended
mail-session-reused-lead = A key to your account at Prostor was used twice. Somebody may have copied it, so that sign-in was ended everywhere.
mail-session-reused-action = Sign in
mail-session-reused-not-you = Sign in anew, look at where you are signed in, and set another password. If it happens again on one of your devices, have it looked at.

# Parts, confirmations and accounts that changed
mail-standing-action = Sign in

mail-creative-subject = Confirmed as creative: { $organisation }
mail-creative-heading = The organisation is confirmed as creative
mail-creative-lead = A coordination body confirmed { $organisation } as creative. What is reserved in its name from now on goes by the rules and prices for creative organisations.
mail-creative-until = The confirmation holds until { $at }.
mail-creative-lasting = The confirmation holds until it is withdrawn.

mail-withdrawn-subject = No longer confirmed as creative: { $organisation }
mail-withdrawn-heading = The confirmation as creative was withdrawn
mail-withdrawn-lead = A coordination body withdrew the confirmation of { $organisation } as creative. What is reserved already stays as it is; what is reserved from now on goes by the rules and prices for everybody.

mail-ending-subject = The confirmation as creative ends soon: { $organisation }
mail-ending-heading = The confirmation as creative ends soon
mail-ending-lead = The confirmation of { $organisation } as creative holds until { $at }. If it should go on, turn to your coordination body in time.

mail-given-manager-subject = You are on the staff of { $place }
mail-given-manager-heading = You are on the staff
mail-given-manager-lead = You were added to the staff of “{ $place }”. You can manage its spaces, opening hours and reservations.
mail-taken-manager-subject = You are no longer on the staff of { $place }
mail-taken-manager-heading = You are no longer on the staff
mail-taken-manager-lead = You were removed from the staff of “{ $place }”. Your account and your own reservations stay.
mail-given-delegate-subject = You decide on requests at { $place }
mail-given-delegate-heading = You decide on requests
mail-given-delegate-lead = You can approve and decline requests for the spaces of “{ $place }”. You will get a mail when one waits.
mail-taken-delegate-subject = You no longer decide on requests at { $place }
mail-taken-delegate-heading = You no longer decide on requests
mail-taken-delegate-lead = You no longer approve and decline requests for the spaces of “{ $place }”. Your account and your own reservations stay.
mail-given-coordinator-subject = You coordinate { $place }
mail-given-coordinator-heading = You coordinate the network
mail-given-coordinator-lead = You were added to those who coordinate the network “{ $place }”. You can follow how its spaces are used.
mail-taken-coordinator-subject = You no longer coordinate { $place }
mail-taken-coordinator-heading = You no longer coordinate the network
mail-taken-coordinator-lead = You were removed from those who coordinate the network “{ $place }”. Your account and your own reservations stay.
mail-given-member-subject = Accepted: { $place }
mail-given-member-heading = You are accepted as a member
mail-given-member-lead = { $place } accepted you as a member. What you reserve there from now on goes by the rules for members.
mail-taken-member-subject = No longer a member: { $place }
mail-taken-member-heading = You are no longer a member
mail-taken-member-lead = You are no longer a member at “{ $place }”. What you reserved stays; what you reserve there from now on goes by the rules for everybody.

mail-organisation-owner-subject = You are an owner of { $organisation }
mail-organisation-owner-heading = You are an owner
mail-organisation-owner-lead = You are an owner of “{ $organisation }” now. You keep its details and its members, and reserve in its name.
mail-organisation-no-owner-subject = You are no longer an owner of { $organisation }
mail-organisation-no-owner-heading = You are no longer an owner
mail-organisation-no-owner-lead = You are no longer an owner of “{ $organisation }”. You are still a member, and can reserve in its name.
mail-organisation-removed-subject = You are no longer a member of { $organisation }
mail-organisation-removed-heading = You are no longer a member
mail-organisation-removed-lead = You are no longer a member of “{ $organisation }” and cannot reserve in its name any more. Your account and what you reserved stay.

mail-erased-subject = Your account is deleted
mail-erased-heading = Your account is deleted
mail-erased-lead = You gave up your account at Prostor. It is deleted, and with it all that named you. We do not keep this address either; this is our last message.
mail-erased-again = Whenever you like, you can make a new account: { $link }

mail-handed-to-subject = { $organisation } is yours
mail-handed-to-heading = You own the organisation
mail-handed-to-lead = The operator of Prostor handed { $organisation } over to you. You keep its details and its members, and reserve in its name.
mail-handed-from-subject = { $organisation } was handed over
mail-handed-from-heading = You own the organisation no more
mail-handed-from-lead = The operator of Prostor handed { $organisation } over to somebody who proved to speak for it. You own it no more. If you think this is a mistake, turn to the operator.

mail-digest-calendars = Outside calendars
mail-digest-calendar-failing = Can not be read; it was last read on { $at }, and what was read then stays.
mail-digest-calendar-never = Could not be read yet.
# count: Count
mail-digest-calendar-conflicts = { $count ->
    [one] { $count } event overlaps with a reservation
   *[other] { $count } events overlap with reservations
}

fetch-address_refused = Its address is not public.
fetch-redirected = Its server says that it is elsewhere.
fetch-unreachable = Nobody answered in time.
fetch-status_refused = Its server refused it.
fetch-calendar_too_large = It is too large.
fetch-not_a_calendar = What came is no whole calendar.
fetch-failed = Something went wrong here.
