//! Tariffs of spaces: handlers.

use actix_web::{get, http::StatusCode, post, put};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::Path,
};
use crate::{
    app::places::{
        quotes::{self, TariffQuote, TariffTrial},
        tariffs::{self, TariffView},
    },
    domain::{ids::SpaceId, tariff::Tariff},
};

/// Show a space's tariff.
///
/// Every space has one; without rates and extras nothing is asked for.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), responses(
    (status = 200, description = "As it was put", body = TariffView)
))]
#[get("/spaces/{id}/tariff")]
pub async fn show_tariff(call: Call, Path(id): Path<SpaceId>) -> Answer {
    let tariff = call.run(move |context, ()| tariffs::show(&context.app, id)).await?;
    Ok(answer::found(&tariff))
}

/// Put a space's tariff.
///
/// Reservations made already keep their quotes until they are moved. For the venue's staff and the operator's
/// administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), request_body = Tariff,
    security(("bearer" = [])), responses(
    (status = 200, description = "As it is now", body = TariffView)
))]
#[put("/spaces/{id}/tariff")]
pub async fn put_tariff(call: Call<Json<Tariff>>, Path(id): Path<SpaceId>) -> Answer {
    let done = call
        .change(move |context, Json(tariff)| {
            let expected = context.required_match()?;
            tariffs::put(&context.app, &context.actor, context.claim(200), id, expected, tariff)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Try a tariff without putting it.
///
/// What a reservation of the space would cost by it. For the venue's staff and the operator's administrators.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), request_body = TariffTrial,
    security(("bearer" = [])), responses(
    (status = 200, description = "What it would cost", body = TariffQuote)
))]
#[post("/spaces/{id}/tariff/quote")]
pub async fn quote_tariff(call: Call<Json<TariffTrial>>, Path(id): Path<SpaceId>) -> Answer {
    let quote =
        call.run(move |context, Json(trial)| quotes::quote(&context.app, &context.actor, id, &trial)).await?;
    Ok(answer::data(&quote))
}
