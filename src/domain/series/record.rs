//! A series as it stands: its rule, its times and what of the rule is not there.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::{
    access::{Claimed, Place},
    ids::{OrganisationId, SeriesId, SpaceId, UserId},
    instant::{Instant, Interval},
    recurrence::{CivilTimes, MAX_OCCURRENCES, NotAnOccurrence, Occurrence, Rule},
    zone::{DateOrTime, Zone},
};

/// Reservations made from one recurrence rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub id: SeriesId,
    pub place: Place,
    pub space: SpaceId,
    pub organiser: UserId,
    pub organisation: Option<OrganisationId>,
    pub made_by: UserId,
    pub title: String,
    pub rule: Rule,
    /// Of the first occurrence, excluded or not.
    pub times: CivilTimes,
    /// Local dates on which nothing of it is: excluded when it was made, or not to be had. Ascending.
    pub exdates: Vec<NaiveDate>,
    /// The venue's.
    pub zone: Zone,
    /// iTIP SEQUENCE of the master.
    pub sequence: u32,
    /// Of which it was the later part.
    pub split_from: Option<SeriesId>,
    /// One more with each change of the series, or of one of its reservations.
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// Which occurrence of which series a reservation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Belongs {
    pub series: SeriesId,
    /// The local start that the rule gave it (RECURRENCE-ID), wherever it was moved since.
    pub original: NaiveDateTime,
    /// Moved or edited by itself: a wider edit passes it by.
    pub changed: bool,
}

/// A rule with the starts it loses, such that a calendar shows just the occurrences that stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub rule: Rule,
    /// Where it begins: the first that stands.
    pub first: NaiveDateTime,
    /// EXDATE: starts before the last one that does not stand.
    pub excluded: Vec<NaiveDateTime>,
}

impl Series {
    pub fn claimed(&self) -> Claimed {
        Claimed { place: self.place, organiser: self.organiser, organisation: self.organisation }
    }

    /// All starts of the rule, those marked on which nothing of the series is.
    pub fn occurrences(&self) -> Vec<Occurrence> {
        let excluded: Vec<_> = self.exdates.iter().copied().map(DateOrTime::Date).collect();
        let start = self.times.starts_at();
        let found = self.rule.occurrences(start, self.zone, &excluded, MAX_OCCURRENCES);
        found.unwrap_or_else(|_| Vec::new())
    }

    /// The local starts at which the series has a reservation.
    pub fn starts(&self) -> Vec<NaiveDateTime> {
        self.occurrences().iter().filter(|one| !one.excluded).map(|one| one.starts_at).collect()
    }

    /// When the occurrence takes place to which the rule gives this start.
    pub fn interval(&self, original: NaiveDateTime) -> Interval {
        self.times.moved_to(original).interval(self.zone)
    }

    /// What comes before the occurrence at `at`, and the later part, which becomes a series under `id`.
    ///
    /// # Errors
    /// [`NotAnOccurrence`].
    pub fn split(
        &self,
        at: NaiveDateTime,
        id: SeriesId,
        now: Instant,
    ) -> Result<(Self, Self), NotAnOccurrence> {
        let (before, rest) = self.rule.split(self.times.starts_at(), self.zone, at)?;
        let part = |keep: &dyn Fn(&NaiveDate) -> bool| self.exdates.iter().copied().filter(keep).collect();
        let earlier = Self {
            rule: before,
            exdates: part(&|date| *date < at.date()),
            sequence: self.sequence + 1,
            ..self.clone()
        };
        let later = Self {
            id,
            rule: rest,
            exdates: part(&|date| *date >= at.date()),
            times: self.times.moved_to(at),
            sequence: 0,
            split_from: Some(self.id),
            version: 1,
            created_at: now,
            updated_at: now,
            ..self.clone()
        };
        Ok((earlier, later))
    }

    /// The same days at other times of the day; `times` are those of the first occurrence.
    #[must_use]
    pub fn at_times(&self, times: CivilTimes) -> Self {
        let rule = self.rule.until_whole_day(self.times.starts_at().time(), self.zone);
        Self { rule, times, ..self.clone() }
    }

    /// The rule as a calendar must have it, if only these local starts stand; `None` if none does.
    pub fn standing(&self, stands: &BTreeSet<NaiveDateTime>) -> Option<Standing> {
        let all: Vec<NaiveDateTime> = self.occurrences().iter().map(|one| one.starts_at).collect();
        let first = all.iter().position(|start| stands.contains(start))?;
        let last = all.iter().rposition(|start| stands.contains(start))?;
        let rule = self.rule.from_occurrence(u32::try_from(first).ok()?)?;
        let rule = match all.get(last + 1) {
            Some(next) => rule.until_before(*next, self.zone),
            None => rule,
        };
        let within = all[first..=last].iter().copied();
        Some(Standing {
            rule: rule.until_in_utc(self.zone),
            first: all[first],
            excluded: within.filter(|start| !stands.contains(start)).collect(),
        })
    }
}
