//! A small made-up venue for the tests: one word for each thing, local times, hours of figures.

use uuid::Uuid;

use super::*;
use crate::domain::hours::{Day, HolidayHours, HoursException, HoursVersion, Span, WeeklyRule};

/// Everything before it has happened, unless a test says otherwise.
pub const LONG_AFTER: &str = "2030-01-01";

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A local time in Ljubljana, or with an offset.
pub fn at(text: &str) -> Instant {
    let input: crate::domain::zone::DateOrTime = text.parse().unwrap();
    input.resolve_start(Zone::default()).unwrap()
}

pub fn span(from: &str, to: &str) -> Interval {
    Interval::new(at(from), at(to)).unwrap()
}

/// Open daily, holidays too, from `valid_from` on.
pub fn daily(valid_from: &str, spans: &[(&str, &str)]) -> HoursVersion {
    let rule = |&(opens, closes): &(&str, &str)| WeeklyRule {
        days: Day::ALL.to_vec(),
        opens: opens.parse().unwrap(),
        closes: closes.parse().unwrap(),
    };
    HoursVersion {
        valid_from: date(valid_from),
        weekly: spans.iter().map(rule).collect(),
        seasons: Vec::new(),
        holidays: HolidayHours::Open,
    }
}

pub fn exception(on: &str, spans: &[(&str, &str)]) -> HoursException {
    let span = |&(opens, closes): &(&str, &str)| Span {
        opens: opens.parse().unwrap(),
        closes: closes.parse().unwrap(),
    };
    HoursException { date: date(on), hours: spans.iter().map(span).collect(), reason: None, closure: None }
}

pub fn schedule(spans: &[(&str, &str)]) -> Schedule {
    Schedule::new([daily("2020-01-01", spans)], [])
}

/// A space's own, from the beginning.
pub fn own(spans: &[(&str, &str)]) -> OwnHours {
    OwnHours::new([(date("2020-01-01"), Some(daily("2020-01-01", spans)))], [])
}

pub fn unit(n: u8) -> UnitId {
    UnitId::from_uuid(Uuid::from_u128(n.into()))
}

pub fn space(n: u8) -> SpaceId {
    SpaceId::from_uuid(Uuid::from_u128(n.into()))
}

pub fn venue(n: u8) -> VenueId {
    VenueId::from_uuid(Uuid::from_u128(n.into()))
}

/// One venue, without spaces, open daily at these hours.
pub fn source(from: &str, to: &str, hours: Schedule) -> Source {
    let layer = VenueFacts {
        id: venue(1),
        name: "Layer".to_owned(),
        municipality: "Kranj".to_owned(),
        zone: Zone::default(),
        range: span(from, to),
        hours,
    };
    Source {
        country: Country::SLOVENIA,
        venues: vec![layer],
        without_venues: None,
        spaces: Vec::new(),
        members: Vec::new(),
        units: Vec::new(),
        blocked: Vec::new(),
        claims: Vec::new(),
        kept: Kept::default(),
    }
}

impl Source {
    /// A space of venue 1 with the units `(number, seats)`; units named before are shared.
    pub fn with_space(mut self, n: u8, kind: SpaceKind, units: &[(u8, u32)]) -> Self {
        self.spaces.push(SpaceFacts {
            id: space(n),
            venue: venue(1),
            name: format!("Space {n}"),
            kind,
            booked_by: BookedBy::Hours,
            own_hours: None,
            active_from: date("2020-01-01"),
            archived_at: None,
            counted: true,
        });
        for &(number, seats) in units {
            if !self.units.iter().any(|known| known.id == unit(number)) {
                self.units.push(UnitFacts { id: unit(number), seats, former_seats: Vec::new() });
            }
            let from = date("2020-01-01");
            self.members.push(Member { space: space(n), unit: unit(number), from, to: None });
        }
        self
    }

    /// What a unit seated before a date.
    pub fn seating(mut self, n: u8, before: &str, seats: u32) -> Self {
        let unit = self.units.iter_mut().find(|known| known.id == unit(n)).unwrap();
        unit.former_seats.push((date(before), seats));
        self
    }

    pub fn with_room(self) -> Self {
        self.with_space(1, SpaceKind::MeetingRoom, &[(1, 10)])
    }

    /// A confirmed reservation of space `n` and these units, of people declared.
    pub fn with_claim(self, n: u8, units: &[u8], from: &str, to: &str, attendees: Option<u32>) -> Self {
        let claim = Claim {
            space: space(n),
            status: Status::Confirmed,
            interval: span(from, to),
            released_at: None,
            attendees,
            headcount: None,
            units: units.iter().map(|&n| unit(n)).collect(),
            measured: false,
            checked_in_at: None,
            checked_out_at: None,
        };
        self.and(claim)
    }

    pub fn and(mut self, claim: Claim) -> Self {
        self.claims.push(claim);
        self
    }

    /// Changes the claim made last.
    pub fn where_it(mut self, change: impl FnOnce(&mut Claim)) -> Self {
        change(self.claims.last_mut().unwrap());
        self
    }

    pub fn blocked(mut self, n: u8, from: &str, to: &str) -> Self {
        self.blocked.push((unit(n), span(from, to)));
        self
    }

    pub fn table(&self, group_by: &str) -> Table {
        self.table_at(group_by, LONG_AFTER)
    }

    pub fn table_at(&self, group_by: &str, now: &str) -> Table {
        count(self, &group_by.parse().unwrap(), at(now), 100_000).unwrap()
    }

    /// Of everything: available, booked, used and out of hours, in hours.
    pub fn hours(&self) -> [f64; 4] {
        hours(&self.table("").totals)
    }
}

/// Available, booked, used and out of hours, in hours.
pub fn hours(tally: &Tally) -> [f64; 4] {
    let sums = tally.sums;
    [sums.available, sums.booked, sums.used, sums.out_of_hours].map(|seconds| seconds as f64 / 3600.0)
}

/// A row in words: its group, and its hours.
pub fn shown(row: &Row) -> (String, [f64; 4]) {
    let Place { venue, municipality, kind, space } = &row.place;
    let Period { year, quarter, month, week, day, weekday, hour } = row.period;
    let parts = [
        venue.as_ref().map(|(name, _)| name.clone()),
        municipality.clone(),
        kind.map(|kind| kind.to_string()),
        space.as_ref().map(|(name, _)| name.clone()),
        year.map(|year| year.to_string()),
        quarter.map(|quarter| quarter.to_string()),
        month.map(|month| month.to_string()),
        week.map(|week| week.to_string()),
        day.map(|day| day.to_string()),
        weekday.map(|weekday| weekday.to_string()),
        hour.map(|hour| format!("{hour:02}h")),
    ];
    (parts.into_iter().flatten().collect::<Vec<_>>().join(" "), hours(&row.tally))
}

/// Rows in words.
pub fn rows(source: &Source, group_by: &str) -> Vec<(String, [f64; 4])> {
    source.table(group_by).rows.iter().map(shown).collect()
}

/// What rows should be.
pub fn all(rows: &[(&str, [f64; 4])]) -> Vec<(String, [f64; 4])> {
    rows.iter().map(|&(group, hours)| (group.to_owned(), hours)).collect()
}
