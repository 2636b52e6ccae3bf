//! Opening hours of venues and spaces: handlers.

use actix_web::{delete, get, http::StatusCode, put};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Path, Query},
};
use crate::{
    app::affected::OnAffected,
    app::places::hours::{self, HoursView, NewHours, Of, Return},
    domain::ids::{SpaceId, VenueId},
};

/// Which exceptions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoursQuery {
    /// Exceptions from this local date on; today where nothing is said.
    pub from: Option<NaiveDate>,
}

/// When the venue's hours count again.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReturnQuery {
    /// Local date; today where nothing is said.
    pub valid_from: Option<NaiveDate>,
    /// About future reservations; `refuse` where nothing is said.
    pub on_affected: Option<OnAffected>,
}

/// Show a venue's opening hours.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path), HoursQuery), responses(
    (status = 200, description = "What counts today and what is to come", body = HoursView)
))]
#[get("/venues/{id}/opening-hours")]
pub async fn show_venue_hours(
    call: Call,
    Path(id): Path<VenueId>,
    Query(query): Query<HoursQuery>,
) -> Answer {
    show(call, Of::Venue(id), query).await
}

/// Show a space's opening hours.
///
/// Its own, or its venue's with `inherited`.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path), HoursQuery), responses(
    (status = 200, description = "What counts today and what is to come", body = HoursView)
))]
#[get("/spaces/{id}/opening-hours")]
pub async fn show_space_hours(
    call: Call,
    Path(id): Path<SpaceId>,
    Query(query): Query<HoursQuery>,
) -> Answer {
    show(call, Of::Space(id), query).await
}

/// Give a venue opening hours from a date on.
///
/// They count for every space without hours of its own. For the venue's staff and the operator's
/// administrators.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path)), request_body = NewHours,
    security(("bearer" = [])), responses(
    (status = 200, description = "What counts today and what is to come", body = HoursView)
))]
#[put("/venues/{id}/opening-hours")]
pub async fn put_venue_hours(call: Call<Json<NewHours>>, Path(id): Path<VenueId>) -> Answer {
    change(call, Of::Venue(id)).await
}

/// Give a space opening hours of its own from a date on.
///
/// Before it the space keeps its venue's. For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), request_body = NewHours,
    security(("bearer" = [])), responses(
    (status = 200, description = "What counts today and what is to come", body = HoursView)
))]
#[put("/spaces/{id}/opening-hours")]
pub async fn put_space_hours(call: Call<Json<NewHours>>, Path(id): Path<SpaceId>) -> Answer {
    change(call, Of::Space(id)).await
}

/// Give a space its venue's opening hours again.
///
/// From a date on; its past keeps the hours it had. For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path), ReturnQuery), security(("bearer" = [])), responses(
    (status = 200, description = "What counts today and what is to come", body = HoursView)
))]
#[delete("/spaces/{id}/opening-hours")]
pub async fn drop_space_hours(
    call: Call,
    Path(id): Path<SpaceId>,
    Query(query): Query<ReturnQuery>,
) -> Answer {
    let wanted = Return { valid_from: query.valid_from, on_affected: query.on_affected.unwrap_or_default() };
    let done = call
        .change(move |context, ()| {
            let expected = context.required_match()?;
            hours::inherit(&context.app, &context.actor, context.claim(200), id, expected, wanted)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

async fn show(call: Call, of: Of, query: HoursQuery) -> Answer {
    let hours = call.run(move |context, ()| hours::show(&context.app, of, query.from)).await?;
    Ok(answer::found(&hours))
}

async fn change(call: Call<Json<NewHours>>, of: Of) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            let expected = context.required_match()?;
            hours::put(&context.app, &context.actor, context.claim(200), of, expected, new)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}
