//! Houses of any kind: hours, seasons, rules, buffers, layouts, parts and quantities by chance, and somebody in them.

use std::sync::Arc;

use prostor::{
    app::{
        App,
        accounts::setup::register_verified,
        blocks,
        places::{hours, networks, policies, spaces, venues},
        reservations::reserve,
        seeding,
        staff::teams::{self, Team},
        version::Expected,
    },
    domain::{
        access::Actor,
        ids::{LayoutId, NetworkId, SpaceId, UserId, VenueId},
        locale::Locale,
    },
};
use serde_json::{Value, json};

use crate::{
    calendar::{self, DAY, Minute},
    database::{Backend, TestDatabase},
    dice::Dice,
    opening::{Holidays, Week},
    places::{HOURS, hours_body},
    script,
    world::{answer, body, email, instant, open, written},
};

/// A stranger, a member, staff; and one who has made all reservations that are there, which nobody else's holds are
/// replaced by.
const PEOPLE: [&str; 4] = ["ana", "bor", "dora", "zala"];
const MEMBER: usize = 1;
const STAFF: usize = 2;
const OTHER: usize = 3;

pub struct Land {
    pub app: Arc<App>,
    network: NetworkId,
    operator: Actor,
    people: Vec<UserId>,
    // Last, so that it goes when nothing uses it any more.
    _database: TestDatabase,
}

impl Drop for Land {
    fn drop(&mut self) {
        self.app.db.close();
    }
}

#[derive(Clone)]
pub struct Space {
    pub id: SpaceId,
    pub by_hours: bool,
    pub each: bool,
    pub layout: Option<LayoutId>,
}

pub struct House {
    pub spaces: Vec<Space>,
    /// The people who ask, as the house knows them.
    pub people: Vec<Actor>,
    /// Which of them works there.
    pub staff: usize,
    /// What it is like, to be read beside a failure.
    pub told: String,
}

impl Land {
    pub fn new(backend: Backend) -> Self {
        let database = TestDatabase::new(backend);
        let app = open(&database, script::chapter(0));
        let account = |name: &str, administrator| {
            let called = "Ana Novak".parse().unwrap();
            register_verified(&app, &email(name), &called, Locale::Sl, None, administrator).unwrap()
        };
        account("operator", true);
        let people: Vec<UserId> = PEOPLE.iter().map(|name| account(name, false)).collect();
        let operator = seeding::actor(&app, &email("operator"), &[]).unwrap().unwrap();
        let network = body(json!({"name": "Gorenjska", "slug": "gorenjska", "country": "SI",
            "time_zone": "Europe/Ljubljana"}));
        let network = answer(networks::create(&app, &operator, None, &network, false)).unwrap().id;
        Self { app, network, operator, people, _database: database }
    }

    /// A house at a time, as the clock is set.
    pub fn any_house(&self, dice: &mut Dice, now: Minute) -> House {
        let app = &self.app;
        app.clock.set(instant(now));
        let venue = body(json!({"network_id": self.network, "name": "Layer House",
            "slug": format!("layer-{}", dice.roll()), "contact_email": "info@layer.example",
            "address": {"street": "Tomšičeva 32", "postcode": "4000", "city": "Kranj", "municipality": "Kranj"}}));
        let venue = answer(venues::create(app, &self.operator, None, venue)).unwrap().id;
        for (team, who) in [(Team::Staff(venue), STAFF), (Team::VenueMembers(venue), MEMBER)] {
            answer(teams::put(app, &self.operator, None, team, self.people[who])).unwrap();
        }
        let actor = |name: &&str| seeding::actor(app, &email(name), &[venue]).unwrap().unwrap();
        let people: Vec<Actor> = PEOPLE.iter().map(actor).collect();
        let mut told = Vec::new();
        let spaces = furnish(app, &people[STAFF], venue, dice, &mut told);
        for of in [None, Some(0), Some(1), Some(3)] {
            let space = of.map(|number: usize| spaces[number].id);
            self.rule(&people[STAFF], (venue, space), dice, &mut told);
        }
        fill(app, &people, &spaces, dice, now);
        House { spaces, people: people[..OTHER].to_vec(), staff: STAFF, told: told.join("\n") }
    }

    /// Hours and a policy for the venue or a space.
    fn rule(
        &self,
        staff: &Actor,
        (venue, space): (VenueId, Option<SpaceId>),
        dice: &mut Dice,
        told: &mut Vec<String>,
    ) {
        let today = calendar::date(crate::world::minute(self.app.now()));
        if space.is_none() || dice.once_in(2) {
            let hours = any_hours(dice, today);
            told.push(format!("hours of {space:?}: {hours}"));
            let of = space.map_or(hours::Of::Venue(venue), hours::Of::Space);
            answer(hours::put(&self.app, staff, None, of, Expected::Any, body(hours))).unwrap();
        }
        let rules = any_rules(dice);
        let of = space.map_or(policies::Of::Venue(venue), policies::Of::Space);
        // Some can't be: a grid longer than the longest reservation, and the like.
        let put = policies::put(&self.app, staff, None, of, Expected::Any, body(rules.clone()));
        told.push(format!("policy of {space:?}: {rules} {:?}", answer(put).map(drop)));
    }
}

fn any_hours(dice: &mut Dice, today: chrono::NaiveDate) -> Value {
    let from = |days: u64| calendar::later(today, days);
    let season = dice.once_in(3).then(|| {
        let begins = dice.roll() % 3;
        (from(begins), from(begins + dice.roll() % 3), dice.below(HOURS.len()))
    });
    let holidays = dice.pick(&[Holidays::Open, Holidays::Closed, Holidays::Own(600, 840)]);
    let mut hours = hours_body(&Week { preset: dice.below(HOURS.len()), season, holidays });
    if dice.once_in(3) {
        let spans = dice.pick(&[
            json!([]),
            json!([{"opens": "01:30", "closes": "03:30"}, {"opens": "09:10", "closes": "17:25"}]),
        ]);
        hours["exceptions"] = json!([{"date": from(dice.roll() % 3), "hours": spans}]);
    }
    hours
}

/// Rules for some of the audiences.
fn any_rules(dice: &mut Dice) -> Value {
    let mut rules = json!({});
    for _ in 0..dice.pick(&[1, 2, 4, 6]) {
        let beyond = dice.pick(&["refuse", "ask"]);
        let limit = |value: u32| json!({"value": value, "beyond": beyond});
        let (field, rule) = match dice.below(10) {
            0 => ("min_duration_minutes", limit(dice.pick(&[15, 45, 60]))),
            1 => ("max_duration_minutes", limit(dice.pick(&[60, 90, 180, 4000]))),
            2 | 3 => ("slot_minutes", limit(dice.pick(&[5, 10, 20, 30, 45, 60]))),
            4 => ("min_notice_minutes", limit(dice.pick(&[0, 60, 200, 1440]))),
            5 => ("horizon_days", limit(dice.pick(&[0, 1, 5]))),
            6 => ("max_active", limit(dice.pick(&[1, 3]))),
            7 => ("approval", json!(dice.pick(&["none", "always"]))),
            8 => ("capacity", json!({"beyond": beyond})),
            _ => {
                let per = dice.pick(&["day", "week", "month"]);
                let count = dice.pick(&["reservations", "hours"]);
                (
                    "quotas",
                    json!([{"amount": dice.pick(&[1, 2, 8]), "count": count, "per": per, "by": "person",
                    "over": dice.pick(&["space", "venue", "network"]), "beyond": beyond}]),
                )
            }
        };
        rules[dice.pick(&["public", "public", "member"])][field] = rule;
    }
    rules
}

/// Rooms that are parts of a hall, the hall, desks, a studio with a layout, and one booked by days or nights.
fn furnish(
    app: &Arc<App>,
    staff: &Actor,
    venue: VenueId,
    dice: &mut Dice,
    told: &mut Vec<String>,
) -> Vec<Space> {
    let mut made: Vec<Space> = Vec::new();
    let parts = 2 + dice.below(2);
    for number in 0..parts + 4 {
        let minutes = [0, 0, 5, 10, 15, 30, 45];
        let (setup, teardown) = (dice.pick(&minutes), dice.pick(&minutes));
        let mut new = json!({"name": format!("space {number}"), "kind": "multifunctional",
            "capacity": dice.pick(&[4, 8, 20]), "setup_minutes": setup, "teardown_minutes": teardown});
        new["allocation"] = json!("whole");
        match number - parts.min(number) {
            0 if number < parts => {}
            0 => new["parts"] = made[..parts].iter().map(|part| json!(part.id)).collect(),
            1 => {
                let desks = 2 + dice.below(4);
                new["allocation"] = json!("each");
                new["units"] = (0..desks).map(|desk| json!({"label": format!("desk {desk}")})).collect();
            }
            2 => {
                let (setup, teardown) = (dice.pick(&minutes), dice.pick(&minutes));
                new["layouts"] = json!([{"name": "theatre", "capacity": 10, "setup_minutes": setup,
                    "teardown_minutes": teardown}]);
            }
            _ if dice.once_in(2) => new["booked_by"] = json!("days"),
            _ => {
                new["booked_by"] = json!("nights");
                (new["arrival"], new["departure"]) = (json!("15:00"), json!("10:30"));
            }
        }
        told.push(new.to_string());
        let by_hours = new.get("booked_by").is_none();
        let each = new["allocation"] == "each";
        let view = answer(spaces::create(app, staff, None, venue, body(new))).unwrap();
        let layout = view.layouts.first().map(|layout| layout.id);
        made.push(Space { id: view.id, by_hours, each, layout });
    }
    made
}

/// Reservations, holds and blocks where there is room for them.
fn fill(app: &Arc<App>, people: &[Actor], spaces: &[Space], dice: &mut Dice, now: Minute) {
    for _ in 0..24 {
        let space = dice.pick(&spaces.iter().map(|space| space.id).collect::<Vec<_>>());
        let from = (now + dice.between(-60, 2 * DAY)).div_euclid(15) * 15;
        let to = from + dice.pick(&[15, 45, 60, 120, 300]);
        // Those who ask have reservations too, for their quotas; holds would be replaced by what they ask for.
        let (who, hold) =
            dice.pick(&[(STAFF, false), (MEMBER, false), (0, false), (OTHER, false), (OTHER, true)]);
        let new = json!({"space_id": space, "starts_at": written(from), "ends_at": written(to), "title": "There",
            "purpose": "other", "hold": hold});
        drop(reserve::reserve(app, &people[who], None, body(new)));
    }
    let space = dice.pick(&spaces.iter().map(|space| space.id).collect::<Vec<_>>());
    let (from, to) = (now + dice.between(0, DAY), now + 2 * DAY);
    let block = json!({"starts_at": written(from), "ends_at": written(to), "reason": "Painting", "on_affected": "keep"});
    answer(blocks::create(app, &people[STAFF], None, space, body(block))).unwrap();
}
