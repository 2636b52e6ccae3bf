//! What the demo needs besides what people can do: acting for its people without their mailboxes, a mark of how
//! far it has lived, and notices of long ago that nobody waits for.

use serde_json::json;

use super::{App, error::Error};
use crate::{
    domain::{
        access::{Actor, Person},
        ids::{NetworkId, VenueId},
        instant::Instant,
        person::EmailAddress,
    },
    store::{
        audit::{self, Entry},
        organisations, outbox,
        staff::{self, Team},
        users,
    },
};

const LIVED: &str = "demo.lived";
/// More than any of its people has.
const ORGANISATIONS: i64 = 50;

/// The account behind an address as one who acts, with the roles held now in organisations and at `venues`;
/// `None` when there is no such account.
///
/// # Errors
/// When the database fails.
pub fn actor(app: &App, email: &EmailAddress, venues: &[VenueId]) -> Result<Option<Actor>, Error> {
    app.db.read(|tx| {
        let Some(account) = users::by_email(tx, &email.canonical())? else { return Ok(None) };
        let mut person = Person::plain(account.id, None, account.verified_at.is_some());
        person.administrator = account.is_administrator;
        for &venue in venues {
            if staff::find(tx, Team::Staff(venue), account.id)?.is_some() {
                person.staff_of.push(venue);
            }
        }
        for organisation in organisations::of(tx, account.id, None, ORGANISATIONS)? {
            if let Some(role) = organisations::role(tx, organisation.id, account.id)? {
                person.organisations.push((organisation.id, role));
            }
        }
        Ok(Some(Actor::Person(person)))
    })
}

/// When anything was last done in this database; `None` in an empty one.
///
/// # Errors
/// When the database fails.
pub fn last_change(app: &App) -> Result<Option<Instant>, Error> {
    Ok(app.db.read(audit::latest)?)
}

/// Until when the demo has lived in this network; `None` when it never has.
///
/// # Errors
/// When the database fails.
pub fn lived_until(app: &App, network: NetworkId) -> Result<Option<Instant>, Error> {
    Ok(app.db.read(|tx| audit::latest_of(tx, network, LIVED))?)
}

/// Marks that the demo has lived until now. Its notices from `since` to `settled_until` count as sent: they
/// would only flood whoever looks today.
///
/// # Errors
/// When the database fails.
pub fn mark_lived(
    app: &App,
    network: NetworkId,
    since: Instant,
    settled_until: Instant,
) -> Result<(), Error> {
    let (id, now) = (app.id(), app.now());
    app.db.write("mark the demo's day", move |tx| {
        outbox::settle_unsent(tx, since, settled_until)?;
        let entry = Entry::new(id, now, None, LIVED, network).of_network(network);
        Ok(audit::append(tx, &entry.with(json!({"settled_until": settled_until.unix()})))?)
    })
}
