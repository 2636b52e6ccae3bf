//! When this node last looked at the waiting list of a venue, so that it need not look where nothing can have come free.
//!
//! Nothing happens without an audit entry, so a venue without a new one has nothing new to offer: whatever frees time
//! need not remember the list. What this can't see (time alone lets a slot come into the horizon or a quota begin anew;
//! what happens in other venues counts for a person's limits) is found when a venue is looked at anyway. The memory is
//! the node's own: one that starts looks at everything, and two nodes rely on nothing of each other's.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::domain::{ids::VenueId, instant::Instant, waiting::awake, zone::Zone};

/// A change is seen though it is committed so many seconds after the time that its audit entry bears.
const LATE: i64 = 60;
/// A venue is looked at anyway after so many seconds.
const ANYWAY: i64 = 600;

/// By venue: when its list was looked at from end to end.
#[derive(Debug, Default)]
pub struct Looks(Mutex<HashMap<VenueId, Instant>>);

impl Looks {
    /// From when on a change at the venue is news; `None` where it is to be looked at in any case.
    pub fn news_since(&self, venue: VenueId, zone: Zone, now: Instant) -> Option<Instant> {
        let last = *self.lock().get(&venue)?;
        let wakes = awake(zone, now) && !awake(zone, last);
        let recent = last <= now && now < last.plus(ANYWAY);
        (recent && !wakes).then(|| last.plus(-LATE))
    }

    /// All was looked at as it stood at `now` or later.
    pub fn looked(&self, venue: VenueId, now: Instant) {
        self.lock().insert(venue, now);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<VenueId, Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_venue_is_looked_at_for_news_in_the_morning_and_now_and_then() {
        let at = |text: &str| Instant::from(text.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        let venue = VenueId::from_uuid(uuid::Uuid::nil());
        let looks = Looks::default();
        assert_eq!(looks.news_since(venue, Zone::default(), at("2026-03-02T09:00:00Z")), None);
        for (last, now, since) in [
            ("2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z", Some("2026-03-02T08:59:00Z")),
            ("2026-03-02T09:00:00Z", "2026-03-02T09:09:59Z", Some("2026-03-02T08:59:00Z")),
            ("2026-03-02T09:00:00Z", "2026-03-02T09:10:00Z", None),
            // It wakes at eight in Ljubljana, and need not look once more when it falls asleep.
            ("2026-03-02T06:59:50Z", "2026-03-02T07:00:00Z", None),
            ("2026-03-02T07:00:00Z", "2026-03-02T07:00:10Z", Some("2026-03-02T06:59:00Z")),
            ("2026-03-02T19:59:50Z", "2026-03-02T20:00:00Z", Some("2026-03-02T19:58:50Z")),
            // A clock that was put back.
            ("2026-03-02T09:00:00Z", "2026-03-02T08:59:00Z", None),
        ] {
            looks.looked(venue, at(last));
            assert_eq!(looks.news_since(venue, Zone::default(), at(now)), since.map(at), "{last} {now}");
        }
    }
}
