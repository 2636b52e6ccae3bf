//! Requests to join an organisation: handlers.

use actix_web::{HttpRequest, delete, get, http::StatusCode, post};

use super::{
    answer::{self, Answer},
    call::{Call, Perhaps},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        organisations::{
            joiners,
            joining::{self, AskToJoin, JoinRequestView},
        },
        page::Page,
    },
    domain::ids::{JoinRequestId, OrganisationId},
};

/// Ask to join an organisation.
///
/// Its owners get a mail with the person's name and address, and accept or decline; until then nothing changes. The
/// problem `organisation_exists` names an organisation that can be asked.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path)), request_body = Option<AskToJoin>,
    security(("bearer" = [])), responses(
    (status = 201, description = "Asked", body = JoinRequestView)
))]
#[post("/organisations/{id}/join-requests")]
pub async fn ask_to_join(call: Call<Perhaps<AskToJoin>>, Path(id): Path<OrganisationId>) -> Answer {
    let done = call
        .change(move |context, Perhaps(asking)| {
            joining::ask(&context.app, &context.actor, context.claim(201), id, asking)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::CREATED))
}

/// List who asks to join an organisation.
///
/// For its owners, and the operator: those that wait for an answer, the oldest first.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of requests", body = Page<JoinRequestView>)
))]
#[get("/organisations/{id}/join-requests")]
pub async fn list_joiners(
    request: HttpRequest,
    call: Call,
    Path(id): Path<OrganisationId>,
    Query(paging): Query<Paging>,
) -> Answer {
    let page = call
        .run(move |context, ()| joiners::waiting(&context.app, &context.actor, id, &paging.asked()))
        .await?;
    Ok(answer::listed(&request, &page))
}

/// List one's own requests to join.
///
/// Those that were answered are kept for 30 days.
#[utoipa::path(tag = "people", params(Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of requests", body = Page<JoinRequestView>)
))]
#[get("/join-requests")]
pub async fn list_join_requests(request: HttpRequest, call: Call, Query(paging): Query<Paging>) -> Answer {
    let page =
        call.run(move |context, ()| joiners::own(&context.app, &context.actor, &paging.asked())).await?;
    Ok(answer::listed(&request, &page))
}

/// Show a request to join.
///
/// For who asks, the organisation's owners, and the operator.
#[utoipa::path(tag = "people", params(("id" = JoinRequestId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The request", body = JoinRequestView)
))]
#[get("/join-requests/{id}")]
pub async fn show_join_request(call: Call, Path(id): Path<JoinRequestId>) -> Answer {
    let view = call.run(move |context, ()| joiners::show(&context.app, &context.actor, id)).await?;
    Ok(answer::data(&view))
}

/// Withdraw one's own request to join.
#[utoipa::path(tag = "people", params(("id" = JoinRequestId, Path)), security(("bearer" = [])), responses(
    (status = 204, description = "Withdrawn")
))]
#[delete("/join-requests/{id}")]
pub async fn withdraw_join_request(call: Call, Path(id): Path<JoinRequestId>) -> Answer {
    let done = call
        .change(move |context, ()| joining::withdraw(&context.app, &context.actor, context.claim(204), id))
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}

/// Accept a request to join.
///
/// For the organisation's owners, and for the operator, who can help where no owner is left or they can't agree. Who is
/// accepted is a `member`; where there was no owner, the `owner`.
#[utoipa::path(tag = "people", params(("id" = JoinRequestId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The request as it is now", body = JoinRequestView)
))]
#[post("/join-requests/{id}/accept")]
pub async fn accept_join_request(call: Call, Path(id): Path<JoinRequestId>) -> Answer {
    answered(call, id, true).await
}

/// Decline a request to join.
///
/// For the organisation's owners, and for the operator.
#[utoipa::path(tag = "people", params(("id" = JoinRequestId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The request as it is now", body = JoinRequestView)
))]
#[post("/join-requests/{id}/decline")]
pub async fn decline_join_request(call: Call, Path(id): Path<JoinRequestId>) -> Answer {
    answered(call, id, false).await
}

async fn answered(call: Call, id: JoinRequestId, accepted: bool) -> Answer {
    let done = call
        .change(move |context, ()| {
            joiners::answer(&context.app, &context.actor, context.claim(200), id, accepted)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}
