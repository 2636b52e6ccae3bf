//! Figures about people as they are answered: each with what it is a part of.

use serde::Serialize;
use utoipa::ToSchema;

use super::view::{Figure, HOURS, RESERVATIONS, hours};
use crate::domain::{
    ids::{SpaceId, VenueId},
    instant::{Instant, Interval},
    statistics::{
        PERSON, Ratio,
        people::{Amounts, Dimension, Distinct, Grouping, MoneySum, Row, Table, Tally, Value},
    },
    zone::Zone,
};

/// Who used the places, counted by reservation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Users {
    /// The figures are exact as of then; what is used counts up to then.
    #[schema(format = DateTime)]
    pub as_of: String,
    #[schema(format = DateTime)]
    pub from: String,
    #[schema(format = DateTime)]
    pub to: String,
    /// Of the times above. Years to days are each venue's own.
    #[schema(example = "Europe/Ljubljana")]
    pub time_zone: &'static str,
    pub group_by: Vec<&'static str>,
    /// In the order of `group_by`. Places, times and words of closed lists are there without use, too, with 0.
    pub items: Vec<UsersRow>,
    /// Of all reservations, equipment aside. Who is in several rows counts once here.
    pub totals: UsersRow,
    /// The scope's slug, for the name of a file.
    #[serde(skip)]
    pub slug: String,
}

/// The figures of one group. Reservations, people, visits and money stand where and when a reservation begins, hours where
/// they lie.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct UsersRow {
    pub group: UsersGroup,
    /// Part of its time is still to come.
    pub provisional: bool,
    /// Those that are confirmed or over; no-shows too.
    pub reservations: i64,
    /// Reserved within opening time, in hours of units.
    pub booked_hours: f64,
    /// Of that, used.
    pub used_hours: f64,
    /// Hours of people, where their number is known, within the seats.
    pub person_hours: f64,
    /// Used hours by a known number of people, of all used hours.
    pub person_hours_coverage: Figure,
    /// People who came with reservations: as counted, else as declared.
    pub visits: i64,
    /// Reservations that were used by a known number of people, of all that were used.
    pub visits_coverage: Figure,
    /// Visits that were declared beforehand and not counted, of all.
    pub declared: Figure,
    /// Those who were counted: heads of reservations, and `attended`.
    pub visitors: i64,
    /// Visitors counted without a reservation: walk-ins, and those of events.
    pub attended: i64,
    /// Who reserved.
    pub people: HeadsFigure,
    /// Whom they reserved for.
    pub organisations: HeadsFigure,
    /// Organisations with public support (booked as `cci`, or for less than the full price) that have a register number,
    /// each number once.
    pub supported_enterprises: u32,
    /// Organisations with public support that have none.
    pub supported_without_number: u32,
    /// One entry for each currency.
    pub money: Vec<MoneyFigure>,
    /// Reservations whose full price is known, of all: of others the in-kind value is not.
    pub in_kind_coverage: Figure,
}

/// How many there are, each once.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct HeadsFigure {
    pub all: u32,
    /// Of all, those whose first reservation in the whole network begins in this row's time and this range.
    pub new: u32,
    /// Of all, the others.
    pub returning: u32,
}

/// Gross amounts in minor units.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MoneyFigure {
    #[schema(example = "EUR")]
    pub currency: String,
    /// Asked for: prices, and fees of who did not come or changed late.
    pub charged: i64,
    /// By how much the full prices exceed what was asked.
    pub in_kind_value: i64,
}

/// What the row is of; only what `group_by` names is there. `none`: without an organisation, or without a layout, and
/// visitors without a reservation; `unknown`: there is one that nobody told.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct UsersGroup {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue_id: Option<VenueId>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space_id: Option<SpaceId>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub space: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub venue_municipality: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026")]
    pub year: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-Q1")]
    pub quarter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-03")]
    pub month: Option<String>,
    /// ISO 8601.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-W09")]
    pub week: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "mon")]
    pub weekday: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation_municipality: Option<String>,
    /// Scheme, version and code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "nace 2.1 90.39")]
    pub sector: Option<String>,
    /// The legal form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation_kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<String>,
}

/// What holds for the whole answer.
pub(super) struct Frame<'a> {
    pub now: Instant,
    pub range: Interval,
    pub zone: Zone,
    pub slug: &'a str,
    pub group_by: &'a Grouping,
}

impl Users {
    pub(super) fn new(frame: &Frame<'_>, table: &Table) -> Self {
        let dimensions = frame.group_by.dimensions();
        let row = |row: &Row| UsersRow::new(UsersGroup::new(dimensions, &row.group), &row.tally);
        Self {
            as_of: frame.zone.show(frame.now),
            from: frame.zone.show(frame.range.start()),
            to: frame.zone.show(frame.range.end()),
            time_zone: frame.zone.name(),
            group_by: dimensions.iter().map(|dimension| dimension.as_str()).collect(),
            items: table.rows.iter().map(row).collect(),
            totals: UsersRow::new(UsersGroup::default(), &table.totals),
            slug: frame.slug.to_owned(),
        }
    }
}

impl UsersRow {
    fn new(group: UsersGroup, tally: &Tally) -> Self {
        let amounts = &tally.amounts;
        let people = amounts.people as f64 / PERSON as f64;
        let in_hours = |part: i64, whole: i64| Figure::new(part_of(part, whole, 3600.0), HOURS);
        let of_reservations = |part: i64, whole: i64| Figure::new(part_of(part, whole, 1.0), RESERVATIONS);
        Self {
            group,
            provisional: tally.provisional,
            reservations: amounts.reservations,
            booked_hours: hours(amounts.booked as f64 / 3600.0),
            used_hours: hours(amounts.used as f64 / 3600.0),
            person_hours: hours(people / 3600.0),
            person_hours_coverage: in_hours(amounts.used_known, amounts.used),
            visits: amounts.visits,
            visits_coverage: of_reservations(amounts.visited_known, amounts.visited),
            declared: Figure::new(part_of(amounts.declared, amounts.visits, 1.0), PEOPLE),
            visitors: tally.visitors(),
            attended: tally.attended,
            people: HeadsFigure::from(tally.people),
            organisations: HeadsFigure::from(tally.organisations),
            supported_enterprises: tally.enterprises,
            supported_without_number: tally.unregistered,
            money: money(amounts),
            in_kind_coverage: of_reservations(amounts.priced, amounts.reservations),
        }
    }
}

const PEOPLE: &str = "people/people";

/// Both in units of so many.
fn part_of(part: i64, whole: i64, unit: f64) -> Ratio {
    let rate = (whole != 0).then(|| part as f64 / whole as f64);
    Ratio { numerator: Some(part as f64 / unit), denominator: whole as f64 / unit, rate }
}

fn money(amounts: &Amounts) -> Vec<MoneyFigure> {
    let figure = |sum: &MoneySum| MoneyFigure {
        currency: sum.currency.to_string(),
        charged: sum.charged,
        in_kind_value: sum.in_kind,
    };
    amounts.money.iter().map(figure).collect()
}

impl From<Distinct> for HeadsFigure {
    fn from(distinct: Distinct) -> Self {
        Self { all: distinct.all(), new: distinct.new, returning: distinct.returning }
    }
}

impl UsersGroup {
    fn new(dimensions: &[Dimension], values: &[Value]) -> Self {
        let mut group = Self::default();
        for (dimension, value) in dimensions.iter().zip(values) {
            match value {
                Value::Venue(_, id) => group.venue_id = Some(*id),
                Value::Space(_, id) => group.space_id = Some(*id),
                _ => {}
            }
            *group.text_mut(*dimension) = Some(value.to_string());
        }
        group
    }

    fn text_mut(&mut self, dimension: Dimension) -> &mut Option<String> {
        match dimension {
            Dimension::Venue => &mut self.venue,
            Dimension::Space => &mut self.space,
            Dimension::Kind => &mut self.kind,
            Dimension::VenueMunicipality => &mut self.venue_municipality,
            Dimension::Year => &mut self.year,
            Dimension::Quarter => &mut self.quarter,
            Dimension::Month => &mut self.month,
            Dimension::Week => &mut self.week,
            Dimension::Day => &mut self.day,
            Dimension::Weekday => &mut self.weekday,
            Dimension::OrganisationMunicipality => &mut self.organisation_municipality,
            Dimension::Sector => &mut self.sector,
            Dimension::OrganisationKind => &mut self.organisation_kind,
            Dimension::Size => &mut self.size,
            Dimension::Audience => &mut self.audience,
            Dimension::Purpose => &mut self.purpose,
            Dimension::Layout => &mut self.layout,
        }
    }

    /// What of it a dimension means: its columns, the names that CSV has for them, and their texts.
    pub fn columns(&self, dimension: Dimension) -> Vec<(&'static str, String)> {
        let text = self.clone().text_mut(dimension).take().unwrap_or_default();
        let column = (dimension.as_str(), text);
        match dimension {
            Dimension::Venue => {
                vec![("venue_id", self.venue_id.map(|id| id.to_string()).unwrap_or_default()), column]
            }
            Dimension::Space => {
                vec![("space_id", self.space_id.map(|id| id.to_string()).unwrap_or_default()), column]
            }
            _ => vec![column],
        }
    }
}
