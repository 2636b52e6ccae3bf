//! An edit of a series, occurrence by occurrence: judged in order with what the ones before have by then, as moving one
//! reservation is.

use std::{collections::HashMap, sync::Arc};

use super::{
    super::{
        claimant::Claimant,
        edit::{asks_for_more_than_texts, edit_extras, edit_texts},
        equipment::Wanted,
        request::{Request, ReservationChange},
        slot::{put, rows_held},
        taking::Ground,
        view::own_units,
    },
    request::within,
    view::RefusedView,
};
use crate::{
    app::{App, error::Error},
    domain::{
        access::Actor,
        decision::{Decision, Outcome},
        ids::{OccupancyId, ReservationId, UnitId},
        instant::{Instant, Interval},
        places::Configuration,
        record::{Holder, Occupancy, Reservation},
        recurrence::Occurrence,
        series::{Mode, OccurrenceOutcome, Preview, Previewed, Series},
    },
    store::{db::WriteTx, occupancies},
};

/// What is done to each.
pub(super) struct Refit<'a> {
    pub app: &'a App,
    pub actor: &'a Actor,
    pub change: &'a ReservationChange,
    /// As it will be.
    pub series: &'a Series,
    /// Whether it has other times than before.
    pub retimed: bool,
    pub configuration: &'a Arc<Configuration>,
    pub claimant: Claimant,
    pub now: Instant,
}

/// What comes of it, to be written.
#[derive(Default)]
pub(super) struct Refitted {
    pub members: Vec<Reservation>,
    /// Those whose occupancies are other ones now: `rows`.
    pub moved: Vec<ReservationId>,
    pub rows: Vec<(OccupancyId, Occupancy)>,
    /// The holds that give way to them.
    pub to_end: Vec<ReservationId>,
    /// Those left as they are.
    pub refused: Vec<RefusedView>,
}

/// One occurrence, what is asked for it, and the units it has.
struct Asked {
    member: Reservation,
    request: Request,
    units: Vec<UnitId>,
}

impl Refit<'_> {
    /// # Errors
    /// `invalid`; `series_conflicts`, `too_many_skipped` and `nothing_left` where the mode does not allow it.
    pub fn all(&self, tx: &mut WriteTx, members: Vec<Reservation>, mode: Mode) -> Result<Refitted, Error> {
        let asked = self.asked(tx, members)?;
        let Some(first) = asked.first() else { return Ok(Refitted::default()) };
        let ids: Vec<ReservationId> = asked.iter().map(|one| one.member.id).collect();
        let base = Request { own: None, equipment: pools(&asked), ..first.request.clone() };
        let mut ground = Ground::load(tx, &base, hull(first, &asked), self.now, &ids)?;
        for one in &asked {
            ground.forget(&base, &one.member);
        }
        let mut refitted = Refitted::default();
        let mut preview = Preview { occurrences: Vec::with_capacity(asked.len()) };
        for (index, one) in (0..).zip(asked) {
            let (original, interval) = (self.original(&one.member), one.request.interval);
            let decision = self.one(&mut ground, one, &mut refitted).map_err(|e| within("change", e))?;
            let outcome = OccurrenceOutcome::of(&decision);
            let occurrence = Occurrence { index, starts_at: original, excluded: false };
            preview.occurrences.push(Previewed { occurrence, interval, outcome, decision: Some(decision) });
        }
        let zone = self.series.zone;
        match preview.verdict(mode) {
            Ok(()) => {
                refitted.to_end.sort_unstable();
                refitted.to_end.dedup();
                Ok(refitted)
            }
            Err(refusal) => Err(Error::Series { refusal, preview: Box::new(preview), zone }),
        }
    }

    fn original(&self, member: &Reservation) -> chrono::NaiveDateTime {
        member.belongs.map_or(self.series.times.starts_at(), |belongs| belongs.original)
    }

    fn asked(&self, tx: &mut WriteTx, members: Vec<Reservation>) -> Result<Vec<Asked>, Error> {
        let ids: Vec<ReservationId> = members.iter().map(|one| one.id).collect();
        let mut taken: HashMap<ReservationId, Vec<UnitId>> = HashMap::new();
        for row in occupancies::of_reservations(tx, &ids)? {
            if let Holder::Reservation(id) = row.holder {
                taken.entry(id).or_default().push(row.unit);
            }
        }
        let asked = members.into_iter().map(|member| {
            let rows = taken.remove(&member.id).into_iter().flatten();
            let (configuration, claimant) = (self.configuration.clone(), self.claimant.clone());
            let change = self.change_of(&member);
            let request = Request::of_change(&change, &member, configuration, self.actor, claimant)
                .and_then(|it| it.equipped(tx, self.app, change.equipment.as_deref(), &member.equipment))
                .map_err(|error| within("change", error))?;
            let units = own_units(&member, rows);
            Ok(Asked { request, units, member })
        });
        asked.collect()
    }

    /// The change with the times that the rule gives this occurrence now.
    fn change_of(&self, member: &Reservation) -> ReservationChange {
        let interval = self.retimed.then(|| self.series.interval(self.original(member)));
        ReservationChange {
            starts_at: interval.map(|interval| interval.start().into()),
            ends_at: interval.map(|interval| interval.end().into()),
            ..self.change.clone()
        }
    }

    fn one(&self, ground: &mut Ground, one: Asked, refitted: &mut Refitted) -> Result<Decision, Error> {
        let Asked { mut member, request, units } = one;
        let holder = Holder::Reservation(member.id);
        member.version += 1;
        member.updated_at = self.now;
        if !asks_for_more_than_texts(&request, &member, &units) {
            ground.add(&request, (&units, &member.equipment), holder);
            edit_texts(self.change, &mut member)?;
            edit_extras(&mut member, &request, None, self.now)?;
            refitted.members.push(member);
            return Ok(Decision { outcome: Outcome::Allow, reasons: Vec::new() });
        }
        let judged = ground.judge(&request, Some((&member, &units)));
        let decision = judged.decision.clone();
        if decision.outcome == Outcome::Refuse {
            let (original, zone) = (self.original(&member), self.series.zone);
            refitted.refused.push(RefusedView::new(original, request.interval, &decision, zone));
            let as_it_is = Request { interval: member.interval, buffers: member.buffers, ..request };
            ground.add(&as_it_is, (&units, &member.equipment), holder);
            differs(&mut member);
            refitted.members.push(member);
            return Ok(decision);
        }
        ground.take(&request, &judged, holder);
        refitted.to_end.extend_from_slice(&judged.to_end);
        edit_texts(self.change, &mut member)?;
        let units = put(&mut member, &request, judged, units)?;
        if member.change.is_some() {
            differs(&mut member);
        }
        refitted.rows.extend(rows_held(self.app, &member, &units));
        refitted.moved.push(member.id);
        refitted.members.push(member);
        Ok(decision)
    }
}

/// All equipment that any of them asks for, each pool once.
fn pools(asked: &[Asked]) -> Vec<Wanted> {
    let mut pools: Vec<Wanted> = Vec::new();
    for wanted in asked.iter().flat_map(|one| &one.request.equipment) {
        if pools.iter().all(|known| known.space() != wanted.space()) {
            pools.push(wanted.clone());
        }
    }
    pools
}

/// It is no longer as its series.
fn differs(member: &mut Reservation) {
    if let Some(belongs) = &mut member.belongs {
        belongs.changed = true;
    }
}

/// From the first to the last, before and after.
fn hull(first: &Asked, asked: &[Asked]) -> Interval {
    let all = asked.iter().flat_map(|one| [one.request.interval, one.member.interval]);
    let join =
        |a: Interval, b: Interval| Interval::new(a.start().min(b.start()), a.end().max(b.end())).unwrap_or(a);
    all.fold(first.request.interval, join)
}
