//! Reminding an organiser of what is ahead: when, and whether at all (DESIGN 4, policy).
//!
//! So many hours before the start means elapsed ones, whatever the clocks on the wall do in between. Whoever is told of
//! a start later than that needs no reminder of it, and nobody is reminded of one start twice.

use super::{
    instant::{Instant, Interval},
    reservation::Status,
};

/// A reservation's reminder. It is brought in line with the reservation whenever that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reminder {
    /// Before the start, as the policy said when it was made; 0: none.
    pub hours: u32,
    /// When it is due; `None` where it was sent, or is not needed.
    pub due: Option<Instant>,
    /// The start that this was decided for; `None` while the reservation does not stand.
    pub decided_for: Option<Instant>,
}

impl Reminder {
    /// That of what is only being made.
    pub const fn new(hours: u32) -> Self {
        Self { hours, due: None, decided_for: None }
    }

    /// As it has to be of a reservation that was written at `now`. Only what is confirmed and not begun is reminded of;
    /// a start that is new, or newly certain, is decided on once.
    #[must_use]
    pub fn following(self, status: Status, interval: Interval, now: Instant) -> Self {
        let start = interval.start();
        if status != Status::Confirmed {
            return Self::new(self.hours);
        }
        if self.decided_for == Some(start) {
            return self;
        }
        let due = Self::due_at(self.hours, start).filter(|at| *at >= now);
        Self { due, decided_for: Some(start), ..self }
    }

    /// Elapsed hours before the start.
    fn due_at(hours: u32, start: Instant) -> Option<Instant> {
        (hours > 0).then(|| start.plus(-i64::from(hours) * 3600))
    }

    /// Whether it is of a reservation that looks like this: for `prostor check`.
    pub fn fits(self, status: Status, interval: Interval) -> bool {
        let start = interval.start();
        let right = self.due == Self::due_at(self.hours, start) && self.decided_for == Some(start);
        self.due.is_none() || status == Status::Confirmed && right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;

    fn at(hours: i64) -> Instant {
        Instant::from_unix(1_774_000_000).plus(hours * HOUR)
    }

    fn lasting(hours: i64) -> Interval {
        Interval::new(at(hours), at(hours + 1)).unwrap()
    }

    #[test]
    fn what_is_told_later_than_the_reminder_needs_none() {
        let status = Status::Confirmed;
        for (hours, start, seconds, due) in [
            (24, 25, 0, Some(at(1))),
            (24, 24, 0, Some(at(0))),
            (24, 24, 1, None),
            (24, 3, 0, None),
            (1, 3, 0, Some(at(2))),
            (0, 100, 0, None),
        ] {
            let told = at(0).plus(seconds);
            let reminder = Reminder::new(hours).following(status, lasting(start), told);
            assert_eq!(reminder.due, due, "{hours} h before what begins in {start} h");
            assert!(reminder.fits(status, lasting(start)));
        }
    }

    #[test]
    fn it_follows_moves_and_goes_with_the_reservation() {
        let made = Reminder::new(24).following(Status::Confirmed, lasting(48), at(0));
        assert_eq!(made.due, Some(at(24)));
        // Other words, or another end, change nothing of it.
        assert_eq!(made.following(Status::Confirmed, lasting(48), at(30)), made);
        let later = made.following(Status::Confirmed, lasting(72), at(1));
        assert_eq!(later.due, Some(at(48)));
        let soon = made.following(Status::Confirmed, lasting(20), at(1));
        assert_eq!((soon.due, soon.decided_for), (None, Some(at(20))));
        for gone in [Status::Cancelled, Status::CheckedIn, Status::Completed, Status::NoShow] {
            assert_eq!(made.following(gone, lasting(48), at(1)), Reminder::new(24), "{gone}");
        }
        assert!(!made.fits(Status::Cancelled, lasting(48)) && !made.fits(Status::Confirmed, lasting(47)));
    }

    #[test]
    fn nobody_is_reminded_of_one_start_twice() {
        let made = Reminder::new(24).following(Status::Confirmed, lasting(48), at(0));
        let sent = Reminder { due: None, ..made };
        assert_eq!(sent.following(Status::Confirmed, lasting(48), at(25)).due, None);
        // Away and back again after it was sent.
        let away = sent.following(Status::Confirmed, lasting(96), at(25));
        assert_eq!(away.due, Some(at(72)));
        assert_eq!(away.following(Status::Confirmed, lasting(48), at(26)).due, None);
    }

    #[test]
    fn what_waits_for_approval_is_decided_on_once_it_is_approved() {
        let asked = Reminder::new(24).following(Status::Pending, lasting(48), at(0));
        assert_eq!(asked, Reminder::new(24));
        assert_eq!(asked.following(Status::Confirmed, lasting(48), at(20)).due, Some(at(24)));
        assert_eq!(asked.following(Status::Confirmed, lasting(48), at(25)).due, None);
    }
}
