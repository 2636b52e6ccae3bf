//! Accepted members of venues and networks, for whom the rules of the audience `member` hold: handlers.

use actix_web::{HttpRequest, delete, get, put};

use super::{
    answer::Answer,
    call::Call,
    query::{Paging, Path, Query},
    staff,
};
use crate::{
    app::{
        page::Page,
        staff::teams::{EntryView, Team},
    },
    domain::ids::{NetworkId, UserId, VenueId},
};

/// List the accepted members of a venue.
///
/// For its staff, the network's coordinators and the operator.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of members", body = Page<EntryView>)))]
#[get("/venues/{id}/members")]
pub async fn list_venue_members(
    request: HttpRequest,
    call: Call,
    Path(id): Path<VenueId>,
    Query(paging): Query<Paging>,
) -> Answer {
    staff::list(&request, call, Team::VenueMembers(id), paging).await
}

/// Show an accepted member of a venue.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 200, description = "The entry", body = EntryView)))]
#[get("/venues/{id}/members/{user_id}")]
pub async fn show_venue_member(call: Call, Path((id, user)): Path<(VenueId, UserId)>) -> Answer {
    staff::show(call, Team::VenueMembers(id), user).await
}

/// Accept a person as a member of a venue.
///
/// The rules for `member` hold for them from their next request on. Their address must be verified.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 200, description = "The entry", body = EntryView)))]
#[put("/venues/{id}/members/{user_id}")]
pub async fn put_venue_member(call: Call, Path((id, user)): Path<(VenueId, UserId)>) -> Answer {
    staff::put_entry(call, Team::VenueMembers(id), user).await
}

/// Remove a person from the accepted members of a venue.
///
/// What they reserved stays.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "No longer a member")))]
#[delete("/venues/{id}/members/{user_id}")]
pub async fn remove_venue_member(call: Call, Path((id, user)): Path<(VenueId, UserId)>) -> Answer {
    staff::remove(call, Team::VenueMembers(id), user).await
}

/// List the accepted members of a network.
///
/// For its coordinators and the operator.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of members", body = Page<EntryView>)))]
#[get("/networks/{id}/members")]
pub async fn list_network_members(
    request: HttpRequest,
    call: Call,
    Path(id): Path<NetworkId>,
    Query(paging): Query<Paging>,
) -> Answer {
    staff::list(&request, call, Team::NetworkMembers(id), paging).await
}

/// Show an accepted member of a network.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 200, description = "The entry", body = EntryView)))]
#[get("/networks/{id}/members/{user_id}")]
pub async fn show_network_member(call: Call, Path((id, user)): Path<(NetworkId, UserId)>) -> Answer {
    staff::show(call, Team::NetworkMembers(id), user).await
}

/// Accept a person as a member of a network.
///
/// The rules for `member` hold for them from their next request on. Their address must be verified.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 200, description = "The entry", body = EntryView)))]
#[put("/networks/{id}/members/{user_id}")]
pub async fn put_network_member(call: Call, Path((id, user)): Path<(NetworkId, UserId)>) -> Answer {
    staff::put_entry(call, Team::NetworkMembers(id), user).await
}

/// Remove a person from the accepted members of a network.
///
/// What they reserved stays.
#[utoipa::path(tag = "people", params(("id" = NetworkId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "No longer a member")))]
#[delete("/networks/{id}/members/{user_id}")]
pub async fn remove_network_member(call: Call, Path((id, user)): Path<(NetworkId, UserId)>) -> Answer {
    staff::remove(call, Team::NetworkMembers(id), user).await
}
