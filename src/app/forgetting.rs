//! Forgetting what names people once its period is over (`domain::retention`), and the bytes of what was erased.

use std::sync::Arc;

use super::{
    App,
    accounts::erase::{self, NOBODY},
    error::Error,
};
use crate::{
    domain::{ids::UserId, instant::Instant, retention::ago},
    store::{audit_chain, erasure, error::StoreError, guests, locks, outbox, users, views, words},
};

/// Rows at a time: one transaction should not hold the writer for long.
const BATCH: i64 = 500;
/// For so long it is tried to send who was erased a last mail, seconds.
const LAST_MAIL: i64 = 3600;
/// A file up to this size, octets, is rewritten within a second or two, at any time; a larger one in the small hours.
const SMALL: i64 = 128 << 20;
/// Hours of the day, UTC, in which hardly anybody books.
const SMALL_HOURS: std::ops::Range<i64> = 1..4;

/// Blanks the texts of reservations and series long over and what the audit says of them, erases guests who have not been
/// there for long, and forgets who looked at what long ago; returns how much that was.
///
/// # Errors
/// When the database fails.
pub fn forget(app: &Arc<App>) -> Result<usize, Error> {
    let now = app.now();
    let texts = ago(now, app.retention.texts);
    let looked = ago(now, app.retention.views);
    let gone = ago(now, app.retention.guests);
    let mut forgotten = erase_guests(app, gone)?;
    forgotten += until_none(app, move |tx| guests::purge(tx, gone, BATCH))?;
    forgotten += until_none(app, move |tx| words::forget_old(tx, texts, NOBODY, BATCH))?;
    forgotten += until_none(app, move |tx| words::forget_old_series(tx, texts, NOBODY, BATCH))?;
    forgotten += until_none(app, move |tx| audit_chain::erase_before(tx, texts, BATCH))?;
    forgotten += until_none(app, move |tx| views::purge(tx, looked, BATCH))?;
    let last = now.plus(-LAST_MAIL);
    forgotten += until_none(app, move |tx| outbox::purge_of_nobody(tx, last, BATCH))?;
    if forgotten > 0 {
        app.db.write("ask to scrub", move |tx| erasure::ask_to_scrub(tx, now))?;
    }
    Ok(forgotten)
}

fn until_none(
    app: &Arc<App>,
    f: impl Fn(&mut crate::store::db::WriteTx) -> Result<usize, StoreError> + Clone + Send + 'static,
) -> Result<usize, Error> {
    let mut forgotten = 0;
    loop {
        match app.db.write("forget", f.clone())? {
            0 => return Ok(forgotten),
            some => forgotten += some,
        }
    }
}

/// One transaction for each: there are few.
fn erase_guests(app: &Arc<App>, before: Instant) -> Result<usize, Error> {
    let gone = app.db.read(|tx| erasure::guests_gone(tx, before, BATCH))?;
    for &guest in &gone {
        erase_guest(app, guest, before)?;
    }
    Ok(gone.len())
}

fn erase_guest(app: &Arc<App>, guest: UserId, before: Instant) -> Result<(), Error> {
    let app_ = app.clone();
    app.db.write("erase a guest who is gone", move |tx| {
        locks::person(tx, guest)?;
        // Somebody may have reserved for them just now.
        let account = users::find(tx, guest)?.filter(|account| account.verified_at.is_none());
        match account {
            Some(account) if erasure::is_gone(tx, guest, before)? => {
                erase::person(tx, &app_, account, (None, None), app_.now())
            }
            _ => Ok(()),
        }
    })
}

/// Rewrites SQLite's file where something was erased since it was last done; returns 1 where it was.
///
/// # Errors
/// When the database fails.
pub fn scrub(app: &Arc<App>) -> Result<usize, Error> {
    let Some(asked) = app.db.read(erasure::to_scrub)? else { return Ok(0) };
    let hour = app.now().unix().rem_euclid(86_400) / 3600;
    let may_take = SMALL_HOURS.contains(&hour) || app.db.size()? <= SMALL;
    if !app.db.target().is_sqlite() {
        // Its pages are PostgreSQL's to clean, and it does.
    } else if !may_take || !app.db.scrub()? {
        return Ok(0);
    }
    let done: Result<(), StoreError> = app.db.write("scrubbed", move |tx| {
        // Something may have been erased meanwhile.
        if erasure::to_scrub(tx)?.as_ref() == Some(&asked) { erasure::scrubbed(tx) } else { Ok(()) }
    });
    done?;
    Ok(1)
}
