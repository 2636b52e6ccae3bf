//! From a rule and a template to occurrences, each judged in its turn: preview and creation draw the same plan.

use super::{
    super::{
        request::Request,
        taking::{Ground, Judged},
    },
    request::NewSeries,
};
use crate::{
    app::error::{Error, FieldError},
    domain::{
        decision::Outcome,
        ids::{Id, ReservationId},
        instant::{Instant, Interval},
        record::Holder,
        recurrence::{CivilTimes, ExpansionError, MAX_OCCURRENCES, Occurrence, Rule},
        series::{OccurrenceOutcome, Preview, too_long},
        zone::Zone,
    },
    store::db::ReadTx,
};

/// What is to be made.
pub(super) struct Plan {
    pub rule: Rule,
    /// Of the first occurrence.
    pub times: CivilTimes,
    pub zone: Zone,
    pub occurrences: Vec<Occurrence>,
    /// Not longer than the template's.
    span: Interval,
}

/// What would come of it: every occurrence with its outcome, and those not excluded as they were judged.
pub(super) struct Drawn {
    pub preview: Preview,
    pub slots: Vec<Slot>,
}

/// One occurrence as it was judged.
pub(super) struct Slot {
    pub occurrence: Occurrence,
    pub request: Request,
    pub judged: Judged,
}

impl Plan {
    /// `request` is that of the template.
    ///
    /// # Errors
    /// `invalid` for a rule, a start or excluded dates that give no series.
    pub fn of(new: &NewSeries, request: &Request) -> Result<Self, Error> {
        let zone = request.configuration.zone();
        let rule: Rule = new.rrule.parse().map_err(|error: crate::domain::recurrence::InvalidRule| {
            let detail = Some(error.to_string());
            FieldError { detail, ..FieldError::new("/rrule", error.code()) }
        })?;
        let times = CivilTimes::of(request.interval, zone)
            .ok_or_else(|| Error::field("/template/starts_at", "local_time_ambiguous"))?;
        let exdates = new.exdates.as_deref().unwrap_or_default();
        let occurrences = rule
            .occurrences(times.starts_at(), zone, exdates, MAX_OCCURRENCES)
            .map_err(|error| Error::field(place_of(&error), error.code()))?;
        let last =
            occurrences.last().map_or(request.interval, |last| times.moved_to(last.starts_at).interval(zone));
        let span = Interval::new(request.interval.start(), last.end()).unwrap_or(request.interval);
        Ok(Self { rule, times, zone, occurrences, span })
    }

    /// Judges every occurrence in its turn, those before counted.
    ///
    /// # Errors
    /// `occurrences_overlap`; when the database fails.
    pub fn draw(&self, tx: &mut ReadTx, request: &Request, now: Instant) -> Result<Drawn, Error> {
        let mut ground = Ground::load(tx, request, self.span, now, &[])?;
        let kept = self.occurrences.iter().filter(|one| !one.excluded).copied().collect::<Vec<_>>();
        let limit = ground.effective.max_series_occurrences.rule;
        let count = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        let too_long = too_long(limit, count, request.booker.staff);
        let mut slots: Vec<Slot> = Vec::with_capacity(kept.len());
        let preview = Preview::of(&self.occurrences, self.times, self.zone, |interval| {
            let asked = Request { interval, ..request.clone() };
            let mut judged = ground.judge(&asked, None);
            if let Some(reason) = &too_long {
                judged.decision = judged.decision.and(reason.clone());
            }
            let decision = judged.decision.clone();
            if decision.outcome != Outcome::Refuse {
                ground.take(&asked, &judged, to_be_made());
            }
            slots.push(Slot { occurrence: kept[slots.len()], request: asked, judged });
            decision
        });
        let preview = preview.map_err(|error| Error::field("/template/ends_at", error.code()))?;
        Ok(Drawn { preview, slots })
    }
}

impl Drawn {
    /// Those that can be made.
    pub fn made(&self) -> impl Iterator<Item = &Slot> {
        let can_be = |slot: &&Slot| slot.judged.decision.outcome != Outcome::Refuse;
        self.slots.iter().filter(can_be)
    }

    /// The holds that give way to them, by id.
    pub fn to_end(&self) -> Vec<ReservationId> {
        let mut ids: Vec<_> = self.made().flat_map(|slot| slot.judged.to_end.iter().copied()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Those that can't.
    pub fn refused(&self) -> impl Iterator<Item = (&Slot, OccurrenceOutcome)> {
        let refused = self.slots.iter().filter(|slot| slot.judged.decision.outcome == Outcome::Refuse);
        refused.map(|slot| (slot, OccurrenceOutcome::of(&slot.judged.decision)))
    }
}

/// Whose the time is that an earlier occurrence will take: only that it is taken matters.
fn to_be_made() -> Holder {
    let nobody: ReservationId = Id::from_uuid(uuid::Uuid::nil());
    Holder::Reservation(nobody)
}

/// Where in the body it stands that a rule can't be expanded for.
fn place_of(error: &ExpansionError) -> &'static str {
    match error {
        ExpansionError::StartNotInRule { .. } => "/template/starts_at",
        ExpansionError::TooManyExdates => "/exdates",
        ExpansionError::TooMany { .. } | ExpansionError::OutOfBounds | ExpansionError::NoOccurrence => {
            "/rrule"
        }
    }
}
