//! The audit, who looked at whose data, and people without an account: handlers.

use actix_web::{HttpRequest, delete, get, http::StatusCode};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    answer::{self, Answer},
    call::Call,
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        accounts::export::Export,
        audit::list::{self, AuditEntryView, Filter},
        guests::{self, GuestView},
        page::Page,
        views::{self, DataView},
    },
    domain::{
        ids::{NetworkId, UserId, VenueId},
        person::EmailAddress,
        zone::DateOrTime,
    },
};

/// Which entries of the audit.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// A venue's. Exactly one of `venue_id` and `network_id` is given; neither by administrators who give `subject_id`.
    venue_id: Option<VenueId>,
    /// A network's own, without what concerns its venues.
    network_id: Option<NetworkId>,
    /// From then on; a date is its local midnight.
    #[param(example = "2026-03-01")]
    from: Option<DateOrTime>,
    /// Up to then; the date itself lies outside.
    #[param(example = "2026-04-01")]
    to: Option<DateOrTime>,
    /// Done by this person.
    actor_id: Option<UserId>,
    /// Done to this: an id of any kind.
    #[param(example = "rsv_01h455vb4pex5vsknk084sn02q")]
    subject_id: Option<String>,
    /// What was done, by its name.
    #[param(example = "reservation.cancelled")]
    action: Option<String>,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// Read what was done.
///
/// A venue's audit for its staff and the operator's administrators, a network's own for its coordination body and them. What
/// was done to one account, organisation, key or anything else, wherever that was, for administrators. The entries are chained by hashes, which `prostor check` verifies.
#[utoipa::path(tag = "service", params(AuditQuery), security(("bearer" = [])), responses(
    (status = 200, description = "A page of entries, the latest first", body = Page<AuditEntryView>)
))]
#[get("/audit")]
pub async fn list_audit(request: HttpRequest, call: Call, Query(query): Query<AuditQuery>) -> Answer {
    let page = call
        .run(move |context, ()| {
            let asked = Paging { limit: query.limit, cursor: query.cursor.clone() }.asked();
            let unpaged = AuditQuery { limit: None, cursor: None, ..query };
            let name = format!("{unpaged:?}");
            let filter = Filter {
                venue: unpaged.venue_id,
                network: unpaged.network_id,
                from: unpaged.from,
                to: unpaged.to,
                actor: unpaged.actor_id,
                subject: unpaged.subject_id,
                action: unpaged.action,
            };
            list::list(&context.app, &context.actor, &filter, &asked, &name)
        })
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Whose looks.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ViewsQuery {
    /// Whose data was looked at.
    person_id: UserId,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// List who looked at a person's data.
///
/// For the operator's administrators, with who it was.
#[utoipa::path(tag = "service", params(ViewsQuery), security(("bearer" = [])), responses(
    (status = 200, description = "A page of looks, the latest first", body = Page<DataView>)
))]
#[get("/views")]
pub async fn list_views(request: HttpRequest, call: Call, Query(query): Query<ViewsQuery>) -> Answer {
    let page = call
        .run(move |context, ()| {
            let asked = Paging { limit: query.limit, cursor: query.cursor }.asked();
            views::list(&context.app, &context.actor, Some(query.person_id), &asked)
        })
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Which guests.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GuestsQuery {
    /// With this address, as the venue's staff wrote it.
    email: Option<EmailAddress>,
    /// Only this one.
    guest_id: Option<UserId>,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// List a venue's guests.
///
/// For its staff and the operator: whom staff reserved for, by what they wrote themselves. Nothing tells who has an account.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), GuestsQuery), security(("bearer" = [])),
    responses((status = 200, description = "A page of guests", body = Page<GuestView>)))]
#[get("/venues/{id}/guests")]
pub async fn list_guests(
    request: HttpRequest,
    call: Call,
    Path(id): Path<VenueId>,
    Query(query): Query<GuestsQuery>,
) -> Answer {
    let page = call
        .run(move |context, ()| {
            let asked = Paging { limit: query.limit, cursor: query.cursor }.asked();
            guests::list(&context.app, &context.actor, id, (query.email, query.guest_id), &asked)
        })
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Export what is held on a guest.
///
/// On somebody without an account, for whom staff reserved at the venue: they ask the venue, which answers for them. Only
/// what is at this venue is told.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("guest_id" = UserId, Path)), security(("bearer" = [])),
    responses((status = 200, description = "All that is held on the guest at the venue", body = Export)))]
#[get("/venues/{id}/guests/{guest_id}")]
pub async fn export_guest(call: Call, Path((venue, guest)): Path<(VenueId, UserId)>) -> Answer {
    let export =
        call.run(move |context, ()| guests::export(&context.app, &context.actor, venue, guest)).await?;
    Ok(answer::data(&export))
}

/// Erase a guest.
///
/// As with giving up an account: nothing names them any more, what was reserved for them stays countable. 409
/// `obligations_open` names what is open, `state_conflict` tells that they have an account.
#[utoipa::path(tag = "people", params(("id" = VenueId, Path), ("guest_id" = UserId, Path)), security(("bearer" = [])),
    responses((status = 204, description = "Gone")))]
#[delete("/venues/{id}/guests/{guest_id}")]
pub async fn erase_guest(call: Call, Path((venue, guest)): Path<(VenueId, UserId)>) -> Answer {
    let done = call
        .change(move |context, ()| {
            let expected = context.optional_match();
            guests::erase(&context.app, &context.actor, context.claim(204), (venue, guest), expected)
        })
        .await?;
    Ok(answer::done_plain(done, StatusCode::NO_CONTENT))
}
