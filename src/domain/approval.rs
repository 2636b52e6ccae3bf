//! Approvals: what a venue is asked about a reservation, and what came of it (DESIGN 4).

use super::{
    access::Place,
    codes::codes,
    ids::{ApprovalId, ReservationId, UserId},
    instant::Instant,
};

codes! {
    /// What is to be approved.
    pub enum Asked {
        /// The reservation itself.
        Request = "request",
        /// Another slot for one that stands.
        Change = "change",
    }
}

codes! {
    /// How a question ended.
    pub enum Answer {
        Approved = "approved",
        Declined = "declined",
        /// Nobody answered in time.
        Expired = "expired",
        /// Who asked no longer wants it, or asks for something else instead.
        Withdrawn = "withdrawn",
    }
}

/// Who is reminded must have some time left, seconds.
const WORTH_REMINDING: i64 = 3600;

/// One question to a venue, with its answer once there is one; what is answered is never asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    pub id: ApprovalId,
    pub reservation: ReservationId,
    pub place: Place,
    pub asked: Asked,
    pub asked_at: Instant,
    pub expires_at: Instant,
    /// When those who decide are reminded; `None` once they were, and where there is no time for it.
    pub remind_at: Option<Instant>,
    pub answered: Option<Answered>,
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    pub answer: Answer,
    pub at: Instant,
    /// `None` where time answered.
    pub by: Option<UserId>,
}

/// When a reminder is due: when half of the time for the answer is over.
pub fn remind_at(asked_at: Instant, expires_at: Instant) -> Option<Instant> {
    let half = expires_at.since(asked_at) / 2;
    (half >= WORTH_REMINDING).then(|| asked_at.plus(half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_leaves_an_hour_or_is_not_sent() {
        let asked = Instant::from_unix(1_000_000);
        for (minutes, wanted) in
            [(72 * 60, Some(36 * 60)), (180, Some(90)), (120, Some(60)), (119, None), (0, None)]
        {
            let found = remind_at(asked, asked.plus(minutes * 60));
            assert_eq!(found, wanted.map(|after: i64| asked.plus(after * 60)), "{minutes}");
        }
    }
}
