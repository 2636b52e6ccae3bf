//! Values and targets, exactly: whole seconds, heads and minor units; targets in millionths.

use std::ops::AddAssign;

use super::IndicatorFigure;

/// What was counted, in the figure's smallest parts ([`IndicatorFigure::scale`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// `None` where it can't be known.
    pub numerator: Option<i64>,
    /// Of rates only.
    pub denominator: Option<i64>,
}

impl Measure {
    pub fn amount(value: i64) -> Self {
        Self { numerator: Some(value), denominator: None }
    }

    pub fn rate_of(part: Option<i64>, whole: i64) -> Self {
        Self { numerator: part, denominator: Some(whole) }
    }

    /// Of no time at all.
    pub fn nothing(figure: IndicatorFigure) -> Self {
        Self { numerator: Some(0), denominator: figure.is_rate().then_some(0) }
    }

    /// From 0 to 1; `None` over nothing.
    pub fn rate(self) -> Option<f64> {
        let whole = self.denominator.filter(|whole| *whole != 0)?;
        Some(self.numerator? as f64 / whole as f64)
    }

    /// What is compared with the target, in the figure's unit.
    pub fn value(self, figure: IndicatorFigure) -> Option<f64> {
        if figure.is_rate() {
            return self.rate();
        }
        Some(self.numerator? as f64 / figure.scale() as f64)
    }
}

impl AddAssign for Measure {
    fn add_assign(&mut self, more: Self) {
        let add = |a: Option<i64>, b: Option<i64>| Some(a?.saturating_add(b?));
        self.numerator = add(self.numerator, more.numerator);
        self.denominator = add(self.denominator, more.denominator);
    }
}

/// A target, in millionths of the figure's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Goal(i64);

/// Why a number is no target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidGoal {
    #[error("a target is not negative")]
    Negative,
    #[error("a target is at most a thousand million")]
    TooLarge,
}

impl Goal {
    pub const MAX: f64 = 1e9;
    const PARTS: f64 = 1e6;

    /// Rounded to six decimals.
    ///
    /// # Errors
    /// [`InvalidGoal`].
    pub fn new(value: f64) -> Result<Self, InvalidGoal> {
        match value {
            _ if value.is_nan() || value < 0.0 => Err(InvalidGoal::Negative),
            _ if value > Self::MAX => Err(InvalidGoal::TooLarge),
            _ => Ok(Self((value * Self::PARTS).round() as i64)),
        }
    }

    pub fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    pub fn millionths(self) -> i64 {
        self.0
    }

    pub fn value(self) -> f64 {
        self.0 as f64 / Self::PARTS
    }
}
