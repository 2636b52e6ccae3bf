//! Stored sums of use, how far they reach, and the marks of what has changed since (DESIGN 7).
//!
//! Marks are appended by the database itself (triggers, in the transaction of the change) and taken away here alone.
//! All of these tables can be emptied at any time: the job fills them anew.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;
use uuid::Uuid;

use super::{
    db::{ReadTx, WriteTx},
    dialect::{AnyConnection, on_both},
    error::StoreError,
    schema::{usage_marks, usage_progress, usage_sums},
};
use crate::domain::{
    ids::{UnitId, VenueId},
    instant::{Instant, Interval},
    statistics::{DaySums, Grain, Kept, Known, RULES, Summed},
};

/// Rows that one statement inserts: its parameters are bounded.
const ROWS_AT_ONCE: usize = 1_000;
/// Dates further apart than this are read by themselves.
const NEAR: i64 = 7;

/// How far a venue is summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// All local dates before are, by the rules of `rules`.
    pub through: NaiveDate,
    pub rules: i32,
    pub generation: i64,
}

/// A time that may have changed since it was summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub id: i64,
    pub interval: Interval,
}

/// What one summing stores.
#[derive(Debug, Clone)]
pub struct Summing {
    pub venue: VenueId,
    /// As it was when the sources were read; `None`: there was none.
    pub before: Option<Progress>,
    pub through: NaiveDate,
    /// The dates summed, both inclusive, and what there is to count of them; `None` where only marks go.
    pub dates: Option<(NaiveDate, NaiveDate)>,
    pub sums: Vec<DaySums>,
    /// The marks read with the sources: they count no more, or only from an instant on.
    pub marks: Vec<i64>,
    pub but_from: Option<Instant>,
}

/// Of whom there is any.
///
/// # Errors
/// When the database fails.
pub fn progress(tx: &mut ReadTx, venues: &[VenueId]) -> Result<HashMap<VenueId, Progress>, StoreError> {
    let rows = usage_progress::table.filter(usage_progress::venue_id.eq_any(venues.to_vec())).load::<(
        VenueId,
        NaiveDate,
        i32,
        i64,
    )>(
        &mut tx.connection,
    )?;
    let row = |(venue, through, rules, generation)| (venue, Progress { through, rules, generation });
    Ok(rows.into_iter().map(row).collect())
}

/// Which stored sums of these venues count, within a stretch of time.
///
/// # Errors
/// When the database fails.
pub fn known(
    tx: &mut ReadTx,
    venues: &[VenueId],
    within: Interval,
) -> Result<HashMap<VenueId, Known>, StoreError> {
    let mut progress = progress(tx, venues)?;
    progress.retain(|_, progress| progress.rules == RULES);
    let marks = usage_marks::table
        .filter(usage_marks::venue_id.eq_any(progress.keys().copied().collect::<Vec<_>>()))
        .filter(usage_marks::starts_at.lt(within.end()))
        .filter(usage_marks::ends_at.is_null().or(usage_marks::ends_at.gt(within.start()).assume_not_null()))
        .select((usage_marks::venue_id, usage_marks::starts_at, usage_marks::ends_at))
        .load::<(VenueId, Instant, Option<Instant>)>(&mut tx.connection)?;
    let mut marked = HashMap::<VenueId, Vec<Interval>>::new();
    for (venue, starts_at, ends_at) in marks {
        let interval = Interval::new(starts_at, ends_at.unwrap_or(within.end()));
        marked.entry(venue).or_default().extend(interval);
    }
    let known = progress.into_iter().map(|(venue, Progress { through, .. })| {
        let marks = marked.remove(&venue).unwrap_or_default().into_iter().collect();
        (venue, Known { through, marks })
    });
    Ok(known.collect())
}

/// The oldest marks of a venue.
///
/// # Errors
/// When the database fails.
pub fn marks(tx: &mut ReadTx, venue: VenueId, limit: i64) -> Result<Vec<Mark>, StoreError> {
    let rows = usage_marks::table
        .filter(usage_marks::venue_id.eq(venue))
        .order(usage_marks::id)
        .limit(limit)
        .select((usage_marks::id, usage_marks::starts_at, usage_marks::ends_at))
        .load::<(i64, Instant, Option<Instant>)>(&mut tx.connection)?;
    let mark = |(id, starts_at, ends_at): (i64, Instant, Option<Instant>)| {
        // For ever, or nothing: what begins beyond all time has no figures.
        let ends_at = ends_at.unwrap_or(Instant::from_unix(i64::MAX)).max(starts_at.plus(1));
        Some(Mark { id, interval: Interval::new(starts_at, ends_at)? })
    };
    Ok(rows.into_iter().filter_map(mark).collect())
}

/// Reads what is planned.
///
/// # Errors
/// When the database fails or a stored row is damaged.
pub fn fill(tx: &mut ReadTx, kept: &mut Kept) -> Result<(), StoreError> {
    // Venues mostly have the same dates stored, and are read together then.
    let mut asked = BTreeMap::<(&str, NaiveDate, NaiveDate), Vec<VenueId>>::new();
    for (venue, parts) in kept.parts() {
        for (grain, dates) in
            [(Grain::Month, &parts.months), (Grain::Day, &parts.days), (Grain::Hour, &parts.hours)]
        {
            let near = if grain == Grain::Month { 5 * NEAR } else { NEAR };
            for run in dates.chunk_by(|a, b| (*b - *a).num_days() <= near) {
                asked.entry((grain.as_str(), run[0], run[run.len() - 1])).or_default().push(venue);
            }
        }
    }
    for ((grain, first, last), venues) in asked {
        let rows = usage_sums::table
            .filter(usage_sums::venue_id.eq_any(venues))
            .filter(usage_sums::grain.eq(grain))
            .filter(usage_sums::date.between(first, last))
            .select((usage_sums::venue_id, usage_sums::date, usage_sums::subject_id, usage_sums::sums))
            .load::<(VenueId, NaiveDate, UnitId, Vec<u8>)>(&mut tx.connection)?;
        let grain = grain.parse().map_err(|error| StoreError::corrupt("grain", error))?;
        for (venue, date, subject, sums) in rows {
            kept.add(venue, grain, date, subject.uuid(), sums).ok_or_else(|| damaged(venue, date))?;
        }
    }
    Ok(())
}

fn damaged(venue: VenueId, date: NaiveDate) -> StoreError {
    StoreError::Corrupt(format!("the sums of {venue} of {date} do not parse"))
}

/// The first date of which a venue has any day's sums.
///
/// # Errors
/// When the database fails.
pub fn first_day(tx: &mut ReadTx, venue: VenueId) -> Result<Option<NaiveDate>, StoreError> {
    let first = usage_sums::table
        .filter(usage_sums::venue_id.eq(venue).and(usage_sums::grain.eq(Grain::Day.as_str())))
        .order(usage_sums::date)
        .select(usage_sums::date);
    Ok(first.first(&mut tx.connection).optional()?)
}

/// What is stored of a venue at one grain, dates `[from, to)`: by date and by unit or space.
///
/// # Errors
/// When the database fails.
pub fn stored(
    tx: &mut ReadTx,
    venue: VenueId,
    grain: Grain,
    [from, to]: [NaiveDate; 2],
) -> Result<BTreeMap<(NaiveDate, Uuid), Vec<u8>>, StoreError> {
    let rows = usage_sums::table
        .filter(usage_sums::venue_id.eq(venue).and(usage_sums::grain.eq(grain.as_str())))
        .filter(usage_sums::date.ge(from).and(usage_sums::date.lt(to)))
        .select((usage_sums::date, usage_sums::subject_id, usage_sums::sums))
        .load::<(NaiveDate, UnitId, Vec<u8>)>(&mut tx.connection)?;
    Ok(rows.into_iter().map(|(date, subject, sums)| ((date, subject.uuid()), sums)).collect())
}

/// Stores a summing, unless the venue was summed by somebody else since its sources were read; then `false`.
///
/// # Errors
/// When the database fails or a stored row is damaged.
pub fn store(tx: &mut WriteTx, summing: &Summing) -> Result<bool, StoreError> {
    let Summing { venue, before, through, .. } = *summing;
    let first = (
        usage_progress::venue_id.eq(venue),
        usage_progress::through.eq(through),
        usage_progress::rules.eq(RULES),
        usage_progress::generation.eq(0),
    );
    if before.is_none() {
        on_both!(tx, connection => diesel::insert_into(usage_progress::table)
            .values(first)
            .on_conflict_do_nothing()
            .execute(connection))?;
    }
    if lock(tx, venue)? != Some(before.map_or(0, |before| before.generation)) {
        return Ok(false);
    }
    if let Some(dates) = summing.dates {
        put_days(tx, venue, dates, &summing.sums)?;
        put_months(tx, venue, dates, through)?;
    }
    take_marks(tx, summing)?;
    diesel::update(usage_progress::table.find(venue))
        .set((
            usage_progress::through.eq(through),
            usage_progress::rules.eq(RULES),
            usage_progress::generation.eq(usage_progress::generation + 1),
        ))
        .execute(&mut tx.connection)?;
    Ok(true)
}

/// The generation, with the row locked.
fn lock(tx: &mut WriteTx, venue: VenueId) -> Result<Option<i64>, StoreError> {
    let row = usage_progress::table.find(venue).select(usage_progress::generation);
    let found = match &mut tx.connection {
        AnyConnection::Postgres(connection) => row.for_no_key_update().first(connection),
        AnyConnection::Sqlite(connection) => row.first(connection),
    };
    Ok(found.optional()?)
}

fn put_days(
    tx: &mut WriteTx,
    venue: VenueId,
    (first, last): (NaiveDate, NaiveDate),
    sums: &[DaySums],
) -> Result<(), StoreError> {
    let grains = [Grain::Day.as_str(), Grain::Hour.as_str()];
    let old = usage_sums::venue_id.eq(venue).and(usage_sums::grain.eq_any(grains));
    diesel::delete(usage_sums::table.filter(old.and(usage_sums::date.between(first, last))))
        .execute(&mut tx.connection)?;
    let rows = sums.iter().flat_map(|sums| {
        let hours = sums.hours.as_bytes().to_vec();
        [(Grain::Day, sums.day.to_bytes()), (Grain::Hour, hours)]
            .map(|(grain, bytes)| (grain, sums.date, sums.subject, bytes))
    });
    insert(tx, venue, rows.collect())
}

/// Each month that the dates touch: the sum of its stored days before `through`.
fn put_months(
    tx: &mut WriteTx,
    venue: VenueId,
    (first, last): (NaiveDate, NaiveDate),
    through: NaiveDate,
) -> Result<(), StoreError> {
    let mut month = month_of(first);
    while month <= last {
        let next = after(month);
        let mut sums = BTreeMap::<Uuid, Summed>::new();
        for ((date, subject), bytes) in stored(tx, venue, Grain::Day, [month, next.min(through)])? {
            *sums.entry(subject).or_default() +=
                Summed::from_bytes(&bytes).ok_or_else(|| damaged(venue, date))?;
        }
        let old = usage_sums::venue_id.eq(venue).and(usage_sums::grain.eq(Grain::Month.as_str()));
        diesel::delete(usage_sums::table.filter(old.and(usage_sums::date.eq(month))))
            .execute(&mut tx.connection)?;
        let row = |(subject, summed): (Uuid, Summed)| (Grain::Month, month, subject, summed.to_bytes());
        insert(tx, venue, sums.into_iter().map(row).collect())?;
        month = next;
    }
    Ok(())
}

/// The first of the month of a date.
pub fn month_of(date: NaiveDate) -> NaiveDate {
    chrono::Datelike::with_day(&date, 1).unwrap_or(date)
}

/// The month after.
pub fn after(month: NaiveDate) -> NaiveDate {
    month.checked_add_months(chrono::Months::new(1)).unwrap_or(NaiveDate::MAX)
}

fn insert(
    tx: &mut WriteTx,
    venue: VenueId,
    rows: Vec<(Grain, NaiveDate, Uuid, Vec<u8>)>,
) -> Result<(), StoreError> {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(grain, date, subject, sums)| {
            (
                usage_sums::venue_id.eq(venue),
                usage_sums::grain.eq(grain.as_str()),
                usage_sums::date.eq(date),
                // Units and spaces alike: the column knows no kinds.
                usage_sums::subject_id.eq(UnitId::from_uuid(subject)),
                usage_sums::sums.eq(sums),
            )
        })
        .collect();
    for rows in rows.chunks(ROWS_AT_ONCE) {
        on_both!(tx, connection => diesel::insert_into(usage_sums::table).values(rows).execute(connection))?;
    }
    Ok(())
}

/// Exactly those that were read: others may have come since, and a later one may have a smaller number.
fn take_marks(tx: &mut WriteTx, summing: &Summing) -> Result<(), StoreError> {
    for ids in summing.marks.chunks(ROWS_AT_ONCE) {
        let read = || usage_marks::table.filter(usage_marks::id.eq_any(ids.to_vec()));
        let Some(from) = summing.but_from else {
            diesel::delete(read()).execute(&mut tx.connection)?;
            continue;
        };
        diesel::delete(read().filter(usage_marks::ends_at.le(from))).execute(&mut tx.connection)?;
        diesel::update(read().filter(usage_marks::starts_at.lt(from)))
            .set(usage_marks::starts_at.eq(from))
            .execute(&mut tx.connection)?;
    }
    Ok(())
}

/// Which venues have marks.
///
/// # Errors
/// When the database fails.
pub fn marked(tx: &mut ReadTx) -> Result<Vec<VenueId>, StoreError> {
    Ok(usage_marks::table.select(usage_marks::venue_id).distinct().load(&mut tx.connection)?)
}

/// As if nothing had ever been summed.
#[cfg(test)]
pub fn forget_all(tx: &mut WriteTx) -> Result<(), StoreError> {
    diesel::delete(usage_sums::table).execute(&mut tx.connection)?;
    diesel::delete(usage_progress::table).execute(&mut tx.connection)?;
    diesel::delete(usage_marks::table).execute(&mut tx.connection)?;
    Ok(())
}
