//! Which occurrences an edit of a series touches: past, started, cancelled and individually changed ones
//! stay as they are (DESIGN 4).

use chrono::NaiveDateTime;

use crate::domain::{
    codes::codes,
    instant::{Instant, Interval},
    reservation::Status,
};

codes! {
    /// How far an edit goes.
    pub enum Scope {
        /// This occurrence alone.
        This = "this",
        /// This occurrence and those after it.
        Following = "following",
        /// The whole series.
        All = "all",
    }
}

codes! {
    /// What is done to the occurrences.
    pub enum Deed {
        /// They are moved or edited.
        Change = "change",
        /// They are given up.
        Cancel = "cancel",
    }
}

codes! {
    /// Why an occurrence within reach stays as it is.
    pub enum Stays {
        /// It is cancelled, declined or expired already.
        Cancelled = "cancelled",
        /// It is over.
        Past = "past",
        /// It has begun.
        Started = "started",
        /// Somebody moved or edited it by itself, and meant it.
        Changed = "changed",
    }
}

/// How far an edit goes, and from where: occurrences are named by the local start that the rule gave them
/// (RECURRENCE-ID), wherever they have been moved since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    This(NaiveDateTime),
    /// From this local time on; for a cancellation it need not be an occurrence.
    Following(NaiveDateTime),
    All,
}

/// `this` and `following` say from which occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` needs an occurrence")]
pub struct OccurrenceNeeded(pub Scope);

/// What an edit must know of a reservation of the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The local start that the rule gave it.
    pub original: NaiveDateTime,
    /// When it takes place now.
    pub interval: Interval,
    pub status: Status,
    /// Moved or edited by itself, or a move of it waits for approval.
    pub changed: bool,
}

/// What becomes of one occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Touched,
    /// The edit would reach it, but it stays.
    Stays(Stays),
    /// The edit does not go so far.
    Beyond,
}

impl Reach {
    /// With `all`, the occurrence from which it was asked means nothing.
    ///
    /// # Errors
    /// [`OccurrenceNeeded`].
    pub fn of(scope: Scope, occurrence: Option<NaiveDateTime>) -> Result<Self, OccurrenceNeeded> {
        let needed = occurrence.ok_or(OccurrenceNeeded(scope));
        Ok(match scope {
            Scope::This => Self::This(needed?),
            Scope::Following => Self::Following(needed?),
            Scope::All => Self::All,
        })
    }

    /// Where the rule must be split (`Rule::until_before`) for a series that begins at `first`; `None` where it need
    /// not be: for one occurrence, for all, and from the first on, which is all.
    pub fn split_at(self, first: NaiveDateTime) -> Option<NaiveDateTime> {
        match self {
            Self::Following(from) if from > first => Some(from),
            _ => None,
        }
    }

    fn holds(self, original: NaiveDateTime) -> bool {
        match self {
            Self::This(one) => original == one,
            Self::Following(from) => original >= from,
            Self::All => true,
        }
    }
}

impl Facts {
    /// What `deed` makes of it at `now`.
    ///
    /// An individually changed occurrence stays when a wider edit passes, but not when it is itself the one named,
    /// and not when the series is given up: a room kept by a forgotten exception helps nobody.
    pub fn fate(&self, reach: Reach, deed: Deed, now: Instant) -> Fate {
        if !reach.holds(self.original) {
            return Fate::Beyond;
        }
        let named = matches!(reach, Reach::This(_));
        match self.settled(now) {
            Some(stays) => Fate::Stays(stays),
            None if self.changed && deed == Deed::Change && !named => Fate::Stays(Stays::Changed),
            None => Fate::Touched,
        }
    }

    /// Why no edit of the series can touch it any more.
    fn settled(&self, now: Instant) -> Option<Stays> {
        match self.status {
            Status::Cancelled | Status::Declined | Status::Expired => Some(Stays::Cancelled),
            Status::Completed => Some(Stays::Past),
            _ if self.interval.end() <= now => Some(Stays::Past),
            // Somebody may have checked in before the start.
            Status::CheckedIn | Status::NoShow => Some(Stays::Started),
            Status::Held | Status::Pending | Status::Confirmed => {
                (self.interval.start() <= now).then_some(Stays::Started)
            }
        }
    }
}
