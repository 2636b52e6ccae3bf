//! Statistics: handlers.

mod csv;
mod demand;
mod explain;
mod filed;
mod heatmap;
mod indicators;
mod published;
mod report;
mod rows;
mod table;
mod users;
mod utilisation;
mod xlsx;

use actix_web::get;
pub use filed::Format;
pub use published::{__path_show_published, show_published};
use serde::Deserialize;
pub use users::{__path_show_users, show_users};
use utoipa::IntoParams;

use self::filed::{Written, answered};
use super::{answer::Answer, call::Call, query::Query};
use crate::{
    app::{
        error::Error,
        statistics::{
            Utilisation,
            published::Place,
            utilisation::{Asked, Scope, show},
        },
    },
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        statistics::{Comparison, Grouping},
        zone::DateOrTime,
    },
};

pub use demand::*;
pub use explain::*;
pub use heatmap::*;
pub use indicators::*;
pub use report::*;
pub use rows::*;

/// What is asked of utilisation.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UtilisationQuery {
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
    /// What rows are told apart by, with commas between and each once: `venue`, `space`, `kind`,
    /// `venue_municipality`, `year`, `quarter`, `month`, `week`, `day`, `weekday`, `hour`. Without it one row tells everything.
    #[param(value_type = Option<String>, example = "venue,month")]
    #[serde(default)]
    group_by: Grouping,
    /// Also the busiest local hours of every row.
    #[serde(default)]
    peak: bool,
    /// Each row beside the same of an earlier time. `previous_period` is as many calendar months before where whole ones are
    /// asked for and rows tell neither weeks nor days apart, else as many days directly before. `year_before` is the same
    /// dates a year before, 52 weeks where rows tell weeks apart. The range must begin and end with a local day.
    #[param(example = "year_before")]
    compare: Option<Comparison>,
    /// `json` where nothing is said.
    #[serde(default)]
    format: Format,
}

impl UtilisationQuery {
    fn asked(self) -> Result<Asked, Error> {
        let scope = scope(self.network_id, self.venue_id, self.space_id)?;
        let Self { from, to, group_by, peak, compare, .. } = self;
        Ok(Asked { scope, from, to, group_by, peak, compare })
    }
}

/// # Errors
/// `invalid` unless exactly one is given.
fn scope(network: Option<NetworkId>, venue: Option<VenueId>, space: Option<SpaceId>) -> Result<Scope, Error> {
    match (network, venue, space) {
        (Some(network), None, None) => Ok(Scope::Network(network)),
        (None, Some(venue), None) => Ok(Scope::Venue(venue)),
        (None, None, Some(space)) => Ok(Scope::Space(space)),
        _ => Err(Error::field("?network_id", "exactly_one_scope")),
    }
}

/// # Errors
/// `invalid` unless exactly one is given.
fn place(network: Option<NetworkId>, venue: Option<VenueId>) -> Result<Place, Error> {
    match (network, venue) {
        (Some(network), None) => Ok(Place::Network(network)),
        (None, Some(venue)) => Ok(Place::Venue(venue)),
        _ => Err(Error::field("?network_id", "exactly_one_scope")),
    }
}

/// Tell how much the infrastructure is used.
///
/// For the network's coordination body, the staff of its venues and the operator's administrators. Available,
/// booked and used hours, both frequencies, occupancy with its coverage, and utilisation. Those who are not
/// staff of all venues asked for see the figures about people over whole, closed calendar months only
/// (14 days after their end).
#[utoipa::path(tag = "statistics", params(UtilisationQuery), security(("bearer" = [])), responses(
    (status = 200, description = "The figures; as CSV (RFC 4180) one line per row, without totals; as XLSX with them",
        content((Utilisation = "application/json"), (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))
))]
#[get("/statistics/utilisation")]
pub async fn show_utilisation(call: Call, Query(query): Query<UtilisationQuery>) -> Answer {
    let format = query.format;
    answered(call, format, move |context| show(&context.app, &context.actor, &query.asked()?)).await
}
