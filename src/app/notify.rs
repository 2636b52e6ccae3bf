//! Telling people: notices go into the outbox in the transaction of what they tell of. What is optional goes to those
//! alone who want it, with a link to do without.

use std::borrow::Cow;

use crate::{
    app::{App, accounts::unsubscribe, error::Error},
    domain::{ids::UserId, locale::Locale, topic::Topic},
    mail::notice::Notice,
    store::{
        db::WriteTx,
        error::StoreError,
        outbox::{self, Outgoing, Priority},
        people::Contact,
        users,
    },
};

/// Behind which no mail system is, and which nobody can register: of people without an address (RFC 6761, 6.4).
pub(super) const NOBODYS: &str = "@invalid";

/// Whether an account has no address that mail could reach: it was given up, or staff brought in no more than a name.
pub(crate) fn is_nobodys(email: &str) -> bool {
    email.ends_with(NOBODYS)
}

/// Queues a notice for one person, in their language; nothing where they have no address, an optional one only if they
/// want it.
///
/// # Errors
/// When the database fails.
pub fn tell(tx: &mut WriteTx, app: &App, contact: &Contact, notice: &Notice) -> Result<(), Error> {
    if is_nobodys(&contact.email) {
        return Ok(());
    }
    enqueue(tx, app, contact, Some(contact.id), notice)
}

/// The same to an address whose person was just erased: the letter is of nobody.
///
/// # Errors
/// When the database fails.
pub(super) fn tell_nobody(
    tx: &mut WriteTx,
    app: &App,
    contact: &Contact,
    notice: &Notice,
) -> Result<(), Error> {
    if is_nobodys(&contact.email) {
        return Ok(());
    }
    enqueue(tx, app, contact, None, notice)
}

/// Queues a letter that is given up where it would be sent: who watches can't tell that there was nobody to write to.
///
/// # Errors
/// When the database fails.
pub(super) fn tell_nowhere(tx: &mut WriteTx, app: &App, notice: &Notice) -> Result<(), Error> {
    let locale = Locale::default().tag().to_owned();
    let (id, email) = (app.id(), format!("nobody{NOBODYS}"));
    let nobody = Contact { id, email, name: String::new(), locale, verified_at: None };
    enqueue(tx, app, &nobody, None, notice)
}

fn enqueue(
    tx: &mut WriteTx,
    app: &App,
    contact: &Contact,
    user: Option<UserId>,
    notice: &Notice,
) -> Result<(), Error> {
    let mut notice = Cow::Borrowed(notice);
    if let Some(topic) = notice.topic() {
        if !users::wants(tx, contact.id, topic)? {
            return Ok(());
        }
        notice.to_mut().can_be_stopped_at(unsubscribe::url(app, contact.id, topic));
    }
    let payload = serde_json::to_string(&*notice).map_err(|error| Error::Broken(error.to_string()))?;
    let locale: Locale =
        contact.locale.parse().map_err(|error| StoreError::corrupt("users.locale", error))?;
    // Whoever registered the address chose the name: until it is proved, that is nobody to write to others as.
    let chosen = contact.verified_at.is_none() && notice.is_of_account();
    let to_name = if chosen { String::new() } else { contact.name.clone() };
    let message = Outgoing {
        id: app.id(),
        kind: notice.kind(),
        priority: priority(&notice),
        user,
        to_email: contact.email.clone(),
        to_name,
        locale: locale.tag(),
        payload,
        created_at: app.now(),
    };
    outbox::enqueue(tx, &message)?;
    Ok(())
}

/// Nobody waits for what they could do without, but a reminder in time is worth as much as a confirmation.
fn priority(notice: &Notice) -> Priority {
    match notice.topic() {
        _ if notice.is_urgent() => Priority::SignIn,
        None | Some(Topic::Reminders) => Priority::Transactional,
        Some(Topic::Digests | Topic::Headcounts) => Priority::Bulk,
    }
}
