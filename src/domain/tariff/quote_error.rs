//! Why what is asked for can't be quoted, with the stable codes of DESIGN 5.

use crate::domain::{ids::SpaceId, instant::Instant};

/// Why there is no quote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuoteError {
    #[error("the tariff has no extra `{name}`")]
    UnknownExtra { name: String },
    #[error("the extra `{name}` is asked for twice")]
    ExtraRepeated { name: String },
    #[error("of the extra `{name}` 1 to {maximum} can be had")]
    ExtraQuantity { name: String, maximum: u32 },
    #[error("the extra `{name}` is priced per person: how many come?")]
    AttendeesNeeded { name: String },
    /// Only of a tariff that `check` refuses.
    #[error("the tariff has no price for this time")]
    NoRate { at: Instant },
    #[error("the price is too large")]
    TooLarge,
    /// One quote is in one currency, and its prices are all with VAT or all without.
    #[error("the tariff of {pool} does not go together with the space's")]
    Mixed { pool: SpaceId },
}

impl QuoteError {
    /// The stable code of DESIGN 5.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownExtra { .. } => "extra_unknown",
            Self::ExtraRepeated { .. } => "extra_repeated",
            Self::ExtraQuantity { .. } => "extra_quantity",
            Self::AttendeesNeeded { .. } => "attendees_needed",
            Self::NoRate { .. } => "no_rate",
            Self::TooLarge => "price_too_large",
            Self::Mixed { .. } => "tariffs_differ",
        }
    }
}
