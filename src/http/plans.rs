//! Floor plans of spaces: handlers.

use actix_web::{get, http::StatusCode, put};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::Path,
};
use crate::{
    app::places::plans::{self, PlanView},
    domain::{ids::SpaceId, plan::Plan},
};

/// Show a space's plan.
///
/// Every space has one; 0 by 0 where nothing is drawn. Which units are free at a time: `GET /spaces/{id}/units`.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), responses(
    (status = 200, description = "As it was put, without units that left", body = PlanView)
))]
#[get("/spaces/{id}/plan")]
pub async fn show_plan(call: Call, Path(id): Path<SpaceId>) -> Answer {
    let plan = call.run(move |context, ()| plans::show(&context.app, id)).await?;
    Ok(answer::found(&plan))
}

/// Put a space's plan.
///
/// Where its units stand, and what else is there. Nothing that can be reserved depends on it; one of 0 by 0 takes it
/// away. For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), request_body = Plan,
    security(("bearer" = [])), responses(
    (status = 200, description = "As it is now", body = PlanView)
))]
#[put("/spaces/{id}/plan")]
pub async fn put_plan(call: Call<Json<Plan>>, Path(id): Path<SpaceId>) -> Answer {
    let done = call
        .change(move |context, Json(plan)| {
            let expected = context.required_match()?;
            plans::put(&context.app, &context.actor, context.claim(200), id, expected, plan)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}
