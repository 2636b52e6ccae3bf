//! What is wrong with a venue's outside calendars, for its staff's morning: one that can't be read for a day, and events that
//! meet what stands.

use super::{MOST, view::conflicts};
use crate::{
    app::{App, error::Error},
    domain::{ids::VenueId, instant::Instant, outside::FetchResult},
    mail::digest::CalendarTrouble,
    store::{
        db::ReadTx,
        outside::{self, OutsideCalendar},
    },
};

/// A server may be away for a while without anybody having to do something, seconds.
const PATIENCE: i64 = 86_400;

pub(crate) fn of_venue(
    tx: &mut ReadTx,
    app: &App,
    venue: VenueId,
    now: Instant,
) -> Result<Vec<CalendarTrouble>, Error> {
    let mut troubles = Vec::new();
    for calendar in outside::of_venue(tx, venue, None, MOST)? {
        let conflicts = conflicts(tx, app, &calendar)?.len();
        let failing = failing(&calendar, now);
        if failing.is_some() || conflicts > 0 {
            troubles.push(CalendarTrouble {
                name: calendar.name,
                failing,
                read_at: calendar.read_at,
                conflicts: u32::try_from(conflicts).unwrap_or(u32::MAX),
                url: format!("{}/sign-in", app.public_url),
            });
        }
    }
    Ok(troubles)
}

/// How the last try ended, where none went well for a day.
fn failing(calendar: &OutsideCalendar, now: Instant) -> Option<String> {
    let since = calendar.read_at.unwrap_or(calendar.created_at);
    let failed = calendar.result.clone().filter(|result| result != FetchResult::Ok.as_str());
    failed.filter(|_| now.since(since) >= PATIENCE)
}
