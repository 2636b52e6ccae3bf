//! Organisations' confirmations as creative: handlers.

use actix_web::{HttpRequest, get, http::StatusCode, post};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        organisations::{
            confirm::{self, Confirmation, ConfirmedView},
            confirmations::{self, ConfirmationView},
        },
        page::{Asked, Page},
    },
    domain::{ids::OrganisationId, organisation::RegisterNumber},
};

/// Which of those that were ever confirmed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConfirmedQuery {
    /// With all these words in the name; case and accents do not matter.
    pub q: Option<String>,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// List the organisations that were ever confirmed as creative.
///
/// For the coordinators of any network and the operator; `confirmed_creative` says whether it holds now. One that never
/// was is found by its register number, or by its id.
#[utoipa::path(tag = "people", params(ConfirmedQuery), security(("bearer" = [])), responses(
    (status = 200, description = "A page of organisations", body = Page<ConfirmedView>)
))]
#[get("/confirmed-organisations")]
pub async fn list_confirmed_organisations(
    request: HttpRequest,
    call: Call,
    Query(query): Query<ConfirmedQuery>,
) -> Answer {
    let asked = Asked { limit: query.limit, cursor: query.cursor };
    let page = call
        .run(move |context, ()| {
            confirmations::once_confirmed(&context.app, &context.actor, query.q.as_deref(), &asked)
        })
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Show whether an organisation is creative.
///
/// For its members, and for the coordinators of any network and the operator.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "How it stands", body = ConfirmedView)
))]
#[get("/organisations/{id}/confirmation")]
pub async fn show_confirmation(call: Call, Path(id): Path<OrganisationId>) -> Answer {
    let found = call.run(move |context, ()| confirmations::show(&context.app, &context.actor, id)).await?;
    Ok(answer::found(&found))
}

/// Say whether an organisation is creative.
///
/// For the coordinators of any network and the operator: organisations belong to no network. While it is
/// confirmed, the rules of the audience `cci` hold for who reserves for it. Each confirmation and withdrawal goes into
/// its history.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path)), request_body = Confirmation,
    security(("bearer" = [])), responses(
    (status = 200, description = "As it is now", body = ConfirmedView)
))]
#[post("/organisations/{id}/confirm")]
pub async fn confirm_organisation(call: Call<Json<Confirmation>>, Path(id): Path<OrganisationId>) -> Answer {
    let done = call
        .change(move |context, Json(confirmation)| {
            let expected = context.optional_match();
            confirm::confirm(&context.app, &context.actor, context.claim(200), id, expected, confirmation)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Find an organisation by its register number.
///
/// For the coordinators of any network and the operator, who are asked to confirm it as creative.
#[utoipa::path(tag = "people", params(("register_number" = RegisterNumber, Path)), security(("bearer" = [])),
    responses((status = 200, description = "The organisation", body = ConfirmedView)))]
#[get("/organisations/registered/{register_number}")]
pub async fn show_registered_organisation(call: Call, Path(number): Path<RegisterNumber>) -> Answer {
    let found =
        call.run(move |context, ()| confirm::registered(&context.app, &context.actor, &number)).await?;
    Ok(answer::found(&found))
}

/// List an organisation's confirmations as creative.
///
/// For its members, and for the coordinators of any network and the operator: who confirmed it or withdrew that, when,
/// until when and on which grounds, the oldest first. Entries are only ever added.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of the history", body = Page<ConfirmationView>)
))]
#[get("/organisations/{id}/confirmations")]
pub async fn list_confirmations(
    request: HttpRequest,
    call: Call,
    Path(id): Path<OrganisationId>,
    Query(paging): Query<Paging>,
) -> Answer {
    let page = call
        .run(move |context, ()| confirmations::list(&context.app, &context.actor, id, &paging.asked()))
        .await?;
    Ok(answer::listed(&request, &page))
}
