//! Spaces: handlers.

use actix_web::{HttpRequest, delete, get, http::StatusCode, patch, post, put};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Path, Query},
};
use crate::{
    app::{
        affected::OnAffected,
        page::{Asked, Page},
        places::spaces::{
            self, Layouts, NewSpace, Parts, SpaceChange, SpaceCopy, SpaceFilter, SpaceView, Units,
        },
    },
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        space::SpaceKind,
    },
};

/// Which spaces.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SpaceQuery {
    /// Of this network.
    pub network_id: Option<NetworkId>,
    /// Of this venue.
    pub venue_id: Option<VenueId>,
    /// Of this kind.
    pub kind: Option<SpaceKind>,
    /// For at least so many people.
    #[param(value_type = Option<u64>, maximum = 4_294_967_295_u64)]
    pub capacity_min: Option<u32>,
    /// Having all of these, parted by commas.
    #[param(example = "projector,whiteboard")]
    pub amenity: Option<String>,
    /// In this municipality, as the venue's address has it.
    pub municipality: Option<String>,
    /// With all these words in name or description; case and accents do not matter.
    pub q: Option<String>,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// What to do about future reservations.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ArchiveQuery {
    /// `refuse` where nothing is said.
    pub on_affected: Option<OnAffected>,
}

/// List the spaces.
#[utoipa::path(tag = "places", params(SpaceQuery), responses(
    (status = 200, description = "A page of spaces", body = Page<SpaceView>)
))]
#[get("/spaces")]
pub async fn list_spaces(request: HttpRequest, call: Call, Query(query): Query<SpaceQuery>) -> Answer {
    let asked = Asked { limit: query.limit, cursor: query.cursor };
    let filter = SpaceFilter {
        network: query.network_id,
        venue: query.venue_id,
        kind: query.kind,
        capacity_min: query.capacity_min,
        amenity: query.amenity,
        municipality: query.municipality,
        q: query.q,
    };
    let page = call.run(move |context, ()| spaces::list(&context.app, &filter, &asked)).await?;
    Ok(answer::listed(&request, &page))
}

/// Make a space.
///
/// For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = VenueId, Path)), request_body = NewSpace,
    security(("bearer" = [])), responses(
    (status = 201, description = "Made", body = SpaceView)
))]
#[post("/venues/{id}/spaces")]
pub async fn create_space(call: Call<Json<NewSpace>>, Path(id): Path<VenueId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            spaces::create(&context.app, &context.actor, context.claim(201), id, new)
        })
        .await?;
    Ok(answer::created(done, |space| format!("/api/v1/spaces/{}", space.id)))
}

/// Show a space.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), responses(
    (status = 200, description = "The space", body = SpaceView)
))]
#[get("/spaces/{id}")]
pub async fn show_space(call: Call, Path(id): Path<SpaceId>) -> Answer {
    let space = call.run(move |context, ()| spaces::show(&context.app, id)).await?;
    Ok(answer::found(&space))
}

/// Edit a space.
///
/// For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), request_body = SpaceChange,
    security(("bearer" = [])), responses(
    (status = 200, description = "The space as it is now", body = SpaceView)
))]
#[patch("/spaces/{id}")]
pub async fn edit_space(call: Call<Json<SpaceChange>>, Path(id): Path<SpaceId>) -> Answer {
    let done = call
        .change(move |context, Json(change)| {
            let expected = context.required_match()?;
            spaces::edit(&context.app, &context.actor, context.claim(200), id, expected, change)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Put the units of a space.
///
/// Their names, seats and order; of an area of desks also more or fewer of them. Future reservations of a unit that goes
/// are moved to a free one, or stand against it unless `on_affected` says otherwise. For the venue's staff and the
/// operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), request_body = Units,
    security(("bearer" = [])), responses((status = 200, description = "The space as it is now", body = SpaceView)))]
#[put("/spaces/{id}/units")]
pub async fn put_units(call: Call<Json<Units>>, Path(id): Path<SpaceId>) -> Answer {
    let done = call
        .change(move |context, Json(units)| {
            let expected = context.required_match()?;
            spaces::put_units(&context.app, &context.actor, context.claim(200), id, expected, units)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Put the layouts of a space.
///
/// One that is no longer listed is no longer offered; what was reserved with it keeps it unless `on_affected` says
/// otherwise. For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), request_body = Layouts,
    security(("bearer" = [])), responses((status = 200, description = "The space as it is now", body = SpaceView)))]
#[put("/spaces/{id}/layouts")]
pub async fn put_layouts(call: Call<Json<Layouts>>, Path(id): Path<SpaceId>) -> Answer {
    let done = call
        .change(move |context, Json(layouts)| {
            let expected = context.required_match()?;
            spaces::put_layouts(&context.app, &context.actor, context.claim(200), id, expected, layouts)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Put the parts of a hall.
///
/// The hall's future reservations take the units of a new part too; where these are taken, the part is refused with the
/// conflicts. For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), request_body = Parts,
    security(("bearer" = [])), responses((status = 200, description = "The space as it is now", body = SpaceView)))]
#[put("/spaces/{id}/parts")]
pub async fn put_parts(call: Call<Json<Parts>>, Path(id): Path<SpaceId>) -> Answer {
    let done = call
        .change(move |context, Json(parts)| {
            let expected = context.required_match()?;
            spaces::put_parts(&context.app, &context.actor, context.claim(200), id, expected, parts)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Copy a space.
///
/// A new one with the same units, layouts, hours, rules, prices and images, and no reservations. For the venue's staff and the
/// operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), request_body = SpaceCopy,
    security(("bearer" = [])), responses((status = 201, description = "The copy", body = SpaceView)))]
#[post("/spaces/{id}/copy")]
pub async fn copy_space(call: Call<Json<SpaceCopy>>, Path(id): Path<SpaceId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            spaces::copy(&context.app, &context.actor, context.claim(201), id, new)
        })
        .await?;
    Ok(answer::created(done, |space| format!("/api/v1/spaces/{}", space.id)))
}

/// Archive a space.
///
/// It is no longer offered; its past stays. Future reservations stand against it unless `on_affected` says
/// otherwise. For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path), ArchiveQuery), security(("bearer" = [])), responses(
    (status = 200, description = "The space, archived", body = SpaceView)
))]
#[delete("/spaces/{id}")]
pub async fn archive_space(call: Call, Path(id): Path<SpaceId>, Query(query): Query<ArchiveQuery>) -> Answer {
    let done = call
        .change(move |context, ()| {
            let expected = context.required_match()?;
            let on_affected = query.on_affected.unwrap_or_default();
            spaces::archive(&context.app, &context.actor, context.claim(200), id, expected, on_affected)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}
