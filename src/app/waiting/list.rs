//! Reading one's own entries.

use super::{EntryView, views};
use crate::{
    app::{
        App,
        error::{Code, Error},
        page::{self, Asked, Page},
    },
    domain::{
        access::{self, Action, Actor},
        ids::{UserId, WaitingId},
        waiting::WaitingEntry,
    },
    store::{db::ReadTx, waiting},
};

/// Entries read at a time.
const BATCH: i64 = 500;

/// One's own, in the order they were made, those that ended among them.
///
/// # Errors
/// `unauthenticated`, `invalid` for a wrong limit or cursor.
pub fn list(app: &App, actor: &Actor, asked: &Asked) -> Result<Page<EntryView>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let person = actor.person().ok_or(Code::Unauthenticated)?.id;
    let limit = asked.limit()?;
    let after = asked.after::<WaitingId>(app, "waiting list")?;
    app.db.read(|tx| {
        let found = waiting::of_person(tx, person, after, limit as i64 + 1)?;
        let views = views(tx, app, &found)?;
        page::page(app, "waiting list", views, limit, |view: &EntryView| view.id)
    })
}

/// # Errors
/// `unauthenticated`, `not_found` unless it is one's own.
pub fn show(app: &App, actor: &Actor, id: WaitingId) -> Result<EntryView, Error> {
    access::may(actor, Action::OwnAccount)?;
    app.db.read(|tx| {
        let entry = own(tx, actor, id)?;
        views(tx, app, &[entry])?.pop().ok_or(Error::NOT_FOUND)
    })
}

/// The entry, if it is the actor's.
pub(super) fn own(tx: &mut ReadTx, actor: &Actor, id: WaitingId) -> Result<WaitingEntry, Error> {
    let entry = waiting::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::OwnEntry(entry.person))?;
    Ok(entry)
}

/// All that a person waits and waited for: for their export.
///
/// # Errors
/// When the database fails.
pub(crate) fn all_of(tx: &mut ReadTx, app: &App, person: UserId) -> Result<Vec<EntryView>, Error> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let batch = waiting::of_person(tx, person, after, BATCH)?;
        let Some(last) = batch.last() else { return Ok(all) };
        after = Some(last.id);
        all.append(&mut views(tx, app, &batch)?);
    }
}
