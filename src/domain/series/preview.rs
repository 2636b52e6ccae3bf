//! What comes of making a series: each occurrence with its outcome, and whether the conflict mode lets it be made.
//!
//! Preview and creation fill the same [`Preview`], so that what is shown is what happens.

use crate::domain::{
    codes::codes,
    decision::{Decision, Outcome, Reason, ReasonCode, Value},
    instant::Interval,
    policy::{Beyond, Limit},
    recurrence::{CivilTimes, MAX_OCCURRENCES, Occurrence, OccurrencesOverlap},
    zone::Zone,
};

codes! {
    /// What comes of one occurrence.
    pub enum OccurrenceOutcome {
        /// It is made (in a preview: it would be), perhaps as a request for approval.
        Created = "created",
        /// Somebody else has the time.
        Conflict = "conflict",
        /// A rule other than that refuses it: closed on that day, beyond the horizon, …
        Refused = "refused",
        /// EXDATE takes it out.
        Excluded = "excluded",
    }
}

codes! {
    /// What is done where occurrences can't be made.
    pub enum OnConflict {
        /// No occurrence is made unless all can be.
        AllOrNothing = "all_or_nothing",
        /// Those that can be are made.
        SkipConflicts = "skip_conflicts",
    }
}

/// [`OnConflict`] with its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    AllOrNothing,
    /// At most so many left out, whether taken or refused; excluded ones are none of them.
    SkipConflicts {
        max_skipped: u32,
    },
}

/// `max_skipped` says something that `all_or_nothing` contradicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("max_skipped goes with skip_conflicts alone")]
pub struct MaxSkippedUnused;

/// One occurrence with its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Previewed {
    pub occurrence: Occurrence,
    /// When it takes, or would take, place.
    pub interval: Interval,
    pub outcome: OccurrenceOutcome,
    /// What was decided; `None` of an excluded one, about which nobody asked.
    pub decision: Option<Decision>,
}

/// Every occurrence of a series with its outcome, ascending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub occurrences: Vec<Previewed>,
}

/// Why no series is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SeriesRefusal {
    /// `all_or_nothing`, and some can't be made.
    #[error("{skipped} occurrences can't be made")]
    Conflicts { skipped: u32 },
    #[error("{skipped} occurrences can't be made, {max_skipped} may be left out")]
    TooManySkipped { skipped: u32, max_skipped: u32 },
    #[error("none of the occurrences can be made")]
    NothingLeft,
}

impl SeriesRefusal {
    /// The stable code of DESIGN 5.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Conflicts { .. } => "series_conflicts",
            Self::TooManySkipped { .. } => "too_many_skipped",
            Self::NothingLeft => "nothing_left",
        }
    }
}

/// The rule on how many occurrences a series may have, where `count` of them are more. Staff may go beyond it.
pub fn too_long(limit: Limit<u32>, count: u32, staff: bool) -> Option<Reason> {
    let outcome = match limit.beyond {
        Beyond::Refuse => Outcome::Refuse,
        Beyond::Ask => Outcome::Ask,
    };
    let code = ReasonCode::SeriesTooLong;
    (count > limit.value).then_some(Reason {
        code,
        outcome,
        limit: Some(Value::Count(limit.value)),
        actual: Some(Value::Count(count)),
        waived: staff && code.waivable(),
        pool: None,
    })
}

impl OccurrenceOutcome {
    /// What a decision means for its occurrence: a conflict only where nothing but the taken time refuses, so that
    /// a conflict tells the reader that another time would do.
    pub fn of(decision: &Decision) -> Self {
        if decision.outcome != Outcome::Refuse {
            return Self::Created;
        }
        let mut refusing = decision.reasons.iter().filter(|r| !r.waived && r.outcome == Outcome::Refuse);
        if refusing.all(|reason| reason.code == ReasonCode::SlotTaken) {
            Self::Conflict
        } else {
            Self::Refused
        }
    }
}

impl Mode {
    /// Without a number, as many may be left out as must be.
    ///
    /// # Errors
    /// [`MaxSkippedUnused`].
    pub fn of(on_conflict: OnConflict, max_skipped: Option<u32>) -> Result<Self, MaxSkippedUnused> {
        match (on_conflict, max_skipped) {
            (OnConflict::AllOrNothing, None) => Ok(Self::AllOrNothing),
            (OnConflict::AllOrNothing, Some(_)) => Err(MaxSkippedUnused),
            (OnConflict::SkipConflicts, max) => {
                Ok(Self::SkipConflicts { max_skipped: max.unwrap_or(MAX_OCCURRENCES) })
            }
        }
    }
}

impl Preview {
    /// Decides on each occurrence that is not excluded, in order; `first` holds the times of the first one.
    ///
    /// # Errors
    /// [`OccurrencesOverlap`]: a series may not be in its own way. Its set-up and tear-down are `decide`'s to count.
    pub fn of(
        occurrences: &[Occurrence],
        first: CivilTimes,
        zone: Zone,
        mut decide: impl FnMut(Interval) -> Decision,
    ) -> Result<Self, OccurrencesOverlap> {
        let kept: Vec<_> = occurrences.iter().filter(|o| !o.excluded).map(|o| o.starts_at).collect();
        first.repeated(&kept, zone)?;
        let previewed = occurrences.iter().map(|occurrence| {
            let interval = first.moved_to(occurrence.starts_at).interval(zone);
            let decision = (!occurrence.excluded).then(|| decide(interval));
            let outcome = decision.as_ref().map_or(OccurrenceOutcome::Excluded, OccurrenceOutcome::of);
            Previewed { occurrence: *occurrence, interval, outcome, decision }
        });
        Ok(Self { occurrences: previewed.collect() })
    }

    /// Occurrences with that outcome.
    pub fn count(&self, outcome: OccurrenceOutcome) -> u32 {
        let with = self.occurrences.iter().filter(|previewed| previewed.outcome == outcome);
        with.fold(0, |count, _| count + 1)
    }

    /// Whether the series is made, without those that can't be.
    ///
    /// # Errors
    /// [`SeriesRefusal`].
    pub fn verdict(&self, mode: Mode) -> Result<(), SeriesRefusal> {
        let skipped = self.count(OccurrenceOutcome::Conflict) + self.count(OccurrenceOutcome::Refused);
        match mode {
            _ if self.count(OccurrenceOutcome::Created) == 0 => Err(SeriesRefusal::NothingLeft),
            Mode::AllOrNothing if skipped > 0 => Err(SeriesRefusal::Conflicts { skipped }),
            Mode::SkipConflicts { max_skipped } if skipped > max_skipped => {
                Err(SeriesRefusal::TooManySkipped { skipped, max_skipped })
            }
            _ => Ok(()),
        }
    }
}
