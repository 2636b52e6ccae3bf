//! What the marks cost who reserves and cancels: the same with the triggers and without them.

use prostor::app::{
    Done,
    reservations::{NewReservation, cancel, decide::Words, reserve},
    version::Expected,
};
use serde_json::json;

use crate::{
    measure::{Row, Run, table, timed},
    world::{World, Worlds, day},
};

pub fn with_and_without_marks(worlds: &Worlds, rounds: usize) {
    let rows = vec![
        Row::new("without the triggers", &worlds.unmarked, reserving),
        Row::new("with the triggers", &worlds.marked, reserving),
    ];
    table("a room reserved and given up again", &worlds.databases(), rounds, rows);
}

fn reserving(world: &World) -> Run<'_> {
    let new = json!({"space_id": world.room, "starts_at": format!("{}T09:00", day(100)),
        "ends_at": format!("{}T11:00", day(100)), "title": "Meeting", "purpose": "meeting", "attendees": 4});
    let new: NewReservation = serde_json::from_value(new).expect("a request");
    Box::new(move || {
        timed(|| {
            let made = reserve::reserve(&world.app, &world.member, None, new.clone()).expect("it is made");
            let Done::Fresh(view) = made else { unreachable!("nothing was made before under a key") };
            cancel::cancel(&world.app, &world.member, None, view.id, Expected::Any, Words::default())
                .expect("given up")
        })
    })
}
