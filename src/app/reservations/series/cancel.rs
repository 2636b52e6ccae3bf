//! Giving up a series, or what is ahead of it from a date on.
//!
//! Individually changed occurrences go too: whoever gives a series up expects nothing to be left of it. What has begun
//! or is over stays.

use std::sync::Arc;

use chrono::NaiveDateTime;
use serde_json::json;

use super::{
    super::{
        approvals,
        cancel::{By, end},
        equipment,
        view::configuration,
    },
    notices::tell_cancelled,
    request::SeriesCancellation,
    view::SeriesView,
};
use crate::{
    app::{App, Done, blocks, error::Error, version::Expected},
    domain::{
        access::{self, Action, Actor},
        ids::{ReservationId, SeriesId, SpaceId},
        record::Reservation,
        reservation::Status,
        series::{Deed, Facts, Fate, Reach, Series},
        zone::{DateOrTime, TimeInput, Zone},
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        idempotency::Claim,
        locks, occupancies, series as table,
    },
};

/// # Errors
/// `not_found`, `forbidden`, `precondition_failed`.
pub fn cancel(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SeriesId,
    expected: Expected,
    wanted: SeriesCancellation,
) -> Result<Done<SeriesView>, Error> {
    let before = super::list::visible(app, actor, id)?;
    access::may(actor, Action::ChangeReservation(before.claimed()))?;
    let (app_, actor) = (app.clone(), actor.clone());
    app.command("cancel series", claim, move |tx| {
        let (series, members) = locked(tx, &app_, &before, &[])?;
        expected.check(series.version)?;
        let reach = wanted.from.map_or(Reach::All, |from| Reach::Following(local(from, series.zone)));
        let now = app_.now();
        let touched = members.into_iter().filter(|one| {
            facts(one).is_some_and(|facts| facts.fate(reach, Deed::Cancel, now) == Fate::Touched)
        });
        let by = actor.person().map(|person| person.id);
        let by_venue = by != Some(series.organiser) && actor.is_staff_of(series.place.venue);
        let who = By { by, by_venue, message: wanted.text(), cause: None };
        give_up(tx, &app_, id, touched.collect(), who)?;
        super::list::shown(tx, &actor, id)
    })
}

/// The series and its reservations as they stand under the locks, those of other pools `asked` for among them.
///
/// # Errors
/// When the database fails.
pub(super) fn locked(
    tx: &mut WriteTx,
    app: &App,
    before: &Series,
    asked: &[SpaceId],
) -> Result<(Series, Vec<Reservation>), Error> {
    locks::claimant(tx, before.organiser, before.organisation)?;
    locks::share_configuration(tx, before.place)?;
    let configuration = configuration(tx, app, before.space)?;
    let spaces = table::spaces(tx, before.id)?.into_iter().chain(asked.iter().copied());
    let locked = equipment::lock_units(tx, app, &configuration, spaces)?;
    table::lock_members(tx, before.id)?;
    let series = table::find(tx, before.id)?.ok_or(Error::NOT_FOUND)?;
    let members = table::members(tx, before.id)?;
    members.iter().try_for_each(|one| equipment::covers(&locked, one))?;
    Ok((series, members))
}

/// What an edit must know of a reservation of the series.
pub(super) fn facts(reservation: &Reservation) -> Option<Facts> {
    let belongs = reservation.belongs?;
    Some(Facts {
        original: belongs.original,
        interval: reservation.interval,
        status: reservation.status,
        changed: belongs.changed || reservation.change.is_some(),
    })
}

/// A date is its first moment.
fn local(from: DateOrTime, zone: Zone) -> NaiveDateTime {
    match from {
        DateOrTime::Date(date) => date.and_time(chrono::NaiveTime::MIN),
        DateOrTime::Time(TimeInput::Local(local)) => local,
        DateOrTime::Time(TimeInput::At(at)) => zone.civil(at),
    }
}

/// Cancels reservations of one series, which the caller has locked, and tells so in one mail.
fn give_up(
    tx: &mut WriteTx,
    app: &App,
    id: SeriesId,
    mut touched: Vec<Reservation>,
    who: By<'_>,
) -> Result<(), Error> {
    let Some(place) = touched.first().map(|one| one.place) else { return Ok(()) };
    let invited = touched.iter().any(|one| one.status == Status::Confirmed);
    let ids: Vec<ReservationId> = touched.iter().map(|one| one.id).collect();
    let mut entries = Vec::with_capacity(touched.len() + 1);
    for reservation in &mut touched {
        entries.extend(end(app, reservation, who)?);
    }
    let had = occupancies::of_reservations(tx, &ids)?;
    occupancies::free_all(tx, &ids)?;
    blocks::refill(tx, app, place, &had)?;
    table::update_members(tx, &touched)?;
    approvals::follow_all(tx, app, &touched, who.answer(), who.by)?;
    let entry = Entry::new(app.id(), app.now(), who.by, "series.cancelled", id).within(place);
    let said = json!({"message": who.message, "by_venue": who.by_venue, "cancelled": touched.len()});
    entries.push(entry.with(said));
    audit::append_all(tx, &entries)?;
    let known = table::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
    let configuration = configuration(tx, app, known.space)?;
    tell_cancelled(tx, app, &configuration, id, (&touched, who.by_venue, who.message), invited)
}

/// The same for a change of the venue's, whose transaction holds its locks. What has begun meanwhile stands in its way.
///
/// # Errors
/// `state_conflict` where one has begun.
pub(in crate::app::reservations) fn by_venue(
    tx: &mut WriteTx,
    app: &App,
    id: SeriesId,
    met: Vec<Reservation>,
    who: By<'_>,
) -> Result<(), Error> {
    let standing = met.into_iter().filter(|one| one.status != Status::Cancelled);
    give_up(tx, app, id, standing.collect(), who)
}
