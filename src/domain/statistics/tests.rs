//! Figures computed by hand, as tables of cases.

use super::{fixture::*, *};

type Hours = &'static [(&'static str, &'static str)];

const DAY: Hours = &[("08:00", "18:00")];

#[test]
fn opening_is_real_elapsed_time_less_what_is_blocked() {
    type Times = &'static [(&'static str, &'static str)];
    let cases: [(&str, &str, Hours, Times, f64); 11] = [
        ("a day", "2026-03-10", DAY, &[], 10.0),
        ("the day of 23 hours", "2026-03-29", &[("00:00", "24:00")], &[], 23.0),
        ("the day of 25 hours", "2026-10-25", &[("00:00", "24:00")], &[], 25.0),
        ("over the gap", "2026-03-29", &[("01:00", "04:00")], &[], 2.0),
        ("over the fold", "2026-10-25", &[("01:00", "04:00")], &[], 4.0),
        ("two spans", "2026-03-10", &[("08:00", "12:00"), ("13:00", "20:00")], &[], 11.0),
        ("overlapping spans", "2026-03-10", &[("08:00", "12:00"), ("10:00", "14:00")], &[], 6.0),
        ("overnight, yesterday's rest too", "2026-03-10", &[("20:00", "02:00")], &[], 6.0),
        ("a block inside", "2026-03-10", DAY, &[("2026-03-10T09:00", "2026-03-10T11:30")], 7.5),
        (
            "two blocks over the edges",
            "2026-03-10",
            DAY,
            &[("2026-03-10T07:00", "2026-03-10T09:00"), ("2026-03-10T17:30", "2026-03-11T09:00")],
            8.5,
        ),
        (
            "blocks that overlap count once",
            "2026-03-10",
            DAY,
            &[("2026-03-10T09:00", "2026-03-10T12:00"), ("2026-03-10T11:00", "2026-03-10T13:00")],
            6.0,
        ),
    ];
    for (case, day, hours, blocks, available) in cases {
        let tomorrow = date(day).succ_opt().unwrap().to_string();
        let mut room = source(day, &tomorrow, schedule(hours)).with_room();
        for &(from, to) in blocks {
            room = room.blocked(1, from, to);
        }
        assert_eq!(room.hours(), [available, 0.0, 0.0, 0.0], "{case}");
    }
}

#[test]
fn bookings_count_inside_opening_hours_and_what_is_outside_apart() {
    for (case, from, to, booked, out_of_hours) in [
        ("inside", "2026-03-10T09:00", "2026-03-10T11:00", 2.0, 0.0),
        ("all day", "2026-03-10T08:00", "2026-03-10T18:00", 10.0, 0.0),
        ("over the end", "2026-03-10T17:00", "2026-03-10T20:00", 1.0, 2.0),
        ("over the start", "2026-03-10T07:15", "2026-03-10T09:00", 1.0, 0.75),
        ("wholly outside", "2026-03-10T18:00", "2026-03-10T19:00", 0.0, 1.0),
        ("over the night", "2026-03-10T17:00", "2026-03-11T09:00", 2.0, 14.0),
        ("in a block", "2026-03-11T12:00", "2026-03-11T15:00", 1.0, 2.0),
        ("on a closed date", "2026-03-12T10:00", "2026-03-12T12:00", 0.0, 2.0),
        ("beyond the range", "2026-03-12T20:00", "2026-03-14T10:00", 0.0, 4.0),
        ("before the range", "2026-03-09T08:00", "2026-03-10T08:00", 0.0, 8.0),
    ] {
        let hours = Schedule::new([daily("2020-01-01", DAY)], [exception("2026-03-12", &[])]);
        let room = source("2026-03-10", "2026-03-13", hours)
            .with_room()
            .blocked(1, "2026-03-11T13:00", "2026-03-11T15:00")
            .with_claim(1, &[1], from, to, None);
        assert_eq!(room.hours(), [18.0, booked, booked, out_of_hours], "{case}");
    }
}

#[test]
fn bookings_over_changes_of_the_clock_last_as_long_as_they_did() {
    for (day, wanted) in [("2026-03-29", 2.0), ("2026-10-25", 4.0)] {
        let tomorrow = date(day).succ_opt().unwrap().to_string();
        let (from, to) = (format!("{day}T01:00"), format!("{day}T04:00"));
        let room = source(day, &tomorrow, schedule(&[("00:00", "24:00")])).with_room().with_claim(
            1,
            &[1],
            &from,
            &to,
            Some(5),
        );
        assert_eq!(room.hours()[1..], [wanted, wanted, 0.0], "{day}");
        assert_eq!(room.table("").totals.sums.occupancy().numerator, Some(5.0 * wanted), "{day}");
    }
}

#[test]
fn only_what_took_place_counts_and_a_no_show_is_booked_but_not_used() {
    for (status, booked, used) in [
        (Status::Held, 0.0, 0.0),
        (Status::Pending, 0.0, 0.0),
        (Status::Confirmed, 3.0, 3.0),
        (Status::Declined, 0.0, 0.0),
        (Status::Expired, 0.0, 0.0),
        (Status::Cancelled, 0.0, 0.0),
        (Status::CheckedIn, 3.0, 3.0),
        (Status::NoShow, 3.0, 0.0),
        (Status::Completed, 3.0, 3.0),
    ] {
        let room = source("2026-03-10", "2026-03-11", schedule(DAY))
            .with_room()
            .with_claim(1, &[1], "2026-03-10T09:00", "2026-03-10T12:00", Some(4))
            .where_it(|claim| claim.status = status);
        assert_eq!(room.hours(), [10.0, booked, used, 0.0], "{status}");
    }
}

#[test]
fn what_was_released_is_not_booked_and_the_future_is_not_used() {
    for (released, now, booked, used, provisional) in [
        (None, LONG_AFTER, 3.0, 3.0, false),
        (None, "2026-03-11", 3.0, 3.0, false),
        (None, "2026-03-10T23:59", 3.0, 3.0, true),
        (None, "2026-03-10T10:30", 3.0, 1.5, true),
        (None, "2026-03-10T09:00", 3.0, 0.0, true),
        (Some("2026-03-10T10:00"), LONG_AFTER, 1.0, 1.0, false),
        (Some("2026-03-10T13:00"), LONG_AFTER, 3.0, 3.0, false),
        (Some("2026-03-10T09:00"), LONG_AFTER, 0.0, 0.0, false),
    ] {
        let room = source("2026-03-10", "2026-03-11", schedule(DAY))
            .with_room()
            .with_claim(1, &[1], "2026-03-10T09:00", "2026-03-10T12:00", None)
            .where_it(|claim| claim.released_at = released.map(at));
        let totals = room.table_at("", now).totals;
        assert_eq!(hours(&totals), [10.0, booked, used, 0.0], "{released:?} {now}");
        assert_eq!(totals.provisional, provisional, "{released:?} {now}");
    }
}

#[test]
fn hours_that_changed_in_the_middle_of_a_month_count_as_they_were() {
    let versions = [daily("2020-01-01", &[("08:00", "16:00")]), daily("2026-03-16", &[("08:00", "20:00")])];
    let hours = Schedule::new(
        versions,
        [exception("2026-03-02", &[]), exception("2026-03-20", &[("08:00", "09:00")])],
    );
    let room = source("2026-03-01", "2026-05-01", hours).with_room();
    // March: 14 days of 8 h (the 2nd is closed), 15 of 12 h, one of 1 h. April: 30 of 12 h.
    let wanted = [("2026-03", [112.0 + 180.0 + 1.0, 0.0, 0.0, 0.0]), ("2026-04", [360.0, 0.0, 0.0, 0.0])];
    assert_eq!(rows(&room, "month"), all(&wanted));
}

#[test]
fn overnight_time_is_cut_at_local_midnight() {
    let room = source("2026-03-10", "2026-03-12", schedule(&[("20:00", "02:00")])).with_room();
    let room = room.with_claim(1, &[1], "2026-03-10T23:00", "2026-03-11T01:30", None);
    let wanted = [("2026-03-10", [6.0, 1.0, 1.0, 0.0]), ("2026-03-11", [6.0, 1.5, 1.5, 0.0])];
    assert_eq!(rows(&room, "day"), all(&wanted));
}

#[test]
fn idle_spaces_empty_venues_and_empty_times_are_rows() {
    let mut two = source("2026-03-30", "2026-04-03", schedule(DAY))
        .with_room()
        .with_claim(1, &[1], "2026-03-30T09:00", "2026-03-30T10:00", None)
        .with_space(2, SpaceKind::Studio, &[(2, 5)]);
    let nursery = VenueFacts { id: venue(2), name: "Nursery".to_owned(), ..two.venues[0].clone() };
    two.venues.push(nursery);
    let wanted = [
        ("Space 1 2026-03", [20.0, 1.0, 1.0, 0.0]),
        ("Space 1 2026-04", [20.0, 0.0, 0.0, 0.0]),
        ("Space 2 2026-03", [20.0, 0.0, 0.0, 0.0]),
        ("Space 2 2026-04", [20.0, 0.0, 0.0, 0.0]),
    ];
    assert_eq!(rows(&two, "space,month"), all(&wanted));
    let wanted = [("Layer", [80.0, 1.0, 1.0, 0.0]), ("Nursery", [0.0; 4])];
    assert_eq!(rows(&two, "venue"), all(&wanted));
    assert_eq!(rows(&two, "venue_municipality"), all(&[("Kranj", [80.0, 1.0, 1.0, 0.0])]));
    assert_eq!(rows(&source("2026-03-30", "2026-04-03", schedule(DAY)), ""), all(&[("", [0.0; 4])]));
}

#[test]
fn equipment_has_rows_of_its_own_and_no_part_in_totals() {
    let mixed = source("2026-03-10", "2026-03-11", schedule(DAY))
        .with_room()
        .with_space(2, SpaceKind::Equipment, &[(2, 1), (3, 1)])
        .with_claim(2, &[2], "2026-03-10T09:00", "2026-03-10T12:00", Some(9));
    let wanted = [("meeting_room", [10.0, 0.0, 0.0, 0.0]), ("equipment", [20.0, 3.0, 3.0, 0.0])];
    assert_eq!(rows(&mixed, "kind"), all(&wanted));
    assert_eq!(rows(&mixed, "venue"), all(&[("Layer", [10.0, 0.0, 0.0, 0.0])]));
    let table = mixed.table("kind");
    assert_eq!((table.totals.units, table.totals.seats), (1, 10));
    let alone = table.rows[1].tally;
    assert_eq!((alone.units, alone.seats), (2, 0));
    assert_eq!((alone.sums.occupancy().rate, alone.sums.utilisation().rate), (None, None));
    let mut only = mixed;
    only.spaces[0].counted = false;
    assert_eq!(hours(&only.table("").totals), [20.0, 3.0, 3.0, 0.0]);
}

#[test]
fn units_count_for_a_space_while_it_is_active_and_has_them() {
    let week = || source("2026-03-09", "2026-03-16", schedule(DAY)).with_room();
    type Change = fn(&mut Source);
    let cases: [(&str, Change, f64); 6] = [
        ("always", |_| {}, 70.0),
        ("from Wednesday", |it| it.spaces[0].active_from = date("2026-03-11"), 50.0),
        ("archived at noon", |it| it.spaces[0].archived_at = Some(at("2026-03-11T12:00")), 24.0),
        ("left on Friday", |it| it.members[0].to = Some(date("2026-03-13")), 40.0),
        ("joined on Friday", |it| it.members[0].from = date("2026-03-13"), 30.0),
        ("archived long ago", |it| it.spaces[0].archived_at = Some(at("2025-01-01")), 0.0),
    ];
    for (case, change, available) in cases {
        let mut room = week();
        change(&mut room);
        assert_eq!(room.hours()[0], available, "{case}");
        assert_eq!(room.table("space").rows.len(), 1, "{case}");
    }
}

#[test]
fn a_unit_is_open_when_any_space_of_it_is() {
    let mut hall = source("2026-03-10", "2026-03-11", schedule(DAY))
        .with_space(1, SpaceKind::Multifunctional, &[(1, 20), (2, 20)])
        .with_space(2, SpaceKind::MeetingRoom, &[(1, 20)]);
    hall.spaces[1].own_hours = Some(own(&[("08:00", "22:00")]));
    let wanted = [("Space 1", [24.0, 0.0, 0.0, 0.0]), ("Space 2", [14.0, 0.0, 0.0, 0.0])];
    assert_eq!(rows(&hall, "space"), all(&wanted));
    // Asked for alone, the half is the same, and shares with nobody.
    hall.spaces[0].counted = false;
    assert_eq!(rows(&hall, "space"), all(&[("Space 2", [14.0, 0.0, 0.0, 0.0])]));
    assert!(!hall.table("space").rows[0].tally.overlapping);
    assert_eq!(hall.hours()[0], 14.0);
}

#[test]
fn a_space_has_its_venues_hours_before_its_own_and_when_it_takes_them_up_again() {
    let venue = Schedule::new(
        [daily("2020-01-01", DAY)],
        [exception("2026-03-10", &[]), exception("2026-03-12", &[])],
    );
    let mut room = source("2026-03-09", "2026-03-14", venue).with_room();
    let versions =
        [(date("2026-03-11"), Some(daily("2026-03-11", &[("08:00", "12:00")]))), (date("2026-03-13"), None)];
    room.spaces[0].own_hours = Some(OwnHours::new(versions, []));
    let wanted = [
        ("2026-03-09", [10.0, 0.0, 0.0, 0.0]),
        ("2026-03-10", [0.0, 0.0, 0.0, 0.0]),
        ("2026-03-11", [4.0, 0.0, 0.0, 0.0]),
        ("2026-03-12", [4.0, 0.0, 0.0, 0.0]),
        ("2026-03-13", [10.0, 0.0, 0.0, 0.0]),
    ];
    assert_eq!(rows(&room, "day"), all(&wanted));
}

#[test]
fn closed_hours_between_booked_days_stand_in_no_figure() {
    let mut studio = source("2026-03-10", "2026-03-13", schedule(DAY)).with_room();
    studio.spaces[0].booked_by = BookedBy::Days;
    let studio = studio.with_claim(1, &[1], "2026-03-10T08:00", "2026-03-12T18:00", None);
    assert_eq!(studio.hours(), [30.0, 30.0, 30.0, 0.0]);
}

#[test]
fn periods_are_local_and_say_whether_they_are_whole_months() {
    let room = source("2026-12-30", "2027-03-01", schedule(DAY)).with_room();
    let periods = |group_by| {
        let rows = room.table(group_by).rows;
        rows.iter().map(|row| (shown(row).0, row.tally.whole_months)).collect::<Vec<_>>()
    };
    let months = [("2026-12", false), ("2027-01", true), ("2027-02", true)];
    assert_eq!(periods("month"), months.map(|(text, whole)| (text.to_owned(), whole)));
    let weeks = periods("week");
    assert_eq!(weeks[0], ("2026-W53".to_owned(), false));
    assert_eq!(weeks[1], ("2027-W01".to_owned(), false));
    assert!(weeks.iter().all(|(_, whole)| !whole));
    assert_eq!(
        periods("month,week")[..2],
        [("2026-12 2026-W53".to_owned(), false), ("2027-01 2026-W53".to_owned(), false),]
    );
    assert!(!room.table("").totals.whole_months);
    for (from, to, whole) in [
        ("2026-03-01", "2026-04-01", true),
        ("2026-03-01", "2027-03-01", true),
        ("2026-03-01", "2026-03-31", false),
        ("2026-03-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00", true),
        ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", false),
    ] {
        let room = source(from, to, schedule(DAY)).with_room();
        assert_eq!(room.table("").totals.whole_months, whole, "{from} {to}");
    }
}

#[test]
fn months_are_closed_fourteen_local_days_after_their_end() {
    let room = source("2026-02-01", "2026-04-01", schedule(DAY)).with_room();
    let closed = |now: &str| {
        let table = count(&room, &"month".parse().unwrap(), at(now), 100).unwrap();
        let months: Vec<bool> = table.rows.iter().map(|row| row.tally.closed).collect();
        (months, table.totals.closed)
    };
    assert_eq!(closed("2026-03-14T23:59"), (vec![false, false], false));
    assert_eq!(closed("2026-03-15T00:00"), (vec![true, false], false));
    assert_eq!(closed("2026-04-14T23:59"), (vec![true, false], false));
    assert_eq!(closed("2026-04-15T00:00"), (vec![true, true], true));
}

#[test]
fn groupings_are_words_each_once() {
    assert_eq!("".parse(), Ok(Grouping::default()));
    let both: Grouping = "month,venue".parse().unwrap();
    assert_eq!(both.dimensions(), [Dimension::Month, Dimension::Venue]);
    for text in ["venue,", ",venue", "venue venue", "Venue", "minute", "venue,month,venue"] {
        assert!(text.parse::<Grouping>().is_err(), "{text}");
    }
}

#[test]
fn too_many_rows_are_refused() {
    let room = source("2026-01-01", "2027-01-01", schedule(DAY)).with_room();
    let by_day = "space,day".parse().unwrap();
    assert_eq!(count(&room, &by_day, at(LONG_AFTER), 364), Err(TooManyRows { rows: 365 }));
    assert_eq!(count(&room, &by_day, at(LONG_AFTER), 365).unwrap().rows.len(), 365);
}
