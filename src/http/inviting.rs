//! Invitations to an organisation: handlers.

use actix_web::{HttpRequest, delete, get, http::StatusCode, post};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        organisations::inviting::{self, NewMember},
        page::Page,
        staff::invite::InvitationView,
    },
    domain::ids::{InvitationId, OrganisationId},
};

/// Invite somebody to an organisation.
///
/// For owners. A mail with a link goes to the address; the link opens for an account of that address, for 14 days. The
/// answer is the same whether the address has an account or not.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path)), request_body = NewMember,
    security(("bearer" = [])), responses((status = 201, description = "Sent", body = InvitationView)))]
#[post("/organisations/{id}/invitations")]
pub async fn invite_member(call: Call<Json<NewMember>>, Path(id): Path<OrganisationId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            inviting::invite(&context.app, &context.actor, context.claim(201), id, new)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::CREATED))
}

/// List an organisation's open invitations.
///
/// For its owners.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of invitations", body = Page<InvitationView>)))]
#[get("/organisations/{id}/invitations")]
pub async fn list_member_invitations(
    request: HttpRequest,
    call: Call,
    Path(id): Path<OrganisationId>,
    Query(paging): Query<Paging>,
) -> Answer {
    let page = call
        .run(move |context, ()| inviting::list(&context.app, &context.actor, id, &paging.asked()))
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Withdraw an invitation to an organisation.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path), ("invitation_id" = InvitationId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "Its link opens nothing any more")))]
#[delete("/organisations/{id}/invitations/{invitation_id}")]
pub async fn withdraw_member_invitation(
    call: Call,
    Path((id, invitation)): Path<(OrganisationId, InvitationId)>,
) -> Answer {
    let done = call
        .change(move |context, ()| {
            inviting::withdraw(&context.app, &context.actor, context.claim(204), id, invitation)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}
