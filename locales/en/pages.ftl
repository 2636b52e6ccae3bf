# The small pages that links in mails open.

page-failed = Something went wrong. Please try again.
page-mail-sent = If the address has an account, a mail is on its way. Open the link in it, or enter its code here. After several mails within an hour no new one comes; the last one counts again.
page-offline = The service can't be reached. Check your connection and try again.
page-alternatives = To be had instead:
page-sign-out = Sign out
page-signed-out = Your sign-in has ended. Please sign in again.
page-needs-script = This page needs JavaScript. You can also enter the code from the mail where you want to sign in.
page-email = E-mail address
page-name = Name
page-name-hint = Only if you have no account yet.
page-own-name = Your name (optional)
page-own-name-hint = As others will see it. Left empty, it stays as it was given when the address was registered.
page-password = Password (optional)
page-password-hint = At least 15 characters. If you gave a password when you registered, repeat it here.
page-code = Code from the mail
page-code-action = Send me a code
page-code-refused = The code is not right, or no longer valid.

page-sign-in-title = Sign in to Prostor
page-sign-in-lead = Press the button to sign in. A new e-mail address is confirmed by this.
page-sign-in-action = Sign in
page-signed-in = You are signed in. You can close this page.
page-link-refused = The link was used already or is no longer valid. You can have a new one sent to you.
page-ask-lead = Enter your e-mail address, and we will send you a link and a code to sign in with.
page-ask-action = Send me a link and a code
page-with-password = Sign in with a password
page-own-password = Password
page-password-refused = The address or the password is not right.

page-second-code = Code of your authenticator, or a recovery code
page-second-code-action = Go on
page-second-code-refused = The code is not right, was used already, or too much time has passed.

page-confirm-address-title = Your new address
page-confirm-address-lead = Press the button, and your account has this address. You stay signed in, and the old address is told.
page-confirm-address-action = Confirm the address
page-confirm-address-done = Your account has its new address.
page-confirm-address-who = The change is confirmed by who asked for it. You are signed in as
page-restore-address-title = Taking back a change of address
page-restore-address-lead = Press the button if you did not change the address of your account. It gets its old address again, all sign-ins and keys end, and the password is dropped.
page-restore-address-action = Take the change back
page-restore-address-done = Your account has its old address again. Now have a sign-in link sent to you and set a new password.

page-invitation-title = Invitation
page-invitation-lead = You are invited by a venue, a network or an organisation. Enter the address at which you received the invitation; we will send you a code.
page-invitation-action = Accept the invitation
page-invitation-accepted = Welcome: you belong to it now.
page-invitation-refused = The invitation was withdrawn or is no longer valid.

# A request to join an organisation
page-join-request-title = Request to join
page-join-request-sign-in = A request to join is seen by who asks and by the organisation's owners. Enter your e-mail address, and we will send you a link and a code to sign in with.
page-join-request-loading = Loading the request …
page-join-request-who-else = Perhaps the request belongs to another address of yours. You are signed in as
page-join-request-organisation = Organisation
page-join-request-decide = Shall this person become a member?
page-join-request-accept = Accept
page-join-request-decline = Decline
page-join-request-withdraw = Withdraw the request
page-join-request-waiting = Waiting for an answer
page-join-request-accepted = Accepted
page-join-request-declined = Declined
page-join-request-withdrawn = Withdrawn

# A reservation
page-reservation-title = Reservation
page-reservation-sign-in = A reservation is seen by those who made it and by the venue's staff. Enter your e-mail address, and we will send you a link and a code to sign in with.
page-reservation-loading = Loading the reservation …
page-reservation-who-else = Perhaps the reservation belongs to another address of yours. You are signed in as
page-reservation-notes = Notes
page-reservation-internal-notes = Staff's notes
page-reservation-change = A change is asked for
page-reservation-decide = Do you approve the request?
page-reservation-message = Message to the organiser (optional)
page-reservation-approve = Approve
page-reservation-decline = Decline
page-reservation-approved = Approved. The organiser is told by mail.
page-reservation-declined = Declined. The organiser is told by mail.
page-reservation-change-approved = The change is approved. The organiser is told by mail.
page-reservation-change-declined = The change is declined and the reservation stays as it was. The organiser is told by mail.
page-reservation-calendar = Add to calendar
page-reservation-cancel = Cancel the reservation
page-reservation-cancel-question = Do you really want to cancel?
page-reservation-cancel-free = The cancellation is in time. It is due by:
page-reservation-cancel-late = The cancellation will count as late. It was due by:
page-reservation-cancel-yes = Yes, cancel it
page-reservation-cancel-no = No, keep it
page-reservation-confirm = Confirm
page-reservation-confirmed = Confirmed. An invitation is on its way by mail.
page-reservation-requested = Asked for. The venue decides, and you will hear of it by mail.
page-reservation-held-until = Kept until
page-reservation-let-go = The time is free for others again.
page-reservation-cancelled = Cancelled. A confirmation is on its way by mail.
page-reservation-was-late = The cancellation was late.
page-reservation-changed-meanwhile = What is shown now is how it stands.
page-reservation-check-in = Check in
page-reservation-check-out = Check out
page-reservation-checked-in = You are checked in.
page-reservation-checked-out = You are checked out, and the rest of the time is free for others again.
page-reservation-arrive-by = Check in by

# Checking in, and how many came
page-check-in-title = Checking in
page-check-in-lead = Press the button once you are there. The space then stays yours to the end.
page-check-in-headcount = How many people came (optional)
page-check-in-action = Check in
page-check-in-done = You are checked in:
page-check-in-until = The space is yours until
page-headcount-title = How many people came?
page-headcount-lead = One number is enough, and nobody is named. You can correct it until the month's figures are closed.
page-headcount-number = Number of people
page-headcount-action = Send
page-headcount-done = Thank you, the number is noted.
page-door-code = Code from the mail about your reservation
page-door-own = You are signed in, and need no code.
page-door-own-action = Check in to my reservation
page-door-sign-in = No code at hand? Sign in with your e-mail address.
page-door-nothing = No reservation of yours begins or goes on here now.
page-door-too-often = Too many wrong codes were entered here. Please sign in, use the link in the mail, or ask the staff.

page-status-held = Kept for now
page-status-pending = Awaits a decision
page-status-confirmed = Confirmed
page-status-declined = Declined
page-status-expired = Expired
page-status-cancelled = Cancelled
page-status-checked_in = Going on
page-status-no_show = Nobody came
page-status-completed = Completed

page-state-held = The time is kept for a short while: confirm it, or it is free for others again.
page-state-pending = The venue's staff must approve the reservation. Until then the time is kept.
page-state-confirmed = The space is reserved for this time.
page-state-declined = The venue did not approve the reservation, so the time is no longer kept.
page-state-expired = It was not confirmed in time, so the time is no longer kept.
page-state-cancelled = The reservation is cancelled, and the space is free for others again.
page-state-checked_in = The visitors have come.
page-state-no_show = Nobody came, so the rest of the time was released.
page-state-completed = The reservation is over.

page-reservation-by-link = You see this by the link from your mail. For anything else than cancelling, sign in.
page-reservation-by-link-action = Sign in

# Doing without a kind of mail
page-unsubscribe-title = Fewer messages
page-unsubscribe-lead = Press the button, and you get no more messages of this kind. Those about what you reserve and about your account go on coming.
page-unsubscribe-action = Unsubscribe
page-unsubscribe-done = You get no more messages of this kind. You can change that in your account.

# The demo's mailbox
page-mailbox-title = The demo's mailbox
page-mailbox-lead = Every mail the service has sent to anybody, the newest first.
page-mailbox-empty = No mail yet.
page-mailbox-more = Shown are the newest { $count }.
page-mailbox-to = To
page-mailbox-from = From
page-mailbox-date = Sent
page-mailbox-subject = Subject
page-mailbox-no-subject = (no subject)
page-mailbox-back = All mails
page-mailbox-page = As a page
page-mailbox-text = As plain text
page-mailbox-invite = Calendar invitation (invite.ics)
page-mailbox-source = Source of the mail (.eml)
page-mailbox-unreadable = This mail can't be read.
