//! Requests and wishes of a series whose time is up: all of them in one transaction, told in one mail.

use super::{
    super::{
        equipment,
        expire::{lapse, tell_expired},
        presence::Locked,
        slot::refused,
        view::configuration,
    },
    notices::About,
};
use crate::{
    app::{App, error::Error},
    domain::record::Reservation,
    store::{db::WriteTx, locks, people, series as table},
};

/// Settles all that is due of the series that `known` belongs to. Whether anything was.
///
/// # Errors
/// When the database fails.
pub(in crate::app::reservations) fn overdue(
    tx: &mut WriteTx,
    app: &App,
    known: &Reservation,
) -> Result<bool, Error> {
    let Some(id) = known.belongs.map(|belongs| belongs.series) else { return Ok(false) };
    locks::share_configuration(tx, known.place)?;
    let series = table::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
    let configuration = configuration(tx, app, series.space)?;
    let spaces = table::spaces(tx, id)?;
    let locked = equipment::lock_units(tx, app, &configuration, spaces)?;
    table::lock_members(tx, id)?;
    let now = app.now();
    let mut lapsed: Vec<(Reservation, Option<Reservation>)> = Vec::new();
    for mut one in table::members(tx, id)? {
        equipment::covers(&locked, &one)?;
        let wish = refused(&one);
        if lapse(tx, app, &mut one, now)? {
            lapsed.push((one, wish));
        }
    }
    let Some(series) = table::find(tx, id)? else { return Ok(false) };
    match (lapsed.as_slice(), people::contact(tx, series.organiser)?) {
        ([(one, _)], _) => {
            let one = Locked::read(tx, app, one.clone())?;
            tell_expired(tx, app, one)?;
        }
        ([_, _, ..], Some(organiser)) => {
            let members = table::members(tx, id)?;
            let (wishes, requests): (Vec<_>, Vec<_>) = lapsed.iter().partition(|(_, wish)| wish.is_some());
            let requests: Vec<&Reservation> = requests.into_iter().map(|(one, _)| one).collect();
            let wishes: Vec<&Reservation> =
                wishes.into_iter().filter_map(|(_, wish)| wish.as_ref()).collect();
            let about = About { app, configuration: &configuration, organiser: &organiser, now };
            about.lapsed(tx, &series, &members, (&requests, &wishes))?;
        }
        _ => {}
    }
    Ok(!lapsed.is_empty())
}
