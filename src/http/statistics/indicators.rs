//! How indicators stand: the handler.

use actix_web::get;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    Format, Written,
    table::{Drawing, Table, Value},
    xlsx::About,
};
use crate::{
    app::statistics::{
        IndicatorProgress, IndicatorValue, Indicators,
        indicators::{Asked, show},
    },
    domain::{ids::NetworkId, locale::Locale},
    http::{answer::Answer, call::Call, query::Query},
};

/// Which network's, and when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct IndicatorsQuery {
    /// Whose indicators.
    network_id: NetworkId,
    /// A calendar year.
    #[param(minimum = 2000, maximum = 2099, example = 2026)]
    year: i32,
    /// Say what is counted otherwise now than when the year was closed.
    #[serde(default)]
    #[param(value_type = Option<bool>)]
    changes: bool,
    /// `json` where nothing is said.
    #[serde(default)]
    format: Format,
}

/// Tell how a network's indicators stand.
///
/// For its coordination body, the operator's administrators and the staff of its venues, to all of whom it says the same. Each
/// indicator with its target, what the year has come to so far, the share of the target, whether that is as far as it should
/// be by now, and the year before. Figures of use are counted up to the last full day; figures about people are read off
/// published tables, as far as those are closed and shown. A closed year keeps its values.
#[utoipa::path(tag = "statistics", params(IndicatorsQuery), security(("bearer" = [])), responses(
    (status = 200, description = "The indicators; as CSV (RFC 4180) and as XLSX one line for each, its name in the reader's language",
        content((Indicators = "application/json"), (String = "text/csv"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")))
))]
#[get("/statistics/indicators")]
pub async fn show_indicators(call: Call, Query(query): Query<IndicatorsQuery>) -> Answer {
    let IndicatorsQuery { network_id, year, changes, format } = query;
    let answer = call.run(move |context, ()| {
        let asked = Asked { network: network_id, year, changes };
        let figures = show(&context.app, &context.actor, asked)?;
        let year = figures.year.to_string();
        let about = About {
            scope: &figures.slug,
            from: &year,
            to: &year,
            time_zone: figures.time_zone,
            as_of: &figures.as_of,
        };
        let file = format.file(|| table(&figures, changes, context.locale), &about, context.locale)?;
        Ok(Written::new(file, figures))
    });
    Ok(answer.await?.answer())
}

/// What stands in each line, in this order; a plan without indicators has them, too.
const COLUMNS: [&str; 22] = [
    "code",
    "indicator",
    "indicator_id",
    "year",
    "figure",
    "unit",
    "direction",
    "target",
    "numerator",
    "denominator",
    "value",
    "at_least",
    "progress",
    "status",
    "value_suppressed",
    "value_missing",
    "value_origin",
    "counted_to",
    "closed_at",
    "numerator_before",
    "denominator_before",
    "value_before",
];

fn table(figures: &Indicators, changes: bool, locale: Locale) -> Table {
    let columns = COLUMNS.into_iter().chain(changes.then_some("changed_since"));
    Table {
        name: "indicators",
        columns: columns.map(Into::into).collect(),
        rows: figures.items.iter().map(|item| values(figures.year, item, changes, locale)).collect(),
        totals: Vec::new(),
        own: None,
        total_is_last: false,
        drawing: Drawing::Rates { columns: vec!["progress"], over_time: false },
    }
}

fn values(year: i32, item: &IndicatorProgress, changes: bool, locale: Locale) -> Vec<Value> {
    let word = |word: Option<&str>| Value::Text(word.unwrap_or_default().to_owned());
    let mut values = vec![
        Value::Text(item.code.clone()),
        Value::Text(item.name.of(locale).to_owned()),
        Value::Id(item.indicator_id.to_string()),
        Value::Text(year.to_string()),
        word(Some(item.figure.as_str())),
        word(Some(item.value.unit)),
        word(Some(item.direction.as_str())),
        typed(item, item.target),
    ];
    values.extend(of_value(item, &item.value));
    values.extend([
        typed(item, item.at_least),
        Value::Rate(item.progress),
        word(item.status.map(|status| status.as_str())),
        Value::Flag(item.value.suppressed),
        word(item.value.missing.map(|missing| missing.as_str())),
        word(Some(item.value.origin.as_str())),
        day(item.value.to),
        word(item.closed_at.as_deref()),
    ]);
    values.extend(of_value(item, &item.year_before));
    if changes {
        values.push(word(Some(&changed(item))));
    }
    values
}

fn of_value(item: &IndicatorProgress, value: &IndicatorValue) -> [Value; 3] {
    let shown = |typed| if value.suppressed { Value::Hidden } else { typed };
    let part = |number| match item.figure.is_rate() {
        true => in_unit(item, value.unit.split('/').next().unwrap_or_default(), number),
        false => typed(item, number),
    };
    [shown(part(value.numerator)), shown(part(value.denominator)), shown(typed(item, value.value()))]
}

/// What a target is of.
fn typed(item: &IndicatorProgress, number: Option<f64>) -> Value {
    if item.figure.is_rate() { Value::Rate(number) } else { in_unit(item, item.value.unit, number) }
}

fn in_unit(item: &IndicatorProgress, unit: &str, number: Option<f64>) -> Value {
    match (unit, item.filter.currency) {
        ("minor_units", Some(currency)) => Value::Money(number, currency.code().to_owned()),
        ("reservations" | "people" | "organisations" | "enterprises" | "visits" | "visitors", _) => {
            Value::Whole(number)
        }
        _ => Value::Number(number),
    }
}

fn day(date: Option<NaiveDate>) -> Value {
    date.map_or(Value::Number(None), Value::Date)
}

/// `numerator 12 -> 14`, what there is of it.
fn changed(item: &IndicatorProgress) -> String {
    let part = |number: Option<f64>| number.map_or_else(|| "?".to_owned(), |number| number.to_string());
    let changes = item.changed_since.iter().flatten();
    let said =
        changes.map(|change| format!("{} {} -> {}", change.part, part(change.closed), part(change.now)));
    said.collect::<Vec<_>>().join("; ")
}
