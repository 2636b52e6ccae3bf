//! What people wanted and how it went: handler.

use std::{borrow::Cow, collections::BTreeSet};

use actix_web::get;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Format, answered, scope,
    table::{self, Cell, Drawing, Table, Value},
    utilisation::group,
};
use crate::{
    app::statistics::demand::{Asked, Demand, DemandRow, ReasonCount, Spread, show},
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        statistics::{Dimension, Grouping},
        zone::DateOrTime,
    },
    http::{
        answer::Answer,
        call::{Call, Context},
        query::Query,
    },
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
    (status = 200, description = "The figures, in CSV (RFC 4180) and XLSX one line per row and no searches, in CSV no totals",
        content((Demand = "application/json"), (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))
))]
#[get("/statistics/demand")]
pub async fn show_demand(call: Call, Query(query): Query<DemandQuery>) -> Answer {
    let format = query.format;
    let read = move |context: &Context| {
        let DemandQuery { from, to, group_by, .. } = query;
        let scope = scope(query.network_id, query.venue_id, query.space_id)?;
        show(&context.app, &context.actor, &Asked { scope, from, to, group_by })
    };
    answered(call, format, read).await
}

/// A column for every reason that anybody was turned away for, last.
pub(super) fn table(figures: &Demand) -> Table {
    let dimensions: Vec<Dimension> = figures.group_by.iter().filter_map(|word| word.parse().ok()).collect();
    let rows = || figures.items.iter().chain([&figures.totals]);
    let reasons = rows().flat_map(|row| row.turn_aways.reasons.iter().flatten());
    let reasons: BTreeSet<&str> = reasons.map(|counted| counted.reason.as_str()).collect();
    let values = |row: &DemandRow| {
        let of_reason = |reason: &&str| {
            let count = |all: &Vec<ReasonCount>| {
                all.iter().find(|one| one.reason == *reason).map_or(0, |one| one.value)
            };
            row.turn_aways.reasons.as_ref().map_or(Value::Hidden, |all| Value::Count(count(all)))
        };
        let mut values = table::values(cells(&dimensions, row));
        values.extend(reasons.iter().map(of_reason));
        values
    };
    let mut columns = table::names(cells(&dimensions, &figures.totals));
    columns.extend(reasons.iter().map(|reason| Cow::Owned(format!("turn_aways_{reason}"))));
    Table {
        name: "demand",
        columns,
        rows: figures.items.iter().map(values).collect(),
        totals: values(&figures.totals),
        own: None,
        total_is_last: false,
        drawing: Drawing::Rates {
            columns: vec!["cancellation_rate", "no_show_rate"],
            over_time: dimensions.last().is_some_and(|last| last.is_time()),
        },
    }
}

fn cells(dimensions: &[Dimension], row: &DemandRow) -> Vec<Cell> {
    let mut cells = group(dimensions, &row.group);
    cells.push(("overlapping", Value::Flag(row.overlapping)));
    cells.push(("provisional", Value::Flag(row.provisional)));
    let hidden = |name, suppressed| (name, Value::Flag(suppressed));
    cells.extend(spread(["lead_times", "lead_time_median_hours", "lead_time_p90_hours"], row.lead_time));
    cells.push(hidden("lead_times_suppressed", row.lead_time.median.suppressed));
    cells.extend(spread(["approvals", "approval_median_hours", "approval_p90_hours"], row.approval_time));
    cells.push(hidden("approvals_suppressed", row.approval_time.median.suppressed));
    cells.extend(table::parts(["cancellations", "reservations", "cancellation_rate"], row.cancellations));
    cells.push(hidden("cancellations_suppressed", row.cancellations.suppressed));
    let late = row.late_cancellations;
    cells.push(("late_cancellations", table::number(late, late.numerator)));
    cells.push(("late_cancellation_rate", table::rate(late)));
    cells.push(hidden("late_cancellations_suppressed", late.suppressed));
    let venue = row.venue_cancellations;
    cells.push(("venue_cancellations", table::number(venue, venue.numerator)));
    cells.push(("venue_cancellation_rate", table::rate(venue)));
    cells.push(hidden("venue_cancellations_suppressed", venue.suppressed));
    cells.extend(table::parts(["no_shows", "required_check_ins", "no_show_rate"], row.no_shows));
    cells.extend(table::amount(["released_hours", "released_seat_hours"], row.released));
    cells.extend(table::amount(["rebooked_hours", "rebooked_seat_hours"], row.rebooked));
    cells.push(hidden("turn_aways_suppressed", row.turn_aways.suppressed));
    cells.push(("turn_aways", row.turn_aways.value.map_or(Value::Hidden, Value::Count)));
    cells
}

fn spread([of, median, p90]: [&'static str; 3], spread: Spread) -> [Cell; 3] {
    let hours = |hours: Option<f64>| match spread.median.suppressed {
        true => Value::Hidden,
        false => Value::Number(hours),
    };
    [
        (of, spread.median.of.map_or(Value::Hidden, |of| Value::Count(of as u64))),
        (median, hours(spread.median.value)),
        (p90, hours(spread.p90.value)),
    ]
}
