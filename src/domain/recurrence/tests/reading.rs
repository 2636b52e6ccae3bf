//! What is read as a rule, how it is written back, and every refusal with its code and part.

use std::time::{Duration, Instant as Stopwatch};

use super::*;

#[test]
fn a_rule_is_written_in_one_form() {
    for (text, wanted) in [
        ("FREQ=DAILY;COUNT=10", "FREQ=DAILY;COUNT=10"),
        ("rrule:count=10;freq=daily;interval=1", "FREQ=DAILY;COUNT=10"),
        ("FREQ=DAILY;INTERVAL=007;COUNT=010;WKST=SU", "FREQ=DAILY;INTERVAL=7;COUNT=10"),
        ("FREQ=WEEKLY;BYDAY=su,Th,mo;COUNT=366", "FREQ=WEEKLY;BYDAY=MO,TH,SU;COUNT=366"),
        ("WKST=SU;FREQ=WEEKLY;UNTIL=20261231", "FREQ=WEEKLY;UNTIL=20261231;WKST=SU"),
        ("FREQ=WEEKLY;UNTIL=20261231t100000;WKST=MO", "FREQ=WEEKLY;UNTIL=20261231T100000"),
        ("FREQ=WEEKLY;UNTIL=20261231T090000z", "FREQ=WEEKLY;UNTIL=20261231T090000Z"),
        ("FREQ=MONTHLY;COUNT=3", "FREQ=MONTHLY;COUNT=3"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1,+15,02,-31;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=2,15,-31,-1;COUNT=3"),
        ("FREQ=MONTHLY;BYDAY=-1FR,+2TU,2MO,-5SU;COUNT=3", "FREQ=MONTHLY;BYDAY=2MO,2TU,-5SU,-1FR;COUNT=3"),
        ("FREQ=MONTHLY;INTERVAL=999;UNTIL=21000101", "FREQ=MONTHLY;INTERVAL=999;UNTIL=21000101"),
        ("FREQ=DAILY;UNTIL=21000101T000000Z", "FREQ=DAILY;UNTIL=21000101T000000Z"),
    ] {
        assert_eq!(rule(text).to_string(), wanted, "{text}");
        assert_eq!(rule(wanted), rule(text), "{text}");
        let json = format!("\"{wanted}\"");
        assert_eq!(serde_json::to_string(&rule(text)).unwrap(), json);
        assert_eq!(serde_json::from_str::<Rule>(&json).unwrap(), rule(text));
    }
}

/// Each text with its fault and the part that is named.
fn refused(cases: &[(&str, RuleFault, &str)]) {
    for (text, fault, part) in cases {
        let refusal = InvalidRule { fault: *fault, part: (*part).to_owned() };
        assert_eq!(text.parse::<Rule>(), Err(refusal), "{text:?}");
    }
}

#[test]
fn parts_that_are_wrong_are_refused() {
    use RuleFault::*;
    refused(&[
        ("", Malformed, ""),
        ("RRULE:", Malformed, ""),
        ("every day", Malformed, "EVERY DAY"),
        ("FREQ=DAILY;COUNT=3;", Malformed, ""),
        ("FREQ=DAILY;;COUNT=3", Malformed, ""),
        ("FREQ=DAILY;COUNT=", Malformed, "COUNT="),
        ("FREQ=DAILY;=3", Malformed, "=3"),
        ("RRULE:RRULE:FREQ=DAILY;COUNT=3", UnknownPart, "RRULE:FREQ=DAILY"),
        ("FREQ=DAILY;COUNT=3\r\nRRULE:FREQ=DAILY", InvalidValue, "COUNT=3\r\nRRULE:FREQ=DAILY"),
        ("FREQ=DAILY; COUNT=3", UnknownPart, " COUNT=3"),
        ("FREQ=DAILY;COUNT=3;X-EVERY=2", UnknownPart, "X-EVERY=2"),
        ("FREQ=DAILY;COUNTS=3", UnknownPart, "COUNTS=3"),
        ("FREQ=DAILY;COUNT=3;BYHOUR=10", UnsupportedPart, "BYHOUR=10"),
        ("FREQ=MONTHLY;COUNT=3;BYDAY=MO;BYSETPOS=-1", UnsupportedPart, "BYSETPOS=-1"),
        ("FREQ=DAILY;COUNT=3;BYMONTH=1", UnsupportedPart, "BYMONTH=1"),
        ("FREQ=DAILY;COUNT=3;RSCALE=GREGORIAN", UnsupportedPart, "RSCALE=GREGORIAN"),
        ("FREQ=DAILY;COUNT=3;COUNT=3", RepeatedPart, "COUNT=3"),
        ("FREQ=DAILY;freq=weekly;COUNT=3", RepeatedPart, "FREQ=WEEKLY"),
        ("COUNT=3", NoFrequency, "COUNT=3"),
        ("FREQ=SECONDLY;COUNT=3", UnsupportedFrequency, "FREQ=SECONDLY"),
        ("FREQ=MINUTELY;COUNT=3", UnsupportedFrequency, "FREQ=MINUTELY"),
        ("FREQ=HOURLY;COUNT=3;BYDAY=MO", UnsupportedFrequency, "FREQ=HOURLY"),
        ("FREQ=YEARLY;COUNT=3", UnsupportedFrequency, "FREQ=YEARLY"),
        ("FREQ=SOMETIMES;COUNT=3", UnsupportedFrequency, "FREQ=SOMETIMES"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20261231", CountAndUntil, "UNTIL=20261231"),
        ("FREQ=WEEKLY;BYDAY=MO", Unbounded, "FREQ=WEEKLY;BYDAY=MO"),
        ("FREQ=DAILY;BYDAY=MO;COUNT=3", DailyWithWeekdays, "BYDAY=MO"),
        ("FREQ=DAILY;BYMONTHDAY=1;COUNT=3", DaysOfMonthElsewhere, "BYMONTHDAY=1"),
        ("FREQ=WEEKLY;BYMONTHDAY=1;COUNT=3", DaysOfMonthElsewhere, "BYMONTHDAY=1"),
        ("FREQ=MONTHLY;BYDAY=1FR;BYMONTHDAY=13;COUNT=3", WeekdaysAndDays, "BYMONTHDAY=13"),
    ]);
}

#[test]
fn values_that_are_wrong_are_refused() {
    use RuleFault::*;
    refused(&[
        ("FREQ=DAILY;INTERVAL=0;COUNT=3", OutOfRange, "INTERVAL=0"),
        ("FREQ=DAILY;INTERVAL=1000;COUNT=3", OutOfRange, "INTERVAL=1000"),
        ("FREQ=DAILY;INTERVAL=-1;COUNT=3", InvalidValue, "INTERVAL=-1"),
        ("FREQ=DAILY;INTERVAL=1.5;COUNT=3", InvalidValue, "INTERVAL=1.5"),
        ("FREQ=DAILY;COUNT=0", OutOfRange, "COUNT=0"),
        ("FREQ=DAILY;COUNT=367", CountTooLarge, "COUNT=367"),
        ("FREQ=DAILY;COUNT=+3", InvalidValue, "COUNT=+3"),
        ("FREQ=DAILY;COUNT=\u{663}", InvalidValue, "COUNT=\u{663}"),
        ("FREQ=DAILY;UNTIL=20260230", InvalidValue, "UNTIL=20260230"),
        ("FREQ=DAILY;UNTIL=2026-12-31", InvalidValue, "UNTIL=2026-12-31"),
        ("FREQ=DAILY;UNTIL=20261231T1000", InvalidValue, "UNTIL=20261231T1000"),
        ("FREQ=DAILY;UNTIL=20261231T235960Z", InvalidValue, "UNTIL=20261231T235960Z"),
        ("FREQ=DAILY;UNTIL=20261231T240000", InvalidValue, "UNTIL=20261231T240000"),
        ("FREQ=DAILY;UNTIL=20261231T100000+0100", InvalidValue, "UNTIL=20261231T100000+0100"),
        ("FREQ=DAILY;UNTIL=20261231Z", InvalidValue, "UNTIL=20261231Z"),
        ("FREQ=DAILY;UNTIL=2026123\u{10d}", InvalidValue, "UNTIL=2026123\u{10d}"),
        ("FREQ=DAILY;UNTIL=21000102", OutOfRange, "UNTIL=21000102"),
        ("FREQ=DAILY;UNTIL=21000102T000000", OutOfRange, "UNTIL=21000102T000000"),
        ("FREQ=DAILY;UNTIL=21000101T000001Z", OutOfRange, "UNTIL=21000101T000001Z"),
        ("FREQ=WEEKLY;BYDAY=2MO;COUNT=3", NumberedWeekday, "BYDAY=2MO"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,MO;COUNT=3", RepeatedValue, "BYDAY=MO,TU,MO"),
        ("FREQ=WEEKLY;BYDAY=MO,;COUNT=3", InvalidValue, "BYDAY=MO,"),
        ("FREQ=WEEKLY;BYDAY=MON;COUNT=3", InvalidValue, "BYDAY=MON"),
        ("FREQ=WEEKLY;BYDAY=PO;COUNT=3", InvalidValue, "BYDAY=PO"),
        ("FREQ=WEEKLY;BYDAY=M\u{10d};COUNT=3", InvalidValue, "BYDAY=M\u{10d}"),
        ("FREQ=WEEKLY;WKST=XX;COUNT=3", InvalidValue, "WKST=XX"),
        ("FREQ=DAILY;WKST=1MO;COUNT=3", InvalidValue, "WKST=1MO"),
        ("FREQ=MONTHLY;BYDAY=TU;COUNT=3", UnnumberedWeekday, "BYDAY=TU"),
        ("FREQ=MONTHLY;BYDAY=0TU;COUNT=3", OutOfRange, "BYDAY=0TU"),
        ("FREQ=MONTHLY;BYDAY=6TU;COUNT=3", OutOfRange, "BYDAY=6TU"),
        ("FREQ=MONTHLY;BYDAY=-6TU;COUNT=3", OutOfRange, "BYDAY=-6TU"),
        ("FREQ=MONTHLY;BYDAY=2TU,+2TU;COUNT=3", RepeatedValue, "BYDAY=2TU,+2TU"),
        ("FREQ=MONTHLY;BYDAY=--2TU;COUNT=3", InvalidValue, "BYDAY=--2TU"),
        ("FREQ=MONTHLY;BYMONTHDAY=0;COUNT=3", OutOfRange, "BYMONTHDAY=0"),
        ("FREQ=MONTHLY;BYMONTHDAY=32;COUNT=3", OutOfRange, "BYMONTHDAY=32"),
        ("FREQ=MONTHLY;BYMONTHDAY=-32;COUNT=3", OutOfRange, "BYMONTHDAY=-32"),
        ("FREQ=MONTHLY;BYMONTHDAY=001;COUNT=3", InvalidValue, "BYMONTHDAY=001"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,01;COUNT=3", RepeatedValue, "BYMONTHDAY=1,01"),
    ]);
}

#[test]
fn a_refusal_says_what_is_wrong_and_where() {
    let refusal = "FREQ=HOURLY;COUNT=3".parse::<Rule>().unwrap_err();
    assert_eq!(refusal.code(), "rrule_frequency_unsupported");
    assert_eq!(refusal.to_string(), "`FREQ=HOURLY`: FREQ is DAILY, WEEKLY or MONTHLY.");
    let json = serde_json::from_str::<Rule>("\"FREQ=DAILY\"").unwrap_err().to_string();
    assert!(json.starts_with("`FREQ=DAILY`: COUNT or UNTIL is missing"), "{json}");
    let long = "X".repeat(513).parse::<Rule>().unwrap_err();
    assert_eq!((long.fault, long.part.len()), (RuleFault::TooLong, 64));
}

/// Every list that can be written fits into the longest rule.
#[test]
fn the_fullest_lists_are_read() {
    let numbers = (1..=31).flat_map(|day| [day.to_string(), format!("-{day}")]);
    let days = numbers.collect::<Vec<_>>().join(",");
    let nths = WEEKDAYS
        .iter()
        .flat_map(|(name, _)| (1..=5).flat_map(move |n| [format!("{n}{name}"), format!("-{n}{name}")]));
    let weekdays = nths.collect::<Vec<_>>().join(",");
    for part in [format!("BYMONTHDAY={days}"), format!("BYDAY={weekdays}")] {
        let text = format!("RRULE:FREQ=MONTHLY;INTERVAL=12;UNTIL=20261231T230000Z;WKST=SU;{part}");
        let starts = rule(&text).expand(local("2026-01-01T10:00"), Zone::default(), &[], MAX_OCCURRENCES);
        assert_eq!(starts.unwrap().len(), 31, "{text}");
    }
}

#[test]
fn a_bomb_is_refused_at_once() {
    let start = local("2026-02-01T10:00");
    for (text, code) in [
        ("FREQ=SECONDLY;COUNT=366", "rrule_frequency_unsupported"),
        ("FREQ=DAILY;COUNT=1000000000", "rrule_count_too_large"),
        ("FREQ=DAILY;COUNT=99999999999999999999999", "rrule_count_too_large"),
        ("FREQ=DAILY;UNTIL=99991231", "rrule_value_out_of_range"),
        ("FREQ=DAILY;UNTIL=20991231", "too_many_occurrences"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;UNTIL=21000101T000000Z", "too_many_occurrences"),
        ("FREQ=DAILY;INTERVAL=4000000000;COUNT=2", "rrule_value_out_of_range"),
        ("FREQ=DAILY;INTERVAL=999;COUNT=366", "time_out_of_bounds"),
        ("FREQ=WEEKLY;INTERVAL=999;COUNT=366", "time_out_of_bounds"),
        ("FREQ=MONTHLY;INTERVAL=999;COUNT=366", "time_out_of_bounds"),
        ("FREQ=MONTHLY;COUNT=366;BYMONTHDAY=1;INTERVAL=12", "time_out_of_bounds"),
        // Never: each such month is a February.
        ("FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=12;COUNT=2", "start_not_in_rule"),
        ("FREQ=MONTHLY;BYMONTHDAY=30,31,-30,-31;INTERVAL=12;UNTIL=20991231", "start_not_in_rule"),
    ] {
        // Microseconds. Expanding what a bomb asks for would take minutes, however fast the machine.
        let watch = Stopwatch::now();
        let found = match text.parse::<Rule>() {
            Err(refusal) => refusal.code(),
            Ok(rule) => rule.expand(start, Zone::default(), &[], 366).unwrap_err().code(),
        };
        assert!(watch.elapsed() < Duration::from_secs(20), "{text} took {:?}", watch.elapsed());
        assert_eq!(found, code, "{text}");
    }
    let long = format!("FREQ=MONTHLY;BYMONTHDAY={}", "1,".repeat(1 << 20));
    assert_eq!(long.parse::<Rule>().unwrap_err().code(), "rrule_too_long");
}
