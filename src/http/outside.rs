//! Outside calendars: handlers, for staff of the venue.

use actix_web::{HttpRequest, delete, get, http::StatusCode, patch, post};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        outside::{self, NewOutsideCalendar, OutsideCalendarChange, OutsideCalendarView},
        page::Page,
    },
    domain::ids::{OutsideCalendarId, VenueId},
};

/// List the calendars that a venue subscribes to.
#[utoipa::path(tag = "import", params(("id" = VenueId, Path), Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of calendars", body = Page<OutsideCalendarView>)
))]
#[get("/venues/{id}/outside-calendars")]
pub async fn list_outside_calendars(
    request: HttpRequest,
    call: Call,
    Path(id): Path<VenueId>,
    Query(paging): Query<Paging>,
) -> Answer {
    let page =
        call.run(move |context, ()| outside::list(&context.app, &context.actor, id, &paging.asked())).await?;
    Ok(answer::listed(&request, &page))
}

/// Subscribe to a calendar kept elsewhere.
///
/// Its events of the next 180 days are blocks here, and are kept up to date every quarter of an hour. Reservations that
/// stand where an event is stay, and are listed. The address must be a public one, at port 80 or 443.
#[utoipa::path(tag = "import", params(("id" = VenueId, Path)), request_body = NewOutsideCalendar,
    security(("bearer" = [])), responses(
    (status = 201, description = "Subscribed; it is read soon after", body = OutsideCalendarView)
))]
#[post("/venues/{id}/outside-calendars")]
pub async fn subscribe_to_calendar(call: Call<Json<NewOutsideCalendar>>, Path(id): Path<VenueId>) -> Answer {
    let done = call
        .change(move |context, Json(new)| {
            outside::create(&context.app, &context.actor, context.claim(201), id, new)
        })
        .await?;
    Ok(answer::created(done, |calendar| format!("/api/v1/outside-calendars/{}", calendar.id)))
}

/// Show an outside calendar.
#[utoipa::path(tag = "import", params(("id" = OutsideCalendarId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The calendar, and what came of the last reading", body = OutsideCalendarView)
))]
#[get("/outside-calendars/{id}")]
pub async fn show_outside_calendar(call: Call, Path(id): Path<OutsideCalendarId>) -> Answer {
    let calendar = call.run(move |context, ()| outside::show(&context.app, &context.actor, id)).await?;
    Ok(answer::found(&calendar))
}

/// Edit an outside calendar.
///
/// At a new address it is read anew.
#[utoipa::path(tag = "import", params(("id" = OutsideCalendarId, Path)), request_body = OutsideCalendarChange,
    security(("bearer" = [])), responses(
    (status = 200, description = "As it is now", body = OutsideCalendarView)
))]
#[patch("/outside-calendars/{id}")]
pub async fn edit_outside_calendar(
    call: Call<Json<OutsideCalendarChange>>,
    Path(id): Path<OutsideCalendarId>,
) -> Answer {
    let done = call
        .change(move |context, Json(change)| {
            let expected = context.required_match()?;
            outside::edit(&context.app, &context.actor, context.claim(200), id, expected, change)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Have an outside calendar read at once.
#[utoipa::path(tag = "import", params(("id" = OutsideCalendarId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "It is read soon after", body = OutsideCalendarView)
))]
#[post("/outside-calendars/{id}/refresh")]
pub async fn refresh_outside_calendar(call: Call, Path(id): Path<OutsideCalendarId>) -> Answer {
    let done = call
        .change(move |context, ()| {
            let (claim, expected) = (context.claim(200), context.optional_match());
            outside::refresh_soon(&context.app, &context.actor, claim, id, expected)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Give up an outside calendar.
///
/// What of its blocks is still to come is lifted.
#[utoipa::path(tag = "import", params(("id" = OutsideCalendarId, Path)), security(("bearer" = [])), responses(
    (status = 204, description = "Given up")
))]
#[delete("/outside-calendars/{id}")]
pub async fn give_up_outside_calendar(call: Call, Path(id): Path<OutsideCalendarId>) -> Answer {
    let done = call
        .change(move |context, ()| {
            let expected = context.required_match()?;
            outside::delete(&context.app, &context.actor, context.claim(204), id, expected)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}
