//! What a venue's staff are told in the morning: one notice with all of the day.

use serde::{Deserialize, Serialize};

use super::{notice::VenueView, organisation::OrganisationView, seconds};
use crate::domain::{digest::News, ids::UserId, instant::Instant};

/// One venue's day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DigestNotice {
    pub venue: VenueView,
    /// The morning it is of.
    #[serde(with = "seconds")]
    pub at: Instant,
    /// What stands of the day, by start.
    pub today: Vec<Line>,
    /// What waits for a decision.
    pub waiting: Vec<Line>,
    /// What changed since the morning before.
    pub news: Vec<Change>,
    /// Outside calendars that can't be read, or whose events meet what stands.
    #[serde(default)]
    pub calendars: Vec<CalendarTrouble>,
    /// Where its reader does without.
    #[serde(default)]
    pub stop: Option<String>,
}

impl DigestNotice {
    /// Whether there is nothing to tell.
    pub const fn is_empty(&self) -> bool {
        self.today.is_empty() && self.waiting.is_empty() && self.news.is_empty() && self.calendars.is_empty()
    }
}

/// One reservation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub space_name: String,
    pub title: String,
    pub organiser_name: String,
    /// By which it is found when they are erased.
    #[serde(default)]
    pub organiser: Option<UserId>,
    #[serde(default)]
    pub organisation: Option<OrganisationView>,
    #[serde(with = "seconds")]
    pub starts_at: Instant,
    #[serde(with = "seconds")]
    pub ends_at: Instant,
    #[serde(default)]
    pub attendees: Option<u32>,
    /// Of what waits: until when.
    #[serde(with = "seconds::optional", default)]
    pub decide_by: Option<Instant>,
    pub url: String,
}

/// What is wrong with an outside calendar.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalendarTrouble {
    pub name: String,
    /// How the last try ended (`domain::outside`), where it failed for a day or longer.
    pub failing: Option<String>,
    /// When it was last read.
    #[serde(with = "seconds::optional", default)]
    pub read_at: Option<Instant>,
    /// Its events that meet reservations.
    pub conflicts: u32,
    pub url: String,
}

/// One reservation, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    pub what: News,
    pub line: Line,
}
