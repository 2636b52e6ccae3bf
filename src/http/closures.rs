//! Closing a venue on some dates, trying it first, and opening it again: handlers, for staff of the venue.

use actix_web::{delete, http::StatusCode, post};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Path, Query},
};
use crate::{
    app::places::hours::{self, ClosureView, Dates, NewClosure, ReopeningView},
    domain::ids::VenueId,
};

/// Which dates.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DatesQuery {
    /// Local date, today or later.
    pub first_date: NaiveDate,
    /// Included.
    pub last_date: NaiveDate,
}

/// Close a venue on some dates.
///
/// With all its spaces, those with hours of their own among them, in one step. Reservations that would no longer lie in
/// opening time are listed and nothing happens, unless `on_affected` says to keep or cancel them.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path)), request_body = NewClosure,
    security(("bearer" = [])), responses(
    (status = 200, description = "Closed, with the reservations that it met as they are now", body = ClosureView)
))]
#[post("/venues/{id}/closures")]
pub async fn close_venue(call: Call<Json<NewClosure>>, Path(id): Path<VenueId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            hours::close(&context.app, &context.actor, context.claim(200), id, new)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}

/// Try closing a venue.
///
/// The same body as `POST /venues/{id}/closures`, and what it would meet; nothing is written.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path)), request_body = NewClosure,
    security(("bearer" = [])), responses(
    (status = 200, description = "What it would come to", body = ClosureView)
))]
#[post("/venues/{id}/closures/preview")]
pub async fn preview_closure(call: Call<Json<NewClosure>>, Path(id): Path<VenueId>) -> Answer {
    let closure =
        call.run(move |context, Json(new)| hours::preview(&context.app, &context.actor, id, &new)).await?;
    Ok(answer::data(&closure))
}

/// Open a venue again on some dates.
///
/// The hours of the venue and of its spaces count as they did before it was closed, hours of single dates among them. What
/// was given of a date since stays and is listed, and so does what a space alone was closed for; what was cancelled is not
/// brought back.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path), DatesQuery), security(("bearer" = [])), responses(
    (status = 200, description = "Open as its hours say, and what they say", body = ReopeningView)
))]
#[delete("/venues/{id}/closures")]
pub async fn reopen_venue(call: Call, Path(id): Path<VenueId>, Query(query): Query<DatesQuery>) -> Answer {
    let dates = Dates { first: query.first_date, last: query.last_date };
    let done = call
        .change(move |context, ()| hours::reopen(&context.app, &context.actor, context.claim(200), id, dates))
        .await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}
