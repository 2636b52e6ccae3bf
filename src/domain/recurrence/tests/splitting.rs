//! "This and following" as tables: how the old rule ends and how the new one begins.

use super::*;

#[test]
fn the_old_rule_ends_in_utc_and_the_rest_counts_on() {
    for (text, start, at, old, rest) in [
        (
            "FREQ=WEEKLY;COUNT=10",
            "2026-03-16T10:00",
            "2026-03-30T10:00",
            "FREQ=WEEKLY;UNTIL=20260330T075959Z",
            "FREQ=WEEKLY;COUNT=8",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=4;WKST=SU",
            "2026-08-04T10:00",
            "2026-08-18T10:00",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;UNTIL=20260818T075959Z;WKST=SU",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=2;WKST=SU",
        ),
        (
            "FREQ=DAILY;UNTIL=20260401",
            "2026-03-27T02:30",
            "2026-03-29T02:30",
            "FREQ=DAILY;UNTIL=20260329T012959Z",
            "FREQ=DAILY;UNTIL=20260401",
        ),
        (
            "FREQ=MONTHLY;UNTIL=20261231T090000Z",
            "2026-01-31T10:00",
            "2026-12-31T10:00",
            "FREQ=MONTHLY;UNTIL=20261231T085959Z",
            "FREQ=MONTHLY;UNTIL=20261231T090000Z",
        ),
    ] {
        let split = rule(text).split(local(start), Zone::default(), local(at));
        assert_eq!(split, Ok((rule(old), rule(rest))), "{text} {at}");
    }
}

#[test]
fn a_rule_is_split_at_its_own_occurrences_after_the_first() {
    let weekly = rule("FREQ=WEEKLY;COUNT=3");
    let split = |at: &str| weekly.split(local("2026-03-16T10:00"), Zone::default(), local(at));
    assert_eq!(split("2026-03-16T10:00"), Err(NotAnOccurrence::First));
    for at in ["2026-03-17T10:00", "2026-03-23T10:30", "2026-04-06T10:00", "2026-03-09T10:00"] {
        assert_eq!(split(at), Err(NotAnOccurrence::NotInRule), "{at}");
    }
    let off = weekly.split(local("2099-12-30T10:00"), Zone::default(), local("2099-12-30T10:00"));
    assert_eq!(off, Err(NotAnOccurrence::Rule(ExpansionError::OutOfBounds)));
    assert_eq!(weekly.from_occurrence(0), Some(weekly.clone()));
    assert_eq!(weekly.from_occurrence(2), Some(rule("FREQ=WEEKLY;COUNT=1")));
    assert_eq!(weekly.from_occurrence(3), None);
}

#[test]
fn an_earlier_end_stays() {
    for (end, wanted) in [
        ("UNTIL=20260314", "UNTIL=20260314"),
        ("UNTIL=20260315", "UNTIL=20260315T085959Z"),
        ("UNTIL=20260315T095959", "UNTIL=20260315T095959"),
        ("UNTIL=20260315T100000", "UNTIL=20260315T085959Z"),
        ("UNTIL=20260315T085959Z", "UNTIL=20260315T085959Z"),
        ("UNTIL=20260315T090000Z", "UNTIL=20260315T085959Z"),
        ("COUNT=1", "UNTIL=20260315T085959Z"),
    ] {
        let trimmed =
            rule(&format!("FREQ=DAILY;{end}")).until_before(local("2026-03-15T10:00"), Zone::default());
        assert_eq!(trimmed, rule(&format!("FREQ=DAILY;{wanted}")), "{end}");
    }
}

#[test]
fn an_end_with_a_time_becomes_the_last_whole_day() {
    for (end, wanted) in [
        ("UNTIL=20260330T080000Z", "UNTIL=20260330"),
        ("UNTIL=20260330T075959Z", "UNTIL=20260329"),
        // It is the 31st in Ljubljana by then.
        ("UNTIL=20260330T230000Z", "UNTIL=20260330"),
        ("UNTIL=20260330T100000", "UNTIL=20260330"),
        ("UNTIL=20260330T095959", "UNTIL=20260329"),
        ("UNTIL=20260330", "UNTIL=20260330"),
        ("COUNT=5", "COUNT=5"),
    ] {
        let whole = rule(&format!("FREQ=DAILY;{end}"))
            .until_whole_day(local("2026-03-01T10:00").time(), Zone::default());
        assert_eq!(whole, rule(&format!("FREQ=DAILY;{wanted}")), "{end}");
    }
}

#[test]
fn calendars_get_their_until_in_utc() {
    for (rule, wanted) in [
        ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3"),
        ("FREQ=DAILY;UNTIL=20261124", "FREQ=DAILY;UNTIL=20261124T225959Z"),
        ("FREQ=DAILY;UNTIL=20260724T100000", "FREQ=DAILY;UNTIL=20260724T080000Z"),
        ("FREQ=DAILY;UNTIL=20261124T090000Z", "FREQ=DAILY;UNTIL=20261124T090000Z"),
    ] {
        let rule: Rule = rule.parse().unwrap();
        assert_eq!(rule.until_in_utc(Zone::default()).to_string(), wanted, "{rule}");
    }
}
