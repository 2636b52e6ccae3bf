//! What a decision says: its outcome and, for every rule not kept, the limit and the actual value.

use chrono::NaiveDate;
use serde::Serialize;

use crate::domain::{codes::codes, ids::SpaceId, instant::Instant, zone::Zone};

codes! {
    /// What a decision comes to, the mildest first.
    pub enum Outcome {
        Allow = "allow",
        /// Possible with approval.
        Ask = "ask",
        Refuse = "refuse",
    }
}

codes! {
    /// The rule that is not kept.
    pub enum ReasonCode {
        SpaceArchived = "space_archived",
        NotBookableByYou = "not_bookable_by_you",
        SignInRequired = "sign_in_required",
        AddressUnverified = "address_unverified",
        /// Before 2000, after 2100, or longer than 31 local days.
        OutOfBounds = "out_of_bounds",
        /// It starts before now.
        InThePast = "in_the_past",
        /// It ends by now: there is nothing left to book.
        AlreadyOver = "already_over",
        TooShort = "too_short",
        TooLong = "too_long",
        OffGrid = "off_grid",
        /// Less than the minimum notice is left.
        TooLate = "too_late",
        /// Beyond the horizon.
        TooFar = "too_far",
        OutsideHours = "outside_hours",
        OverCapacity = "over_capacity",
        AttendeesRequired = "attendees_required",
        TooManyActive = "too_many_active",
        /// More reservations, or more time, than may be had in a day, week or month.
        QuotaExceeded = "quota_exceeded",
        ApprovalRequired = "approval_required",
        SlotTaken = "slot_taken",
        SetupInThePast = "setup_in_the_past",
        QuantityOverPool = "quantity_over_pool",
        /// More occurrences than a series may have.
        SeriesTooLong = "series_too_long",
        /// More holds than one may have at once.
        TooManyHolds = "too_many_holds",
        /// A space booked by days is booked from the first opening of a date to the last closing of one.
        NotWholeDays = "not_whole_days",
        /// A space booked by nights is booked from the hour of arrival to the hour of departure.
        NotWholeNights = "not_whole_nights",
        /// A date of the days or nights asked for has no opening time.
        ClosedDate = "closed_date",
    }
}

impl ReasonCode {
    /// Whether staff of the venue may go beyond it (marked). Never beyond a slot sold once, the sane
    /// bounds, and what asks who they are.
    pub const fn waivable(self) -> bool {
        !matches!(
            self,
            Self::SpaceArchived
                | Self::SignInRequired
                | Self::AddressUnverified
                | Self::OutOfBounds
                | Self::AlreadyOver
                | Self::SlotTaken
                | Self::QuantityOverPool
        )
    }
}

impl ReasonCode {
    /// Whether nothing that others give back, nor time, takes it away: that is so of what is said of the time itself, and
    /// of how many come. Who may book, and how much, can change by their own doing.
    pub const fn lasts(self) -> bool {
        match self {
            Self::OutOfBounds
            | Self::InThePast
            | Self::AlreadyOver
            | Self::SetupInThePast
            | Self::TooLate
            | Self::TooShort
            | Self::TooLong
            | Self::OffGrid
            | Self::OutsideHours
            | Self::NotWholeDays
            | Self::NotWholeNights
            | Self::ClosedDate
            | Self::SpaceArchived
            | Self::OverCapacity
            | Self::QuantityOverPool => true,
            Self::NotBookableByYou
            | Self::SignInRequired
            | Self::AddressUnverified
            | Self::TooFar
            | Self::AttendeesRequired
            | Self::TooManyActive
            | Self::QuotaExceeded
            | Self::ApprovalRequired
            | Self::SlotTaken
            | Self::SeriesTooLong
            | Self::TooManyHolds => false,
        }
    }
}

/// A limit or an actual value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    Minutes(i64),
    Days(i64),
    Count(u32),
    Instant(Instant),
    /// A local date.
    Date(NaiveDate),
}

/// A [`Value`] as JSON has it: a number, or a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Shown {
    Number(i64),
    Text(String),
}

impl Value {
    /// Numbers and dates as they are, instants in RFC 3339 with the zone's offset.
    pub fn show(self, zone: Zone) -> Shown {
        match self {
            Self::Minutes(n) | Self::Days(n) => Shown::Number(n),
            Self::Count(n) => Shown::Number(n.into()),
            Self::Instant(at) => Shown::Text(zone.show(at)),
            Self::Date(date) => Shown::Text(date.to_string()),
        }
    }

    /// What the number counts; the same for every value of a code, save that quotas count or measure.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Minutes(_) => "minutes",
            Self::Days(_) => "days",
            Self::Count(_) => "count",
            Self::Instant(_) => "instant",
            Self::Date(_) => "date",
        }
    }
}

/// A pool of equipment that is asked for together with another space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    pub space: SpaceId,
    pub name: String,
}

/// One rule that is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub code: ReasonCode,
    /// `Ask` or `Refuse`: what the rule says, waived or not.
    pub outcome: Outcome,
    pub limit: Option<Value>,
    pub actual: Option<Value>,
    /// Staff went beyond it; it has no part in the decision's outcome.
    pub waived: bool,
    /// Whose rule it is; none where the space's that is asked for.
    pub pool: Option<Box<Pool>>,
}

/// Whether a request may be booked, and every rule it does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    pub outcome: Outcome,
    pub reasons: Vec<Reason>,
}

impl Decision {
    /// The strictest of the reasons not waived.
    pub(in crate::domain) fn of(reasons: Vec<Reason>) -> Self {
        let standing = reasons.iter().filter(|reason| !reason.waived);
        let outcome = standing.map(|reason| reason.outcome).max().unwrap_or(Outcome::Allow);
        Self { outcome, reasons }
    }

    /// The same with one more rule that is not kept.
    #[must_use]
    pub fn and(mut self, reason: Reason) -> Self {
        self.reasons.push(reason);
        Self::of(self.reasons)
    }

    /// What of it [lasts](ReasonCode::lasts).
    #[must_use]
    pub fn lasting(mut self) -> Self {
        self.reasons.retain(|reason| reason.code.lasts());
        Self::of(self.reasons)
    }

    pub fn has(&self, code: ReasonCode) -> bool {
        self.reasons.iter().any(|reason| reason.code == code)
    }
}
