//! A reservation's states and the moves between them (DESIGN 4, States), and what it is for.
//!
//! Time enters only as an argument; who may act is `access`'s to say.

use chrono::{Datelike, Days, Months, NaiveDate};
use thiserror::Error;

use super::{
    codes::codes,
    instant::{Instant, Interval},
    zone::Zone,
};

codes! {
    /// Where a reservation stands.
    pub enum Status {
        /// Kept for a few minutes, expires by itself.
        Held = "held",
        /// Waits for approval; holds its slot.
        Pending = "pending",
        Confirmed = "confirmed",
        Declined = "declined",
        Expired = "expired",
        Cancelled = "cancelled",
        CheckedIn = "checked_in",
        NoShow = "no_show",
        Completed = "completed",
    }
}

codes! {
    /// What is done to a reservation.
    pub enum Action {
        /// A hold becomes a reservation, no approval needed.
        Confirm = "confirm",
        /// A hold becomes a request for approval.
        Request = "request",
        Approve = "approve",
        Decline = "decline",
        Cancel = "cancel",
        /// A hold or a request ran out of time.
        Expire = "expire",
        CheckIn = "check_in",
        /// Nobody came: the rest of the time is released.
        MarkNoShow = "mark_no_show",
        /// Staff take a no-show back, within [`REINSTATE_DAYS`].
        Reinstate = "reinstate",
        /// People left; ends it, early or not.
        CheckOut = "check_out",
        /// Its end has come.
        Complete = "complete",
    }
}

codes! {
    /// Who gave up what had been confirmed.
    pub enum CancelledBy {
        /// The organiser, or somebody of their organisation.
        Organiser = "organiser",
        Venue = "venue",
    }
}

codes! {
    /// What a reservation is for.
    pub enum Purpose {
        Meeting = "meeting",
        Coworking = "coworking",
        Workshop = "workshop",
        Training = "training",
        Event = "event",
        Exhibition = "exhibition",
        Rehearsal = "rehearsal",
        Mentoring = "mentoring",
        Other = "other",
    }
}

/// Days after its end within which staff may reinstate a no-show.
pub const REINSTATE_DAYS: i64 = 7;

/// Days after its end at which a month's figures are closed (DESIGN 7).
pub const MONTH_CLOSES_AFTER_DAYS: u64 = 14;

/// What an action did to the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// It is now this.
    To(Status),
    /// The action's target already held: nothing is written, nothing is sent.
    Unchanged,
}

/// The action is not possible in this status (409 `state_conflict`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a {status} reservation can't take the action `{action}`")]
pub struct StateConflict {
    pub status: Status,
    pub action: Action,
}

impl Status {
    /// Whether it takes its units' time.
    pub const fn occupies(self) -> bool {
        matches!(self, Self::Held | Self::Pending | Self::Confirmed | Self::CheckedIn)
    }

    /// Whether quotas count it: it was neither given up nor refused.
    pub const fn counts(self) -> bool {
        !matches!(self, Self::Cancelled | Self::Declined | Self::Expired)
    }

    /// Whether no action leads out of it, ever.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Declined | Self::Expired | Self::Cancelled | Self::Completed)
    }

    /// The status after `action`.
    ///
    /// # Errors
    /// [`StateConflict`] where DESIGN 4 has no such transition.
    pub const fn after(self, action: Action) -> Result<Transition, StateConflict> {
        use Status::{CheckedIn, Confirmed, Held, NoShow, Pending};
        let target = action.target();
        if self as u8 == target as u8 {
            return Ok(Transition::Unchanged);
        }
        let possible = match action {
            Action::Confirm | Action::Request => matches!(self, Held),
            Action::Approve | Action::Decline => matches!(self, Pending),
            Action::Cancel => matches!(self, Held | Pending | Confirmed),
            Action::Expire => matches!(self, Held | Pending),
            Action::CheckIn | Action::MarkNoShow => matches!(self, Confirmed),
            Action::Reinstate => matches!(self, NoShow),
            Action::CheckOut => matches!(self, CheckedIn),
            Action::Complete => matches!(self, Confirmed | CheckedIn),
        };
        if possible { Ok(Transition::To(target)) } else { Err(StateConflict { status: self, action }) }
    }
}

impl Action {
    /// The status it aims at.
    pub const fn target(self) -> Status {
        match self {
            Self::Confirm | Self::Approve => Status::Confirmed,
            Self::Request => Status::Pending,
            Self::Decline => Status::Declined,
            Self::Cancel => Status::Cancelled,
            Self::Expire => Status::Expired,
            Self::CheckIn | Self::Reinstate => Status::CheckedIn,
            Self::MarkNoShow => Status::NoShow,
            Self::CheckOut | Self::Complete => Status::Completed,
        }
    }
}

/// How a cancellation counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancellation {
    InTime,
    /// After the notice: counted, perhaps charged.
    Late,
    /// The start has come: cancelling is no longer possible.
    TooLate,
}

/// How a cancellation at `now` counts; with exactly the notice left it is in time.
pub fn cancellation(now: Instant, starts_at: Instant, notice_minutes: u32) -> Cancellation {
    if now >= starts_at {
        Cancellation::TooLate
    } else if now.plus_minutes(notice_minutes.into()) > starts_at {
        Cancellation::Late
    } else {
        Cancellation::InTime
    }
}

/// Until when a hold made at `now` keeps its slot: so many minutes, at the latest till the slot is over. What needs
/// approval is asked for before it begins. A hold does not outlast those it replaces (`replaced`): who holds the same
/// time again and again does not keep it for ever.
pub fn hold_expires(
    now: Instant,
    interval: Interval,
    hold_minutes: u32,
    asks: bool,
    replaced: Option<Instant>,
) -> Instant {
    let latest = if asks { interval.start() } else { interval.end() };
    let expires = now.plus_minutes(hold_minutes.into()).min(latest);
    replaced.map_or(expires, |replaced| expires.min(replaced))
}

/// Until when a request made at `now` waits for an answer: `approval_hours`, at the latest its start.
pub fn approval_expires(now: Instant, starts_at: Instant, approval_hours: u32) -> Instant {
    now.plus_minutes(i64::from(approval_hours) * 60).min(starts_at)
}

/// Until when a requested change waits for an answer: like a request, and at the latest till the slot that is or the
/// one that is wished begins. What has begun already is awaited till the end of its own slot.
pub fn change_expires(now: Instant, own: Interval, wished: Interval, approval_hours: u32) -> Instant {
    let bound = |start: Instant| if start > now { start } else { own.end() };
    approval_expires(now, bound(own.start()).min(bound(wished.start())), approval_hours)
}

/// Until when heads are counted: the figures of the local month it began in close then. Who is there longer
/// than that is counted till the end.
pub fn counting_ends(interval: Interval, zone: Zone) -> Instant {
    let closes = month_closes(zone.date(interval.start()), zone);
    closes.map_or(interval.end(), |closes| closes.max(interval.end()))
}

/// When the figures of a local date's month are closed; `None` at the end of the calendar.
pub fn month_closes(date: NaiveDate, zone: Zone) -> Option<Instant> {
    let next = date.with_day(1)?.checked_add_months(Months::new(1))?;
    let closes = next.checked_add_days(Days::new(MONTH_CLOSES_AFTER_DAYS))?;
    Some(zone.day(closes).start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_transitions_are_those_of_the_table_and_no_others() {
        use Action::*;
        use Status::*;
        let table = [
            (Held, Confirm, Confirmed),
            (Held, Request, Pending),
            (Held, Expire, Expired),
            (Held, Cancel, Cancelled),
            (Pending, Approve, Confirmed),
            (Pending, Decline, Declined),
            (Pending, Cancel, Cancelled),
            (Pending, Expire, Expired),
            (Confirmed, CheckIn, CheckedIn),
            (Confirmed, Cancel, Cancelled),
            (Confirmed, MarkNoShow, NoShow),
            (Confirmed, Complete, Completed),
            (CheckedIn, Complete, Completed),
            (CheckedIn, CheckOut, Completed),
            (NoShow, Reinstate, CheckedIn),
        ];
        for &status in Status::ALL {
            for &action in Action::ALL {
                let listed = table.iter().find(|(from, by, _)| (*from, *by) == (status, action));
                let wanted = match listed {
                    Some((_, _, to)) => Ok(Transition::To(*to)),
                    None if status == action.target() => Ok(Transition::Unchanged),
                    None => Err(StateConflict { status, action }),
                };
                assert_eq!(status.after(action), wanted, "{status} {action}");
            }
        }
    }

    #[test]
    fn a_final_status_has_no_way_out_and_the_others_have() {
        for &status in Status::ALL {
            let leads_on =
                Action::ALL.iter().any(|&action| matches!(status.after(action), Ok(Transition::To(_))));
            assert_eq!(leads_on, !status.is_final(), "{status}");
        }
    }

    #[test]
    fn only_living_reservations_occupy() {
        let occupying: Vec<&str> = Status::ALL.iter().filter(|s| s.occupies()).map(|s| s.as_str()).collect();
        assert_eq!(occupying, ["held", "pending", "confirmed", "checked_in"]);
    }

    #[test]
    fn a_cancellation_is_late_after_the_notice_and_impossible_from_the_start() {
        let start = Instant::from_unix(1_800_000_000);
        for (minutes_before, notice, wanted) in [
            (1440, 1440, Cancellation::InTime),
            (1439, 1440, Cancellation::Late),
            (1, 1440, Cancellation::Late),
            (1, 0, Cancellation::InTime),
            (0, 0, Cancellation::TooLate),
            (-5, 1440, Cancellation::TooLate),
        ] {
            let now = start.plus_minutes(-minutes_before);
            assert_eq!(cancellation(now, start, notice), wanted, "{minutes_before} {notice}");
        }
    }

    #[test]
    fn a_hold_keeps_its_minutes_but_not_past_its_slot_nor_those_it_replaces() {
        let now = Instant::from_unix(1_800_000_000);
        let minutes = |n: i64| now.plus_minutes(n);
        let slot = |from: i64, to: i64| Interval::new(minutes(from), minutes(to)).unwrap();
        for (interval, asks, replaced, wanted) in [
            (slot(60, 120), false, None, 10),
            (slot(60, 120), true, None, 10),
            // It begins, or ends, before the minutes are over.
            (slot(5, 60), false, None, 10),
            (slot(5, 60), true, None, 5),
            (slot(-30, 4), false, None, 4),
            (slot(60, 120), false, Some(3), 3),
            (slot(60, 120), false, Some(30), 10),
        ] {
            let replaced = replaced.map(minutes);
            let expires = hold_expires(now, interval, 10, asks, replaced);
            assert_eq!(expires, minutes(wanted), "{interval:?} {asks} {replaced:?}");
        }
    }

    #[test]
    fn a_request_waits_its_hours_but_not_past_its_start() {
        let now = Instant::from_unix(1_800_000_000);
        let hours = |n: i64| now.plus_minutes(60 * n);
        assert_eq!(approval_expires(now, hours(100), 72), hours(72));
        assert_eq!(approval_expires(now, hours(10), 72), hours(10));
    }

    #[test]
    fn heads_are_counted_until_the_month_closes() {
        let at = |text: &str| Instant::from(text.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
        for (from, to, wanted) in [
            ("2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z", "2026-02-14T23:00:00Z"),
            // The last hour of March in Ljubljana, and the first of April.
            ("2026-03-31T21:00:00Z", "2026-03-31T22:00:00Z", "2026-04-14T22:00:00Z"),
            ("2026-03-31T22:00:00Z", "2026-03-31T23:00:00Z", "2026-05-14T22:00:00Z"),
            ("2025-12-31T12:00:00Z", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
        ] {
            let interval = Interval::new(at(from), at(to)).unwrap();
            assert_eq!(counting_ends(interval, Zone::default()), at(wanted), "{from} {to}");
        }
    }

    #[test]
    fn a_change_waits_until_one_of_its_slots_begins_or_its_own_ends() {
        let now = Instant::from_unix(1_800_000_000);
        let hours = |n: i64| now.plus_minutes(60 * n);
        let slot = |from: i64, to: i64| Interval::new(hours(from), hours(to)).unwrap();
        for (own, wished, wanted) in [
            (slot(100, 102), slot(100, 104), 72),
            (slot(10, 12), slot(20, 22), 10),
            (slot(20, 22), slot(10, 12), 10),
            (slot(-1, 1), slot(-1, 3), 1),
            (slot(0, 2), slot(0, 3), 2),
            (slot(-1, 4), slot(2, 5), 2),
            (slot(-1, 1), slot(2, 5), 1),
        ] {
            assert_eq!(change_expires(now, own, wished, 72), hours(wanted), "{own:?} {wished:?}");
        }
    }
}
