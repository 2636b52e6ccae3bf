//! Indicators of a network's action plan: handlers.

use actix_web::{HttpRequest, delete, get, http::StatusCode, post, put};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        indicators::{self, IndicatorView, NewIndicator},
        page::Page,
    },
    domain::ids::{IndicatorId, NetworkId},
};

/// List a network's indicators.
///
/// For its coordination body, the operator's administrators and the staff of its venues. How they stand is told by
/// `GET /statistics/indicators`.
#[utoipa::path(tag = "statistics", params(("id" = NetworkId, Path), Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of indicators", body = Page<IndicatorView>)
))]
#[get("/networks/{id}/indicators")]
pub async fn list_indicators(
    request: HttpRequest,
    call: Call,
    Path(id): Path<NetworkId>,
    Query(paging): Query<Paging>,
) -> Answer {
    let page = call
        .run(move |context, ()| indicators::list(&context.app, &context.actor, id, &paging.asked()))
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Define an indicator.
///
/// For the network's coordination body and the operator's administrators. Figures of use (`available_hours`, `booked_hours`,
/// `used_hours`, both frequencies, `occupancy`, `utilisation`, `no_shows`, `attended`) are filtered by venues and kinds of
/// spaces; figures about people by what one published table tells apart, anything else being `grouping_not_published`.
#[utoipa::path(tag = "statistics", params(("id" = NetworkId, Path)), request_body = NewIndicator,
    security(("bearer" = [])), responses(
    (status = 201, description = "Defined", body = IndicatorView)
))]
#[post("/networks/{id}/indicators")]
pub async fn define_indicator(call: Call<Json<NewIndicator>>, Path(id): Path<NetworkId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            indicators::create(&context.app, &context.actor, context.claim(201), id, new)
        })
        .await?;
    Ok(answer::created(done, |indicator| format!("/api/v1/indicators/{}", indicator.id)))
}

/// Show an indicator.
#[utoipa::path(tag = "statistics", params(("id" = IndicatorId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The indicator as it is defined", body = IndicatorView)
))]
#[get("/indicators/{id}")]
pub async fn show_indicator(call: Call, Path(id): Path<IndicatorId>) -> Answer {
    let indicator = call.run(move |context, ()| indicators::show(&context.app, &context.actor, id)).await?;
    Ok(answer::found(&indicator))
}

/// Define an indicator anew.
///
/// What a closed year was measured by stays: another figure, filter or direction, or another target of such a year, is
/// `period_closed`.
#[utoipa::path(tag = "statistics", params(("id" = IndicatorId, Path)), request_body = NewIndicator,
    security(("bearer" = [])), responses(
    (status = 200, description = "As it is defined now", body = IndicatorView)
))]
#[put("/indicators/{id}")]
pub async fn put_indicator(call: Call<Json<NewIndicator>>, Path(id): Path<IndicatorId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            let expected = context.required_match()?;
            indicators::put(&context.app, &context.actor, context.claim(200), id, expected, new)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Give up an indicator.
///
/// It is counted no more; years that are closed go on telling it.
#[utoipa::path(tag = "statistics", params(("id" = IndicatorId, Path)), security(("bearer" = [])), responses(
    (status = 204, description = "Given up")
))]
#[delete("/indicators/{id}")]
pub async fn archive_indicator(call: Call, Path(id): Path<IndicatorId>) -> Answer {
    let done = call
        .change(move |context, ()| {
            let expected = context.required_match()?;
            indicators::archive(&context.app, &context.actor, context.claim(204), id, expected)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}
