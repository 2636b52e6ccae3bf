//! What a row is of: the values of a space, a date and a booking for the dimensions asked, and all rows that there are.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use chrono::{Datelike, NaiveDate};

use super::{Booked, Dimension, Facts, Grouping, OrganisationFacts, TooManyRows, Value, grouping::Family};
use crate::domain::{
    instant::Instant,
    organisation::{LegalForm, Size},
    policy::Audience,
    reservation::Purpose,
    space::SpaceKind,
    statistics::{SpaceFacts, VenueFacts, frame::Frame},
};

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A word of a closed list, by its place there.
fn word<T: PartialEq + Copy>(all: &[T], value: T, text: &'static str) -> Value {
    let place = all.iter().position(|each| *each == value).expect("a list holds its words");
    Value::Word(place, text)
}

/// The values of a place: of a venue and, where one is meant, of a space.
pub(super) fn place(grouping: &Grouping, venue: &VenueFacts, space: Option<&SpaceFacts>) -> Vec<Value> {
    let value = |dimension| match dimension {
        Dimension::Venue => Some(Value::Venue(venue.name.as_str().into(), venue.id)),
        Dimension::VenueMunicipality => Some(Value::Text(venue.municipality.as_str().into())),
        Dimension::Space => space.map(|space| Value::Space(space.name.as_str().into(), space.id)),
        Dimension::Kind => space.map(|space| word(SpaceKind::ALL, space.kind, space.kind.as_str())),
        _ => None,
    };
    grouping.of(Family::Place).filter_map(value).collect()
}

/// The values of a local date.
pub(super) fn time(grouping: &Grouping, date: NaiveDate) -> Vec<Value> {
    let text = |text: String| Value::Text(text.into());
    let value = |dimension| match dimension {
        Dimension::Year => text(format!("{:04}", date.year())),
        Dimension::Quarter => text(format!("{:04}-Q{}", date.year(), date.month0() / 3 + 1)),
        Dimension::Month => text(format!("{:04}-{:02}", date.year(), date.month())),
        Dimension::Week => text(format!("{:04}-W{:02}", date.iso_week().year(), date.iso_week().week())),
        Dimension::Weekday => {
            let day = date.weekday().num_days_from_monday() as usize;
            Value::Word(day, WEEKDAYS[day])
        }
        _ => text(date.to_string()),
    };
    grouping.of(Family::Time).map(value).collect()
}

/// The values of who came for what; of nobody's booking where it is `None`.
pub(super) fn who(grouping: &Grouping, facts: &Facts, booked: Option<&Booked>) -> Vec<Value> {
    let value = |dimension| booked.map_or(Value::None, |booked| of_booking(dimension, facts, booked));
    grouping.of(Family::Who).map(value).collect()
}

fn of_booking(dimension: Dimension, facts: &Facts, booked: &Booked) -> Value {
    match dimension {
        Dimension::Audience => booked
            .audience
            .map_or(Value::Unknown, |audience| word(Audience::ALL, audience, audience.as_str())),
        Dimension::Purpose => word(Purpose::ALL, booked.purpose, booked.purpose.as_str()),
        Dimension::Layout => booked
            .layout
            .map_or(Value::None, |layout| facts.layouts.get(&layout).map_or(Value::Unknown, Value::written)),
        _ => booked.organisation.map_or(Value::None, |id| {
            let organisation = facts.organisations.get(&id);
            organisation.map_or(Value::Unknown, |organisation| of_organisation(dimension, organisation))
        }),
    }
}

fn of_organisation(dimension: Dimension, organisation: &OrganisationFacts) -> Value {
    let text = |text: &Option<Arc<str>>| text.as_ref().map_or(Value::Unknown, Value::written);
    match dimension {
        Dimension::OrganisationMunicipality => text(&organisation.municipality),
        Dimension::Sector => text(&organisation.sector),
        Dimension::Size => {
            organisation.size.map_or(Value::Unknown, |size| word(Size::ALL, size, size.as_str()))
        }
        _ => word(LegalForm::ALL, organisation.legal_form, organisation.legal_form.as_str()),
    }
}

/// All values of a closed list; `None` of what only bookings tell.
fn listed(dimension: Dimension) -> Option<BTreeSet<Value>> {
    fn words<T: Copy>(all: &[T], text: fn(T) -> &'static str) -> BTreeSet<Value> {
        all.iter().enumerate().map(|(at, value)| Value::Word(at, text(*value))).collect()
    }
    match dimension {
        Dimension::Audience => Some(words(Audience::ALL, Audience::as_str)),
        Dimension::Purpose => Some(words(Purpose::ALL, Purpose::as_str)),
        Dimension::OrganisationKind => Some(words(LegalForm::ALL, LegalForm::as_str)),
        Dimension::Size => Some(words(Size::ALL, Size::as_str)),
        _ => None,
    }
}

/// The rows there are: every place at every time for everybody there may be, in the order of the grouping.
pub(super) struct Keys<'g> {
    grouping: &'g Grouping,
    places: BTreeSet<Vec<Value>>,
    /// Whether part of it is still to come.
    times: BTreeMap<Vec<Value>, bool>,
    who: Vec<Vec<Value>>,
}

impl<'g> Keys<'g> {
    /// `places` are those of the spaces that count, `found` what bookings tell of who came.
    ///
    /// # Errors
    /// [`TooManyRows`].
    pub fn new(
        (grouping, frame, now): (&'g Grouping, &Frame<'_>, Instant),
        places: BTreeSet<Vec<Value>>,
        found: &BTreeSet<Vec<Value>>,
        most: usize,
    ) -> Result<Self, TooManyRows> {
        let times = times(grouping, frame, now);
        let lists = lists(grouping, found);
        let who = lists.iter().fold(1, |rows: usize, (parts, _)| rows.saturating_mul(parts.len()));
        let rows = places.len().saturating_mul(times.len()).saturating_mul(who);
        if rows > most {
            return Err(TooManyRows { rows });
        }
        Ok(Self { grouping, places, times, who: product(grouping, &lists) })
    }

    /// Whether part of the range is still to come.
    pub fn provisional(&self) -> bool {
        self.times.values().any(|provisional| *provisional)
    }

    /// Ascending, and whether part of it is still to come.
    pub fn rows(&self) -> BTreeMap<Vec<Value>, bool> {
        let mut rows = BTreeMap::new();
        for place in &self.places {
            for (time, provisional) in &self.times {
                rows.extend(self.who.iter().map(|who| (key(self.grouping, place, time, who), *provisional)));
            }
        }
        rows
    }
}

/// The values of a row in the order of the grouping, from those of its families, each in that order.
pub(super) fn key(grouping: &Grouping, place: &[Value], time: &[Value], who: &[Value]) -> Vec<Value> {
    let (mut place, mut time, mut who) = (place.iter(), time.iter(), who.iter());
    let next = |dimension: &Dimension| match dimension.family() {
        Family::Place => place.next().cloned(),
        Family::Time => time.next().cloned(),
        Family::Who => who.next().cloned(),
    };
    grouping.dimensions().iter().filter_map(next).collect()
}

fn times(grouping: &Grouping, frame: &Frame<'_>, now: Instant) -> BTreeMap<Vec<Value>, bool> {
    let mut times = BTreeMap::new();
    let ranges: BTreeMap<_, _> =
        frame.source.venues.iter().map(|venue| (venue.zone.name(), (venue.zone, venue.range))).collect();
    if grouping.of(Family::Time).next().is_none() {
        times.insert(Vec::new(), ranges.values().any(|(_, range)| range.end() > now));
        return times;
    }
    for (zone, range) in ranges.into_values() {
        for date in zone.days(range) {
            *times.entry(time(grouping, date)).or_default() |= zone.day(date).end().min(range.end()) > now;
        }
    }
    times
}

/// Values of one or more dimensions that come together, and which dimensions these are.
type List = (BTreeSet<Vec<Value>>, Vec<usize>);

/// Each closed list, with what else was found; and of what only bookings tell the combinations found.
fn lists(grouping: &Grouping, found: &BTreeSet<Vec<Value>>) -> Vec<List> {
    let (mut lists, mut open) = (Vec::new(), Vec::new());
    for (at, dimension) in grouping.of(Family::Who).enumerate() {
        match listed(dimension) {
            Some(words) => {
                let all = words.into_iter().chain(found.iter().map(|values| values[at].clone()));
                lists.push((all.map(|value| vec![value]).collect(), vec![at]));
            }
            None => open.push(at),
        }
    }
    if !open.is_empty() {
        let chosen = |values: &Vec<Value>| open.iter().map(|&at| values[at].clone()).collect();
        lists.push((found.iter().map(chosen).collect(), open));
    }
    lists
}

fn product(grouping: &Grouping, lists: &[List]) -> Vec<Vec<Value>> {
    let mut all = vec![vec![Value::None; grouping.of(Family::Who).count()]];
    for (parts, places) in lists {
        let with = |whole: &Vec<Value>, part: &Vec<Value>| {
            let mut whole = whole.clone();
            places.iter().zip(part).for_each(|(&at, value)| whole[at] = value.clone());
            whole
        };
        all = all.iter().flat_map(|whole| parts.iter().map(|part| with(whole, part))).collect();
    }
    all
}

/// The time values of dates, each made once.
pub(super) struct Dates<'g> {
    grouping: &'g Grouping,
    made: HashMap<NaiveDate, Vec<Value>>,
}

impl<'g> Dates<'g> {
    pub fn new(grouping: &'g Grouping) -> Self {
        Self { grouping, made: HashMap::new() }
    }

    pub fn of(&mut self, date: NaiveDate) -> &[Value] {
        self.made.entry(date).or_insert_with(|| time(self.grouping, date))
    }

    /// Whether times are told apart at all.
    pub fn matter(&self) -> bool {
        self.grouping.of(Family::Time).next().is_some()
    }
}
