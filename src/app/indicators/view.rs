//! Indicators as they are given and as they are shown.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::{
        error::{Code, Error, FieldError},
        version::Versioned,
    },
    domain::{
        ids::{IndicatorId, NetworkId},
        indicator::{
            Bilingual, Definition, Fault, Goal, Indicator, IndicatorFigure, IndicatorFilter, InvalidGoal,
            Refused, TargetDirection,
        },
        text::Line,
    },
};

/// An indicator to be made, or as it shall be from now on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIndicator {
    /// The plan's own, each once in a network.
    #[schema(example = "C2.1")]
    pub code: Line<30>,
    pub name: Bilingual<200>,
    pub description: Option<Bilingual<1000>>,
    pub figure: IndicatorFigure,
    #[serde(default)]
    pub filter: IndicatorFilter,
    pub direction: TargetDirection,
    /// Each year counts with all before it from this one on; each by itself where nothing is said. Not of distinct people,
    /// organisations and enterprises, but of new ones.
    #[schema(minimum = 2000, maximum = 2099)]
    pub cumulative_from: Option<i32>,
    /// Each year at most once.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub targets: Vec<TargetOfYear>,
}

/// What a year should come to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetOfYear {
    #[schema(minimum = 2000, maximum = 2099, example = 2026)]
    pub year: i32,
    /// In the figure's unit, to six decimals: hours, heads, minor units; rates from 0 to 1.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 60)]
    pub value: f64,
}

/// An indicator as it is defined.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Indicator)]
pub struct IndicatorView {
    pub id: IndicatorId,
    pub network_id: NetworkId,
    pub code: String,
    pub name: Bilingual<200>,
    pub description: Option<Bilingual<1000>>,
    pub figure: IndicatorFigure,
    pub filter: IndicatorFilter,
    pub direction: TargetDirection,
    pub cumulative_from: Option<i32>,
    /// By year.
    pub targets: Vec<TargetOfYear>,
    /// Of target and value.
    #[schema(example = "hours/hours")]
    pub unit: &'static str,
    /// The years whose values are kept: their targets, and what is counted, no longer change.
    pub closed_years: Vec<i32>,
    pub version: i64,
}

impl Versioned for IndicatorView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl IndicatorView {
    pub(super) fn new(indicator: &Indicator, closed_years: Vec<i32>) -> Self {
        let Indicator { definition, .. } = indicator;
        let target = |(year, goal): &(i32, Goal)| TargetOfYear { year: *year, value: goal.value() };
        Self {
            id: indicator.id,
            network_id: indicator.network,
            code: indicator.code.to_string(),
            name: indicator.name.clone(),
            description: indicator.description.clone(),
            figure: definition.figure,
            filter: definition.filter.clone(),
            direction: definition.direction,
            cumulative_from: definition.cumulative_from,
            targets: definition.targets.iter().map(target).collect(),
            unit: definition.figure.unit(),
            closed_years,
            version: indicator.version,
        }
    }
}

impl NewIndicator {
    pub(super) fn definition(&self) -> Result<Definition, Error> {
        let mut faults = Vec::new();
        let mut targets = Vec::with_capacity(self.targets.len());
        for (at, target) in self.targets.iter().enumerate() {
            match Goal::new(target.value) {
                Ok(goal) => targets.push((target.year, goal)),
                Err(why) => {
                    let code = if why == InvalidGoal::Negative { "too_small" } else { "too_large" };
                    faults.push(FieldError::new(format!("/targets/{at}/value"), code));
                }
            }
        }
        if !faults.is_empty() {
            return Err(Error::Fields(faults));
        }
        let definition = Definition {
            figure: self.figure,
            filter: self.filter.clone(),
            direction: self.direction,
            cumulative_from: self.cumulative_from,
            targets,
        };
        definition.check().map_err(|refused| match refused {
            Refused::NotPublished => Code::GroupingNotPublished.into(),
            Refused::Fields(faults) => {
                let field = |fault: Fault| FieldError::new(fault.pointer, fault.code);
                Error::Fields(faults.into_iter().map(field).collect())
            }
        })?;
        let mut definition = definition;
        definition.targets.sort_by_key(|(year, _)| *year);
        Ok(definition)
    }
}
