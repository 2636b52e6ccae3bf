//! The real application, on a database of its own, with the venue of the story.

use std::sync::Arc;

use chrono::NaiveDate;
use prostor::{
    app::{
        App, Done,
        accounts::{keys, setup::register_verified},
        clock::Clock,
        credentials::sealing::Secret,
        error::Error,
        organisations::{confirm, create as organisations},
        places::{hours, networks, policies, spaces, tariffs, venues},
        seeding,
        staff::teams::{self, Team},
        version::Expected,
    },
    domain::{
        access::{Actor, OrganisationRole},
        ids::{LayoutId, OrganisationId, SpaceId, UnitId, VenueId},
        instant::Instant,
        locale::Locale,
        person::EmailAddress,
    },
    store::{
        db::{Database, Sizing},
        error::StoreError,
        organisations as store,
    },
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{
    calendar::Minute,
    database::{Backend, TestDatabase},
    opening::{Holidays, Week},
    places::{
        BOR, CENE, DORA, EVA, HALL, LEFT, PEOPLE, POOL, RIGHT, ROOMS, Stay, clock, first_policies, hours_body,
    },
    prices::{self, Tariff, first_tariffs},
};

pub struct World {
    pub app: Arc<App>,
    pub venue: VenueId,
    pub spaces: Vec<SpaceId>,
    /// By the model's numbers.
    pub units: Vec<UnitId>,
    /// By space, as the model numbers them; those that are no longer offered, too.
    pub layouts: Vec<Vec<LayoutId>>,
    pub organisation: OrganisationId,
    actors: Vec<Actor>,
    // Last, so that it goes when nothing uses it any more.
    _database: TestDatabase,
}

impl Drop for World {
    fn drop(&mut self) {
        self.app.db.close();
    }
}

pub fn body<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).unwrap()
}

pub fn instant(at: Minute) -> Instant {
    Instant::from_unix(at * 60)
}

pub fn minute(at: Instant) -> Minute {
    assert_eq!(at.unix() % 60, 0, "everything happens at whole minutes");
    at.unix() / 60
}

/// RFC 3339, in UTC.
pub fn written(at: Minute) -> String {
    instant(at).utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What was done, or the code of the refusal.
pub fn answer<T>(outcome: Result<Done<T>, Error>) -> Result<T, &'static str> {
    match outcome {
        Ok(Done::Fresh(made)) => Ok(made),
        Ok(Done::Replayed { .. }) => panic!("replayed without a key"),
        Err(Error::Store(error)) => panic!("the database failed: {error:?}"),
        Err(error) => Err(error.code().as_str()),
    }
}

pub fn open(database: &TestDatabase, now: Minute) -> Arc<App> {
    let sizing = Sizing { connections: 2, durable: false, ..Sizing::default() };
    let db = Database::open(database.target.clone(), &sizing, Arc::new(|| ())).unwrap();
    let secret = Secret::parse(&"a passphrase of thirty-two characters".into()).unwrap();
    let url = "https://prostor.example".to_owned();
    let ring = keys::load_or_create(&db, &secret, &url, instant(now)).unwrap();
    App::new(db, None, Clock::simulated(instant(now)), &secret, ring, url.into())
}

pub fn email(name: &str) -> EmailAddress {
    format!("{name}@example.org").parse().unwrap()
}

impl World {
    pub fn new(backend: Backend, now: Minute) -> Self {
        let database = TestDatabase::new(backend);
        let app = open(&database, now);
        let account = |name: &str, administrator| {
            let called = "Ana Novak".parse().unwrap();
            register_verified(&app, &email(name), &called, Locale::Sl, None, administrator).unwrap()
        };
        account("operator", true);
        let people: Vec<_> = PEOPLE.iter().map(|name| account(name, false)).collect();
        let operator = seeding::actor(&app, &email("operator"), &[]).unwrap().unwrap();
        let network = body(json!({"name": "Gorenjska", "slug": "gorenjska", "country": "SI",
            "time_zone": "Europe/Ljubljana"}));
        let network = answer(networks::create(&app, &operator, None, &network, false)).unwrap().id;
        let venue = body(json!({"network_id": network, "name": "Layer House", "slug": "layer",
            "contact_email": "info@layer.example", "address": {"street": "Tomšičeva 32", "postcode": "4000",
            "city": "Kranj", "municipality": "Kranj"}}));
        let venue = answer(venues::create(&app, &operator, None, venue)).unwrap().id;
        for team in [(Team::Staff(venue), DORA), (Team::VenueMembers(venue), BOR)] {
            answer(teams::put(&app, &operator, None, team.0, people[team.1])).unwrap();
        }
        let founder = seeding::actor(&app, &email(PEOPLE[CENE]), &[]).unwrap().unwrap();
        let organisation = body(json!({"name": "Zavod", "legal_form": "ngo", "municipality": "Kranj"}));
        let organisation = answer(organisations::create(&app, &founder, None, &organisation)).unwrap().id;
        let confirmed = confirm::Confirmation { confirmed: true, ..confirm::Confirmation::default() };
        answer(confirm::confirm(&app, &operator, None, organisation, Expected::Any, confirmed)).unwrap();
        let (now, eva, role) = (app.now(), people[EVA], OrganisationRole::Member);
        let enlisted: Result<(), StoreError> =
            app.db.write("enlist", move |tx| store::set_member(tx, organisation, eva, role, now));
        enlisted.unwrap();
        let actors =
            PEOPLE.map(|name| seeding::actor(&app, &email(name), &[venue]).unwrap().unwrap()).to_vec();
        let (spaces, units, layouts) = furnish(&app, &actors[DORA], venue);
        let world = Self { app, venue, spaces, units, layouts, organisation, actors, _database: database };
        let week = Week { preset: 0, season: None, holidays: Holidays::Open };
        world.put_hours(None, hours_body(&week)).unwrap();
        for (space, policy) in first_policies() {
            world.put_policy(space, policy).unwrap();
        }
        for (space, tariff) in first_tariffs() {
            world.put_tariff(space, Some(&tariff)).unwrap();
        }
        world
    }

    pub fn actor(&self, who: Option<usize>) -> Actor {
        who.map_or(Actor::Anonymous, |who| self.actors[who].clone())
    }

    pub fn put_hours(&self, space: Option<usize>, hours: Value) -> Result<(), &'static str> {
        let staff = &self.actors[DORA];
        let of = space.map_or(hours::Of::Venue(self.venue), |space| hours::Of::Space(self.spaces[space]));
        answer(hours::put(&self.app, staff, None, of, Expected::Any, body(hours))).map(drop)
    }

    /// A space has its venue's hours again.
    pub fn inherit_hours(&self, space: usize, from: NaiveDate, on: &str) -> Result<(), &'static str> {
        let wanted = hours::Return { valid_from: Some(from), on_affected: body(json!(on)) };
        let (staff, id) = (&self.actors[DORA], self.spaces[space]);
        answer(hours::inherit(&self.app, staff, None, id, Expected::Any, wanted)).map(drop)
    }

    pub fn put_policy(&self, space: Option<usize>, policy: Value) -> Result<(), &'static str> {
        let of =
            space.map_or(policies::Of::Venue(self.venue), |space| policies::Of::Space(self.spaces[space]));
        answer(policies::put(&self.app, &self.actors[DORA], None, of, Expected::Any, body(policy))).map(drop)
    }

    pub fn put_tariff(&self, space: usize, tariff: Option<&Tariff>) -> Result<(), &'static str> {
        let (staff, id, new) = (&self.actors[DORA], self.spaces[space], body(prices::written(tariff)));
        answer(tariffs::put(&self.app, staff, None, id, Expected::Any, new)).map(drop)
    }

    /// So many of a pool, as requests name it.
    pub fn equipment(&self, pool: usize, quantity: u32) -> Value {
        let some = json!({"space_id": self.spaces[pool], "quantity": quantity});
        if quantity == 0 { json!([]) } else { json!([some]) }
    }

    /// The model's number of a unit.
    pub fn unit(&self, id: UnitId) -> usize {
        self.units.iter().position(|known| *known == id).expect("a unit of the venue")
    }
}

/// The venue's spaces, its units in the model's order, and the layouts of each space.
fn furnish(app: &Arc<App>, staff: &Actor, venue: VenueId) -> (Vec<SpaceId>, Vec<UnitId>, Vec<Vec<LayoutId>>) {
    let (mut made, mut units, mut layouts) = (Vec::new(), Vec::new(), Vec::new());
    for (number, room) in ROOMS.iter().enumerate() {
        let kind = if number == POOL { "equipment" } else { "multifunctional" };
        let mut new = json!({"name": room.name, "kind": kind, "capacity": room.capacity,
            "allocation": if room.each { "each" } else { "whole" }, "setup_minutes": room.buffers.0,
            "teardown_minutes": room.buffers.1});
        if number == HALL {
            new["parts"] = json!([made[LEFT], made[RIGHT]]);
        } else if room.each {
            let labels = room.units.iter().map(|unit| json!({"label": format!("desk {unit}")}));
            new["units"] = labels.collect();
        }
        match room.stay {
            None => {}
            Some(Stay::Days) => new["booked_by"] = json!("days"),
            Some(Stay::Nights(arrival, departure)) => {
                new["booked_by"] = json!("nights");
                (new["arrival"], new["departure"]) = (json!(clock(arrival)), json!(clock(departure)));
            }
        }
        if let Some((capacity, setup, teardown)) = room.layout {
            new["layouts"] = json!([{"name": "theatre", "capacity": capacity, "setup_minutes": setup,
                "teardown_minutes": teardown}]);
        }
        let view = answer(spaces::create(app, staff, None, venue, body(new))).unwrap();
        if number != HALL {
            units.extend(view.units.iter().map(|unit| unit.id));
        }
        layouts.push(view.layouts.iter().map(|layout| layout.id).collect());
        made.push(view.id);
    }
    (made, units, layouts)
}
