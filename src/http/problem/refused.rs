//! What a refusal says in detail: the rules that are not kept, the occurrences of a series, what could be had instead.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::error::Alternative,
    catalogue,
    domain::{
        decision::{Decision, Outcome, Reason, Shown, Value},
        ids::SpaceId,
        locale::Locale,
        recurrence::CIVIL,
        series::{OccurrenceOutcome, Preview, Previewed},
        zone::Zone,
    },
};

/// One rule that is not kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonBody {
    #[schema(example = "too_long")]
    code: &'static str,
    /// `ask` or `refuse`: what the rule says.
    #[schema(example = "refuse")]
    outcome: &'static str,
    limit: Option<Shown>,
    actual: Option<Shown>,
    /// What `limit` and `actual` count: minutes, days, count or instant.
    unit: Option<&'static str>,
    /// Staff went beyond it.
    waived: bool,
    /// In the reader's language.
    message: String,
    /// The pool of equipment whose rule it is; absent where the space's that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    space_id: Option<SpaceId>,
}

/// One occurrence of a series, and what comes of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PreviewedOccurrence)]
pub struct PreviewedBody {
    /// The local start that the rule gives it.
    #[schema(example = "2026-11-03T10:00:00")]
    recurrence_id: String,
    #[schema(format = DateTime)]
    starts_at: String,
    #[schema(format = DateTime)]
    ends_at: String,
    /// `conflict` where nothing but the taken time stands against it.
    result: OccurrenceOutcome,
    /// As for one reservation; null where it is excluded.
    outcome: Option<Outcome>,
    reasons: Vec<ReasonBody>,
}

impl PreviewedBody {
    pub fn all(preview: &Preview, zone: Zone, locale: Locale) -> Vec<Self> {
        preview.occurrences.iter().map(|one| Self::new(one, zone, locale)).collect()
    }

    pub fn new(one: &Previewed, zone: Zone, locale: Locale) -> Self {
        let decision = one.decision.as_ref();
        Self {
            recurrence_id: one.occurrence.starts_at.format(CIVIL).to_string(),
            starts_at: zone.show(one.interval.start()),
            ends_at: zone.show(one.interval.end()),
            result: one.outcome,
            outcome: decision.map(|decision| decision.outcome),
            reasons: decision.map(|decision| ReasonBody::all(decision, zone, locale)).unwrap_or_default(),
        }
    }
}

/// A bookable instead.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlternativeBody {
    space_id: SpaceId,
    #[schema(format = DateTime)]
    starts_at: String,
    #[schema(format = DateTime)]
    ends_at: String,
}

impl ReasonBody {
    pub fn all(decision: &Decision, zone: Zone, locale: Locale) -> Vec<Self> {
        decision.reasons.iter().map(|reason| Self::new(reason, zone, locale)).collect()
    }

    fn new(reason: &Reason, zone: Zone, locale: Locale) -> Self {
        let code = reason.code.as_str();
        let message = catalogue::of_decision(locale, reason, zone);
        Self {
            code,
            outcome: reason.outcome.as_str(),
            limit: reason.limit.map(|value| value.show(zone)),
            actual: reason.actual.map(|value| value.show(zone)),
            unit: reason.limit.or(reason.actual).map(Value::unit),
            waived: reason.waived,
            message: message.unwrap_or_else(|| code.to_owned()),
            space_id: reason.pool.as_ref().map(|pool| pool.space),
        }
    }
}

impl From<&Alternative> for AlternativeBody {
    fn from(alternative: &Alternative) -> Self {
        let Alternative { space, interval, zone } = *alternative;
        Self { space_id: space, starts_at: zone.show(interval.start()), ends_at: zone.show(interval.end()) }
    }
}
