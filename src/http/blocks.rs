//! Blocks: handlers, for staff of the venue.

use actix_web::{HttpRequest, delete, get, http::StatusCode, post};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        blocks::{self, BlockView, NewBlock},
        page::Page,
    },
    domain::ids::{BlockId, SpaceId},
};

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

/// Block a space.
///
/// Reservations within the time are listed and nothing happens, unless `on_affected` says to keep or cancel
/// them. A block over kept reservations takes only the gaps.
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
/// What of it is past stays for the statistics; the rest is free again.
#[utoipa::path(tag = "availability", params(("id" = BlockId, Path)), security(("bearer" = [])), responses(
    (status = 204, description = "Lifted")
))]
#[delete("/blocks/{id}")]
pub async fn lift_block(call: Call, Path(id): Path<BlockId>) -> Answer {
    let done = call
        .change(move |context, ()| {
            let expected = context.required_match()?;
            blocks::lift(&context.app, &context.actor, context.claim(204), id, expected)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}
