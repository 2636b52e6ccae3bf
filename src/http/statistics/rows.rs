//! The feed of a venue's reservations for outside analytics: handler.

use std::borrow::Cow;

use actix_web::{HttpRequest, get};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    csv,
    table::{Drawing, Table, Value},
};
use crate::{
    app::{
        page,
        statistics::{
            RowFeed, RowView,
            rows::{Asked, list},
        },
    },
    domain::{ids::VenueId, zone::DateOrTime},
    http::{
        answer::{self, Answer},
        call::Call,
        query::{Path, Query},
    },
};

/// What is asked of the feed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RowsQuery {
    /// Rows that the feed learnt of then or later. Whoever asks with the last `updated_at` they have gets every later change,
    /// and again what they have of that same second.
    #[param(example = "2026-03-01")]
    updated_after: Option<DateOrTime>,
    /// Items on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before, however long ago.
    cursor: Option<String>,
    /// `json` where nothing is said.
    #[serde(default)]
    format: RowFormat,
}

/// How a page of the feed is answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RowFormat {
    #[default]
    Json,
    /// RFC 4180, one header row of stable names; `Link` tells where it goes on.
    Csv,
}

/// Follow a venue's reservations as figures see them.
///
/// For the venue's staff and their programs: one row for each reservation, with nothing that names somebody, ordered by when
/// the feed learnt of its last change. `next` is always there: who comes back with it gets each row that changed since,
/// exactly, whoever wrote at the same time. A row replaces the one with the same `id`; rows of erased people say so.
#[utoipa::path(tag = "statistics", params(("id" = VenueId, Path), RowsQuery), security(("bearer" = [])), responses(
    (status = 200, description = "A page of the feed; as CSV one line per row, and `Link: rel=\"next\"` always",
        content((RowFeed = "application/json"), (String = "text/csv")))
))]
#[get("/venues/{id}/statistics/rows")]
pub async fn list_statistics_rows(
    request: HttpRequest,
    call: Call,
    Path(venue): Path<VenueId>,
    Query(query): Query<RowsQuery>,
) -> Answer {
    let RowsQuery { updated_after, limit, cursor, format } = query;
    let (feed, text) = call
        .run(move |context, ()| {
            let asked = Asked { venue, updated_after, page: page::Asked { limit, cursor } };
            let feed = list(&context.app, &context.actor, &asked)?;
            let text = (format == RowFormat::Csv).then(|| csv::write(&table(&feed))).transpose()?;
            Ok((feed, text))
        })
        .await?;
    Ok(match text {
        Some(text) => answer::paged_text(&request, csv::MEDIA_TYPE, text, &feed.next),
        None => answer::paged(&request, &feed, Some(&feed.next)),
    })
}

fn table(feed: &RowFeed) -> Table {
    let columns = COLUMNS.iter().map(|(name, _)| Cow::Borrowed(*name));
    let row = |row: &RowView| COLUMNS.iter().map(|(_, value)| value(row)).collect();
    Table {
        name: "rows",
        columns: columns.collect(),
        rows: feed.items.iter().map(row).collect(),
        totals: Vec::new(),
        own: None,
        total_is_last: false,
        drawing: Drawing::Nothing,
    }
}

type Column = (&'static str, fn(&RowView) -> Value);

const COLUMNS: &[Column] = &[
    ("id", |row| Value::Id(row.id.to_string())),
    ("updated_at", |row| Value::Id(row.updated_at.clone())),
    ("erased", |row| Value::Flag(row.erased)),
    ("space_id", |row| Value::Id(row.space_id.to_string())),
    ("kind", |row| Value::Text(row.kind.to_string())),
    ("status", |row| Value::Text(row.status.to_string())),
    ("created_at", |row| Value::Id(row.created_at.clone())),
    ("starts_at", |row| Value::Id(row.starts_at.clone())),
    ("ends_at", |row| Value::Id(row.ends_at.clone())),
    ("released_at", |row| text(row.released_at.as_ref())),
    ("check_in_required", |row| Value::Flag(row.check_in_required)),
    ("checked_in_at", |row| text(row.checked_in_at.as_ref())),
    ("checked_out_at", |row| text(row.checked_out_at.as_ref())),
    ("cancelled_late", |row| row.cancelled_late.map_or(Value::Number(None), Value::Flag)),
    ("purpose", |row| Value::Text(row.purpose.to_string())),
    ("audience", |row| text(row.audience.as_ref())),
    ("layout_id", |row| text(row.layout_id.as_ref())),
    ("quantity", |row| Value::Count(row.quantity.into())),
    ("attendees", |row| count(row.attendees)),
    ("headcount", |row| count(row.headcount)),
    ("currency", |row| text(row.price.as_ref().map(|price| &price.currency))),
    ("net", |row| minor(row.price.as_ref().map(|price| price.net))),
    ("gross", |row| minor(row.price.as_ref().map(|price| price.gross))),
    ("subsidy", |row| minor(row.price.as_ref().and_then(|price| price.subsidy))),
    ("organisation_legal_form", |row| text(row.organisation.as_ref().map(|one| &one.legal_form))),
    ("organisation_size", |row| text(row.organisation.as_ref().and_then(|one| one.size.as_ref()))),
    ("organisation_sector_scheme", |row| {
        text(row.organisation.as_ref().and_then(|one| one.sector_scheme.as_ref()))
    }),
    ("organisation_sector_code", |row| {
        text(row.organisation.as_ref().and_then(|one| one.sector_code.as_ref()))
    }),
    ("organisation_municipality", |row| {
        text(row.organisation.as_ref().and_then(|one| one.municipality.as_ref()))
    }),
];

fn text(value: Option<&impl ToString>) -> Value {
    Value::Text(value.map(ToString::to_string).unwrap_or_default())
}

fn count(value: Option<u32>) -> Value {
    value.map_or(Value::Number(None), |value| Value::Count(value.into()))
}

/// Minor units, whole: `f64` holds them exactly up to 2^53.
fn minor(value: Option<i64>) -> Value {
    Value::Number(value.map(|value| value as f64))
}
