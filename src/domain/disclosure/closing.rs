//! Closing a month, and with it perhaps a quarter and a year: what of their tables is shown, decided once.
//!
//! First, which places' tables tell anything apart at all (few made all of it: then not even which categories are
//! empty); then, figure by figure, which of the rest is hidden. What was published earlier goes in as it stands. Totals
//! that are public anyway are taken as known by everybody, so dimensions tell nothing about each other through them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Counting, Made, NO_ORGANISATION, Parts, Published, PublishedDimension, PublishedFigure, PublishedPeriod,
    PublishedTable, Rows, Standing, TOTAL, TableKey, table::Layout,
};
use crate::domain::ids::VenueId;

/// What closes, and everything it is tied to.
pub struct Closing<'a> {
    /// The month that ends.
    pub month: PublishedPeriod,
    pub venues: &'a [VenueId],
    /// Of all periods that are tied to it ([`PublishedPeriod::relatives`]), as counted now.
    pub counted: &'a BTreeMap<TableKey, Rows<Made>>,
    /// Of those that closed earlier, as published.
    pub published: &'a BTreeMap<TableKey, PublishedTable>,
}

type Tables = BTreeMap<TableKey, PublishedTable>;

impl Closing<'_> {
    /// The tables of the periods that close.
    pub fn tables(&self) -> Tables {
        let periods = self.month.relatives();
        let closing = self.month.closing();
        let is_open: Vec<bool> = periods.iter().map(|period| closing.contains(period)).collect();
        let run = Run { closing: self, periods, is_open };
        let closed_up = run.closed_up();
        let mut tables = run.empty(&closed_up);
        // People first: how many there are in all stands in the other tables, too.
        for dimensions in PublishedDimension::families() {
            for &figure in dimensions[0].figures() {
                run.decide(dimensions, figure, &closed_up, &mut tables);
            }
        }
        tables
    }
}

struct Run<'a> {
    closing: &'a Closing<'a>,
    periods: Vec<PublishedPeriod>,
    /// By period: whether it closes now.
    is_open: Vec<bool>,
}

impl Run<'_> {
    fn layout(&self, categories: usize, partitions: Vec<Vec<usize>>) -> Layout<'_> {
        Layout { venues: self.closing.venues.len(), categories, partitions, periods: &self.periods }
    }

    fn key(&self, dimension: PublishedDimension, place: usize, period: usize) -> TableKey {
        let venue = place.checked_sub(1).map(|venue| self.closing.venues[venue]);
        TableKey { period: self.periods[period], dimension, venue }
    }

    /// By place and period, whether nothing there is told apart: as if each table were one cell.
    fn closed_up(&self) -> Vec<bool> {
        let layout = self.layout(0, Vec::new());
        let family = layout.family(Counting::Sum, |[place, _, period]| {
            let key = self.key(PublishedDimension::People, place, period);
            let standing = match self.closing.published.get(&key) {
                Some(table) if table.closed_up => Standing::Hidden,
                None if self.is_open[period] => Standing::Open,
                _ => Standing::Shown,
            };
            (self.made(&layout, PublishedFigure::Reservations, TOTAL, [place, period], key), standing)
        });
        family.decide()
    }

    /// What was counted; of several periods that are published, the sum of what they say.
    fn made(
        &self,
        layout: &Layout<'_>,
        figure: PublishedFigure,
        category: &str,
        [place, period]: [usize; 2],
        key: TableKey,
    ) -> Made {
        if let Some(found) = self.published(key, category, figure) {
            return Made { value: found.value, parts: self.counted(key, category, figure).parts };
        }
        let mut made = self.counted(key, category, figure);
        let parts = layout.parts_of(period);
        if figure.counting() == Counting::Sum && !parts.is_empty() {
            let value = |part: &usize| {
                let key = self.key(key.dimension, place, *part);
                self.made(layout, figure, category, [place, *part], key).value
            };
            made.value = parts.iter().map(value).sum();
        }
        made
    }

    fn counted(&self, key: TableKey, category: &str, figure: PublishedFigure) -> Made {
        let row = self.closing.counted.get(&key).and_then(|rows| rows.get(category));
        row.and_then(|row| row.get(&figure)).cloned().unwrap_or_default()
    }

    fn published(&self, key: TableKey, category: &str, figure: PublishedFigure) -> Option<Published> {
        let Some(table) = self.closing.published.get(&key) else {
            // Its venue was not there yet.
            let is_open = self.closes_now(key.period);
            return (!is_open).then_some(Published { value: 0, hidden: false });
        };
        Some(table.cell(category, figure))
    }

    fn closes_now(&self, period: PublishedPeriod) -> bool {
        self.periods.iter().zip(&self.is_open).any(|(other, is_open)| *is_open && *other == period)
    }

    fn empty(&self, closed_up: &[bool]) -> Tables {
        let layout = self.layout(0, Vec::new());
        let mut tables = Tables::new();
        for (period, place) in self.open_tables() {
            let closed_up = closed_up[layout.at(place, 0, period)];
            for &dimension in PublishedDimension::ALL {
                let table = PublishedTable { closed_up, rows: Rows::new() };
                tables.insert(self.key(dimension, place, period), table);
            }
        }
        tables
    }

    fn open_tables(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let open = (0..self.periods.len()).filter(|period| self.is_open[*period]);
        open.flat_map(|period| (0..=self.closing.venues.len()).map(move |place| (period, place)))
    }

    /// All categories that any table of the dimension has besides the total.
    fn categories(&self, dimension: PublishedDimension) -> BTreeSet<&str> {
        let of = |key: &TableKey| key.dimension == dimension;
        let counted =
            self.closing.counted.iter().filter(|(key, _)| of(key)).flat_map(|(_, rows)| rows.keys());
        let before = self.closing.published.iter().filter(|(key, _)| of(key));
        let names = counted.chain(before.flat_map(|(_, table)| table.rows.keys())).map(String::as_str);
        names.filter(|name| *name != TOTAL).collect()
    }

    /// One figure of all dimensions that have a category in common.
    fn decide(
        &self,
        dimensions: &[PublishedDimension],
        figure: PublishedFigure,
        closed_up: &[bool],
        tables: &mut Tables,
    ) {
        let told = Told::new(dimensions, |dimension| match dimension.tells_apart(figure) {
            true => self.categories(dimension),
            false => BTreeSet::new(),
        });
        let layout = self.layout(told.categories.len() - 1, told.partitions());
        let places = self.layout(0, Vec::new());
        let family = layout.family(figure.counting(), |[place, category, period]| {
            let (dimension, name) = told.categories[category];
            let key = self.key(dimension, place, period);
            if name == TOTAL && !dimension.has_total() {
                return (Made::default(), Standing::Shown);
            }
            let made = self.made(&layout, figure, name, [place, period], key);
            let closed_up = closed_up[places.at(place, 0, period)];
            let known = Known { key, figure, category: name, closed_up };
            let standing = self.standing(&known, tables);
            // Where a place has but one category, that one is what is public of the place.
            let public = figure.is_of_places() && standing == Standing::Open && self.is_alone(&known);
            (made, if public { Standing::Shown } else { standing })
        });
        let hidden = family.decide();
        for (period, place) in self.open_tables() {
            for (dimension, category) in told.rows() {
                let Some(table) = tables.get_mut(&self.key(dimension, place, period)) else { continue };
                let (at, name) = (layout.at(place, category, period), told.categories[category].1);
                let published = Published { value: family.cells[at].value, hidden: hidden[at] };
                table.rows.entry(name.to_owned()).or_default().insert(figure, published);
            }
        }
    }

    fn standing(&self, known: &Known<'_>, tables: &Tables) -> Standing {
        let stands = |hidden: bool| if hidden { Standing::Hidden } else { Standing::Shown };
        let is_total = known.category == TOTAL;
        if let Some(found) = self.published(known.key, known.category, known.figure) {
            return stands(found.hidden);
        }
        if is_total && known.figure.is_of_places() {
            return Standing::Shown;
        }
        if let Some(decided) =
            known.elsewhere().and_then(|key| tables.get(&key)?.rows.get(known.category)?.get(&known.figure))
        {
            return stands(decided.hidden);
        }
        if known.closed_up || known.hidden_with_its_row(tables) { Standing::Hidden } else { Standing::Open }
    }

    fn is_alone(&self, known: &Known<'_>) -> bool {
        let rows = self.closing.counted.get(&known.key);
        let mut others =
            rows.into_iter().flatten().filter(|(name, _)| *name != TOTAL && *name != known.category);
        others.all(|(_, row)| row.get(&known.figure).is_none_or(|made| made.value == 0))
    }
}

/// The categories of dimensions that are decided together: what several of them have in common is there once.
struct Told<'a> {
    dimensions: &'a [PublishedDimension],
    /// The total first; each with the table that it is counted in.
    categories: Vec<(PublishedDimension, &'a str)>,
}

impl<'a> Told<'a> {
    fn new(
        dimensions: &'a [PublishedDimension],
        names: impl Fn(PublishedDimension) -> BTreeSet<&'a str>,
    ) -> Self {
        let mut categories = vec![(dimensions[0], TOTAL)];
        for &dimension in dimensions {
            for name in names(dimension) {
                let is_there = name == NO_ORGANISATION && categories.iter().any(|(_, other)| *other == name);
                if !is_there {
                    categories.push((dimension, name));
                }
            }
        }
        Self { dimensions, categories }
    }

    /// The numbers of the categories that a dimension's table has besides the total.
    fn of(&self, dimension: PublishedDimension) -> impl Iterator<Item = usize> + '_ {
        let is_of = move |at: &usize| match self.categories[*at] {
            (_, TOTAL) => false,
            (of, name) => of == dimension || name == NO_ORGANISATION,
        };
        (0..self.categories.len()).filter(is_of)
    }

    fn partitions(&self) -> Vec<Vec<usize>> {
        let with_total = self.dimensions.iter().filter(|dimension| dimension.has_total());
        with_total
            .map(|dimension| self.of(*dimension).collect())
            .filter(|parts: &Vec<_>| !parts.is_empty())
            .collect()
    }

    /// What is published, with the table that it stands in.
    fn rows(&self) -> impl Iterator<Item = (PublishedDimension, usize)> + '_ {
        self.dimensions.iter().flat_map(|&dimension| {
            let total = dimension.has_total().then_some(0);
            total.into_iter().chain(self.of(dimension)).map(move |category| (dimension, category))
        })
    }
}

/// What a cell's standing follows from.
struct Known<'a> {
    key: TableKey,
    figure: PublishedFigure,
    category: &'a str,
    closed_up: bool,
}

impl Known<'_> {
    /// The table that was decided before and has the same figure: how many people there are in all is one in all tables.
    fn elsewhere(&self) -> Option<TableKey> {
        let people = TableKey { dimension: PublishedDimension::People, ..self.key };
        (self.category == TOTAL && people != self.key).then_some(people)
    }

    /// Distinct counts are hidden where the reservations of their row are.
    fn hidden_with_its_row(&self, tables: &Tables) -> bool {
        let row = tables.get(&self.key).and_then(|table| table.rows.get(self.category));
        let reservations = row.and_then(|row| row.get(&PublishedFigure::Reservations));
        self.figure.counting() == Counting::Distinct && reservations.is_some_and(|found| found.hidden)
    }
}

impl Made {
    /// An amount and whose it is: of each party what it holds, and how many people (or what is counted) there are in all.
    pub fn new(value: i64, count: usize, held: impl IntoIterator<Item = (u32, i64)>) -> Self {
        let mut parts = Parts::of(count);
        held.into_iter().for_each(|(party, amount)| parts.add(Counting::Sum, party, amount));
        Self { value, parts }
    }
}
