# The small pages that links in mails open.

page-failed = Something went wrong. Please try again.
page-mail-sent = If the address has an account, a mail is on its way.
page-needs-script = This page needs JavaScript. You can also enter the code from the mail where you want to sign in.
page-email = E-mail address
page-name = Name
page-name-hint = Only if you have no account yet.
page-password = Password (optional)
page-password-hint = At least 15 characters. If you gave a password when you registered, repeat it here.
page-code = Code from the mail
page-code-action = Send me a code
page-code-refused = The code is not right, or no longer valid.

page-sign-in-title = Sign in to Prostor
page-sign-in-lead = Press the button to sign in. A new e-mail address is confirmed by this.
page-sign-in-action = Sign in
page-signed-in = Done: your e-mail address is confirmed and the link is used up.
page-link-refused = The link was used already or is no longer valid. You can have a new one sent to you.
page-ask-lead = Enter your e-mail address, and we will send you a sign-in link.
page-ask-action = Send me a link

page-invitation-title = Invitation
page-invitation-lead = You are invited to join the staff of a venue. Enter the address at which you received the invitation; we will send you a code.
page-invitation-action = Accept the invitation
page-invitation-accepted = You are now on the venue's staff.
page-invitation-refused = The invitation was withdrawn or is no longer valid.

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
