//! How far an indicator is, and whether that is as far as it should be by now.

use super::{Goal, TargetDirection};
use crate::domain::codes::codes;

codes! {
    /// How an indicator stands to its target.
    pub enum IndicatorStatus {
        /// For good: what is counted further can't take it away.
        Reached = "reached",
        /// As far as it should be, given how much of the time is over.
        OnTheWay = "on_the_way",
        Behind = "behind",
    }
}

/// A value on its way to its target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Course {
    pub direction: TargetDirection,
    /// Whether it stands at some height (a rate) instead of growing with time.
    pub is_level: bool,
    /// How much of the target's time the value covers, 0 to 1; all of it at the end.
    pub elapsed: f64,
}

/// How much of the target's time is over: the years from `since` to `year`, of whose last one the share `of_year` is. That is
/// below 0 by as much as is missing of the years before it.
pub fn elapsed(since: i32, year: i32, of_year: f64) -> f64 {
    let before = f64::from((year - since).max(0));
    ((before + of_year.min(1.0)) / (before + 1.0)).clamp(0.0, 1.0)
}

impl Course {
    /// The share of the target that the value makes; `None` of a target of 0. Where it is `at_most`, how much is used up.
    pub fn progress(value: f64, goal: Goal) -> Option<f64> {
        (goal.value() > 0.0).then(|| value / goal.value())
    }

    /// Amounts should grow evenly. Rates and amounts that may not grow over it can still be spoilt until the end.
    pub fn status(self, value: f64, goal: Goal) -> IndicatorStatus {
        use IndicatorStatus::{Behind, OnTheWay, Reached};
        let goal = goal.value();
        let is_over = self.elapsed >= 1.0;
        let pace = if self.is_level { goal } else { goal * self.elapsed };
        let (meets, keeps_up) = match self.direction {
            TargetDirection::AtLeast => (value >= goal, value >= pace),
            TargetDirection::AtMost => (value <= goal, value <= pace),
        };
        let stays = self.direction == TargetDirection::AtLeast && !self.is_level;
        if meets && (is_over || stays) {
            Reached
        } else if keeps_up && !is_over {
            OnTheWay
        } else {
            Behind
        }
    }
}
