//! A small region on a file of its own, for tests of application functions.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    hours::{self, HoursView, NewHours},
    networks::{self, NewNetwork},
    spaces::{self, SpaceView},
    venues::{self, VenueView},
};
use crate::{
    app::{
        App, Done,
        clock::Clock,
        credentials::{
            access_token::{KeyRing, SigningKey},
            random,
            sealing::Secret,
        },
        error::Error,
        reservations::reserve,
        version::Expected,
    },
    domain::{
        access::{Actor, Person},
        ids::{NetworkId, ReservationId, SpaceId, UserId, VenueId},
        instant::Instant,
    },
    store::{
        db::{Database, Sizing},
        dialect::Target,
        users::{self, Account, WantedMail},
    },
};

/// Monday, 2 March 2026, 09:00 in Kranj.
pub const NOW: i64 = 1_772_438_400;

pub struct Region {
    pub app: Arc<App>,
    pub administrator: Actor,
    pub coordinator: Actor,
    pub staff: Actor,
    /// A member who only books.
    pub member: Actor,
    pub network: NetworkId,
    pub venue: VenueId,
    _folder: TempDir,
}

/// What was sent, as it would be read.
pub fn read<T: DeserializeOwned>(body: Value) -> T {
    serde_json::from_value(body).unwrap()
}

pub fn fresh<T>(done: Result<Done<T>, Error>) -> T {
    match done.unwrap() {
        Done::Fresh(answer) => answer,
        Done::Replayed { body, .. } => panic!("replayed {body}"),
    }
}

/// `pointer code` of each refused field.
pub fn refused<T>(answer: Result<T, Error>) -> Vec<String> {
    match answer.err() {
        Some(Error::Fields(fields)) => fields.iter().map(|f| format!("{} {}", f.pointer, f.code)).collect(),
        other => panic!("expected refused fields, got {other:?}"),
    }
}

/// The stable code of a failure.
pub fn code<T>(answer: Result<T, Error>) -> &'static str {
    answer.err().map_or("success", |error| error.code().as_str())
}

impl Region {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::parse(&format!("sqlite:{}", folder.path().join("test.db").display())).unwrap();
        Database::migrate(&target).unwrap();
        let db = Database::open(target, &Sizing::default(), Arc::new(|| {})).unwrap();
        let now = Instant::from_unix(NOW);
        let secret = Secret::parse(&Secret::generate()).unwrap();
        let keys = KeyRing::new("http://localhost", &SigningKey::generate(now), &[]);
        let app =
            App::new(db, None, Clock::simulated(now), &secret, keys, "http://localhost".to_owned().into());
        let administrator = person(&app, |person| person.administrator = true);
        let new = read::<NewNetwork>(
            json!({"name": "Gorenjska", "slug": "gorenjska", "country": "SI", "time_zone": "Europe/Ljubljana"}),
        );
        let network = fresh(networks::create(&app, &administrator, None, &new, true)).id;
        let coordinator = person(&app, |person| person.coordinates.push(network));
        let venue = fresh(venues::create(&app, &coordinator, None, read(new_venue(network, "layer")))).id;
        let staff = person(&app, |person| person.staff_of.push(venue));
        let member = person(&app, |_| ());
        Self { app, administrator, coordinator, staff, member, network, venue, _folder: folder }
    }

    pub fn venue(&self, slug: &str) -> VenueView {
        fresh(venues::create(&self.app, &self.coordinator, None, read(new_venue(self.network, slug))))
    }

    /// A space made by the staff: a meeting room for 12, but for what `differs`.
    pub fn try_space(&self, differs: Value) -> Result<SpaceView, Error> {
        let mut body = json!({"name": "Room", "kind": "meeting_room", "capacity": 12, "allocation": "whole"});
        body.as_object_mut().unwrap().extend(differs.as_object().unwrap().clone());
        let done = spaces::create(&self.app, &self.staff, None, self.venue, read(body));
        done.map(|done| fresh(Ok(done)))
    }

    pub fn space(&self, differs: Value) -> SpaceView {
        self.try_space(differs).unwrap()
    }

    pub fn put_hours(&self, of: hours::Of, body: Value) -> Result<HoursView, Error> {
        let new = read::<NewHours>(body);
        hours::put(&self.app, &self.staff, None, of, Expected::Any, new).map(|done| fresh(Ok(done)))
    }

    /// Open every day from `opens` to `closes`.
    pub fn every_day(opens: &str, closes: &str) -> Value {
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        json!({"weekly": [{"days": days, "opens": opens, "closes": closes}], "holidays": "open"})
    }

    /// A reservation of the member's.
    pub fn reserve(&self, space: SpaceId, starts_at: &str, ends_at: &str) -> ReservationId {
        let body = json!({"space_id": space, "starts_at": starts_at, "ends_at": ends_at,
            "title": "Meeting", "purpose": "meeting", "attendees": 2});
        fresh(reserve::reserve(&self.app, &self.member, None, read(body))).id
    }
}

pub fn new_venue(network: NetworkId, slug: &str) -> Value {
    let address =
        json!({"street": "Tomšičeva 32", "postcode": "4000", "city": "Kranj", "municipality": "Kranj"});
    json!({"network_id": network, "name": "Layer", "slug": slug, "address": address,
        "contact_email": "info@layer.example", "access_instructions": "Ring twice"})
}

/// A verified person with an account, and the roles given.
fn person(app: &Arc<App>, roles: impl FnOnce(&mut Person)) -> Actor {
    let id: UserId = app.id();
    let email = format!("{id}@people.example");
    let account = Account {
        id,
        email: email.clone(),
        email_key: email,
        name: "Ana".to_owned(),
        phone: None,
        locale: "sl".to_owned(),
        password_hash: None,
        verified_at: Some(app.now()),
        is_administrator: false,
        disabled_at: None,
        version: 1,
        created_at: app.now(),
        wanted: WantedMail::default(),
    };
    app.db.write("person", move |tx| users::insert(tx, &account)).unwrap();
    let mut person = Person::plain(id, Some(random::id(app.now())), true);
    roles(&mut person);
    Actor::Person(person)
}
