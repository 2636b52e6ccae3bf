//! A database with one network, one venue, one space of two units, and a block to hang occupancies on.

use std::sync::Arc;

use diesel::prelude::*;
use prostor::{
    domain::{
        ids::{BlockId, Id, Kind, NetworkId, OccupancyId, SpaceId, UnitGroupId, UnitId, VenueId},
        instant::Instant,
    },
    store::{
        db::{Database, Sizing},
        dialect::{Access, AnyConnection, connect},
        error::StoreError,
        schema::{blocks, networks, occupancies, spaces, unit_groups, units, venues},
    },
};

use crate::database::{Backend, Lent, TestDatabase};

pub const NOW: Instant = Instant::from_unix(1_772_434_800);

/// The `n`-th identifier of a kind.
pub fn id<K: Kind>(n: u128) -> Id<K> {
    Id::from_uuid(uuid::Uuid::from_u128(n))
}

pub struct Fixture {
    pub backend: Backend,
    pub database: TestDatabase,
}

impl Fixture {
    pub fn new(backend: Backend) -> Self {
        let fixture = Self { backend, database: TestDatabase::new(backend) };
        Self::fill(&mut fixture.connection()).unwrap();
        fixture
    }

    /// A connection past the application.
    pub fn connection(&self) -> Lent<'_> {
        self.database.connection()
    }

    /// One that is closed when dropped, with whatever it was at.
    pub fn connection_to_close(&self) -> AnyConnection {
        connect(&self.database.target, Access::Write).unwrap()
    }

    pub fn open(&self) -> Database {
        self.open_with(Sizing::default(), || ())
    }

    pub fn open_with(&self, sizing: Sizing, wake: impl Fn() + Send + Sync + 'static) -> Database {
        Database::open(self.database.target.clone(), &sizing, Arc::new(wake)).unwrap()
    }

    fn fill(connection: &mut AnyConnection) -> QueryResult<()> {
        let (network, venue, group): (NetworkId, VenueId, UnitGroupId) = (id(1), id(1), id(1));
        network_row(connection, network, "gorenjska")?;
        diesel::insert_into(venues::table)
            .values((
                venues::id.eq(venue),
                venues::network_id.eq(network),
                venues::name.eq("Layer House"),
                venues::slug.eq("layer"),
                venues::street.eq("Tomšičeva ulica 32"),
                venues::postcode.eq("4000"),
                venues::city.eq("Kranj"),
                venues::municipality.eq("Kranj"),
                venues::time_zone.eq("Europe/Ljubljana"),
                venues::contact_email.eq("info@layer.example"),
                venues::created_at.eq(NOW),
            ))
            .execute(connection)?;
        diesel::insert_into(unit_groups::table)
            .values((unit_groups::id.eq(group), unit_groups::network_id.eq(network)))
            .execute(connection)?;
        for n in [1, 2] {
            diesel::insert_into(units::table)
                .values((
                    units::id.eq(id::<prostor::domain::ids::kind::Unit>(n)),
                    units::network_id.eq(network),
                    units::venue_id.eq(venue),
                    units::group_id.eq(group),
                    units::label.eq("half"),
                    units::seats.eq(10),
                ))
                .execute(connection)?;
        }
        Self::space_and_block(connection, network, venue)
    }

    fn space_and_block(
        connection: &mut AnyConnection,
        network: NetworkId,
        venue: VenueId,
    ) -> QueryResult<()> {
        let (space, block): (SpaceId, BlockId) = (id(1), id(1));
        diesel::insert_into(spaces::table)
            .values((
                spaces::id.eq(space),
                spaces::network_id.eq(network),
                spaces::venue_id.eq(venue),
                spaces::name.eq("Hall"),
                spaces::search_text.eq("hall"),
                spaces::kind.eq("multifunctional"),
                spaces::allocation.eq("whole"),
                spaces::capacity.eq(20),
                spaces::booked_by.eq("hours"),
                spaces::setup_minutes.eq(0),
                spaces::teardown_minutes.eq(0),
                spaces::active_from.eq(chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()),
                spaces::created_at.eq(NOW),
            ))
            .execute(connection)?;
        diesel::insert_into(blocks::table)
            .values((
                blocks::id.eq(block),
                blocks::network_id.eq(network),
                blocks::venue_id.eq(venue),
                blocks::space_id.eq(space),
                blocks::starts_at.eq(NOW),
                blocks::ends_at.eq(NOW.plus(86_400)),
                blocks::reason.eq("painting"),
                blocks::created_at.eq(NOW),
            ))
            .execute(connection)?;
        Ok(())
    }
}

/// A network of its own.
pub fn network_row(connection: &mut AnyConnection, network: NetworkId, slug: &str) -> QueryResult<usize> {
    diesel::insert_into(networks::table)
        .values((
            networks::id.eq(network),
            networks::name.eq("Gorenjska"),
            networks::slug.eq(slug),
            networks::country.eq("SI"),
            networks::time_zone.eq("Europe/Ljubljana"),
            networks::created_at.eq(NOW),
        ))
        .execute(connection)
}

/// Takes a unit from `start` to `end`, minutes after `NOW`, as the `n`-th occupancy.
pub fn take(
    connection: &mut AnyConnection,
    n: u128,
    unit: u128,
    start: i64,
    end: i64,
) -> Result<(), StoreError> {
    let (network, venue, block): (NetworkId, VenueId, BlockId) = (id(1), id(1), id(1));
    let (own, unit): (OccupancyId, UnitId) = (id(n), id(unit));
    diesel::insert_into(occupancies::table)
        .values((
            occupancies::id.eq(own),
            occupancies::network_id.eq(network),
            occupancies::venue_id.eq(venue),
            occupancies::unit_id.eq(unit),
            occupancies::starts_at.eq(NOW.plus_minutes(start)),
            occupancies::ends_at.eq(NOW.plus_minutes(end)),
            occupancies::block_id.eq(block),
        ))
        .execute(connection)?;
    Ok(())
}
