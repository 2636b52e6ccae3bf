//! Series of as many occurrences as one may have: previewed and made, in both modes.

use std::time::Duration;

use prostor::{
    app::{
        Done,
        reservations::series::{NewSeries, SeriesCancellation, cancel, create, preview},
        version::Expected,
    },
    domain::{ids::SpaceId, series::OccurrenceOutcome},
};
use serde_json::json;

use crate::{
    measure::{Row, Run, table, timed},
    world::{World, Worlds},
};

const OCCURRENCES: usize = 366;
/// Of those at 9 o'clock: what the calendar has there.
const IN_CONFLICT: usize = 60;

pub fn by_history(worlds: &Worlds, rounds: usize) {
    let mut rows = Vec::new();
    for (label, hour, mode, conflicts) in [
        ("all or nothing", 18, "all_or_nothing", 0),
        ("60 conflicts skipped", 9, "skip_conflicts", IN_CONFLICT),
    ] {
        for (past, worlds) in worlds.histories() {
            let new = move |world: &World| every_day(world.quiet, hour, mode);
            let named = |what: &str| format!("{label}, {what}, {past} past reservations");
            rows.push(Row::new(named("previewed"), worlds.iter().copied(), |world| {
                previewing(world, new(world), conflicts)
            }));
            rows.push(Row::new(named("made"), worlds.iter().copied(), |world| making(world, new(world))));
        }
    }
    table("a series of 366", &worlds.databases(), rounds.div_ceil(4), rows);
}

/// Every day from today on, for an hour.
fn every_day(space: SpaceId, hour: u32, mode: &str) -> NewSeries {
    let (from, to) = (format!("2026-11-02T{hour:02}:00"), format!("2026-11-02T{:02}:00", hour + 1));
    let template = json!({"space_id": space, "starts_at": from, "ends_at": to,
        "title": "Rehearsal", "purpose": "rehearsal"});
    let series = json!({"template": template, "rrule": "FREQ=DAILY;COUNT=366", "on_conflict": mode});
    serde_json::from_value(series).expect("a series")
}

fn previewing(world: &World, new: NewSeries, conflicts: usize) -> Run<'_> {
    Box::new(move || {
        timed(|| {
            let previewed = preview::preview(&world.app, &world.member, &new).expect("a preview");
            let created = previewed.preview.count(OccurrenceOutcome::Created);
            assert_eq!(created as usize, OCCURRENCES - conflicts);
        })
    })
}

/// Giving it up again is not measured.
fn making(world: &World, new: NewSeries) -> Run<'_> {
    Box::new(move || {
        let mut made = None;
        let spent: Duration = timed(|| {
            made = Some(create::create(&world.app, &world.member, None, new.clone()).expect("it is made"));
        });
        let Some(Done::Fresh(series)) = made else { unreachable!("nothing was made before under a key") };
        let all = SeriesCancellation::default();
        cancel::cancel(&world.app, &world.member, None, series.id, Expected::Any, all).expect("given up");
        spent
    })
}
