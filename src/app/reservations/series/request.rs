//! Requests about series, as they are sent.

use serde::Deserialize;
use utoipa::ToSchema;

use super::super::request::{NewReservation, ReservationChange};
use crate::{
    app::error::{Error, FieldError},
    domain::{
        given::given,
        series::{Mode, OnConflict},
        text::Prose,
        zone::{DateOrTime, TimeInput},
    },
};

/// A series to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeries {
    /// The first occurrence, and what all of them have in common.
    pub template: NewReservation,
    /// RFC 5545: DAILY, WEEKLY with BYDAY or MONTHLY by day or numbered weekday; with COUNT or UNTIL.
    #[schema(max_length = 512, example = "FREQ=WEEKLY;BYDAY=TU;COUNT=12")]
    pub rrule: String,
    /// Local dates, or starts, on which it does not take place; those that meet none have no effect.
    #[schema(max_items = 366)]
    pub exdates: Option<Vec<DateOrTime>>,
    pub on_conflict: OnConflict,
    /// With `skip_conflicts`: the most that may be left out; where nothing is said, as many as must be.
    #[schema(maximum = 366)]
    pub max_skipped: Option<u32>,
}

impl NewSeries {
    /// # Errors
    /// `invalid` for a number that means nothing, and for holds: a series is made or not.
    pub(super) fn mode(&self) -> Result<Mode, Error> {
        if self.template.hold == Some(true) {
            return Err(Error::field("/template/hold", "not_of_series"));
        }
        mode(self.on_conflict, self.max_skipped)
    }
}

/// What changes of a series.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesChange {
    /// The `recurrence_id` of an occurrence: it and those after it become a series of their own. Without it the whole
    /// series is changed.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub from: Option<TimeInput>,
    /// As for one reservation. Times are those of the occurrence named by `from`, else of the first one, and stay on
    /// their day: the rule says on which days.
    pub change: ReservationChange,
    /// What is done where occurrences can't be changed; left out means `all_or_nothing`. What is left out
    /// stays as it is.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub on_conflict: Option<OnConflict>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, maximum = 366)]
    pub max_skipped: Option<u32>,
}

impl SeriesChange {
    /// # Errors
    /// `invalid` for a number that means nothing.
    pub(super) fn mode(&self) -> Result<Mode, Error> {
        mode(self.on_conflict.unwrap_or(OnConflict::AllOrNothing), self.max_skipped)
    }

    /// Whether it says at what time of the day.
    pub(super) fn names_times(&self) -> bool {
        self.change.starts_at.is_some() || self.change.ends_at.is_some()
    }
}

/// What is given up of a series, and why.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesCancellation {
    /// From this local date or time on; all that is ahead where nothing is said.
    pub from: Option<DateOrTime>,
    pub message: Option<Prose<2000>>,
}

impl SeriesCancellation {
    pub(super) fn text(&self) -> Option<&str> {
        self.message.as_ref().map(Prose::as_str).filter(|text| !text.is_empty())
    }
}

fn mode(on_conflict: OnConflict, max_skipped: Option<u32>) -> Result<Mode, Error> {
    Mode::of(on_conflict, max_skipped).map_err(|_| Error::field("/max_skipped", "only_skipping"))
}

/// A refusal of the template or the change, said of where it stands in the body.
pub(super) fn within(member: &str, error: Error) -> Error {
    match error {
        Error::Fields(errors) => {
            let moved = errors
                .into_iter()
                .map(|error| FieldError { pointer: format!("/{member}{}", error.pointer), ..error });
            Error::Fields(moved.collect())
        }
        other => other,
    }
}
