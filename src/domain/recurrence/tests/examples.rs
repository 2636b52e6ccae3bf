//! The examples of RFC 5545 (3.8.5.3, 3.3.10) that series can keep, word for word where they have an end.

use chrono::{Datelike, NaiveDate};

use super::*;

/// Dates as `1997-09-02,09,16 10-07 1998-01-05`: a year, a month or a day alone takes the rest from before.
fn dates(text: &str) -> Vec<NaiveDate> {
    let (mut year, mut month, mut found) = (0, 0, Vec::new());
    for word in text.split_whitespace() {
        let numbers: Vec<&str> = word.rsplitn(3, '-').collect();
        month = numbers[1].parse().unwrap();
        year = numbers.get(2).map_or(year, |text| text.parse().unwrap());
        let days = numbers[0].split(',').map(|day| day.parse().unwrap());
        found.extend(days.map(|day| NaiveDate::from_ymd_opt(year, month, day).unwrap()));
    }
    assert!(month > 0, "{text}");
    found
}

#[test]
fn the_examples_give_the_days_that_the_rfc_lists() {
    let cases = [
        ("FREQ=DAILY;COUNT=10", "1997-09-02,3,4,5,6,7,8,9,10,11"),
        ("FREQ=DAILY;INTERVAL=2;COUNT=7", "1997-09-02,4,6,8,10,12,14"),
        ("FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02,12,22 10-2,12"),
        ("FREQ=WEEKLY;COUNT=10", "1997-09-02,9,16,23,30 10-7,14,21,28 11-4"),
        (
            "FREQ=WEEKLY;UNTIL=19971224T000000Z",
            "1997-09-02,9,16,23,30 10-7,14,21,28 11-4,11,18,25 12-2,9,16,23",
        ),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=8", "1997-09-02,16,30 10-14,28 11-11,25 12-9"),
        ("FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1997-09-02,4,9,11,16,18,23,25,30 10-2"),
        ("FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997-09-02,4,9,11,16,18,23,25,30 10-2"),
        (
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
            "1997-09-01,3,5,15,17,19,29 10-1,3,13,15,17,27,29,31 11-10,12,14,24,26,28 12-8,10,12,22",
        ),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997-09-02,4,16,18,30 10-2,14,16"),
        ("FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "1997-09-05 10-3 11-7 12-5 1998-01-02 2-6 3-6 4-3 5-1 6-5"),
        ("FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997-09-05 10-3 11-7 12-5"),
        (
            "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
            "1997-09-07,28 11-2,30 1998-01-04,25 3-1,29 5-3,31",
        ),
        ("FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22 10-20 11-17 12-22 1998-01-19 2-16"),
        ("FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=6", "1997-09-28 10-29 11-28 12-29 1998-01-29 2-26"),
        ("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "1997-09-02,15 10-2,15 11-2,15 12-2,15 1998-01-02,15"),
        ("FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "1997-09-30 10-1,31 11-1,30 12-1,31 1998-01-01,31 2-1"),
        (
            "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            "1997-09-10,11,12,13,14,15 1999-03-10,11,12,13",
        ),
        // The day on which a week begins tells which weeks are every other one.
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05,10,19,24"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05,17,19,31"),
        // February has no 30th: it is left out.
        ("FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15,30 2-15 3-15,30"),
    ];
    for (text, wanted) in cases {
        let wanted: Vec<_> =
            dates(wanted).into_iter().map(|date| date.and_hms_opt(9, 0, 0).unwrap()).collect();
        for name in ["America/New_York", "Europe/Ljubljana"] {
            let found = rule(text).expand(wanted[0], zone(name), &[], MAX_OCCURRENCES);
            assert_eq!(found, Ok(wanted.clone()), "{text} {name}");
        }
    }
}

#[test]
fn nine_o_clock_stays_nine_in_new_york_when_summer_time_ends() {
    let new_york = zone("America/New_York");
    let starts = rule("FREQ=DAILY;UNTIL=19971224T000000Z");
    let starts = starts.expand(local("1997-09-02T09:00"), new_york, &[], MAX_OCCURRENCES).unwrap();
    assert_eq!(starts.len(), 29 + 31 + 30 + 23, "2 September to 23 December");
    for (place, wanted) in [
        (0, "1997-09-02T09:00:00-04:00"),
        (53, "1997-10-25T09:00:00-04:00"),
        (54, "1997-10-26T09:00:00-05:00"),
        (112, "1997-12-23T09:00:00-05:00"),
    ] {
        assert_eq!(new_york.show(new_york.rule(starts[place])), wanted);
    }
}

#[test]
fn days_that_a_month_lacks_are_left_out() {
    for (text, wanted) in [
        ("FREQ=MONTHLY;COUNT=7", "2026-01-31 3-31 5-31 7-31 8-31 10-31 12-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20260531", "2026-01-31 3-31 5-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=-31;COUNT=3", "2026-01-01 3-1 5-1"),
        ("FREQ=MONTHLY;BYMONTHDAY=30,-1;COUNT=5", "2026-01-30,31 2-28 3-30,31"),
        // The 30th is April's last day: once, not twice.
        ("FREQ=MONTHLY;BYMONTHDAY=30,-1;COUNT=4", "2026-03-30,31 4-30 5-30"),
        ("FREQ=MONTHLY;BYMONTHDAY=29;INTERVAL=12;COUNT=4", "2028-02-29 2032-02-29 2036-02-29 2040-02-29"),
        ("FREQ=MONTHLY;BYDAY=5FR;COUNT=5", "2026-01-30 5-29 7-31 10-30 2027-01-29"),
        ("FREQ=MONTHLY;BYDAY=-5MO;COUNT=4", "2026-03-02 6-1 8-3 11-2"),
        ("FREQ=MONTHLY;BYDAY=5FR,-1FR;COUNT=4", "2026-01-30 2-27 3-27 4-24"),
    ] {
        let wanted = dates(wanted);
        let found = rule(text).expand(wanted[0].into(), Zone::default(), &[], MAX_OCCURRENCES).unwrap();
        assert_eq!(found.iter().map(|start| start.date()).collect::<Vec<_>>(), wanted, "{text}");
    }
}

#[test]
fn no_rule_reaches_beyond_2100() {
    // 2096 is the last one before 2100, so five occurrences from 2084 are one too many.
    let leap = |count| rule(&format!("FREQ=MONTHLY;INTERVAL=12;COUNT={count}"));
    let start = local("2084-02-29T10:00");
    let found = leap(4).expand(start, Zone::default(), &[], MAX_OCCURRENCES).unwrap();
    assert_eq!(found.iter().map(|start| start.year()).collect::<Vec<_>>(), [2084, 2088, 2092, 2096]);
    assert_eq!(
        leap(5).expand(start, Zone::default(), &[], MAX_OCCURRENCES),
        Err(ExpansionError::OutOfBounds)
    );
}
