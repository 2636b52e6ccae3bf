//! Whole days and nights in place of opening hours and grid; all other rules as ever.

use serde_json::{from_value, json};

use super::*;
use crate::domain::{
    holidays::Country,
    hours::Schedule,
    stays::{Calendar, Measure, Nights},
};

const NIGHTS: fn() -> Measure =
    || Measure::Nights(Nights { arrival: "15:00".parse().unwrap(), departure: "10:00".parse().unwrap() });

/// Open from 8 to 20 on every day but the fifth.
fn booked_by(measure: Measure, spoil: impl Fn(&mut Case)) -> Case {
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let weekly = json!([{"days": days, "opens": "08:00", "closes": "20:00"}]);
    let version = json!({"valid_from": "2026-01-01", "weekly": weekly, "holidays": "open"});
    let closed = json!({"date": "2026-11-05", "hours": []});
    let schedule = Schedule::new([from_value(version).unwrap()], [from_value(closed).unwrap()]);
    let calendar = Calendar { schedule: &schedule, zone: Zone::default(), country: Country::SLOVENIA };
    let stays = Stays::new(measure, calendar, span("2026-10-20T00:00", "2026-12-10T00:00"));
    spoilt(|c| {
        c.stays = Some(stays.clone());
        spoil(c);
    })
}

#[test]
fn days_and_nights_are_named_with_what_would_do() {
    use ReasonCode::{ClosedDate, NotWholeDays, NotWholeNights};
    let times = |limit, actual| Some((Some(Value::Instant(at(limit))), Some(Value::Instant(at(actual)))));
    let closed = Some((None, Some(Value::Date("2026-11-05".parse().unwrap()))));
    for (measure, start, end, code, values) in [
        (Measure::Days, "08:00", "20:00", ClosedDate, None),
        (Measure::Days, "08:00", "2026-11-04T20:00", ClosedDate, None),
        (Measure::Days, "09:00", "20:00", NotWholeDays, times("08:00", "09:00")),
        (Measure::Days, "08:00", "19:00", NotWholeDays, times("20:00", "19:00")),
        (Measure::Days, "2026-11-04T08:00", "2026-11-06T20:00", ClosedDate, closed),
        (NIGHTS(), "15:00", "2026-11-05T10:00", ClosedDate, None),
        (
            NIGHTS(),
            "15:00",
            "2026-11-04T11:00",
            NotWholeNights,
            times("2026-11-04T10:00", "2026-11-04T11:00"),
        ),
        (NIGHTS(), "2026-11-05T15:00", "2026-11-06T10:00", ClosedDate, closed),
    ] {
        let decision = booked_by(measure, |_| ()).decide(span(start, end));
        let wanted = values.map(|(limit, actual)| Reason {
            code,
            outcome: Outcome::Refuse,
            limit,
            actual,
            waived: false,
            pool: None,
        });
        assert_eq!(decision.reasons, Vec::from_iter(wanted), "{start} {end}");
    }
}

#[test]
fn the_grid_does_not_apply_and_every_other_rule_does() {
    let stay = span("15:00", "2026-11-05T10:00");
    for (spoil, wanted) in [
        ((|c| c.rules.slot_minutes = Some(Limit::refuse(420))) as Spoil, vec![]),
        // Closed when it begins and when it ends: that is no matter.
        (|c| c.open = IntervalSet::new(), vec![]),
        // 43 hours pass, whatever of them is open.
        (|c| c.rules.max_duration_minutes = Some(Limit::refuse(43 * 60)), vec![]),
        (|c| c.rules.max_duration_minutes = Some(Limit::refuse(43 * 60 - 1)), vec!["too_long"]),
        (|c| c.rules.min_duration_minutes = Some(Limit::refuse(44 * 60)), vec!["too_short"]),
        (|c| c.rules.min_notice_minutes = Some(Limit::refuse(481)), vec!["too_late"]),
        (|c| c.now = at("2026-10-01T07:00"), vec!["too_far"]),
        (|c| c.attendees = Some(9), vec!["over_capacity"]),
        (|c| c.units_free = 0, vec!["slot_taken"]),
        (|c| c.rules.approval = Some(Approval::Always), vec!["approval_required"]),
    ] {
        let case = booked_by(NIGHTS(), |c| {
            c.rules.horizon_days = Some(Limit::refuse(30));
            spoil(c);
        });
        assert_eq!(case.codes(stay), wanted);
    }
}

#[test]
fn staff_go_beyond_whole_days_and_closed_dates_marked() {
    let case = booked_by(Measure::Days, |c| c.booker.staff = true);
    for (start, end, code) in [
        ("09:00", "12:00", "not_whole_days"),
        ("2026-11-05T08:00", "2026-11-05T20:00", "closed_date"),
        ("2026-11-04T08:00", "2026-11-06T20:00", "closed_date"),
    ] {
        let decision = case.decide(span(start, end));
        let [reason] = &decision.reasons[..] else { panic!("{decision:?}") };
        assert_eq!((reason.code.as_str(), reason.waived, decision.outcome), (code, true, Outcome::Allow));
    }
}

#[test]
fn an_edit_tests_only_what_it_changes() {
    // Made by staff, over a closed date and beginning late.
    let was = span("2026-11-04T09:00", "2026-11-07T20:00");
    for (start, end, wanted) in [
        ("2026-11-04T09:00", "2026-11-06T20:00", vec![]),
        ("2026-11-04T09:00", "2026-11-06T19:00", vec!["not_whole_days"]),
        ("2026-11-04T10:00", "2026-11-07T20:00", vec!["not_whole_days"]),
        ("2026-11-06T08:00", "2026-11-07T20:00", vec![]),
        ("2026-11-04T09:00", "2026-11-08T20:00", vec!["closed_date"]),
        ("2026-11-06T08:00", "2026-11-08T20:00", vec![]),
    ] {
        let case = booked_by(Measure::Days, |c| {
            c.change = Some(Change {
                requested: was,
                occupied: was,
                quantity: 1,
                attendees: Some(4),
                capacity: 8,
                other_units: false,
                elsewhere: false,
            });
        });
        assert_eq!(case.codes(span(start, end)), wanted, "{start} {end}");
    }
}
