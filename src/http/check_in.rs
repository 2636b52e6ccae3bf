//! Checking in and out, no-shows and their fees, and doors: handlers.

use actix_web::{
    HttpResponse, get,
    http::{StatusCode, header},
    post,
};
use qrcode::{QrCode, render::svg};

use super::{
    answer::{self, Answer},
    call::{Call, Json, Perhaps},
    query::Path,
};
use crate::{
    app::{
        error::Error,
        reservations::{
            check_in::{self, Heads},
            check_out,
            door::{self, ArrivalView, AtTheDoor, ByLink},
            headcount::{self, LinkedHeadcount},
            no_show,
            settle::{self, Settling},
            view::ReservationView,
        },
    },
    domain::ids::{ReservationId, SpaceId},
};

/// The side of a door's code, pixels at least; it is drawn of lines and can be printed at any size.
const SIDE: u32 = 320;

/// Check in to a reservation.
///
/// From `check_in.opens_at` on, by whoever organises it and by staff of the venue. A no-show is taken back by staff
/// within 7 days of its end: it has its time again, up to the first of what others reserved meanwhile.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), request_body = Option<Heads>,
    security(("bearer" = [])), responses(
    (status = 200, description = "The reservation as it is now", body = ReservationView)
))]
#[post("/reservations/{id}/check-in")]
pub async fn check_in_reservation(call: Call<Perhaps<Heads>>, Path(id): Path<ReservationId>) -> Answer {
    let done = call
        .change(move |context, Perhaps(heads)| {
            let expected = context.optional_match();
            check_in::check_in(&context.app, &context.actor, context.claim(200), id, expected, heads)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Check out of a reservation.
///
/// From its start on; the rest of its time, less the tear-down, is free again at once.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), request_body = Option<Heads>,
    security(("bearer" = [])), responses(
    (status = 200, description = "The reservation as it is now", body = ReservationView)
))]
#[post("/reservations/{id}/check-out")]
pub async fn check_out_reservation(call: Call<Perhaps<Heads>>, Path(id): Path<ReservationId>) -> Answer {
    let done = call
        .change(move |context, Perhaps(heads)| {
            let expected = context.optional_match();
            check_out::check_out(&context.app, &context.actor, context.claim(200), id, expected, heads)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Say that nobody came.
///
/// For staff of the venue, after its start. The rest of its time is free again at once, and the organiser is told.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The reservation as it is now", body = ReservationView)
))]
#[post("/reservations/{id}/no-show")]
pub async fn mark_no_show(call: Call, Path(id): Path<ReservationId>) -> Answer {
    let done = call
        .change(move |context, ()| {
            let expected = context.optional_match();
            no_show::no_show(&context.app, &context.actor, context.claim(200), id, expected)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Say that a fee is paid, or asked for no more.
///
/// For staff of the venue: payments are made elsewhere. `owed` takes back what was said before. A fee that grows later, as
/// that of a late change does if nobody comes, is open by what it grew. 409 `state_conflict` where no fee is owed.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), request_body = Settling,
    security(("bearer" = [])), responses(
    (status = 200, description = "The reservation as it is now", body = ReservationView)
))]
#[post("/reservations/{id}/settle")]
pub async fn settle_fee(call: Call<Json<Settling>>, Path(id): Path<ReservationId>) -> Answer {
    let done = call
        .change(move |context, Json(settling)| {
            let expected = context.optional_match();
            settle::settle(&context.app, &context.actor, context.claim(200), id, expected, settling)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Check in by the link of a mail.
///
/// The token stands for the organiser, for this alone.
#[utoipa::path(tag = "reservations", request_body = ByLink, responses(
    (status = 200, description = "Checked in", body = ArrivalView)
))]
#[post("/check-in")]
pub async fn check_in_by_link(call: Call<Json<ByLink>>) -> Answer {
    let done =
        call.change(|context, Json(link)| door::by_link(&context.app, context.claim(200), &link)).await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}

/// Tell how many people came, by the link of a mail.
///
/// Until the month's figures are closed. The token stands for the organiser, for this alone.
#[utoipa::path(tag = "reservations", request_body = LinkedHeadcount, responses(
    (status = 200, description = "Counted", body = ArrivalView)
))]
#[post("/headcount")]
pub async fn count_heads_by_link(call: Call<Json<LinkedHeadcount>>) -> Answer {
    let done = call
        .change(|context, Json(linked)| headcount::by_link(&context.app, context.claim(200), &linked))
        .await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}

/// Check in at the door of a space.
///
/// With the six digits of the mail, or signed in as the organiser of what begins or goes on there now. After thirty
/// wrong codes at one door in a quarter of an hour the next ones are 429.
#[utoipa::path(tag = "reservations", params(("id" = SpaceId, Path)), request_body = Option<AtTheDoor>,
    security((), ("bearer" = [])), responses(
    (status = 200, description = "Checked in", body = ArrivalView)
))]
#[post("/spaces/{id}/check-in")]
pub async fn check_in_at_the_door(call: Call<Perhaps<AtTheDoor>>, Path(id): Path<SpaceId>) -> Answer {
    let done = call
        .change(move |context, Perhaps(visitor)| {
            door::at_the_door(&context.app, &context.actor, context.claim(200), id, visitor)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::OK))
}

/// Draw the QR code for the door of a space.
///
/// It leads to the page where one checks in to that space, and is the same for everybody: to be printed.
#[utoipa::path(tag = "places", params(("id" = SpaceId, Path)), responses(
    (status = 200, description = "A QR code (ISO/IEC 18004)", body = String, content_type = "image/svg+xml")
))]
#[get("/spaces/{id}/door.svg")]
pub async fn show_door_code(call: Call, Path(id): Path<SpaceId>) -> Answer {
    let drawn = call.run(move |context, ()| draw(&door::address(&context.app, id)?)).await?;
    Ok(HttpResponse::build(StatusCode::OK)
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .content_type("image/svg+xml")
        .body(drawn))
}

fn draw(address: &str) -> Result<String, Error> {
    let code = QrCode::new(address).map_err(|error| Error::Broken(format!("QR: {error}")))?;
    Ok(code.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).build())
}
