//! One's reservations as a calendar, to take elsewhere.

use std::collections::BTreeMap;

use super::reservations;
use crate::{
    app::{
        App,
        accounts::me,
        error::{Code, Error},
        reservations::calendar::snapshot,
    },
    domain::access::Actor,
    mail,
    store::{people, users},
};

/// All reservations one organised, given-up ones as cancelled, as iCalendar (RFC 5545), METHOD:PUBLISH. Before the address
/// is proved there are none, as what others reserved for it is not told.
///
/// # Errors
/// `unauthenticated`.
pub fn export(app: &App, actor: &Actor) -> Result<String, Error> {
    let id = me::own(actor)?.id;
    let now = app.now();
    app.db.read(|tx| {
        let account = users::find(tx, id)?.ok_or(Error::Plain(Code::Unauthenticated))?;
        let mut views = Vec::new();
        if account.verified_at.is_some() {
            let organiser = people::contact(tx, id)?.ok_or(Error::NOT_FOUND)?;
            let mut configurations = BTreeMap::new();
            for reservation in reservations::all(tx, id, None, now)? {
                let reservation = reservation.at(now);
                let (space, stamped_at) = (reservation.space, reservation.updated_at);
                let known = match configurations.get(&space) {
                    Some(known) => std::sync::Arc::clone(known),
                    None => app.configurations.get(tx, space)?.ok_or(Error::NOT_FOUND)?,
                };
                configurations.insert(space, known.clone());
                views.push(snapshot(tx, app, &known, &reservation, &organiser, stamped_at)?);
            }
        }
        Ok(mail::calendar::publish_all(&views))
    })
}
