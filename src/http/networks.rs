//! Networks: handlers.

use actix_web::{HttpRequest, get, http::StatusCode, patch, post};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        page::Page,
        places::networks::{self, NetworkChange, NetworkView, NewNetwork},
    },
    domain::ids::NetworkId,
};

/// List the networks.
#[utoipa::path(tag = "places", params(Paging), responses(
    (status = 200, description = "A page of networks", body = Page<NetworkView>)
))]
#[get("/networks")]
pub async fn list_networks(request: HttpRequest, call: Call, Query(paging): Query<Paging>) -> Answer {
    let page = call.run(move |context, ()| networks::list(&context.app, &paging.asked())).await?;
    Ok(answer::listed(&request, &page))
}

/// Make a network.
///
/// For the operator's administrators.
#[utoipa::path(tag = "places", request_body = NewNetwork, security(("bearer" = [])), responses(
    (status = 201, description = "Made", body = NetworkView)
))]
#[post("/networks")]
pub async fn create_network(call: Call<Json<NewNetwork>>) -> Answer {
    let done = call
        .change(|context, Json(new)| {
            networks::create(&context.app, &context.actor, context.claim(201), &new, false)
        })
        .await?;
    Ok(answer::created(done, |network| format!("/api/v1/networks/{}", network.id)))
}

/// Show a network.
#[utoipa::path(tag = "places", params(("id" = NetworkId, Path)), responses(
    (status = 200, description = "The network", body = NetworkView)
))]
#[get("/networks/{id}")]
pub async fn show_network(call: Call, Path(id): Path<NetworkId>) -> Answer {
    let network = call.run(move |context, ()| networks::show(&context.app, id)).await?;
    Ok(answer::found(&network))
}

/// Edit a network.
///
/// For its coordination body and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = NetworkId, Path)), request_body = NetworkChange,
    security(("bearer" = [])), responses(
    (status = 200, description = "The network as it is now", body = NetworkView)
))]
#[patch("/networks/{id}")]
pub async fn edit_network(call: Call<Json<NetworkChange>>, Path(id): Path<NetworkId>) -> Answer {
    let done = call
        .change(move |context, Json(change)| {
            let expected = context.required_match()?;
            networks::edit(&context.app, &context.actor, context.claim(200), id, expected, change)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}
