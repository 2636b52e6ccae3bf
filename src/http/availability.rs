//! Availability: handlers. Open to all; who is signed in sees what holds for them.

use actix_web::{HttpRequest, get};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::Call,
    middleware::rate_limit,
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        availability::{
            search::{self, FoundView, Search},
            space::{self, AvailabilityView, Question},
            units::{self, UnitQuestion, UnitsView},
        },
        demand::{self, Client},
        error::Error,
        page::Page,
        places::spaces::SpaceFilter,
    },
    domain::{
        ids::{LayoutId, NetworkId, OrganisationId, ReservationId, SpaceId, VenueId},
        space::SpaceKind,
        zone::DateOrTime,
    },
};

/// What is asked of one space.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AvailabilityQuery {
    /// A local date or a time.
    pub from: DateOrTime,
    /// The first date or time beyond; at most 93 days later.
    pub to: DateOrTime,
    /// How long the slots are; the shortest possible where nothing is said. Of a space booked by days or nights as many
    /// as hold it, one where nothing is said.
    #[param(minimum = 1, maximum = 44_640)]
    pub duration_minutes: Option<u32>,
    /// Units wanted at once, of a space allocated by `each`; 1 where nothing is said.
    #[param(minimum = 1, maximum = 100_000)]
    pub quantity: Option<u32>,
    /// One of the space's layouts: its capacity and its minutes before and after count.
    pub layout: Option<LayoutId>,
    /// How many people come.
    #[param(value_type = Option<u64>, maximum = 4_294_967_295_u64)]
    pub attendees: Option<u32>,
    /// One of the reader's organisations, to see what holds for it.
    pub organisation_id: Option<OrganisationId>,
}

/// What is asked of all spaces.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// A local date or a time.
    pub from: DateOrTime,
    /// The first date or time beyond; at most 31 days later.
    pub to: DateOrTime,
    /// How long the slots are; the shortest possible of each space where nothing is said. Of a space booked by days or
    /// nights as many as hold it, one where nothing is said.
    #[param(minimum = 1, maximum = 44_640)]
    pub duration_minutes: Option<u32>,
    /// Only spaces of this kind.
    pub kind: Option<SpaceKind>,
    /// For at least so many people.
    #[param(value_type = Option<u64>, maximum = 4_294_967_295_u64)]
    pub capacity_min: Option<u32>,
    /// One or more that must all be there, separated by commas.
    #[param(example = "projector")]
    pub amenity: Option<String>,
    /// Of this network.
    pub network_id: Option<NetworkId>,
    /// Of this venue.
    pub venue_id: Option<VenueId>,
    /// In this municipality, as the venue's address has it.
    #[param(example = "Kranj")]
    pub municipality: Option<String>,
    /// Units wanted at once, of spaces allocated by `each`; 1 where nothing is said.
    #[param(minimum = 1, maximum = 100_000)]
    pub quantity: Option<u32>,
    /// How many people come.
    #[param(value_type = Option<u64>, maximum = 4_294_967_295_u64)]
    pub attendees: Option<u32>,
    /// Words that must occur in name or description.
    pub q: Option<String>,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

impl SearchQuery {
    fn search(&self) -> Result<Search, Error> {
        let filter = SpaceFilter {
            network: self.network_id,
            venue: self.venue_id,
            kind: self.kind,
            capacity_min: self.capacity_min,
            amenity: self.amenity.clone(),
            municipality: self.municipality.clone(),
            q: self.q.clone(),
        };
        Ok(Search {
            from: self.from,
            to: self.to,
            duration_minutes: self.duration_minutes,
            quantity: self.quantity,
            attendees: self.attendees,
            wanted: filter.wanted()?,
        })
    }
}

/// When a space is free.
///
/// Per local day: opening time, free time, and slots on the grid with what booking each would come to.
#[utoipa::path(tag = "availability", params(("id" = SpaceId, Path), AvailabilityQuery),
    security((), ("bearer" = [])), responses(
    (status = 200, description = "The days asked about", body = AvailabilityView)
))]
#[get("/spaces/{id}/availability")]
pub async fn show_availability(
    call: Call,
    Path(id): Path<SpaceId>,
    Query(query): Query<AvailabilityQuery>,
) -> Answer {
    let question = Question {
        from: query.from,
        to: query.to,
        duration_minutes: query.duration_minutes,
        quantity: query.quantity,
        layout: query.layout,
        attendees: query.attendees,
        organisation: query.organisation_id,
    };
    let view = call.run(move |context, ()| space::show(&context.app, &context.actor, id, &question)).await?;
    Ok(answer::data(&view))
}

/// At which time.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UnitsQuery {
    /// As of a reservation: a time, or of a space booked by days or nights a local date.
    pub starts_at: DateOrTime,
    /// Likewise; at most 93 days later.
    pub ends_at: DateOrTime,
    /// One of the space's layouts: its minutes before and after count.
    pub layout: Option<LayoutId>,
    /// One of the reader's organisations.
    pub organisation_id: Option<OrganisationId>,
    /// One that the reader may change: as a change of it would find them, free of itself and for whom it is.
    pub reservation_id: Option<ReservationId>,
}

/// Which units of a space are free at a time.
///
/// Those that a reservation could name as `unit_ids`, as far as others leave them free; whether the reader may reserve is
/// said by the dry run. Nobody else is named. Whoever would change a reservation names it: what it has itself is free to it.
#[utoipa::path(tag = "availability", params(("id" = SpaceId, Path), UnitsQuery),
    security((), ("bearer" = [])), responses(
    (status = 200, description = "All units, free or taken", body = UnitsView)
))]
#[get("/spaces/{id}/units")]
pub async fn list_units(call: Call, Path(id): Path<SpaceId>, Query(query): Query<UnitsQuery>) -> Answer {
    let question = UnitQuestion {
        starts_at: query.starts_at,
        ends_at: query.ends_at,
        layout: query.layout,
        organisation: query.organisation_id,
        reservation: query.reservation_id,
    };
    let view = call.run(move |context, ()| units::list(&context.app, &context.actor, id, &question)).await?;
    Ok(answer::data(&view))
}

/// Search all spaces for free slots.
#[utoipa::path(tag = "availability", params(SearchQuery), responses(
    (status = 200, description = "A page of spaces with their bookable slots", body = Page<FoundView>)
))]
#[get("/availability")]
pub async fn search_availability(
    request: HttpRequest,
    call: Call,
    Query(query): Query<SearchQuery>,
) -> Answer {
    let address = rate_limit::household_of(&request);
    let page = call
        .run(move |context, ()| {
            let asked = Paging { limit: query.limit, cursor: query.cursor.clone() }.asked();
            let search = query.search()?;
            let first = query.cursor.is_none();
            let unpaged = SearchQuery { limit: None, cursor: None, ..query };
            let (app, actor) = (&context.app, &context.actor);
            let page = search::search(app, actor, &search, &asked, &format!("{unpaged:?}"))?;
            if first {
                demand::searched(app, Client::of(actor, address), &search, &page);
            }
            Ok(page)
        })
        .await?;
    Ok(answer::listed(&request, &page))
}
