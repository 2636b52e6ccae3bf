//! Bringing in what a venue kept elsewhere: handlers.

use actix_web::{http::StatusCode, post};

use super::{
    answer::{self, Answer},
    call::{Call, Context, Json},
    query::Path,
};
use crate::{
    app::imports::{self, NewReservations, NewTable, Report},
    domain::ids::VenueId,
};

/// Who asks, and in which language.
fn asker(context: &Context) -> imports::Asker<'_> {
    (&context.actor, context.locale)
}

/// Bring in reservations from a table or a calendar.
///
/// For staff of the venue. Each line becomes a reservation as staff make them, or is told why not; one that was brought in
/// before is left alone, so that doing it twice adds nothing. What is over is brought in, too. `dry_run` only tells;
/// `all_or_nothing` keeps nothing where one line can't be had (`summary.applied` is false then); `skip_conflicts` leaves
/// those lines out. `docs/IMPORT.md` tells the columns. Larger files are for `prostor import`.
#[utoipa::path(tag = "import", params(("id" = VenueId, Path)), request_body = NewReservations,
    security(("bearer" = [])), responses(
    (status = 200, description = "What came of each line", body = Report)
))]
#[post("/venues/{id}/reservations/import")]
pub async fn import_reservations(call: Call<Json<NewReservations>>, Path(id): Path<VenueId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            imports::reservations(&context.app, asker(&context), context.claim(200), id, new)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}

/// Bring in spaces from a table.
///
/// For staff of the venue and administrators. A space of the same name is never made twice.
#[utoipa::path(tag = "import", params(("id" = VenueId, Path)), request_body = NewTable,
    security(("bearer" = [])), responses(
    (status = 200, description = "What came of each line", body = Report)
))]
#[post("/venues/{id}/spaces/import")]
pub async fn import_spaces(call: Call<Json<NewTable>>, Path(id): Path<VenueId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            imports::spaces(&context.app, asker(&context), context.claim(200), id, &new)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}

/// Bring in past daily counts from a table.
///
/// For staff of the venue. A day that was counted here stays as it is.
#[utoipa::path(tag = "import", params(("id" = VenueId, Path)), request_body = NewTable,
    security(("bearer" = [])), responses(
    (status = 200, description = "What came of each line", body = Report)
))]
#[post("/venues/{id}/attendance/import")]
pub async fn import_attendance(call: Call<Json<NewTable>>, Path(id): Path<VenueId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            imports::attendance(&context.app, asker(&context), context.claim(200), id, &new)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}
