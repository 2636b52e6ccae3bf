//! Splitting a rule for "this and following": the old one is trimmed by UNTIL, the rest begins anew (DESIGN 4).

use chrono::{NaiveDateTime, NaiveTime};

use super::{End, ExpansionError, Rule};
use crate::domain::zone::{DateOrTime, TimeInput, Zone};

/// Why a rule can't be split there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnOccurrence {
    #[error("nothing of the series starts then")]
    NotInRule,
    /// Nothing would be left of the old rule: the edit is one of all occurrences.
    #[error("the series begins with it")]
    First,
    #[error(transparent)]
    Rule(#[from] ExpansionError),
}

impl Rule {
    /// The rule, ended before its occurrence at `local`: by UNTIL in UTC, one second before that occurrence, as
    /// RFC 5545 3.3.10 wants beside a DTSTART with a zone. An UNTIL that ends it earlier stays.
    ///
    /// With `local` at or before the start nothing is left of it; [`Rule::split`] refuses that.
    #[must_use]
    pub fn until_before(&self, local: NaiveDateTime, zone: Zone) -> Self {
        let earlier = match self.end {
            End::Until(DateOrTime::Date(date)) => date < local.date(),
            End::Until(DateOrTime::Time(TimeInput::Local(last))) => last < local,
            End::Until(DateOrTime::Time(TimeInput::At(last))) => last < zone.rule(local),
            End::Count(_) => false,
        };
        if earlier {
            return self.clone();
        }
        let until = TimeInput::At(zone.rule(local).plus(-1));
        Self { end: End::Until(DateOrTime::Time(until)), ..self.clone() }
    }

    /// The rule for a series that begins with the occurrence at place `index` (from 0, excluded ones counted):
    /// COUNT is what is left of it, UNTIL stays. `None` where COUNT ends before.
    pub fn from_occurrence(&self, index: u32) -> Option<Self> {
        let end = match self.end {
            End::Count(count) => End::Count(count.checked_sub(index).filter(|left| *left > 0)?),
            until @ End::Until(_) => until,
        };
        Some(Self { end, ..self.clone() })
    }

    /// The rule for what comes before the occurrence at `at`, and the rule that begins with it. Both together
    /// give the occurrences of the whole; excluded dates hold for both.
    ///
    /// # Errors
    /// [`NotAnOccurrence`]; an excluded occurrence is one.
    pub fn split(
        &self,
        start: NaiveDateTime,
        zone: Zone,
        at: NaiveDateTime,
    ) -> Result<(Self, Self), NotAnOccurrence> {
        let index = self.starts(start, zone)?.binary_search(&at).map_err(|_| NotAnOccurrence::NotInRule)?;
        if index == 0 {
            return Err(NotAnOccurrence::First);
        }
        let rest = u32::try_from(index).ok().and_then(|index| self.from_occurrence(index));
        Ok((self.until_before(at, zone), rest.ok_or(NotAnOccurrence::NotInRule)?))
    }

    /// The same days with an UNTIL that does not depend on the time of day: before occurrences are moved from
    /// `time` to another time of the day, as a later one would fall beyond an UNTIL with a time.
    #[must_use]
    pub fn until_whole_day(&self, time: NaiveTime, zone: Zone) -> Self {
        let End::Until(DateOrTime::Time(until)) = self.end else { return self.clone() };
        let (date, holds) = match until {
            TimeInput::Local(last) => (last.date(), last.time() >= time),
            TimeInput::At(last) => {
                let date = zone.civil(last).date();
                (date, zone.rule(date.and_time(time)) <= last)
            }
        };
        let date = if holds { date } else { date.pred_opt().unwrap_or(date) };
        Self { end: End::Until(DateOrTime::Date(date)), ..self.clone() }
    }

    /// The same with an UNTIL in UTC, as RFC 5545 3.3.10 wants beside a DTSTART with a zone; a whole date lasts to its
    /// last second.
    #[must_use]
    pub fn until_in_utc(&self, zone: Zone) -> Self {
        let last = match self.end {
            End::Count(_) => return self.clone(),
            End::Until(DateOrTime::Date(date)) => zone.day(date).end().plus(-1),
            End::Until(DateOrTime::Time(TimeInput::Local(last))) => zone.rule(last),
            End::Until(DateOrTime::Time(TimeInput::At(last))) => last,
        };
        Self { end: End::Until(DateOrTime::Time(TimeInput::At(last))), ..self.clone() }
    }
}
