//! Telling an organisation's owners how it stands as creative: confirmed, no more, or soon no more.

use std::sync::Arc;

use super::confirm::zone_of;
use crate::{
    app::{App, error::Error, notify},
    domain::{ids::OrganisationId, instant::Instant, organisation::Organisation, zone::Zone},
    mail::{
        notice::Notice,
        organisation::OrganisationView,
        standing::{Standing, Until},
    },
    store::{confirmations, db::WriteTx, locks, organisations, people},
};

/// So long before a confirmation ends its owners are told, seconds: two weeks.
const BEFORE: i64 = 14 * 86_400;
/// Organisations of one run; the next run goes on.
const BATCH: i64 = 500;

/// What the owners are told.
pub(super) enum Change {
    Confirmed { until: Option<(Instant, Zone)>, grounds: Option<String> },
    Withdrawn { grounds: Option<String> },
    Ending { until: (Instant, Zone) },
}

pub(super) fn tell_owners(
    tx: &mut WriteTx,
    app: &App,
    organisation: &Organisation,
    change: &Change,
) -> Result<(), Error> {
    let id = organisation.id;
    let organisation = OrganisationView::new(id, &organisation.name);
    let link = format!("{}/sign-in", app.public_url);
    let until = |(at, zone): (Instant, Zone)| Until { at, zone: zone.tz() };
    let standing = match change {
        Change::Confirmed { until: end, grounds } => {
            Standing::Confirmed { organisation, until: end.map(until), grounds: grounds.clone(), link }
        }
        Change::Withdrawn { grounds } => Standing::Withdrawn { organisation, grounds: grounds.clone(), link },
        Change::Ending { until: end } => Standing::Ending { organisation, until: until(*end), link },
    };
    let notice = Notice::Standing(standing);
    for owner in people::owners(tx, id)? {
        notify::tell(tx, app, &owner, &notice)?;
    }
    Ok(())
}

/// A confirmation begins: of one that ends soon its owners know already.
pub(super) fn begin(tx: &mut WriteTx, organisation: &Organisation, now: Instant) -> Result<(), Error> {
    let soon = organisation.confirmed_creative_until.filter(|until| *until <= now.plus(BEFORE));
    Ok(confirmations::told_end(tx, organisation.id, soon)?)
}

/// Tells the owners whose organisation's confirmation ends within two weeks, once. Returns of how many.
///
/// # Errors
/// When the database fails.
pub fn remind(app: &Arc<App>) -> Result<usize, Error> {
    let now = app.now();
    let ending = app.db.read(|tx| confirmations::ending(tx, (now, now.plus(BEFORE)), BATCH))?;
    let mut told = 0;
    for id in ending {
        let app_ = app.clone();
        told += usize::from(app.db.write("tell that a confirmation ends", move |tx| one(tx, &app_, id))?);
    }
    Ok(told)
}

fn one(tx: &mut WriteTx, app: &App, id: OrganisationId) -> Result<bool, Error> {
    locks::organisation(tx, id)?;
    let now = app.now();
    // It may have been renewed or withdrawn, or told of, since.
    let Some(until) = confirmations::untold_end(tx, id, (now, now.plus(BEFORE)))? else { return Ok(false) };
    let organisation = organisations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
    let network = confirmations::latest(tx, id)?.and_then(|latest| latest.network_id);
    let zone = zone_of(tx, network)?;
    tell_owners(tx, app, &organisation, &Change::Ending { until: (until, zone) })?;
    confirmations::told_end(tx, id, Some(until))?;
    Ok(true)
}
