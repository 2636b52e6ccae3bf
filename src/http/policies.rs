//! Policies of networks, venues and spaces: handlers.

use actix_web::{get, http::StatusCode, put};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Path, Query},
};
use crate::{
    app::places::policies::{self, Of, PolicyView},
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        policy::Policy,
    },
};

/// What of a policy.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PolicyQuery {
    /// Also what holds for each audience, with the levels above taken in, and where each rule is set.
    pub effective: Option<bool>,
}

/// Show a network's policy.
#[utoipa::path(tag = "places", params(("id" = NetworkId, Path), PolicyQuery), responses(
    (status = 200, description = "As it was put; with `effective`, what holds", body = PolicyView)
))]
#[get("/networks/{id}/policy")]
pub async fn show_network_policy(
    call: Call,
    Path(id): Path<NetworkId>,
    Query(query): Query<PolicyQuery>,
) -> Answer {
    show(call, Of::Network(id), query).await
}

/// Show a venue's policy.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path), PolicyQuery), responses(
    (status = 200, description = "As it was put; with `effective`, what holds", body = PolicyView)
))]
#[get("/venues/{id}/policy")]
pub async fn show_venue_policy(
    call: Call,
    Path(id): Path<VenueId>,
    Query(query): Query<PolicyQuery>,
) -> Answer {
    show(call, Of::Venue(id), query).await
}

/// Show a space's policy.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path), PolicyQuery), responses(
    (status = 200, description = "As it was put; with `effective`, what holds", body = PolicyView)
))]
#[get("/spaces/{id}/policy")]
pub async fn show_space_policy(
    call: Call,
    Path(id): Path<SpaceId>,
    Query(query): Query<PolicyQuery>,
) -> Answer {
    show(call, Of::Space(id), query).await
}

/// Put a network's policy.
///
/// It holds where venues and spaces say nothing else. For its coordination body and the operator's
/// administrators.
#[utoipa::path(tag = "places", params(("id" = NetworkId, Path)), request_body = Policy,
    security(("bearer" = [])), responses(
    (status = 200, description = "As it is now", body = PolicyView)
))]
#[put("/networks/{id}/policy")]
pub async fn put_network_policy(call: Call<Json<Policy>>, Path(id): Path<NetworkId>) -> Answer {
    change(call, Of::Network(id)).await
}

/// Put a venue's policy.
///
/// It holds where its spaces say nothing else. For its staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path)), request_body = Policy,
    security(("bearer" = [])), responses(
    (status = 200, description = "As it is now", body = PolicyView)
))]
#[put("/venues/{id}/policy")]
pub async fn put_venue_policy(call: Call<Json<Policy>>, Path(id): Path<VenueId>) -> Answer {
    change(call, Of::Venue(id)).await
}

/// Put a space's policy.
///
/// For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), request_body = Policy,
    security(("bearer" = [])), responses(
    (status = 200, description = "As it is now", body = PolicyView)
))]
#[put("/spaces/{id}/policy")]
pub async fn put_space_policy(call: Call<Json<Policy>>, Path(id): Path<SpaceId>) -> Answer {
    change(call, Of::Space(id)).await
}

async fn show(call: Call, of: Of, query: PolicyQuery) -> Answer {
    let show = if query.effective == Some(true) { policies::show_effective } else { policies::show };
    let policy = call.run(move |context, ()| show(&context.app, of)).await?;
    Ok(answer::found(&policy))
}

async fn change(call: Call<Json<Policy>>, of: Of) -> Answer {
    let done = call
        .change(move |context, Json(policy)| {
            let expected = context.required_match()?;
            policies::put(&context.app, &context.actor, context.claim(200), of, expected, policy)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}
