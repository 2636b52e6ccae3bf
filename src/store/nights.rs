//! The hours of nights out of their columns: a space booked by nights has both, and no other space has any.

use super::error::StoreError;
use crate::domain::{hours::TimeOfDay, space::BookedBy, stays::Nights};

pub(super) fn read(
    by: BookedBy,
    arrival: Option<&str>,
    departure: Option<&str>,
) -> Result<Option<Nights>, StoreError> {
    let hour = |text: &str| text.parse::<TimeOfDay>().map_err(|error| StoreError::corrupt("nights", error));
    match (by, arrival, departure) {
        (BookedBy::Nights, Some(arrival), Some(departure)) => {
            Ok(Some(Nights { arrival: hour(arrival)?, departure: hour(departure)? }))
        }
        (BookedBy::Hours | BookedBy::Days, None, None) => Ok(None),
        _ => Err(StoreError::corrupt("nights", "hours of arrival and departure belong to nights")),
    }
}
