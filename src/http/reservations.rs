//! Reservations: handlers.

use actix_web::{
    HttpRequest, get,
    http::{StatusCode, header},
    patch, post,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    answer::{self, Answer},
    call::{Call, Json, Perhaps},
    problem::{AlternativeBody, ReasonBody},
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        error::Error,
        page::Page,
        reservations::{
            NewReservation, ReservationChange,
            approvals::{self, ApprovalView},
            calendar, cancel,
            check::{self, Checked, CheckedChange},
            confirm,
            decide::{self, Verdict, Words},
            edit,
            headcount::{self, Headcount},
            list::{self, Filter},
            reserve,
            view::ReservationView,
        },
    },
    domain::{
        decision::Outcome,
        ids::{ReservationId, SpaceId, VenueId},
        locale::Locale,
        reservation::Status,
        tariff::{Money, Quote},
        zone::DateOrTime,
    },
};

/// What a list shows.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReservationsQuery {
    /// From here on: reservations that end later. Without an offset it is each venue's own date or time.
    pub from: Option<DateOrTime>,
    /// Up to here: reservations that start earlier.
    pub to: Option<DateOrTime>,
    /// Of this space; of a pool of equipment, also those of other spaces that take pieces of it along, or ask to.
    pub space_id: Option<SpaceId>,
    /// Of this venue.
    pub venue_id: Option<VenueId>,
    /// One or more, separated by commas.
    #[param(example = "confirmed,pending")]
    pub status: Option<String>,
    /// Only one's own.
    #[serde(default)]
    pub mine: bool,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

impl ReservationsQuery {
    fn filter(&self) -> Result<Filter, Error> {
        let statuses = self.status.iter().flat_map(|list| list.split(',')).map(str::parse::<Status>);
        let statuses: Result<Vec<Status>, _> = statuses.collect();
        Ok(Filter {
            from: self.from,
            to: self.to,
            space: self.space_id,
            venue: self.venue_id,
            statuses: statuses.map_err(|_| Error::field("?status", "unknown_value"))?,
            mine: self.mine,
        })
    }
}

/// What a request would come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckAnswer {
    pub outcome: Outcome,
    pub reasons: Vec<ReasonBody>,
    /// What it would cost; null where the space asks for nothing.
    pub price: Option<Quote>,
    /// What could be booked instead of what is refused, the best first.
    #[schema(max_items = 5)]
    pub alternatives: Vec<AlternativeBody>,
}

impl CheckAnswer {
    fn new(checked: &Checked, locale: Locale) -> Self {
        Self {
            outcome: checked.decision.outcome,
            reasons: ReasonBody::all(&checked.decision, checked.zone, locale),
            price: checked.price.clone(),
            alternatives: checked.alternatives.iter().map(AlternativeBody::from).collect(),
        }
    }
}

/// What a change would come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeCheckAnswer {
    pub outcome: Outcome,
    pub reasons: Vec<ReasonBody>,
    /// What it would cost then; null where the space asks for nothing.
    pub price: Option<Quote>,
    /// What cancelling would cost at least then, and what would be owed besides the price for what is given up.
    pub kept_fee: Option<Money>,
    pub change_fee: Option<Money>,
    /// What could be booked instead of what is refused, the best first.
    #[schema(max_items = 5)]
    pub alternatives: Vec<AlternativeBody>,
}

impl ChangeCheckAnswer {
    fn new(checked: CheckedChange, locale: Locale) -> Self {
        Self {
            outcome: checked.decision.outcome,
            reasons: ReasonBody::all(&checked.decision, checked.zone, locale),
            kept_fee: checked.reservation.kept_fee,
            change_fee: checked.reservation.change_fee(),
            price: checked.reservation.quote,
            alternatives: checked.alternatives.iter().map(AlternativeBody::from).collect(),
        }
    }
}

/// Reserve a space.
///
/// Confirmed at once, or `pending` where the venue must approve. With `hold` it is only `held` until
/// `hold_expires_at`, and `confirm` makes the rest of it. A taken slot is 409 `slot_taken`, a request
/// beyond the rules 422 `policy_refused`; both name alternatives that can be booked.
#[utoipa::path(tag = "reservations", request_body = NewReservation, security(("bearer" = [])), responses(
    (status = 201, description = "Made: confirmed, pending until approved, or held until confirmed", body = ReservationView)
))]
#[post("/reservations")]
pub async fn create_reservation(call: Call<Json<NewReservation>>) -> Answer {
    let done = call
        .change(|context, Json(new)| reserve::reserve(&context.app, &context.actor, context.claim(201), new))
        .await?;
    Ok(answer::created(done, |reservation| format!("/api/v1/reservations/{}", reservation.id)))
}

/// Try a reservation without making it.
///
/// The same body and the same decision as `POST /reservations`; nothing is written.
#[utoipa::path(tag = "reservations", request_body = NewReservation, security((), ("bearer" = [])), responses(
    (status = 200, description = "What it would come to", body = CheckAnswer)
))]
#[post("/reservations/check")]
pub async fn check_reservation(call: Call<Json<NewReservation>>) -> Answer {
    let locale = call.locale;
    let checked = call.run(|context, Json(new)| check::check(&context.app, &context.actor, &new)).await?;
    Ok(answer::data(&CheckAnswer::new(&checked, locale)))
}

/// List reservations.
///
/// One's own and one's organisations'; staff also see their venues'.
#[utoipa::path(tag = "reservations", params(ReservationsQuery), security(("bearer" = [])), responses(
    (status = 200, description = "A page of reservations, by start", body = Page<ReservationView>)
))]
#[get("/reservations")]
pub async fn list_reservations(
    request: HttpRequest,
    call: Call,
    Query(query): Query<ReservationsQuery>,
) -> Answer {
    let page = call
        .run(move |context, ()| {
            let asked = Paging { limit: query.limit, cursor: query.cursor.clone() }.asked();
            let unpaged = ReservationsQuery { limit: None, cursor: None, ..query };
            list::list(&context.app, &context.actor, &unpaged.filter()?, &asked, &format!("{unpaged:?}"))
        })
        .await?;
    Ok(answer::listed(&request, &page))
}

/// List what waits for a venue's answer.
///
/// Requests and requested changes, the oldest first, for the staff and those who decide besides them.
#[utoipa::path(tag = "reservations", params(("id" = VenueId, Path), Paging), security(("bearer" = [])), responses(
    (status = 200, description = "A page of open questions", body = Page<ApprovalView>)
))]
#[get("/venues/{id}/approvals")]
pub async fn list_approvals(
    request: HttpRequest,
    call: Call,
    Path(id): Path<VenueId>,
    Query(paging): Query<Paging>,
) -> Answer {
    let page = call
        .run(move |context, ()| approvals::queue(&context.app, &context.actor, id, &paging.asked()))
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Show a reservation.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The reservation", body = ReservationView)
))]
#[get("/reservations/{id}")]
pub async fn show_reservation(call: Call, Path(id): Path<ReservationId>) -> Answer {
    let view = call.run(move |context, ()| list::show(&context.app, &context.actor, id)).await?;
    Ok(answer::found(&view))
}

/// Move, extend or edit a reservation.
///
/// A move that needs approval keeps the old slot and shows the wish as `change` until it is decided.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), request_body = ReservationChange,
    security(("bearer" = [])), responses(
    (status = 200, description = "The reservation as it is now", body = ReservationView)
))]
#[patch("/reservations/{id}")]
pub async fn edit_reservation(call: Call<Json<ReservationChange>>, Path(id): Path<ReservationId>) -> Answer {
    let done = call
        .change(move |context, Json(change)| {
            let expected = context.required_match()?;
            edit::edit(&context.app, &context.actor, context.claim(200), id, expected, change)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Try a change without making it.
///
/// The same body and the same decision as `PATCH /reservations/{id}`; nothing is written.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), request_body = ReservationChange,
    security(("bearer" = [])), responses(
    (status = 200, description = "What it would come to", body = ChangeCheckAnswer)
))]
#[post("/reservations/{id}/check")]
pub async fn check_change(call: Call<Json<ReservationChange>>, Path(id): Path<ReservationId>) -> Answer {
    let locale = call.locale;
    let checked = call
        .run(move |context, Json(change)| check::check_change(&context.app, &context.actor, id, &change))
        .await?;
    Ok(answer::data(&ChangeCheckAnswer::new(checked, locale)))
}

/// Confirm a hold.
///
/// It becomes a reservation, or a request where the venue must approve; once. Too late is 409 `hold_expired`.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The reservation as it is now", body = ReservationView)
))]
#[post("/reservations/{id}/confirm")]
pub async fn confirm_reservation(call: Call, Path(id): Path<ReservationId>) -> Answer {
    let done = call
        .change(move |context, ()| {
            let expected = context.optional_match();
            confirm::confirm(&context.app, &context.actor, context.claim(200), id, expected)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Approve a request or a requested change.
///
/// For staff of the venue.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), request_body = Option<Words>,
    security(("bearer" = [])), responses(
    (status = 200, description = "The reservation as it is now", body = ReservationView)
))]
#[post("/reservations/{id}/approve")]
pub async fn approve_reservation(call: Call<Perhaps<Words>>, Path(id): Path<ReservationId>) -> Answer {
    let done = call
        .change(move |context, Perhaps(words)| {
            let expected = context.required_match()?;
            let verdict = (Verdict::Approve, words);
            decide::decide(&context.app, &context.actor, context.claim(200), id, expected, verdict)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Decline a request or a requested change.
///
/// For staff of the venue.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), request_body = Option<Words>,
    security(("bearer" = [])), responses(
    (status = 200, description = "The reservation as it is now", body = ReservationView)
))]
#[post("/reservations/{id}/decline")]
pub async fn decline_reservation(call: Call<Perhaps<Words>>, Path(id): Path<ReservationId>) -> Answer {
    let done = call
        .change(move |context, Perhaps(words)| {
            let expected = context.optional_match();
            let verdict = (Verdict::Decline, words);
            decide::decide(&context.app, &context.actor, context.claim(200), id, expected, verdict)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Cancel a reservation before it begins.
///
/// After the notice it counts as late.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), request_body = Option<Words>,
    security(("bearer" = [])), responses(
    (status = 200, description = "The reservation as it is now", body = ReservationView)
))]
#[post("/reservations/{id}/cancel")]
pub async fn cancel_reservation(call: Call<Perhaps<Words>>, Path(id): Path<ReservationId>) -> Answer {
    let done = call
        .change(move |context, Perhaps(words)| {
            let expected = context.optional_match();
            cancel::cancel(&context.app, &context.actor, context.claim(200), id, expected, words)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Tell how many people came.
///
/// Once it has begun; for the organiser and the venue's staff.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), request_body = Headcount,
    security(("bearer" = [])), responses(
    (status = 200, description = "The reservation as it is now", body = ReservationView)
))]
#[post("/reservations/{id}/headcount")]
pub async fn count_heads(call: Call<Json<Headcount>>, Path(id): Path<ReservationId>) -> Answer {
    let done = call
        .change(move |context, Json(count)| {
            let expected = context.optional_match();
            headcount::count(&context.app, &context.actor, context.claim(200), id, expected, count)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// A reservation as a calendar file.
#[utoipa::path(tag = "reservations", params(("id" = ReservationId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "iCalendar (RFC 5545)", body = String, content_type = "text/calendar")
))]
#[get("/reservations/{id}/calendar.ics")]
pub async fn reservation_calendar(call: Call, Path(id): Path<ReservationId>) -> Answer {
    let text = call.run(move |context, ()| calendar::calendar(&context.app, &context.actor, id)).await?;
    let name = format!("attachment; filename=\"{id}.ics\"");
    let mut response = answer::private(StatusCode::OK);
    response.insert_header((header::CONTENT_DISPOSITION, name));
    Ok(response.content_type("text/calendar; charset=utf-8").body(text))
}
