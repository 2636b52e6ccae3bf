//! Which reservations a change of opening hours concerns, and what of each lies within opening time: its space, and each
//! pool of equipment that goes along, by the rule that requests are judged by (ADR 13).

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;

use super::Subject;
use crate::{
    app::{App, affected::Affected, error::Error},
    domain::{
        equipment::Equipment,
        ids::SpaceId,
        instant::{Instant, Interval},
        places::Configuration,
        record::{PendingChange, Reservation},
    },
    store::{db::ReadTx, reservations},
};

/// A reservation, and how it stands.
pub(super) struct Standing {
    reservation: Reservation,
    slot: Parts,
    /// Nothing where none is asked for.
    change: Parts,
}

/// Whether the space is open, and each of the pools.
type Parts = Vec<bool>;

type Known = HashMap<SpaceId, Arc<Configuration>>;

impl Subject {
    /// Each reservation ahead, or with a change that waits, that the hours concern, space by space.
    pub(super) fn standing(&self, tx: &mut ReadTx, app: &App, now: Instant) -> Result<Vec<Standing>, Error> {
        self.standing_without(tx, app, now, &[])
    }

    /// The same if these dates were closed.
    pub(super) fn standing_without(
        &self,
        tx: &mut ReadTx,
        app: &App,
        now: Instant,
        dates: &[NaiveDate],
    ) -> Result<Vec<Standing>, Error> {
        let mut ahead = reservations::ahead(tx, self.venue.id, None, now)?;
        if let Some(space) = self.space.as_ref().map(|space| space.id) {
            ahead.retain(|one| one.spaces().any(|known| known == space));
        }
        ahead.sort_by_key(|one| (one.space, one.interval.start(), one.id));
        let mut spaces: Vec<SpaceId> = ahead.iter().flat_map(Reservation::spaces).collect();
        spaces.sort_unstable();
        spaces.dedup();
        let known = app.configurations.get_all(tx, &spaces)?;
        let known: Known = known.into_iter().map(|each| (each.space.id, closed(each, dates))).collect();
        Ok(ahead.into_iter().map(|one| Standing::of(one, &known)).collect())
    }
}

fn closed(known: Arc<Configuration>, dates: &[NaiveDate]) -> Arc<Configuration> {
    if dates.is_empty() {
        return known;
    }
    let own_hours = known.own_hours.closed_on(&known.own_hours.ruled(dates));
    let schedule = known.schedule.closed_on(dates);
    Arc::new(Configuration { own_hours, schedule, ..(*known).clone() })
}

impl Standing {
    fn of(reservation: Reservation, known: &Known) -> Self {
        let slot = parts(known, reservation.space, reservation.interval, &reservation.equipment);
        let wished = reservation.change.as_ref();
        let wished = wished.and_then(|change: &PendingChange| Some((change.interval()?, &change.equipment)));
        let space = reservation.wished_space().unwrap_or(reservation.space);
        let change = wished.map(|(interval, equipment)| parts(known, space, interval, equipment));
        let change = change.unwrap_or_default();
        Self { reservation, slot, change }
    }
}

/// What has no configuration any more can't fall out of its hours.
fn parts(known: &Known, of: SpaceId, interval: Interval, equipment: &[Equipment]) -> Parts {
    let Some(space) = known.get(&of) else { return Vec::new() };
    let along = |some: &Equipment| {
        known.get(&some.space).is_none_or(|pool| space.opening_along(pool, interval).holds(interval))
    };
    std::iter::once(space.opening(interval).holds(interval)).chain(equipment.iter().map(along)).collect()
}

/// What lay within opening time and does so no longer, in whole or in part.
pub(super) fn fallen_out(before: &[Standing], after: &[Standing], now: Instant) -> Affected {
    let falls = |was: &Parts, is: &Parts| was.iter().zip(is).any(|(was, is)| *was && !is);
    let mut affected = Affected::default();
    for (was, is) in before.iter().zip(after) {
        let reservation = &was.reservation;
        if reservation.is_ahead(now) && falls(&was.slot, &is.slot) {
            affected.slots.push(reservation.id);
        } else if falls(&was.change, &is.change) {
            affected.changes.push(reservation.id);
        }
    }
    affected
}
