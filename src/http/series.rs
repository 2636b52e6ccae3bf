//! Series: handlers.

use actix_web::{HttpRequest, get, http::StatusCode, patch, post};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    answer::{self, Answer},
    call::{Call, Json, Perhaps},
    problem::PreviewedBody,
    query::{Paging, Path, Query},
};
use crate::{
    app::{
        page::Page,
        reservations::{
            decide::{Verdict, Words},
            series::{
                NewSeries, SeriesCancellation, SeriesChange, cancel, create, decide, edit,
                list::{self, Filter},
                preview::{self, Previewed},
                view::SeriesView,
            },
        },
    },
    domain::{
        ids::{SeriesId, SpaceId, VenueId},
        locale::Locale,
        series::OccurrenceOutcome,
        tariff::Quote,
    },
};

/// What a list shows.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SeriesQuery {
    /// In this space.
    pub space_id: Option<SpaceId>,
    /// In this venue.
    pub venue_id: Option<VenueId>,
    /// Only one's own.
    #[serde(default)]
    pub mine: bool,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
    /// `next` of the page before.
    pub cursor: Option<String>,
}

/// What would come of a series.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesPreview {
    /// Occurrences that would be made, as requests for approval where their outcome is `ask`.
    pub created: u32,
    /// Those of which only the time is taken.
    pub conflicts: u32,
    /// Those that a rule refuses.
    pub refused: u32,
    pub excluded: u32,
    /// Why it would not be made: the problem code that creation would answer with; null where it would be.
    pub refusal: Option<&'static str>,
    pub occurrences: Vec<PreviewedOccurrence>,
}

/// One occurrence with its outcome and its price.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PricedOccurrence)]
pub struct PreviewedOccurrence {
    pub occurrence: PreviewedBody,
    /// What it would cost; null where it is excluded, or the space asks for nothing.
    pub price: Option<Quote>,
}

impl SeriesPreview {
    fn new(previewed: Previewed, locale: Locale) -> Self {
        let Previewed { preview, prices, zone, refusal } = previewed;
        let occurrences = preview.occurrences.iter().zip(prices);
        Self {
            created: preview.count(OccurrenceOutcome::Created),
            conflicts: preview.count(OccurrenceOutcome::Conflict),
            refused: preview.count(OccurrenceOutcome::Refused),
            excluded: preview.count(OccurrenceOutcome::Excluded),
            refusal: refusal.map(|refusal| refusal.code()),
            occurrences: occurrences
                .map(|(one, price)| PreviewedOccurrence {
                    occurrence: PreviewedBody::new(one, zone, locale),
                    price,
                })
                .collect(),
        }
    }
}

/// Reserve a space repeatedly.
///
/// Each occurrence is a reservation of its own. `all_or_nothing` makes all or, with 409, none; `skip_conflicts` leaves
/// out those that can't be made, up to `max_skipped`, and says which.
#[utoipa::path(tag = "series", request_body = NewSeries, security(("bearer" = [])), responses(
    (status = 201, description = "Made, with its reservations and what was left out", body = SeriesView)
))]
#[post("/series")]
pub async fn create_series(call: Call<Json<NewSeries>>) -> Answer {
    let done = call
        .change(|context, Json(new)| create::create(&context.app, &context.actor, context.claim(201), new))
        .await?;
    Ok(answer::created(done, |series| format!("/api/v1/series/{}", series.id)))
}

/// Try a series without making it.
///
/// The same body and the same decisions as `POST /series`; nothing is written.
#[utoipa::path(tag = "series", request_body = NewSeries, security((), ("bearer" = [])), responses(
    (status = 200, description = "Every occurrence with its outcome", body = SeriesPreview)
))]
#[post("/series/preview")]
pub async fn preview_series(call: Call<Json<NewSeries>>) -> Answer {
    let locale = call.locale;
    let previewed =
        call.run(|context, Json(new)| preview::preview(&context.app, &context.actor, &new)).await?;
    Ok(answer::data(&SeriesPreview::new(previewed, locale)))
}

/// List series.
///
/// One's own and one's organisations'; staff also see their venues'. Without the occurrences.
#[utoipa::path(tag = "series", params(SeriesQuery), security(("bearer" = [])), responses(
    (status = 200, description = "A page of series", body = Page<SeriesView>)
))]
#[get("/series")]
pub async fn list_series(request: HttpRequest, call: Call, Query(query): Query<SeriesQuery>) -> Answer {
    let page = call
        .run(move |context, ()| {
            let SeriesQuery { space_id, venue_id, mine, limit, cursor } = query;
            let filter = Filter { venue: venue_id, space: space_id, mine };
            list::list(&context.app, &context.actor, filter, &Paging { limit, cursor }.asked())
        })
        .await?;
    Ok(answer::listed(&request, &page))
}

/// Show a series with its reservations.
#[utoipa::path(tag = "series", params(("id" = SeriesId, Path)), security(("bearer" = [])), responses(
    (status = 200, description = "The series", body = SeriesView)
))]
#[get("/series/{id}")]
pub async fn show_series(call: Call, Path(id): Path<SeriesId>) -> Answer {
    let view = call.run(move |context, ()| list::show(&context.app, &context.actor, id)).await?;
    Ok(answer::found(&view))
}

/// Change a series, or what follows from an occurrence on.
///
/// What is past, has begun, was cancelled or was changed by itself stays. From an occurrence on, the old series ends before
/// it and the answer is the new one; so is it with other times once part of the series is over.
#[utoipa::path(tag = "series", params(("id" = SeriesId, Path)), request_body = SeriesChange,
    security(("bearer" = [])), responses(
    (status = 200, description = "The series that has the occurrences changed", body = SeriesView)
))]
#[patch("/series/{id}")]
pub async fn edit_series(call: Call<Json<SeriesChange>>, Path(id): Path<SeriesId>) -> Answer {
    let done = call
        .change(move |context, Json(change)| {
            let expected = context.required_match()?;
            edit::edit(&context.app, &context.actor, context.claim(200), id, expected, change)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Cancel what is ahead of a series, all of it or from a date on.
///
/// Occurrences changed by themselves go too; what has begun or is over stays.
#[utoipa::path(tag = "series", params(("id" = SeriesId, Path)), request_body = Option<SeriesCancellation>,
    security(("bearer" = [])), responses(
    (status = 200, description = "The series as it is now", body = SeriesView)
))]
#[post("/series/{id}/cancel")]
pub async fn cancel_series(call: Call<Perhaps<SeriesCancellation>>, Path(id): Path<SeriesId>) -> Answer {
    let done = call
        .change(move |context, Perhaps(wanted)| {
            let expected = context.optional_match();
            cancel::cancel(&context.app, &context.actor, context.claim(200), id, expected, wanted)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Approve all that waits in a series.
///
/// For staff of the venue: requests and requested changes, with one mail.
#[utoipa::path(tag = "series", params(("id" = SeriesId, Path)), request_body = Option<Words>,
    security(("bearer" = [])), responses(
    (status = 200, description = "The series as it is now", body = SeriesView)
))]
#[post("/series/{id}/approve")]
pub async fn approve_series(call: Call<Perhaps<Words>>, Path(id): Path<SeriesId>) -> Answer {
    let done = call
        .change(move |context, Perhaps(words)| {
            let (expected, verdict) = (context.required_match()?, (Verdict::Approve, words));
            decide::decide(&context.app, &context.actor, context.claim(200), id, expected, verdict)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}

/// Decline all that waits in a series.
///
/// For staff of the venue: requests and requested changes, with one mail.
#[utoipa::path(tag = "series", params(("id" = SeriesId, Path)), request_body = Option<Words>,
    security(("bearer" = [])), responses(
    (status = 200, description = "The series as it is now", body = SeriesView)
))]
#[post("/series/{id}/decline")]
pub async fn decline_series(call: Call<Perhaps<Words>>, Path(id): Path<SeriesId>) -> Answer {
    let done = call
        .change(move |context, Perhaps(words)| {
            let (expected, verdict) = (context.optional_match(), (Verdict::Decline, words));
            decide::decide(&context.app, &context.actor, context.claim(200), id, expected, verdict)
        })
        .await?;
    Ok(answer::done(done, StatusCode::OK))
}
