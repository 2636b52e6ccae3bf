//! What an application function can answer instead of success: one transport-free error,
//! which HTTP maps to a status last. `Code` is the table that clients switch on.

use secrecy::SecretString;

pub use super::why::Why;
use crate::{
    catalogue,
    domain::{
        access::Denied,
        codes::codes,
        decision::Decision,
        ids::{OrganisationId, ReservationId, SpaceId},
        instant::Interval,
        locale::Locale,
        reservation::Status,
        series::{Preview, SeriesRefusal},
        zone::{LocalTimeError, Zone},
    },
    store::error::{FromStore, StoreError},
};

codes! {
    /// Stable problem codes; texts may change, these do not.
    pub enum Code {
        /// The request can't be read: not JSON, not UTF-8, a broken header.
        Malformed = "malformed",
        /// Nobody is signed in, or the token no longer counts.
        Unauthenticated = "unauthenticated",
        /// The address, password, link or code is not right.
        CredentialsRefused = "credentials_refused",
        /// The first step of signing in is done; the second goes on with `challenge`.
        SecondFactorRequired = "second_factor_required",
        /// The function is not this person's.
        Forbidden = "forbidden",
        /// The roles of this person rest until they have set up a second factor.
        SecondFactorMissing = "second_factor_missing",
        /// Show the password or a code first (`POST /auth/confirm`), or, without either, sign in anew.
        ConfirmationRequired = "confirmation_required",
        /// The key is not for this.
        ScopeMissing = "scope_missing",
        /// The account's e-mail address has not been verified yet.
        AddressUnverified = "address_unverified",
        /// Absent, or not the caller's to see.
        NotFound = "not_found",
        /// The path exists, the method does not.
        MethodNotAllowed = "method_not_allowed",
        /// Another reservation or a block has the time.
        SlotTaken = "slot_taken",
        /// The reservation's status does not allow the action.
        StateConflict = "state_conflict",
        /// The hold ran out before it was confirmed: its slot is everybody's again.
        HoldExpired = "hold_expired",
        /// It is too early: check-in opens a while before the start, what follows it at the start.
        NotOpenYet = "not_open_yet",
        /// Future reservations stand against the change; `on_affected` says what to do.
        AffectedReservations = "affected_reservations",
        /// Occurrences of the series can't be made or changed; `occurrences` names them.
        SeriesConflicts = "series_conflicts",
        /// More occurrences than may be left out can't be made or changed.
        TooManySkipped = "too_many_skipped",
        /// None of the occurrences can be made or changed.
        NothingLeft = "nothing_left",
        /// Something with the same key exists.
        Duplicate = "duplicate",
        /// An organisation with this register number exists; `organisation` names it, to ask to join it.
        OrganisationExists = "organisation_exists",
        /// The last owner, member of staff or coordinator can't leave.
        LastOne = "last_one",
        /// The month's statistics are closed: what they are made from no longer changes.
        PeriodClosed = "period_closed",
        /// A request with the same idempotency key is still running.
        IdempotencyInProgress = "idempotency_in_progress",
        /// Something is still open between the person and others; `obligations` names it.
        ObligationsOpen = "obligations_open",
        /// `If-Match` names a version that is no longer current.
        PreconditionFailed = "precondition_failed",
        /// `If-Match` is missing.
        PreconditionRequired = "precondition_required",
        /// The request's body did not arrive in time.
        RequestTimeout = "request_timeout",
        /// The body is larger than allowed.
        TooLarge = "too_large",
        /// The body is not `application/json`.
        UnsupportedMediaType = "unsupported_media_type",
        /// The file is no JPEG, PNG or WebP.
        ImageUnsupported = "image_unsupported",
        /// The image can't be read to its end.
        ImageDamaged = "image_damaged",
        /// The image has more than 50 million pixels, or more bits for each than may be.
        ImageTooManyPixels = "image_too_many_pixels",
        /// A side of the image has less than 320 pixels.
        ImageTooSmall = "image_too_small",
        /// Fields are missing, unknown or out of range; `errors` names them.
        Invalid = "invalid",
        /// Figures about people are published in listed tables only (`GET /statistics/published`).
        GroupingNotPublished = "grouping_not_published",
        /// The booking rules refuse; `reasons` names them.
        PolicyRefused = "policy_refused",
        /// The idempotency key was used for another request.
        IdempotencyKeyReused = "idempotency_key_reused",
        /// The local time does not exist (clocks went forward).
        LocalTimeNonexistent = "local_time_nonexistent",
        /// The local time exists twice (clocks went back): give the offset.
        LocalTimeAmbiguous = "local_time_ambiguous",
        /// Before 2000 or after 2100.
        TimeOutOfBounds = "time_out_of_bounds",
        /// Too many requests; try again after `Retry-After` seconds.
        RateLimited = "rate_limited",
        /// The service is busy; try again after `Retry-After` seconds.
        Overloaded = "overloaded",
        /// It may or may not have happened: repeat with the same idempotency key.
        OutcomeUnknown = "outcome_unknown",
        /// A mistake of ours.
        Internal = "internal",
    }
}

/// One field that was refused: a JSON pointer (RFC 6901) into the body, or `?name` for a query parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub pointer: String,
    pub code: &'static str,
    /// What the parser said, where the code alone does not tell.
    pub detail: Option<String>,
}

impl FieldError {
    pub fn new(pointer: impl Into<String>, code: &'static str) -> Self {
        Self { pointer: pointer.into(), code, detail: None }
    }
}

/// A bookable instead of what was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    pub space: SpaceId,
    pub interval: Interval,
    pub zone: Zone,
}

codes! {
    /// What may be open between a person and others.
    pub enum ObligationKind {
        /// Reservations and requests that are ahead or going on.
        Reservations = "reservations",
        /// Unsettled fees of reservations that ended a short while ago: their venues may not have asked for them yet.
        Fees = "fees",
        /// Organisations with other members and no other owner.
        Organisations = "organisations",
        /// Venues without other staff.
        Venues = "venues",
        /// Networks without another coordinator.
        Networks = "networks",
        /// The operator has no other administrator.
        Operator = "operator",
    }
}

/// Something open, with the ids of what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    pub kind: ObligationKind,
    pub ids: Vec<String>,
}

/// An application function's failure.
#[derive(Debug)]
pub enum Error {
    /// A code that needs no more to be said.
    Plain(Code),
    /// The same with words of the parser or the check.
    Detailed(Code, String),
    /// The same with why, for people to read, and perhaps a number that it names.
    Because(Code, Why, Option<u32>),
    Denied(Denied),
    /// Who signs in goes on with this text and a second factor.
    HalfSignedIn(SecretString),
    Fields(Vec<FieldError>),
    /// A reservation stands in `status`, which does not allow the action.
    State(Status),
    SlotTaken {
        /// Where equipment was asked for, what is taken; the zone is the venue's.
        why: Option<(Box<Decision>, Zone)>,
        alternatives: Vec<Alternative>,
    },
    Refused {
        decision: Box<Decision>,
        zone: Zone,
        alternatives: Vec<Alternative>,
    },
    Affected(Vec<ReservationId>),
    /// The register number is this organisation's.
    OrganisationExists {
        id: OrganisationId,
        name: String,
    },
    /// No series is made, or changed, for what stands against its occurrences.
    Series {
        refusal: SeriesRefusal,
        preview: Box<Preview>,
        zone: Zone,
    },
    /// What stands against erasing a person.
    Obligations(Vec<Obligation>),
    Store(StoreError),
    /// Something that can't be was: logged, shown as `internal`.
    Broken(String),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::SlotTaken => Self::SlotTaken { why: None, alternatives: Vec::new() },
            StoreError::Duplicate(_) => Self::Plain(Code::Duplicate),
            other => Self::Store(other),
        }
    }
}

impl FromStore for Error {
    fn store(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::Plain(code)
    }
}

impl From<FieldError> for Error {
    fn from(error: FieldError) -> Self {
        Self::Fields(vec![error])
    }
}

impl Error {
    pub const NOT_FOUND: Self = Self::Plain(Code::NotFound);

    pub fn field(pointer: impl Into<String>, code: &'static str) -> Self {
        FieldError::new(pointer, code).into()
    }

    /// What stands does not allow it, and why.
    pub const fn conflict(why: Why) -> Self {
        Self::Because(Code::StateConflict, why, None)
    }

    /// The same of what there can't be more of than `most`.
    pub const fn beyond(why: Why, most: u32) -> Self {
        Self::Because(Code::StateConflict, why, Some(most))
    }

    /// A local time at `pointer` that has no or two instants.
    pub fn local_time(pointer: &str, error: &LocalTimeError) -> Self {
        Self::field(pointer, error.code())
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Plain(code) | Self::Detailed(code, _) | Self::Because(code, ..) => *code,
            Self::Denied(Denied::SignIn) => Code::Unauthenticated,
            Self::Denied(Denied::Unverified) => Code::AddressUnverified,
            Self::Denied(Denied::Forbidden) => Code::Forbidden,
            Self::Denied(Denied::SecondFactor) => Code::SecondFactorMissing,
            Self::HalfSignedIn(_) => Code::SecondFactorRequired,
            Self::Denied(Denied::Hidden) => Code::NotFound,
            // One wrong local time is its own code, so that a client can ask for the offset.
            Self::Fields(errors) => match errors.as_slice() {
                [one] => match one.code {
                    "local_time_nonexistent" => Code::LocalTimeNonexistent,
                    "local_time_ambiguous" => Code::LocalTimeAmbiguous,
                    "time_out_of_bounds" => Code::TimeOutOfBounds,
                    _ => Code::Invalid,
                },
                _ => Code::Invalid,
            },
            Self::State(_) => Code::StateConflict,
            Self::SlotTaken { .. } => Code::SlotTaken,
            Self::Refused { .. } => Code::PolicyRefused,
            Self::Affected(_) => Code::AffectedReservations,
            Self::OrganisationExists { .. } => Code::OrganisationExists,
            Self::Obligations(_) => Code::ObligationsOpen,
            Self::Series { refusal: SeriesRefusal::Conflicts { .. }, .. } => Code::SeriesConflicts,
            Self::Series { refusal: SeriesRefusal::TooManySkipped { .. }, .. } => Code::TooManySkipped,
            Self::Series { refusal: SeriesRefusal::NothingLeft, .. } => Code::NothingLeft,
            Self::Store(error) => store_code(error),
            Self::Broken(_) => Code::Internal,
        }
    }

    /// In words, for an operator on the command line.
    pub fn said(&self, locale: Locale) -> String {
        let text = |key: String| catalogue::find(locale, &key, &[]);
        match self {
            Self::Detailed(_, detail) => detail.clone(),
            Self::Because(_, why, most) => why.said(*most, locale),
            Self::Store(error) => error.to_string(),
            Self::Obligations(open) => {
                let one = |open: &Obligation| format!("{} {}", open.kind, open.ids.join(", "));
                format!("something is still open: {}", open.iter().map(one).collect::<Vec<_>>().join("; "))
            }
            Self::Fields(fields) => {
                let fields = fields.iter().map(|field| {
                    let words =
                        text(format!("field-{}", field.code)).unwrap_or_else(|| field.code.to_owned());
                    format!("{}: {words}", field.pointer.trim_start_matches('/'))
                });
                fields.collect::<Vec<_>>().join("; ")
            }
            _ => {
                let code = self.code();
                text(format!("problem-{code}-title")).unwrap_or_else(|| code.to_string())
            }
        }
    }
}

fn store_code(error: &StoreError) -> Code {
    match error {
        StoreError::SlotTaken => Code::SlotTaken,
        StoreError::Duplicate(_) => Code::Duplicate,
        StoreError::LockTimeout | StoreError::Busy(_) | StoreError::Contended => Code::Overloaded,
        StoreError::OutcomeUnknown(_) => Code::OutcomeUnknown,
        StoreError::Missing(_) | StoreError::Corrupt(_) | StoreError::Nested | StoreError::Database(_) => {
            Code::Internal
        }
    }
}
