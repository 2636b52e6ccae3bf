//! Staff of venues, coordinators of networks, invitations: handlers.

use actix_web::{HttpRequest, delete, get, http::StatusCode, post, put};
use serde::Deserialize;
use utoipa::IntoParams;

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

/// A venue's or a network's team, and its members: both invite by the same routes.
#[derive(Debug, Clone, Copy)]
struct Sides {
    team: Team,
    members: Team,
}

impl Sides {
    const fn of_venue(id: VenueId) -> Self {
        Self { team: Team::Staff(id), members: Team::VenueMembers(id) }
    }

    const fn of_network(id: NetworkId) -> Self {
        Self { team: Team::Coordinators(id), members: Team::NetworkMembers(id) }
    }

    const fn side(self, as_member: bool) -> Team {
        if as_member { self.members } else { self.team }
    }
}

/// Which invitations.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InvitationsQuery {
    /// Those of members, not those of staff or coordinators.
    #[serde(default)]
    as_member: bool,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

async fn invite(call: Call<Json<NewInvitation>>, sides: Sides) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            let team = sides.side(new.as_member);
            invite::invite(&context.app, &context.actor, context.claim(201), team, new.email)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::CREATED))
}

async fn invitations(request: &HttpRequest, call: Call, sides: Sides, query: InvitationsQuery) -> Answer {
    let InvitationsQuery { as_member, limit, cursor } = query;
    let (team, paging) = (sides.side(as_member), Paging { limit, cursor });
    let page = call
        .run(move |context, ()| invite::list(&context.app, &context.actor, team, &paging.asked()))
        .await?;
    Ok(answer::listed(request, &page))
}

async fn withdraw(call: Call, Sides { team, members }: Sides, invitation: InvitationId) -> Answer {
    let done = call
        .change(move |context, ()| {
            let either = (team, members);
            invite::withdraw(&context.app, &context.actor, context.claim(204), either, invitation)
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

/// Invite somebody to a venue's staff, or to be its member.
///
/// A mail with a link goes to the address; the link opens for an account of that address, for 14 days. The answer is the
/// same whether the address has an account or not; whoever is there already is 409 `duplicate`.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path)), request_body = NewInvitation,
    security(("bearer" = [])), responses((status = 201, description = "Sent", body = InvitationView)))]
#[post("/venues/{id}/invitations")]
pub async fn invite_staff(call: Call<Json<NewInvitation>>, Path(id): Path<VenueId>) -> Answer {
    invite(call, Sides::of_venue(id)).await
}

/// List a venue's open invitations.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), InvitationsQuery), security(("bearer" = [])),
    responses((status = 200, description = "A page of invitations", body = Page<InvitationView>)))]
#[get("/venues/{id}/invitations")]
pub async fn list_invitations(
    request: HttpRequest,
    call: Call,
    Path(id): Path<VenueId>,
    Query(query): Query<InvitationsQuery>,
) -> Answer {
    invitations(&request, call, Sides::of_venue(id), query).await
}

/// Withdraw an invitation.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("invitation_id" = InvitationId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "Its link opens nothing any more")))]
#[delete("/venues/{id}/invitations/{invitation_id}")]
pub async fn withdraw_invitation(
    call: Call,
    Path((id, invitation)): Path<(VenueId, InvitationId)>,
) -> Answer {
    withdraw(call, Sides::of_venue(id), invitation).await
}

/// Invite somebody to a network's coordination body, or to be its member.
///
/// A mail with a link goes to the address; the link opens for an account of that address, for 14 days. The answer is the
/// same whether the address has an account or not; whoever is there already is 409 `duplicate`.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path)), request_body = NewInvitation,
    security(("bearer" = [])), responses((status = 201, description = "Sent", body = InvitationView)))]
#[post("/networks/{id}/invitations")]
pub async fn invite_coordinator(call: Call<Json<NewInvitation>>, Path(id): Path<NetworkId>) -> Answer {
    invite(call, Sides::of_network(id)).await
}

/// List the open invitations to a network's coordination body, or to be its members.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), InvitationsQuery), security(("bearer" = [])),
    responses((status = 200, description = "A page of invitations", body = Page<InvitationView>)))]
#[get("/networks/{id}/invitations")]
pub async fn list_coordinator_invitations(
    request: HttpRequest,
    call: Call,
    Path(id): Path<NetworkId>,
    Query(query): Query<InvitationsQuery>,
) -> Answer {
    invitations(&request, call, Sides::of_network(id), query).await
}

/// Withdraw an invitation of a network.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), ("invitation_id" = InvitationId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "Its link opens nothing any more")))]
#[delete("/networks/{id}/invitations/{invitation_id}")]
pub async fn withdraw_coordinator_invitation(
    call: Call,
    Path((id, invitation)): Path<(NetworkId, InvitationId)>,
) -> Answer {
    withdraw(call, Sides::of_network(id), invitation).await
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
