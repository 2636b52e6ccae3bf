//! What people wanted: refusals and searches without a result ↔ their rows, and what reservations and approvals tell of it.
//!
//! Rows of refusals and searches name nobody: their ids are digests under the key of a day, which is deleted soon after.

use chrono::NaiveDate;
use diesel::{dsl::count_star, prelude::*};

use super::{
    db::{ReadTx, WriteTx},
    dialect::on_both,
    error::StoreError,
    schema::{approvals, demand_keys, empty_searches, imported, reservations, turn_aways},
};
use crate::domain::{
    access::Place,
    approval::Answer,
    demand::{Answered, GivenUp, Stood, TurnedAway},
    ids::{EmptySearchId, NetworkId, SpaceId, TurnAwayId, UserId, VenueId},
    instant::{Instant, Interval},
    reservation::{CancelledBy, Status},
    statistics::Claim,
};

/// Somebody was refused.
#[derive(Debug, Clone)]
pub struct TurnAway {
    pub id: TurnAwayId,
    pub place: Place,
    pub space: SpaceId,
    /// Local.
    pub day: NaiveDate,
    pub reason: String,
}

/// A search found nothing.
#[derive(Debug, Clone)]
pub struct EmptySearch {
    pub id: EmptySearchId,
    pub network: Option<NetworkId>,
    pub venue: Option<VenueId>,
    pub day: NaiveDate,
    pub kind: Option<String>,
    pub municipality: Option<String>,
    pub band: String,
}

/// So many clients searched in vain for this on a day.
#[derive(Debug, Clone, Queryable)]
pub struct Searched {
    pub venue: Option<VenueId>,
    pub day: NaiveDate,
    pub kind: Option<String>,
    pub municipality: Option<String>,
    pub band: String,
    pub clients: i64,
}

/// The key of a day: `fresh` where it has none yet.
///
/// # Errors
/// When the database fails.
pub fn key(tx: &mut WriteTx, day: NaiveDate, fresh: &[u8]) -> Result<Vec<u8>, StoreError> {
    on_both!(tx, connection => diesel::insert_into(demand_keys::table)
        .values((demand_keys::day.eq(day), demand_keys::key.eq(fresh)))
        .on_conflict_do_nothing()
        .execute(connection))?;
    Ok(demand_keys::table.find(day).select(demand_keys::key).first(&mut tx.connection)?)
}

/// Forgets the keys of the days before `before`; returns how many.
///
/// # Errors
/// When the database fails.
pub fn forget_keys(tx: &mut WriteTx, before: NaiveDate) -> Result<usize, StoreError> {
    let old = demand_keys::table.filter(demand_keys::day.lt(before));
    Ok(diesel::delete(old).execute(&mut tx.connection)?)
}

/// Appends those that are not there yet; returns how many that were.
///
/// # Errors
/// When the database fails.
pub fn append_turn_aways(tx: &mut WriteTx, made: &[TurnAway]) -> Result<usize, StoreError> {
    let mut appended = 0;
    for one in made {
        let values = (
            turn_aways::id.eq(one.id),
            turn_aways::network_id.eq(one.place.network),
            turn_aways::venue_id.eq(one.place.venue),
            turn_aways::space_id.eq(one.space),
            turn_aways::day.eq(one.day),
            turn_aways::reason.eq(&one.reason),
        );
        appended += on_both!(tx, connection => diesel::insert_into(turn_aways::table)
            .values(values)
            .on_conflict_do_nothing()
            .execute(connection))?;
    }
    Ok(appended)
}

/// Appends those that are not there yet; returns how many that were.
///
/// # Errors
/// When the database fails.
pub fn append_searches(tx: &mut WriteTx, made: &[EmptySearch]) -> Result<usize, StoreError> {
    let mut appended = 0;
    for one in made {
        let values = (
            empty_searches::id.eq(one.id),
            empty_searches::network_id.eq(one.network),
            empty_searches::venue_id.eq(one.venue),
            empty_searches::day.eq(one.day),
            empty_searches::kind.eq(&one.kind),
            empty_searches::municipality.eq(&one.municipality),
            empty_searches::capacity_band.eq(&one.band),
        );
        appended += on_both!(tx, connection => diesel::insert_into(empty_searches::table)
            .values(values)
            .on_conflict_do_nothing()
            .execute(connection))?;
    }
    Ok(appended)
}

/// How many people were refused which spaces of these venues, on the local days `[from, to)`.
///
/// # Errors
/// When the database fails.
pub fn turned_away(
    tx: &mut ReadTx,
    venues: &[VenueId],
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<TurnedAway>, StoreError> {
    let rows = turn_aways::table
        .filter(turn_aways::venue_id.eq_any(venues.to_vec()))
        .filter(turn_aways::day.ge(from).and(turn_aways::day.lt(to)))
        .group_by((turn_aways::venue_id, turn_aways::space_id, turn_aways::day, turn_aways::reason))
        .select((
            turn_aways::venue_id,
            turn_aways::space_id,
            turn_aways::day,
            turn_aways::reason,
            count_star(),
        ))
        .load::<(VenueId, SpaceId, NaiveDate, String, i64)>(&mut tx.connection)?;
    let one = |(venue, space, day, reason, people): (_, _, _, _, i64)| TurnedAway {
        venue,
        space,
        day,
        reason,
        people: people.unsigned_abs(),
    };
    Ok(rows.into_iter().map(one).collect())
}

/// The searches in vain of the days `[from, to)` that named this network, or none.
///
/// # Errors
/// When the database fails.
pub fn searches(
    tx: &mut ReadTx,
    network: NetworkId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Searched>, StoreError> {
    let what = (
        empty_searches::venue_id,
        empty_searches::day,
        empty_searches::kind,
        empty_searches::municipality,
        empty_searches::capacity_band,
    );
    Ok(empty_searches::table
        .filter(empty_searches::day.ge(from).and(empty_searches::day.lt(to)))
        .filter(empty_searches::network_id.eq(network).or(empty_searches::network_id.is_null()))
        .group_by(what)
        .select((
            empty_searches::venue_id,
            empty_searches::day,
            empty_searches::kind,
            empty_searches::municipality,
            empty_searches::capacity_band,
            count_star(),
        ))
        .load(&mut tx.connection)?)
}

type StoodRow = (VenueId, SpaceId, UserId, Instant, Instant, Option<bool>, Option<String>, Option<Instant>);

/// The reservations of these venues that stood and begin in `window`.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn stood(tx: &mut ReadTx, venues: &[VenueId], window: Interval) -> Result<Vec<Stood>, StoreError> {
    let counting = Status::ALL.iter().filter(|status| Claim::counts(**status)).map(|status| status.as_str());
    let rows = reservations::table
        .left_join(imported::table.on(imported::reservation_id.eq(reservations::id.nullable())))
        .filter(reservations::venue_id.eq_any(venues.to_vec()))
        .filter(reservations::starts_at.ge(window.start()).and(reservations::starts_at.lt(window.end())))
        .filter(
            reservations::cancelled_by
                .is_not_null()
                .or(reservations::status.eq_any(counting.collect::<Vec<_>>())),
        )
        .select((
            reservations::venue_id,
            reservations::space_id,
            reservations::organiser_id,
            reservations::starts_at,
            reservations::created_at,
            reservations::cancelled_late,
            reservations::cancelled_by,
            imported::imported_at.nullable(),
        ))
        .load::<StoodRow>(&mut tx.connection)?;
    let one = |(venue, space, organiser, start, created, late, by, brought): StoodRow| {
        let by = by.as_deref().map(str::parse::<CancelledBy>).transpose();
        let by = by.map_err(|error| StoreError::corrupt("cancelled_by", error))?;
        let given_up = by.map(|by| match by {
            CancelledBy::Venue => GivenUp::ByVenue,
            CancelledBy::Organiser if late == Some(true) => GivenUp::Late,
            CancelledBy::Organiser => GivenUp::InTime,
        });
        let made = brought.is_none().then_some(created);
        Ok(Stood { venue, space, organiser, start, made, given_up })
    };
    rows.into_iter().map(one).collect()
}

/// What these venues answered in `window`, yes or no.
///
/// # Errors
/// When the database fails.
pub fn answered(tx: &mut ReadTx, venues: &[VenueId], window: Interval) -> Result<Vec<Answered>, StoreError> {
    let said = [Answer::Approved, Answer::Declined].map(Answer::as_str);
    let rows = approvals::table
        .inner_join(reservations::table.on(approvals::reservation_id.eq(reservations::id)))
        .filter(approvals::venue_id.eq_any(venues.to_vec()))
        .filter(approvals::answered_at.ge(window.start()).and(approvals::answered_at.lt(window.end())))
        .filter(approvals::answer.eq_any(said))
        .select((
            approvals::venue_id,
            reservations::space_id,
            reservations::organiser_id,
            approvals::asked_at,
            approvals::answered_at.assume_not_null(),
        ))
        .load::<(VenueId, SpaceId, UserId, Instant, Instant)>(&mut tx.connection)?;
    let one = |(venue, space, organiser, asked, at)| Answered { venue, space, organiser, asked, at };
    Ok(rows.into_iter().map(one).collect())
}
