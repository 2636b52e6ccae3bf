//! The yearly report as a file: handler.

use actix_web::{
    get,
    http::{StatusCode, header},
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::place;
use crate::{
    app::statistics::yearly,
    domain::{
        ids::{NetworkId, VenueId},
        locale::Locale,
    },
    http::{
        answer::{self, Answer},
        call::Call,
        query::Query,
    },
    report,
};

/// Which report.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// A network as a whole. Exactly one of `network_id` and `venue_id` is given.
    network_id: Option<NetworkId>,
    /// One venue.
    venue_id: Option<VenueId>,
    /// A year of which at least one month is closed; without it the last closed one or, where none
    /// is, the last with a closed month.
    #[param(example = 2026, minimum = 2000, maximum = 2099)]
    year: Option<i32>,
    /// `sl` or `en`; the language of the answer where nothing is said.
    language: Option<Locale>,
}

/// Get a yearly report.
///
/// One self-contained HTML file with charts and tables that prints well, has no script and loads nothing. A network's is for
/// its coordination body, the staff of its venues and the operator's administrators: every reader gets the same, and nothing
/// in it may not be handed on: figures about people are those published of the closed year, hidden where they are hidden there. A venue's is for its
/// staff, who see their own venue whole, and nothing in it is of any other. Of a year that is not closed it covers the closed
/// months and says so.
#[utoipa::path(tag = "statistics", params(ReportQuery), security(("bearer" = [])), responses(
    (status = 200, description = "The report, a file to keep", content((String = "text/html")))
))]
#[get("/statistics/report")]
pub async fn show_report(call: Call, Query(query): Query<ReportQuery>) -> Answer {
    let written = call
        .run(move |context, ()| {
            let place = place(query.network_id, query.venue_id)?;
            let year = yearly::show(&context.app, &context.actor, place, query.year)?;
            let locale = query.language.unwrap_or(context.locale);
            Ok((report::write(&year, locale)?, locale))
        })
        .await?;
    let (report, locale) = written;
    // The file says the same of itself, but for this: that is only for who answers.
    let policy = format!("{}; frame-ancestors 'none'", report::CONTENT_POLICY.as_str());
    Ok(answer::private(StatusCode::OK)
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_LANGUAGE, locale.tag()))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", report.name)))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .body(report.html))
}
