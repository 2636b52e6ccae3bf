//! A figure explained: handler.

use actix_web::{HttpRequest, get};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    app::{
        error::Error,
        page,
        statistics::{
            ExplanationView,
            explain::{Asked, show},
            utilisation::Scope,
        },
    },
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        space::SpaceKind,
        statistics::{Dimension, Explainable},
        zone::DateOrTime,
    },
    http::{
        answer::{self, Answer},
        call::Call,
        query::Query,
    },
};

/// What is to be explained: the scope and the range of an answer of utilisation, and the group of one of its rows.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExplainQuery {
    /// All venues of a network. At least one of `network_id`, `venue_id` and `space_id` is given; the widest is the scope, the
    /// others say which of its rows.
    network_id: Option<NetworkId>,
    /// One venue, by itself or as the row's.
    venue_id: Option<VenueId>,
    /// One space, by itself or as the row's.
    space_id: Option<SpaceId>,
    /// From then on; a date is its local midnight.
    #[param(example = "2026-03-01")]
    from: DateOrTime,
    /// Up to then, at most 3660 days later; the date itself lies outside.
    #[param(example = "2026-04-01")]
    to: DateOrTime,
    /// `booked` where nothing is said. Frequencies, occupancy, coverage and utilisation are made of these sums.
    figure: Option<Explainable>,
    /// The row's kind of spaces, where it has one; like what follows as in its `group`.
    kind: Option<SpaceKind>,
    /// Where its venues stand.
    venue_municipality: Option<String>,
    /// Its year.
    #[param(example = "2026")]
    year: Option<String>,
    /// Its quarter.
    #[param(example = "2026-Q1")]
    quarter: Option<String>,
    /// Its month.
    #[param(example = "2026-03")]
    month: Option<String>,
    /// Its ISO week.
    #[param(example = "2026-W09")]
    week: Option<String>,
    /// Its day.
    #[param(example = "2026-03-10")]
    day: Option<String>,
    /// Its day of the week, from Monday, which is 1.
    #[param(minimum = 1, maximum = 7)]
    weekday: Option<u32>,
    /// Its hour of the day.
    #[param(maximum = 23)]
    hour: Option<u32>,
    /// Pieces on a page, at most 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

impl ExplainQuery {
    fn asked(self) -> Result<Asked, Error> {
        let (scope, venue, space) = match (self.network_id, self.venue_id, self.space_id) {
            (Some(network), venue, space) => (Scope::Network(network), venue, space),
            (None, Some(venue), space) => (Scope::Venue(venue), None, space),
            (None, None, Some(space)) => (Scope::Space(space), None, None),
            (None, None, None) => return Err(Error::field("?network_id", "missing_field")),
        };
        let number = |number: Option<u32>| number.map(|number| number.to_string());
        let keys = [
            (Dimension::Venue, venue.map(|id| id.to_string())),
            (Dimension::Space, space.map(|id| id.to_string())),
            (Dimension::Kind, self.kind.map(|kind| kind.to_string())),
            (Dimension::VenueMunicipality, self.venue_municipality),
            (Dimension::Year, self.year),
            (Dimension::Quarter, self.quarter),
            (Dimension::Month, self.month),
            (Dimension::Week, self.week),
            (Dimension::Day, self.day),
            (Dimension::Weekday, number(self.weekday)),
            (Dimension::Hour, number(self.hour)),
        ];
        let keys = keys.into_iter().filter_map(|(dimension, text)| Some((dimension, text?))).collect();
        let figure = self.figure.unwrap_or(Explainable::Booked);
        let page = page::Asked { limit: self.limit, cursor: self.cursor };
        Ok(Asked { scope, from: self.from, to: self.to, figure, keys, page })
    }
}

/// Explain a figure.
///
/// For staff of all venues asked for. Lists the opening hours, closures, blocks and reservations that one figure of one row of
/// utilisation was made from, piece by piece; their sum is the figure, to the second. Rows of utilisation link here.
#[utoipa::path(tag = "statistics", params(ExplainQuery), security(("bearer" = [])), responses(
    (status = 200, description = "The figure and a page of what it was made from", body = ExplanationView)
))]
#[get("/statistics/explain")]
pub async fn explain_figure(request: HttpRequest, call: Call, Query(query): Query<ExplainQuery>) -> Answer {
    let told = call.run(move |context, ()| show(&context.app, &context.actor, &query.asked()?)).await?;
    Ok(answer::paged(&request, &told, told.next.as_deref()))
}
