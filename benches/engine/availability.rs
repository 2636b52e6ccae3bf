//! Availability: the search over many spaces, and one space.

use prostor::{
    app::{
        availability::{
            search::{self, Search, Wanted},
            space::{self, Question},
        },
        page::Asked,
    },
    domain::{access::Actor, ids::SpaceId, space::SpaceKind},
};

use crate::{
    measure::{Row, Run, table, timed},
    world::{ROOMS, World, Worlds, date},
};

/// How much the search depends on what lies in the past.
pub fn by_history(worlds: &Worlds, rounds: usize) {
    let rows = worlds.histories().map(|(past, worlds)| {
        Row::new(format!("{past} past reservations"), worlds, |world| searching(world, 1, ROOMS))
    });
    table("search over 1,000 spaces, a day", &worlds.databases(), rounds, rows.collect());
}

/// How it grows with the spaces found; the first page alone, as people ask for it; and what it costs when all venues
/// have just been edited, and nothing of them is known.
pub fn by_spaces(worlds: &Worlds, rounds: usize) {
    let found = [100, 300, ROOMS];
    let mut rows: Vec<_> = found
        .iter()
        .map(|&spaces| {
            Row::new(format!("all {spaces}"), worlds.longest(), move |world| searching(world, 1, spaces))
        })
        .collect();
    rows.push(Row::new("the first 50 of 1000", worlds.longest(), |world| {
        Box::new(move || timed(|| page(world, &what(1, ROOMS), &Asked::default())))
    }));
    rows.push(Row::new("all 1000, after an edit of each venue", worlds.longest(), |world| {
        let mut search = searching(world, 1, ROOMS);
        Box::new(move || {
            world.edit_venues();
            search()
        })
    }));
    table("search for a day, by spaces found", &worlds.databases(), rounds, rows);
}

/// How it grows with the days asked for.
pub fn by_days(worlds: &Worlds, rounds: usize) {
    let rows = [1, 7, 31].map(|days| {
        Row::new(format!("{days} days"), worlds.longest(), move |world| searching(world, days, ROOMS))
    });
    table("search over 1,000 spaces, by days", &worlds.databases(), rounds, rows.into());
}

pub fn of_one_space(worlds: &Worlds, rounds: usize) {
    let mut rows = Vec::new();
    for (label, from, to) in [("a week", 1, 8), ("a month with 200 reservations", 0, 30)] {
        for (past, worlds) in worlds.histories() {
            rows.push(Row::new(format!("{label}, {} past reservations", past / 2), worlds, move |world| {
                looking(world, world.busy, from, to)
            }));
        }
    }
    table("availability of one space", &worlds.databases(), rounds, rows);
}

fn what(days: i64, spaces: usize) -> Search {
    // The first 100 rooms are for 12, the first 300 for 10, all for 8.
    let capacity = match spaces {
        100 => 12,
        300 => 10,
        _ => 8,
    };
    let kind = Some(SpaceKind::MeetingRoom);
    Search {
        from: date(1),
        to: date(1 + days),
        duration_minutes: Some(60),
        quantity: None,
        attendees: None,
        wanted: Wanted { kind, capacity_min: Some(capacity), ..Wanted::default() },
    }
}

fn page(world: &World, search: &Search, asked: &Asked) -> (usize, Option<String>) {
    let page = search::search(&world.app, &Actor::Anonymous, search, asked, "bench").expect("a page");
    (page.items.len(), page.next)
}

/// All spaces that fit, in pages of 200.
fn searching(world: &World, days: i64, spaces: usize) -> Run<'_> {
    let search = what(days, spaces);
    Box::new(move || {
        timed(|| {
            let (mut found, mut cursor) = (0, None);
            loop {
                let (items, next) = page(world, &search, &Asked { limit: Some(200), cursor });
                found += items;
                cursor = next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(found, spaces);
        })
    })
}

fn looking(world: &World, space: SpaceId, from: i64, to: i64) -> Run<'_> {
    let question = Question {
        from: date(from),
        to: date(to),
        duration_minutes: Some(60),
        quantity: None,
        layout: None,
        attendees: None,
        organisation: None,
    };
    Box::new(move || {
        timed(|| {
            let seen = space::show(&world.app, &Actor::Anonymous, space, &question).expect("an answer");
            assert!(seen.days.iter().any(|day| !day.slots.is_empty()), "it offers slots");
        })
    })
}
