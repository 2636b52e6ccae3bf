//! Calendars to subscribe to, and free and busy times: handlers. Links are made below `/auth`, where answers are not
//! repeated: one is shown once and stored nowhere.

use actix_web::{
    HttpRequest, delete, get,
    http::{
        StatusCode,
        header::{HeaderName, HeaderValue},
    },
    post,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::{Call, Perhaps},
    entity_tag, ics,
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        calendars::{
            CalendarView, feed, freebusy,
            links::{self, MadeCalendar, NewCalendar},
            of_venue::{self, VenueCalendarView},
        },
        page::Page,
    },
    domain::{
        ids::{CalendarId, SpaceId, VenueId},
        zone::DateOrTime,
    },
};

const X_ROBOTS_TAG: HeaderName = HeaderName::from_static("x-robots-tag");

/// Which time.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FreeBusyQuery {
    /// A local date or a time; today where nothing is said.
    pub from: Option<DateOrTime>,
    /// The first date or time beyond, at most 93 days later; 62 days where nothing is said.
    pub to: Option<DateOrTime>,
}

/// List one's links to calendars.
#[utoipa::path(tag = "calendars", params(Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of links that were not revoked", body = Page<CalendarView>)
))]
#[get("/auth/calendars")]
pub async fn list_calendars(request: HttpRequest, call: Call, Query(paging): Query<Paging>) -> Answer {
    let page =
        call.run(move |context, ()| links::list(&context.app, &context.actor, &paging.asked())).await?;
    Ok(answer::listed(&request, &page))
}

/// Make a link to a calendar.
///
/// To be given to a calendar program, which reads it without signing in: a space or a venue for those who see its
/// reservations (staff and delegates), a network's public events, or one's own reservations with those of one's
/// organisations. Twenty at a time.
#[utoipa::path(tag = "calendars", request_body = Option<NewCalendar>, security(("bearer" = [])), responses(
    (status = 201, description = "The link, shown this once", body = MadeCalendar)
))]
#[post("/auth/calendars")]
pub async fn make_calendar(call: Call<Perhaps<NewCalendar>>) -> Answer {
    let made = call.run(|context, Perhaps(new)| links::make(&context.app, &context.actor, new)).await?;
    Ok(answer::private(StatusCode::CREATED).json(made))
}

/// Give a link another address.
///
/// The old one opens nothing any more.
#[utoipa::path(tag = "calendars", params(("id" = CalendarId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The link, shown this once", body = MadeCalendar)
))]
#[post("/auth/calendars/{id}/rotate")]
pub async fn rotate_calendar(call: Call, Path(id): Path<CalendarId>) -> Answer {
    let made = call.run(move |context, ()| links::rotate(&context.app, &context.actor, id)).await?;
    Ok(answer::data(&made))
}

/// Revoke a link to a calendar.
#[utoipa::path(tag = "calendars", params(("id" = CalendarId, Path)), security(("bearer" = [])), responses(
    (status = 204, description = "It opens nothing any more")
))]
#[delete("/auth/calendars/{id}")]
pub async fn revoke_calendar(call: Call, Path(id): Path<CalendarId>) -> Answer {
    call.run(move |context, ()| links::revoke(&context.app, &context.actor, id)).await?;
    Ok(answer::private(StatusCode::NO_CONTENT).finish())
}

/// List the links to a venue's calendar and to those of its spaces.
///
/// For its staff and the operator, whoever made them. What their owners may no longer see they do not show.
#[utoipa::path(tag = "calendars", params(("id" = VenueId, Path), Paging), security(("bearer" = [])),
    responses((status = 200, description = "A page of links", body = Page<VenueCalendarView>)
))]
#[get("/venues/{id}/calendars")]
pub async fn list_venue_calendars(
    request: HttpRequest,
    call: Call,
    Path(id): Path<VenueId>,
    Query(paging): Query<Paging>,
) -> Answer {
    let page = call
        .run(move |context, ()| of_venue::list(&context.app, &context.actor, id, &paging.asked()))
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Revoke a link to a venue's calendar, or to one of its spaces'.
#[utoipa::path(tag = "calendars", params(("id" = VenueId, Path), ("calendar_id" = CalendarId, Path)),
    security(("bearer" = [])), responses((status = 204, description = "It opens nothing any more")
))]
#[delete("/venues/{id}/calendars/{calendar_id}")]
pub async fn revoke_venue_calendar(call: Call, Path((id, calendar)): Path<(VenueId, CalendarId)>) -> Answer {
    let done = call
        .change(move |context, ()| {
            of_venue::revoke(&context.app, &context.actor, context.claim(204), id, calendar)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}

/// Subscribe to a calendar.
///
/// For whoever has the link (RFC 5545): from 30 days ago to 365 days ahead, 2,000 entries at most, what is not over first.
/// It shows titles and the names of who organises, as far as the link's owner may see them when it is read; revoked, or
/// without that right, it is 404. `If-None-Match` with the last answer's `ETag` is answered by 304 as long as nothing
/// changed.
#[utoipa::path(tag = "calendars", params(("token" = String, Path, description = "Of the link")), responses(
    (status = 200, description = "iCalendar (RFC 5545)", body = String, content_type = "text/calendar"),
    (status = 304, description = "As it was (RFC 9110, 15.4.5)")
))]
#[get("/calendars/{token}.ics")]
pub async fn show_calendar(request: HttpRequest, call: Call, Path(token): Path<String>) -> Answer {
    let (feed, app) = call
        .run(move |context, ()| feed::show(&context.app, &token).map(|feed| (feed, context.app.clone())))
        .await?;
    let tag = entity_tag::of(&feed.text);
    // Who has it already is shown nothing anew.
    if !entity_tag::is_known(&request, &tag) {
        feed.note(&app);
    }
    // Kept by the reader's own program alone, and asked for anew each time: revoked is revoked.
    let mut answer = ics::answer(&request, feed.text, tag, "private, no-cache");
    // A link that was published by mistake shall not be found by searching, too.
    answer.headers_mut().insert(X_ROBOTS_TAG, HeaderValue::from_static("noindex"));
    Ok(answer)
}

/// Show when a space is free and busy.
///
/// Open to all (RFC 5545, VFREEBUSY): `BUSY` where no unit is free, set-up, tear-down, holds and blocks among it, and
/// `BUSY-UNAVAILABLE` where the space is closed. Nothing tells by what or whom.
#[utoipa::path(tag = "calendars", params(("id" = SpaceId, Path), FreeBusyQuery), responses(
    (status = 200, description = "iCalendar (RFC 5545)", body = String, content_type = "text/calendar"),
    (status = 304, description = "As it was (RFC 9110, 15.4.5)")
))]
#[get("/spaces/{id}/freebusy.ics")]
pub async fn show_free_busy(
    request: HttpRequest,
    call: Call,
    Path(id): Path<SpaceId>,
    Query(query): Query<FreeBusyQuery>,
) -> Answer {
    let shown = call
        .run(move |context, ()| freebusy::show(&context.app, &context.actor, id, (query.from, query.to)))
        .await?;
    // Weak: it says the same, made at another moment.
    let tag = format!("W/{}", entity_tag::of(&shown.unstamped));
    Ok(ics::answer(&request, shown.text, tag, "public, max-age=60"))
}
