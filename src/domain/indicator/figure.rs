//! What an indicator can count, in what unit, and which figures that are shown anyway it is made from.

use super::{Definition, IndicatorFilter};
use crate::domain::{
    codes::codes,
    disclosure::{Counting, NEW, PublishedDimension, PublishedFigure, RETURNING, TOTAL},
};

codes! {
    /// What an indicator counts.
    pub enum IndicatorFigure {
        /// Hours of units: open, less closures and blocks.
        AvailableHours = "available_hours",
        /// Hours of units, reserved.
        BookedHours = "booked_hours",
        /// Hours of units, used.
        UsedHours = "used_hours",
        /// Booked of available hours.
        PlannedFrequency = "planned_frequency",
        /// Used of available hours.
        ActualFrequency = "actual_frequency",
        /// Person-hours of seat-hours, where it was used by a known number.
        Occupancy = "occupancy",
        /// Used of available seat-hours, times the occupancy.
        Utilisation = "utilisation",
        /// Of reservations whose check-in was required: those to which nobody came.
        NoShows = "no_shows",
        /// Visitors whom staff counted without a reservation: walk-ins, and those of events.
        Attended = "attended",
        /// Reservations, where they begin.
        Reservations = "reservations",
        /// People of reservations, counted or else declared.
        Visits = "visits",
        /// Distinct people who reserved.
        People = "people",
        /// Of them, those who came for the first time.
        NewPeople = "new_people",
        ReturningPeople = "returning_people",
        /// Distinct organisations that it was reserved for.
        Organisations = "organisations",
        NewOrganisations = "new_organisations",
        ReturningOrganisations = "returning_organisations",
        /// Distinct supported enterprises, each register number once.
        Enterprises = "supported_enterprises",
        /// What was asked for reservations, minor units.
        Charged = "charged",
        /// What they would have cost the public besides, minor units.
        InKind = "in_kind_value",
    }
}

codes! {
    /// What a value is made from.
    pub enum IndicatorSource {
        /// Hours of units, as of utilisation.
        Utilisation = "utilisation",
        /// Daily counts of visitors.
        Attendance = "attendance",
        /// Published tables.
        Published = "published",
    }
}

/// The cells of published tables that make up a value: of one figure, in one table for each place and period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells {
    pub dimension: PublishedDimension,
    pub figure: PublishedFigure,
    pub categories: Vec<String>,
}

impl IndicatorFigure {
    /// Whether it is a part of something, from 0 to 1.
    pub fn is_rate(self) -> bool {
        use IndicatorFigure::{ActualFrequency, NoShows, Occupancy, PlannedFrequency, Utilisation};
        matches!(self, PlannedFrequency | ActualFrequency | Occupancy | Utilisation | NoShows)
    }

    /// Whether it is shown over whole, closed months only (DESIGN 7, ADR 32).
    pub fn needs_whole_months(self) -> bool {
        matches!(self, Self::Occupancy | Self::Utilisation | Self::Attended)
    }

    /// Of numerator and denominator.
    pub fn unit(self) -> &'static str {
        match self {
            Self::AvailableHours | Self::BookedHours | Self::UsedHours => "hours",
            Self::PlannedFrequency | Self::ActualFrequency => "hours/hours",
            Self::Occupancy | Self::Utilisation => "person_hours/seat_hours",
            Self::NoShows => "reservations/reservations",
            Self::Attended => "visitors",
            Self::Reservations => "reservations",
            Self::Visits => "visits",
            Self::People | Self::NewPeople | Self::ReturningPeople => "people",
            Self::Organisations | Self::NewOrganisations | Self::ReturningOrganisations => "organisations",
            Self::Enterprises => "enterprises",
            Self::Charged | Self::InKind => "minor_units",
        }
    }

    /// How many of what is kept make one of the unit: hours are kept in seconds.
    pub fn scale(self) -> i64 {
        if self.unit().contains("hours") { 3600 } else { 1 }
    }

    pub fn is_money(self) -> bool {
        matches!(self, Self::Charged | Self::InKind)
    }

    /// Whether parts of a time make up the whole. Who is new comes once, so those add up; who comes again does not.
    pub fn adds_up(self) -> bool {
        use IndicatorFigure::{Enterprises, Organisations, People, ReturningOrganisations, ReturningPeople};
        !matches!(self, People | ReturningPeople | Organisations | ReturningOrganisations | Enterprises)
    }

    /// The cells that make it up; `None` where it is a figure of use. Whether there is such a table is checked elsewhere.
    pub fn cells(self, filter: &IndicatorFilter) -> Option<Cells> {
        let figure = match self {
            Self::BookedHours if filter.dimension.is_some() => PublishedFigure::BookedHours,
            Self::Reservations => PublishedFigure::Reservations,
            Self::Visits => PublishedFigure::Visits,
            Self::People | Self::NewPeople | Self::ReturningPeople => PublishedFigure::People,
            Self::Organisations | Self::NewOrganisations | Self::ReturningOrganisations => {
                PublishedFigure::Organisations
            }
            Self::Enterprises => PublishedFigure::Enterprises,
            Self::Charged => PublishedFigure::Charged,
            Self::InKind => PublishedFigure::InKind,
            _ => return None,
        };
        let (dimension, categories) = match self {
            Self::Charged | Self::InKind => {
                let currency = filter.currency.iter().map(|currency| currency.code().to_owned());
                (PublishedDimension::Money, currency.collect())
            }
            Self::NewPeople | Self::NewOrganisations => (PublishedDimension::People, vec![NEW.to_owned()]),
            Self::ReturningPeople | Self::ReturningOrganisations => {
                (PublishedDimension::People, vec![RETURNING.to_owned()])
            }
            _ => match filter.dimension {
                Some(dimension) => (dimension, filter.categories.iter().map(ToString::to_string).collect()),
                None => (PublishedDimension::People, vec![TOTAL.to_owned()]),
            },
        };
        Some(Cells { dimension, figure, categories })
    }
}

impl Cells {
    /// Whether what several tables or categories say makes up all of them.
    pub fn add_up(&self) -> bool {
        self.figure.counting() == Counting::Sum
    }
}

impl Definition {
    pub fn source(&self) -> IndicatorSource {
        match self.figure.cells(&self.filter) {
            Some(_) => IndicatorSource::Published,
            None if self.figure == IndicatorFigure::Attended => IndicatorSource::Attendance,
            None => IndicatorSource::Utilisation,
        }
    }
}
