//! The search shows of each space what looking at that space shows, in as many queries however many spaces there are.

use std::cell::Cell;

use diesel::connection::{Instrumentation, InstrumentationEvent, set_default_instrumentation};
use serde_json::{Value, json, to_value};

use super::{
    search::{FoundView, MOST_SLOTS, Search, Wanted, search},
    space::{Question, show},
};
use crate::{
    app::{
        blocks,
        page::Asked,
        places::{
            hours::Of,
            spaces::SpaceView,
            testing::{Region, fresh, read},
        },
    },
    domain::{access::Actor, decision::Outcome, ids::SpaceId},
    store::places,
};

thread_local! {
    /// The statements that this thread has begun.
    static QUERIES: Cell<usize> = const { Cell::new(0) };
}

struct Count;

impl Instrumentation for Count {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::StartQuery { .. } = event {
            QUERIES.set(QUERIES.get() + 1);
        }
    }
}

/// Open from 8 to 20 o'clock every day.
fn region() -> Region {
    let region = Region::new();
    region.put_hours(Of::Venue(region.venue), Region::every_day("08:00", "20:00")).unwrap();
    region
}

fn block(region: &Region, space: &SpaceView, starts_at: &str, ends_at: &str) {
    let new = json!({"starts_at": starts_at, "ends_at": ends_at, "reason": "Painting"});
    fresh(blocks::create(&region.app, &region.staff, None, space.id, read(new)));
}

fn asked(from: &str, to: &str) -> Search {
    Search {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        duration_minutes: Some(60),
        quantity: None,
        attendees: None,
        wanted: Wanted::default(),
    }
}

/// All pages of `limit` spaces.
fn found(region: &Region, actor: &Actor, what: &Search, limit: u32) -> Vec<FoundView> {
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let asked = Asked { limit: Some(limit), cursor };
        let page = search(&region.app, actor, what, &asked, "test").unwrap();
        all.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            return all;
        }
    }
}

/// What looking at the one space finds to be bookable.
fn bookable(region: &Region, actor: &Actor, space: SpaceId, from: &str, to: &str) -> Vec<Value> {
    let what = asked(from, to);
    let question = Question {
        from: what.from,
        to: what.to,
        duration_minutes: what.duration_minutes,
        quantity: None,
        layout: None,
        attendees: None,
        organisation: None,
    };
    let seen = show(&region.app, actor, space, &question).unwrap();
    let slots = seen.days.into_iter().flat_map(|day| day.slots);
    slots.filter(|slot| slot.outcome != Outcome::Refuse).map(|slot| to_value(slot).unwrap()).collect()
}

#[test]
fn a_search_shows_what_looking_at_each_space_shows() {
    let region = region();
    let room = |name: &str| region.space(json!({"name": name}));
    room("free");
    block(&region, &room("full on the day"), "2026-03-03T08:00", "2026-03-03T20:00");
    block(&region, &room("full for two weeks and more"), "2026-03-03T00:00", "2026-03-18T19:30");
    block(
        &region,
        &room("free from the last hour of the two weeks on"),
        "2026-03-03T00:00",
        "2026-03-17T19:00",
    );
    block(&region, &room("full but for the last hour"), "2026-03-03T08:00", "2026-03-03T19:00");
    block(&region, &room("reserved over the end of the day"), "2026-03-03T08:30", "2026-03-04T12:00");
    let desks = json!({"name": "desks", "allocation": "each", "capacity": 2,
        "units": [{"label": "1"}, {"label": "2"}]});
    region.reserve(region.space(desks).id, "2026-03-03T08:00", "2026-03-03T20:00");
    let held = room("held by the one who asks").id;
    let new = json!({"space_id": held, "starts_at": "2026-03-03T08:00", "ends_at": "2026-03-03T20:00",
        "title": "Held", "purpose": "meeting", "hold": true});
    fresh(crate::app::reservations::reserve::reserve(&region.app, &region.member, None, read(new)));
    for actor in [&Actor::Anonymous, &region.member] {
        let all = found(&region, actor, &asked("2026-03-03", "2026-03-04"), 3);
        assert_eq!(all.len(), 8);
        for one in all {
            let FoundView { space, slots, next_free, .. } = one;
            let here = bookable(&region, actor, space.id, "2026-03-03", "2026-03-04");
            let later = bookable(&region, actor, space.id, "2026-03-04", "2026-03-18");
            let next = here.first().or(later.first()).map(|slot| slot["starts_at"].clone());
            let shown: Vec<Value> = slots.iter().map(|slot| to_value(slot).unwrap()).collect();
            assert_eq!(shown, here[..here.len().min(MOST_SLOTS)], "{}", space.name);
            assert_eq!(next_free.map(Value::from), next, "{}", space.name);
        }
    }
}

#[test]
fn a_search_asks_the_database_as_often_for_many_spaces_as_for_few() {
    set_default_instrumentation(|| Some(Box::new(Count))).unwrap();
    let region = region();
    let queries = |edited: bool| {
        if edited {
            let (app, venue) = (region.app.clone(), region.venue);
            let done = region.app.db.write("edit", move |tx| places::touch_venue(tx, venue, app.revision()));
            done.unwrap();
        }
        let before = QUERIES.get();
        let all = found(&region, &Actor::Anonymous, &asked("2026-03-03", "2026-03-04"), 50);
        (all.len(), QUERIES.get() - before)
    };
    let more = |count| {
        for number in 0..count {
            let space = region.space(json!({"name": format!("{number}")}));
            if number % 2 == 0 {
                block(&region, &space, "2026-03-03T08:00", "2026-03-03T20:00");
            }
        }
    };
    more(2);
    let few = [true, false].map(&queries);
    more(20);
    let many = [true, false].map(&queries);
    assert_eq!((few.map(|(found, _)| found), many.map(|(found, _)| found)), ([2, 2], [22, 22]));
    assert_eq!(few.map(|(_, queries)| queries), many.map(|(_, queries)| queries));
    assert!(many[1].1 < many[0].1, "what is known is not loaded again: {many:?}");
}
