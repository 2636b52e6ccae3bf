//! Utilisation of a small network on SQLite, made through the application's own functions: what is loaded,
//! who sees what, and what is hidden.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Utilisation, utilisation::*};
use crate::{
    app::{
        App, Done,
        accounts::setup::register_verified,
        credentials::random,
        error::Error,
        places::{hours, networks, spaces, venues},
        reservations::{cancel::cancel, headcount, reserve::reserve},
        testing::{Fixture, body, fresh},
        version::Expected,
    },
    domain::{
        access::{Actor, Person},
        ids::{NetworkId, ReservationId, SpaceId, VenueId},
        instant::Instant,
        locale::Locale,
        zone::{DateOrTime, Zone},
    },
};

pub(super) struct World {
    pub app: Arc<App>,
    pub network: NetworkId,
    pub layer: VenueId,
    pub nursery: VenueId,
    pub room: SpaceId,
    desks: SpaceId,
    pub manager: Actor,
    pub coordinator: Actor,
    administrator: Actor,
    pub booker: Actor,
    // Last: the database's folder goes with it.
    _fixture: Fixture,
}

pub(super) fn at(text: &str) -> Instant {
    text.parse::<DateOrTime>().unwrap().resolve_start(Zone::default()).unwrap()
}

fn made<T: std::fmt::Debug>(done: Result<Done<T>, Error>) -> T {
    fresh(done.unwrap())
}

fn person(app: &Arc<App>, name: &str) -> Person {
    let email = format!("{name}@example.org").parse().unwrap();
    let id = register_verified(app, &email, &name.parse().unwrap(), Locale::default(), None, false);
    Person::plain(id.unwrap(), Some(random::id(app.now())), true)
}

fn venue(app: &Arc<App>, by: &Actor, network: NetworkId, slug: &str, opens: &str) -> VenueId {
    let address =
        json!({"street": "Tomšičeva 32", "postcode": "4000", "city": "Kranj", "municipality": "Kranj"});
    let new = json!({
        "network_id": network, "name": slug, "slug": slug, "address": address, "contact_email": "a@example.org"
    });
    let id = made(venues::create(app, by, None, body(new))).id;
    let all = json!(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
    let hours = json!({
        "weekly": [{"days": all, "opens": opens, "closes": "18:00"}], "holidays": "open", "on_affected": "keep"
    });
    made(hours::put(app, by, None, hours::Of::Venue(id), Expected::Any, body(hours)));
    id
}

impl World {
    /// Open 8 to 18 in Layer and 10 to 18 in the nursery; the clock stands at 20 February 2026.
    pub fn new() -> Self {
        let fixture = Fixture::new();
        let app = fixture.app.clone();
        app.clock.set(at("2026-02-20"));
        let administrator = Actor::Person(Person { administrator: true, ..person(&app, "admin") });
        let new = json!({"name": "Gorenjska", "slug": "gorenjska", "country": "SI", "time_zone": "Europe/Ljubljana"});
        let network = made(networks::create(&app, &administrator, None, &body(new), true)).id;
        let layer = venue(&app, &administrator, network, "layer", "08:00");
        let nursery = venue(&app, &administrator, network, "nursery", "10:00");
        let room = json!({"name": "=Room", "kind": "meeting_room", "allocation": "whole", "capacity": 10,
            "units": [{"label": "Room"}], "setup_minutes": 15, "teardown_minutes": 15});
        let desks = json!({"name": "Desks", "kind": "desk_area", "allocation": "each", "capacity": 1,
            "units": [{"label": "1"}, {"label": "2"}, {"label": "3"}]});
        let space = |venue, new| made(spaces::create(&app, &administrator, None, venue, body(new))).id;
        Self {
            network,
            room: space(layer, room),
            desks: space(nursery, desks),
            manager: Actor::Person(Person { staff_of: vec![layer], ..person(&app, "manager") }),
            coordinator: Actor::Person(Person { coordinates: vec![network], ..person(&app, "coordinator") }),
            booker: Actor::Person(person(&app, "booker")),
            administrator,
            layer,
            nursery,
            app,
            _fixture: fixture,
        }
    }

    fn reserve(
        &self,
        space: SpaceId,
        from: &str,
        to: &str,
        quantity: u32,
        attendees: Option<u32>,
    ) -> ReservationId {
        let new = json!({"space_id": space, "starts_at": from, "ends_at": to, "title": "Meeting",
            "purpose": "meeting", "quantity": quantity, "attendees": attendees});
        made(reserve(&self.app, &self.booker, None, body(new))).id
    }

    /// In March: the room for 4 h with 5 people declared, of whom 8 came; for 2 h by an unknown number; two of
    /// the desks for 3 h by two people; one cancelled. Answers the one that was counted.
    pub fn march(&self) -> ReservationId {
        let counted = self.reserve(self.room, "2026-03-10T09:00", "2026-03-10T13:00", 1, Some(5));
        self.reserve(self.room, "2026-03-11T09:00", "2026-03-11T11:00", 1, None);
        self.reserve(self.desks, "2026-03-29T12:00", "2026-03-29T15:00", 2, Some(2));
        let cancelled = self.reserve(self.room, "2026-03-12T09:00", "2026-03-12T18:00", 1, Some(10));
        made(cancel(&self.app, &self.booker, None, cancelled, Expected::Any, Default::default()));
        self.app.clock.set(at("2026-03-10T14:00"));
        let heads = headcount::Headcount { count: 8 };
        made(headcount::count(&self.app, &self.booker, None, counted, Expected::Any, heads));
        self.app.clock.set(at("2026-04-15"));
        counted
    }

    fn ask(&self, by: &Actor, scope: Scope, range: [&str; 2], group_by: &str) -> Result<Utilisation, Error> {
        let [from, to] = range.map(|text| text.parse().unwrap());
        let group_by = group_by.parse().unwrap();
        show(&self.app, by, &Asked { scope, from, to, group_by, peak: false, compare: None })
    }

    pub fn json(&self, by: &Actor, scope: Scope, range: [&str; 2], group_by: &str) -> Value {
        serde_json::to_value(self.ask(by, scope, range, group_by).unwrap()).unwrap()
    }
}

const MARCH: [&str; 2] = ["2026-03-01", "2026-04-01"];

#[test]
fn a_month_of_a_network_by_venue() {
    let world = World::new();
    world.march();
    let answer = world.json(&world.coordinator, Scope::Network(world.network), MARCH, "venue,month");
    let heads = ["as_of", "from", "to", "time_zone", "group_by"].map(|name| answer[name].clone());
    let wanted = [
        json!("2026-04-15T00:00:00+02:00"),
        json!("2026-03-01T00:00:00+01:00"),
        json!("2026-04-01T00:00:00+02:00"),
        json!("Europe/Ljubljana"),
        json!(["venue", "month"]),
    ];
    assert_eq!(heads, wanted);
    assert_eq!(answer["items"].as_array().unwrap().len(), 2);
    let layer = &answer["items"][0];
    assert_eq!(layer["group"], json!({"venue_id": world.layer, "venue": "layer", "month": "2026-03"}));
    // 31 days of 10 h; 6 h booked; 4 h with 8 of 10 people.
    assert_eq!(layer["available"], json!({"hours": 310.0, "seat_hours": 3100.0}));
    assert_eq!(layer["booked"], json!({"hours": 6.0, "seat_hours": 60.0}));
    let rates = ["planned_frequency", "occupancy", "coverage", "declared", "utilisation"];
    let found = rates.map(|name| layer[name]["rate"].as_f64().unwrap());
    assert_eq!(found, [0.019355, 0.8, 0.666667, 0.0, 0.015484]);
    assert_eq!(layer["occupancy"]["numerator"], json!(32.0));
    let nursery = &answer["items"][1];
    // Three desks, 8 h a day.
    assert_eq!(nursery["available"]["hours"], json!(744.0));
    assert_eq!(nursery["used"]["hours"], json!(6.0));
    assert_eq!(nursery["occupancy"]["rate"], json!(1.0));
    let totals = &answer["totals"];
    assert_eq!([&totals["spaces"], &totals["units"], &totals["seats"]], [&json!(2), &json!(4), &json!(13)]);
    assert_eq!(totals["booked"]["hours"], json!(12.0));
}

#[test]
fn people_are_hidden_from_coordinators_unless_whole_months_are_closed() {
    let world = World::new();
    world.march();
    let cases: [(&Actor, [&str; 2], &str, bool); 8] = [
        (&world.coordinator, MARCH, "", false),
        (&world.coordinator, MARCH, "space", false),
        (&world.coordinator, MARCH, "day", true),
        (&world.coordinator, MARCH, "week", true),
        (&world.coordinator, ["2026-03-01", "2026-03-31"], "month", true),
        (&world.coordinator, ["2026-04-01", "2026-05-01"], "", true),
        (&world.administrator, ["2026-03-10", "2026-03-11"], "", true),
        (&world.manager, ["2026-03-10", "2026-03-11"], "day", false),
    ];
    let seen = |(actor, range, group_by, hidden): (&Actor, [&str; 2], &str, bool)| {
        let answer = world.json(actor, Scope::Venue(world.layer), range, group_by);
        for name in ["occupancy", "coverage", "declared", "utilisation"] {
            let figure = &answer["items"][0][name];
            assert_eq!(figure["suppressed"], json!(hidden), "{range:?} {group_by} {name}");
            assert_eq!(figure["denominator"].is_null(), hidden, "{range:?} {group_by} {name}");
        }
        let frequency = &answer["items"][0]["planned_frequency"];
        assert_eq!(frequency["suppressed"], json!(false), "{range:?} {group_by}");
        assert!(frequency["rate"].is_number(), "{range:?} {group_by}");
    };
    cases.into_iter().for_each(seen);
    // March is over, and its heads are counted for two weeks more: what is pulled daily would tell each of them.
    world.app.clock.set(at("2026-04-14T23:59"));
    for (actor, hidden) in [(&world.coordinator, true), (&world.administrator, true), (&world.manager, false)]
    {
        seen((actor, MARCH, "month", hidden));
        seen((actor, ["2026-02-01", "2026-04-01"], "", hidden));
    }
    seen((&world.coordinator, ["2026-02-01", "2026-03-01"], "month", false));
}

#[test]
fn each_sees_the_statistics_of_their_network() {
    let world = World::new();
    let (network, layer, nursery) =
        (Scope::Network(world.network), Scope::Venue(world.layer), Scope::Venue(world.nursery));
    let unknown: VenueId = random::id(world.app.now());
    for (who, actor, scope, wanted) in [
        ("anonymous", &Actor::Anonymous, network, Some("unauthenticated")),
        ("anonymous", &Actor::Anonymous, Scope::Venue(unknown), Some("unauthenticated")),
        ("booker", &world.booker, network, Some("forbidden")),
        ("booker", &world.booker, Scope::Space(world.room), Some("forbidden")),
        ("manager", &world.manager, layer, None),
        ("manager", &world.manager, Scope::Space(world.room), None),
        ("manager", &world.manager, nursery, None),
        ("manager", &world.manager, Scope::Space(world.desks), None),
        ("manager", &world.manager, network, None),
        ("coordinator", &world.coordinator, network, None),
        ("coordinator", &world.coordinator, nursery, None),
        ("coordinator", &world.coordinator, Scope::Venue(unknown), Some("not_found")),
        ("administrator", &world.administrator, network, None),
        ("administrator", &world.administrator, Scope::Space(world.desks), None),
    ] {
        let refused = world.ask(actor, scope, MARCH, "").err().map(|error| error.code().as_str());
        assert_eq!(refused, wanted, "{who} {scope:?}");
    }
}

#[test]
fn ranges_are_bounded_and_so_are_rows() {
    let world = World::new();
    let network = Scope::Network(world.network);
    for (from, to, group_by, field) in [
        ("2026-03-01", "2026-03-01", "", Some("?to")),
        ("2026-03-02", "2026-03-01", "", Some("?to")),
        ("2026-03-29T02:30", "2026-04-01", "", Some("?from")),
        ("2020-01-01", "2030-01-01", "month", None),
        ("2020-01-01", "2030-01-10", "month", Some("?to")),
        ("2026-01-01", "2031-01-01", "space,day", None),
        ("2020-01-01", "2030-01-01", "day", None),
        ("1999-12-31", "2000-03-01", "", Some("?from")),
    ] {
        let refused = world.ask(&world.coordinator, network, [from, to], group_by).err();
        let pointer = refused.map(|error| match error {
            Error::Fields(fields) => fields[0].pointer.clone(),
            other => panic!("{other:?}"),
        });
        assert_eq!(pointer.as_deref(), field, "{from} {to} {group_by}");
    }
}

#[test]
fn what_a_requested_change_adds_is_in_no_figure() {
    let world = World::new();
    let id = world.reserve(world.desks, "2026-03-10T12:00", "2026-03-10T13:00", 1, Some(1));
    let before = world.json(&world.coordinator, Scope::Space(world.desks), MARCH, "");
    let app = world.app.clone();
    world
        .app
        .db
        .write("request a change", move |tx| {
            use crate::{
                domain::record::{Holder, Occupancy, PendingChange},
                store::{occupancies, reservations},
            };
            let mut reservation = reservations::find(tx, id)?.unwrap();
            let own = occupancies::of_holder(tx, Holder::Reservation(id))?[0];
            let wanted =
                crate::domain::instant::Interval::new(at("2026-03-10T12:00"), at("2026-03-10T16:00"))
                    .unwrap();
            let free = crate::store::statistics::facilities(tx, &[reservation.place.venue])?;
            let other = free.units.iter().find(|unit| unit.id != own.unit).unwrap().id;
            let mut change = PendingChange::new(wanted, at("2026-03-09"));
            change.own_units = vec![own.unit];
            change.units = vec![other];
            reservation.change = Some(change);
            reservations::update(tx, &reservation)?;
            let holder = Holder::Reservation(id);
            let added = Occupancy { unit: other, interval: wanted, holder, held_until: None };
            occupancies::insert(tx, reservation.place, &[(app.id(), added)])?;
            Ok::<_, Error>(())
        })
        .unwrap();
    let after = world.json(&world.coordinator, Scope::Space(world.desks), MARCH, "");
    assert_eq!(after["items"], before["items"]);
    assert_eq!(after["totals"]["booked"]["hours"], json!(1.0));
}
