//! Indicators, their targets and the values of closed years ↔ their rows. Values are only ever added: the database refuses
//! the rest.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::{
    db::{ReadTx, WriteTx},
    error::StoreError,
    schema::{indicator_targets, indicator_values, indicators},
};
use crate::domain::{
    ids::{IndicatorId, NetworkId},
    indicator::{Bilingual, Definition, Goal, Indicator, IndicatorSource, Measure},
    instant::Instant,
    text::Line,
};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = indicators, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Row {
    id: IndicatorId,
    network_id: NetworkId,
    code: String,
    name_sl: String,
    name_en: String,
    description_sl: Option<String>,
    description_en: Option<String>,
    figure: String,
    filter: String,
    direction: String,
    cumulative_from: Option<i32>,
    created_at: Instant,
    archived_at: Option<Instant>,
    version: i64,
}

/// What a year came to when it was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptValue {
    /// `None`: hidden.
    pub measure: Option<Measure>,
    pub made_from: IndicatorSource,
    pub closed_at: Instant,
}

/// By indicator and year.
pub type KeptValues = BTreeMap<(IndicatorId, i32), KeptValue>;

fn text<const MAX: usize>(what: &str, text: &str) -> Result<Line<MAX>, StoreError> {
    Line::new(text).map_err(|error| StoreError::corrupt(what, error))
}

impl Row {
    fn read(self, targets: Vec<(i32, Goal)>) -> Result<Indicator, StoreError> {
        let description = self.description_sl.zip(self.description_en).map(|(sl, en)| {
            Ok::<_, StoreError>(Bilingual { sl: text("description", &sl)?, en: text("description", &en)? })
        });
        let definition = Definition {
            figure: self.figure.parse().map_err(|error| StoreError::corrupt("figure", error))?,
            filter: serde_json::from_str(&self.filter)
                .map_err(|error| StoreError::corrupt("filter", error))?,
            direction: self.direction.parse().map_err(|error| StoreError::corrupt("direction", error))?,
            cumulative_from: self.cumulative_from,
            targets,
        };
        Ok(Indicator {
            id: self.id,
            network: self.network_id,
            code: text("code", &self.code)?,
            name: Bilingual { sl: text("name", &self.name_sl)?, en: text("name", &self.name_en)? },
            description: description.transpose()?,
            definition,
            created_at: self.created_at,
            archived_at: self.archived_at,
            version: self.version,
        })
    }

    fn of(indicator: &Indicator) -> Result<Self, StoreError> {
        let Indicator { name, description, definition, .. } = indicator;
        let filter = serde_json::to_string(&definition.filter);
        Ok(Self {
            id: indicator.id,
            network_id: indicator.network,
            code: indicator.code.to_string(),
            name_sl: name.sl.to_string(),
            name_en: name.en.to_string(),
            description_sl: description.as_ref().map(|both| both.sl.to_string()),
            description_en: description.as_ref().map(|both| both.en.to_string()),
            figure: definition.figure.to_string(),
            filter: filter.map_err(|error| StoreError::corrupt("filter", error))?,
            direction: definition.direction.to_string(),
            cumulative_from: definition.cumulative_from,
            created_at: indicator.created_at,
            archived_at: indicator.archived_at,
            version: indicator.version,
        })
    }
}

/// # Errors
/// `Duplicate` where another one of the network has the code.
pub fn insert(tx: &mut WriteTx, indicator: &Indicator) -> Result<(), StoreError> {
    diesel::insert_into(indicators::table).values(Row::of(indicator)?).execute(&mut tx.connection)?;
    put_targets(tx, indicator)
}

/// Writes all of it.
///
/// # Errors
/// As [`insert`].
pub fn update(tx: &mut WriteTx, indicator: &Indicator) -> Result<(), StoreError> {
    let one = indicators::table.find(indicator.id);
    diesel::update(one).set(Row::of(indicator)?).execute(&mut tx.connection)?;
    let targets = indicator_targets::table.filter(indicator_targets::indicator_id.eq(indicator.id));
    diesel::delete(targets).execute(&mut tx.connection)?;
    put_targets(tx, indicator)
}

fn put_targets(tx: &mut WriteTx, indicator: &Indicator) -> Result<(), StoreError> {
    for (year, goal) in &indicator.definition.targets {
        let row = (
            indicator_targets::indicator_id.eq(indicator.id),
            indicator_targets::year.eq(year),
            indicator_targets::millionths.eq(goal.millionths()),
        );
        diesel::insert_into(indicator_targets::table).values(row).execute(&mut tx.connection)?;
    }
    Ok(())
}

/// # Errors
/// When the database fails or a stored value does not parse.
pub fn find(tx: &mut ReadTx, id: IndicatorId) -> Result<Option<Indicator>, StoreError> {
    let row: Option<Row> =
        indicators::table.find(id).select(Row::as_select()).first(&mut tx.connection).optional()?;
    Ok(with_targets(tx, row.into_iter().collect())?.pop())
}

/// Up to `limit` of a network's that stand, after `after`, by id.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn standing(
    tx: &mut ReadTx,
    network: NetworkId,
    after: Option<IndicatorId>,
    limit: i64,
) -> Result<Vec<Indicator>, StoreError> {
    let after = after.unwrap_or(IndicatorId::from_uuid(uuid::Uuid::nil()));
    let rows = indicators::table
        .filter(indicators::network_id.eq(network).and(indicators::id.gt(after)))
        .filter(indicators::archived_at.is_null())
        .order(indicators::id)
        .limit(limit)
        .select(Row::as_select())
        .load(&mut tx.connection)?;
    with_targets(tx, rows)
}

/// All of a network's, archived ones too, by id.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn all(tx: &mut ReadTx, network: NetworkId) -> Result<Vec<Indicator>, StoreError> {
    let rows = indicators::table
        .filter(indicators::network_id.eq(network))
        .order(indicators::id)
        .select(Row::as_select())
        .load(&mut tx.connection)?;
    with_targets(tx, rows)
}

/// # Errors
/// When the database fails.
pub fn count(tx: &mut ReadTx, network: NetworkId) -> Result<i64, StoreError> {
    let all = indicators::table.filter(indicators::network_id.eq(network));
    Ok(all.count().get_result(&mut tx.connection)?)
}

fn with_targets(tx: &mut ReadTx, rows: Vec<Row>) -> Result<Vec<Indicator>, StoreError> {
    let ids: Vec<IndicatorId> = rows.iter().map(|row| row.id).collect();
    let mut targets = HashMap::<IndicatorId, Vec<(i32, Goal)>>::new();
    let found = indicator_targets::table
        .filter(indicator_targets::indicator_id.eq_any(ids))
        .order((indicator_targets::indicator_id, indicator_targets::year))
        .load::<(IndicatorId, i32, i64)>(&mut tx.connection)?;
    for (id, year, millionths) in found {
        targets.entry(id).or_default().push((year, Goal::from_millionths(millionths)));
    }
    rows.into_iter()
        .map(|row| {
            let targets = targets.remove(&row.id);
            row.read(targets.unwrap_or_default())
        })
        .collect()
}

/// The values that are kept of a network's indicators.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn values(tx: &mut ReadTx, network: NetworkId) -> Result<KeptValues, StoreError> {
    let rows = indicator_values::table
        .inner_join(indicators::table)
        .filter(indicators::network_id.eq(network))
        .select(indicator_values::all_columns)
        .load::<(IndicatorId, i32, Option<i64>, Option<i64>, bool, String, Instant)>(&mut tx.connection)?;
    let one =
        |(id, year, numerator, denominator, hidden, made_from, closed_at): (_, _, _, _, bool, String, _)| {
            let made_from = made_from.parse().map_err(|error| StoreError::corrupt("made_from", error))?;
            let measure = (!hidden).then_some(Measure { numerator, denominator });
            Ok(((id, year), KeptValue { measure, made_from, closed_at }))
        };
    rows.into_iter().map(one).collect()
}

/// The years whose values are kept of one, ascending.
///
/// # Errors
/// When the database fails.
pub fn kept_years(tx: &mut ReadTx, id: IndicatorId) -> Result<Vec<i32>, StoreError> {
    Ok(indicator_values::table
        .filter(indicator_values::indicator_id.eq(id))
        .order(indicator_values::year)
        .select(indicator_values::year)
        .load(&mut tx.connection)?)
}

/// Keeps what a year came to.
///
/// # Errors
/// `Duplicate` where it is kept already.
pub fn keep(tx: &mut WriteTx, id: IndicatorId, year: i32, value: &KeptValue) -> Result<(), StoreError> {
    let row = (
        indicator_values::indicator_id.eq(id),
        indicator_values::year.eq(year),
        indicator_values::numerator.eq(value.measure.and_then(|measure| measure.numerator)),
        indicator_values::denominator.eq(value.measure.and_then(|measure| measure.denominator)),
        indicator_values::hidden.eq(value.measure.is_none()),
        indicator_values::made_from.eq(value.made_from.as_str()),
        indicator_values::closed_at.eq(value.closed_at),
    );
    diesel::insert_into(indicator_values::table).values(row).execute(&mut tx.connection)?;
    Ok(())
}
