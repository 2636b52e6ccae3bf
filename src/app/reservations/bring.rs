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
    taking::{self, Judged, Planned},
};
use crate::{
    app::{
        App,
        error::{Code, Error},
    },
    domain::{
        access::{Actor, Place},
        check_in::CheckInRules,
        ids::{ReservationId, SpaceId, UnitId},
        instant::Instant,
        places::Configuration,
        record::Reservation,
        reservation::Status,
        space::Allocation,
        tariff::Quote,
    },
    store::{
        audit::{self, Entry},
        db::{ReadTx, WriteTx},
        memberships, occupancies,
        people::Contact,
        places, series,
    },
};

/// Rows of one statement.
const AT_ONCE: usize = 100;

/// For whom one is brought in.
#[derive(Debug, Clone)]
pub(crate) struct Organiser {
    pub contact: Contact,
    claimant: Claimant,
}

impl Organiser {
    /// As they stand now; what is read stays so while the transaction or the snapshot lasts.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut ReadTx, app: &App, contact: Contact) -> Result<Self, Error> {
        let claimant = Claimant::load(tx, Some(contact.id), None, app.now())?;
        Ok(Self { contact, claimant })
    }
}

/// A reservation made elsewhere.
pub(crate) struct Brought {
    /// Without hold, equipment and organiser.
    pub new: NewReservation,
    /// People counted, of what has begun.
    pub headcount: Option<u32>,
    pub organiser: Organiser,
    /// Whether the organiser hears of it, if it lies ahead.
    pub tell: bool,
}

/// One that has its slot, and that [`write`] still has to write.
pub(crate) struct Made {
    reservation: Reservation,
    configuration: Arc<Configuration>,
    units: Vec<UnitId>,
    /// Who is to hear of it.
    told: Option<Contact>,
}

impl Made {
    pub const fn id(&self) -> ReservationId {
        self.reservation.id
    }
}

/// One that may be brought in, and what that was judged from.
struct Weighed {
    request: Request,
    judged: Judged,
    quote: Option<Quote>,
    /// Whether it lies in the past, be it partly.
    begun: bool,
    /// From when on the space must have been there for it; nothing where it was.
    from: Option<NaiveDate>,
}

/// Brings one in, in the caller's transaction, which holds the organiser, the venue's configuration alone and the units,
/// after those that are planned and still to be written. `actor` is staff of the venue. Nothing comes of it where it is
/// refused.
///
/// # Errors
/// `slot_taken` and `policy_refused` without alternatives, `invalid`.
pub(crate) fn bring(
    tx: &mut WriteTx,
    app: &Arc<App>,
    actor: &Actor,
    brought: Brought,
    planned: &mut Planned,
) -> Result<Made, Error> {
    let maker = actor.person().ok_or(Code::Unauthenticated)?.id;
    let now = app.now();
    let Weighed { request, judged, quote, begun, from } = weigh(tx, app, actor, &brought, (now, &*planned))?;
    planned.take(&request, &judged, now);
    let Brought { new, headcount, organiser: Organiser { contact, .. }, tell } = brought;
    let place = request.configuration.place();
    if let Some(from) = from {
        begin_earlier(tx, app, (place, request.configuration.space.id), from)?;
    }
    holds::give_way(tx, app, &judged.to_end, Some(maker), now)?;
    let work = Work { app: app.clone(), actor: actor.clone(), new: Arc::new(new), place };
    let made = work.reservation(&request, &judged, contact.id, maker, now);
    let reservation = happened(Reservation { quote, headcount, ..made }, now);
    let told = (tell && !begun).then_some(contact);
    Ok(Made { reservation, configuration: request.configuration, units: judged.units, told })
}

/// Writes what was brought in, all of one venue, and tells those who are to hear of it.
///
/// # Errors
/// When the database fails.
pub(crate) fn write(tx: &mut WriteTx, app: &App, place: Place, all: &[Made]) -> Result<(), Error> {
    for some in all.chunks(AT_ONCE) {
        let reservations: Vec<Reservation> = some.iter().map(|made| made.reservation.clone()).collect();
        series::insert_members(tx, &reservations)?;
        let rows: Vec<_> =
            some.iter().flat_map(|made| rows_held(app, &made.reservation, &made.units)).collect();
        for rows in rows.chunks(AT_ONCE) {
            // Not for a line to answer for: all that was written with it has to go.
            occupancies::insert(tx, place, rows).map_err(Error::Store)?;
        }
        let entries: Vec<Entry> = reservations.iter().map(|made| entry(app, made)).collect();
        audit::append_all(tx, &entries)?;
    }
    for Made { reservation, configuration, units, told } in all {
        let Some(organiser) = told else { continue };
        let now = reservation.created_at;
        About { app, configuration, reservation, units, organiser, now, message: None }.made(tx)?;
    }
    Ok(())
}

fn entry(app: &App, made: &Reservation) -> Entry {
    let by = Some(made.made_by);
    let entry = Entry::new(app.id(), made.created_at, by, "reservation.imported", made.id);
    let said = json!({"space_id": made.space, "waived": made.waived});
    entry.within(made.place).moving(None, made.status).with(said)
}

/// Tells whether it could be brought in after what is planned, and plans it. Nothing is written.
///
/// # Errors
/// As [`bring`].
pub(crate) fn plan(
    tx: &mut ReadTx,
    app: &App,
    actor: &Actor,
    brought: &Brought,
    planned: &mut Planned,
) -> Result<(), Error> {
    let now = app.now();
    let weighed = weigh(tx, app, actor, brought, (now, &*planned))?;
    planned.take(&weighed.request, &weighed.judged, now);
    Ok(())
}

fn weigh(
    tx: &mut ReadTx,
    app: &App,
    actor: &Actor,
    brought: &Brought,
    (now, planned): (Instant, &Planned),
) -> Result<Weighed, Error> {
    let configuration = app_configuration(app, tx, &brought.new)?;
    let request = Request::of_new(&brought.new, configuration, actor, brought.organiser.claimant.clone())?;
    let start = request.interval.start();
    let begun = start <= now;
    if brought.headcount.is_some() && !begun {
        return Err(Error::field("/headcount", "in_the_future"));
    }
    // Prices of today are not those of then.
    let quote = if begun { None } else { request.quote()? };
    let judged = taking::judge_after(tx, &request, now.min(start), planned)?.allowed(&request)?;
    let date = request.configuration.zone().date(start);
    let from = if begun { was_the_same(tx, &request.configuration, date)? } else { None };
    Ok(Weighed { request, judged, quote, begun, from })
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
    tx: &mut ReadTx,
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
