//! Holds that are in nobody's way: the person's own, which what they ask for next replaces, and those that ran out,
//! be it that no job has noticed. Who takes their time ends them first, in the same transaction.

use std::collections::BTreeMap;

use super::{claimant::Claimant, expire};
use crate::{
    app::{App, error::Error},
    domain::{
        decision::{Bearing, OwnHold},
        ids::{ReservationId, UnitId, UserId},
        instant::{Instant, Interval},
        policy::Audience,
        record::{Holder, Occupancy, Reservation},
        reservation::Status,
    },
    store::{
        blocks,
        db::{ReadTx, WriteTx},
        error::StoreError,
        locks, reservations, waiting,
    },
};

/// What takes units, as one person finds it.
pub(crate) struct Sight {
    /// What is in their way, by its end.
    pub standing: Vec<Occupancy>,
    /// Their live holds on the units they ask among.
    pub own: Vec<OwnHold>,
    ran_out: Vec<Occupancy>,
}

impl Sight {
    /// Sorts what takes units; `named` are those that are asked for by name.
    ///
    /// # Errors
    /// When the database fails.
    pub fn of(
        tx: &mut ReadTx,
        claimant: &Claimant,
        taken: Vec<Occupancy>,
        named: Option<&[UnitId]>,
        now: Instant,
    ) -> Result<Self, Error> {
        let (mut standing, ran_out): (Vec<_>, Vec<_>) = taken.into_iter().partition(|row| row.stands(now));
        let own = own_holds(tx, claimant, &standing, named)?;
        let is_own = |row: &Occupancy| own.iter().any(|hold| Holder::Reservation(hold.id) == row.holder);
        let (given_up, others): (Vec<_>, Vec<_>) = standing.into_iter().partition(is_own);
        standing = others;
        standing.extend(blocks_under(tx, given_up.iter().chain(&ran_out))?);
        standing.sort_unstable_by_key(|row| row.interval.end());
        Ok(Self { standing, own, ran_out })
    }

    /// The person's own holds that give way to what takes their units for `occupied`.
    pub fn replaced(&self, occupied: Interval) -> impl Iterator<Item = &OwnHold> {
        self.own.iter().filter(move |hold| hold.yields_to(occupied))
    }

    /// The holds to be ended before `units` can be taken for `occupied`, by id.
    pub fn to_end(&self, units: &[UnitId], occupied: Interval) -> Vec<ReservationId> {
        let mut ids = self.met(units, occupied);
        ids.extend(self.replaced(occupied).map(|hold| hold.id));
        ids.sort_unstable();
        ids
    }

    /// Those among them that ran out.
    pub fn met(&self, units: &[UnitId], occupied: Interval) -> Vec<ReservationId> {
        let meets = |row: &&Occupancy| units.contains(&row.unit) && row.interval.overlaps(occupied);
        holders(self.ran_out.iter().filter(meets))
    }

    /// Those of the person's own holds among `ended` are in nobody's way any more, nor do they give way again.
    pub fn forget(&mut self, ended: &[ReservationId]) -> Vec<OwnHold> {
        self.own.extract_if(.., |hold| ended.contains(&hold.id)).collect()
    }
}

/// What holds that give way leave to blocks they were kept in: it is nobody else's.
fn blocks_under<'a>(
    tx: &mut ReadTx,
    holds: impl Iterator<Item = &'a Occupancy> + Clone,
) -> Result<Vec<Occupancy>, Error> {
    let (starts, ends) =
        (holds.clone().map(|row| row.interval.start()), holds.clone().map(|row| row.interval.end()));
    let hull = starts.min().zip(ends.max()).and_then(|(start, end)| Interval::new(start, end));
    let Some(hull) = hull else { return Ok(Vec::new()) };
    let units: Vec<UnitId> = holds.clone().map(|row| row.unit).collect();
    let blocks = blocks::over_units(tx, &units, hull)?;
    let under = |row: &Occupancy| {
        let row = *row;
        let met = blocks.iter().filter(move |(_, unit, _)| *unit == row.unit);
        met.filter_map(move |(block, unit, interval)| {
            let interval = interval.intersection(row.interval)?;
            Some(Occupancy { unit: *unit, interval, holder: Holder::Block(*block), held_until: None })
        })
        .collect::<Vec<_>>()
    };
    Ok(holds.flat_map(under).collect())
}

/// The reservations among the holders, each once, by id.
fn holders<'a>(rows: impl Iterator<Item = &'a Occupancy>) -> Vec<ReservationId> {
    let reservation = |row: &Occupancy| match row.holder {
        Holder::Reservation(id) => Some(id),
        Holder::Block(_) => None,
    };
    let mut ids: Vec<ReservationId> = rows.filter_map(reservation).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The holds that ran out among what takes units, by id.
pub(crate) fn ran_out(taken: &[Occupancy], now: Instant) -> Vec<ReservationId> {
    holders(taken.iter().filter(|row| !row.stands(now)))
}

/// Asked of the database only where there is a hold at all, which is seldom.
fn own_holds(
    tx: &mut ReadTx,
    claimant: &Claimant,
    standing: &[Occupancy],
    named: Option<&[UnitId]>,
) -> Result<Vec<OwnHold>, Error> {
    let mut held: BTreeMap<ReservationId, Vec<UnitId>> = BTreeMap::new();
    let rows = standing.iter().filter(|row| row.held_until.is_some());
    for row in rows.filter(|row| named.is_none_or(|named| named.contains(&row.unit))) {
        if let Holder::Reservation(id) = row.holder {
            held.entry(id).or_default().push(row.unit);
        }
    }
    let Some(person) = claimant.person.filter(|_| !held.is_empty()) else { return Ok(Vec::new()) };
    let ids: Vec<ReservationId> = held.keys().copied().collect();
    let found = reservations::find_all(tx, &ids)?.into_iter().filter(|hold| hold.organiser == person);
    let own: Vec<OwnHold> = found.filter_map(|hold| own_hold(&hold, held.remove(&hold.id)?)).collect();
    let offered = waiting::offered(tx, &own.iter().map(|hold| hold.id).collect::<Vec<_>>())?;
    Ok(own.into_iter().map(|hold| OwnHold { offered: offered.contains(&hold.id), ..hold }).collect())
}

fn own_hold(hold: &Reservation, units: Vec<UnitId>) -> Option<OwnHold> {
    let (person, organisation) = (Some(hold.organiser), hold.organisation);
    let bearing = Bearing { person, organisation, place: hold.place, space: hold.space, besides: false };
    let besides = hold.equipment.iter().map(|some| Bearing { space: some.space, besides: true, ..bearing });
    let counts = hold.audience != Some(Audience::Staff);
    let bearings = std::iter::once(bearing).chain(besides).filter(|_| counts).collect();
    let as_equipment = hold.equipment_taken().find(|(unit, _)| units.contains(unit));
    Some(OwnHold {
        id: hold.id,
        units,
        requested: hold.interval,
        occupied: as_equipment.map_or(hold.occupied(), |(_, time)| time),
        expires_at: hold.held_until()?,
        bearings,
        offered: false,
    })
}

/// What `read` finds taken, once the holds among it that ran out are ended: what they had is free then, or a block's.
/// As [`give_way`].
///
/// # Errors
/// When the database fails.
pub(crate) fn taken_for_good(
    tx: &mut WriteTx,
    app: &App,
    (by, now): (Option<UserId>, Instant),
    read: impl Fn(&mut WriteTx) -> Result<Vec<Occupancy>, StoreError>,
) -> Result<Vec<Occupancy>, Error> {
    let taken = read(tx)?;
    let dead = ran_out(&taken, now);
    if dead.is_empty() {
        return Ok(taken);
    }
    give_way(tx, app, &dead, by, now)?;
    Ok(read(tx)?)
}

/// Ends holds that give way, in the caller's transaction, which holds the locks of those of their units that are in the
/// way. Units of others that they have (ADR 13) are only freed, and whoever wants those ends the hold first, under its
/// own lock, too. `by` replaces those that are still live. Nobody is told: a hold that ends was never more than one's own intention.
///
/// # Errors
/// When the database fails.
pub(crate) fn give_way(
    tx: &mut WriteTx,
    app: &App,
    holds: &[ReservationId],
    by: Option<UserId>,
    now: Instant,
) -> Result<(), Error> {
    for &id in holds {
        locks::reservation(tx, id)?;
        let found = reservations::find(tx, id)?.filter(|found| found.status == Status::Held);
        let Some(mut hold) = found else { continue };
        if hold.ran_out(now) {
            expire::end(tx, app, &mut hold, ("reservation.expired", None), now)?;
        } else {
            expire::end(tx, app, &mut hold, ("reservation.replaced", by), now)?;
        }
    }
    Ok(())
}
