//! What is stored and what is counted from the sources make the same figures, whichever days are which.

use std::collections::HashMap;

use proptest::{collection::vec, prelude::*};

use super::{fixture::*, plan::Kept, properties::any_source, *};
use crate::domain::interval_set::IntervalSet;

/// The sums of every day from 15 March to 10 April, as the job would store them, and of its months.
fn stored(whole: &Source, now: Instant) -> Vec<(VenueId, Grain, NaiveDate, uuid::Uuid, Vec<u8>)> {
    let mut rows = Vec::new();
    for venue in &whole.venues {
        let mut one = whole.clone();
        one.venues = vec![VenueFacts { range: span("2026-02-01", "2026-05-01"), ..venue.clone() }];
        let own: Vec<SpaceId> =
            one.spaces.iter().filter(|space| space.venue == venue.id).map(|space| space.id).collect();
        one.spaces.retain(|space| space.venue == venue.id);
        one.members.retain(|member| own.contains(&member.space));
        let mut months = HashMap::<_, Summed>::new();
        for DaySums { date, subject, day, hours } in sum(&one, now) {
            rows.push((venue.id, Grain::Day, date, subject, day.to_bytes()));
            rows.push((venue.id, Grain::Hour, date, subject, hours.as_bytes().to_vec()));
            let first = chrono::Datelike::with_day(&date, 1).unwrap();
            *months.entry((first, subject)).or_default() += day;
        }
        let month = |((first, subject), summed): (_, Summed)| {
            (venue.id, Grain::Month, first, subject, summed.to_bytes())
        };
        rows.extend(months.into_iter().map(month));
    }
    rows
}

/// What a claim takes is its venue's own: the sums of a venue see nothing else.
fn within_one_venue(it: &mut Source) {
    let Source { spaces, members, claims, .. } = it;
    let homes: HashMap<SpaceId, VenueId> = spaces.iter().map(|space| (space.id, space.venue)).collect();
    let at: HashMap<UnitId, VenueId> =
        members.iter().map(|member| (member.unit, homes[&member.space])).collect();
    for claim in claims {
        let home = homes[&claim.space];
        claim.units.retain(|unit| at[unit] == home);
    }
}

/// The source as it is read: stored where it may be, claims and blocks of the rest alone.
fn read(
    whole: &Source,
    grouping: &Grouping,
    now: Instant,
    through: NaiveDate,
    marks: &IntervalSet,
    rows: &[(VenueId, Grain, NaiveDate, uuid::Uuid, Vec<u8>)],
) -> Source {
    let known = |venue: &VenueFacts| (venue.id, Known { through, marks: marks.clone() });
    let known = whole.venues.iter().map(known).collect();
    let mut kept = Kept::plan(whole, grouping, now, &known);
    for (venue, grain, date, subject, bytes) in rows {
        kept.add(*venue, *grain, *date, *subject, bytes.clone()).unwrap();
    }
    let fresh: Vec<Interval> =
        kept.parts().flat_map(|(_, parts)| parts.fresh.iter().collect::<Vec<_>>()).collect();
    let needed = |interval: Interval| fresh.iter().any(|part| part.overlaps(interval));
    let mut read = Source { kept, ..whole.clone() };
    read.claims.retain(|claim| needed(claim.interval));
    read.blocked.retain(|(_, interval)| needed(*interval));
    read
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn stored_sums_are_the_sources(
        mut it in any_source(),
        (from, to) in (0..40i64, 1..60i64),
        marked in vec((0..40i64, 1..90i64), 0..4),
        through in 0..40u64,
    ) {
        let now = at("2026-04-02T11:11");
        let first = at("2026-03-01");
        let range = Interval::new(first.plus(from * 43_200), first.plus((from + to) * 43_200 + 1)).unwrap();
        it.venues.iter_mut().for_each(|venue| venue.range = range);
        within_one_venue(&mut it);
        let marks: IntervalSet = marked.into_iter()
            .filter_map(|(from, long)| Interval::new(first.plus(from * 86_400), first.plus(from * 86_400 + long * 1800)))
            .collect();
        let through = date("2026-02-28") + chrono::Days::new(through);
        let rows = stored(&it, now);
        for group_by in ["", "day", "week", "month", "space,month", "kind", "venue,week", "space", "weekday,hour", "day,hour"] {
            let grouping: Grouping = group_by.parse().unwrap();
            let read = read(&it, &grouping, now, through, &marks, &rows);
            let counted = count(&read, &grouping, now, 100_000).unwrap();
            prop_assert_eq!(counted, count(&it, &grouping, now, 100_000).unwrap(), "{}", group_by);
        }
        // What is planned finely does for whatever is coarser.
        let whole = Grouping::default();
        let read = read(&it, &Grouping::hourly(), now, through, &marks, &rows);
        prop_assert_eq!(count(&read, &whole, now, 9).unwrap(), count(&it, &whole, now, 9).unwrap());
    }
}

#[test]
fn a_year_that_is_over_needs_months_alone_and_today_the_sources() {
    let room = source("2025-01-01", "2026-03-11", schedule(&[("08:00", "18:00")])).with_room();
    let known = Known { through: date("2026-03-10"), marks: IntervalSet::new() };
    let known = HashMap::from([(venue(1), known)]);
    let parts = |group_by: &str, now: &str| {
        let kept = Kept::plan(&room, &group_by.parse().unwrap(), at(now), &known);
        kept.parts().next().unwrap().1.clone()
    };
    let noon = "2026-03-10T12:00";
    let by_month = parts("month", noon);
    assert_eq!((by_month.months.len(), by_month.days.len(), by_month.hours.len()), (14, 9, 0));
    assert_eq!(by_month.fresh, [span("2026-03-10", "2026-03-11")].into_iter().collect());
    let by_week = parts("week", noon);
    assert_eq!((by_week.months.len(), by_week.days.len()), (0, 365 + 31 + 28 + 9));
    // A clock set back makes what was over still to come.
    let before = parts("", "2026-02-15");
    assert_eq!((before.months.len(), before.days.len()), (13, 14));
    assert_eq!(before.fresh, [span("2026-02-15", "2026-03-11")].into_iter().collect());
}
