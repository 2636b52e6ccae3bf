//! Decisions as tables of cases, in Ljubljana. Unless a case says otherwise it is 2026-11-03 07:00, a Tuesday,
//! and the space is open from 8 to 20.

mod edits;
mod holds;
mod quotas;
mod stays;
mod times;

use super::*;
use crate::domain::{
    policy::{Audience, Limit, Policies, Policy, Rules},
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

/// What a case spoils.
type Spoil = fn(&mut Case);

/// A request with everything in order, for a case to spoil.
struct Case {
    now: Instant,
    open: IntervalSet,
    stays: Option<Stays>,
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
            stays: None,
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
            stays: self.stays.as_ref(),
            policy: &policy,
            booker: self.booker,
            archived: self.archived,
            quantity: self.quantity,
            pool: 2,
            attendees: self.attendees,
            capacity: self.capacity,
            active: self.active,
            claim: None,
            change: self.change,
            holds: &[],
            holding: None,
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

#[test]
fn a_request_with_everything_in_order_is_allowed() {
    let allowed = Decision { outcome: Outcome::Allow, reasons: vec![] };
    assert_eq!(Case::new().decide(morning()), allowed);
    let at_every_edge = spoilt(|c| {
        (c.attendees, c.now) = (Some(8), at("09:00"));
        (c.active, c.rules.max_active) = (Some(0), Some(Limit::refuse(1)));
        (c.quantity, c.units_free) = (2, 2);
        c.rules.min_duration_minutes = Some(Limit::refuse(60));
        c.rules.max_duration_minutes = Some(Limit::refuse(60));
    });
    assert_eq!(at_every_edge.decide(morning()), allowed);
    let equipment = spoilt(|c| (c.attendees, c.capacity) = (Some(20), 0));
    assert_eq!(equipment.decide(morning()), allowed);
}

/// One rule not kept: what spoils the request, the request, the rule, and (limit, actual).
type Broken = (Spoil, Interval, ReasonCode, Option<(Value, Value)>);

fn each_alone_is_refused(table: Vec<Broken>) {
    for (spoil, requested, code, values) in table {
        let (limit, actual) = values.unzip();
        let reason = Reason { code, outcome: Outcome::Refuse, limit, actual, waived: false, pool: None };
        let wanted = Decision { outcome: Outcome::Refuse, reasons: vec![reason] };
        assert_eq!(spoilt(spoil).decide(requested), wanted, "{code}");
    }
}

#[test]
fn rules_on_who_and_how_many_name_the_limit_and_the_actual_value() {
    use ReasonCode::*;
    let counts = |limit, actual| Some((Value::Count(limit), Value::Count(actual)));
    each_alone_is_refused(vec![
        (|c| c.archived = true, morning(), SpaceArchived, None),
        (|c| c.rules.bookable = Some(false), morning(), NotBookableByYou, None),
        (|c| c.booker.known = false, morning(), SignInRequired, None),
        (|c| c.booker.verified = false, morning(), AddressUnverified, None),
        (|c| c.attendees = Some(9), morning(), OverCapacity, counts(8, 9)),
        (
            |c| (c.attendees, c.rules.attendees_required) = (None, Some(true)),
            morning(),
            AttendeesRequired,
            None,
        ),
        (
            |c| (c.active, c.rules.max_active) = (Some(3), Some(Limit::refuse(3))),
            morning(),
            TooManyActive,
            counts(3, 4),
        ),
        (|c| c.units_free = 0, morning(), SlotTaken, counts(0, 1)),
        (|c| c.quantity = 3, morning(), QuantityOverPool, counts(2, 3)),
    ]);
}

#[test]
fn rules_on_when_name_the_limit_and_the_actual_value() {
    use ReasonCode::*;
    let minutes = |limit, actual| Some((Value::Minutes(limit), Value::Minutes(actual)));
    let times = |limit, actual| Some((Value::Instant(at(limit)), Value::Instant(at(actual))));
    each_alone_is_refused(vec![
        (|c| c.now = at("09:01"), morning(), InThePast, times("09:01", "09:00")),
        (|c| c.now = at("10:00"), morning(), AlreadyOver, None),
        (|c| c.setup = 121, morning(), SetupInThePast, times("07:00", "06:59")),
        (|c| c.rules.min_duration_minutes = Some(Limit::refuse(90)), morning(), TooShort, minutes(90, 60)),
        (|c| c.rules.max_duration_minutes = Some(Limit::refuse(45)), morning(), TooLong, minutes(45, 60)),
        (|c| c.rules.min_notice_minutes = Some(Limit::refuse(180)), morning(), TooLate, minutes(180, 120)),
        (
            |c| {
                c.rules.horizon_days = Some(Limit::refuse(3));
                c.open = span("2026-11-07T08:00", "2026-11-07T20:00").into();
            },
            span("2026-11-07T09:00", "2026-11-07T10:00"),
            TooFar,
            Some((Value::Days(3), Value::Days(4))),
        ),
        (|_| (), span("19:30", "20:30"), OutsideHours, times("20:00", "20:30")),
        (|_| (), span("09:05", "10:00"), OffGrid, Some((Value::Minutes(15), Value::Instant(at("09:05"))))),
    ]);
    // No span to name: closed when it would start.
    let early = Case::new().decide(span("07:15", "08:15"));
    assert_eq!((early.reasons[0].limit, early.reasons[0].actual), (None, Some(Value::Instant(at("07:15")))));
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
    let table: [(Spoil, Interval); 5] = [
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
fn staff_go_beyond_limits_marked_but_never_beyond_what_is_sold() {
    let spoils: [(Spoil, &str, bool); 12] = [
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
        let [reason] = &decision.reasons[..] else { panic!("{code}: {decision:?}") };
        assert_eq!((reason.code.as_str(), reason.waived), (code, waived));
        assert_eq!(decision.outcome == Outcome::Allow, waived, "{code}");
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
        (Value::Date(Zone::default().date(at("09:00"))), r#""2026-11-03""#, "date"),
    ] {
        assert_eq!(serde_json::to_string(&value.show(zone)).unwrap(), wanted);
        assert_eq!(value.unit(), unit);
    }
}
