//! The world that is measured: 20 venues with 1,000 rooms and an area of 500 desks, 147,000 reservations ahead
//! (`calendar.sql`) and a history of some length, in a database of its own.

use std::sync::Arc;

use chrono::NaiveDate;
use prostor::{
    app::App,
    domain::{
        access::{Actor, Person},
        ids::{SpaceId, UserId, VenueId},
        instant::Instant,
        zone::DateOrTime,
    },
    store::{dialect::Target, error::StoreError, places},
};

use crate::{
    database::{self, Dropped, Made, run},
    rows::{self, Numbers},
};

/// Monday, 2 November 2026, 8 o'clock in Ljubljana.
pub const NOW: Instant = Instant::from_unix(1_793_602_800);
pub const ROOMS: usize = 1000;
const VENUES: usize = 20;
const DESKS: usize = 500;

/// The local date so many days from now.
pub fn day(days: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 2).expect("a date") + chrono::Duration::days(days)
}

pub fn date(days: i64) -> DateOrTime {
    DateOrTime::Date(day(days))
}

#[expect(clippy::disallowed_methods, reason = "a benchmark is told by its own variables what to measure")]
pub fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The same world in each database, with histories of several lengths.
pub struct Worlds {
    /// The number of past reservations, and with it the world in each database; the longest last.
    by_history: Vec<(u32, Vec<World>)>,
}

impl Worlds {
    /// Without a history, with a tenth of `longest` past reservations and with all of them.
    pub fn make(longest: u32) -> Self {
        let server = setting("PROSTOR_TEST_POSTGRES_URL");
        let made = [0, longest / 10, longest].map(|past| {
            let made = database::each(server.as_deref(), &past.to_string());
            (past, made.into_iter().map(|made| World::make(made, past)).collect())
        });
        Self { by_history: made.into() }
    }

    pub fn databases(&self) -> Vec<&'static str> {
        self.longest().map(|world| world.name).collect()
    }

    pub fn histories(&self) -> impl Iterator<Item = (u32, Vec<&World>)> {
        self.by_history.iter().map(|(past, worlds)| (*past, worlds.iter().collect()))
    }

    pub fn longest(&self) -> impl Iterator<Item = &World> {
        self.by_history.last().into_iter().flat_map(|(_, worlds)| worlds)
    }
}

pub struct World {
    pub name: &'static str,
    pub app: Arc<App>,
    /// With half of the history, and 200 reservations in the month ahead.
    pub busy: SpaceId,
    /// With two reservations a day for 60 days.
    pub quiet: SpaceId,
    pub desks: SpaceId,
    pub member: Actor,
    venues: Vec<VenueId>,
    _dropped: Dropped,
}

impl World {
    fn make((name, target, dropped): Made, past: u32) -> Self {
        let app = database::open(&target, NOW);
        let (member, venues, [busy, quiet, desks]) = seed(&app).expect("seeding");
        fill_calendar(&target, past);
        let member = Actor::Person(Person::plain(member, None, true));
        Self { name, app, busy, quiet, desks, member, venues, _dropped: dropped }
    }

    /// What was known of their configuration is not any more.
    pub fn edit_venues(&self) {
        let (app, venues) = (self.app.clone(), self.venues.clone());
        let edited: Result<(), StoreError> = self.app.db.write("edit venues", move |tx| {
            venues.iter().try_for_each(|venue| places::touch_venue(tx, *venue, app.revision()))
        });
        edited.expect("the venues are edited");
    }
}

type Seeded = (UserId, Vec<VenueId>, [SpaceId; 3]);

fn seed(app: &App) -> Result<Seeded, StoreError> {
    app.db.write("seed", move |tx| {
        let mut numbers = Numbers::START;
        let places = rows::insert_venues(tx, &mut numbers, VENUES)?;
        let member = rows::insert_person(tx, &mut numbers, "member")?;
        rows::insert_person(tx, &mut numbers, "others")?;
        let mut rooms = Vec::with_capacity(ROOMS);
        for number in 0..ROOMS {
            let room = rows::room(&mut numbers, places[number % VENUES], number);
            rows::insert_space(tx, &mut numbers, &room)?;
            rooms.push(room.id);
        }
        let desks = rows::desk_area(&mut numbers, places[0], DESKS);
        rows::insert_space(tx, &mut numbers, &desks)?;
        let venues = places.iter().map(|place| place.venue).collect();
        Ok((member, venues, [rooms[0], rooms[1], desks.id]))
    })
}

/// In the database's own language: half a million rows in seconds.
fn fill_calendar(target: &Target, past: u32) {
    let (at, id) = match target {
        Target::Sqlite(_) => ("", "unhex(printf('%032x', n))"),
        Target::Postgres(_) => ("to_timestamp", "lpad(to_hex(n), 32, '0')::uuid"),
    };
    let statements = include_str!("calendar.sql")
        .replace(":at(", &format!("{at}("))
        .replace(":id", id)
        .replace(":past", &past.to_string())
        .replace(":now", &NOW.unix().to_string());
    run(
        target,
        &format!("{}{statements}", if target.is_sqlite() { "" } else { "SET statement_timeout = 0;" }),
    );
}
