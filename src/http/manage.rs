//! One reservation by the link of a mail: handlers.

use actix_web::{http::StatusCode, post};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
};
use crate::app::reservations::{
    manage::{self, ManageLink},
    view::ReservationView,
};

/// Show a reservation by the link of a mail.
///
/// The token stands for the organiser, for this reservation alone and until its end. It ends before that when the
/// reservation becomes another's, or its organiser moves to another address.
#[utoipa::path(tag = "reservations", request_body = ManageLink, responses(
    (status = 200, description = "The reservation as its organiser sees it", body = ReservationView)
))]
#[post("/manage")]
pub async fn show_by_link(call: Call<Json<ManageLink>>) -> Answer {
    let shown = call.run(|context, Json(link)| manage::show(&context.app, &link)).await?;
    Ok(answer::found(&shown))
}

/// Cancel a reservation by the link of a mail.
///
/// Until its start. One that is cancelled stays as it is.
#[utoipa::path(tag = "reservations", request_body = ManageLink, responses(
    (status = 200, description = "The reservation as it is now", body = ReservationView)
))]
#[post("/manage/cancel")]
pub async fn cancel_by_link(call: Call<Json<ManageLink>>) -> Answer {
    let done = call
        .change(|context, Json(link)| {
            manage::cancel(&context.app, context.claim(200), &link, context.optional_match())
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}
