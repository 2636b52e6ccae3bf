//! What is to be told about a series: one notice for all of its reservations, with the calendar object they make.

use serde::{Deserialize, Serialize};

use super::{
    notice::{Price, ReservationView},
    seconds,
};
use crate::domain::{ids::SeriesId, instant::Instant};

/// What happened to a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeriesEvent {
    /// To the organiser: it stands.
    Confirmed,
    /// To the organiser: all or some of it wait for approval.
    Requested,
    /// To the venue's staff: some of it await a decision.
    ToDecide,
    /// To the organiser: what waited was approved.
    Approved,
    /// To the organiser: what waited was refused.
    Declined,
    /// To the organiser: changes that waited were refused; what they had stays.
    ChangeDeclined,
    /// To the organiser: nobody decided in time on what waited.
    Lapsed,
    /// To the organiser: nobody decided in time on changes that waited; what they had stays.
    ChangeLapsed,
    /// To the organiser: other times, or other details.
    Changed,
    /// To the organiser: all or some of it were given up.
    Cancelled,
}

impl SeriesEvent {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::Confirmed,
        Self::Requested,
        Self::ToDecide,
        Self::Approved,
        Self::Declined,
        Self::ChangeDeclined,
        Self::Lapsed,
        Self::ChangeLapsed,
        Self::Changed,
        Self::Cancelled,
    ];

    /// As the message files name it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "series-confirmed",
            Self::Requested => "series-requested",
            Self::ToDecide => "series-decide",
            Self::Approved => "series-approved",
            Self::Declined => "series-declined",
            Self::ChangeDeclined => "series-change-declined",
            Self::Lapsed => "series-lapsed",
            Self::ChangeLapsed => "series-change-lapsed",
            Self::Changed => "series-changed",
            Self::Cancelled => "series-cancelled",
        }
    }
}

/// One thing to tell one person about a series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeriesNotice {
    pub what: SeriesEvent,
    pub id: SeriesId,
    /// Revision of the calendar object's master.
    pub sequence: u32,
    /// The first of the occurrences that it is about; it tells what they have in common.
    pub reservation: ReservationView,
    /// Those that it is about, by start; never empty.
    pub dates: Vec<Date>,
    /// Those that could not be made, or changed.
    #[serde(default)]
    pub left_out: Vec<Date>,
    /// What those that it is about cost together.
    #[serde(default)]
    pub total: Option<Price>,
    #[serde(with = "seconds::optional", default)]
    pub decide_by: Option<Instant>,
    /// How many others of the series wait for approval, where it is not about those.
    #[serde(default)]
    pub waiting: u32,
    /// The venue gave it up.
    #[serde(default)]
    pub by_venue: bool,
    /// A calendar invitation was sent before.
    #[serde(default)]
    pub invited: bool,
    /// All that stands; none where nothing does.
    #[serde(default)]
    pub calendar: Option<SeriesCalendar>,
    /// Of those that stand the next, under the series' own title: the calendar object tells of these, even where the letter
    /// is about what was given up. Letters that were queued before there was any say nothing of it.
    #[serde(default)]
    pub standing: Option<Box<ReservationView>>,
}

/// When one occurrence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Date {
    #[serde(with = "seconds")]
    pub starts_at: Instant,
    #[serde(with = "seconds")]
    pub ends_at: Instant,
}

/// The calendar object of a series (RFC 5545): a master with its rule, and the occurrences that differ from it.
/// Local times are written `20261103T100000`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeriesCalendar {
    pub rrule: String,
    /// DTSTART and DTEND of the master.
    pub starts_at: String,
    pub ends_at: String,
    /// EXDATE.
    #[serde(default)]
    pub excluded: Vec<String>,
    #[serde(default)]
    pub overrides: Vec<Override>,
    /// From the first to the last of all: for VTIMEZONE.
    pub spans: Date,
}

/// An occurrence that differs from the master.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Override {
    /// RECURRENCE-ID.
    pub original: String,
    pub sequence: u32,
    pub title: String,
    pub date: Date,
    /// The space where that is another than the series'.
    #[serde(default)]
    pub space_name: Option<String>,
}

/// Which occurrence of which series a reservation is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recurrence {
    pub series: SeriesId,
    /// The local start that the rule gave it, `20261103T100000`.
    pub original: String,
}
