//! Statistics: handlers.

mod csv;
mod demand;
mod explain;
mod heatmap;
mod indicators;
mod published;
mod report;
mod rows;
mod table;
mod users;
mod utilisation;
mod xlsx;

use actix_web::{
    HttpResponse, get,
    http::{StatusCode, header},
};
pub use published::{__path_show_published, show_published};
use serde::{Deserialize, Serialize};
pub use users::{__path_show_users, show_users};
use utoipa::{IntoParams, ToSchema};

use self::{table::Table, xlsx::About};
use super::{
    answer::{self, Answer},
    call::Call,
    query::Query,
};
use crate::{
    app::{
        error::Error,
        statistics::{
            Utilisation,
            utilisation::{Asked, Scope, show},
        },
    },
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        locale::Locale,
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

/// How a table is answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    #[default]
    Json,
    /// RFC 4180, one header row of stable names; without totals.
    Csv,
    /// A workbook with typed cells, a chart and a sheet of definitions, in the reader's language.
    Xlsx,
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

/// Tell how much the infrastructure is used.
///
/// For staff of the venue, its network's coordination body and the operator's administrators. Available,
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
    let written = call
        .run(move |context, ()| {
            let figures = show(&context.app, &context.actor, &query.asked()?)?;
            let about = About {
                scope: &figures.slug,
                from: &figures.from,
                to: &figures.to,
                time_zone: figures.time_zone,
                as_of: &figures.as_of,
            };
            let file = format.file(|| utilisation::table(&figures), &about, context.locale)?;
            Ok(Written::new(file, figures))
        })
        .await?;
    Ok(written.answer())
}

/// Written on the blocking thread: a table can be long.
enum Written<T> {
    Data(Box<T>),
    File(File),
}

impl<T: Serialize> Written<T> {
    fn new(file: Option<File>, data: T) -> Self {
        file.map_or_else(|| Self::Data(Box::new(data)), Self::File)
    }

    fn answer(self) -> HttpResponse {
        match self {
            Self::Data(data) => answer::data(&data),
            Self::File(file) => file.answer(),
        }
    }
}

/// A table to keep.
struct File {
    name: String,
    media_type: &'static str,
    bytes: Vec<u8>,
}

impl File {
    fn answer(self) -> HttpResponse {
        answer::private(StatusCode::OK)
            .insert_header((header::CONTENT_TYPE, self.media_type))
            .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", self.name)))
            .body(self.bytes)
    }
}

impl Format {
    /// The table as a file; `None` for what is answered as JSON. Slugs are ASCII without quotes, and so are dates.
    fn file(
        self,
        table: impl FnOnce() -> Table,
        about: &About<'_>,
        locale: Locale,
    ) -> Result<Option<File>, Error> {
        if self == Self::Json {
            return Ok(None);
        }
        let table = table();
        let (media_type, ending, bytes) = match self {
            Self::Json | Self::Csv => (csv::MEDIA_TYPE, "csv", csv::write(&table)?),
            Self::Xlsx => (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "xlsx",
                xlsx::write(&table, about, locale)?,
            ),
        };
        let date = |time: &str| time.split('T').next().unwrap_or_default().to_owned();
        let (from, to) = (date(about.from), date(about.to));
        let time = if from == to { from } else { format!("{from}-to-{to}") };
        let name = format!("{}-{}-{time}.{ending}", table.name, about.scope);
        Ok(Some(File { name, media_type, bytes }))
    }
}
