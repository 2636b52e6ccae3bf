//! When in the week the infrastructure is used: handler.

use actix_web::get;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Format, answered, scope,
    table::{self, Cell, Drawing, Table, Value},
};
use crate::{
    app::statistics::{
        Heatmap, HeatmapCell,
        heatmap::{Asked, show},
    },
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        zone::DateOrTime,
    },
    http::{
        answer::Answer,
        call::{Call, Context},
        query::Query,
    },
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
    (status = 200, description = "The week; as CSV (RFC 4180) and as XLSX one line per cell",
        content((Heatmap = "application/json"), (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))
))]
#[get("/statistics/heatmap")]
pub async fn show_heatmap(call: Call, Query(query): Query<HeatmapQuery>) -> Answer {
    let format = query.format;
    let read = move |context: &Context| {
        let scope = scope(query.network_id, query.venue_id, query.space_id)?;
        show(&context.app, &context.actor, &Asked { scope, from: query.from, to: query.to })
    };
    answered(call, format, read).await
}

pub(super) fn table(heatmap: &Heatmap) -> Table {
    let first = heatmap.items.first().expect("a week has 168 hours");
    Table {
        name: "heatmap",
        columns: table::names(cells(first)),
        rows: heatmap.items.iter().map(|cell| table::values(cells(cell))).collect(),
        totals: Vec::new(),
        own: None,
        total_is_last: false,
        drawing: Drawing::Week(vec!["planned_frequency", "actual_frequency"]),
    }
}

fn cells(cell: &HeatmapCell) -> Vec<Cell> {
    let mut cells = vec![
        ("weekday", Value::Text(cell.weekday.to_string())),
        ("hour", Value::Text(cell.hour.to_string())),
        ("provisional", Value::Flag(cell.provisional)),
    ];
    cells.extend(table::amount(["available_hours", "available_seat_hours"], cell.available));
    cells.extend(table::amount(["booked_hours", "booked_seat_hours"], cell.booked));
    cells.extend(table::amount(["used_hours", "used_seat_hours"], cell.used));
    cells.push(("planned_frequency", table::rate(cell.planned_frequency)));
    cells.push(("actual_frequency", table::rate(cell.actual_frequency)));
    cells
}
