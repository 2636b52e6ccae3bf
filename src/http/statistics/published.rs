//! Published tables: the handler.

use actix_web::get;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Format, Rendered, csv};
use crate::{
    app::{
        error::{Code, Error},
        statistics::{
            PublishedPeriods, PublishedTableView,
            published::{self, Asked, Place},
        },
    },
    domain::ids::{NetworkId, VenueId},
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
    (status = 200, description = "The table, or the closed periods; a table as CSV (RFC 4180) has one line per category, the \
        total last",
        content((PublishedAnswer = "application/json"), (String = "text/csv")))
))]
#[get("/statistics/published")]
pub async fn show_published(call: Call, Query(query): Query<PublishedQuery>) -> Answer {
    let answer = call.run(move |context, ()| {
        let place = match (query.network_id, query.venue_id) {
            (Some(network), None) => Place::Network(network),
            (None, Some(venue)) => Place::Venue(venue),
            _ => return Err(Error::field("?network_id", "exactly_one_scope")),
        };
        let (dimension, period) = match (query.dimension, query.period) {
            (Some(dimension), Some(period)) => (dimension, period),
            (None, None) => {
                let periods = published::list(&context.app, &context.actor, place)?;
                return Ok(Rendered::Json(Box::new(PublishedAnswer::Periods(periods))));
            }
            _ => return Err(Code::GroupingNotPublished.into()),
        };
        let asked = Asked { place, dimension, period, changes: query.changes };
        let table = published::show(&context.app, &context.actor, &asked)?;
        Ok(match query.format {
            Format::Json => Rendered::Json(Box::new(PublishedAnswer::Table(table))),
            Format::Csv => {
                let name = format!("{}-{}-{}.csv", table.dimension, table.slug, table.period);
                Rendered::Csv { name, text: csv::published(&table)? }
            }
        })
    });
    Ok(answer.await?.answer())
}
