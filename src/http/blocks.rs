//! Blocks: handlers, for staff of the venue.

use actix_web::{HttpRequest, delete, get, http::StatusCode, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        blocks::{self, BlockPreview, BlockView, NewBlock, Within},
        page::Page,
    },
    domain::{
        ids::{BlockId, SpaceId, VenueId},
        zone::DateOrTime,
    },
};

/// How far a lifting goes.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Following {
    /// Whether the later blocks of the same rule are lifted, too.
    #[serde(default)]
    pub following: bool,
}

/// List a space's blocks.
#[utoipa::path(tag = "availability", params(("id" = SpaceId, Path), Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of blocks", body = Page<BlockView>)
))]
#[get("/spaces/{id}/blocks")]
pub async fn list_blocks(
    request: HttpRequest,
    call: Call,
    Path(id): Path<SpaceId>,
    Query(paging): Query<Paging>,
) -> Answer {
    let page =
        call.run(move |context, ()| blocks::list(&context.app, &context.actor, id, &paging.asked())).await?;
    Ok(answer::listed(&request, &page))
}

/// Which blocks of a venue.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BlocksQuery {
    /// From here on: blocks that end later. Without an offset it is the venue's own date or time.
    pub from: Option<DateOrTime>,
    /// Up to here: blocks that start earlier.
    pub to: Option<DateOrTime>,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// List a venue's blocks.
///
/// Those of all its spaces, in the order in which they were made.
#[utoipa::path(tag = "availability", params(("id" = VenueId, Path), BlocksQuery), security(("bearer" = [])),
    responses((status = 200, description = "A page of blocks", body = Page<BlockView>)))]
#[get("/venues/{id}/blocks")]
pub async fn list_venue_blocks(
    request: HttpRequest,
    call: Call,
    Path(id): Path<VenueId>,
    Query(query): Query<BlocksQuery>,
) -> Answer {
    let page = call
        .run(move |context, ()| {
            let asked = Paging { limit: query.limit, cursor: query.cursor }.asked();
            let within = Within { from: query.from, to: query.to };
            blocks::of_venue(&context.app, &context.actor, id, within, &asked)
        })
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Block a space.
///
/// Reservations within the time are listed and nothing happens, unless `on_affected` says to keep or cancel
/// them. A block over kept reservations takes only the gaps. With `recurrence` there is one for each occurrence; the
/// answer is the first, and names them all.
#[utoipa::path(tag = "availability", params(("id" = SpaceId, Path)), request_body = NewBlock,
    security(("bearer" = [])), responses(
    (status = 201, description = "Made", body = BlockView)
))]
#[post("/spaces/{id}/blocks")]
pub async fn create_block(call: Call<Json<NewBlock>>, Path(id): Path<SpaceId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            blocks::create(&context.app, &context.actor, context.claim(201), id, new)
        })
        .await?;
    Ok(answer::created(done, |block| format!("/api/v1/blocks/{}", block.id)))
}

/// Try blocking a space.
///
/// The same body as `POST /spaces/{id}/blocks`: when the space would be blocked, and which reservations ahead that would meet.
/// Nothing is written.
#[utoipa::path(tag = "availability", params(("id" = SpaceId, Path)), request_body = NewBlock,
    security(("bearer" = [])), responses(
    (status = 200, description = "What it would come to", body = BlockPreview)
))]
#[post("/spaces/{id}/blocks/preview")]
pub async fn preview_block(call: Call<Json<NewBlock>>, Path(id): Path<SpaceId>) -> Answer {
    let preview =
        call.run(move |context, Json(new)| blocks::preview(&context.app, &context.actor, id, &new)).await?;
    Ok(answer::data(&preview))
}

/// Show a block.
#[utoipa::path(tag = "availability", params(("id" = BlockId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The block", body = BlockView)
))]
#[get("/blocks/{id}")]
pub async fn show_block(call: Call, Path(id): Path<BlockId>) -> Answer {
    let block = call.run(move |context, ()| blocks::show(&context.app, &context.actor, id)).await?;
    Ok(answer::found(&block))
}

/// Lift a block.
///
/// What of it is past stays for the statistics; the rest is free again. With `following` also the later ones that were
/// made from the same rule.
#[utoipa::path(tag = "availability", params(("id" = BlockId, Path), Following), security(("bearer" = [])), responses(
    (status = 204, description = "Lifted")
))]
#[delete("/blocks/{id}")]
pub async fn lift_block(call: Call, Path(id): Path<BlockId>, Query(how): Query<Following>) -> Answer {
    let done = call
        .change(move |context, ()| {
            let expected = context.required_match()?;
            let (claim, following) = (context.claim(204), how.following);
            blocks::lift(&context.app, &context.actor, claim, id, expected, following)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}
