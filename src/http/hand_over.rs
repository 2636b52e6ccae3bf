//! Handing an organisation over: the handler.

use actix_web::{http::StatusCode, post};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::Path,
};
use crate::{
    app::organisations::{
        confirm::ConfirmedView,
        hand_over::{self, HandOver},
    },
    domain::ids::OrganisationId,
};

/// Hand an organisation over.
///
/// For the operator's administrators, once it is proved elsewhere who speaks for the enterprise: the person becomes its only
/// owner, those who own it become members or leave. All of them get a mail, the audit keeps the grounds.
#[utoipa::path(tag = "people", params(("id" = OrganisationId, Path)), request_body = HandOver,
    security(("bearer" = [])), responses(
        (status = 200, description = "The organisation, which is theirs now", body = ConfirmedView)))]
#[post("/organisations/{id}/hand-over")]
pub async fn hand_organisation_over(call: Call<Json<HandOver>>, Path(id): Path<OrganisationId>) -> Answer {
    let done = call
        .change(move |context, Json(over)| {
            hand_over::hand_over(&context.app, &context.actor, context.claim(200), id, over)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}
