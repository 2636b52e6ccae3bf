//! When in the week the infrastructure is used: handler.

use actix_web::get;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Format, Rendered, csv, file_name, scope};
use crate::{
    app::statistics::{
        Heatmap,
        heatmap::{self, Asked},
    },
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        zone::DateOrTime,
    },
    http::{answer::Answer, call::Call, query::Query},
};

/// What is asked of the heatmap.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HeatmapQuery {
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
    /// `json` where nothing is said.
    #[serde(default)]
    format: Format,
}

/// Tell when in the week the infrastructure is used.
///
/// For those who may see utilisation. Every hour of every weekday, summed over the range: what was open, booked and
/// used, and both frequencies.
#[utoipa::path(tag = "statistics", params(HeatmapQuery), security(("bearer" = [])), responses(
    (status = 200, description = "The week; as CSV (RFC 4180) one line per cell",
        content((Heatmap = "application/json"), (String = "text/csv")))
))]
#[get("/statistics/heatmap")]
pub async fn show_heatmap(call: Call, Query(query): Query<HeatmapQuery>) -> Answer {
    let rendered = call
        .run(move |context, ()| {
            let scope = scope(query.network_id, query.venue_id, query.space_id)?;
            let asked = Asked { scope, from: query.from, to: query.to };
            let heatmap = heatmap::show(&context.app, &context.actor, &asked)?;
            Ok(match query.format {
                Format::Json => Rendered::Json(Box::new(heatmap)),
                Format::Csv => Rendered::Csv {
                    name: file_name("heatmap", &heatmap.slug, [&heatmap.from, &heatmap.to]),
                    text: csv::heatmap(&heatmap)?,
                },
            })
        })
        .await?;
    Ok(rendered.answer())
}
