//! Bringing in reservations that were made elsewhere: the path of `reserve`, for staff and for many at once. What is over
//! is brought in too, for the statistics; it is judged as of its beginning.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::{
    claimant::Claimant,
    holds,
    notices::About,
    request::{NewReservation, Request},
    reserve::{Work, app_configuration},
    slot::rows_held,
    taking,
};
use crate::{
    app::{
        App,
        error::{Code, Error},
    },
    domain::{
        access::{Actor, Place},
        check_in::CheckInRules,
        ids::{ReservationId, SpaceId},
        instant::Instant,
        places::Configuration,
        record::Reservation,
        reservation::Status,
        space::Allocation,
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        memberships, occupancies,
        people::Contact,
        places, reservations,
    },
};

/// A reservation made elsewhere.
pub(crate) struct Brought {
    /// Without hold, equipment and organiser.
    pub new: NewReservation,
    /// People counted, of what has begun.
    pub headcount: Option<u32>,
    pub organiser: Contact,
    /// Whether the organiser hears of it, if it lies ahead.
    pub tell: bool,
}

/// Brings one in, in the caller's transaction, which holds the organiser, the venue's configuration alone and the units.
/// `actor` is staff of the venue. Nothing is written where it is refused.
///
/// # Errors
/// `slot_taken` and `policy_refused` without alternatives, `invalid`.
pub(crate) fn bring(
    tx: &mut WriteTx,
    app: &Arc<App>,
    actor: &Actor,
    brought: Brought,
) -> Result<ReservationId, Error> {
    let Brought { new, headcount, organiser, tell } = brought;
    let maker = actor.person().ok_or(Code::Unauthenticated)?.id;
    let configuration = app_configuration(app, tx, &new)?;
    let place = configuration.place();
    let now = app.now();
    let claimant = Claimant::load(tx, Some(organiser.id), None, now)?;
    let request = Request::of_new(&new, configuration.clone(), actor, claimant)?;
    let begun = request.interval.start() <= now;
    if headcount.is_some() && !begun {
        return Err(Error::field("/headcount", "in_the_future"));
    }
    // Prices of today are not those of then.
    let quote = if begun { None } else { request.quote()? };
    let judged = taking::judge(tx, &request, now.min(request.interval.start()), None)?.allowed(&request)?;
    let date = configuration.zone().date(request.interval.start());
    if begun && let Some(from) = was_the_same(tx, &configuration, date)? {
        begin_earlier(tx, app, (place, configuration.space.id), from)?;
    }
    holds::give_way(tx, app, &judged.to_end, Some(maker), now)?;
    let work = Work { app: app.clone(), actor: actor.clone(), new: Arc::new(new), place };
    let made = work.reservation(&request, &judged, organiser.id, maker, now);
    let made = happened(Reservation { quote, headcount, ..made }, now);
    reservations::insert(tx, &made)?;
    // Not for the line to answer for: all that was written with it has to go.
    occupancies::insert(tx, place, &rows_held(app, &made, &judged.units)).map_err(Error::Store)?;
    let entry = Entry::new(app.id(), now, Some(maker), "reservation.imported", made.id).within(place);
    let said = json!({"space_id": made.space, "waived": made.waived});
    audit::append(tx, &entry.moving(None, made.status).with(said))?;
    if tell && !begun {
        let (configuration, units) = (&*configuration, judged.units.as_slice());
        About { app, configuration, reservation: &made, units, organiser: &organiser, now, message: None }
            .made(tx)?;
    }
    Ok(made.id)
}

/// What has begun was not checked in here, and what is over is completed.
fn happened(made: Reservation, now: Instant) -> Reservation {
    if made.interval.start() > now {
        return made;
    }
    let over = made.interval.end() <= now;
    let mut presence = made.presence;
    presence.rules = CheckInRules { required: false, ..presence.rules };
    Reservation { presence, status: if over { Status::Completed } else { made.status }, ..made }
}

/// From when on the space must have been there for a reservation on `date`: the first of that month; nothing where it
/// was.
///
/// # Errors
/// `invalid` where a space that is booked as a whole was made of other units then.
fn was_the_same(
    tx: &mut WriteTx,
    configuration: &Configuration,
    date: NaiveDate,
) -> Result<Option<NaiveDate>, Error> {
    let space = &configuration.space;
    let whole = space.allocation == Allocation::Whole;
    let since = date.max(space.active_from);
    if whole && memberships::differed(tx, space.id, since)? {
        return Err(Error::field("/starts_at", "other_units_then"));
    }
    Ok((date < space.active_from).then(|| date.with_day(1).unwrap_or(date)))
}

/// The space was there before anybody told us of it.
fn begin_earlier(
    tx: &mut WriteTx,
    app: &App,
    (place, space): (Place, SpaceId),
    from: NaiveDate,
) -> Result<(), Error> {
    debug_assert_eq!(from.day(), 1);
    memberships::begin_earlier(tx, space, from)?;
    places::touch_venue(tx, place.venue, app.revision())?;
    let entry = Entry::new(app.id(), app.now(), None, "space.began_earlier", space).within(place);
    Ok(audit::append(tx, &entry.with(json!({"from": from})))?)
}
