//! What happens to future reservations that a change of the venue's meets (DESIGN 4, `on_affected`).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What to do about them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnAffected {
    /// Change nothing and list them.
    #[default]
    Refuse,
    /// Let them stand.
    Keep,
    /// Cancel them and tell the people.
    Cancel,
}
