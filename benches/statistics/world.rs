//! The world that is measured: ten venues, each with 18 rooms, a hall made of two of them and an area of 20 desks; three
//! years of reservations and a month ahead (`generate.sql`), all of it summed.

use std::sync::Arc;

use chrono::NaiveDate;
use prostor::{
    app::{App, statistics::summing::sum_usage},
    domain::{
        access::{Actor, Person},
        ids::{NetworkId, ReservationId, SpaceId, VenueId},
        instant::Instant,
        space::{Space, SpaceKind},
    },
    store::{dialect::Target, error::StoreError, places},
};
use uuid::Uuid;

use crate::{
    database::{self, Dropped, Made, run},
    measure::timed,
    rows::{self, Numbers},
};

/// Monday, 2 November 2026, 8 o'clock in Ljubljana.
pub const NOW: Instant = Instant::from_unix(1_793_602_800);
const VENUES: usize = 10;
const ROOMS: usize = 18;
const DESKS: usize = 20;
/// What `generate.sql` makes where it leaves nothing out: all slots of three years and a month.
const MOST: u64 = 180 * 6 * 1126 + 200 * 1126;

/// The local date so many days from now.
pub fn day(days: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 2).expect("a date") + chrono::Duration::days(days)
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is told by its own variables what to measure")]
pub fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The same world in each database, with a tenth of the reservations and with all of them; and two more of the smaller
/// ones to write to.
pub struct Worlds {
    small: (u32, Vec<World>),
    large: (u32, Vec<World>),
    pub marked: Vec<World>,
    pub unmarked: Vec<World>,
}

impl Worlds {
    pub fn make(reservations: u32) -> Self {
        let server = setting("PROSTOR_TEST_POSTGRES_URL");
        let worlds = |named: &str, count: u32| -> Vec<World> {
            let made = database::each(server.as_deref(), named);
            made.into_iter().map(|made| World::make(made, count)).collect()
        };
        let tenth = reservations / 10;
        let unmarked = worlds("unmarked", tenth);
        unmarked.iter().for_each(World::drop_triggers);
        Self {
            small: (tenth, worlds("small", tenth)),
            large: (reservations, worlds("large", reservations)),
            marked: worlds("marked", tenth),
            unmarked,
        }
    }

    pub fn databases(&self) -> Vec<&'static str> {
        self.marked.iter().map(|world| world.name).collect()
    }

    pub fn sizes(&self) -> impl Iterator<Item = (u32, &Vec<World>)> {
        [&self.small, &self.large].into_iter().map(|(count, worlds)| (*count, worlds))
    }

    pub fn all(&self) -> impl Iterator<Item = &World> {
        self.sizes().flat_map(|(_, worlds)| worlds)
    }
}

pub struct World {
    pub name: &'static str,
    pub app: Arc<App>,
    pub network: NetworkId,
    pub room: SpaceId,
    /// A reservation of two or three days ago.
    pub recent: ReservationId,
    pub member: Actor,
    pub coordinator: Actor,
    /// One of the ten, and who works there.
    pub venue: VenueId,
    pub staff: Actor,
    target: Target,
    _dropped: Dropped,
}

impl World {
    fn make((name, target, dropped): Made, reservations: u32) -> Self {
        let app = database::open(&target, NOW);
        let (network, room, member) = seed(&app).expect("seeding");
        generate(&target, reservations);
        let plain = Person::plain(member, None, true);
        let venues = app.db.read(|tx| places::venues(tx, Some(network), None, i64::MAX)).expect("venues");
        let venue = venues[0].id;
        let world = Self {
            name,
            app,
            network,
            room,
            recent: ReservationId::from_uuid(Uuid::from_u128(1)),
            member: Actor::Person(plain.clone()),
            coordinator: Actor::Person(Person { coordinates: vec![network], ..plain.clone() }),
            venue,
            staff: Actor::Person(Person { staff_of: vec![venue], ..plain }),
            target,
            _dropped: dropped,
        };
        let spent = timed(|| world.sum());
        println!("{name}: three years of {reservations} reservations summed in {:.1} s", spent.as_secs_f64());
        world
    }

    /// All that is due.
    pub fn sum(&self) {
        while sum_usage(&self.app).expect("it is summed") > 0 {}
    }

    fn drop_triggers(&self) {
        run(
            &self.target,
            match self.target {
                Target::Sqlite(_) => {
                    "DROP TRIGGER usage_occupancies_insert; DROP TRIGGER usage_occupancies_delete;
                     DROP TRIGGER usage_occupancies_update; DROP TRIGGER usage_reservations_update;"
                }
                Target::Postgres(_) => {
                    "DROP TRIGGER usage_occupancies ON occupancies;
                     DROP TRIGGER usage_occupancies_update ON occupancies;
                     DROP TRIGGER usage_reservations_update ON reservations;"
                }
            },
        );
    }
}

type Seeded = (NetworkId, SpaceId, prostor::domain::ids::UserId);

fn seed(app: &App) -> Result<Seeded, StoreError> {
    app.db.write("seed", |tx| {
        let mut numbers = Numbers::START;
        let places = rows::insert_venues(tx, &mut numbers, VENUES)?;
        let member = rows::insert_person(tx, &mut numbers, "member")?;
        let mut first = None;
        for place in &places {
            let mut rooms = Vec::with_capacity(ROOMS);
            for number in 0..ROOMS {
                let room = of_three_years(rows::room(&mut numbers, *place, number));
                rows::insert_space(tx, &mut numbers, &room)?;
                rooms.push(room);
            }
            first.get_or_insert(rooms[0].id);
            let hall = Space {
                name: "Hall".to_owned(),
                kind: SpaceKind::Multifunctional,
                units: rooms[..2].iter().flat_map(|room| room.units.clone()).collect(),
                parts: rooms[..2].iter().map(|room| room.id).collect(),
                ..of_three_years(rows::room(&mut numbers, *place, ROOMS))
            };
            rows::insert_space(tx, &mut numbers, &hall)?;
            let desks = of_three_years(rows::desk_area(&mut numbers, *place, DESKS));
            let desks = Space { id: numbers.next(), ..desks };
            rows::insert_space(tx, &mut numbers, &desks)?;
        }
        Ok((places[0].network, first.expect("a room"), member))
    })
}

fn of_three_years(space: Space) -> Space {
    Space { active_from: day(-1095), ..space }
}

/// In the database's own language: a million rows in a minute or two.
fn generate(target: &Target, reservations: u32) {
    let (at, id) = match target {
        Target::Sqlite(_) => ("", "unhex(printf('%032x', n))"),
        Target::Postgres(_) => ("to_timestamp", "lpad(to_hex(n), 32, '0')::uuid"),
    };
    let share = u64::from(reservations) * 10_000 / MOST;
    let statements = include_str!("generate.sql")
        .replace(":at(", &format!("{at}("))
        .replace(":id", id)
        .replace(":share", &share.to_string())
        .replace(":now", &NOW.unix().to_string());
    let unhurried = if target.is_sqlite() { "" } else { "SET statement_timeout = 0;" };
    run(target, &format!("{unhurried}{statements}"));
}
