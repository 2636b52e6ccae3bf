//! A venue to tell stories in: one network, one house open from 8 to 20 on every day, its manager, and whatever
//! spaces a story wants. All of it is made through the interface.

use std::ops::Deref;

use serde_json::{Value, json};

use super::{Call, Person, Reply, TestApp};

/// A venue with somebody to run it.
pub struct House<'a> {
    app: &'a TestApp,
    pub network: String,
    pub venue: String,
    /// Staff of the venue.
    pub manager: Person,
    /// The operator's.
    pub root: Person,
}

impl Deref for House<'_> {
    type Target = TestApp;

    fn deref(&self) -> &TestApp {
        self.app
    }
}

/// Hours that are the same on every day, holidays included.
pub fn daily(opens: &str, closes: &str) -> Value {
    let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    json!({"weekly": [{"days": week, "opens": opens, "closes": closes}], "holidays": "open"})
}

/// A request for a space: a meeting, and nothing else said. Times may be local or have an offset.
pub fn meeting(space: &str, starts_at: &str, ends_at: &str) -> Value {
    json!({"space_id": space, "starts_at": starts_at, "ends_at": ends_at, "title": "Sestanek", "purpose": "meeting"})
}

/// `base` with the members of `more` in it.
pub fn with(mut base: Value, more: Value) -> Value {
    let (Value::Object(into), Value::Object(from)) = (&mut base, more) else { panic!("two objects") };
    into.extend(from);
    base
}

/// The id of what was answered.
#[track_caller]
pub fn id(of: &Value) -> String {
    of["id"].as_str().unwrap_or_else(|| panic!("no id in {of}")).to_owned()
}

/// Its version.
#[track_caller]
pub fn version(of: &Value) -> i64 {
    of["version"].as_i64().unwrap_or_else(|| panic!("no version in {of}"))
}

impl<'a> House<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        let root = app.administrator("root");
        let network = json!({"name": "Gorenjska", "slug": "gorenjska", "country": "SI",
            "time_zone": "Europe/Ljubljana"});
        let network = id(&app.post("/networks", network).by(&root).await.expect(201));
        Self::within(app, root, network, ("Layerjeva hiša", "layer"), "manca").await
    }

    /// Another venue of the network with a manager of its own, as open as the first.
    pub async fn another_venue(&self, slug: &str) -> House<'a> {
        let root = self.root.renewed(self.app);
        Self::within(self.app, root, self.network.clone(), (slug, slug), &format!("manager-of-{slug}")).await
    }

    async fn within(
        app: &'a TestApp,
        root: Person,
        network: String,
        (name, slug): (&str, &str),
        manager: &str,
    ) -> Self {
        let address = json!({"street": "Tomšičeva ulica 32", "postcode": "4000", "city": "Kranj",
            "municipality": "Kranj"});
        let venue = json!({"network_id": network, "name": name, "slug": slug, "address": address,
            "contact_email": format!("{slug}@example.org")});
        let venue = id(&app.post("/venues", venue).by(&root).await.expect(201));
        let manager = app.manager(manager, &venue);
        let house = Self { app, network, venue, manager, root };
        house.opens(&format!("/venues/{}", house.venue), daily("08:00", "20:00")).await;
        house
    }

    /// The manager, whatever the clock shows by now.
    pub fn desk(&self) -> Person {
        self.manager.renewed(self.app)
    }

    /// Gives a venue or a space (by its path) these opening hours.
    pub async fn opens(&self, path: &str, hours: Value) -> Value {
        let path = format!("{path}/opening-hours");
        let version = version(&self.get(&path).await.expect(200));
        self.put(&path, version, hours).by(&self.desk()).await.expect(200)
    }

    /// Gives a network, a venue or a space (by its path) these rules for everybody.
    pub async fn rules(&self, path: &str, rules: Value) -> Value {
        let path = format!("{path}/policy");
        let version = version(&self.get(&path).await.expect(200));
        let by = if path.starts_with("/networks") { self.root.renewed(self.app) } else { self.desk() };
        self.put(&path, version, json!({"public": rules})).by(&by).await.expect(200)
    }

    /// Makes a space.
    pub async fn space(&self, space: Value) -> Value {
        let path = format!("/venues/{}/spaces", self.venue);
        self.post(&path, space).by(&self.desk()).await.expect(201)
    }

    /// A room for twelve; its id.
    pub async fn room(&self, name: &str) -> String {
        self.room_with(name, json!({})).await
    }

    /// The same with more said about it.
    pub async fn room_with(&self, name: &str, more: Value) -> String {
        let room = json!({"name": name, "kind": "meeting_room", "capacity": 12, "allocation": "whole"});
        id(&self.space(with(room, more)).await)
    }

    /// So many desks for one each; the id of the area and those of the desks.
    pub async fn desks(&self, name: &str, count: usize) -> (String, Vec<String>) {
        let units: Vec<Value> = (1..=count).map(|n| json!({"label": format!("Miza {n}")})).collect();
        let area =
            json!({"name": name, "kind": "desk_area", "capacity": 1, "allocation": "each", "units": units});
        let area = self.space(area).await;
        (id(&area), area["units"].as_array().unwrap().iter().map(id).collect())
    }

    /// A hall that can be parted: the hall and its two halves.
    pub async fn hall(&self, name: &str) -> [String; 3] {
        let half = |side| json!({"capacity": 30, "kind": "multifunctional", "description": side});
        let left = self.room_with(&format!("{name}, leva"), half("leva")).await;
        let right = self.room_with(&format!("{name}, desna"), half("desna")).await;
        let parts = json!({"capacity": 60, "kind": "multifunctional", "parts": [left, right]});
        let hall = self.room_with(name, parts).await;
        [hall, left, right]
    }

    /// A request of somebody's for a meeting.
    pub fn asks(&self, person: &Person, space: &str, starts_at: &str, ends_at: &str) -> Call {
        self.reserves(person, meeting(space, starts_at, ends_at))
    }

    /// A request of somebody's.
    pub fn reserves(&self, person: &Person, request: Value) -> Call {
        self.post("/reservations", request).by(person)
    }

    /// A reservation that is made.
    #[track_caller]
    pub fn has(
        &self,
        person: &Person,
        space: &str,
        starts_at: &str,
        ends_at: &str,
    ) -> impl Future<Output = Value> + use<> {
        let call = self.asks(person, space, starts_at, ends_at);
        async move { call.await.expect(201) }
    }

    /// A reservation as its person sees it now.
    pub async fn sees(&self, person: &Person, reservation: &str) -> Value {
        self.get(&format!("/reservations/{reservation}")).by(person).await.expect(200)
    }

    /// An action on a reservation, without a body.
    pub fn does(&self, person: &Person, reservation: &str, action: &str) -> Call {
        self.call(reqwest::Method::POST, &format!("/reservations/{reservation}/{action}")).by(person)
    }

    /// Sets the clock.
    pub fn at(&self, instant: &str) {
        self.clock.set(super::at(instant));
    }

    /// Every invariant of the data holds, and the database never saw a deadlock.
    #[track_caller]
    pub fn is_sound(&self) {
        let report = prostor::app::check::run(&self.app.app.db).unwrap();
        assert!(report.is_clean(), "{report}");
        let deadlocks = self.app.database_log("deadlock detected");
        assert!(deadlocks.is_empty(), "{deadlocks:#?}");
    }
}

/// Sends all of them at once.
pub async fn at_once(calls: impl IntoIterator<Item = Call>) -> Vec<Reply> {
    let sent: Vec<_> = calls.into_iter().map(|call| actix_web::rt::spawn(call.into_future())).collect();
    let mut replies = Vec::with_capacity(sent.len());
    for reply in sent {
        replies.push(reply.await.unwrap());
    }
    replies
}
