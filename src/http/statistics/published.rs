//! Published tables: the handler.

use std::{borrow::Cow, collections::BTreeSet};

use actix_web::get;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    Format, Written, place,
    table::{Drawing, Table, Value},
    xlsx::About,
};
use crate::{
    app::{
        error::Code,
        statistics::{
            PublishedPeriods, PublishedRow, PublishedTableView, PublishedValue,
            published::{self, Asked},
        },
    },
    domain::{
        disclosure::PublishedDimension,
        ids::{NetworkId, VenueId},
    },
    http::{answer::Answer, call::Call, query::Query},
};

/// Which published table.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PublishedQuery {
    /// A network as a whole. Exactly one of `network_id` and `venue_id` is given.
    network_id: Option<NetworkId>,
    /// One venue.
    venue_id: Option<VenueId>,
    /// One of `people`, `money`, `purpose`, `audience`, `sector`, `organisation_kind`, `size`,
    /// `organisation_municipality`.
    #[param(example = "purpose")]
    dimension: Option<String>,
    /// A closed month, quarter or year; without it the closed periods are listed.
    #[param(example = "2026-Q1")]
    period: Option<String>,
    /// Say what is counted otherwise now.
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    changes: bool,
    /// `json` where nothing is said.
    #[serde(default)]
    format: Format,
}

/// A table, or which there are.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum PublishedAnswer {
    Table(PublishedTableView),
    Periods(PublishedPeriods),
}

/// Read a published table, or list what is published.
///
/// For a network's coordination body, the operator's administrators and the staff of the network's venues: one dimension of a
/// venue or the network in a closed month, quarter or year (14 days after its end), as it was then. Figures of fewer than
/// five contributors, or mostly one's, are null, and so is whatever they would follow from; staff see their own venue whole.
/// Any other combination is `grouping_not_published`.
#[utoipa::path(tag = "statistics", params(PublishedQuery), security(("bearer" = [])), responses(
    (status = 200, description = "The table, or the closed periods; a table as CSV (RFC 4180) and as XLSX has one line per category, \
        the total last",
        content((PublishedAnswer = "application/json"), (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))
))]
#[get("/statistics/published")]
pub async fn show_published(call: Call, Query(query): Query<PublishedQuery>) -> Answer {
    let answer = call.run(move |context, ()| {
        let place = place(query.network_id, query.venue_id)?;
        let (dimension, period) = match (query.dimension, query.period) {
            (Some(dimension), Some(period)) => (dimension, period),
            (None, None) => {
                let periods = published::list(&context.app, &context.actor, place)?;
                return Ok(Written::new(None, PublishedAnswer::Periods(periods)));
            }
            _ => return Err(Code::GroupingNotPublished.into()),
        };
        let asked = Asked { place, dimension, period, changes: query.changes };
        let figures = published::show(&context.app, &context.actor, &asked)?;
        let about = About {
            scope: &figures.slug,
            from: &figures.period,
            to: &figures.period,
            time_zone: figures.time_zone,
            as_of: &figures.closed_at,
        };
        let file = query.format.file(|| table(&figures), &about, context.locale)?;
        Ok(Written::new(file, PublishedAnswer::Table(figures)))
    });
    Ok(answer.await?.answer())
}

/// One line per category, the total last; beside each figure whether it is hidden.
fn table(figures: &PublishedTableView) -> Table {
    let rows = || figures.items.iter().chain(&figures.totals);
    let names: BTreeSet<&str> = rows().flat_map(|row| row.figures.keys().copied()).collect();
    let values = |row: &PublishedRow| {
        let category = row.category.clone().unwrap_or_else(|| "total".to_owned());
        let mut values = vec![Value::Text(figures.period.clone()), Value::Text(category.clone())];
        for name in &names {
            let found = row.figures.get(name);
            values.push(found.map_or(Value::Number(None), |found| typed(found, &category)));
            values.push(found.map_or(Value::Number(None), |found| Value::Flag(found.suppressed)));
        }
        values
    };
    let of_figure = |name: &&str| [Cow::Owned((*name).to_owned()), Cow::Owned(format!("{name}_suppressed"))];
    let mut columns: Vec<Cow<'static, str>> = vec![Cow::Borrowed("period"), Cow::Borrowed("category")];
    columns.extend(names.iter().flat_map(of_figure));
    Table {
        name: figures.dimension.as_str(),
        columns,
        rows: rows().map(values).collect(),
        totals: Vec::new(),
        own: Some("people"),
        total_is_last: figures.totals.is_some(),
        drawing: Drawing::Amounts(match figures.dimension {
            PublishedDimension::People => vec!["people", "organisations"],
            PublishedDimension::Money => vec!["charged", "in_kind_value"],
            _ => vec!["reservations"],
        }),
    }
}

/// Money stands in rows of its currency.
fn typed(found: &PublishedValue, category: &str) -> Value {
    match found.unit {
        _ if found.suppressed && found.value.is_none() => Value::Hidden,
        "hours" => Value::Number(found.value),
        "minor_units" => Value::Money(found.value, category.to_owned()),
        _ => Value::Whole(found.value),
    }
}
