//! The busiest hours, computed by hand.

use super::{fixture::*, *};

const DAY: &[(&str, &str)] = &[("08:00", "18:00")];

fn peak(source: &Source, group_by: &str) -> Peaks {
    peaks(source, &group_by.parse().unwrap(), at(LONG_AFTER), 1_000_000).unwrap()
}

/// When, and how much of how many hours of units.
fn told(hour: Hour) -> (String, [f64; 2]) {
    let hours = |seconds: i64| seconds as f64 / 3600.0;
    (format!("{} {:02}h", hour.date, hour.hour), [hours(hour.part), hours(hour.whole)])
}

fn wanted(text: &str, parts: [f64; 2]) -> (String, [f64; 2]) {
    (text.to_owned(), parts)
}

/// Three rooms of ten hours on two days; one of them, two of them, and half of an hour of all three.
#[test]
fn the_busiest_hour_counts_idle_rooms_and_what_is_planned_apart() {
    let rooms = source("2026-03-10", "2026-03-12", schedule(DAY))
        .with_room()
        .with_space(2, SpaceKind::Studio, &[(2, 5)])
        .with_space(3, SpaceKind::Studio, &[(3, 5)])
        .with_claim(1, &[1], "2026-03-10T09:00", "2026-03-10T12:00", None)
        .with_claim(2, &[2], "2026-03-10T10:00", "2026-03-10T11:00", None)
        .with_claim(2, &[2], "2026-03-11T14:00", "2026-03-11T15:00", None)
        .with_claim(3, &[3], "2026-03-11T14:00", "2026-03-11T15:00", None)
        .where_it(|claim| (claim.status, claim.measured) = (Status::NoShow, true))
        .with_claim(1, &[1], "2026-03-11T14:30", "2026-03-11T15:30", None);
    let totals = peak(&rooms, "").totals;
    assert_eq!(totals.hours, 20);
    let (planned, actual) = (totals.planned.unwrap(), totals.actual.unwrap());
    assert_eq!(told(planned.max), wanted("2026-03-11 14h", [2.5, 3.0]));
    // The 19th of 20.
    assert_eq!(told(planned.p95), wanted("2026-03-10 10h", [2.0, 3.0]));
    assert_eq!(told(actual.max), wanted("2026-03-10 10h", [2.0, 3.0]));
    assert_eq!(told(actual.p95), wanted("2026-03-11 14h", [1.5, 3.0]));

    let by_space = peak(&rooms, "space,day");
    let table = rooms.table("space,day");
    let of_row = |at: usize| by_space.of(&table.rows[at].place, table.rows[at].period);
    assert_eq!(told(of_row(0).actual.unwrap().max), wanted("2026-03-10 09h", [1.0, 1.0]));
    assert_eq!(told(of_row(1).actual.unwrap().max), wanted("2026-03-11 14h", [0.5, 1.0]));
    assert_eq!(told(of_row(4).actual.unwrap().max), wanted("2026-03-10 08h", [0.0, 1.0]));
    assert_eq!((of_row(4).hours, told(of_row(5).planned.unwrap().max).1), (10, [1.0, 1.0]));
}

/// A hall is as busy as its halves are together, and totals count them once.
#[test]
fn halls_and_halves() {
    let hall = source("2026-03-10", "2026-03-11", schedule(DAY))
        .with_space(1, SpaceKind::Multifunctional, &[(1, 20), (2, 20)])
        .with_space(2, SpaceKind::MeetingRoom, &[(1, 20)])
        .with_claim(2, &[1], "2026-03-10T09:00", "2026-03-10T10:00", None);
    let found = peak(&hall, "space");
    let rows = hall.table("space").rows;
    let rates = rows.iter().map(|row| found.of(&row.place, row.period).actual.unwrap().max.ratio().rate);
    assert_eq!(rates.collect::<Vec<_>>(), [Some(0.5), Some(1.0)]);
    assert_eq!(found.totals.actual.unwrap().max.ratio().rate, Some(0.5));
}

#[test]
fn an_hour_that_clocks_repeat_is_one_longer_hour() {
    for (day, hours, parts) in [("2026-03-29", 23, [0.5, 1.0]), ("2026-10-25", 24, [1.0, 2.0])] {
        let tomorrow = date(day).succ_opt().unwrap().to_string();
        let (from, to) = match day {
            "2026-03-29" => (format!("{day}T03:00"), format!("{day}T03:30")),
            // All of the second reading.
            _ => (format!("{day}T02:00:00+01:00"), format!("{day}T03:00")),
        };
        let room = source(day, &tomorrow, schedule(&[("00:00", "24:00")])).with_room().with_claim(
            1,
            &[1],
            &from,
            &to,
            None,
        );
        let totals = peak(&room, "").totals;
        assert_eq!((totals.hours, told(totals.actual.unwrap().max).1), (hours, parts), "{day}");
    }
}

#[test]
fn what_is_never_open_has_no_peak_and_too_many_hours_are_refused() {
    let closed = source("2026-03-10", "2026-03-11", Schedule::default()).with_room();
    assert_eq!(peak(&closed, "").totals, Peak::default());
    let room = source("2026-03-10", "2026-03-12", schedule(DAY)).with_room();
    let by_space = "space".parse().unwrap();
    assert_eq!(peaks(&room, &by_space, at(LONG_AFTER), 47).unwrap_err(), TooManyRows { rows: 48 });
}

/// Nearest rank, of 1 to 20 open hours of which the nth had n minutes of use.
#[test]
fn the_percentile_is_the_nearest_rank() {
    for (hours, max, p95) in
        [(1, 1.0, 1.0), (2, 2.0, 2.0), (10, 10.0, 10.0), (19, 19.0, 19.0), (20, 20.0, 19.0)]
    {
        let closes = format!("{hours:02}:00");
        let mut room =
            source("2026-03-10", "2026-03-11", schedule(&[("00:00", closes.as_str())])).with_room();
        for hour in 0..hours {
            let (from, to) =
                (format!("2026-03-10T{hour:02}:00"), format!("2026-03-10T{hour:02}:{:02}", hour + 1));
            room = room.with_claim(1, &[1], &from, &to, None);
        }
        let top = peak(&room, "").totals.actual.unwrap();
        let minutes = |hour: Hour| (hour.part as f64) / 60.0;
        assert_eq!((minutes(top.max), minutes(top.p95)), (max, p95), "{hours}");
    }
}
