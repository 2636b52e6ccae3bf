//! Figures about people: the handler.

use std::{borrow::Cow, collections::BTreeSet};

use actix_web::get;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Format, answered, scope,
    table::{self, Cell, Drawing, Table, Value},
    utilisation::told_apart,
};
use crate::{
    app::{
        error::Error,
        statistics::{
            HeadsFigure, Users, UsersRow,
            users::{self, Asked},
        },
    },
    domain::{
        ids::{NetworkId, SpaceId, VenueId},
        statistics::people::{Dimension, Grouping},
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
/// enterprises, new and returning, prices and in-kind value. Others who may see utilisation (coordinators, administrators, the
/// staff of the network's other venues) are answered `grouping_not_published`: they have the published tables.
#[utoipa::path(tag = "statistics", params(UsersQuery), security(("bearer" = [])), responses(
    (status = 200, description = "The figures; as CSV (RFC 4180) one line per row, without totals; as XLSX with them",
        content((Users = "application/json"), (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))
))]
#[get("/statistics/users")]
pub async fn show_users(call: Call, Query(query): Query<UsersQuery>) -> Answer {
    let format = query.format;
    answered(call, format, move |context| users::show(&context.app, &context.actor, &query.asked()?)).await
}

/// Money has two columns for each currency there is, last.
pub(super) fn table(figures: &Users) -> Table {
    let dimensions: Vec<Dimension> = figures.group_by.iter().filter_map(|word| word.parse().ok()).collect();
    let all = figures.items.iter().chain([&figures.totals]);
    let currencies: BTreeSet<&str> =
        all.flat_map(|row| &row.money).map(|money| money.currency.as_str()).collect();
    let values = |row: &UsersRow| {
        let mut values = table::values(cells(&dimensions, row));
        for currency in &currencies {
            let sum = row.money.iter().find(|sum| sum.currency == *currency);
            let minor =
                |amount: Option<i64>| Value::Money(Some(amount.unwrap_or(0) as f64), (*currency).to_owned());
            values.push(minor(sum.map(|sum| sum.charged)));
            values.push(minor(sum.map(|sum| sum.in_kind_value)));
        }
        values
    };
    let mut columns = table::names(cells(&dimensions, &figures.totals));
    for currency in &currencies {
        columns.push(Cow::Owned(format!("charged_{currency}")));
        columns.push(Cow::Owned(format!("in_kind_value_{currency}")));
    }
    Table {
        name: "users",
        columns,
        rows: figures.items.iter().map(values).collect(),
        totals: values(&figures.totals),
        own: Some("people"),
        total_is_last: false,
        drawing: Drawing::Amounts(vec!["reservations", "visits"]),
    }
}

fn cells(dimensions: &[Dimension], row: &UsersRow) -> Vec<Cell> {
    let count = |count: i64| Value::Count(count.unsigned_abs());
    let mut cells = told_apart(dimensions.iter().flat_map(|dimension| row.group.columns(*dimension)));
    cells.extend([
        ("provisional", Value::Flag(row.provisional)),
        ("reservations", count(row.reservations)),
        ("booked_hours", Value::Number(Some(row.booked_hours))),
        ("used_hours", Value::Number(Some(row.used_hours))),
        ("person_hours", Value::Number(Some(row.person_hours))),
        ("person_hours_coverage", table::rate(row.person_hours_coverage)),
        ("visits", count(row.visits)),
        ("visits_coverage", table::rate(row.visits_coverage)),
        ("declared", table::rate(row.declared)),
        ("visitors", count(row.visitors)),
        ("attended", count(row.attended)),
    ]);
    cells.extend(heads(["people", "new_people", "returning_people"], row.people));
    cells.extend(heads(["organisations", "new_organisations", "returning_organisations"], row.organisations));
    cells.extend([
        ("supported_enterprises", Value::Count(row.supported_enterprises.into())),
        ("supported_without_number", Value::Count(row.supported_without_number.into())),
        ("in_kind_coverage", table::rate(row.in_kind_coverage)),
    ]);
    cells
}

fn heads(names: [&'static str; 3], heads: HeadsFigure) -> [Cell; 3] {
    let [all, new, returning] = names;
    [
        (all, Value::Count(heads.all.into())),
        (new, Value::Count(heads.new.into())),
        (returning, Value::Count(heads.returning.into())),
    ]
}
