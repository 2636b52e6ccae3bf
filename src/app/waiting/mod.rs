//! The waiting list: joining, looking, leaving, and the offers that a job makes (DESIGN 4).

pub mod join;
pub mod leave;
pub mod list;
pub mod looks;
pub mod of_venue;
pub mod offer;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{App, error::Error, version::Versioned},
    domain::{
        ids::{OrganisationId, ReservationId, SpaceId, VenueId, WaitingId},
        instant::Instant,
        record::Reservation,
        reservation::{Purpose, Status},
        waiting::{WaitingEntry, WaitingState},
        zone::Zone,
    },
    store::{db::ReadTx, waiting},
};

/// An entry as who waits sees it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = WaitingEntry)]
pub struct EntryView {
    pub id: WaitingId,
    pub space_id: SpaceId,
    pub venue_id: VenueId,
    /// Within which the slot lies.
    #[schema(format = DateTime)]
    pub from: String,
    #[schema(format = DateTime)]
    pub to: String,
    pub duration_minutes: u32,
    pub quantity: u32,
    pub attendees: Option<u32>,
    pub title: String,
    pub purpose: Purpose,
    pub organisation_id: Option<OrganisationId>,
    pub state: WaitingState,
    /// The slot that is held for them now, or that they took.
    pub offer: Option<OfferView>,
    #[schema(format = DateTime)]
    pub created_at: String,
    pub version: i64,
}

/// A slot that was offered: a hold, to be confirmed or let go like any other.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = WaitingOffer)]
pub struct OfferView {
    pub reservation_id: ReservationId,
    #[schema(format = DateTime)]
    pub starts_at: String,
    #[schema(format = DateTime)]
    pub ends_at: String,
    /// When the next in line is offered it, unless it is confirmed; null once it is taken.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
}

impl Versioned for EntryView {
    fn version(&self) -> i64 {
        self.version
    }
}

impl EntryView {
    fn new(entry: &WaitingEntry, offers: &[Reservation], zone: Zone, now: Instant) -> Self {
        let show = |at| zone.show(at);
        // Taken, or live; what was missed is of no interest any more.
        let stands = |offer: &&Reservation| offer.on_confirm.is_none() || is_live(offer, now);
        Self {
            id: entry.id,
            space_id: entry.space,
            venue_id: entry.place.venue,
            from: show(entry.range.start()),
            to: show(entry.range.end()),
            duration_minutes: entry.duration_minutes,
            quantity: entry.quantity,
            attendees: entry.attendees,
            title: entry.title.clone(),
            purpose: entry.purpose,
            organisation_id: entry.organisation,
            state: entry.state(offers, now),
            offer: offers.iter().find(stands).map(|offer| OfferView {
                reservation_id: offer.id,
                starts_at: show(offer.interval.start()),
                ends_at: show(offer.interval.end()),
                expires_at: offer.held_until().map(show),
            }),
            created_at: show(entry.created_at),
            version: entry.version,
        }
    }
}

fn is_live(offer: &Reservation, now: Instant) -> bool {
    offer.status == Status::Held && !offer.ran_out(now)
}

/// The holds that were made for one entry.
fn offers_of(tx: &mut ReadTx, id: WaitingId) -> Result<Vec<Reservation>, Error> {
    Ok(waiting::offers(tx, &[id])?.into_iter().map(|(_, offer)| offer).collect())
}

/// The views of entries, in few queries.
fn views(tx: &mut ReadTx, app: &App, entries: &[WaitingEntry]) -> Result<Vec<EntryView>, Error> {
    let ids: Vec<WaitingId> = entries.iter().map(|entry| entry.id).collect();
    let (offers, now) = (waiting::offers(tx, &ids)?, app.now());
    let mut views = Vec::with_capacity(entries.len());
    for entry in entries {
        let own = offers.iter().filter(|(of, _)| *of == entry.id).map(|(_, offer)| offer.clone());
        let configuration = app.configurations.get(tx, entry.space)?;
        let zone = configuration.map_or_else(Zone::default, |configuration| configuration.zone());
        views.push(EntryView::new(entry, &own.collect::<Vec<_>>(), zone, now));
    }
    Ok(views)
}
