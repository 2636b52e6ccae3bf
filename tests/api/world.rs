//! One network with everything in it, people in every role around it, and what they may ask for.

use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Backend, Call, Person, TestApp, with};

/// In the order of the table's columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Anonymous,
    /// An account whose address is not verified.
    Newcomer,
    /// Verified, and a stranger to everything here.
    Member,
    /// Organiser of the reservations, owner of the organisation.
    Owner,
    /// Another member of the organisation.
    Colleague,
    /// Staff of another venue of the network.
    Elsewhere,
    /// Staff of the venue.
    Staff,
    /// Of the network.
    Coordinator,
    /// Of another network.
    Foreign,
    Administrator,
}

pub const ROLES: [Role; 10] = [
    Role::Anonymous,
    Role::Newcomer,
    Role::Member,
    Role::Owner,
    Role::Colleague,
    Role::Elsewhere,
    Role::Staff,
    Role::Coordinator,
    Role::Foreign,
    Role::Administrator,
];

/// The ids are public ones.
pub struct World {
    pub app: TestApp,
    people: Vec<(Role, Person)>,
    /// Somebody who is put into teams and removed again.
    pub bystander: Person,
    pub network: String,
    pub venue: String,
    pub organisation: String,
    /// A room that is confirmed at once, and one that is asked for.
    pub room: String,
    /// The room's only one.
    pub unit: String,
    pub by_request: String,
    /// Of the owner, for the organisation: one that has begun, one ahead, one each to be cancelled,
    /// approved and declined.
    pub begun: String,
    pub ahead: String,
    pub to_cancel: String,
    pub to_approve: String,
    pub to_decline: String,
    pub block: String,
    pub series: String,
    /// On the waiting list, the owner's, for what is taken.
    pub entry: String,
    /// Of somebody who asks to join the organisation.
    pub joining: String,
    /// Kept elsewhere; nobody reads it.
    pub calendar: String,
    /// Of the network's action plan.
    pub indicator: String,
    next: AtomicUsize,
}

/// Open round the clock.
pub fn always() -> Value {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    json!({"weekly": [{"days": days, "opens": "00:00", "closes": "24:00"}], "holidays": "open"})
}

impl World {
    #[expect(clippy::too_many_lines, reason = "one world, made step by step")]
    pub async fn new(backend: Backend) -> Self {
        let app = TestApp::from(backend);
        let root = app.administrator("administrator");
        let network = made(app.post("/networks", new_network("gorenjska")).by(&root)).await;
        let other = made(app.post("/networks", new_network("goriska")).by(&root)).await;
        let venue = made(app.post("/venues", new_venue(&network, "layer-house")).by(&root)).await;
        let elsewhere = made(app.post("/venues", new_venue(&network, "elsewhere")).by(&root)).await;
        let staff = app.manager("staff", &venue);
        app.call(Method::PUT, &format!("/venues/{venue}/opening-hours"))
            .by(&staff)
            .header("if-match", "*")
            .json(always())
            .await
            .expect(200);
        let room = made(app.post(&format!("/venues/{venue}/spaces"), new_space("Room")).by(&staff)).await;
        let by_request =
            made(app.post(&format!("/venues/{venue}/spaces"), new_space("Hall")).by(&staff)).await;
        let policy = json!({"public": {"approval": "always"}});
        app.call(Method::PUT, &format!("/spaces/{by_request}/policy"))
            .by(&staff)
            .header("if-match", "*")
            .json(policy)
            .await
            .expect(200);
        let unit = app.get(&format!("/spaces/{room}")).await.expect(200)["units"][0]["id"].clone();
        let unit = unit.as_str().unwrap().to_owned();
        let (owner, colleague) = (app.member("owner"), app.member("colleague"));
        let organisation = made(app.post("/organisations", organisation()).by(&owner)).await;
        app.enlist(&organisation, &colleague, "member");
        let reserve = async |space: &str, start: &str, end: &str| {
            let body = json!({"space_id": space, "starts_at": start, "ends_at": end, "title": "Rehearsal",
                "purpose": "rehearsal", "organisation_id": organisation});
            made(app.post("/reservations", body).by(&owner)).await
        };
        let begun = reserve(&room, "2026-03-02T08:00", "2026-03-02T09:00").await;
        let ahead = reserve(&room, "2026-03-02T10:00", "2026-03-02T11:00").await;
        let to_cancel = reserve(&room, "2026-03-02T12:00", "2026-03-02T13:00").await;
        let to_approve = reserve(&by_request, "2026-03-02T10:00", "2026-03-02T11:00").await;
        let to_decline = reserve(&by_request, "2026-03-02T12:00", "2026-03-02T13:00").await;
        let block =
            json!({"starts_at": "2027-01-01T00:00", "ends_at": "2027-01-02T00:00", "reason": "Painting"});
        let block = made(app.post(&format!("/spaces/{room}/blocks"), block).by(&staff)).await;
        let late = |date: u32, hour: u32| format!("2026-03-{date:02}T{hour}:00");
        let template = json!({"space_id": room, "starts_at": late(3, 22), "ends_at": late(3, 23), "title": "Rehearsal",
            "purpose": "rehearsal", "organisation_id": organisation});
        let series =
            json!({"template": template, "rrule": "FREQ=DAILY;COUNT=3", "on_conflict": "all_or_nothing"});
        let series = made(app.post("/series", series).by(&owner)).await;
        let entry = made(
            app.post("/waiting-list", wait(&by_request, "2026-03-02T10:00", "2026-03-02T11:00")).by(&owner),
        )
        .await;
        let joining = asked_to_join(&app, &organisation, "joiner").await;
        let calendar =
            made(app.post(&format!("/venues/{venue}/outside-calendars"), outside()).by(&staff)).await;
        let indicator =
            made(app.post(&format!("/networks/{network}/indicators"), new_indicator("C1")).by(&root)).await;
        let people = vec![
            (Role::Newcomer, app.newcomer("newcomer")),
            (Role::Member, app.member("member")),
            (Role::Owner, owner),
            (Role::Colleague, colleague),
            (Role::Elsewhere, app.manager("elsewhere", &elsewhere)),
            (Role::Staff, staff),
            (Role::Coordinator, app.coordinator("coordinator", &network)),
            (Role::Foreign, app.coordinator("foreign", &other)),
            (Role::Administrator, root),
        ];
        // So that nobody here is the last of a team.
        app.manager("second", &venue);
        app.coordinator("other", &network);
        let bystander = app.member("bystander");
        let next = AtomicUsize::new(0);
        Self {
            app,
            people,
            bystander,
            network,
            venue,
            organisation,
            room,
            unit,
            by_request,
            begun,
            ahead,
            to_cancel,
            to_approve,
            to_decline,
            block,
            series,
            entry,
            joining,
            calendar,
            indicator,
            next,
        }
    }

    pub fn person(&self, role: Role) -> Option<&Person> {
        self.people.iter().find(|(theirs, _)| *theirs == role).map(|(_, person)| person)
    }

    pub fn by(&self, role: Role, call: Call) -> Call {
        match self.person(role) {
            Some(person) => call.by(person),
            None => call,
        }
    }

    /// A number that no request had before.
    pub fn number(&self) -> usize {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// A path of the table with the ids of this world.
    pub fn path(&self, path: &str) -> String {
        let (start, _) = path[1..].split_once('/').unwrap_or((&path[1..], ""));
        let id: &str = match start {
            "me" => "ses_01h455vb4pex5vsknk084sn02q",
            "auth" if path.starts_with("/auth/calendars") => "cal_01h455vb4pex5vsknk084sn02q",
            "auth" => "apk_01h455vb4pex5vsknk084sn02q",
            "networks" => &self.network,
            "venues" => &self.venue,
            "organisations" => &self.organisation,
            "blocks" => &self.block,
            "series" => &self.series,
            "waiting-list" => &self.entry,
            "join-requests" => &self.joining,
            "calendars" => "nobodys",
            "outside-calendars" => &self.calendar,
            "indicators" => &self.indicator,
            "reservations" => match path.rsplit('/').next() {
                Some("approve") => &self.to_approve,
                Some("decline") => &self.to_decline,
                Some("cancel") => &self.to_cancel,
                Some("headcount" | "check-in") => &self.begun,
                _ => &self.ahead,
            },
            _ => &self.room,
        };
        path.replace("{id}", id)
            .replace("{token}", id)
            .replace("{image_id}", "img_01h455vb4pex5vsknk084sn02q")
            .replace("{calendar_id}", "cal_01h455vb4pex5vsknk084sn02q")
            .replace("{user_id}", &self.bystander.id.to_string())
            .replace("{register_number}", "5300231")
            .replace("{guest_id}", &self.bystander.id.to_string())
            .replace("{network}", &self.network)
            .replace("{venue}", &self.venue)
            .replace("{space}", &self.room)
            .replace("{organisation}", &self.organisation)
            .replace("{ahead}", &self.ahead)
    }

    /// To whom it belongs already.
    pub fn hand_over(&self) -> Value {
        let owner = self.people.iter().find(|(role, _)| *role == Role::Owner).map(|(_, person)| person.id);
        json!({"user_id": owner, "former_owners_stay": true, "grounds": "G"})
    }

    /// A space, a block, a request to join or, by its path in the table, an invitation that nobody touched, for what uses
    /// it up.
    pub async fn fresh(&self, what: &str) -> String {
        if what == "join-requests" {
            let asker = format!("joiner{}", self.number());
            return asked_to_join(&self.app, &self.organisation, &asker).await;
        }
        let at = |path: &str| self.path(path.split("/{invitation_id}").next().unwrap());
        let member = || with(self.invitation(), json!({"as_member": true}));
        let (by, path, body) = match what {
            "waiting-list" => (Role::Owner, "/waiting-list".to_owned(), self.waiting()),
            "indicators" => (Role::Coordinator, at("/networks/{id}/indicators"), self.indicator()),
            "spaces" => (Role::Staff, at("/venues/{id}/spaces"), new_space("Spare")),
            "blocks" => (Role::Staff, at("/spaces/{id}/blocks"), self.block()),
            "outside-calendars" => (Role::Staff, at("/venues/{id}/outside-calendars"), outside()),
            path if path.starts_with("/organisations") => (Role::Owner, at(path), self.new_member()),
            path if path.ends_with("#of_member") => (Role::Coordinator, at(path), member()),
            path => (Role::Coordinator, at(path), self.invitation()),
        };
        made(self.by(by, self.app.post(&path, body))).await
    }

    /// Makes sure that the bystander is in the team.
    pub async fn enlist(&self, path: &str, by: Role) {
        if path.starts_with("/organisations") {
            return self.app.enlist(&self.organisation, &self.bystander, "member");
        }
        self.by(by, self.app.call(Method::PUT, path)).await.expect(200);
    }

    pub fn units(&self) -> Value {
        json!({"units": [{"id": self.unit, "label": "Room"}]})
    }

    pub fn network(&self) -> Value {
        new_network(&format!("network-{}", self.number()))
    }

    pub fn venue(&self) -> Value {
        new_venue(&self.network, &format!("venue-{}", self.number()))
    }

    /// With a code of its own.
    pub fn indicator(&self) -> Value {
        new_indicator(&format!("C1.{}", self.number()))
    }

    pub fn invitation(&self) -> Value {
        json!({"email": format!("guest{}@example.org", self.number())})
    }

    pub fn new_member(&self) -> Value {
        json!({"email": format!("guest{}@example.org", self.number()), "role": "member"})
    }

    pub fn registration(&self) -> Value {
        json!({"email": format!("new{}@example.org", self.number()), "name": "New"})
    }

    /// On a day of its own.
    pub fn waiting(&self) -> Value {
        let (month, day) = self.day();
        let at = |hour| format!("2027-{month:02}-{day:02}T{hour:02}:00");
        wait(&self.room, &at(14), &at(18))
    }

    /// On a day of its own.
    pub fn block(&self) -> Value {
        let (month, day) = self.day();
        let at = |hour| format!("2028-{month:02}-{day:02}T{hour:02}:00");
        json!({"starts_at": at(8), "ends_at": at(9), "reason": "Maintenance"})
    }

    /// A slot that is free, with further members.
    pub fn reservation(&self, more: Value) -> Value {
        let (month, day) = self.day();
        let at = |hour| format!("2026-{:02}-{day:02}T{hour:02}:00", month % 9 + 4);
        let mut body = json!({"space_id": self.room, "starts_at": at(month), "ends_at": at(month + 1),
            "title": "Meeting", "purpose": "meeting"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    }

    /// A series of one, at a time that is free.
    pub fn series(&self) -> Value {
        json!({"template": self.reservation(json!({})), "rrule": "FREQ=DAILY;COUNT=1", "on_conflict": "skip_conflicts"})
    }

    fn day(&self) -> (usize, usize) {
        let number = self.number();
        (number / 28 % 12 + 1, number % 28 + 1)
    }
}

/// What somebody waits for: an hour.
fn wait(space: &str, from: &str, to: &str) -> Value {
    json!({"space_id": space, "from": from, "to": to, "duration_minutes": 60,
        "title": "Rehearsal", "purpose": "rehearsal"})
}

/// Somebody new asks to join.
async fn asked_to_join(app: &TestApp, organisation: &str, name: &str) -> String {
    let asker = app.member(name);
    made(app.post(&format!("/organisations/{organisation}/join-requests"), json!({})).by(&asker)).await
}

/// The id of what a request makes.
pub async fn made(call: Call) -> String {
    call.await.expect(201)["id"].as_str().unwrap().to_owned()
}

fn new_network(slug: &str) -> Value {
    json!({"name": "Gorenjska", "slug": slug, "country": "SI", "time_zone": "Europe/Ljubljana"})
}

fn new_venue(network: &str, slug: &str) -> Value {
    let address =
        json!({"street": "Tomšičeva ulica 32", "postcode": "4000", "city": "Kranj", "municipality": "Kranj"});
    json!({"network_id": network, "name": "Layer House", "slug": slug, "address": address,
        "contact_email": "info@layer.example", "access_instructions": "The key is under the mat."})
}

pub fn new_space(name: &str) -> Value {
    json!({"name": name, "kind": "meeting_room", "capacity": 8, "allocation": "whole"})
}

/// How much of the open time is used.
pub fn new_indicator(code: &str) -> Value {
    json!({"code": code, "name": {"sl": "Uporaba", "en": "Use"}, "figure": "actual_frequency", "direction": "at_least",
        "targets": [{"year": 2026, "value": 0.4}]})
}

/// A calendar that lies elsewhere.
pub fn outside() -> Value {
    json!({"name": "Choir", "url": "https://calendar.example.org/choir.ics"})
}

/// A table to be brought in, all of it or nothing.
pub fn table(content: &str) -> Value {
    json!({"content": content, "mode": "all_or_nothing"})
}

pub fn organisation() -> Value {
    json!({"name": "Zavod Carnica", "legal_form": "ngo", "municipality": "Kranj"})
}
