//! Staff of venues, coordinators of networks, invitations: handlers.

use actix_web::{HttpRequest, delete, get, http::StatusCode, post, put};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        page::Page,
        staff::{
            invite::{self, InvitationView, NewInvitation},
            join::{self, Joined, Joining},
            teams::{self, EntryView, Team},
        },
    },
    domain::ids::{InvitationId, NetworkId, UserId, VenueId},
};

pub(super) async fn list(request: &HttpRequest, call: Call, team: Team, paging: Paging) -> Answer {
    let page =
        call.run(move |context, ()| teams::list(&context.app, &context.actor, team, &paging.asked())).await?;
    Ok(answer::listed(request, &page))
}

pub(super) async fn show(call: Call, team: Team, user: UserId) -> Answer {
    let entry = call.run(move |context, ()| teams::show(&context.app, &context.actor, team, user)).await?;
    Ok(answer::data(&entry))
}

pub(super) async fn put_entry(call: Call, team: Team, user: UserId) -> Answer {
    let done = call
        .change(move |context, ()| teams::put(&context.app, &context.actor, context.claim(200), team, user))
        .await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}

pub(super) async fn remove(call: Call, team: Team, user: UserId) -> Answer {
    let done = call
        .change(move |context, ()| {
            teams::remove(&context.app, &context.actor, context.claim(204), team, user)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}

async fn invite(call: Call<Json<NewInvitation>>, team: Team) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            invite::invite(&context.app, &context.actor, context.claim(201), team, new.email)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::CREATED))
}

async fn invitations(request: &HttpRequest, call: Call, team: Team, paging: Paging) -> Answer {
    let page = call
        .run(move |context, ()| invite::list(&context.app, &context.actor, team, &paging.asked()))
        .await?;
    Ok(answer::listed(request, &page))
}

async fn withdraw(call: Call, team: Team, invitation: InvitationId) -> Answer {
    let done = call
        .change(move |context, ()| {
            invite::withdraw(&context.app, &context.actor, context.claim(204), team, invitation)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}

/// List a venue's staff.
///
/// For the staff, the network's coordinators and the operator.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of staff", body = Page<EntryView>)))]
#[get("/venues/{id}/staff")]
pub async fn list_staff(
    request: HttpRequest,
    call: Call,
    Path(id): Path<VenueId>,
    Query(paging): Query<Paging>,
) -> Answer {
    list(&request, call, Team::Staff(id), paging).await
}

/// Show a member of a venue's staff.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 200, description = "The entry", body = EntryView)))]
#[get("/venues/{id}/staff/{user_id}")]
pub async fn show_staff(call: Call, Path((id, user)): Path<(VenueId, UserId)>) -> Answer {
    show(call, Team::Staff(id), user).await
}

/// Add a person to a venue's staff.
///
/// Their address must be verified. Takes effect with their next request.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 200, description = "The entry", body = EntryView)))]
#[put("/venues/{id}/staff/{user_id}")]
pub async fn put_staff(call: Call, Path((id, user)): Path<(VenueId, UserId)>) -> Answer {
    put_entry(call, Team::Staff(id), user).await
}

/// Remove a person from a venue's staff.
///
/// The last one can't be removed.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "No longer staff")))]
#[delete("/venues/{id}/staff/{user_id}")]
pub async fn remove_staff(call: Call, Path((id, user)): Path<(VenueId, UserId)>) -> Answer {
    remove(call, Team::Staff(id), user).await
}

/// List those who decide on a venue's requests besides its staff.
///
/// For the staff, the network's coordinators and the operator.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of delegates", body = Page<EntryView>)))]
#[get("/venues/{id}/delegates")]
pub async fn list_delegates(
    request: HttpRequest,
    call: Call,
    Path(id): Path<VenueId>,
    Query(paging): Query<Paging>,
) -> Answer {
    list(&request, call, Team::Delegates(id), paging).await
}

/// Show somebody who decides on a venue's requests besides its staff.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 200, description = "The entry", body = EntryView)))]
#[get("/venues/{id}/delegates/{user_id}")]
pub async fn show_delegate(call: Call, Path((id, user)): Path<(VenueId, UserId)>) -> Answer {
    show(call, Team::Delegates(id), user).await
}

/// Let a person decide on a venue's requests besides its staff.
///
/// They see its reservations, get the requests by mail, approve and decline, and nothing else. Their address must be
/// verified.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 200, description = "The entry", body = EntryView)))]
#[put("/venues/{id}/delegates/{user_id}")]
pub async fn put_delegate(call: Call, Path((id, user)): Path<(VenueId, UserId)>) -> Answer {
    put_entry(call, Team::Delegates(id), user).await
}

/// Let a person no longer decide on a venue's requests.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "No longer a delegate")))]
#[delete("/venues/{id}/delegates/{user_id}")]
pub async fn remove_delegate(call: Call, Path((id, user)): Path<(VenueId, UserId)>) -> Answer {
    remove(call, Team::Delegates(id), user).await
}

/// List a network's coordinators.
///
/// For the coordinators and the operator.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of coordinators", body = Page<EntryView>)))]
#[get("/networks/{id}/coordinators")]
pub async fn list_coordinators(
    request: HttpRequest,
    call: Call,
    Path(id): Path<NetworkId>,
    Query(paging): Query<Paging>,
) -> Answer {
    list(&request, call, Team::Coordinators(id), paging).await
}

/// Show a coordinator of a network.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 200, description = "The entry", body = EntryView)))]
#[get("/networks/{id}/coordinators/{user_id}")]
pub async fn show_coordinator(call: Call, Path((id, user)): Path<(NetworkId, UserId)>) -> Answer {
    show(call, Team::Coordinators(id), user).await
}

/// Add a person to a network's coordination body.
///
/// Their address must be verified. Takes effect with their next request.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 200, description = "The entry", body = EntryView)))]
#[put("/networks/{id}/coordinators/{user_id}")]
pub async fn put_coordinator(call: Call, Path((id, user)): Path<(NetworkId, UserId)>) -> Answer {
    put_entry(call, Team::Coordinators(id), user).await
}

/// Remove a person from a network's coordination body.
///
/// The last one can't be removed.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "No longer a coordinator")))]
#[delete("/networks/{id}/coordinators/{user_id}")]
pub async fn remove_coordinator(call: Call, Path((id, user)): Path<(NetworkId, UserId)>) -> Answer {
    remove(call, Team::Coordinators(id), user).await
}

/// Invite somebody to a venue's staff.
///
/// A mail with a link goes to the address; the link opens for an account of that address, for 14 days.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path)), request_body = NewInvitation,
    security(("bearer" = [])), responses((status = 201, description = "Sent", body = InvitationView)))]
#[post("/venues/{id}/invitations")]
pub async fn invite_staff(call: Call<Json<NewInvitation>>, Path(id): Path<VenueId>) -> Answer {
    invite(call, Team::Staff(id)).await
}

/// List a venue's open invitations.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of invitations", body = Page<InvitationView>)))]
#[get("/venues/{id}/invitations")]
pub async fn list_invitations(
    request: HttpRequest,
    call: Call,
    Path(id): Path<VenueId>,
    Query(paging): Query<Paging>,
) -> Answer {
    invitations(&request, call, Team::Staff(id), paging).await
}

/// Withdraw an invitation.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("invitation_id" = InvitationId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "Its link opens nothing any more")))]
#[delete("/venues/{id}/invitations/{invitation_id}")]
pub async fn withdraw_invitation(
    call: Call,
    Path((id, invitation)): Path<(VenueId, InvitationId)>,
) -> Answer {
    withdraw(call, Team::Staff(id), invitation).await
}

/// Invite somebody to a network's coordination body.
///
/// A mail with a link goes to the address; the link opens for an account of that address, for 14 days.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path)), request_body = NewInvitation,
    security(("bearer" = [])), responses((status = 201, description = "Sent", body = InvitationView)))]
#[post("/networks/{id}/invitations")]
pub async fn invite_coordinator(call: Call<Json<NewInvitation>>, Path(id): Path<NetworkId>) -> Answer {
    invite(call, Team::Coordinators(id)).await
}

/// List the open invitations to a network's coordination body.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of invitations", body = Page<InvitationView>)))]
#[get("/networks/{id}/invitations")]
pub async fn list_coordinator_invitations(
    request: HttpRequest,
    call: Call,
    Path(id): Path<NetworkId>,
    Query(paging): Query<Paging>,
) -> Answer {
    invitations(&request, call, Team::Coordinators(id), paging).await
}

/// Withdraw an invitation to a network's coordination body.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), ("invitation_id" = InvitationId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "Its link opens nothing any more")))]
#[delete("/networks/{id}/invitations/{invitation_id}")]
pub async fn withdraw_coordinator_invitation(
    call: Call,
    Path((id, invitation)): Path<(NetworkId, InvitationId)>,
) -> Answer {
    withdraw(call, Team::Coordinators(id), invitation).await
}

/// Accept an invitation.
///
/// For the person whose verified address it was sent to.
#[utoipa::path(tag = "people", request_body = Joining, security(("bearer" = [])), responses(
    (status = 200, description = "Now on the team", body = Joined)
))]
#[post("/invitations/redeem")]
pub async fn redeem_invitation(call: Call<Json<Joining>>) -> Answer {
    let done = call
        .change(|context, Json(joining)| {
            join::join(&context.app, &context.actor, context.claim(200), &joining)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}
