//! Visitors without a reservation: handlers.

use actix_web::{HttpRequest, get, http::StatusCode, put};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Path, Query},
};
use crate::{
    app::{
        attendance::{self, AttendanceView, NewAttendance},
        page::Page,
    },
    domain::ids::SpaceId,
};

/// Which days.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AttendanceQuery {
    /// The venue's own date.
    pub from: NaiveDate,
    /// Not itself among them; at most 366 days later.
    pub to: NaiveDate,
}

/// List what was counted of visitors without a reservation.
///
/// For staff of the venue. Only days for which something was counted are there.
#[utoipa::path(tag = "statistics", params(("id" = SpaceId, Path), AttendanceQuery), security(("bearer" = [])),
    responses((status = 200, description = "By date", body = Page<AttendanceView>)))]
#[get("/spaces/{id}/attendance")]
pub async fn list_attendance(
    request: HttpRequest,
    call: Call,
    Path(id): Path<SpaceId>,
    Query(AttendanceQuery { from, to }): Query<AttendanceQuery>,
) -> Answer {
    let page =
        call.run(move |context, ()| attendance::list(&context.app, &context.actor, id, (from, to))).await?;
    Ok(answer::listed(&request, &page))
}

/// Write down the visitors of a day who had no reservation, or correct them.
///
/// For staff of the venue, until the month's figures are closed. A day not counted yet has the version 0.
#[utoipa::path(tag = "statistics", params(("id" = SpaceId, Path)), request_body = NewAttendance,
    security(("bearer" = [])), responses(
    (status = 200, description = "As it is now", body = AttendanceView)
))]
#[put("/spaces/{id}/attendance")]
pub async fn put_attendance(call: Call<Json<NewAttendance>>, Path(id): Path<SpaceId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            let expected = context.required_match()?;
            attendance::put(&context.app, &context.actor, context.claim(200), id, expected, new)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}
