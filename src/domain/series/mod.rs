//! Series: what an edit of one touches (`edit`), and what comes of making one (`preview`), DESIGN 4.
//!
//! Which days a rule has is `recurrence`'s to say, whether one occurrence may be booked `decision`'s.

mod edit;
mod preview;
#[cfg(test)]
mod tests;

pub use edit::{Deed, Facts, Fate, OccurrenceNeeded, Reach, Scope, Stays};
pub use preview::{MaxSkippedUnused, Mode, OccurrenceOutcome, OnConflict, Preview, Previewed, SeriesRefusal};
