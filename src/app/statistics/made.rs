//! What is counted about people, as the cells of published tables: each figure with whose it is.

use std::collections::{BTreeMap, HashMap};

use crate::{
    app::error::Error,
    domain::{
        disclosure::{
            Made, NEW, PublishedDimension, PublishedFigure, PublishedPeriod, RETURNING, Rows, TOTAL, TableKey,
        },
        ids::VenueId,
        statistics::people::{Contribution, Contributor, Dimension, Grouping, Measured, Tally, Value},
    },
};

/// More than any network has.
const MOST_ROWS: usize = 5_000_000;

/// Tables of some periods, of the network and of each of its venues.
pub(super) type Tables = BTreeMap<TableKey, Rows<Made>>;

/// The dimension that tells rows apart; people and money have none.
fn apart(dimension: PublishedDimension) -> Option<Dimension> {
    match dimension {
        PublishedDimension::People | PublishedDimension::Money => None,
        PublishedDimension::Purpose => Some(Dimension::Purpose),
        PublishedDimension::Audience => Some(Dimension::Audience),
        PublishedDimension::Sector => Some(Dimension::Sector),
        PublishedDimension::OrganisationKind => Some(Dimension::OrganisationKind),
        PublishedDimension::Size => Some(Dimension::Size),
        PublishedDimension::OrganisationMunicipality => Some(Dimension::OrganisationMunicipality),
    }
}

/// All tables of these periods, each counted for the network and by venue.
///
/// # Errors
/// `internal` where there are absurdly many rows.
pub(super) fn tables(measured: &Measured<'_>, periods: &[PublishedPeriod]) -> Result<Tables, Error> {
    let mut tables = Counted { tables: Tables::new(), numbers: HashMap::new() };
    for of_time in [Dimension::Month, Dimension::Quarter, Dimension::Year] {
        let wanted = |text: &str| {
            let period = text.parse::<PublishedPeriod>().ok()?;
            periods.contains(&period).then_some(period)
        };
        // Months rank 0, quarters 1, years 2.
        let rank =
            [Dimension::Month, Dimension::Quarter, Dimension::Year].iter().position(|it| *it == of_time);
        if !periods.iter().any(|period| Some(usize::from(period.rank())) == rank) {
            continue;
        }
        for by_venue in [false, true] {
            let by = if by_venue { vec![Dimension::Venue, of_time] } else { vec![of_time] };
            tables.count(measured, &by, None, wanted)?;
            for &dimension in PublishedDimension::ALL {
                if apart(dimension).is_some() {
                    tables.count(measured, &by, Some(dimension), wanted)?;
                }
            }
        }
    }
    Ok(tables.tables)
}

struct Counted {
    tables: Tables,
    numbers: HashMap<Contributor, u32>,
}

impl Counted {
    fn count(
        &mut self,
        measured: &Measured<'_>,
        by: &[Dimension],
        dimension: Option<PublishedDimension>,
        wanted: impl Fn(&str) -> Option<PublishedPeriod>,
    ) -> Result<(), Error> {
        let mut by = by.to_vec();
        by.extend(dimension.and_then(apart));
        let broken = |error: &dyn std::fmt::Display| Error::Broken(format!("counting to publish: {error}"));
        let grouping = Grouping::new(by).map_err(|error| broken(&error))?;
        let table = measured.table(&grouping, MOST_ROWS).map_err(|_| broken(&"too many rows"))?;
        for row in &table.rows {
            let (venue, rest) = match row.group.split_first() {
                Some((Value::Venue(_, venue), rest)) => (Some(*venue), rest),
                _ => (None, row.group.as_slice()),
            };
            let Some(period) = rest.first().and_then(|time| wanted(&time.to_string())) else { continue };
            match (dimension, rest.get(1)) {
                (Some(dimension), Some(category)) => {
                    let key = TableKey { period, dimension, venue };
                    self.add(key, category.to_string(), dimension.figures(), &row.tally);
                }
                _ => self.add_place(period, venue, &row.tally),
            }
        }
        Ok(())
    }

    /// A place as a whole: the totals of every table, people, and money.
    fn add_place(&mut self, period: PublishedPeriod, venue: Option<VenueId>, tally: &Tally) {
        for &dimension in PublishedDimension::ALL {
            let key = TableKey { period, dimension, venue };
            match dimension {
                PublishedDimension::Money => self.add_money(key, tally),
                _ => self.add(key, TOTAL.to_owned(), dimension.figures(), tally),
            }
        }
        let rows =
            self.tables.entry(TableKey { period, dimension: PublishedDimension::People, venue }).or_default();
        let count = |heads: u32| Made::new(i64::from(heads), heads as usize, []);
        let [people, organisations] = [tally.people, tally.organisations];
        for (name, heads, of) in
            [(NEW, people.new, organisations.new), (RETURNING, people.returning, organisations.returning)]
        {
            let row = rows.entry(name.to_owned()).or_default();
            row.insert(PublishedFigure::People, count(heads));
            row.insert(PublishedFigure::Organisations, count(of));
        }
    }

    fn add(&mut self, key: TableKey, category: String, figures: &[PublishedFigure], tally: &Tally) {
        let made: Vec<_> = figures.iter().map(|figure| (*figure, self.made(*figure, tally))).collect();
        self.tables.entry(key).or_default().entry(category).or_default().extend(made);
    }

    /// By currency; whoever reserved without a price holds 0 of each.
    fn add_money(&mut self, key: TableKey, tally: &Tally) {
        for money in &tally.amounts.money {
            let code = money.currency.code();
            let of = |contribution: &Contribution, in_kind: bool| {
                let held = contribution.amounts.money.iter().find(|held| held.currency == money.currency);
                held.map_or(0, |held| if in_kind { held.in_kind } else { held.charged })
            };
            let charged = self.held(money.charged, tally, |it| of(it, false));
            let in_kind = self.held(money.in_kind, tally, |it| of(it, true));
            let row = self.tables.entry(key).or_default().entry(code.to_owned()).or_default();
            row.insert(PublishedFigure::Charged, charged);
            row.insert(PublishedFigure::InKind, in_kind);
        }
        self.tables.entry(key).or_default();
    }

    fn made(&mut self, figure: PublishedFigure, tally: &Tally) -> Made {
        let amounts = &tally.amounts;
        let for_organisation = |it: &Contribution| {
            i64::from(matches!(it.by, Contributor::Organisation(_)) && it.amounts.reservations > 0)
        };
        match figure {
            PublishedFigure::Reservations => {
                self.held(amounts.reservations, tally, |it| it.amounts.reservations)
            }
            PublishedFigure::BookedHours => self.held(amounts.booked, tally, |it| it.amounts.booked),
            PublishedFigure::People => {
                self.held(i64::from(tally.people.all()), tally, |it| i64::from(it.people))
            }
            PublishedFigure::Organisations => {
                self.held(i64::from(tally.organisations.all()), tally, for_organisation)
            }
            PublishedFigure::Enterprises => {
                Made::new(i64::from(tally.enterprises), tally.enterprises as usize, [])
            }
            PublishedFigure::Visits => self.held(amounts.visits, tally, |it| it.amounts.visits),
            PublishedFigure::Charged | PublishedFigure::InKind => Made::default(),
        }
    }

    fn held(&mut self, value: i64, tally: &Tally, amount: impl Fn(&Contribution) -> i64) -> Made {
        let of = |contribution: &Contribution| {
            let next = self.numbers.len() as u32;
            (*self.numbers.entry(contribution.by).or_insert(next), amount(contribution))
        };
        let held: Vec<(u32, i64)> = tally.contributions.iter().map(of).collect();
        Made::new(value, tally.people.all() as usize, held)
    }
}
