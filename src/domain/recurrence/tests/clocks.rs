//! Starts and local clocks: the two nights of Ljubljana, UNTIL and EXDATE in their three forms, intervals.

use super::*;
use crate::domain::instant::Interval;

fn shown(times: CivilTimes, zone: Zone) -> String {
    let interval = times.interval(zone);
    format!("{} {}", zone.show(interval.start()), zone.show(interval.end()))
}

fn times(from: &str, to: &str) -> CivilTimes {
    CivilTimes::new(local(from), local(to)).unwrap()
}

#[test]
fn local_times_repeat_and_instants_follow_the_clocks() {
    let ljubljana = Zone::default();
    for (text, start, wanted) in [
        (
            "FREQ=WEEKLY;COUNT=3",
            "2026-03-22T10:00",
            ["2026-03-22T10:00:00+01:00", "2026-03-29T10:00:00+02:00", "2026-04-05T10:00:00+02:00"],
        ),
        (
            "FREQ=DAILY;COUNT=3",
            "2026-03-28T02:30",
            ["2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00"],
        ),
        (
            "FREQ=DAILY;COUNT=3",
            "2026-10-24T02:30",
            ["2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"],
        ),
        (
            "FREQ=MONTHLY;BYDAY=-1SU;INTERVAL=7;COUNT=3",
            "2026-03-29T01:00",
            ["2026-03-29T01:00:00+01:00", "2026-10-25T01:00:00+02:00", "2027-05-30T01:00:00+02:00"],
        ),
    ] {
        let starts = rule(text).expand(local(start), ljubljana, &[], 366).unwrap();
        let found: Vec<_> = starts.iter().map(|start| ljubljana.show(ljubljana.rule(*start))).collect();
        assert_eq!(found, wanted, "{text} {start}");
    }
}

#[test]
fn the_end_on_the_wall_is_kept_and_the_night_is_longer_or_shorter() {
    for (from, to, wanted, minutes) in [
        ("2026-03-29T10:00", "2026-03-29T12:00", "2026-03-29T10:00:00+02:00 2026-03-29T12:00:00+02:00", 120),
        ("2026-03-28T22:00", "2026-03-29T06:00", "2026-03-28T22:00:00+01:00 2026-03-29T06:00:00+02:00", 420),
        ("2026-10-24T22:00", "2026-10-25T06:00", "2026-10-24T22:00:00+02:00 2026-10-25T06:00:00+01:00", 540),
        ("2026-03-29T01:00", "2026-03-29T04:00", "2026-03-29T01:00:00+01:00 2026-03-29T04:00:00+02:00", 120),
        ("2026-03-29T01:30", "2026-03-29T02:30", "2026-03-29T01:30:00+01:00 2026-03-29T03:30:00+02:00", 60),
        ("2026-03-29T02:30", "2026-03-29T05:00", "2026-03-29T03:30:00+02:00 2026-03-29T05:00:00+02:00", 90),
        // The clocks jump over all of it, or nothing of it is left: it lasts as long as it would have.
        ("2026-03-29T02:15", "2026-03-29T02:45", "2026-03-29T03:15:00+02:00 2026-03-29T03:45:00+02:00", 30),
        ("2026-03-29T02:30", "2026-03-29T03:00", "2026-03-29T03:30:00+02:00 2026-03-29T04:00:00+02:00", 30),
        ("2026-03-29T02:30", "2026-03-29T03:30", "2026-03-29T03:30:00+02:00 2026-03-29T04:30:00+02:00", 60),
        ("2026-10-25T02:15", "2026-10-25T02:45", "2026-10-25T02:15:00+02:00 2026-10-25T02:45:00+02:00", 30),
        ("2026-10-25T02:30", "2026-10-25T03:00", "2026-10-25T02:30:00+02:00 2026-10-25T03:00:00+01:00", 90),
    ] {
        assert_eq!(shown(times(from, to), Zone::default()), wanted, "{from} {to}");
        assert_eq!(times(from, to).interval(Zone::default()).seconds(), minutes * 60, "{from} {to}");
    }
}

#[test]
fn the_first_interval_must_be_one_that_local_times_can_say() {
    let of = |from: &str, to: &str| {
        let at = |text: &str| Zone::default().resolve(text.parse().unwrap()).unwrap();
        CivilTimes::of(Interval::new(at(from), at(to)).unwrap(), Zone::default())
    };
    for (from, to, wanted) in [
        ("2026-03-29T09:00:00Z", "2026-03-29T10:00:00Z", Some(times("2026-03-29T11:00", "2026-03-29T12:00"))),
        ("2026-10-25T00:30:00Z", "2026-10-25T03:00:00Z", Some(times("2026-10-25T02:30", "2026-10-25T04:00"))),
        // The second reading of 02:30, at either end; and clocks that show the end before the start.
        ("2026-10-25T01:30:00Z", "2026-10-25T03:00:00Z", None),
        ("2026-10-24T22:00:00Z", "2026-10-25T01:30:00Z", None),
        ("2026-10-25T00:45:00Z", "2026-10-25T01:15:00Z", None),
    ] {
        assert_eq!(of(from, to), wanted, "{from} {to}");
    }
    assert_eq!(CivilTimes::new(local("2026-01-01T10:00"), local("2026-01-01T10:00")), None);
}

#[test]
fn occurrences_may_touch_and_not_overlap() {
    let zone = Zone::default();
    let starts = rule("FREQ=DAILY;COUNT=4").expand(local("2026-03-27T00:00"), zone, &[], 366).unwrap();
    for (to, wanted) in [
        ("2026-03-27T08:00", Ok([8, 8, 7, 8])),
        ("2026-03-28T00:00", Ok([24, 24, 23, 24])),
        ("2026-03-28T00:01", Err(OccurrencesOverlap { starts_at: local("2026-03-28T00:00") })),
    ] {
        let intervals = times("2026-03-27T00:00", to).repeated(&starts, zone);
        let hours = intervals.map(|intervals| intervals.iter().map(|i| i.seconds() / 3600).collect());
        assert_eq!(hours, wanted.map(Vec::from), "{to}");
    }
}

#[test]
fn until_is_inclusive_in_each_of_its_forms() {
    let three = "2026-03-28T10:00 2026-03-29T10:00 2026-03-30T10:00";
    let two = "2026-03-28T10:00 2026-03-29T10:00";
    for (until, wanted) in [
        ("20260330", three),
        ("20260330T100000", three),
        ("20260330T095959", two),
        // Summer time: ten o'clock is 08:00 UTC.
        ("20260330T080000Z", three),
        ("20260330T075959Z", two),
        ("20260329", two),
    ] {
        let found = starts(&format!("FREQ=DAILY;UNTIL={until}"), "2026-03-28T10:00", Zone::default(), &[]);
        assert_eq!(found.as_deref(), Ok(wanted), "{until}");
    }
    // In the gap, 02:30 means 03:30 in summer time, which is 01:30 UTC.
    for (until, wanted) in [("20260329T013000Z", 2), ("20260329T012959Z", 1)] {
        let rule = rule(&format!("FREQ=DAILY;UNTIL={until}"));
        let found = rule.expand(local("2026-03-28T02:30"), Zone::default(), &[], 366).unwrap();
        assert_eq!(found.len(), wanted, "{until}");
    }
}

#[test]
fn exdates_are_taken_out_and_still_count() {
    let (text, start) = ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4", "2026-10-21T10:00");
    for (excluded, wanted) in [
        (vec![], "2026-10-21T10:00 2026-10-26T10:00 2026-10-28T10:00 2026-11-02T10:00"),
        (vec!["2026-10-26"], "2026-10-21T10:00 2026-10-28T10:00 2026-11-02T10:00"),
        (vec!["2026-10-28T10:00", "2026-10-26T09:00:00Z"], "2026-10-21T10:00 2026-11-02T10:00"),
        (vec!["2026-10-21", "2026-10-21T10:00"], "2026-10-26T10:00 2026-10-28T10:00 2026-11-02T10:00"),
        // What meets nothing has no effect: another day, another time, summer time's offset after its end.
        (
            vec!["2026-10-27", "2026-10-28T10:01", "2026-10-26T10:00:00+02:00"],
            "2026-10-21T10:00 2026-10-26T10:00 2026-10-28T10:00 2026-11-02T10:00",
        ),
    ] {
        assert_eq!(starts(text, start, Zone::default(), &excluded).as_deref(), Ok(wanted), "{excluded:?}");
    }
    let marked = rule(text).occurrences(local(start), Zone::default(), &exdates(&["2026-10-26"]), 3).unwrap();
    let excluded: Vec<_> = marked.iter().map(|o| (o.index, o.excluded)).collect();
    assert_eq!(excluded, [(0, false), (1, true), (2, false), (3, false)]);
}

#[test]
fn what_gives_no_series_is_refused() {
    use ExpansionError::*;
    let next = |text: &str| StartNotInRule { next: Some(text.parse().unwrap()) };
    for (text, start, excluded, limit, wanted) in [
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=3", "2026-10-21T10:00", vec![], 366, next("2026-10-27")),
        ("FREQ=MONTHLY;BYDAY=1FR;COUNT=3", "2026-10-21T10:00", vec![], 366, next("2026-11-06")),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20261031", "2026-10-21T10:00", vec![], 366, next("2026-10-31")),
        (
            "FREQ=MONTHLY;BYMONTHDAY=30;INTERVAL=12;COUNT=3",
            "2026-02-21T10:00",
            vec![],
            366,
            StartNotInRule { next: None },
        ),
        ("FREQ=DAILY;UNTIL=20261020", "2026-10-21T10:00", vec![], 366, NoOccurrence),
        ("FREQ=DAILY;UNTIL=20261021T095959", "2026-10-21T10:00", vec![], 366, NoOccurrence),
        ("FREQ=DAILY;COUNT=2", "2026-10-21T10:00", vec!["2026-10-21", "2026-10-22"], 366, NoOccurrence),
        ("FREQ=DAILY;COUNT=21", "2026-10-21T10:00", vec![], 20, TooMany { limit: 20 }),
        ("FREQ=DAILY;UNTIL=20271022", "2026-10-21T10:00", vec!["2026-10-22"], 366, TooMany { limit: 366 }),
        ("FREQ=DAILY;COUNT=12", "2099-12-21T10:00", vec![], 366, OutOfBounds),
        ("FREQ=DAILY;COUNT=1", "2100-01-01T00:00", vec![], 366, StartNotInRule { next: None }),
        ("FREQ=DAILY;COUNT=2", "2026-10-21T10:00", vec!["2020-01-01"; 367], 366, TooManyExdates),
    ] {
        let found = rule(text).expand(local(start), Zone::default(), &exdates(&excluded), limit);
        assert_eq!(found, Err(wanted), "{text} {start}");
    }
    for (text, start, excluded, limit, wanted) in [
        ("FREQ=DAILY;UNTIL=20271021", "2026-10-21T10:00", vec![], 366, 366),
        ("FREQ=DAILY;COUNT=21", "2026-10-21T10:00", vec!["2026-10-30"], 20, 20),
        ("FREQ=DAILY;COUNT=11", "2099-12-21T10:00", vec![], 366, 11),
        ("FREQ=DAILY;UNTIL=21000101", "2099-12-21T10:00", vec![], 366, 11),
    ] {
        let found = rule(text).expand(local(start), Zone::default(), &exdates(&excluded), limit);
        assert_eq!(found.map(|starts| starts.len()), Ok(wanted), "{text} {start}");
    }
}
