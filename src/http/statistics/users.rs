//! Figures about people: the handler.

use actix_web::get;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{Format, Rendered, csv, file_name, scope};
use crate::{
    app::{
        error::Error,
        statistics::{
            Users,
            users::{self, Asked},
        },
    },
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        statistics::people::Grouping,
        zone::DateOrTime,
    },
    http::{answer::Answer, call::Call, query::Query},
};

/// What is asked of users.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
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
    /// What rows are told apart by, with commas between and each once: `venue`, `space`, `kind`, `venue_municipality`,
    /// `year`, `quarter`, `month`, `week`, `day`, `weekday`, `organisation_municipality`, `sector`, `organisation_kind`,
    /// `size`, `audience`, `purpose`, `layout`. Without it one row tells everything.
    #[param(value_type = Option<String>, example = "venue,month,sector")]
    #[serde(default)]
    group_by: Grouping,
    /// `json` where nothing is said.
    #[serde(default)]
    format: Format,
}

impl UsersQuery {
    fn asked(self) -> Result<Asked, Error> {
        let scope = scope(self.network_id, self.venue_id, self.space_id)?;
        Ok(Asked { scope, from: self.from, to: self.to, group_by: self.group_by })
    }
}

/// Tell who uses the infrastructure.
///
/// For staff of all venues asked for: reservations and their hours, visits, distinct people, organisations and supported
/// enterprises, new and returning, prices and in-kind value. A network's coordination body and the operator's
/// administrators are answered `grouping_not_published`: they have the published tables.
#[utoipa::path(tag = "statistics", params(UsersQuery), security(("bearer" = [])), responses(
    (status = 200, description = "The figures; as CSV (RFC 4180) one line per row, without totals",
        content((Users = "application/json"), (String = "text/csv")))
))]
#[get("/statistics/users")]
pub async fn show_users(call: Call, Query(query): Query<UsersQuery>) -> Answer {
    let format = query.format;
    let figures = call
        .run(move |context, ()| {
            let figures = users::show(&context.app, &context.actor, &query.asked()?)?;
            Ok(match format {
                Format::Json => Rendered::Json(Box::new(figures)),
                Format::Csv => {
                    let name = file_name("users", &figures.slug, [&figures.from, &figures.to]);
                    Rendered::Csv { name, text: csv::users(&figures)? }
                }
            })
        })
        .await?;
    Ok(figures.answer())
}
