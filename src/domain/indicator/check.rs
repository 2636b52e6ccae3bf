//! What may be an indicator. Figures about people are limited to what one published table answers: one dimension, of
//! venues or the network; whatever is counted distinctly, in one cell of it.

use std::collections::BTreeSet;

use super::{Definition, IndicatorFigure, IndicatorFilter};
use crate::domain::{
    disclosure::PublishedDimension,
    organisation::{LegalForm, Size},
    policy::Audience,
    reservation::Purpose,
    sector::Sector,
};

pub const MOST_TARGETS: usize = 50;
const MOST_VALUES: usize = 200;

/// A field that can't stand: a JSON pointer into the body and a stable code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub pointer: String,
    pub code: &'static str,
}

/// Why it is no indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    Fields(Vec<Fault>),
    /// No published table has it.
    NotPublished,
}

impl Definition {
    /// # Errors
    /// [`Refused`].
    pub fn check(&self) -> Result<(), Refused> {
        let mut faults = Faults(Vec::new());
        self.filter.check(self.figure, &mut faults);
        self.check_years(&mut faults);
        if !faults.0.is_empty() {
            return Err(Refused::Fields(faults.0));
        }
        if self.is_answered() { Ok(()) } else { Err(Refused::NotPublished) }
    }

    fn check_years(&self, faults: &mut Faults) {
        let is_year = |year: i32| (2000..2100).contains(&year);
        if let Some(from) = self.cumulative_from {
            faults.when(!is_year(from), "/cumulative_from", "out_of_range");
            faults.when(!self.figure.adds_up(), "/cumulative_from", "does_not_add_up");
        }
        faults.when(self.targets.len() > MOST_TARGETS, "/targets", "list_too_long");
        let mut seen = BTreeSet::new();
        for (at, (year, goal)) in self.targets.iter().enumerate() {
            let before = self.cumulative_from.is_some_and(|from| *year < from);
            faults.when(!is_year(*year) || before, format!("/targets/{at}/year"), "out_of_range");
            faults.when(!seen.insert(year), format!("/targets/{at}/year"), "repeated");
            let above = self.figure.is_rate() && goal.value() > 1.0;
            faults.when(above, format!("/targets/{at}/value"), "too_large");
        }
    }

    /// Whether there is a table for it.
    fn is_answered(&self) -> bool {
        let filter = &self.filter;
        let Some(cells) = self.figure.cells(filter) else { return filter.dimension.is_none() };
        let asked = filter.dimension.is_none_or(|dimension| dimension == cells.dimension);
        let single = cells.categories.len() == 1 && filter.venue_ids.len() <= 1;
        asked
            && filter.kinds.is_empty()
            && cells.dimension.figures().contains(&cells.figure)
            && (cells.add_up() || single)
    }
}

impl IndicatorFilter {
    fn check(&self, figure: IndicatorFigure, faults: &mut Faults) {
        faults.each_once("/filter/venue_ids", &self.venue_ids);
        faults.each_once("/filter/kinds", &self.kinds);
        faults.each_once("/filter/categories", &self.categories);
        let without = self.categories.is_empty();
        match self.dimension {
            None => faults.when(!without, "/filter/dimension", "missing_field"),
            // They have figures of their own.
            Some(PublishedDimension::People | PublishedDimension::Money) => {
                faults.when(true, "/filter/dimension", "unknown_value");
            }
            Some(dimension) => {
                faults.when(without, "/filter/categories", "missing_field");
                for (at, category) in self.categories.iter().enumerate() {
                    let known = knows(dimension, category.as_str());
                    faults.when(!known, format!("/filter/categories/{at}"), "unknown_value");
                }
            }
        }
        match self.currency {
            None => faults.when(figure.is_money(), "/filter/currency", "missing_field"),
            Some(_) => faults.when(!figure.is_money(), "/filter/currency", "only_money"),
        }
    }
}

/// Whether a table of the dimension can have the category. Sectors and municipalities are what organisations say.
fn knows(dimension: PublishedDimension, category: &str) -> bool {
    let of_nobody = matches!(category, "none" | "unknown");
    match dimension {
        PublishedDimension::People | PublishedDimension::Money => false,
        PublishedDimension::Purpose => category.parse::<Purpose>().is_ok(),
        PublishedDimension::Audience => category.parse::<Audience>().is_ok(),
        PublishedDimension::OrganisationKind => of_nobody || category.parse::<LegalForm>().is_ok(),
        PublishedDimension::Size => of_nobody || category.parse::<Size>().is_ok(),
        // Subclasses are counted as classes: no table has their rows.
        PublishedDimension::Sector => {
            of_nobody || category.parse::<Sector>().is_ok_and(|sector| sector.clone().counted() == sector)
        }
        PublishedDimension::OrganisationMunicipality => true,
    }
}

struct Faults(Vec<Fault>);

impl Faults {
    fn when(&mut self, wrong: bool, pointer: impl Into<String>, code: &'static str) {
        if wrong {
            self.0.push(Fault { pointer: pointer.into(), code });
        }
    }

    fn each_once<T: PartialEq>(&mut self, pointer: &str, values: &[T]) {
        self.when(values.len() > MOST_VALUES, pointer, "list_too_long");
        for (at, value) in values.iter().enumerate().take(MOST_VALUES) {
            self.when(values[..at].contains(value), format!("{pointer}/{at}"), "repeated");
        }
    }
}
