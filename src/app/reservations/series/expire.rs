//! Requests and wishes of a series whose time is up: all of them in one transaction, told in one mail.

use super::{
    super::expire::{lapse, tell_expired},
    notices::{About, Said},
};
use crate::{
    app::{App, error::Error},
    domain::{ids::SeriesId, places::Configuration, record::Reservation},
    mail::series::SeriesEvent,
    store::{audit, db::WriteTx, people, reservations, series as table},
};

/// Settles all that is due of the series, under the units' locks. Whether anything was.
///
/// # Errors
/// When the database fails.
pub(in crate::app::reservations) fn overdue(
    tx: &mut WriteTx,
    app: &App,
    configuration: &Configuration,
    id: SeriesId,
) -> Result<bool, Error> {
    table::lock_members(tx, id)?;
    let now = app.now();
    let mut lapsed: Vec<Reservation> = Vec::new();
    for mut one in table::members(tx, id)? {
        if one.expires_at.is_none_or(|at| at > now) {
            continue;
        }
        let Some(entry) = lapse(tx, app, &mut one, now)? else { continue };
        reservations::update(tx, &one)?;
        audit::append(tx, &entry)?;
        lapsed.push(one);
    }
    let Some(series) = table::find(tx, id)? else { return Ok(false) };
    match (lapsed.as_slice(), people::contact(tx, series.organiser)?) {
        ([one], _) => tell_expired(tx, app, configuration, one)?,
        ([_, _, ..], Some(organiser)) => {
            let (members, about) = (table::members(tx, id)?, lapsed.iter().collect::<Vec<_>>());
            let said = Said::plainly(SeriesEvent::Declined, &about);
            About { app, configuration, organiser: &organiser, now }.say(tx, &series, &members, said)?;
        }
        _ => {}
    }
    Ok(!lapsed.is_empty())
}
