//! What became of a reservation's fee ↔ the columns of its row about that.

use diesel::prelude::*;

use super::{error::StoreError, schema::reservations};
use crate::domain::{fees::Settled, instant::Instant};

/// The columns of a reservation's row that are about its fee; all of them, or none.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reservations, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct Row {
    fee_settled: Option<i64>,
    fee_settled_as: Option<String>,
    fee_settled_at: Option<Instant>,
}

impl Row {
    pub(super) fn of(settled: Option<Settled>) -> Self {
        Self {
            fee_settled: settled.map(|settled| settled.minor),
            fee_settled_as: settled.map(|settled| settled.how.to_string()),
            fee_settled_at: settled.map(|settled| settled.at),
        }
    }

    /// # Errors
    /// `Corrupt` for what is no settlement.
    pub(super) fn read(self) -> Result<Option<Settled>, StoreError> {
        let Some((minor, (how, at))) =
            self.fee_settled.zip(self.fee_settled_as.as_deref().zip(self.fee_settled_at))
        else {
            return Ok(None);
        };
        let how = how.parse().map_err(|error| StoreError::corrupt("fee_settled_as", error))?;
        Ok(Some(Settled { minor, how, at }))
    }
}
