//! Decisions as tables of cases, in Ljubljana. Unless a case says otherwise it is 2026-11-03 07:00, a Tuesday,
//! and the space is open from 8 to 20.

use super::*;
use crate::domain::{
    policy::{Audience, Policies, Policy, Rules},
    zone::TimeInput,
};

const PUBLIC: &[Audience] = &[Audience::Public];

/// A local time, or one with an offset; a day alone means `2026-11-03`.
fn at(text: &str) -> Instant {
    let text = if text.len() == 5 { format!("2026-11-03T{text}") } else { text.to_owned() };
    Zone::default().resolve(text.parse::<TimeInput>().unwrap()).unwrap()
}

fn span(start: &str, end: &str) -> Interval {
    Interval::new(at(start), at(end)).unwrap()
}

fn effective(rules: Rules) -> Effective {
    let space = Policy { public: Some(rules), ..Policy::default() };
    Policies { space, ..Policies::default() }.effective(PUBLIC)
}

/// A request with everything in order, for a case to spoil.
struct Case {
    now: Instant,
    open: IntervalSet,
    rules: Rules,
    booker: Booker,
    archived: bool,
    quantity: u32,
    attendees: Option<u32>,
    active: Option<u32>,
    change: Option<Change>,
    setup: u32,
    units_free: u32,
    capacity: u32,
}

impl Case {
    fn new() -> Self {
        Self {
            now: at("07:00"),
            open: span("08:00", "20:00").into(),
            rules: Rules::default(),
            booker: Booker::PUBLIC,
            archived: false,
            quantity: 1,
            attendees: Some(4),
            active: None,
            change: None,
            setup: 0,
            units_free: 1,
            capacity: 8,
        }
    }

    fn decide(&self, requested: Interval) -> Decision {
        let policy = effective(self.rules.clone());
        let facts = Facts {
            now: self.now,
            zone: Zone::default(),
            open: &self.open,
            policy: &policy,
            booker: self.booker,
            archived: self.archived,
            quantity: self.quantity,
            pool: 2,
            attendees: self.attendees,
            capacity: self.capacity,
            active: self.active,
            change: self.change,
        };
        let occupied = requested.widened(self.setup, 0);
        decide(&facts, &Slot { requested, occupied, units_free: self.units_free })
    }

    /// The codes of a decision on `requested`.
    fn codes(&self, requested: Interval) -> Vec<&'static str> {
        self.decide(requested).reasons.iter().map(|reason| reason.code.as_str()).collect()
    }
}

fn spoilt(spoil: impl Fn(&mut Case)) -> Case {
    let mut case = Case::new();
    spoil(&mut case);
    case
}

fn morning() -> Interval {
    span("09:00", "10:00")
}

/// What the reservation was before an edit: 9 to 10, one unit, four people.
fn before() -> Change {
    Change {
        requested: morning(),
        occupied: morning(),
        quantity: 1,
        attendees: Some(4),
        capacity: 8,
        other_units: false,
    }
}

#[test]
fn a_request_with_everything_in_order_is_allowed() {
    let decision = Case::new().decide(morning());
    assert_eq!(decision, Decision { outcome: Outcome::Allow, reasons: vec![] });
}

#[test]
fn each_rule_alone_names_its_limit_and_the_actual_value() {
    use ReasonCode::*;
    use Value::{Count, Days, Minutes};
    let no_values = (None, None);
    let cases: Vec<(Case, Interval, ReasonCode, (Option<Value>, Option<Value>))> = vec![
        (spoilt(|c| c.archived = true), morning(), SpaceArchived, no_values),
        (spoilt(|c| c.rules.bookable = Some(false)), morning(), NotBookableByYou, no_values),
        (spoilt(|c| c.booker.known = false), morning(), SignInRequired, no_values),
        (spoilt(|c| c.booker.verified = false), morning(), AddressUnverified, no_values),
        (
            spoilt(|c| c.now = at("09:01")),
            morning(),
            InThePast,
            (Some(Value::Instant(at("09:01"))), Some(Value::Instant(at("09:00")))),
        ),
        (spoilt(|c| c.now = at("10:00")), morning(), AlreadyOver, no_values),
        (
            spoilt(|c| c.rules.min_duration_minutes = Some(Limit::refuse(90))),
            morning(),
            TooShort,
            (Some(Minutes(90)), Some(Minutes(60))),
        ),
        (
            spoilt(|c| c.rules.max_duration_minutes = Some(Limit::refuse(45))),
            morning(),
            TooLong,
            (Some(Minutes(45)), Some(Minutes(60))),
        ),
        (
            Case::new(),
            span("09:05", "10:00"),
            OffGrid,
            (Some(Minutes(15)), Some(Value::Instant(at("09:05")))),
        ),
        (
            spoilt(|c| c.rules.min_notice_minutes = Some(Limit::refuse(180))),
            morning(),
            TooLate,
            (Some(Minutes(180)), Some(Minutes(120))),
        ),
        (
            spoilt(|c| {
                c.rules.horizon_days = Some(Limit::refuse(3));
                c.open = span("2026-11-07T08:00", "2026-11-07T20:00").into();
            }),
            span("2026-11-07T09:00", "2026-11-07T10:00"),
            TooFar,
            (Some(Days(3)), Some(Days(4))),
        ),
        (
            Case::new(),
            span("19:30", "20:30"),
            OutsideHours,
            (Some(Value::Instant(at("20:00"))), Some(Value::Instant(at("20:30")))),
        ),
        (spoilt(|c| c.attendees = Some(9)), morning(), OverCapacity, (Some(Count(8)), Some(Count(9)))),
        (
            spoilt(|c| (c.attendees, c.rules.attendees_required) = (None, Some(true))),
            morning(),
            AttendeesRequired,
            no_values,
        ),
        (
            spoilt(|c| (c.active, c.rules.max_active) = (Some(3), Some(Limit::refuse(3)))),
            morning(),
            TooManyActive,
            (Some(Count(3)), Some(Count(4))),
        ),
        (spoilt(|c| c.units_free = 0), morning(), SlotTaken, (Some(Count(0)), Some(Count(1)))),
        (
            spoilt(|c| c.setup = 121),
            morning(),
            SetupInThePast,
            (Some(Value::Instant(at("07:00"))), Some(Value::Instant(at("06:59")))),
        ),
        (spoilt(|c| c.quantity = 3), morning(), QuantityOverPool, (Some(Count(2)), Some(Count(3)))),
    ];
    for (case, requested, code, (limit, actual)) in cases {
        let reason = Reason { code, outcome: Outcome::Refuse, limit, actual, waived: false };
        let wanted = Decision { outcome: Outcome::Refuse, reasons: vec![reason] };
        assert_eq!(case.decide(requested), wanted, "{code}");
    }
}

#[test]
fn all_that_is_wrong_is_named_at_once_and_the_strictest_outcome_counts() {
    let case = spoilt(|c| {
        c.attendees = Some(9);
        c.rules.capacity = Some(crate::domain::policy::Capacity { beyond: Beyond::Ask });
        c.rules.approval = Some(Approval::Always);
    });
    let asked = case.decide(morning());
    assert_eq!(asked.outcome, Outcome::Ask);
    assert_eq!(case.codes(morning()), ["approval_required", "over_capacity"]);
    let late = span("19:30", "20:30");
    assert_eq!(case.decide(late).outcome, Outcome::Refuse);
    assert_eq!(case.codes(late), ["approval_required", "outside_hours", "over_capacity"]);
}

#[test]
fn every_limit_can_ask_instead_of_refusing() {
    let table: [(fn(&mut Case), Interval); 5] = [
        (|c| c.rules.min_duration_minutes = Some(Limit::ask(90)), morning()),
        (|c| c.rules.max_duration_minutes = Some(Limit::ask(45)), morning()),
        (|c| c.rules.slot_minutes = Some(Limit::ask(120)), morning()),
        (|c| c.rules.min_notice_minutes = Some(Limit::ask(180)), morning()),
        (|c| (c.active, c.rules.max_active) = (Some(1), Some(Limit::ask(1))), morning()),
    ];
    for (index, (spoil, requested)) in table.into_iter().enumerate() {
        assert_eq!(spoilt(spoil).decide(requested).outcome, Outcome::Ask, "case {index}");
    }
}

#[test]
fn notice_is_elapsed_and_kept_at_its_very_edge() {
    // Clocks turn back at 3 on 2026-10-25: from 23:00 to 09:00 eleven hours pass.
    let (open, slot) = ("2026-10-25T08:00", span("2026-10-25T09:00", "2026-10-25T10:00"));
    for (now, notice, wanted) in [
        ("2026-10-24T23:00", 660, vec![]),
        ("2026-10-24T23:00", 661, vec!["too_late"]),
        ("2026-10-24T23:01", 660, vec!["too_late"]),
        ("2026-10-25T09:00", 0, vec![]),
    ] {
        let case = spoilt(|c| {
            c.now = at(now);
            c.open = span(open, "2026-10-25T20:00").into();
            c.rules.min_notice_minutes = Some(Limit::refuse(notice));
        });
        assert_eq!(case.codes(slot), wanted, "{now} {notice}");
    }
}

#[test]
fn the_horizon_goes_by_local_dates() {
    for (now, start, end, wanted) in [
        // 30 days from 1 March to 31 March, over the change of clocks.
        ("2026-03-01T00:00", "2026-03-31T23:00", "2026-03-31T23:45", vec![]),
        ("2026-03-01T00:00", "2026-03-31T23:45", "2026-04-01T00:30", vec![]),
        ("2026-03-01T00:00", "2026-04-01T00:00", "2026-04-01T01:00", vec!["too_far"]),
        ("2026-03-01T23:59", "2026-04-01T00:00", "2026-04-01T01:00", vec!["too_far"]),
        ("2026-03-02T00:00", "2026-04-01T00:00", "2026-04-01T01:00", vec![]),
    ] {
        let case = spoilt(|c| {
            c.now = at(now);
            c.open = span("2026-03-25T00:00", "2026-04-05T00:00").into();
            c.rules.horizon_days = Some(Limit::refuse(30));
        });
        assert_eq!(case.codes(span(start, end)), wanted, "{now} {start}");
    }
}

#[test]
fn the_request_lies_inside_one_opening_span() {
    let lunch =
        || spoilt(|c| c.open = [span("08:00", "12:00"), span("13:00", "20:00")].into_iter().collect());
    for (start, end, wanted) in [
        ("08:00", "12:00", vec![]),
        ("13:00", "20:00", vec![]),
        ("07:45", "09:00", vec!["outside_hours"]),
        ("11:00", "12:15", vec!["outside_hours"]),
        ("11:00", "14:00", vec!["outside_hours"]),
        ("12:00", "13:00", vec!["outside_hours"]),
        ("12:15", "12:45", vec!["outside_hours"]),
    ] {
        assert_eq!(lunch().codes(span(start, end)), wanted, "{start} {end}");
    }
    // Set-up may lie outside opening time.
    assert_eq!(spoilt(|c| c.setup = 30).codes(span("08:00", "09:00")), [] as [&str; 0]);
}

#[test]
fn the_grid_counts_elapsed_minutes_from_the_anchor_on_both_changes_of_clocks() {
    let around_the_clock = || span("2026-03-20T00:00", "2026-11-20T00:00");
    for (open, slot, start, end, wanted) in [
        (span("08:10", "20:00"), 30, "08:40", "09:40", vec![]),
        (span("08:10", "20:00"), 30, "08:30", "09:30", vec!["off_grid"]),
        (span("08:10", "20:00"), 30, "08:40", "09:30", vec!["off_grid"]),
        // The end of the day is no multiple of the grid.
        (span("08:10", "20:00"), 30, "19:10", "20:00", vec!["off_grid"]),
        // Spring: an overnight span, 22:00 to 06:00, lasts 7 h; 01:00 to 04:00 lasts 2 h.
        (span("2026-03-28T22:00", "2026-03-29T06:00"), 120, "2026-03-29T00:00", "2026-03-29T03:00", vec![]),
        (
            span("2026-03-28T22:00", "2026-03-29T06:00"),
            120,
            "2026-03-29T00:00",
            "2026-03-29T04:00",
            vec!["off_grid"],
        ),
        // Autumn: both readings of 02:30 lie on an hourly grid anchored at 22:30.
        (
            span("2026-10-24T22:30", "2026-10-25T06:30"),
            60,
            "2026-10-25T02:30:00+02:00",
            "2026-10-25T02:30:00+01:00",
            vec![],
        ),
        // Over 24 h the grid begins anew at midnight: the short day does not shift the next one.
        (around_the_clock(), 120, "2026-03-28T22:00", "2026-03-30T10:00", vec![]),
        (around_the_clock(), 120, "2026-03-29T05:00", "2026-03-29T07:00", vec![]),
        (around_the_clock(), 120, "2026-03-29T04:00", "2026-03-29T06:00", vec!["off_grid"]),
        (around_the_clock(), 420, "2026-04-01T21:00", "2026-04-02T00:00", vec![]),
    ] {
        let case = spoilt(|c| {
            c.now = at("2026-03-15T00:00");
            c.open = open.into();
            c.rules.slot_minutes = Some(Limit::refuse(slot));
        });
        assert_eq!(case.codes(span(start, end)), wanted, "{slot}: {start} {end}");
    }
}

#[test]
fn thirty_one_local_days_and_this_century_bound_everything_even_for_staff() {
    for (start, end, wanted) in [
        // October has 745 hours.
        ("2026-10-01T00:00", "2026-11-01T00:00", vec![]),
        ("2026-10-01T00:00", "2026-11-01T00:15", vec!["out_of_bounds"]),
        // March has 743.
        ("2026-03-01T00:00", "2026-04-01T00:00", vec![]),
        ("2026-03-01T00:00", "2026-04-01T00:15", vec!["out_of_bounds"]),
        ("2026-05-01T00:00", "2099-05-01T00:00", vec!["out_of_bounds"]),
    ] {
        let case = spoilt(|c| {
            c.now = at("2026-02-28T00:00");
            c.open = span("2026-01-01T00:00", "2100-01-01T00:00+00:00").into();
            c.booker.staff = true;
        });
        let decision = case.decide(span(start, end));
        let codes = case.codes(span(start, end));
        assert_eq!(codes, wanted, "{start} {end}");
        assert_eq!(decision.outcome == Outcome::Refuse, !wanted.is_empty());
    }
    let ancient = Interval::new(Instant::EARLIEST.plus(-60), Instant::EARLIEST.plus(3600)).unwrap();
    assert!(Case::new().decide(ancient).has(ReasonCode::OutOfBounds));
}

#[test]
fn staff_go_beyond_limits_marked_but_never_beyond_what_is_sold() {
    let spoils: [(fn(&mut Case), &str, bool); 12] = [
        (|c| c.rules.bookable = Some(false), "not_bookable_by_you", true),
        (|c| c.rules.approval = Some(Approval::Always), "approval_required", true),
        (|c| c.rules.max_duration_minutes = Some(Limit::refuse(30)), "too_long", true),
        (|c| c.rules.slot_minutes = Some(Limit::refuse(120)), "off_grid", true),
        (|c| c.now = at("09:30"), "in_the_past", true),
        (|c| c.setup = 180, "setup_in_the_past", true),
        (|c| c.open = IntervalSet::new(), "outside_hours", true),
        (|c| c.attendees = Some(100), "over_capacity", true),
        (|c| c.units_free = 0, "slot_taken", false),
        (|c| c.quantity = 3, "quantity_over_pool", false),
        (|c| c.archived = true, "space_archived", false),
        (|c| c.now = at("10:00"), "already_over", false),
    ];
    for (spoil, code, waived) in spoils {
        let mut case = spoilt(spoil);
        assert_ne!(case.decide(morning()).outcome, Outcome::Allow, "{code}");
        case.booker.staff = true;
        let decision = case.decide(morning());
        let [reason] = decision.reasons[..] else { panic!("{code}: {decision:?}") };
        assert_eq!((reason.code.as_str(), reason.waived), (code, waived));
        assert_eq!(decision.outcome == Outcome::Allow, waived, "{code}");
    }
}

#[test]
fn an_edit_tests_only_what_it_changes() {
    /// A reservation that would break every rule if it were made now.
    fn stale(case: &mut Case) {
        case.now = at("08:50");
        case.change = Some(before());
        case.archived = true;
        case.open = span("09:20", "20:00").into();
        case.units_free = 0;
        case.active = Some(9);
        case.rules.max_active = Some(Limit::refuse(1));
        case.rules.bookable = Some(false);
        case.rules.approval = Some(Approval::Always);
        case.rules.min_notice_minutes = Some(Limit::refuse(600));
        case.rules.horizon_days = Some(Limit::refuse(0));
        case.rules.slot_minutes = Some(Limit::refuse(60));
        case.rules.max_duration_minutes = Some(Limit::refuse(30));
        case.rules.attendees_required = Some(true);
    }
    let none: [&str; 0] = [];
    assert_eq!(spoilt(stale).codes(morning()), none, "only the title is edited");
    // Shortening needs no approval, no notice, no free unit; its new end is on the grid or not.
    let shorter = spoilt(|c| {
        stale(c);
        c.open = span("08:00", "20:00").into();
    });
    assert_eq!(shorter.codes(span("09:00", "09:45")), ["off_grid"]);
    let fine = spoilt(|c| {
        stale(c);
        c.rules.slot_minutes = None;
    });
    assert_eq!(fine.codes(span("09:00", "09:30")), none);
}

#[test]
fn edits_are_tested_in_what_goes_further_than_before() {
    let none: Vec<&str> = vec![];
    let edits: Vec<(fn(&mut Case), Interval, Vec<&str>)> = vec![
        // The end moves while it runs: the start is not tested again.
        (|c| c.now = at("09:30"), span("09:00", "10:30"), none.clone()),
        (|c| c.now = at("09:30"), span("09:15", "10:00"), vec!["in_the_past"]),
        (|c| c.now = at("09:30"), span("09:00", "09:30"), vec!["already_over"]),
        // Longer than allowed before; shorter but still too long is an improvement.
        (|c| c.rules.max_duration_minutes = Some(Limit::refuse(30)), span("09:00", "09:45"), none.clone()),
        (
            |c| c.rules.max_duration_minutes = Some(Limit::refuse(30)),
            span("09:00", "10:15"),
            vec!["too_long"],
        ),
        (|c| c.rules.min_duration_minutes = Some(Limit::refuse(90)), span("09:00", "10:15"), none.clone()),
        (|c| c.rules.approval = Some(Approval::Always), span("09:00", "10:15"), vec!["approval_required"]),
        (|c| c.rules.approval = Some(Approval::Always), span("09:15", "10:00"), none.clone()),
        // Own old time does not count: only what lies beyond it must be free.
        (|c| c.units_free = 0, span("09:15", "09:45"), none.clone()),
        (|c| c.units_free = 0, span("09:15", "10:15"), vec!["slot_taken"]),
        (|c| c.quantity = 2, morning(), vec!["slot_taken"]),
        (|c| c.quantity = 3, morning(), vec!["quantity_over_pool"]),
        // Fewer people, still too many, is an improvement; more, or a smaller layout, is not.
        (|c| (c.attendees, c.capacity) = (Some(3), 2), morning(), vec!["over_capacity"]),
        (|c| c.attendees = Some(9), morning(), vec!["over_capacity"]),
        (
            |c| {
                c.change = Some(Change { attendees: Some(20), ..before() });
                c.attendees = Some(12);
            },
            morning(),
            none.clone(),
        ),
        (
            |c| (c.attendees, c.rules.attendees_required) = (None, Some(true)),
            morning(),
            vec!["attendees_required"],
        ),
        // New set-up time is new work.
        (|c| c.setup = 150, morning(), vec!["setup_in_the_past"]),
        // Other units must be free and bookable although the time stays.
        (
            |c| {
                c.change = Some(Change { other_units: true, ..before() });
                c.units_free = 0;
            },
            morning(),
            vec!["slot_taken"],
        ),
    ];
    for (index, (edit, requested, wanted)) in edits.into_iter().enumerate() {
        let case = spoilt(|c| {
            c.change = Some(before());
            edit(c);
        });
        assert_eq!(case.codes(requested), wanted, "edit {index}");
    }
}

#[test]
fn values_are_shown_as_numbers_and_local_times() {
    let zone = Zone::default();
    for (value, wanted, unit) in [
        (Value::Minutes(45), "45", "minutes"),
        (Value::Days(3), "3", "days"),
        (Value::Count(8), "8", "count"),
        (Value::Instant(at("09:00")), r#""2026-11-03T09:00:00+01:00""#, "instant"),
    ] {
        assert_eq!(serde_json::to_string(&value.show(zone)).unwrap(), wanted);
        assert_eq!(value.unit(), unit);
    }
}
