//! A series as its readers see it.

use serde::Serialize;
use utoipa::ToSchema;

use super::{super::view::OrganiserView, plan::Drawn};
use crate::{
    app::version::Versioned,
    domain::{
        access::Actor,
        decision::{Decision, ReasonCode},
        ids::{OrganisationId, ReservationId, SeriesId, SpaceId, VenueId},
        instant::Interval,
        record::Reservation,
        recurrence::CIVIL,
        reservation::Status,
        series::{OccurrenceOutcome, Series},
        zone::Zone,
    },
    store::people::Contact,
};

/// A series as its organiser, their organisation and the venue's staff see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Series)]
pub struct SeriesView {
    pub id: SeriesId,
    pub space_id: SpaceId,
    pub venue_id: VenueId,
    pub title: String,
    /// RFC 5545, in one canonical form; UNTIL ends it where a later part was split off.
    #[schema(example = "FREQ=WEEKLY;BYDAY=TU;COUNT=12")]
    pub rrule: String,
    /// Local dates on which nothing of it is: excluded, or not to be had when it was made.
    #[schema(value_type = Vec<String>, format = Date)]
    pub exdates: Vec<chrono::NaiveDate>,
    /// Of the first occurrence of the rule.
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub time_zone: String,
    pub organiser: OrganiserView,
    pub organisation_id: Option<OrganisationId>,
    /// The series of which this was the later part.
    pub split_from: Option<SeriesId>,
    #[schema(format = DateTime)]
    pub created_at: String,
    /// Its reservations, in the order of the rule; not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occurrences: Option<Vec<OccurrenceView>>,
    /// What was left out; in the answer to what left it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Vec<RefusedView>>,
    /// One more with each change of the series or of one of its reservations.
    pub version: i64,
}

/// A reservation of a series.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Occurrence)]
pub struct OccurrenceView {
    /// The local start that the rule gave it: names it, wherever it was moved since.
    #[schema(example = "2026-11-03T10:00:00")]
    pub recurrence_id: String,
    pub reservation_id: ReservationId,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    pub status: Status,
    /// Moved or edited by itself: edits of the series pass it by.
    pub changed: bool,
    /// A change of it waits for approval.
    pub change_requested: bool,
}

/// An occurrence that was left out, or could not be changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RefusedOccurrence)]
pub struct RefusedView {
    pub recurrence_id: String,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    /// `conflict` where nothing but the taken time stands against it.
    pub result: OccurrenceOutcome,
    /// The codes of the rules that are not kept; the preview says more.
    #[schema(value_type = Vec<String>)]
    pub reasons: Vec<ReasonCode>,
}

/// To which series a reservation belongs.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SeriesMembership)]
pub struct BelongsView {
    pub id: SeriesId,
    /// The local start that the rule gave it.
    #[schema(example = "2026-11-03T10:00:00")]
    pub recurrence_id: String,
    /// Moved or edited by itself: edits of the series pass it by.
    pub changed: bool,
}

impl BelongsView {
    pub(in crate::app) fn of(reservation: &Reservation) -> Option<Self> {
        reservation.belongs.map(|belongs| Self {
            id: belongs.series,
            recurrence_id: belongs.original.format(CIVIL).to_string(),
            changed: belongs.changed,
        })
    }
}

impl Versioned for SeriesView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl SeriesView {
    /// As `actor` sees it, who may; without its reservations.
    pub(super) fn new(series: &Series, organiser: Option<&Contact>, actor: &Actor) -> Self {
        let zone = series.zone;
        let staff = actor.is_staff_of(series.place.venue);
        let first = series.times.interval(zone);
        Self {
            id: series.id,
            space_id: series.space,
            venue_id: series.place.venue,
            title: series.title.clone(),
            rrule: series.rule.to_string(),
            exdates: series.exdates.clone(),
            starts_at: zone.show(first.start()),
            ends_at: zone.show(first.end()),
            time_zone: zone.to_string(),
            organiser: OrganiserView {
                id: series.organiser,
                name: organiser.map(|contact| contact.name.clone()).unwrap_or_default(),
                email: organiser.filter(|_| staff).map(|contact| contact.email.clone()),
            },
            organisation_id: series.organisation,
            split_from: series.split_from,
            created_at: zone.show(series.created_at),
            occurrences: None,
            refused: None,
            version: series.version,
        }
    }

    pub(super) fn with(mut self, members: &[Reservation], zone: Zone) -> Self {
        let members = members.iter().filter_map(|one| OccurrenceView::new(one, zone));
        self.occurrences = Some(members.collect());
        self
    }

    pub(super) fn without(mut self, refused: Vec<RefusedView>) -> Self {
        self.refused = Some(refused);
        self
    }
}

impl OccurrenceView {
    fn new(reservation: &Reservation, zone: Zone) -> Option<Self> {
        let belongs = BelongsView::of(reservation)?;
        Some(Self {
            recurrence_id: belongs.recurrence_id,
            reservation_id: reservation.id,
            starts_at: zone.show(reservation.interval.start()),
            ends_at: zone.show(reservation.interval.end()),
            status: reservation.status,
            changed: belongs.changed,
            change_requested: reservation.change.is_some(),
        })
    }
}

impl RefusedView {
    pub(super) fn new(
        original: chrono::NaiveDateTime,
        interval: Interval,
        decision: &Decision,
        zone: Zone,
    ) -> Self {
        let standing = decision.reasons.iter().filter(|reason| !reason.waived);
        Self {
            recurrence_id: original.format(CIVIL).to_string(),
            starts_at: zone.show(interval.start()),
            ends_at: zone.show(interval.end()),
            result: OccurrenceOutcome::of(decision),
            reasons: standing.map(|reason| reason.code).collect(),
        }
    }

    pub(super) fn all(drawn: &Drawn, zone: Zone) -> Vec<Self> {
        let refused = drawn.refused().map(|(slot, _)| {
            let (start, interval) = (slot.occurrence.starts_at, slot.request.interval);
            Self::new(start, interval, &slot.judged.decision, zone)
        });
        refused.collect()
    }
}
