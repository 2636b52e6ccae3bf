//! Figures as they are answered: hours, ratios with both their parts, and what is hidden said to be so.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{Change, ComparedTime, Group, PeakView, explain::Link};
use crate::domain::{
    instant::{Instant, Interval},
    statistics::{Comparison, Grouping, Peak, Peaks, Period, Place, Ratio, Row, Table, Tally},
    zone::Zone,
};

/// How much of the infrastructure was used. Sums come first and are divided last; no rate is an average of rates.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Utilisation {
    /// The figures are exact as of then; what is used counts up to then.
    #[schema(format = DateTime)]
    pub as_of: String,
    #[schema(format = DateTime)]
    pub from: String,
    #[schema(format = DateTime)]
    pub to: String,
    /// Of the times above. Months, weeks and days are each venue's own.
    #[schema(example = "Europe/Ljubljana")]
    pub time_zone: &'static str,
    pub group_by: Vec<&'static str>,
    /// The time that rows are compared with, where that was asked for; null where the earlier calendar lacks all of its
    /// dates, as of a 29 February.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compared: Option<ComparedTime>,
    /// In the order of `group_by`. Idle spaces and times without use are there, with 0.
    pub items: Vec<UtilisationRow>,
    /// Of all distinct units, equipment aside: not the sum of rows marked `overlapping`.
    pub totals: UtilisationRow,
    /// The scope's slug, for the name of a file.
    #[serde(skip)]
    pub slug: String,
}

/// The figures of one group.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UtilisationRow {
    pub group: Group,
    /// Spaces that were active at some time in it.
    pub spaces: u32,
    /// Distinct units of them.
    pub units: u32,
    /// Of those units.
    pub seats: u64,
    /// It shares units with another row (a hall and its halves), so rows do not add up to the totals.
    pub overlapping: bool,
    /// Part of its time is still to come: what is used counts up to `as_of`.
    pub provisional: bool,
    /// A: open, less closures and blocks.
    pub available: Amount,
    /// B: reserved, within A.
    pub booked: Amount,
    /// U: used, within B.
    pub used: Amount,
    /// What `used` rests on: `measured` by check-ins, `assumed` as booked where nobody need check in, or `mixed`.
    pub basis: &'static str,
    /// Given back by no-shows and early check-outs, within A; in no other figure.
    pub released: Amount,
    /// Of that, booked by others.
    pub rebooked: Amount,
    /// Reserved while not open; in no other figure.
    pub out_of_hours: Amount,
    /// Where check-in was required and it is known whether anybody came: nobody did. Counted where a reservation begins.
    pub no_shows: Figure,
    /// Booked of available hours.
    pub planned_frequency: Figure,
    /// Used of available hours.
    pub actual_frequency: Figure,
    /// Person-hours of seat-hours, where it was used by a known number of people.
    pub occupancy: Figure,
    /// Seat-hours used by a known number of people, of all used seat-hours.
    pub coverage: Figure,
    /// Seat-hours with a number declared beforehand and not counted, of those with a known number.
    pub declared: Figure,
    /// Used of available seat-hours, times the occupancy.
    pub utilisation: Figure,
    /// The busiest hours, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak: Option<PeakView>,
    /// The same of the time compared with, its group left out: there where that was asked for and anything was active.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(no_recursion)]
    pub compared: Option<Box<UtilisationRow>>,
    /// By how much the rates differ from those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// Where what its figures were made from is listed, there for staff of all venues asked for: of `booked`, or of another
    /// one with `&figure=`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uri-reference")]
    pub explain: Option<String>,
}

/// Time, in hours to four decimals, which tells every second.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Amount {
    /// Of units.
    pub hours: f64,
    /// Of units, times their seats.
    pub seat_hours: f64,
}

/// A ratio with both its parts, in hours to four decimals or in reservations, and the rate to six.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Figure {
    /// Null when suppressed, or not to be known.
    pub numerator: Option<f64>,
    /// Null when suppressed.
    pub denominator: Option<f64>,
    /// From 0 to 1; null when suppressed, when not to be known, and when the denominator is 0.
    pub rate: Option<f64>,
    /// Of numerator and denominator.
    #[schema(example = "person_hours/seat_hours")]
    pub unit: &'static str,
    /// Hidden: the number of people is shown over whole, closed calendar months only (14 days after their end).
    pub suppressed: bool,
}

pub(super) const HOURS: &str = "hours/hours";
const SEATS: &str = "seat_hours/seat_hours";
const PEOPLE: &str = "person_hours/seat_hours";
pub(super) const RESERVATIONS: &str = "reservations/reservations";

/// What holds for the whole answer.
pub(super) struct Frame<'a> {
    pub now: Instant,
    pub range: Interval,
    pub zone: Zone,
    pub slug: &'a str,
    pub group_by: &'a Grouping,
    /// Whether the reader sees everything.
    pub whole: bool,
    /// Where rows are explained, for whoever may see what they were made from.
    pub explain: Option<Link>,
}

impl Frame<'_> {
    fn link(&self, group: &Group) -> Option<String> {
        Some(self.explain?.to(self.group_by, group))
    }
}

/// What was counted of one time.
pub(super) struct Counted {
    pub table: Table,
    /// Where they were asked for.
    pub peaks: Option<Peaks>,
}

/// What figures are compared with.
pub(super) struct Earlier {
    pub comparison: Comparison,
    pub range: Interval,
    pub counted: Counted,
}

impl Counted {
    fn row(&self, row: &Row, group: Group, whole: bool) -> UtilisationRow {
        let peak = self.peaks.as_ref().map(|peaks| peaks.of(&row.place, row.period));
        UtilisationRow::new(group, &row.tally, peak, whole)
    }

    fn totals(&self, whole: bool) -> UtilisationRow {
        let peak = self.peaks.as_ref().map(|peaks| peaks.totals);
        UtilisationRow::new(Group::default(), &self.table.totals, peak, whole)
    }
}

impl Utilisation {
    pub(super) fn new(frame: &Frame<'_>, counted: &Counted, earlier: Option<&Earlier>) -> Self {
        let before: BTreeMap<(&Place, Period), &Row> = earlier
            .iter()
            .flat_map(|earlier| &earlier.counted.table.rows)
            .map(|row| ((&row.place, row.period), row))
            .collect();
        let row = |row: &Row| {
            let shown = counted.row(row, Group::new(&row.place, row.period), frame.whole);
            let before = earlier.zip(before.get(&(&row.place, row.period)));
            let before = before.map(|(earlier, row)| earlier.counted.row(row, Group::default(), frame.whole));
            let shown = UtilisationRow { explain: frame.link(&shown.group), ..shown };
            shown.beside(before)
        };
        let totals = counted.totals(frame.whole);
        let totals = UtilisationRow { explain: frame.link(&totals.group), ..totals };
        let shown = |at| frame.zone.show(at);
        Self {
            as_of: frame.zone.show(frame.now),
            from: frame.zone.show(frame.range.start()),
            to: frame.zone.show(frame.range.end()),
            time_zone: frame.zone.name(),
            group_by: frame.group_by.dimensions().iter().map(|dimension| dimension.as_str()).collect(),
            compared: earlier.map(|earlier| ComparedTime {
                compare: earlier.comparison,
                from: shown(earlier.range.start()),
                to: shown(earlier.range.end()),
            }),
            items: counted.table.rows.iter().map(row).collect(),
            totals: totals.beside(earlier.map(|earlier| earlier.counted.totals(frame.whole))),
            slug: frame.slug.to_owned(),
        }
    }
}

impl UtilisationRow {
    /// Told beside the same of an earlier time.
    fn beside(mut self, earlier: Option<Self>) -> Self {
        self.change = earlier.as_ref().map(|earlier| Change::between(&self, earlier));
        self.compared = earlier.map(Box::new);
        self
    }

    fn new(group: Group, tally: &Tally, peak: Option<Peak>, whole: bool) -> Self {
        let sums = &tally.sums;
        // A month in which heads are still counted could be pulled twice and subtracted (ADR 32).
        let shown = whole || tally.whole_months && tally.closed;
        let of_people = |ratio, unit| if shown { Figure::new(ratio, unit) } else { Figure::suppressed(unit) };
        Self {
            group,
            spaces: tally.spaces,
            units: tally.units,
            seats: tally.seats,
            overlapping: tally.overlapping,
            provisional: tally.provisional,
            available: Amount::new(sums.available, sums.seat_available),
            booked: Amount::new(sums.booked, sums.seat_booked),
            used: Amount::new(sums.used, sums.seat_used),
            basis: sums.basis().as_str(),
            released: Amount::new(sums.released, sums.seat_released),
            rebooked: Amount::new(sums.rebooked, sums.seat_rebooked),
            out_of_hours: Amount::new(sums.out_of_hours, sums.seat_out_of_hours),
            no_shows: Figure::new(tally.no_show_rate(), RESERVATIONS),
            planned_frequency: Figure::new(sums.planned_frequency(), HOURS),
            actual_frequency: Figure::new(sums.actual_frequency(), HOURS),
            occupancy: of_people(sums.occupancy(), PEOPLE),
            coverage: of_people(sums.coverage(), SEATS),
            declared: of_people(sums.declared(), SEATS),
            utilisation: of_people(sums.utilisation(), PEOPLE),
            peak: peak.map(PeakView::from),
            compared: None,
            change: None,
            explain: None,
        }
    }
}

/// Rounded, so that a value is written without a tail of binary digits.
pub(super) fn rounded(value: f64, digits: f64) -> f64 {
    (value * digits).round() / digits
}

pub(super) fn hours(value: f64) -> f64 {
    rounded(value, 1e4)
}

impl Amount {
    pub(super) fn new(unit_seconds: i64, seat_seconds: i64) -> Self {
        Self { hours: hours(unit_seconds as f64 / 3600.0), seat_hours: hours(seat_seconds as f64 / 3600.0) }
    }
}

impl Figure {
    pub(super) fn new(ratio: Ratio, unit: &'static str) -> Self {
        Self {
            numerator: ratio.numerator.map(hours),
            denominator: Some(hours(ratio.denominator)),
            rate: ratio.rate.map(|rate| rounded(rate, 1e6)),
            unit,
            suppressed: false,
        }
    }

    pub(super) fn suppressed(unit: &'static str) -> Self {
        Self { numerator: None, denominator: None, rate: None, unit, suppressed: true }
    }
}
