//! The waiting list: handlers for one's own entries, and for those of a venue.

use actix_web::{HttpRequest, delete, get, http::StatusCode, post};

use super::{
    answer::{self, Answer},
    call::{Call, Json},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        page::Page,
        waiting::{
            EntryView,
            join::{self, NewEntry},
            leave, list,
            of_venue::{self, VenueEntryView},
        },
    },
    domain::ids::{VenueId, WaitingId},
};

/// List what one waits for.
#[utoipa::path(tag = "reservations", params(Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of entries, in the order they were made", body = Page<EntryView>)
))]
#[get("/waiting-list")]
pub async fn list_waiting(request: HttpRequest, call: Call, Query(paging): Query<Paging>) -> Answer {
    let page = call.run(move |context, ()| list::list(&context.app, &context.actor, &paging.asked())).await?;
    Ok(answer::listed(&request, &page))
}

/// Wait for a slot.
///
/// When one that fits is free, the first in line gets it held for the policy's `offer_minutes`, and a mail.
#[utoipa::path(tag = "reservations", request_body = NewEntry, security(("bearer" = [])), responses(
    (status = 201, description = "Joined", body = EntryView)
))]
#[post("/waiting-list")]
pub async fn join_waiting(call: Call<Json<NewEntry>>) -> Answer {
    let done = call
        .change(|context, Json(new)| join::join(&context.app, &context.actor, context.claim(201), new))
        .await?;
    Ok(answer::created(done, |entry| format!("/api/v1/waiting-list/{}", entry.id)))
}

/// Show what one waits for.
#[utoipa::path(tag = "reservations", params(("id" = WaitingId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The entry", body = EntryView)
))]
#[get("/waiting-list/{id}")]
pub async fn show_waiting(call: Call, Path(id): Path<WaitingId>) -> Answer {
    let entry = call.run(move |context, ()| list::show(&context.app, &context.actor, id)).await?;
    Ok(answer::found(&entry))
}

/// Wait no longer.
///
/// What is held for the entry is let go.
#[utoipa::path(tag = "reservations", params(("id" = WaitingId, Path)), security(("bearer" = [])), responses(
    (status = 204, description = "Left")
))]
#[delete("/waiting-list/{id}")]
pub async fn leave_waiting(call: Call, Path(id): Path<WaitingId>) -> Answer {
    let done = call
        .change(move |context, ()| {
            let expected = context.required_match()?;
            leave::leave(&context.app, &context.actor, context.claim(204), id, expected)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}

/// List who waits for a venue's spaces.
///
/// Entries that wait or are being offered a slot, the longest first, for the staff.
#[utoipa::path(tag = "reservations", params(("id" = VenueId, Path), Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of entries with who waits", body = Page<VenueEntryView>)
))]
#[get("/venues/{id}/waiting-list")]
pub async fn list_venue_waiting(
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
