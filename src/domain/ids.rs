//! Typed public identifiers: TypeID 0.3 (prefix, underscore, UUID in lower-case Crockford base32).
//!
//! One list of kinds, so that no two identifiers can be swapped. Ids are made elsewhere
//! (randomness is not the domain's); here they are parsed, shown and compared.

use std::{
    fmt,
    hash::{Hash, Hasher},
    marker::PhantomData,
    str::FromStr,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

/// What an identifier names; `PREFIX` is three lower-case letters.
pub trait Kind: Send + Sync + 'static {
    const PREFIX: &'static str;
}

/// An identifier of a thing of kind `K`: a UUIDv7 shown as `prefix_` and 26 base32 digits.
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident, $alias:ident, $prefix:literal;)*) => {
        /// The kinds of things that have identifiers.
        pub mod kind {
            $($(#[$doc])* #[derive(Debug, Clone, Copy, PartialEq, Eq)] pub struct $kind;
              impl super::Kind for $kind { const PREFIX: &'static str = $prefix; })*
        }
        $($(#[$doc])* pub type $alias = Id<kind::$kind>;)*
        /// Every prefix in use.
        pub const PREFIXES: &[&str] = &[$($prefix),*];
    };
}

kinds! {
    /// A region's centres under one coordination body.
    Network, NetworkId, "net";
    /// A centre with an address, opening hours and staff.
    Venue, VenueId, "ven";
    /// The smallest thing one party can occupy at a time.
    Unit, UnitId, "unt";
    /// What people book.
    Space, SpaceId, "spc";
    /// A seating set-up of a space.
    Layout, LayoutId, "lay";
    /// Venue-made unavailability.
    Block, BlockId, "blk";
    /// A claim on a space for an interval.
    Reservation, ReservationId, "rsv";
    /// Reservations made from one recurrence rule.
    Series, SeriesId, "ser";
    /// A person with an account.
    User, UserId, "usr";
    /// Whom a member books for.
    Organisation, OrganisationId, "org";
    /// An invitation to join a venue's staff or a coordination body.
    Invitation, InvitationId, "inv";
    /// A question to a venue whether a reservation or its change may stand.
    Approval, ApprovalId, "apr";
    /// One unit taken for one interval.
    Occupancy, OccupancyId, "occ";
    /// Units connected through shared spaces, locked together.
    UnitGroup, UnitGroupId, "grp";
    /// A version of opening hours.
    Hours, HoursId, "hrs";
    /// A message in the outbox.
    Message, MessageId, "msg";
    /// An entry of the audit.
    Audit, AuditId, "aud";
    /// A chain of refresh tokens.
    Session, SessionId, "ses";
    /// A single-use sign-in or verification token.
    Ticket, TicketId, "tic";
    /// A signing key.
    Key, KeyId, "key";
    /// An entry of the waiting list.
    Waiting, WaitingId, "wai";
    /// A wish to change an account's address.
    AddressChange, AddressChangeId, "adc";
    /// One try of something that is limited.
    Attempt, AttemptId, "att";
    /// A key by which a program acts for a person.
    ApiKey, ApiKeyId, "apk";
    /// A person's wish to join an organisation.
    JoinRequest, JoinRequestId, "joi";
    /// An entry in an organisation's history of confirmations as creative.
    Confirmation, ConfirmationId, "cfm";
    /// A link by which calendar programs subscribe.
    Calendar, CalendarId, "cal";
    /// That somebody looked at a person's data.
    View, ViewId, "viw";
    /// A calendar that a venue keeps elsewhere.
    OutsideCalendar, OutsideCalendarId, "out";
    /// That somebody was refused a reservation.
    TurnAway, TurnAwayId, "tur";
    /// That a search found nothing free.
    EmptySearch, EmptySearchId, "ems";
    /// A published table.
    PublishedTable, PublishedTableId, "pub";
    /// An indicator of a network's action plan.
    Indicator, IndicatorId, "ind";
    /// One request, for logs and support.
    Request, RequestId, "req";
    /// A photograph of a space.
    Image, ImageId, "img";
}

/// Why a text is not an identifier of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidId {
    #[error("an identifier beginning with `{0}_` was expected")]
    WrongPrefix(&'static str),
    #[error("the identifier after `{0}_` is not 26 base32 digits of at most 128 bits")]
    Malformed(&'static str),
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const DIGITS: usize = 26;

impl<K> Id<K> {
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<K: Kind> FromStr for Id<K> {
    type Err = InvalidId;

    /// Refuses a wrong prefix, upper case, and values over 128 bits (first digit above 7).
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let digits = text
            .strip_prefix(K::PREFIX)
            .and_then(|rest| rest.strip_prefix('_'))
            .ok_or(InvalidId::WrongPrefix(K::PREFIX))?;
        let malformed = InvalidId::Malformed(K::PREFIX);
        if digits.len() != DIGITS || digits.as_bytes()[0] > b'7' {
            return Err(malformed);
        }
        let mut value: u128 = 0;
        for byte in digits.bytes() {
            let digit = ALPHABET.iter().position(|&a| a == byte).ok_or(malformed)?;
            value = value << 5 | digit as u128;
        }
        Ok(Self::from_uuid(Uuid::from_u128(value)))
    }
}

impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.0.as_u128();
        let mut text = [0u8; DIGITS];
        for (place, out) in text.iter_mut().rev().enumerate() {
            *out = ALPHABET[(value >> (5 * place) & 31) as usize];
        }
        f.write_str(K::PREFIX)?;
        f.write_str("_")?;
        f.write_str(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_of_the_typeid_specification_round_trips() {
        // TypeID 0.3, valid.json, "valid-uuidv7", under another prefix.
        let id: ReservationId = "rsv_01h455vb4pex5vsknk084sn02q".parse().unwrap();
        assert_eq!(id.uuid().to_string(), "01890a5d-ac96-774b-bcce-b302099a8057");
        assert_eq!(id.to_string(), "rsv_01h455vb4pex5vsknk084sn02q");
    }

    #[test]
    fn what_is_not_an_identifier_of_this_kind_is_refused() {
        for text in [
            "spc_01h455vb4pex5vsknk084sn02q",
            "rsv_81h455vb4pex5vsknk084sn02q",
            "rsv_01H455VB4PEX5VSKNK084SN02Q",
            "rsv_01h455vb4pex5vsknk084sn02",
            "rsv_01h455vb4pex5vsknk084sn02u",
            "rsv-01h455vb4pex5vsknk084sn02q",
            "rsv_01h455vb4pex5vsknk084sn0\u{10d}",
            "",
        ] {
            assert!(text.parse::<ReservationId>().is_err(), "{text}");
        }
    }

    #[test]
    fn prefixes_are_distinct() {
        let mut sorted = PREFIXES.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), PREFIXES.len());
    }
}
