//! Random reservations of a small network, closed month after month: nothing hidden follows from everything published,
//! by an attacker written apart from the search, with the network's eyes and with those of each venue.

use std::collections::{BTreeMap, BTreeSet};

use proptest::{prelude::*, test_runner::TestRunner};

use super::*;
use crate::domain::ids::VenueId;

const VENUES: usize = 3;
/// Each takes a second of the program as tests are built, and so these some minutes of the optimised one.
const MOST_YEARS: u32 = 1000;
/// Dimensions whose tables an attacker lays side by side.
const FAMILIES: [&[PublishedDimension]; 2] = [&[PublishedDimension::Purpose], &OF_ORGANISATIONS];
const OF_ORGANISATIONS: [PublishedDimension; 4] = [
    PublishedDimension::Sector,
    PublishedDimension::OrganisationKind,
    PublishedDimension::Size,
    PublishedDimension::OrganisationMunicipality,
];

/// Somebody reserves once.
#[derive(Debug, Clone)]
struct Event {
    month: u32,
    venue: usize,
    purpose: usize,
    party: u32,
    seconds: i64,
}

/// What a table can tell besides [`NO_ORGANISATION`].
fn categories(dimension: PublishedDimension) -> &'static [&'static str] {
    match dimension {
        PublishedDimension::Purpose => &["a", "b", "c"],
        PublishedDimension::Sector => &["r90", "m74", "j62"],
        PublishedDimension::OrganisationKind => &["company", "association"],
        PublishedDimension::Size => &["micro", "small"],
        _ => &["kranj", "jesenice", "bled"],
    }
}

/// All of them: an attacker knows what there is, and not what of it nobody did.
fn names(dimension: PublishedDimension) -> impl Iterator<Item = &'static str> {
    let none = dimension.is_of_organisations().then_some(NO_ORGANISATION);
    categories(dimension).iter().copied().chain(none)
}

impl Event {
    /// What its table tells of it; every fourth party is nobody's organisation.
    fn category(&self, dimension: PublishedDimension) -> &'static str {
        let categories = categories(dimension);
        match dimension {
            PublishedDimension::Purpose => categories[self.purpose],
            _ if self.party.is_multiple_of(4) => NO_ORGANISATION,
            _ => categories[self.party as usize * 7 / dimension.as_str().len() % categories.len()],
        }
    }
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let party = prop_oneof![3 => 0..6_u32, 2 => 6..40_u32];
    let seconds = prop_oneof![4 => 1..20_i64, 1 => 300..900_i64];
    let event = (1..=12_u32, 0..VENUES, 0..categories(PublishedDimension::Purpose).len(), party, seconds)
        .prop_map(|(month, venue, purpose, party, seconds)| Event { month, venue, purpose, party, seconds });
    prop::collection::vec(event, 0..300)
}

fn venues() -> Vec<VenueId> {
    (1..=VENUES as u128).map(|n| VenueId::from_uuid(uuid::Uuid::from_u128(n))).collect()
}

fn month(number: u32) -> PublishedPeriod {
    format!("2026-{number:02}").parse().unwrap()
}

fn lies_in(event: &Event, period: PublishedPeriod) -> bool {
    let month = month(event.month);
    month == period || month.whole() == Some(period) || month.whole_year() == period
}

fn made(events: &[&Event], figure: PublishedFigure) -> Made {
    let mut held = BTreeMap::<u32, i64>::new();
    for event in events {
        let amount = match figure {
            PublishedFigure::BookedHours => event.seconds,
            _ => 1,
        };
        let held = held.entry(event.party).or_default();
        *held = if figure.counting() == Counting::Distinct { 1 } else { *held + amount };
    }
    Made::new(held.values().sum(), held.len(), held)
}

/// All tables of the year, as they would be counted.
fn counted(events: &[Event]) -> BTreeMap<TableKey, Rows<Made>> {
    let mut tables = BTreeMap::new();
    for period in month(12).relatives() {
        for venue in std::iter::once(None).chain((0..VENUES).map(Some)) {
            let here =
                |event: &&Event| lies_in(event, period) && venue.is_none_or(|venue| event.venue == venue);
            let here: Vec<&Event> = events.iter().filter(here).collect();
            let told = [PublishedDimension::Purpose].into_iter().chain(OF_ORGANISATIONS);
            for dimension in [PublishedDimension::People].into_iter().chain(told) {
                let figures = |events: &[&Event]| {
                    dimension.figures().iter().map(|figure| (*figure, made(events, *figure))).collect()
                };
                let mut of = BTreeMap::<&str, Vec<&Event>>::new();
                for &event in here.iter().filter(|_| dimension != PublishedDimension::People) {
                    of.entry(event.category(dimension)).or_default().push(event);
                }
                let mut rows: Rows<Made> =
                    of.iter().map(|(name, events)| ((*name).to_owned(), figures(events))).collect();
                rows.insert(TOTAL.to_owned(), figures(&here));
                let venue = venue.map(|venue| venues()[venue]);
                tables.insert(TableKey { period, dimension, venue }, rows);
            }
        }
    }
    tables
}

fn closed(events: &[Event]) -> BTreeMap<TableKey, PublishedTable> {
    let (venues, counted) = (venues(), counted(events));
    let mut published = BTreeMap::new();
    for number in 1..=12 {
        let closing =
            Closing { month: month(number), venues: &venues, counted: &counted, published: &published };
        let tables = closing.tables();
        assert!(tables.keys().all(|key| month(number).closing().contains(&key.period)));
        published.extend(tables);
    }
    published
}

/// What an attacker knows of one figure: every published cell by place (0 is the network), category (0 is the total) and
/// period.
struct Attack {
    /// `None` where it is hidden.
    known: BTreeMap<[usize; 3], Option<i64>>,
    truth: BTreeMap<[usize; 3], Made>,
    periods: Vec<PublishedPeriod>,
    /// The categories that make the total, one way for each dimension.
    partitions: Vec<Vec<usize>>,
}

impl Attack {
    fn new(
        events: &[Event],
        published: &BTreeMap<TableKey, PublishedTable>,
        dimensions: &[PublishedDimension],
        figure: PublishedFigure,
    ) -> Self {
        let (counted, periods) = (counted(events), month(12).relatives());
        let all: BTreeSet<&str> = dimensions.iter().copied().flat_map(names).collect();
        let all: Vec<&str> = all.into_iter().collect();
        let number = |name: &str| all.iter().position(|other| *other == name).unwrap() + 1;
        let partitions = dimensions.iter().map(|dimension| names(*dimension).map(number).collect());
        let mut attack = Self {
            known: BTreeMap::new(),
            truth: BTreeMap::new(),
            periods: periods.clone(),
            partitions: partitions.collect(),
        };
        for (period, place) in
            (0..periods.len()).flat_map(|period| (0..=VENUES).map(move |place| (period, place)))
        {
            let venue = place.checked_sub(1).map(|venue| venues()[venue]);
            for &dimension in dimensions {
                let key = TableKey { period: periods[period], dimension, venue };
                let (table, real) = (&published[&key], &counted[&key]);
                for name in names(dimension).chain([TOTAL]) {
                    let at = [place, if name == TOTAL { 0 } else { number(name) }, period];
                    let cell = table.rows.get(name).map(|row| row[&figure]);
                    let cell = cell.unwrap_or(Published { value: 0, hidden: table.closed_up });
                    let real = real.get(name).map(|row| row[&figure].clone()).unwrap_or_default();
                    assert_eq!(real.value, cell.value, "published as counted");
                    let known = (!cell.hidden).then_some(cell.value);
                    let before = attack.known.insert(at, known);
                    assert!(
                        before.is_none_or(|before| before == known),
                        "one table shows what another hides"
                    );
                    attack.truth.insert(at, real);
                }
            }
        }
        for (whole, parts) in attack.sums() {
            let sum: i64 = parts.iter().map(|part| attack.truth[part].value).sum();
            assert_eq!(attack.truth[&whole].value, sum, "{whole:?} is made of {parts:?}");
        }
        attack
    }

    /// Whole and parts, from what the words mean.
    fn sums(&self) -> Vec<([usize; 3], Vec<[usize; 3]>)> {
        let mut sums = Vec::new();
        for &[place, category, period] in self.known.keys() {
            let whole = [place, category, period];
            if place == 0 {
                sums.push((whole, (1..=VENUES).map(|place| [place, category, period]).collect()));
            }
            for parts in self.partitions.iter().filter(|_| category == 0) {
                sums.push((whole, parts.iter().map(|category| [place, *category, period]).collect()));
            }
            let inside = |at: &usize| self.periods[*at].whole() == Some(self.periods[period]);
            let parts: Vec<_> =
                (0..self.periods.len()).filter(inside).map(|at| [place, category, at]).collect();
            if !parts.is_empty() {
                sums.push((whole, parts));
            }
        }
        sums
    }

    /// The hidden cells with something in them that `viewer` can compute: those whose value is the same in all solutions, by
    /// comparing ranks.
    fn computed(&self, viewer: Option<usize>) -> Vec<[usize; 3]> {
        let unknown: Vec<[usize; 3]> = self
            .known
            .iter()
            .filter(|(cell, value)| value.is_none() && viewer.is_none_or(|venue| cell[0] != venue))
            .map(|(cell, _)| *cell)
            .collect();
        let number: BTreeMap<_, _> = unknown.iter().zip(0..).map(|(cell, at)| (*cell, at)).collect();
        let mut rows = Vec::new();
        for (whole, parts) in self.sums() {
            let mut row = vec![0_i64; unknown.len()];
            if let Some(&at) = number.get(&whole) {
                row[at] = 1;
            }
            parts.iter().filter_map(|part| number.get(part)).for_each(|&at: &usize| row[at] = -1);
            rows.push(row);
        }
        let reduced = reduced(rows);
        let lone: BTreeSet<usize> = reduced
            .iter()
            .filter(|row| row.iter().filter(|held| **held != 0).count() == 1)
            .filter_map(|row| row.iter().position(|held| *held != 0))
            .collect();
        let worth = |cell: &[usize; 3]| self.truth[cell].value > 0 && !self.may_be_known(*cell, viewer);
        lone.into_iter().map(|at| unknown[at]).filter(worth).collect()
    }

    /// A shown whole of which what it hides among its parts is few people's, or somebody's who dominates.
    fn finer_than_may_be_shown(&self) -> Option<[usize; 3]> {
        let finer = |(whole, parts): &([usize; 3], Vec<[usize; 3]>)| {
            let hidden: Vec<_> = parts.iter().filter(|part| self.known[*part].is_none()).collect();
            let mut together = Parts::default();
            hidden.iter().for_each(|part| together.merge(Counting::Sum, &self.truth[*part].parts));
            // A place's total is public; where nothing is told apart of it, nothing is subtracted.
            let value: i64 = hidden.iter().map(|part| self.truth[*part].value).sum();
            let nothing_less = value == self.truth[whole].value;
            self.known[whole].is_some() && !nothing_less && together.sensitive()
        };
        self.sums().into_iter().find(finer).map(|(whole, _)| whole)
    }

    /// A whole in which the viewer has a part: what is hidden of the others in it is enough people's, none of whom dominates.
    fn may_be_known(&self, [place, category, period]: [usize; 3], viewer: Option<usize>) -> bool {
        let Some(viewer) = viewer.filter(|_| place == 0) else { return false };
        let others = (1..=VENUES).filter(|venue| *venue != viewer).map(|venue| [venue, category, period]);
        let mut together = Parts::default();
        for hidden in others.filter(|cell| self.known[cell].is_none()) {
            together.merge(Counting::Sum, &self.truth[&hidden].parts);
        }
        !together.sensitive()
    }
}

/// Reduced row echelon form, modulo a prime that the search does not use: then a unit vector lies in the space of the rows if
/// and only if it is one of them.
fn reduced(mut rows: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
    const PRIME: i64 = 1_000_000_007;
    let width = rows.first().map_or(0, Vec::len);
    let mut rank = 0;
    for column in 0..width {
        let Some(found) = (rank..rows.len()).find(|row| rows[*row][column].rem_euclid(PRIME) != 0) else {
            continue;
        };
        rows.swap(rank, found);
        let mut power = PRIME - 2;
        let (mut by, mut base) = (1_i64, rows[rank][column].rem_euclid(PRIME));
        while power > 0 {
            if power % 2 == 1 {
                by = by * base % PRIME;
            }
            base = base * base % PRIME;
            power /= 2;
        }
        rows[rank].iter_mut().for_each(|held| *held = (held.rem_euclid(PRIME)) * by % PRIME);
        let lead: Vec<(usize, i64)> =
            rows[rank].iter().copied().enumerate().filter(|(_, held)| *held != 0).collect();
        for (at, row) in rows.iter_mut().enumerate() {
            let factor = row[column].rem_euclid(PRIME);
            if at != rank && factor != 0 {
                lead.iter().for_each(|&(at, held)| row[at] = (row[at] - factor * held).rem_euclid(PRIME));
            }
        }
        rank += 1;
    }
    rows.truncate(rank);
    rows
}

/// Six organisations of six sectors, five of one size, and five people for none: to hide the one of another size by hiding
/// the five people would tell it, as they stand in the table of sectors.
#[test]
fn what_stands_in_several_tables_is_decided_once() {
    let made = |parties: std::ops::Range<u32>, each: i64| {
        Made::new(each * parties.len() as i64, parties.len(), parties.map(|party| (party, each)))
    };
    let whole = Made::new(16, 11, (0..5).map(|party| (party, 2)).chain((5..11).map(|party| (party, 1))));
    let sectors =
        ["01", "02", "03", "04", "05"].into_iter().zip(0..).map(|(name, n)| (name, made(n..n + 1, 2)));
    let tables = [
        (PublishedDimension::People, vec![]),
        (
            PublishedDimension::Sector,
            sectors.chain([("06", made(5..6, 1)), ("none", made(6..11, 1))]).collect(),
        ),
        (
            PublishedDimension::Size,
            vec![("micro", made(0..5, 2)), ("small", made(5..6, 1)), ("none", made(6..11, 1))],
        ),
    ];
    let (period, venues) = (month(1), venues());
    let mut counted = BTreeMap::new();
    for (dimension, categories) in &tables {
        let rows = categories.iter().cloned().chain([(TOTAL, whole.clone())]);
        let rows: Rows<Made> = rows
            .map(|(name, made)| (name.to_owned(), BTreeMap::from([(PublishedFigure::Reservations, made)])))
            .collect();
        for venue in [None, Some(venues[0])] {
            counted.insert(TableKey { period, dimension: *dimension, venue }, rows.clone());
        }
    }
    let closing = Closing { month: period, venues: &venues, counted: &counted, published: &BTreeMap::new() };
    let tables = closing.tables();
    for venue in [None, Some(venues[0])] {
        let hidden = |dimension, category: &str| {
            tables[&TableKey { period, dimension, venue }].rows[category][&PublishedFigure::Reservations]
                .hidden
        };
        let (sector, size) = (PublishedDimension::Sector, PublishedDimension::Size);
        assert!(["01", "02", "03", "04", "05", "06"].iter().all(|name| hidden(sector, name)));
        let of_size = ["micro", "small", "none"].map(|name| hidden(size, name));
        assert_eq!((hidden(sector, "none"), of_size), (false, [true, true, false]), "{venue:?}");
    }
}

/// A twentieth of the others' cases, a year being so much: not by the macro, which would take all of `PROPTEST_CASES`.
#[test]
fn nothing_hidden_follows_from_all_that_was_published() {
    let config = ProptestConfig { source_file: Some(file!()), ..ProptestConfig::default() };
    let cases = (config.cases / 20).clamp(1, MOST_YEARS);
    let mut runner = TestRunner::new(ProptestConfig { cases, ..config });
    if let Err(error) = runner.run(&events(), |events| nothing_hidden_follows(&events)) {
        panic!("{error}\n{runner}");
    }
}

fn nothing_hidden_follows(events: &[Event]) -> Result<(), TestCaseError> {
    let published = closed(events);
    let figures = [PublishedFigure::Reservations, PublishedFigure::BookedHours];
    for (dimensions, figure) in FAMILIES.iter().flat_map(|family| figures.map(|figure| (family, figure))) {
        let attack = Attack::new(events, &published, dimensions, figure);
        for (cell, known) in &attack.known {
            // A place's total is public, and so is the only category of a place.
            let public = attack.truth[cell].value == attack.truth[&[cell[0], 0, cell[2]]].value;
            let sensitive = attack.truth[cell].parts.sensitive() && !public;
            prop_assert!(!(sensitive && known.is_some()), "{figure} {cell:?} is shown");
        }
        for viewer in std::iter::once(None).chain((1..=VENUES).map(Some)) {
            let computed = attack.computed(viewer);
            prop_assert!(computed.is_empty(), "{figure}: {viewer:?} computes {computed:?}");
        }
        if figure == PublishedFigure::BookedHours {
            let finer = attack.finer_than_may_be_shown();
            prop_assert!(finer.is_none(), "{finer:?} less what is shown");
        }
    }
    Ok(())
}
