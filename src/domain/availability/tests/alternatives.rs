//! What is offered instead: the nearest of the date asked for, and of other dates at its hour.

use std::collections::BTreeSet;

use super::*;

#[test]
fn the_nearest_bookable_slots_come_first_and_none_in_the_past() {
    let mut world = World::new([
        span("2026-03-03T08:00", "2026-03-03T18:00"),
        span("2026-03-04T08:00", "2026-03-04T18:00"),
    ]);
    world.occupancies = vec![(unit(0), span("2026-03-03T10:00", "2026-03-03T12:00"))];
    world.now = at("2026-03-03T09:00");
    let window = span("2026-03-03T00:00", "2026-03-05T00:00");
    let refused = span("2026-03-03T10:00", "2026-03-03T11:00");
    let starts = |world: &World| -> Vec<String> {
        let nearest = world.with_view(|view| view.nearest(refused, window));
        nearest.iter().map(|slot| Zone::default().show(slot.start())[8..16].to_owned()).collect()
    };
    assert_eq!(starts(&world), ["03T09:00", "03T12:00", "03T13:00", "03T14:00", "03T15:00"]);
    // Staff could record what has begun, but nobody looks for that.
    (world.staff, world.now) = (true, at("2026-03-03T09:15"));
    assert_eq!(starts(&world)[0], "03T12:00");
    // Where approval is needed, it is offered all the same; where nothing is bookable, nothing is.
    world.staff = false;
    world.rules.approval = Some(crate::domain::policy::Approval::Always);
    assert_eq!(starts(&world).len(), ALTERNATIVES);
    world.rules.bookable = Some(false);
    assert_eq!(starts(&world), [] as [&str; 0]);
}

#[test]
fn other_dates_are_offered_each_at_the_hour_of_a_closed_one() {
    let days = ["02", "03", "05", "06"];
    let open = days.map(|day| span(&format!("2026-03-{day}T08:00"), &format!("2026-03-{day}T18:00")));
    let mut world = World::new(open);
    world.now = at("2026-03-02T00:00");
    let nearest = |world: &World, refused| -> Vec<String> {
        let window = span("2026-03-02T00:00", "2026-03-07T00:00");
        let nearest = world.with_view(|view| view.nearest(refused, window));
        nearest.iter().map(|slot| Zone::default().show(slot.start())[8..16].to_owned()).collect()
    };
    let noon = span("2026-03-04T12:00", "2026-03-04T13:00");
    assert_eq!(nearest(&world, noon), ["03T17:00", "03T12:00", "05T12:00", "02T12:00", "06T12:00"]);
    // After midnight it is the same night.
    world.open = [span("2026-03-03T20:00", "2026-03-04T02:00")].into_iter().collect();
    world.occupancies = vec![(unit(0), span("2026-03-03T20:00", "2026-03-03T23:00"))];
    assert_eq!(
        nearest(&world, span("2026-03-03T22:00", "2026-03-03T23:00")),
        ["03T23:00", "04T00:00", "04T01:00"]
    );
}

proptest! {
    #[test]
    fn alternatives_are_bookable_distinct_by_distance_and_of_many_dates(world in any_world(), start in 0i64..800, length in 1i64..9) {
        let refused = Interval::new(minute(5 * start), minute(5 * start + 15 * length)).unwrap();
        let window = span("2026-03-28T00:00", "2026-03-31T00:00");
        let nearest = world.with_view(|view| view.nearest(refused, window));
        prop_assert!(nearest.len() <= ALTERNATIVES);
        let distance = |slot: &Interval| slot.start().since(refused.start()).abs();
        prop_assert!(nearest.is_sorted_by_key(distance));
        for slot in &nearest {
            let decision = world.naive_decision(*slot);
            prop_assert!(decision.outcome != Outcome::Refuse && !decision.has(ReasonCode::InThePast));
            prop_assert!(*slot != refused && slot.seconds() == refused.seconds());
        }
        let all = world.with_view(|view| view.days(window, refused.seconds() as u32 / 60));
        let bookable = all.iter().flat_map(|day| &day.slots).filter(|slot| {
            slot.outcome != Outcome::Refuse && slot.interval != refused && slot.interval.start() >= world.now
        });
        let bookable: Vec<Interval> = bookable.map(|slot| slot.interval).collect();
        prop_assert_eq!(nearest.len(), bookable.len().min(ALTERNATIVES));
        // None that is left out of its date, or of what is around it, is nearer than one that is not.
        let date = |slot: &Interval| Zone::default().date(slot.start());
        let is_near = |slot: &&Interval| distance(slot) < AROUND || date(slot) == date(&refused);
        let mut near: Vec<i64> = bookable.iter().filter(is_near).map(distance).collect();
        near.sort_unstable();
        near.truncate(ALTERNATIVES);
        prop_assert_eq!(nearest.iter().filter(is_near).map(distance).collect::<Vec<i64>>(), near);
        // A date has a second one only where every other has its first.
        let others = |slots: &[Interval]| -> Vec<NaiveDate> { slots.iter().filter(|slot| !is_near(slot)).map(date).collect() };
        let (named, there): (Vec<_>, BTreeSet<_>) = (others(&nearest), others(&bookable).into_iter().collect());
        let distinct: BTreeSet<_> = named.iter().copied().collect();
        prop_assert!(distinct.len() == named.len() || distinct == there, "{:?} of {:?}", named, there);
    }
}
