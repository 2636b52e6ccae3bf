//! Choosing among the 500 desks of an area, 450 of which are taken every day.

use prostor::{
    app::{
        Done,
        reservations::{NewReservation, cancel, check, decide::Words, reserve},
        version::Expected,
    },
    domain::decision::Outcome,
};
use serde_json::json;

use crate::{
    measure::{Row, Run, table, timed},
    world::{World, Worlds, day},
};

pub fn by_length(worlds: &Worlds, rounds: usize) {
    let mut rows = Vec::new();
    for (label, days, desks) in [
        ("a desk for a day", 1, 1),
        ("a desk for 5 days", 5, 1),
        ("a desk for 31 days", 31, 1),
        ("20 desks for a day", 1, 20),
    ] {
        let new = move |world: &World| stay(world, days, desks);
        rows.push(Row::new(format!("{label}, dry run"), worlds.longest(), |world| trying(world, new(world))));
        rows.push(Row::new(format!("{label}, reserved"), worlds.longest(), |world| {
            taking(world, new(world))
        }));
    }
    table("500 desks, 90 % taken", &worlds.databases(), rounds, rows);
}

/// From the tenth day on: one desk through all of it.
fn stay(world: &World, days: i64, desks: u32) -> NewReservation {
    let new = json!({"space_id": world.desks, "starts_at": day(10), "ends_at": day(10 + days - 1),
        "quantity": desks, "title": "Desk", "purpose": "coworking"});
    serde_json::from_value(new).expect("a request")
}

fn trying(world: &World, new: NewReservation) -> Run<'_> {
    Box::new(move || {
        timed(|| {
            let checked = check::check(&world.app, &world.member, &new).expect("an answer");
            assert_eq!(checked.decision.outcome, Outcome::Allow);
        })
    })
}

/// Giving it up again is not measured.
fn taking(world: &World, new: NewReservation) -> Run<'_> {
    Box::new(move || {
        let mut made = None;
        let spent = timed(|| {
            made = Some(reserve::reserve(&world.app, &world.member, None, new.clone()).expect("it is made"));
        });
        let Some(Done::Fresh(view)) = made else { unreachable!("nothing was made before under a key") };
        let words = Words::default();
        cancel::cancel(&world.app, &world.member, None, view.id, Expected::Any, words).expect("given up");
        spent
    })
}
