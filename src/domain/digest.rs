//! The daily digest of a venue's staff: which morning, and what of a night's changes is worth telling.

use chrono::{NaiveDate, NaiveTime};

use super::{codes::codes, instant::Instant, reservation::Status, zone::Zone};

/// The local hour at which the staff are told.
const HOUR: u32 = 7;
/// A service that was away in the morning tells nothing in the afternoon, elapsed seconds.
const LATEST: i64 = 5 * 3600;

/// When the staff are told on a local date.
pub fn morning(zone: Zone, date: NaiveDate) -> Instant {
    let at = NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or(NaiveTime::MIN);
    zone.rule(date.and_time(at))
}

/// The first morning after `now`.
pub fn next_morning(zone: Zone, now: Instant) -> Instant {
    let today = zone.date(now);
    let mornings = today.iter_days().map(|date| morning(zone, date));
    mornings.take(3).find(|at| *at > now).unwrap_or(now.plus(86_400))
}

/// The morning before the one of `due`: what was told then need not be told again.
pub fn morning_before(zone: Zone, due: Instant) -> Instant {
    zone.date(due).pred_opt().map_or(due.plus(-86_400), |date| morning(zone, date))
}

/// Whether it is still the morning that the digest was due on.
pub fn is_still_morning(due: Instant, now: Instant) -> bool {
    now >= due && now <= due.plus(LATEST)
}

codes! {
    /// What became of a reservation since the morning before.
    pub enum News {
        Made = "made",
        Moved = "moved",
        Cancelled = "cancelled",
    }
}

/// One entry of the audit about a reservation: what was done, and what it was before and after, where that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    pub action: String,
    pub from: Option<Status>,
    pub to: Option<Status>,
}

impl Done {
    /// Moved at once, or after the venue approved of it.
    fn moves(&self) -> bool {
        let approved = self.action == "reservation.approved" && stands(self.from) && stands(self.to);
        self.action == "reservation.moved" || approved
    }
}

fn stands(status: Option<Status>) -> bool {
    matches!(status, Some(Status::Confirmed | Status::CheckedIn))
}

/// What all of it, in the order it was done, comes to for those who work there. What came and went within the same day
/// is nothing, and so is what never stood.
pub fn news(done: &[Done]) -> Option<News> {
    let stands_now = done.iter().rev().find_map(|one| one.to).map(|to| stands(Some(to)));
    let first = done.iter().find(|one| one.to.is_some());
    let stood_before = first.is_none_or(|one| stands(one.from));
    let moved = done.iter().any(Done::moves);
    match (stood_before, stands_now) {
        (false, Some(true)) => Some(News::Made),
        (true, Some(false)) if done.iter().any(|one| one.to == Some(Status::Cancelled)) => {
            Some(News::Cancelled)
        }
        (true, Some(true) | None) if moved => Some(News::Moved),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
    }

    #[test]
    fn the_morning_is_the_venues_own_on_either_side_of_a_change_of_clocks() {
        let ljubljana = Zone::parse("Europe/Ljubljana").unwrap();
        for (now, next) in [
            ("2026-03-02T05:59:59Z", "2026-03-02T06:00:00Z"),
            ("2026-03-02T06:00:00Z", "2026-03-03T06:00:00Z"),
            ("2026-03-02T22:59:59Z", "2026-03-03T06:00:00Z"),
            // Summer time begins in the night to the 29th, and ends in that to 25 October.
            ("2026-03-28T07:00:00Z", "2026-03-29T05:00:00Z"),
            ("2026-10-24T06:00:00Z", "2026-10-25T06:00:00Z"),
        ] {
            assert_eq!(next_morning(ljubljana, at(now)), at(next), "{now}");
        }
        let tokyo = Zone::parse("Asia/Tokyo").unwrap();
        assert_eq!(next_morning(tokyo, at("2026-03-02T06:00:00Z")), at("2026-03-02T22:00:00Z"));
        assert_eq!(morning_before(ljubljana, at("2026-03-29T05:00:00Z")), at("2026-03-28T06:00:00Z"));
    }

    #[test]
    fn a_morning_ends_at_noon() {
        let due = at("2026-03-02T06:00:00Z");
        for (now, still) in [(-1, false), (0, true), (5 * 3600, true), (5 * 3600 + 1, false)] {
            assert_eq!(is_still_morning(due, due.plus(now)), still, "{now}");
        }
    }

    #[test]
    fn of_many_changes_one_thing_is_told() {
        use Status::{Cancelled, Confirmed, Declined, Expired, Held, NoShow, Pending};
        let step = |from, to| Done { action: "step".to_owned(), from, to: Some(to) };
        let made = step(None, Confirmed);
        let moved = Done { action: "reservation.moved".to_owned(), from: None, to: None };
        let cancelled = step(Some(Confirmed), Cancelled);
        for (done, told) in [
            (vec![made.clone()], Some(News::Made)),
            (vec![made.clone(), moved.clone()], Some(News::Made)),
            (vec![made.clone(), cancelled.clone()], None),
            (vec![moved.clone()], Some(News::Moved)),
            (vec![moved.clone(), moved.clone()], Some(News::Moved)),
            (vec![moved, cancelled.clone()], Some(News::Cancelled)),
            (vec![cancelled], Some(News::Cancelled)),
            (vec![step(None, Pending)], None),
            (vec![step(None, Pending), step(Some(Pending), Confirmed)], Some(News::Made)),
            (vec![step(Some(Pending), Confirmed)], Some(News::Made)),
            (
                vec![Done { action: "reservation.approved".to_owned(), ..step(Some(Confirmed), Confirmed) }],
                Some(News::Moved),
            ),
            (vec![step(Some(Confirmed), Confirmed)], None),
            (vec![step(Some(Pending), Declined)], None),
            (vec![step(None, Held), step(Some(Held), Expired)], None),
            (vec![step(Some(Confirmed), NoShow)], None),
            (vec![], None),
        ] {
            assert_eq!(news(&done), told, "{done:?}");
        }
    }
}
