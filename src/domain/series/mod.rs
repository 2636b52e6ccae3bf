//! Series: what one is (`record`), what an edit touches (`edit`), what comes of making one (`preview`), DESIGN 4.
//!
//! Which days a rule has is `recurrence`'s to say, whether one occurrence may be booked `decision`'s.

mod edit;
mod preview;
mod record;
#[cfg(test)]
mod tests;

pub use edit::{Deed, Facts, Fate, OccurrenceNeeded, Reach, Scope, Stays};
pub use preview::{
    MaxSkippedUnused, Mode, OccurrenceOutcome, OnConflict, Preview, Previewed, SeriesRefusal, too_long,
};
pub use record::{Belongs, Series, Standing};
