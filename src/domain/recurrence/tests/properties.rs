//! Properties of rules; the oracle looks at each day of three years and asks whether the rule has it.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta};
use proptest::{collection::btree_set, prelude::*, sample::select};

use super::*;

const ZONES: [&str; 4] = ["Europe/Ljubljana", "America/New_York", "Australia/Lord_Howe", "America/Santiago"];
/// The days that the oracle looks at.
const YEARS: u64 = 3 * 365;

fn pattern() -> impl Strategy<Value = String> {
    let weekly = (btree_set(0..7_usize, 0..=4), 0..7_usize).prop_map(|(days, week_start)| {
        let days: Vec<_> = days.into_iter().map(|day| WEEKDAYS[day].0).collect();
        let by_day = if days.is_empty() { String::new() } else { format!(";BYDAY={}", days.join(",")) };
        format!("FREQ=WEEKLY;WKST={}{by_day}", WEEKDAYS[week_start].0)
    });
    let number = |most: i8| (1..=most, any::<bool>()).prop_map(|(n, last)| if last { -n } else { n });
    let month_days = btree_set(number(31), 1..=4).prop_map(|days| {
        let days: Vec<_> = days.iter().map(i8::to_string).collect();
        format!("FREQ=MONTHLY;BYMONTHDAY={}", days.join(","))
    });
    let weekdays = btree_set((number(5), 0..7_usize), 1..=3).prop_map(|days| {
        let days: Vec<_> = days.iter().map(|(nth, day)| format!("{nth}{}", WEEKDAYS[*day].0)).collect();
        format!("FREQ=MONTHLY;BYDAY={}", days.join(","))
    });
    prop_oneof![Just("FREQ=DAILY".to_owned()), Just("FREQ=MONTHLY".to_owned()), weekly, month_days, weekdays]
}

fn end() -> impl Strategy<Value = End> {
    let local = || (any_date(), 0..86_400_u32).prop_map(|(date, second)| date.and_time(time(second)));
    prop_oneof![
        (1..=MAX_OCCURRENCES).prop_map(End::Count),
        any_date().prop_map(|date| End::Until(DateOrTime::Date(date))),
        local().prop_map(|at| End::Until(DateOrTime::Time(TimeInput::Local(at)))),
        local().prop_map(|at| End::Until(DateOrTime::Time(TimeInput::At(at.and_utc().into())))),
    ]
}

fn any_date() -> impl Strategy<Value = NaiveDate> {
    (0..3000_u64).prop_map(|day| NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + Days::new(day))
}

fn time(second: u32) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap()
}

prop_compose! {
    fn any_rule()(pattern in pattern(), interval in prop_oneof![1..=6_u32, 1..=MAX_INTERVAL], end in end()) -> Rule {
        let rule = rule(&format!("{pattern};INTERVAL={interval};COUNT=1"));
        Rule { end, ..rule }
    }
}

type Series = (Rule, NaiveDateTime, Zone);

/// A rule with its start: the first day from a random one on that the oracle finds.
fn series() -> impl Strategy<Value = Series> {
    let parts = (any_rule(), any_date(), 0..86_400_u32, select(ZONES.to_vec()));
    parts.prop_filter_map("three years have a day of the rule", |(rule, from, second, name)| {
        let start = (0..YEARS).map(|day| from + Days::new(day)).find(|day| has(&rule, *day, *day))?;
        Some((rule, start.and_time(time(second)), zone(name)))
    })
}

/// One with at least two occurrences, and these.
fn several() -> impl Strategy<Value = (Series, Vec<NaiveDateTime>)> {
    series().prop_filter_map("two occurrences", |(rule, start, zone)| {
        let starts = rule.expand(start, zone, &[], MAX_OCCURRENCES).ok()?;
        (starts.len() > 1).then_some(((rule, start, zone), starts))
    })
}

/// Whether a rule that starts on `start` has `day`, its end apart.
fn has(rule: &Rule, start: NaiveDate, day: NaiveDate) -> bool {
    let every = i64::from(rule.interval);
    let month = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month());
    let months_fit = (month(day) - month(start)) % every == 0;
    let next_month = (1..=31).map(|n| day + Days::new(n)).find(|next| next.month() != day.month()).unwrap();
    let left = (next_month - TimeDelta::days(i64::from(next_month.day0())) - day).num_days();
    match &rule.pattern {
        Pattern::Daily => (day - start).num_days() % every == 0,
        Pattern::Weekly { days, week_start } => {
            let on = if days.is_empty() {
                day.weekday() == start.weekday()
            } else {
                days.contains(&day.weekday())
            };
            let begins =
                |date: NaiveDate| (0..7).map(|n| date - Days::new(n)).find(|d| d.weekday() == *week_start);
            on && (begins(day).unwrap() - begins(start).unwrap()).num_days() / 7 % every == 0
        }
        Pattern::MonthDays(days) if days.is_empty() => months_fit && day.day() == start.day(),
        Pattern::MonthDays(days) => {
            months_fit && days.iter().any(|n| i64::from(*n) == i64::from(day.day()) || i64::from(*n) == -left)
        }
        Pattern::MonthWeekdays(days) => {
            let (nth, from_last) = (i64::from(day.day0()) / 7 + 1, (left - 1) / 7 + 1);
            let fits = |d: &NthWeekday| i64::from(d.nth) == nth || i64::from(d.nth) == -from_last;
            months_fit && days.iter().any(|d| d.weekday == day.weekday() && fits(d))
        }
    }
}

/// Whether the end lets this start pass, the `index`th.
fn ends_after(end: End, index: usize, local: NaiveDateTime, zone: Zone) -> bool {
    match end {
        End::Count(count) => index < count as usize,
        End::Until(DateOrTime::Date(date)) => local.date() <= date,
        End::Until(DateOrTime::Time(TimeInput::Local(last))) => local <= last,
        End::Until(DateOrTime::Time(TimeInput::At(last))) => zone.rule(local) <= last,
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(rule in any_rule()) {
        let text = rule.to_string();
        prop_assert_eq!(text.parse::<Rule>(), Ok(rule.clone()), "{}", text);
        prop_assert_eq!(format!("rrule:{}", text.to_ascii_lowercase()).parse::<Rule>(), Ok(rule));
    }

    #[test]
    fn no_text_makes_the_reader_stumble(text in "(RRULE:)?((FREQ|COUNT|UNTIL|BYDAY|BYMONTHDAY|WKST|\\PC{0,4})=([-+]?[0-9]{0,3}(MO|TU|DAILY|MONTHLY|WEEKLY|T|Z|\\PC)?,?){0,3};?){0,5}") {
        if let Ok(rule) = text.parse::<Rule>() {
            prop_assert_eq!(rule.to_string().parse::<Rule>(), Ok(rule));
        }
    }

    #[test]
    fn starts_ascend_from_the_first_and_keep_the_time_of_day((rule, start, zone) in series()) {
        let Ok(starts) = rule.expand(start, zone, &[], MAX_OCCURRENCES) else { return Ok(()) };
        prop_assert_eq!(starts[0], start);
        prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert!(starts.iter().all(|s| s.time() == start.time()));
        prop_assert!(starts.len() <= MAX_OCCURRENCES as usize);
        if let End::Count(count) = rule.end {
            prop_assert_eq!(starts.len(), count as usize);
        }
    }

    #[test]
    fn every_day_of_three_years_agrees((rule, start, zone) in series()) {
        let days = (0..YEARS).map(|day| start + Days::new(day)).filter(|day| has(&rule, start.date(), day.date()));
        let wanted: Vec<_> = days
            .enumerate()
            .take_while(|(index, day)| ends_after(rule.end, *index, *day, zone))
            .map(|(_, day)| day)
            .collect();
        let horizon = start + Days::new(YEARS);
        match rule.expand(start, zone, &[], MAX_OCCURRENCES) {
            Ok(starts) => {
                let near: Vec<_> = starts.into_iter().filter(|start| *start < horizon).collect();
                prop_assert_eq!(near, wanted);
            }
            Err(ExpansionError::NoOccurrence) => prop_assert!(wanted.is_empty()),
            Err(ExpansionError::TooMany { .. }) => {
                // An end by date, more than 366 days of the rule before it: 100 years hold them, three may not.
                prop_assert!(matches!(rule.end, End::Until(_)) && wanted.len() * 3 > 366, "{}", wanted.len());
            }
            // A COUNT that three years can't hold: a rule that is rarer than one a month could.
            Err(ExpansionError::OutOfBounds) => prop_assert!(matches!(rule.end, End::Count(n) if n as usize > wanted.len())),
            Err(error) => prop_assert!(false, "{}", error),
        }
    }

    #[test]
    fn a_day_that_is_not_in_the_rule_is_no_start(rule in any_rule(), from in any_date()) {
        let found = rule.expand(from.into(), Zone::default(), &[], MAX_OCCURRENCES);
        let refused = matches!(found, Err(ExpansionError::StartNotInRule { .. }));
        prop_assert_eq!(refused, !has(&rule, from, from));
        if let Err(ExpansionError::StartNotInRule { next: Some(next) }) = found {
            prop_assert!(next > from && has(&rule, from, next));
            let between = (1..YEARS).map(|day| from + Days::new(day)).take_while(|day| *day < next);
            prop_assert!(!between.into_iter().any(|day| has(&rule, from, day)));
        }
    }

    #[test]
    fn both_sides_of_a_split_are_the_whole(((rule, start, zone), whole) in several(), pick in any::<prop::sample::Index>()) {
        let at = whole[1 + pick.index(whole.len() - 1)];
        let (old, rest) = rule.split(start, zone, at).unwrap();
        let mut both = old.expand(start, zone, &[], MAX_OCCURRENCES).unwrap();
        both.extend(rest.expand(at, zone, &[], MAX_OCCURRENCES).unwrap());
        prop_assert_eq!(both, whole);
    }

    #[test]
    fn an_exdate_takes_out_exactly_what_it_names(((rule, start, zone), mut whole) in several(), pick in any::<prop::sample::Index>(), form in 0..3) {
        let out = whole.remove(pick.index(whole.len()));
        let exdate = match form {
            0 => DateOrTime::Date(out.date()),
            1 => DateOrTime::Time(TimeInput::Local(out)),
            _ => DateOrTime::Time(TimeInput::At(zone.rule(out))),
        };
        prop_assert_eq!(rule.expand(start, zone, &[exdate], MAX_OCCURRENCES), Ok(whole));
    }

    #[test]
    fn an_end_by_whole_days_keeps_the_days((rule, start, zone) in series()) {
        let whole_day = rule.until_whole_day(start.time(), zone);
        prop_assert_eq!(
            whole_day.expand(start, zone, &[], MAX_OCCURRENCES),
            rule.expand(start, zone, &[], MAX_OCCURRENCES)
        );
    }
}
