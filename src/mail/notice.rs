//! Notices: what is to be told, with everything needed to tell it.
//!
//! A notice is snapshotted when it is enqueued, in the transaction of the change it tells of, and kept as
//! JSON in the outbox. So a letter sent later, or twice, says what was true then. New fields must be
//! optional: older rows are still read.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::{
    digest::DigestNotice,
    invitation::InvitationNotice,
    organisation::OrganisationView,
    seconds,
    series::{Recurrence, SeriesNotice},
    standing::Standing,
};
use crate::domain::{codes::codes, ids::ReservationId, instant::Instant, tariff::Money};

/// One thing to tell one person; `kind` names it in JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// To the organiser: the reservation stands.
    ReservationConfirmed { reservation: ReservationView },
    /// To the organiser: another time or space; `previous` is what it was, none where only its title is another.
    ReservationChanged { reservation: ReservationView, previous: Option<Previous> },
    /// To the organiser. `invited` tells whether a calendar invitation was sent before, so that a
    /// cancelled request does not cancel what no calendar knows.
    ReservationCancelled {
        reservation: ReservationView,
        by_venue: bool,
        invited: bool,
        /// What of the venue's it had to give way to, where nobody said so in words.
        #[serde(default)]
        cause: Option<Cause>,
    },
    /// To the organiser: the request was received and holds its slot.
    ReservationRequested {
        reservation: ReservationView,
        #[serde(with = "seconds::optional", default)]
        decide_by: Option<Instant>,
    },
    /// To those who decide for the venue: a request awaits a decision; where they are reminded, `waiting_since` when.
    RequestToDecide {
        reservation: ReservationView,
        #[serde(with = "seconds::optional", default)]
        decide_by: Option<Instant>,
        #[serde(with = "seconds::optional", default)]
        waiting_since: Option<Instant>,
    },
    /// To the organiser: the request became a reservation.
    ReservationApproved { reservation: ReservationView },
    /// To the organiser: the request was refused.
    /// `lapsed`: nobody decided in time.
    ReservationDeclined {
        reservation: ReservationView,
        #[serde(default)]
        lapsed: bool,
    },
    /// To the organiser: the wish to move was received; `reservation` is as wished, the old slot stays until then.
    ChangeRequested {
        reservation: ReservationView,
        #[serde(with = "seconds::optional", default)]
        decide_by: Option<Instant>,
    },
    /// To the organiser: the wish to move was refused or lapsed; `reservation` is what stands.
    ChangeDeclined {
        reservation: ReservationView,
        #[serde(default)]
        lapsed: bool,
    },
    /// To who waited: a slot is held for them.
    SlotOffered {
        reservation: ReservationView,
        #[serde(with = "seconds::optional", default)]
        until: Option<Instant>,
    },
    /// To the organiser: nobody checked in, and the rest of the time was given back.
    ReservationNoShow { reservation: ReservationView },
    /// To the organiser, once it is over: how many came? `link` leads to where to say it. Optional, as the next.
    HeadcountAsked {
        reservation: ReservationView,
        link: String,
        #[serde(default)]
        stop: Option<String>,
    },
    /// To the organiser, before it begins.
    ReservationReminder {
        reservation: ReservationView,
        #[serde(default)]
        stop: Option<String>,
    },
    /// To the venue's staff, in the morning. Optional.
    Digest(Box<DigestNotice>),
    /// A sign-in link with a code for another browser, valid for `minutes`.
    SignIn { link: String, code: String, minutes: u32 },
    /// A link and a code that prove an address, valid for `hours`.
    VerifyAddress { link: String, code: String, hours: u32 },
    /// To become staff of a venue, coordinator of a network or one of an organisation.
    Invitation(InvitationNotice),
    /// Somebody tried to register an address that has an account; `link` leads to sign-in.
    AddressAlreadyKnown { link: String },
    /// To the new address of an account: a link and a code that prove it, valid for `hours`.
    ConfirmAddress { link: String, code: String, hours: u32 },
    /// To the former address of an account; `link` takes the change back for `days`.
    AddressChanged { link: String, days: u32 },
    /// What an account's owner must hear of, in case it was somebody else.
    Security { event: SecurityEvent, link: String },
    /// To the owners of an organisation: somebody asks to join it; `link` leads to where to answer.
    JoinAsked {
        organisation: OrganisationView,
        name: String,
        email: String,
        #[serde(default)]
        message: Option<String>,
        link: String,
    },
    /// To who asked to join an organisation; `link` leads to the request.
    JoinAnswered { organisation: OrganisationView, accepted: bool, link: String },
    /// To whom it concerns: parts, confirmations and accounts that changed.
    Standing(Standing),
    /// About many reservations at once.
    Series(Box<SeriesNotice>),
}

impl Notice {
    /// The reservation it tells of.
    pub fn reservation(&self) -> Option<&ReservationView> {
        match self {
            Self::ReservationConfirmed { reservation }
            | Self::ReservationChanged { reservation, .. }
            | Self::ReservationCancelled { reservation, .. }
            | Self::ReservationRequested { reservation, .. }
            | Self::RequestToDecide { reservation, .. }
            | Self::ReservationApproved { reservation }
            | Self::ReservationDeclined { reservation, .. }
            | Self::ChangeRequested { reservation, .. }
            | Self::ChangeDeclined { reservation, .. }
            | Self::SlotOffered { reservation, .. }
            | Self::ReservationNoShow { reservation }
            | Self::ReservationReminder { reservation, .. }
            | Self::HeadcountAsked { reservation, .. } => Some(reservation),
            Self::Series(notice) => Some(&notice.reservation),
            Self::SignIn { .. }
            | Self::VerifyAddress { .. }
            | Self::Invitation(_)
            | Self::ConfirmAddress { .. }
            | Self::AddressChanged { .. }
            | Self::Security { .. }
            | Self::JoinAsked { .. }
            | Self::JoinAnswered { .. }
            | Self::Digest(_)
            | Self::Standing(_)
            | Self::AddressAlreadyKnown { .. } => None,
        }
    }

    /// Whether somebody sits and waits for it: such mails are sent first (DESIGN 6).
    pub fn is_urgent(&self) -> bool {
        matches!(
            self,
            Self::SignIn { .. }
                | Self::VerifyAddress { .. }
                | Self::ConfirmAddress { .. }
                | Self::AddressAlreadyKnown { .. }
        )
    }

    /// Whether it is about an account itself: anybody can have such a mail sent to any address.
    pub fn is_of_account(&self) -> bool {
        self.is_urgent()
            || matches!(self, Self::AddressChanged { .. } | Self::Security { .. } | Self::Standing(_))
    }

    /// Its name in JSON, for logs and metrics.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ReservationConfirmed { .. } => "reservation_confirmed",
            Self::ReservationChanged { .. } => "reservation_changed",
            Self::ReservationCancelled { .. } => "reservation_cancelled",
            Self::ReservationRequested { .. } => "reservation_requested",
            Self::RequestToDecide { .. } => "request_to_decide",
            Self::ReservationApproved { .. } => "reservation_approved",
            Self::ReservationDeclined { .. } => "reservation_declined",
            Self::ChangeRequested { .. } => "change_requested",
            Self::ChangeDeclined { .. } => "change_declined",
            Self::SlotOffered { .. } => "slot_offered",
            Self::ReservationNoShow { .. } => "reservation_no_show",
            Self::HeadcountAsked { .. } => "headcount_asked",
            Self::ReservationReminder { .. } => "reservation_reminder",
            Self::Digest(_) => "digest",
            Self::SignIn { .. } => "sign_in",
            Self::VerifyAddress { .. } => "verify_address",
            Self::Invitation(_) => "invitation",
            Self::AddressAlreadyKnown { .. } => "address_already_known",
            Self::ConfirmAddress { .. } => "confirm_address",
            Self::AddressChanged { .. } => "address_changed",
            Self::Security { .. } => "security",
            Self::JoinAsked { .. } => "join_asked",
            Self::JoinAnswered { .. } => "join_answered",
            Self::Standing(_) => "standing",
            Self::Series(_) => "series",
        }
    }
}

/// A change of the venue's that reservations were cancelled for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Its opening hours.
    Hours,
    /// The space is no longer offered.
    Archived,
    /// It has fewer units or seats.
    Units,
    /// A layout is no longer offered, or holds fewer.
    Layouts,
}

/// A reservation as its organiser sees it at one moment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReservationView {
    pub id: ReservationId,
    /// Revision of the calendar object: one more with each change and with the cancellation (RFC 5546, 2.1.4).
    pub sequence: u32,
    pub status: CalendarStatus,
    pub title: String,
    /// The API's word for it, such as `meeting`.
    pub purpose: String,
    pub space_name: String,
    pub venue: VenueView,
    /// Which units, where that matters (desks); empty otherwise.
    #[serde(default)]
    pub unit_labels: Vec<String>,
    #[serde(with = "seconds")]
    pub starts_at: Instant,
    #[serde(with = "seconds")]
    pub ends_at: Instant,
    pub organiser_name: String,
    pub organiser_email: String,
    #[serde(default)]
    pub organisation: Option<OrganisationView>,
    #[serde(default)]
    pub attendees: Option<u32>,
    #[serde(default)]
    pub price: Option<Price>,
    /// What is owed for not coming.
    #[serde(default)]
    pub fee: Option<Price>,
    /// What is owed besides the price for what late changes gave up.
    #[serde(default)]
    pub change_fee: Option<Price>,
    /// Read through [`ReservationView::access`].
    #[serde(default)]
    pub access_instructions: Option<String>,
    pub manage_url: String,
    /// Where the organiser manages it without signing in; in their own mails alone.
    #[serde(default)]
    pub manage_link: Option<String>,
    /// The words of who approved, declined, changed or cancelled it.
    #[serde(default)]
    pub message: Option<String>,
    /// When this revision came about: DTSTAMP of the calendar object.
    #[serde(with = "seconds")]
    pub stamped_at: Instant,
    /// Where one must check in, and has not yet.
    #[serde(default)]
    pub check_in: Option<CheckInView>,
    /// Which occurrence of which series it is.
    #[serde(default)]
    pub recurrence: Option<Recurrence>,
    /// What it has besides of pools of equipment.
    #[serde(default)]
    pub equipment: Vec<EquipmentView>,
}

impl ReservationView {
    /// How to get in, while the reservation stands: neither a request nor a cancellation tells it.
    pub fn access(&self) -> Option<&str> {
        self.access_instructions.as_deref().filter(|_| self.status == CalendarStatus::Confirmed)
    }
}

/// So many of a pool of equipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquipmentView {
    pub name: String,
    pub quantity: u32,
}

/// When and how to check in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckInView {
    #[serde(with = "seconds")]
    pub opens_at: Instant,
    /// From then on the rest may be given back.
    #[serde(with = "seconds")]
    pub closes_at: Instant,
    pub link: String,
    /// For the space's door.
    pub code: String,
}

/// The venue in a notice. `contact_email` is the calendar object's ORGANIZER and where replies go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VenueView {
    pub name: String,
    /// Street, postcode and city in one line.
    pub address: String,
    pub contact_email: String,
    pub zone: Tz,
}

/// STATUS of a VEVENT (RFC 5545, 3.8.1.11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarStatus {
    /// Held or pending.
    Tentative,
    Confirmed,
    /// Cancelled, declined or expired.
    Cancelled,
}

/// Minor units of a currency (ISO 4217).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Price {
    pub minor: i64,
    pub currency: String,
}

impl From<Money> for Price {
    fn from(money: Money) -> Self {
        Self { minor: money.minor, currency: money.currency.to_string() }
    }
}

/// Where and when a changed reservation was before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Previous {
    pub space_name: String,
    #[serde(with = "seconds")]
    pub starts_at: Instant,
    #[serde(with = "seconds")]
    pub ends_at: Instant,
}

codes! {
    /// What happened to an account.
    pub enum SecurityEvent {
        PasswordChanged = "password_changed",
        /// Somebody wanted to change their account's address to one that has an account.
        AddressInUse = "address_in_use",
        SecondFactorOn = "second_factor_on",
        SecondFactorOff = "second_factor_off",
        RecoveryCodeUsed = "recovery_code_used",
        ApiKeyMade = "api_key_made",
        /// A refresh token that was used came back: a session of theirs ended.
        SessionReused = "session_reused",
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn the_way_in_is_told_only_while_the_reservation_stands() {
        for (status, told) in [
            (CalendarStatus::Confirmed, true),
            (CalendarStatus::Tentative, false),
            (CalendarStatus::Cancelled, false),
        ] {
            assert_eq!(ReservationView { status, ..samples::view() }.access().is_some(), told);
        }
    }

    #[test]
    fn stored_notices_come_back_whole() {
        for (_, notice) in samples::all() {
            let json = serde_json::to_value(&notice).unwrap();
            assert_eq!(json["kind"], notice.kind());
            assert_eq!(serde_json::from_value::<Notice>(json).unwrap(), notice);
        }
    }
}
