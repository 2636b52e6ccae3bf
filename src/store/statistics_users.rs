//! What figures about people are made from: who reserved what for whom, the organisations, and when each came first.
//!
//! The range is one stretch of the index of each venue, read venue by venue, so that prices (the longest column) are never
//! all in memory. A first reservation is the first entry that counts in the index of its person or organisation,
//! however many follow.

use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    db::ReadTx,
    error::StoreError,
    limits::LONGEST,
    money,
    schema::{attendance, layouts, organisations, reservations, spaces, users},
    spaces::count,
    statistics::code,
};
use crate::domain::{
    fees::{self, Price},
    ids::{LayoutId, NetworkId, OrganisationId, ReservationId, SpaceId, UserId, VenueId},
    instant::{Instant, Interval},
    organisation::RegisterNumber,
    reservation::Status,
    sector::Sector,
    statistics::{
        Claim,
        people::{Attended, Booked, OrganisationFacts},
    },
};

/// Ids that one query asks for: parameters of a statement are bounded.
const AT_ONCE: usize = 1_000;

#[derive(Queryable, Selectable)]
#[diesel(table_name = reservations)]
struct BookedRow {
    id: ReservationId,
    status: String,
    organiser_id: UserId,
    organisation_id: Option<OrganisationId>,
    audience: Option<String>,
    purpose: String,
    layout_id: Option<LayoutId>,
    quote: Option<String>,
    kept_fee: Option<i64>,
    kept_fee_currency: Option<String>,
}

/// What counts of a venue and may have a part in `window`.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn booked(
    tx: &mut ReadTx,
    venue: VenueId,
    window: Interval,
) -> Result<Vec<(ReservationId, Booked)>, StoreError> {
    let rows = reservations::table
        .filter(reservations::venue_id.eq(venue))
        .filter(reservations::starts_at.gt(window.start().plus(-LONGEST)))
        .filter(reservations::starts_at.lt(window.end()))
        .filter(reservations::status.eq_any(counting()))
        .select(BookedRow::as_select())
        .load(&mut tx.connection)?;
    rows.into_iter().map(|row| Ok((row.id, read(&row)?))).collect()
}

/// The statuses that count.
fn counting() -> Vec<&'static str> {
    Status::ALL.iter().filter(|status| Claim::counts(**status)).map(|status| status.as_str()).collect()
}

fn read(row: &BookedRow) -> Result<Booked, StoreError> {
    let price = row.quote.as_deref().map(serde_json::from_str::<Price>).transpose();
    let price = price.map_err(|error| StoreError::corrupt("quote", error))?;
    let kept = money::read(row.kept_fee, row.kept_fee_currency.as_deref())?;
    let status: Status = code(&row.status)?;
    Ok(Booked {
        person: row.organiser_id,
        organisation: row.organisation_id,
        audience: row.audience.as_deref().map(code).transpose()?,
        purpose: code(&row.purpose)?,
        layout: row.layout_id,
        charged: fees::charged(status, price.as_ref(), kept),
        in_kind: price.and_then(|price| price.in_kind(status)),
    })
}

type OrganisationRow = (
    OrganisationId,
    Option<String>,
    (Option<String>, Option<String>, Option<String>),
    String,
    Option<String>,
    Option<String>,
    bool,
);

/// # Errors
/// When the database fails or a stored value does not parse.
pub fn organisations(
    tx: &mut ReadTx,
    ids: &[OrganisationId],
) -> Result<HashMap<OrganisationId, OrganisationFacts>, StoreError> {
    let mut all = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(AT_ONCE) {
        let rows = organisations::table
            .filter(organisations::id.eq_any(ids.to_vec()))
            .select((
                organisations::id,
                organisations::municipality,
                (organisations::sector_scheme, organisations::sector_version, organisations::sector_code),
                organisations::legal_form,
                organisations::size,
                organisations::register_number,
                organisations::was_registered,
            ))
            .load::<OrganisationRow>(&mut tx.connection)?;
        for row in rows {
            all.insert(row.0, organisation(row)?);
        }
    }
    Ok(all)
}

fn organisation(
    (_, municipality, sector, legal_form, size, register_number, was_registered): OrganisationRow,
) -> Result<OrganisationFacts, StoreError> {
    let sector = match sector {
        (Some(scheme), Some(version), Some(code)) => {
            Some(Sector { scheme, version, code }.counted().to_string().into())
        }
        _ => None,
    };
    Ok(OrganisationFacts {
        municipality: municipality.map(Arc::from),
        sector,
        legal_form: code(&legal_form)?,
        size: size.as_deref().map(code).transpose()?,
        register_number: register_number.map(enterprise),
        was_registered,
    })
}

/// Without the unit of it that older numbers name.
fn enterprise(number: String) -> String {
    RegisterNumber::new(&number).map_or(number, String::from)
}

/// The layouts of the venues' spaces, those no longer offered among them.
///
/// # Errors
/// When the database fails.
pub fn layouts(tx: &mut ReadTx, venues: &[VenueId]) -> Result<HashMap<LayoutId, Arc<str>>, StoreError> {
    let rows = layouts::table
        .inner_join(spaces::table.on(spaces::id.eq(layouts::space_id)))
        .filter(spaces::venue_id.eq_any(venues.to_vec()))
        .select((layouts::id, layouts::name))
        .load::<(LayoutId, String)>(&mut tx.connection)?;
    Ok(rows.into_iter().map(|(id, name)| (id, name.into())).collect())
}

/// Visitors on the dates of `[from, to)`, walk-ins and those of events together.
///
/// # Errors
/// When the database fails or a stored value does not parse.
pub fn attended(
    tx: &mut ReadTx,
    (network, venues): (NetworkId, &[VenueId]),
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<Attended>, StoreError> {
    let rows = attendance::table
        .filter(attendance::network_id.eq(network).and(attendance::venue_id.eq_any(venues.to_vec())))
        .filter(attendance::date.ge(from).and(attendance::date.lt(to)))
        .select((attendance::space_id, attendance::date, attendance::walk_ins, attendance::event_visitors))
        .load::<(SpaceId, NaiveDate, i32, i32)>(&mut tx.connection)?;
    let day = |(space, date, walk_ins, event_visitors)| {
        Ok(Attended { space, date, visitors: count(walk_ins)?.saturating_add(count(event_visitors)?) })
    };
    rows.into_iter().map(day).collect()
}

/// When the first reservation in the network that counts begins, of each person that has one.
///
/// # Errors
/// When the database fails.
pub fn firsts_of_people(
    tx: &mut ReadTx,
    network: NetworkId,
    people: &[UserId],
) -> Result<HashMap<UserId, Instant>, StoreError> {
    let mut firsts = HashMap::with_capacity(people.len());
    for people in people.chunks(AT_ONCE) {
        let first = reservations::table
            .filter(reservations::organiser_id.eq(users::id).and(reservations::network_id.eq(network)))
            .filter(reservations::status.eq_any(counting()))
            .order(reservations::starts_at)
            .select(reservations::starts_at)
            .limit(1);
        let rows = users::table
            .filter(users::id.eq_any(people.to_vec()))
            .select((users::id, first.single_value()))
            .load::<(UserId, Option<Instant>)>(&mut tx.connection)?;
        firsts.extend(rows.into_iter().filter_map(|(id, first)| Some((id, first?))));
    }
    Ok(firsts)
}

/// The same of organisations.
///
/// # Errors
/// When the database fails.
pub fn firsts_of_organisations(
    tx: &mut ReadTx,
    network: NetworkId,
    ids: &[OrganisationId],
) -> Result<HashMap<OrganisationId, Instant>, StoreError> {
    let mut firsts = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(AT_ONCE) {
        let of = reservations::organisation_id.eq(organisations::id.nullable()).assume_not_null();
        let first = reservations::table
            .filter(of.and(reservations::network_id.eq(network)))
            .filter(reservations::status.eq_any(counting()))
            .order(reservations::starts_at)
            .select(reservations::starts_at)
            .limit(1);
        let rows = organisations::table
            .filter(organisations::id.eq_any(ids.to_vec()))
            .select((organisations::id, first.single_value()))
            .load::<(OrganisationId, Option<Instant>)>(&mut tx.connection)?;
        firsts.extend(rows.into_iter().filter_map(|(id, first)| Some((id, first?))));
    }
    Ok(firsts)
}
