//! Organisations and their members: handlers.

use actix_web::{HttpRequest, delete, get, http::StatusCode, patch, post, put};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        organisations::{
            OrganisationView,
            create::{self, NewOrganisation},
            edit::{self, OrganisationChange},
            list,
            members::{self, MemberView, Membership},
        },
        page::Page,
    },
    domain::ids::{OrganisationId, UserId},
};

/// List one's organisations.
#[utoipa::path(tag = "people", params(Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of organisations", body = Page<OrganisationView>)
))]
#[get("/organisations")]
pub async fn list_organisations(request: HttpRequest, call: Call, Query(paging): Query<Paging>) -> Answer {
    let page = call.run(move |context, ()| list::list(&context.app, &context.actor, &paging.asked())).await?;
    Ok(answer::listed(&request, &page))
}

/// Make an organisation.
///
/// The caller becomes its owner. A register number stands for one organisation only: where one has it, 409
/// `organisation_exists` names that one, to ask to join it.
#[utoipa::path(tag = "people", request_body = NewOrganisation, security(("bearer" = [])), responses(
    (status = 201, description = "Made", body = OrganisationView)
))]
#[post("/organisations")]
pub async fn create_organisation(call: Call<Json<NewOrganisation>>) -> Answer {
    let done = call
        .change(|context, Json(new)| create::create(&context.app, &context.actor, context.claim(201), &new))
        .await?;
    Ok(answer::created(done, |organisation| format!("/api/v1/organisations/{}", organisation.id)))
}

/// Show an organisation.
///
/// For its members.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The organisation", body = OrganisationView)
))]
#[get("/organisations/{id}")]
pub async fn show_organisation(call: Call, Path(id): Path<OrganisationId>) -> Answer {
    let organisation = call.run(move |context, ()| list::show(&context.app, &context.actor, id)).await?;
    Ok(answer::found(&organisation))
}

/// Edit an organisation.
///
/// For its owners.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path)), request_body = OrganisationChange,
    security(("bearer" = [])), responses(
    (status = 200, description = "The organisation as it is now", body = OrganisationView)
))]
#[patch("/organisations/{id}")]
pub async fn edit_organisation(
    call: Call<Json<OrganisationChange>>,
    Path(id): Path<OrganisationId>,
) -> Answer {
    let done = call
        .change(move |context, Json(change)| {
            let expected = context.required_match()?;
            edit::edit(&context.app, &context.actor, context.claim(200), id, expected, change)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// List the members of an organisation.
///
/// For its members.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of members", body = Page<MemberView>)
))]
#[get("/organisations/{id}/members")]
pub async fn list_organisation_members(
    request: HttpRequest,
    call: Call,
    Path(id): Path<OrganisationId>,
    Query(paging): Query<Paging>,
) -> Answer {
    let page =
        call.run(move |context, ()| members::list(&context.app, &context.actor, id, &paging.asked())).await?;
    Ok(answer::listed(&request, &page))
}

/// Change a member's role, or take in who asks to join.
///
/// For owners. 404 for anybody else: they are invited. The last owner stays one.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path), ("user_id" = UserId, Path)),
    request_body = Membership, security(("bearer" = [])), responses(
    (status = 200, description = "The member as they are now", body = MemberView)
))]
#[put("/organisations/{id}/members/{user_id}")]
pub async fn put_organisation_member(
    call: Call<Json<Membership>>,
    Path((id, user)): Path<(OrganisationId, UserId)>,
) -> Answer {
    let done = call
        .change(move |context, Json(membership)| {
            members::put(&context.app, &context.actor, context.claim(200), id, user, membership.role)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}

/// Remove a member.
///
/// For owners, and for everybody to leave. The last owner can't.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path), ("user_id" = UserId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "No longer a member")))]
#[delete("/organisations/{id}/members/{user_id}")]
pub async fn remove_organisation_member(
    call: Call,
    Path((id, user)): Path<(OrganisationId, UserId)>,
) -> Answer {
    let done = call
        .change(move |context, ()| {
            members::remove(&context.app, &context.actor, context.claim(204), id, user)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}
