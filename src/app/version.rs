//! Versions of representations: every change raises one, `If-Match` names one.

use super::error::{Code, Error};

/// Which versions a change may start from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    Any,
    OneOf(Vec<i64>),
}

impl Expected {
    /// # Errors
    /// `precondition_failed` when `current` is not among them.
    pub fn check(&self, current: i64) -> Result<(), Error> {
        match self {
            Self::OneOf(versions) if !versions.contains(&current) => Err(Code::PreconditionFailed.into()),
            Self::Any | Self::OneOf(_) => Ok(()),
        }
    }
}

/// A representation that carries its version.
pub trait Versioned {
    fn version(&self) -> i64;
}
