//! Venues: handlers.

use actix_web::{HttpRequest, get, http::StatusCode, patch, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Path, Query},
};
use crate::{
    app::{
        page::{Asked, Page},
        places::venues::{self, NewVenue, VenueChange, VenueView},
    },
    domain::ids::{NetworkId, VenueId},
};

/// Which venues.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct VenueQuery {
    /// Of this network.
    pub network_id: Option<NetworkId>,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// List the venues.
#[utoipa::path(tag = "places", params(VenueQuery), responses(
    (status = 200, description = "A page of venues", body = Page<VenueView>)
))]
#[get("/venues")]
pub async fn list_venues(request: HttpRequest, call: Call, Query(query): Query<VenueQuery>) -> Answer {
    let asked = Asked { limit: query.limit, cursor: query.cursor };
    let page = call
        .run(move |context, ()| venues::list(&context.app, &context.actor, query.network_id, &asked))
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Make a venue.
///
/// For the network's coordination body and the operator's administrators.
#[utoipa::path(tag = "places", request_body = NewVenue, security(("bearer" = [])), responses(
    (status = 201, description = "Made", body = VenueView)
))]
#[post("/venues")]
pub async fn create_venue(call: Call<Json<NewVenue>>) -> Answer {
    let done = call
        .change(|context, Json(new)| venues::create(&context.app, &context.actor, context.claim(201), new))
        .await?;
    Ok(answer::created(done, |venue| format!("/api/v1/venues/{}", venue.id)))
}

/// Show a venue.
///
/// Its staff also see the access instructions.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path)), responses(
    (status = 200, description = "The venue", body = VenueView)
))]
#[get("/venues/{id}")]
pub async fn show_venue(call: Call, Path(id): Path<VenueId>) -> Answer {
    let venue = call.run(move |context, ()| venues::show(&context.app, &context.actor, id)).await?;
    Ok(answer::found(&venue))
}

/// Edit a venue.
///
/// For its staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path)), request_body = VenueChange,
    security(("bearer" = [])), responses(
    (status = 200, description = "The venue as it is now", body = VenueView)
))]
#[patch("/venues/{id}")]
pub async fn edit_venue(call: Call<Json<VenueChange>>, Path(id): Path<VenueId>) -> Answer {
    let done = call
        .change(move |context, Json(change)| {
            let expected = context.required_match()?;
            venues::edit(&context.app, &context.actor, context.claim(200), id, expected, change)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}
