//! The one judgement on a request inside a transaction or a snapshot: facts loaded once, one decision.
//! Reserving, moving and the dry run come through here; approval finds the slot already held.

mod counts;
mod planned;
mod pools;

use crate::{
    app::error::Error,
    domain::{
        decision::{self, Bearing, Change, Counted, Decision, Facts, Outcome, OwnHold, ReasonCode, Slot},
        equipment::Equipment,
        ids::{ReservationId, SpaceId, UnitId},
        instant::{Instant, Interval},
        places::Opening,
        policy::Effective,
        record::{Holder, LONGEST_OCCUPANCY, Occupancy, Reservation},
        space::Allocation,
        sweep::{SIGHT, Sweep},
    },
    store::{db::ReadTx, limits, occupancies},
};

use super::{claimant::claim, holds::Sight, request::Request};
use counts::Counts;
pub(crate) use planned::Planned;

/// The judgement and what it was made from.
pub(super) struct Judged {
    pub decision: Decision,
    pub effective: Effective,
    /// The moment it was made for.
    pub now: Instant,
    /// The units to be taken; empty when there are not enough.
    pub units: Vec<UnitId>,
    /// The equipment to be taken, likewise.
    pub equipment: Vec<Equipment>,
    /// The holds that give way to it, by id: [`super::holds::give_way`] ends them before the units are taken.
    pub to_end: Vec<ReservationId>,
    /// When the first of the person's own among them would have run out.
    pub replaced_until: Option<Instant>,
}

/// Judges `request` as of `now`; `before` is the reservation that it would change, with
/// its units.
///
/// # Errors
/// When the database fails.
pub(super) fn judge(
    tx: &mut ReadTx,
    request: &Request,
    now: Instant,
    before: Option<(&Reservation, &[UnitId])>,
) -> Result<Judged, Error> {
    let own = before.map(|(reservation, _)| reservation.id);
    let ground = Ground::load(tx, request, request.interval, now, own.as_slice())?;
    Ok(ground.judge(request, before))
}

/// Judges what would be new, after what is planned.
///
/// # Errors
/// When the database fails.
pub(super) fn judge_after(
    tx: &mut ReadTx,
    request: &Request,
    now: Instant,
    planned: &Planned,
) -> Result<Judged, Error> {
    let (space, window) = (&request.configuration.space, window(request, request.interval)?);
    let mut taken = occupancies::of_space(tx, space, window)?;
    planned.amend(&mut taken, &space.unit_ids(), window, now);
    let mut ground = Ground::among(tx, request, request.interval, (now, &[]), taken)?;
    planned.count(request.claimant.person, &mut ground.counts);
    Ok(ground.judge(request, None))
}

/// What judgements rest on besides the request: loaded once for all requests of one claimant for one space within a
/// span of time. What was decided in it counts for what is decided next.
pub(super) struct Ground {
    now: Instant,
    pub effective: Effective,
    /// What stands by its end, without the time of the reservations that would be changed; and holds.
    sight: Sight,
    /// Taken in the course of deciding.
    added: Vec<Occupancy>,
    counts: Counts,
    /// Of the pools of equipment that are asked for.
    pools: Vec<(SpaceId, Ground)>,
}

/// What a reservation has of a space, or of a pool, before it is changed.
struct Known<'a> {
    units: &'a [UnitId],
    change: Change,
}

impl Ground {
    /// The time of `own` stands against nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn load(
        tx: &mut ReadTx,
        request: &Request,
        span: Interval,
        now: Instant,
        own: &[ReservationId],
    ) -> Result<Self, Error> {
        let taken = occupancies::of_space(tx, &request.configuration.space, window(request, span)?)?;
        Self::among(tx, request, span, (now, own), taken)
    }

    /// The same among what is known to take the units.
    fn among(
        tx: &mut ReadTx,
        request: &Request,
        span: Interval,
        (now, own): (Instant, &[ReservationId]),
        mut taken: Vec<Occupancy>,
    ) -> Result<Self, Error> {
        let (configuration, effective) = (&request.configuration, request.effective());
        let space = &configuration.space;
        let mut sorted = own.to_vec();
        sorted.sort_unstable();
        let is_own = |id: &ReservationId| sorted.binary_search(id).is_ok();
        taken.retain(|row| !matches!(&row.holder, Holder::Reservation(id) if is_own(id)));
        let named = request.units.as_deref().filter(|_| space.allocation == Allocation::Each);
        let sight = Sight::of(tx, &request.claimant, taken, named, now)?;
        let person = request.claimant.person.filter(|_| own.is_empty());
        let active = match (effective.max_active.rule, person) {
            (Some(_), Some(user)) => Some(limits::active_ahead(tx, user, now)?),
            _ => None,
        };
        let holding = match (request.hold, person) {
            (true, Some(user)) => Some(limits::holding(tx, user, now)?),
            _ => None,
        };
        let counting = (request.own, now);
        let others = request.claimant.counted(tx, configuration, &effective, span, counting)?;
        let pools = request.equipment.iter().map(|wanted| {
            let ground = Self::load(tx, &request.of_pool(wanted), span, now, own)?;
            Ok((wanted.space(), ground))
        });
        let pools = pools.collect::<Result<_, Error>>()?;
        let counts = Counts { active, holding, others };
        Ok(Self { now, effective, sight, added: Vec::new(), counts, pools })
    }

    /// Judges one request within the span; `before` as in [`judge`]. What gives way for the sake of the equipment counts
    /// for the space no more than what gives way for its own.
    pub fn judge(&self, request: &Request, before: Option<(&Reservation, &[UnitId])>) -> Judged {
        let found = self.find_pools(request, before.map(|(reservation, _)| reservation));
        let known = before.map(|(reservation, units)| Known::of_space(reservation, units, request));
        let mut judged = self.judge_space(request, known, &found.yielding);
        for lent in found.pools {
            lent.judge(request, (&found.replaced, &found.yielding), &mut judged);
        }
        judged.with_ended(&found.yielding)
    }

    /// `yielding` are holds that give way besides those on the units asked among.
    fn judge_space(&self, request: &Request, known: Option<Known<'_>>, yielding: &[&OwnHold]) -> Judged {
        let configuration = &request.configuration;
        let occupied = request.occupied();
        let near = self.near(request, occupied).map(|row| (row.unit, row.interval));
        let sweep = configuration.space.sweep(near);
        let (units, units_free) = units(&sweep, request, occupied, known.as_ref());
        let (opening, left) = (configuration.opening(request.interval), self.counts.without(yielding));
        let facts = self.facts(request, &opening, known.map(|known| known.change), &left);
        let slot = Slot { requested: request.interval, occupied, units_free };
        let decision = decision::decide(&facts, &slot);
        let to_end = self.sight.to_end(&units, occupied);
        let replaced_until = self.sight.replaced(occupied).map(|hold| hold.expires_at).min();
        let (effective, equipment) = (self.effective.clone(), Vec::new());
        Judged { decision, effective, now: self.now, units, equipment, to_end, replaced_until }
    }

    fn facts<'a>(
        &'a self,
        request: &'a Request,
        opening: &'a Opening,
        change: Option<Change>,
        counts: &'a Counts,
    ) -> Facts<'a> {
        let configuration = &request.configuration;
        Facts {
            now: self.now,
            zone: configuration.zone(),
            open: &opening.open,
            stays: opening.stays.as_ref(),
            policy: &self.effective,
            booker: request.booker,
            archived: configuration.space.archived_at.is_some(),
            quantity: request.quantity,
            pool: configuration.space.pool(),
            attendees: request.attendees,
            capacity: request.capacity(),
            active: counts.active,
            claim: claim(request.claimant.bearing(configuration), &counts.others),
            change,
            holds: &self.sight.own,
            holding: counts.holding,
        }
    }

    /// What may matter for a request: rows last at most 32 days, so it is one range of those by their end.
    fn near(&self, request: &Request, occupied: Interval) -> impl Iterator<Item = &Occupancy> {
        let window = window(request, occupied).unwrap_or(occupied);
        let last = window.end().plus(LONGEST_OCCUPANCY);
        let standing = &self.sight.standing;
        let from = standing.partition_point(|row| row.interval.end() <= window.start());
        let to = standing.partition_point(|row| row.interval.end() <= last);
        standing[from..to].iter().chain(&self.added).filter(move |row| row.interval.overlaps(window))
    }

    /// What was judged will be: its units are taken, and the person's holds that give way to it are no more.
    pub fn take(&mut self, request: &Request, judged: &Judged, holder: Holder) {
        self.let_go(&judged.to_end);
        self.add(request, (&judged.units, &judged.equipment), holder);
    }

    /// Ended for the space's sake or for a pool's: neither counts them any more.
    fn let_go(&mut self, ended: &[ReservationId]) {
        let mut gone = self.sight.forget(ended);
        for (_, pool) in &mut self.pools {
            for hold in pool.sight.forget(ended) {
                if gone.iter().all(|known| known.id != hold.id) {
                    gone.push(hold);
                }
            }
        }
        self.each(|ground| gone.iter().for_each(|hold| ground.counts.discount(hold)));
    }

    /// From now on these units are taken for the request's time, and it counts for quotas and `max_active`.
    pub fn add(&mut self, request: &Request, (units, equipment): (&[UnitId], &[Equipment]), holder: Holder) {
        let interval = request.occupied();
        let row = |&unit| Occupancy { unit, interval, holder, held_until: None };
        self.added.extend(units.iter().map(row));
        self.take_equipment(equipment, request.interval, holder);
        let counted = counted(request, request.interval, equipment);
        self.each(|ground| {
            ground.counts.active = ground.counts.active.map(|active| active + 1);
            ground.counts.others.extend_from_slice(&counted);
        });
    }

    /// One that would be changed does not count beside its change.
    pub fn forget(&mut self, request: &Request, reservation: &Reservation) {
        let counted = counted(request, reservation.interval, &reservation.equipment);
        self.each(|ground| counted.iter().for_each(|&one| ground.counts.uncount(one)));
    }

    /// Does the same to the space's ground and to those of the pools.
    fn each(&mut self, change: impl Fn(&mut Self)) {
        change(self);
        self.pools.iter_mut().for_each(|(_, pool)| change(pool));
    }
}

/// As quotas count a reservation: of its space, and of each pool besides.
fn counted(request: &Request, interval: Interval, equipment: &[Equipment]) -> Vec<Counted> {
    let Some(bearing) = request.claimant.bearing(&request.configuration) else { return Vec::new() };
    let besides = equipment.iter().map(|some| Bearing { space: some.space, besides: true, ..bearing });
    std::iter::once(bearing).chain(besides).map(|bearing| Counted { bearing, interval }).collect()
}

/// The time around an interval within which neighbours matter: for a space of many units they decide which are chosen.
fn window(request: &Request, span: Interval) -> Result<Interval, Error> {
    let occupied = request.buffers.around(span);
    match request.configuration.space.allocation {
        Allocation::Whole => Ok(occupied),
        Allocation::Each => Interval::new(occupied.start().plus(-SIGHT), occupied.end().plus(SIGHT))
            .ok_or_else(|| Error::Broken("a widened interval was empty".to_owned())),
    }
}

/// The units to take, and how many are free. Named units count as free only if they are themselves; an
/// edit keeps the units it has where it can, and always where it asks for no more than it has, be it that its space
/// has other units by now.
fn units(
    sweep: &Sweep,
    request: &Request,
    occupied: Interval,
    known: Option<&Known<'_>>,
) -> (Vec<UnitId>, u32) {
    let free = sweep.count_free(occupied);
    let chosen = |wanted: Option<&[UnitId]>| sweep.choose(occupied, request.quantity, wanted).ok();
    let each = request.configuration.space.allocation == Allocation::Each;
    if let (None, Some(Known { units: own, change })) = (&request.units, known)
        && change.occupied.covers(occupied)
        && request.quantity <= change.quantity
        && !own.is_empty()
    {
        let many = if each { request.quantity as usize } else { own.len() };
        return (own[..many.min(own.len())].to_vec(), free);
    }
    let kept = known
        .map(|known| &known.units[..known.units.len().min(request.quantity as usize)])
        .filter(|units| each && !units.is_empty());
    match (&request.units, kept) {
        (Some(named), _) => chosen(Some(named)).map_or((Vec::new(), 0), |units| (units, free)),
        (None, Some(kept)) => {
            chosen(Some(kept)).or_else(|| chosen(None)).map_or((Vec::new(), free), |units| (units, free))
        }
        (None, None) => (chosen(None).unwrap_or_default(), free),
    }
}

impl<'a> Known<'a> {
    fn of_space(reservation: &Reservation, units: &'a [UnitId], request: &Request) -> Self {
        let space = &request.configuration.space;
        // What it has of another space is none of this one's.
        let elsewhere = reservation.space != space.id;
        let units = if elsewhere { &[] } else { units };
        let layout = reservation.layout.and_then(|id| space.layout(id));
        let other_units =
            request.units.as_ref().is_some_and(|named| named.iter().any(|unit| !units.contains(unit)));
        let change = Change {
            requested: reservation.interval,
            occupied: reservation.occupied(),
            quantity: reservation.quantity,
            attendees: reservation.attendees,
            capacity: space.capacity_of(layout, reservation.quantity),
            other_units,
            elsewhere,
        };
        Self { units, change }
    }
}

impl Judged {
    /// These holds of the person's end for it, too.
    fn with_ended(mut self, yielding: &[&OwnHold]) -> Self {
        self.to_end.extend(yielding.iter().map(|hold| hold.id));
        self.to_end.sort_unstable();
        self.to_end.dedup();
        let until = yielding.iter().map(|hold| hold.expires_at);
        self.replaced_until = self.replaced_until.into_iter().chain(until).min();
        self
    }

    /// # Errors
    /// `slot_taken` where nothing but the time stands against it, `policy_refused` with all reasons else.
    /// Alternatives are found afterwards, outside the transaction.
    pub fn allowed(self, request: &Request) -> Result<Self, Error> {
        if self.decision.outcome != Outcome::Refuse {
            return Ok(self);
        }
        let refusing = |code: ReasonCode| {
            move |reason: &&decision::Reason| {
                !reason.waived && reason.outcome == Outcome::Refuse && reason.code != code
            }
        };
        let only_taken = !self.decision.reasons.iter().any(|reason| refusing(ReasonCode::SlotTaken)(&reason));
        let of_equipment = self.decision.reasons.iter().any(|reason| reason.pool.is_some());
        let (decision, zone) = (Box::new(self.decision), request.configuration.zone());
        if only_taken {
            // Whose time is taken need be told only where it might be the equipment's.
            let why = of_equipment.then_some((decision, zone));
            return Err(Error::SlotTaken { why, alternatives: Vec::new() });
        }
        Err(Error::Refused { decision, zone, alternatives: Vec::new() })
    }

    /// Whether staff went beyond a limit.
    pub fn waived(&self) -> bool {
        self.decision.reasons.iter().any(|reason| reason.waived)
    }
}
