//! A space's own opening hours over its venue's: what it overrides, and from when to when (DESIGN 4).
//!
//! Inheriting is a version too, so that the past keeps what was true then, whichever way a space turns.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{HolidayHours, HoursException, HoursVersion, Schedule};

/// What a space says of its own. Before its first version it has its venue's hours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnHours {
    /// By the date they count from; `None` is the venue's hours again.
    versions: BTreeMap<NaiveDate, Option<HoursVersion>>,
    exceptions: Vec<HoursException>,
}

impl OwnHours {
    /// In any order; of two for the same date the later given counts.
    pub fn new(
        versions: impl IntoIterator<Item = (NaiveDate, Option<HoursVersion>)>,
        exceptions: impl IntoIterator<Item = HoursException>,
    ) -> Self {
        Self { versions: versions.into_iter().collect(), exceptions: exceptions.into_iter().collect() }
    }

    /// Whether the venue's hours count on `date`, exceptions of its own aside.
    pub fn inherits_on(&self, date: NaiveDate) -> bool {
        self.versions.range(..=date).next_back().is_none_or(|(_, version)| version.is_none())
    }

    /// Whether what opens on `date` is its own to say, by a version or an exception.
    pub fn rules_on(&self, date: NaiveDate) -> bool {
        !self.inherits_on(date) || self.exceptions.iter().any(|exception| exception.date == date)
    }

    /// Those of the dates that are its own to say: closing them takes an exception of its own.
    pub fn ruled(&self, dates: &[NaiveDate]) -> Vec<NaiveDate> {
        dates.iter().copied().filter(|&date| self.rules_on(date)).collect()
    }

    /// What it would say with these dates closed.
    #[must_use]
    pub fn closed_on(&self, dates: &[NaiveDate]) -> Self {
        let mut closed = self.clone();
        closed.exceptions.retain(|exception| !dates.contains(&exception.date));
        closed.exceptions.extend(dates.iter().map(|&date| HoursException::closed(date, None)));
        closed
    }

    /// What it says of the dates by themselves.
    pub fn exceptions(&self) -> &[HoursException] {
        &self.exceptions
    }

    /// The space's schedule: its own versions while they count, else the venue's with the venue's exceptions;
    /// its own exceptions always. A pool's over those of the space that it goes with, likewise.
    pub fn laid_over(&self, venue: &Schedule) -> Schedule {
        let inherited = venue.versions().filter(|version| self.inherits_on(version.valid_from)).cloned();
        let own = self.versions.iter().map(|(from, version)| match version {
            Some(version) => version.clone(),
            None => taken_up(venue, *from),
        });
        let closures = venue.exceptions().filter(|exception| self.inherits_on(exception.date)).cloned();
        Schedule::new(inherited.chain(own), closures.chain(self.exceptions.iter().cloned()))
    }
}

/// The venue's hours as they count from `date` on; none yet: closed.
fn taken_up(venue: &Schedule, date: NaiveDate) -> HoursVersion {
    let closed = || HoursVersion {
        valid_from: date,
        weekly: Vec::new(),
        seasons: Vec::new(),
        holidays: HolidayHours::Closed,
    };
    let version = venue.version_on(date).cloned().unwrap_or_else(closed);
    HoursVersion { valid_from: date, ..version }
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;
    use crate::domain::{holidays::Country, zone::Zone};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// Open every day from `opens` for an hour.
    fn version(from: &str, opens: u32) -> HoursVersion {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let (opens, closes) = (format!("{opens:02}:00"), format!("{:02}:00", opens + 1));
        let weekly = json!([{"days": days, "opens": opens, "closes": closes}]);
        from_value(json!({"valid_from": from, "weekly": weekly, "holidays": "open"})).unwrap()
    }

    fn closed_on(date: &str) -> HoursException {
        from_value(json!({"date": date, "hours": []})).unwrap()
    }

    /// The local hour at which the schedule opens on a date; `None` where it stays closed.
    fn opens(schedule: &Schedule, on: &str) -> Option<String> {
        let spans = schedule.begun_on(Zone::default(), Country::SLOVENIA, date(on));
        spans.iter().next().map(|span| Zone::default().show(span.start())[11..13].to_owned())
    }

    #[test]
    fn a_space_inherits_overrides_and_inherits_again() {
        let venue = Schedule::new(
            [version("2026-01-01", 1), version("2026-03-01", 3), version("2026-07-01", 7)],
            [closed_on("2026-01-10"), closed_on("2026-05-10"), closed_on("2026-08-10")],
        );
        let own = OwnHours::new(
            [
                (date("2026-04-01"), Some(version("2026-04-01", 14))),
                (date("2026-06-01"), Some(version("2026-06-01", 16))),
                (date("2026-08-01"), None),
                (date("2026-10-01"), Some(version("2026-10-01", 20))),
            ],
            [closed_on("2026-02-20"), closed_on("2026-06-20")],
        );
        let schedule = own.laid_over(&venue);
        for (on, inherits, wanted) in [
            ("2025-12-31", true, None),
            ("2026-01-01", true, Some("01")),
            ("2026-01-10", true, None),
            ("2026-02-20", true, None),
            ("2026-03-01", true, Some("03")),
            ("2026-04-01", false, Some("14")),
            ("2026-05-10", false, Some("14")),
            ("2026-06-01", false, Some("16")),
            ("2026-06-20", false, None),
            ("2026-07-01", false, Some("16")),
            ("2026-08-01", true, Some("07")),
            ("2026-08-10", true, None),
            ("2026-09-30", true, Some("07")),
            ("2026-10-01", false, Some("20")),
        ] {
            assert_eq!(own.inherits_on(date(on)), inherits, "{on}");
            assert_eq!(own.rules_on(date(on)), !inherits || on == "2026-02-20", "{on}");
            assert_eq!(opens(&schedule, on).as_deref(), wanted, "{on}");
        }
    }

    #[test]
    fn without_own_hours_it_is_the_venue_and_a_venue_without_hours_is_closed() {
        let venue = Schedule::new([version("2026-01-01", 1)], [closed_on("2026-05-10")]);
        assert_eq!(OwnHours::default().laid_over(&venue), venue);
        let own = OwnHours::new(
            [(date("2026-02-01"), Some(version("2026-02-01", 8))), (date("2026-03-01"), None)],
            [],
        );
        let schedule = own.laid_over(&Schedule::default());
        assert_eq!(opens(&schedule, "2026-02-01").as_deref(), Some("08"));
        assert_eq!(opens(&schedule, "2026-03-01"), None);
    }
}
