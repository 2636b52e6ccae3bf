//! What calendars show of reservations, out of their rows: only the columns that [`Entry`] has room for.

use diesel::prelude::*;

use super::{
    db::ReadTx,
    error::StoreError,
    schema::{guests, reservations, spaces, users, venues},
    spaces::count,
};
use crate::domain::{
    agenda::{Entry, EntryId, Organiser},
    ids::{OrganisationId, ReservationId, SpaceId, UserId, VenueId},
    instant::{Instant, Interval},
    person::NOBODY,
    places::Address,
    record::LONGEST_OCCUPANCY,
    reservation::Status,
    zone::Zone,
};

/// What calendars show: no holds, which are over before most programs ask again, and nothing that was given up.
const SHOWN: [Status; 4] = [Status::Pending, Status::Confirmed, Status::CheckedIn, Status::Completed];

/// Whose reservations.
#[derive(Debug, Clone)]
pub enum Whose {
    /// A person's, and those of the organisations.
    Own {
        user: Option<UserId>,
        organisations: Vec<OrganisationId>,
    },
    Venue(VenueId),
    /// Of a space, and these besides, which are of others that share its units.
    Space(SpaceId, Vec<ReservationId>),
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = reservations)]
struct Row {
    id: ReservationId,
    status: String,
    title: String,
    organiser_id: UserId,
    made_by: UserId,
    starts_at: Instant,
    ends_at: Instant,
    released_at: Option<Instant>,
    sequence: i32,
    updated_at: Instant,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = venues)]
struct VenueRow {
    name: String,
    street: String,
    postcode: String,
    city: String,
    municipality: String,
    contact_email: String,
    time_zone: String,
}

/// How an account calls its person, and how the venue calls its guest.
#[derive(Queryable)]
struct Named {
    account: String,
    guest: Option<String>,
}

impl Named {
    /// Whom staff reserved for goes by the name that they wrote.
    fn of(self, row: &Row) -> Organiser {
        let name = match row.made_by == row.organiser_id {
            true => self.account,
            false => self.guest.unwrap_or_else(|| NOBODY.to_owned()),
        };
        Organiser { id: row.organiser_id, name }
    }
}

/// `None` of what was given back before it began.
fn entry(
    (row, space_name, venue, named): (Row, String, VenueRow, Named),
    reader: UserId,
) -> Result<Option<Entry>, StoreError> {
    let status: Status = row.status.parse().map_err(|e| StoreError::corrupt("status", e))?;
    let end = row.released_at.map_or(row.ends_at, |at| at.min(row.ends_at));
    let Some(interval) = Interval::new(row.starts_at, end) else { return Ok(None) };
    let organiser = (row.organiser_id != reader).then(|| named.of(&row));
    let VenueRow { street, postcode, city, municipality, .. } = venue;
    Ok(Some(Entry {
        id: EntryId::Reservation(row.id),
        tentative: status == Status::Pending,
        title: row.title,
        space_name,
        organiser,
        interval,
        sequence: count(row.sequence)?,
        updated_at: row.updated_at,
        venue_name: venue.name,
        address: Address { street, postcode, city, municipality },
        contact_email: venue.contact_email,
        zone: Zone::parse(&venue.time_zone).map_err(|e| StoreError::corrupt("time zone", e))?,
    }))
}

/// Up to `limit` that meet `window`, for `reader`: the first ones, or the last where `backwards`.
fn load(
    tx: &mut ReadTx,
    (whose, reader): (&Whose, UserId),
    window: Interval,
    backwards: bool,
    limit: i64,
) -> Result<Vec<Entry>, StoreError> {
    let states: Vec<_> = SHOWN.iter().map(|status| status.as_str()).collect();
    // None lasts longer, so those that meet the window are one stretch of the index on the start.
    let earliest = window.start().plus(-LONGEST_OCCUPANCY);
    let query = reservations::table
        .inner_join(spaces::table.inner_join(venues::table))
        .inner_join(users::table.on(users::id.eq(reservations::organiser_id)))
        .left_join(guests::table.on(
            guests::venue_id.eq(reservations::venue_id).and(guests::user_id.eq(reservations::organiser_id)),
        ))
        .filter(reservations::status.eq_any(states))
        .filter(reservations::starts_at.gt(earliest).and(reservations::starts_at.lt(window.end())))
        .filter(reservations::ends_at.gt(window.start()))
        .into_boxed();
    let query = match whose {
        Whose::Venue(venue) => query.filter(reservations::venue_id.eq(*venue)),
        Whose::Space(space, besides) => {
            query.filter(reservations::space_id.eq(*space).or(reservations::id.eq_any(besides.clone())))
        }
        Whose::Own { user, organisations } => query.filter(
            reservations::organiser_id
                .nullable()
                .eq(*user)
                .assume_not_null()
                .or(reservations::organisation_id.eq_any(organisations.clone()).assume_not_null()),
        ),
    };
    let query = match backwards {
        false => query.order((reservations::starts_at, reservations::id)),
        true => query.order((reservations::starts_at.desc(), reservations::id.desc())),
    };
    let rows = query
        .limit(limit)
        .select((
            Row::as_select(),
            spaces::name,
            VenueRow::as_select(),
            (users::name, guests::name.nullable()),
        ))
        .load::<(Row, String, VenueRow, Named)>(&mut tx.connection)?;
    rows.into_iter().filter_map(|row| entry(row, reader).transpose()).collect()
}

/// Up to `most` that meet `window`, by start: those that are not over at `now` first of all, the soonest of them, then
/// the latest that are.
///
/// # Errors
/// When the database fails.
pub fn list(
    tx: &mut ReadTx,
    whose: &Whose,
    reader: UserId,
    (window, now): (Interval, Instant),
    most: usize,
) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::new();
    if let Some(ahead) = Interval::new(now.max(window.start()), window.end()) {
        entries = load(tx, (whose, reader), ahead, false, most as i64)?;
    }
    if let Some(behind) = Interval::new(window.start(), now.min(window.end())) {
        let known: Vec<EntryId> = entries.iter().map(|entry| entry.id).collect();
        // Some go on at `now` and are in both.
        let past = load(tx, (whose, reader), behind, true, most as i64)?;
        let past = past.into_iter().filter(|entry| !known.contains(&entry.id));
        entries.extend(past.take(most - known.len().min(most)));
    }
    entries.sort_by_key(|entry| (entry.interval.start(), entry.id));
    Ok(entries)
}
