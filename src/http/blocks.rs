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
        blocks::{self, BlockView, NewBlock},
        page::Page,
    },
    domain::ids::{BlockId, SpaceId},
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
