//! Errors as RFC 9457 problem details: the only place that knows their HTTP statuses.

mod refused;

use std::fmt;

use actix_web::{
    HttpResponse, ResponseError,
    body::BoxBody,
    http::{StatusCode, header},
};
use secrecy::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;

pub use self::refused::{AlternativeBody, PreviewedBody, ReasonBody};
use crate::{
    app::error::{Code, Error, FieldError, Obligation, ObligationKind},
    catalogue,
    domain::{
        ids::{OrganisationId, ReservationId},
        locale::Locale,
    },
};

/// A problem on its way to a reader of `locale`.
#[derive(Debug)]
pub struct Problem {
    pub error: Error,
    pub locale: Locale,
}

/// An RFC 9457 problem.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody {
    /// A page that explains the code.
    #[serde(rename = "type")]
    #[schema(example = "/problems/slot_taken")]
    kind: String,
    /// In the reader's language.
    title: String,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// Stable: switch on this.
    #[schema(value_type = String, example = "slot_taken")]
    code: Code,
    /// The fields that were refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldBody>,
    /// The rules that refuse (`policy_refused`), and of `slot_taken` what is taken where equipment was asked for, too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasons: Vec<ReasonBody>,
    /// What could be booked instead (`slot_taken`, `policy_refused`).
    #[serde(skip_serializing_if = "Option::is_none")]
    alternatives: Option<Vec<AlternativeBody>>,
    /// The status that stands against the action (`state_conflict`).
    #[serde(skip_serializing_if = "Option::is_none")]
    current_status: Option<&'static str>,
    /// The future reservations that stand against a change (`affected_reservations`).
    #[serde(skip_serializing_if = "Option::is_none")]
    affected: Option<Vec<ReservationId>>,
    /// What is still open (`obligations_open`).
    #[serde(skip_serializing_if = "Option::is_none")]
    obligations: Option<Vec<ObligationBody>>,
    /// Every occurrence of the series with what comes of it (`series_conflicts`, `too_many_skipped`, `nothing_left`).
    #[serde(skip_serializing_if = "Option::is_none")]
    occurrences: Option<Vec<PreviewedBody>>,
    /// The organisation that has the register number (`organisation_exists`): ask to join it with
    /// `POST /organisations/{id}/join-requests`.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<ExistingOrganisation>,
    /// For `POST /auth/second-factor/verify`, within five minutes (`second_factor_required`).
    #[serde(skip_serializing_if = "Option::is_none")]
    challenge: Option<String>,
}

/// An organisation that stands already: its id and its name, and nothing of its members.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExistingOrganisation {
    id: OrganisationId,
    name: String,
}

/// One refused field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldBody {
    /// JSON pointer into the body (RFC 6901), or `?name` for a query parameter.
    #[schema(example = "/starts_at")]
    pointer: String,
    #[schema(example = "too_long")]
    code: &'static str,
    message: String,
}

/// Something open between the person and others.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Obligation)]
pub struct ObligationBody {
    #[schema(value_type = String, example = "reservations")]
    kind: ObligationKind,
    /// Of what it is about: reservations, organisations, venues or networks.
    ids: Vec<String>,
}

impl From<&Obligation> for ObligationBody {
    fn from(open: &Obligation) -> Self {
        Self { kind: open.kind, ids: open.ids.clone() }
    }
}

/// The status each code is answered with (docs/STATUS-CODES.md is made from this).
pub const fn status(code: Code) -> StatusCode {
    match code {
        Code::Malformed => StatusCode::BAD_REQUEST,
        Code::Unauthenticated | Code::CredentialsRefused | Code::SecondFactorRequired => {
            StatusCode::UNAUTHORIZED
        }
        Code::Forbidden
        | Code::AddressUnverified
        | Code::SecondFactorMissing
        | Code::ConfirmationRequired
        | Code::ScopeMissing => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::SlotTaken
        | Code::StateConflict
        | Code::HoldExpired
        | Code::AffectedReservations
        | Code::SeriesConflicts
        | Code::TooManySkipped
        | Code::NothingLeft
        | Code::Duplicate
        | Code::OrganisationExists
        | Code::LastOne
        | Code::ObligationsOpen
        | Code::PeriodClosed
        | Code::NotOpenYet
        | Code::IdempotencyInProgress => StatusCode::CONFLICT,
        Code::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
        Code::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::Invalid
        | Code::ImageUnsupported
        | Code::ImageDamaged
        | Code::ImageTooManyPixels
        | Code::ImageTooSmall
        | Code::GroupingNotPublished
        | Code::PolicyRefused
        | Code::IdempotencyKeyReused
        | Code::LocalTimeNonexistent
        | Code::LocalTimeAmbiguous
        | Code::TimeOutOfBounds => StatusCode::UNPROCESSABLE_ENTITY,
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::Overloaded | Code::OutcomeUnknown => StatusCode::SERVICE_UNAVAILABLE,
        Code::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The title of a code in the reader's language.
pub fn title(code: Code, locale: Locale) -> String {
    catalogue::find(locale, &format!("problem-{code}-title"), &[]).unwrap_or_else(|| code.to_string())
}

fn field(error: &FieldError, locale: Locale) -> FieldBody {
    let message = catalogue::find(locale, &format!("field-{}", error.code), &[]);
    FieldBody {
        pointer: error.pointer.clone(),
        code: error.code,
        message: message.or_else(|| error.detail.clone()).unwrap_or_else(|| error.code.to_owned()),
    }
}

impl Problem {
    fn body(&self) -> ProblemBody {
        let code = self.error.code();
        let mut body = ProblemBody {
            kind: format!("/problems/{code}"),
            title: title(code, self.locale),
            status: status(code).as_u16(),
            detail: None,
            code,
            errors: Vec::new(),
            reasons: Vec::new(),
            alternatives: None,
            current_status: None,
            affected: None,
            obligations: None,
            occurrences: None,
            organisation: None,
            challenge: None,
        };
        match &self.error {
            Error::Detailed(_, detail) => body.detail = Some(detail.clone()),
            Error::Because(_, why, most) => body.detail = Some(why.said(*most, self.locale)),
            Error::Fields(errors) => {
                body.errors = errors.iter().map(|error| field(error, self.locale)).collect();
            }
            Error::State(status) => body.current_status = Some(status.as_str()),
            Error::SlotTaken { why, alternatives } => {
                if let Some((decision, zone)) = why {
                    body.reasons = ReasonBody::all(decision, *zone, self.locale);
                }
                body.alternatives = Some(alternatives.iter().map(AlternativeBody::from).collect());
            }
            Error::Refused { decision, zone, alternatives } => {
                body.reasons = ReasonBody::all(decision, *zone, self.locale);
                body.alternatives = Some(alternatives.iter().map(AlternativeBody::from).collect());
            }
            Error::Affected(ids) => body.affected = Some(ids.clone()),
            Error::OrganisationExists { id, name } => {
                body.organisation = Some(ExistingOrganisation { id: *id, name: name.clone() });
            }
            Error::Obligations(open) => {
                body.obligations = Some(open.iter().map(ObligationBody::from).collect());
            }
            Error::Series { preview, zone, .. } => {
                body.occurrences = Some(PreviewedBody::all(preview, *zone, self.locale));
            }
            Error::HalfSignedIn(challenge) => body.challenge = Some(challenge.expose_secret().to_owned()),
            Error::Plain(_) | Error::Denied(_) | Error::Store(_) | Error::Broken(_) => {}
        }
        body
    }

    fn log(&self) {
        match &self.error {
            Error::Broken(what) => tracing::error!(error = %what, "something that can't be was: {what}"),
            Error::Store(error) => match self.error.code() {
                Code::Internal => tracing::error!(%error, "the store failed: {error}"),
                _ => tracing::warn!(%error, "the store is not to be had now: {error}"),
            },
            _ => {}
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.error.code())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        status(self.error.code())
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        self.log();
        let status = self.status_code();
        let mut response = HttpResponse::build(status);
        response
            .content_type("application/problem+json")
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::CONTENT_LANGUAGE, self.locale.tag()));
        if status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.insert_header((header::RETRY_AFTER, "1"));
        }
        if status == StatusCode::TOO_MANY_REQUESTS {
            // A day's share is used up; the limiter of requests puts its own, shorter wait here.
            response.insert_header((header::RETRY_AFTER, "3600"));
        }
        let mut response = match serde_json::to_string(&self.body()) {
            Ok(body) => response.body(body),
            Err(_) => response.finish(),
        };
        // Read by the layer that counts.
        response.extensions_mut().insert(self.error.code());
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_title_in_every_language() {
        for locale in Locale::ALL {
            for &code in Code::ALL {
                assert_ne!(title(code, locale), code.to_string(), "{code} in {}", locale.tag());
            }
        }
    }

    #[test]
    fn a_refusal_names_rule_limit_and_actual_value_in_the_readers_language() {
        use crate::domain::{
            decision::{Decision, Outcome, Reason, ReasonCode, Value},
            zone::Zone,
        };
        let reason = Reason {
            code: ReasonCode::TooLong,
            outcome: Outcome::Refuse,
            limit: Some(Value::Minutes(120)),
            actual: Some(Value::Minutes(180)),
            waived: false,
            pool: None,
        };
        let decision = Box::new(Decision { outcome: Outcome::Refuse, reasons: vec![reason] });
        let error = Error::Refused { decision, zone: Zone::default(), alternatives: Vec::new() };
        let body = serde_json::to_value(Problem { error, locale: Locale::Sl }.body()).unwrap();
        assert_eq!(body["reasons"][0]["limit"], 120);
        assert_eq!(body["reasons"][0]["unit"], "minutes");
        let message = body["reasons"][0]["message"].as_str().unwrap();
        assert!(message.contains("2 uri") && message.contains("3 ure"), "{message}");
    }
}
