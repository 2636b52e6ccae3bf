//! Bringing in what a venue kept elsewhere: what is done with lines that can't be had, and what comes of each line.

use super::codes::codes;

codes! {
    /// What an import does.
    pub enum Mode {
        /// Only tell what would come of each line.
        DryRun = "dry_run",
        /// Nothing, unless all lines can be had.
        AllOrNothing = "all_or_nothing",
        /// Leave out what can't be had.
        SkipConflicts = "skip_conflicts",
    }
}

codes! {
    /// What comes of a line.
    pub enum LineOutcome {
        Created = "created",
        /// It was brought in before, and says the same; or it says of itself that nothing takes place.
        Unchanged = "unchanged",
        /// Something else stands there: the time is taken, or the line said something else when it was brought in.
        Conflict = "conflict",
        /// The rules that not even staff may go beyond refuse it.
        Refused = "refused",
        /// It can't be read, or means nothing.
        Invalid = "invalid",
    }
}

impl LineOutcome {
    /// Whether all is well with the line.
    pub const fn is_had(self) -> bool {
        matches!(self, Self::Created | Self::Unchanged)
    }
}

codes! {
    /// What reservations are brought in as.
    pub enum ImportFormat {
        Csv = "csv",
        /// RFC 5545.
        Ics = "ics",
    }
}
