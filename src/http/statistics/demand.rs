//! What people wanted and how it went: handler.

use actix_web::get;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Format, Rendered, csv, file_name, scope};
use crate::{
    app::statistics::demand::{self, Asked, Demand},
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        statistics::Grouping,
        zone::DateOrTime,
    },
    http::{answer::Answer, call::Call, query::Query},
};

/// What is asked of demand.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DemandQuery {
    /// All venues of a network. Exactly one of `network_id`, `venue_id` and `space_id` is given.
    network_id: Option<NetworkId>,
    /// One venue.
    venue_id: Option<VenueId>,
    /// One space.
    space_id: Option<SpaceId>,
    /// From then on; a date is its local midnight.
    #[param(example = "2026-03-01")]
    from: DateOrTime,
    /// Up to then, at most 3660 days later; the date itself lies outside.
    #[param(example = "2026-04-01")]
    to: DateOrTime,
    /// As of utilisation, without `hour`.
    #[param(value_type = Option<String>, example = "venue,month")]
    #[serde(default)]
    group_by: Grouping,
    /// `json` where nothing is said.
    #[serde(default)]
    format: Format,
}

/// Tell what people wanted, and how it went.
///
/// For those who may see utilisation. People turned away and why, searches without a result, lead and approval times,
/// cancellations, no-shows, released and rebooked hours. Who is not staff of all venues asked for sees what people did only
/// by venue or of the whole network, over whole, closed calendar months, and nothing of fewer than 5 people.
#[utoipa::path(tag = "statistics", params(DemandQuery), security(("bearer" = [])), responses(
    (status = 200, description = "The figures; as CSV (RFC 4180) one line per row, without totals and searches",
        content((Demand = "application/json"), (String = "text/csv")))
))]
#[get("/statistics/demand")]
pub async fn show_demand(call: Call, Query(query): Query<DemandQuery>) -> Answer {
    let rendered = call
        .run(move |context, ()| {
            let DemandQuery { from, to, group_by, format, .. } = query;
            let scope = scope(query.network_id, query.venue_id, query.space_id)?;
            let figures = demand::show(&context.app, &context.actor, &Asked { scope, from, to, group_by })?;
            Ok(match format {
                Format::Json => Rendered::Json(Box::new(figures)),
                Format::Csv => Rendered::Csv {
                    name: file_name("demand", &figures.slug, [&figures.from, &figures.to]),
                    text: csv::demand(&figures)?,
                },
            })
        })
        .await?;
    Ok(rendered.answer())
}
