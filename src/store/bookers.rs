//! What a booker's audiences and quotas go by, read from the rows of several aggregates.

use diesel::prelude::*;

use super::{
    db::ReadTx,
    error::StoreError,
    limits::{LONGEST, not_run_out},
    schema::{network_members, organisations, reservations, users, venue_members, venue_staff},
};
use crate::domain::{
    access::Place,
    decision::{Bearing, Counted},
    equipment::Equipment,
    ids::{NetworkId, OrganisationId, ReservationId, SpaceId, UserId, VenueId},
    instant::{Instant, Interval},
    organisation::is_in_force,
    policy::{Audience, Standing},
    reservation::Status,
};

/// Where a person works and was accepted, and whether the organisation they book for is confirmed as creative at `now`.
///
/// # Errors
/// When the database fails.
pub fn standing(
    tx: &mut ReadTx,
    user: UserId,
    organisation: Option<OrganisationId>,
    now: Instant,
) -> Result<Standing, StoreError> {
    type Row = (Option<VenueId>, Option<VenueId>, Option<NetworkId>);
    let rows = users::table
        .left_join(venue_staff::table.on(venue_staff::user_id.eq(users::id)))
        .left_join(venue_members::table.on(venue_members::user_id.eq(users::id)))
        .left_join(network_members::table.on(network_members::user_id.eq(users::id)))
        .filter(users::id.eq(user))
        .select((
            venue_staff::venue_id.nullable(),
            venue_members::venue_id.nullable(),
            network_members::network_id.nullable(),
        ))
        .load::<Row>(&mut tx.connection)?;
    Ok(Standing {
        staff_of: rows.iter().filter_map(|row| row.0).collect(),
        venues: rows.iter().filter_map(|row| row.1).collect(),
        networks: rows.iter().filter_map(|row| row.2).collect(),
        creative: organisation.map(|id| is_creative(tx, id, now)).transpose()?.unwrap_or(false),
    })
}

fn is_creative(tx: &mut ReadTx, id: OrganisationId, now: Instant) -> Result<bool, StoreError> {
    let confirmed = organisations::table
        .find(id)
        .select((organisations::confirmed_creative_at, organisations::confirmed_creative_until));
    let confirmed: Option<(Option<Instant>, Option<Instant>)> =
        confirmed.first(&mut tx.connection).optional()?;
    Ok(confirmed.is_some_and(|(since, until)| is_in_force(since, until, now)))
}

/// The reservations of a person, and those of an organisation, that quotas count and that meet `window`: neither
/// given up nor run out by `now` nor made by staff as such, and not `own`.
///
/// # Errors
/// When the database fails.
pub fn counted(
    tx: &mut ReadTx,
    (user, organisation): (UserId, Option<OrganisationId>),
    window: Interval,
    own: Option<ReservationId>,
    now: Instant,
) -> Result<Vec<Counted>, StoreError> {
    type Row = (
        ReservationId,
        UserId,
        Option<OrganisationId>,
        NetworkId,
        VenueId,
        SpaceId,
        Instant,
        Instant,
        Option<String>,
        Option<String>,
    );
    let statuses = Status::ALL.iter().filter(|status| status.counts()).map(|status| status.as_str());
    let mut query = reservations::table
        .filter(reservations::starts_at.gt(window.start().plus(-LONGEST)))
        .filter(reservations::starts_at.lt(window.end()).and(reservations::ends_at.gt(window.start())))
        .filter(reservations::status.eq_any(statuses.collect::<Vec<_>>()))
        .filter(not_run_out(now))
        .into_boxed();
    let of_user = reservations::organiser_id.eq(user);
    query = match organisation {
        Some(_) => query.filter(of_user.or(reservations::organisation_id.eq(organisation).assume_not_null())),
        None => query.filter(of_user),
    };
    let rows = query
        .select((
            reservations::id,
            reservations::organiser_id,
            reservations::organisation_id,
            reservations::network_id,
            reservations::venue_id,
            reservations::space_id,
            reservations::starts_at,
            reservations::ends_at,
            reservations::audience,
            reservations::equipment,
        ))
        .load::<Row>(&mut tx.connection)?;
    let others = rows.into_iter().filter(|(id, .., audience, _)| {
        Some(*id) != own && audience.as_deref() != Some(Audience::Staff.as_str())
    });
    let counted = others
        .map(|(_, person, organisation, network, venue, space, start, end, _, equipment)| {
            let interval = Interval::new(start, end)
                .ok_or_else(|| StoreError::corrupt("reservation", "it ends before it starts"))?;
            let place = Place { network, venue };
            let bearing = Bearing { person: Some(person), organisation, place, space, besides: false };
            let besides = |space| Counted { bearing: Bearing { space, besides: true, ..bearing }, interval };
            let pools = pools(equipment.as_deref())?.into_iter().map(besides);
            Ok(std::iter::once(Counted { bearing, interval }).chain(pools).collect::<Vec<_>>())
        })
        .collect::<Result<Vec<_>, StoreError>>()?;
    Ok(counted.into_iter().flatten().collect())
}

fn pools(equipment: Option<&str>) -> Result<Vec<SpaceId>, StoreError> {
    let Some(json) = equipment else { return Ok(Vec::new()) };
    let all: Vec<Equipment> =
        serde_json::from_str(json).map_err(|error| StoreError::corrupt("equipment", error))?;
    Ok(all.into_iter().map(|some| some.space).collect())
}
