//! Doing without a kind of mail by the link that each mail of that kind holds (RFC 8058): without signing in, at once,
//! and as often as somebody presses. It says nothing of whether there is such an account.

use std::sync::Arc;

use serde_json::json;
use uuid::Uuid;

use crate::{
    app::{App, error::Error},
    domain::{ids::UserId, topic::Topic},
    store::{audit, locks, users},
};

/// Tells these links from the others that are signed with the same key.
const OCTET: u8 = b'u';

/// Stands in mails that were sent: never change one.
const fn octet(topic: Topic) -> u8 {
    match topic {
        Topic::Reminders => b'r',
        Topic::Digests => b'd',
        Topic::Headcounts => b'h',
    }
}

/// Where one does without; a GET of it only shows a page. It follows from the secret (ADR 11).
pub(crate) fn url(app: &App, user: UserId, topic: Topic) -> String {
    let payload = [&[OCTET, octet(topic)], user.uuid().as_bytes().as_slice()].concat();
    format!("{}/unsubscribe/{}", app.public_url, app.links.sign(&payload))
}

fn open(app: &App, token: &str) -> Option<(UserId, Topic)> {
    let payload = app.links.verify(token)?;
    let [OCTET, kind, user @ ..] = payload.as_slice() else { return None };
    let topic = Topic::ALL.iter().find(|topic| octet(**topic) == *kind)?;
    Some((UserId::from_uuid(Uuid::from_slice(user).ok()?), *topic))
}

/// # Errors
/// `not_found` for a link that is not ours.
pub fn unsubscribe(app: &Arc<App>, token: &str) -> Result<(), Error> {
    let (user, topic) = open(app, token).ok_or(Error::NOT_FOUND)?;
    let app_ = app.clone();
    app.db.write("unsubscribe", move |tx| {
        locks::person(tx, user)?;
        let Some(mut account) = users::find(tx, user)? else { return Ok(()) };
        if !account.wanted().has(topic) {
            return Ok(());
        }
        account.wanted = account.wanted().without(topic).into();
        account.version += 1;
        users::update(tx, &account)?;
        let entry = audit::Entry::new(app_.id(), app_.now(), None, "account.unsubscribed", user);
        Ok(audit::append(tx, &entry.with(json!({"mail": topic})))?)
    })
}
