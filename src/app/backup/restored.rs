//! What is done to a database that was restored, before anybody is served from it: what happened after the backup was made
//! is unknown to it, and must not happen twice, or be undone.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    app::{
        App,
        accounts::{erase, obligations},
        error::Error,
        reservations::{approvals, cancel, expire, no_show},
    },
    domain::{ids::UserId, reservation::Status},
    store::{audit, backup, dialect::Target, error::StoreError, locks, users},
};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    /// People who were erased anew.
    pub erased: usize,
    /// Mails that are held back.
    pub held: usize,
}

/// Whether anybody may be served from the database: whoever stopped a restore, or met its end too early, restores again.
///
/// # Errors
/// One line that says what to do.
pub fn settled(target: &Target) -> Result<(), String> {
    match backup::is_unsettled(target) {
        Ok(false) => Ok(()),
        Ok(true) => {
            Err("a restore of this database did not come to its end: restore it again, with --replace"
                .to_owned())
        }
        // What opens the database next says it better.
        Err(_) => Ok(()),
    }
}

/// Ends all sign-ins, lets time do to reservations what it did since, erases again who had been erased, and holds back
/// every mail that waits then: those queued before the backup, and those about what time did, may have been sent.
///
/// # Errors
/// When the database fails; it may be run again.
pub fn settle(app: &Arc<App>, erased: &BTreeSet<UserId>) -> Result<Settled, Error> {
    let app_ = app.clone();
    let signed_out: Result<(), StoreError> = app.db.write("sign all out", move |tx| {
        backup::sign_all_out(tx, app_.now())?;
        backup::step_ahead(tx, app_.now())
    });
    signed_out?;
    for job in [no_show::release_due, expire::overdue, approvals::remind] {
        while job(app)? > 0 {}
    }
    let mut again = 0;
    for &id in erased {
        let app_ = app.clone();
        again += app.db.write("erase again", move |tx| erase_again(tx, &app_, id))?;
    }
    let app_ = app.clone();
    let held: Result<usize, StoreError> = app.db.write("hold mails", move |tx| {
        let held = backup::hold_mails(tx)?;
        backup::mark_settled(tx)?;
        let id = app_.id();
        audit::append(tx, &audit::Entry::new(id, app_.now(), None, "service.restored", id))?;
        Ok(held)
    });
    Ok(Settled { erased: again, held: held? })
}

/// Whatever is open: it was settled before they were erased, after the backup was made. So what they still have ahead had
/// been given up.
fn erase_again(tx: &mut crate::store::db::WriteTx, app: &App, id: UserId) -> Result<usize, Error> {
    locks::person(tx, id)?;
    let Some(account) = users::find(tx, id)? else { return Ok(0) };
    let now = app.now();
    // The first 200 make room for the next; what has begun stays, and ends by itself.
    loop {
        let mut ahead = obligations::ahead(tx, id, now)?;
        ahead.retain(|one| one.interval.start() > now && one.status != Status::CheckedIn);
        if ahead.is_empty() {
            break;
        }
        for one in ahead {
            cancel::of_erased(tx, app, one)?;
        }
    }
    erase::person(tx, app, account, (None, None), now)?;
    Ok(1)
}
