//! When days are summed, what a change of the past does to them, and that nothing is summed over somebody else's sums.

use serde_json::{Value, json};

use super::{
    summing::sum_usage,
    utilisation::Scope,
    utilisation_tests::{World, at},
};
use crate::{
    app::{
        accounts::erase,
        blocks, check,
        error::Error,
        forgetting::forget,
        places::hours,
        reservations::headcount,
        testing::{body, fresh},
        version::Expected,
    },
    domain::{
        ids::{UserId, VenueId},
        statistics::RULES,
        zone::Zone,
    },
    store::{
        error::StoreError,
        usage::{self, Progress, Summing},
        users,
    },
};

const MARCH: [&str; 2] = ["2026-03-01", "2026-04-01"];

impl World {
    /// Everything that is due.
    fn sum(&self) -> usize {
        std::iter::from_fn(|| Some(sum_usage(&self.app).unwrap()).filter(|days| *days > 0)).sum()
    }

    fn progress(&self, venue: VenueId) -> Option<Progress> {
        let known: Result<_, StoreError> = self.app.db.read(|tx| usage::progress(tx, &[venue]));
        known.unwrap().remove(&venue)
    }

    fn marks(&self) -> usize {
        let marked =
            |venue| -> Result<_, StoreError> { self.app.db.read(|tx| usage::marks(tx, venue, 10_000)) };
        marked(self.layer).unwrap().len() + marked(self.nursery).unwrap().len()
    }

    /// What a coordinator reads, but for when.
    fn figures(&self) -> Value {
        let scope = Scope::Network(self.network);
        let of = |group_by| {
            let mut answer = self.json(&self.coordinator, scope, MARCH, group_by);
            answer.as_object_mut().unwrap().remove("as_of");
            answer
        };
        Value::from(["venue,month", "space,day", "weekday,hour", ""].map(of).to_vec())
    }

    fn erase(&self, person: UserId) {
        let app = self.app.clone();
        let erased: Result<(), Error> = self.app.db.write("erase", move |tx| {
            let account = users::find(tx, person)?.unwrap();
            erase::person(tx, &app, account, (None, None), app.now())
        });
        erased.unwrap();
    }

    /// As if nothing had ever been summed.
    fn unsum(&self) {
        let done: Result<(), StoreError> = self.app.db.write("unsum", usage::forget_all);
        done.unwrap();
    }

    fn is_sound(&self) {
        let report = check::run(&self.app.db).unwrap();
        assert!(report.is_clean(), "{report}");
    }
}

#[test]
fn figures_are_the_same_summed_or_not_and_after_any_change() {
    let world = World::new();
    let meeting = world.march();
    let counted = world.figures();
    assert!(world.marks() > 0 && world.progress(world.layer).is_none());
    assert!(world.sum() > 0);
    assert_eq!(world.figures(), counted);
    let today = Zone::default().date(world.app.now());
    assert_eq!(world.progress(world.layer).unwrap().through, today);
    assert_eq!((world.marks(), world.sum()), (0, 0));
    world.is_sound();
    // The past changes: read at once, and summed again.
    world.app.clock.set(at("2026-04-14T12:00"));
    let heads = headcount::Headcount { count: 9 };
    fresh(headcount::count(&world.app, &world.manager, None, meeting, Expected::Any, heads).unwrap());
    let changed = world.figures();
    assert_ne!(changed, counted);
    assert!(world.marks() > 0);
    world.is_sound();
    assert_eq!(world.sum(), 1);
    assert_eq!((world.figures(), world.marks()), (changed, 0));
    world.is_sound();
}

/// A day that was closed and hours that the venue needed itself, both noted in April.
#[test]
fn closures_added_after_the_fact_count_at_once() {
    let world = World::new();
    world.march();
    world.sum();
    let march = || {
        let totals = &world.json(&world.coordinator, Scope::Venue(world.layer), MARCH, "")["totals"];
        ["available", "booked", "out_of_hours"].map(|name| totals[name]["hours"].as_f64().unwrap())
    };
    assert_eq!(march(), [310.0, 6.0, 0.0]);
    let all = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let closed = json!({"weekly": [{"days": all, "opens": "08:00", "closes": "18:00"}], "holidays": "open",
        "exceptions": [{"date": "2026-03-11", "hours": []}], "on_affected": "keep"});
    let of = hours::Of::Venue(world.layer);
    fresh(hours::put(&world.app, &world.manager, None, of, Expected::Any, body(closed)).unwrap());
    assert_eq!(march(), [300.0, 4.0, 2.0]);
    let block = json!({"starts_at": "2026-03-12T09:00", "ends_at": "2026-03-12T11:30", "reason": "Water in the cellar"});
    fresh(blocks::create(&world.app, &world.manager, None, world.room, body(block)).unwrap());
    assert_eq!(march(), [297.5, 4.0, 2.0]);
    world.is_sound();
    assert!(world.sum() > 0);
    assert_eq!(march(), [297.5, 4.0, 2.0]);
    world.is_sound();
}

#[test]
fn erasure_and_retention_leave_every_figure_as_it_was() {
    let world = World::new();
    world.march();
    world.sum();
    let before = world.figures();
    let person = world.booker.person().unwrap().id;
    world.erase(person);
    assert_eq!(world.marks(), 0);
    world.app.clock.set(at("2031-04-15"));
    forget(&world.app).unwrap();
    assert_eq!(world.marks(), 0);
    assert_eq!(world.figures(), before);
    // And summed anew from what is left.
    world.unsum();
    assert!(world.sum() > 0);
    assert_eq!(world.figures(), before);
    world.is_sound();
}

#[test]
fn what_was_summed_meanwhile_is_not_summed_over() {
    let world = World::new();
    world.march();
    world.sum();
    let before = world.progress(world.layer);
    let Progress { through, generation, .. } = before.unwrap();
    let store = |before: Option<Progress>| {
        let summing = Summing {
            venue: world.layer,
            before,
            through,
            dates: None,
            sums: Vec::new(),
            marks: Vec::new(),
            but_from: None,
        };
        let stored: Result<bool, StoreError> =
            world.app.db.write("sum", move |tx| usage::store(tx, &summing));
        stored.unwrap()
    };
    for (read, stored) in [
        (None, false),
        (Some(Progress { through, rules: RULES, generation: generation - 1 }), false),
        (before, true),
        (before, false),
    ] {
        assert_eq!(store(read), stored, "{read:?}");
    }
    assert_eq!(world.progress(world.layer).unwrap().generation, generation + 1);
}
