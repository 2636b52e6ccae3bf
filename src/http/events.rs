//! Public events: handlers. Open to all, and the same for all.

use actix_web::{HttpRequest, get};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::Call,
    entity_tag, ics,
    query::{Paging, Query},
};
use crate::{
    app::{
        events::{self, EventView, Filter},
        page::Page,
    },
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        zone::DateOrTime,
    },
};

/// Which events.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventsQuery {
    /// Of all venues of a network. Exactly one of `network_id`, `venue_id` and `space_id` is given.
    pub network_id: Option<NetworkId>,
    /// Of one venue.
    pub venue_id: Option<VenueId>,
    /// In one space.
    pub space_id: Option<SpaceId>,
    /// From here on: events that end later; from now on where nothing is said. Without an offset it is each
    /// venue's own date or time.
    pub from: Option<DateOrTime>,
    /// Up to here: events that start earlier.
    pub to: Option<DateOrTime>,
    /// In this municipality, as the venue's address has it.
    #[param(example = "Kranj")]
    pub municipality: Option<String>,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// Whose calendar.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FeedQuery {
    /// Of all venues of a network. Exactly one of `network_id` and `venue_id` is given.
    pub network_id: Option<NetworkId>,
    /// Of one venue.
    pub venue_id: Option<VenueId>,
    /// In this municipality, as the venue's address has it.
    #[param(example = "Kranj")]
    pub municipality: Option<String>,
}

/// List what is on.
///
/// The public reservations that are confirmed, going on or over, by their start. What waits for approval, was
/// declined or cancelled is not among them, and nobody is named.
#[utoipa::path(tag = "events", params(EventsQuery), responses(
    (status = 200, description = "A page of events", body = Page<EventView>)
))]
#[get("/events")]
pub async fn list_events(request: HttpRequest, call: Call, Query(query): Query<EventsQuery>) -> Answer {
    let page = call
        .run(move |context, ()| {
            let asked = Paging { limit: query.limit, cursor: query.cursor.clone() }.asked();
            let filter = Filter {
                network: query.network_id,
                venue: query.venue_id,
                space: query.space_id,
                from: query.from,
                to: query.to,
                municipality: query.municipality.clone(),
            };
            let unpaged = EventsQuery { limit: None, cursor: None, ..query };
            events::list(&context.app, &filter, &asked, &format!("{unpaged:?}"))
        })
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Subscribe to what is on.
///
/// A calendar (RFC 5545) of the public events from a week ago to a year ahead, a thousand at most. One that is
/// cancelled stays for 30 days with `STATUS:CANCELLED`. `If-None-Match` with the last answer's `ETag` is answered
/// by 304 as long as nothing changed.
#[utoipa::path(tag = "events", params(FeedQuery), responses(
    (status = 200, description = "iCalendar (RFC 5545)", body = String, content_type = "text/calendar"),
    (status = 304, description = "As it was (RFC 9110, 15.4.5)")
))]
#[get("/events.ics")]
pub async fn show_event_feed(request: HttpRequest, call: Call, Query(query): Query<FeedQuery>) -> Answer {
    let text = call
        .run(move |context, ()| {
            let filter = Filter {
                network: query.network_id,
                venue: query.venue_id,
                municipality: query.municipality,
                ..Filter::default()
            };
            events::feed(&context.app, &filter)
        })
        .await?;
    let tag = entity_tag::of(&text);
    Ok(ics::answer(&request, text, tag, "public, max-age=300"))
}
