//! Indicators as they are answered, and as a report reads them: what is hidden or not there is null and says why.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::measuring::Reading;
use crate::{
    app::statistics::view::{hours, rounded},
    domain::{
        ids::{IndicatorId, NetworkId},
        indicator::{
            Bilingual, Course, Goal, Indicator, IndicatorFigure, IndicatorFilter, IndicatorStatus, Measure,
            Missing, TargetDirection, ValueOrigin, elapsed,
        },
        zone::Zone,
    },
};

/// A network's indicators in a year.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Indicators {
    /// What is counted now is exact as of then.
    #[schema(format = DateTime)]
    pub as_of: String,
    /// Of the times here.
    #[schema(example = "Europe/Ljubljana")]
    pub time_zone: &'static str,
    pub network_id: NetworkId,
    #[schema(example = 2026)]
    pub year: i32,
    /// By code.
    pub items: Vec<IndicatorProgress>,
    /// The network's slug, for the name of a file.
    #[serde(skip)]
    pub slug: String,
}

/// How an indicator stands in a year.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct IndicatorProgress {
    pub indicator_id: IndicatorId,
    /// The plan's own.
    #[schema(example = "C2.1")]
    pub code: String,
    pub name: Bilingual<200>,
    pub description: Option<Bilingual<1000>>,
    pub figure: IndicatorFigure,
    pub filter: IndicatorFilter,
    pub direction: TargetDirection,
    /// The year counts with all before it from this one on.
    pub cumulative_from: Option<i32>,
    /// What the year should come to, in the figure's unit; rates from 0 to 1.
    pub target: Option<f64>,
    /// What it has come to so far.
    pub value: IndicatorValue,
    /// Where the year's value is not known, no less than this: what is shown of its months where others are hidden; of distinct
    /// people or enterprises, which a year counts when it closes, as many as one closed month or quarter had. Null where that
    /// is nothing.
    pub at_least: Option<f64>,
    /// The share of the target that the value makes, 1 being all of it; of `at_most` how much is used up. Null without a
    /// value or a target, and of a target of 0.
    pub progress: Option<f64>,
    /// `reached` for good, `on_the_way` as far as it should be by the end of what the value covers, or `behind`. Null without
    /// a value or a target.
    pub status: Option<IndicatorStatus>,
    /// Since when the year's value is kept.
    #[schema(format = DateTime)]
    pub closed_at: Option<String>,
    /// Of a kept value, where it was asked for: what is counted otherwise now. Null where that is not told: what is counted of
    /// people now could be one person's doing.
    pub changed_since: Option<Vec<IndicatorChange>>,
    /// The same of the year before.
    pub year_before: IndicatorValue,
}

/// A value with its parts: hours to four decimals, heads, reservations or minor units.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct IndicatorValue {
    pub numerator: Option<f64>,
    /// Of rates only.
    pub denominator: Option<f64>,
    /// From 0 to 1; null over nothing, and of what is no rate.
    pub rate: Option<f64>,
    /// Of numerator and denominator.
    #[schema(example = "hours/hours")]
    pub unit: &'static str,
    /// Hidden, as it is in the published tables.
    pub suppressed: bool,
    /// Why there is none.
    pub missing: Option<Missing>,
    pub origin: ValueOrigin,
    /// The first local date that does not count.
    pub to: Option<NaiveDate>,
}

/// A part of a kept value that is counted otherwise now.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct IndicatorChange {
    /// `numerator` or `denominator`.
    pub part: &'static str,
    /// Null where it could not be known.
    pub closed: Option<f64>,
    pub now: Option<f64>,
}

/// A part in the figure's unit.
fn shown(figure: IndicatorFigure, part: i64) -> f64 {
    hours(part as f64 / figure.scale() as f64)
}

impl IndicatorValue {
    pub(super) fn new(figure: IndicatorFigure, reading: &Reading) -> Self {
        let measure = reading.outcome.ok();
        let part = |part: fn(Measure) -> Option<i64>| Some(shown(figure, part(measure?)?));
        let missing = match reading.outcome {
            Ok(measure) => measure.numerator.is_none().then_some(Missing::Unknown),
            Err(missing) => Some(missing),
        };
        Self {
            numerator: part(|measure| measure.numerator),
            denominator: part(|measure| measure.denominator),
            rate: measure.and_then(Measure::rate).map(|rate| rounded(rate, 1e6)),
            unit: figure.unit(),
            suppressed: missing == Some(Missing::Suppressed),
            missing,
            origin: reading.origin,
            to: reading.to,
        }
    }

    /// What is compared with a target.
    pub fn value(&self) -> Option<f64> {
        if self.denominator.is_some() { self.rate } else { self.numerator }
    }
}

impl IndicatorChange {
    /// What differs between two values.
    pub(super) fn between(figure: IndicatorFigure, closed: Measure, now: Measure) -> Vec<Self> {
        let parts = [
            ("numerator", closed.numerator, now.numerator),
            ("denominator", closed.denominator, now.denominator),
        ];
        let differing = parts.into_iter().filter(|(_, closed, now)| closed != now);
        let in_unit = |part: Option<i64>| part.map(|part| shown(figure, part));
        differing
            .map(|(part, closed, now)| Self { part, closed: in_unit(closed), now: in_unit(now) })
            .collect()
    }
}

/// What was read of an indicator in a year.
pub(super) struct Read<'a> {
    pub indicator: &'a Indicator,
    pub year: i32,
    pub zone: Zone,
    pub value: Reading,
    pub before: Reading,
    pub changed: Option<Vec<IndicatorChange>>,
}

impl Read<'_> {
    pub fn progress(self) -> IndicatorProgress {
        let Indicator { definition, .. } = self.indicator;
        let figure = definition.figure;
        let goal = definition.target(self.year);
        let at_least = self.value.at_least.map(Measure::amount);
        let value = self.value.outcome.ok().and_then(|measure| measure.value(figure));
        IndicatorProgress {
            indicator_id: self.indicator.id,
            code: self.indicator.code.to_string(),
            name: self.indicator.name.clone(),
            description: self.indicator.description.clone(),
            figure,
            filter: definition.filter.clone(),
            direction: definition.direction,
            cumulative_from: definition.cumulative_from,
            target: goal.map(Goal::value),
            at_least: at_least.and_then(|least| least.value(figure)),
            progress: value.zip(goal).and_then(|(value, goal)| Course::progress(value, goal)).map(to_six),
            status: goal.and_then(|goal| self.status(value, goal)),
            closed_at: self.value.closed_at.map(|at| self.zone.show(at)),
            value: IndicatorValue::new(figure, &self.value),
            changed_since: self.changed,
            year_before: IndicatorValue::new(figure, &self.before),
        }
    }

    fn status(&self, value: Option<f64>, goal: Goal) -> Option<IndicatorStatus> {
        let definition = &self.indicator.definition;
        let since = definition.since(self.year);
        let elapsed = elapsed(since, self.year, share_of_year(self.year, self.value.to?));
        let is_level = definition.figure.is_rate();
        let course = Course { direction: definition.direction, is_level, elapsed };
        let least = self.value.at_least.and_then(|least| Measure::amount(least).value(definition.figure));
        match (value, least) {
            (Some(value), _) => Some(course.status(value, goal)),
            // It can only be more: enough already, or too much already.
            (None, Some(least)) => {
                let certain = match definition.direction {
                    TargetDirection::AtLeast => IndicatorStatus::Reached,
                    TargetDirection::AtMost => IndicatorStatus::Behind,
                };
                Some(course.status(least, goal)).filter(|status| *status == certain)
            }
            (None, None) => None,
        }
    }
}

fn to_six(value: f64) -> f64 {
    rounded(value, 1e6)
}

/// How much of a year lies before a date.
fn share_of_year(year: i32, to: NaiveDate) -> f64 {
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1);
    let Some((start, end)) = first(year).zip(first(year + 1)) else { return 0.0 };
    (to - start).num_days() as f64 / (end - start).num_days() as f64
}
