//! Series as tables: what an edit touches, what a preview shows, when a series is made.

use chrono::{NaiveDateTime, TimeDelta};

use super::*;
use crate::domain::{
    access::Place,
    decision::{Decision, Outcome, Reason, ReasonCode},
    ids::Id,
    instant::{Instant, Interval},
    policy::Limit,
    recurrence::{CivilTimes, Rule},
    reservation::Status,
    zone::{TimeInput, Zone},
};

/// Ten o'clock on a day of November 2026.
fn ten(day: u32) -> NaiveDateTime {
    match format!("2026-11-{day:02}T10:00").parse() {
        Ok(TimeInput::Local(local)) => local,
        other => panic!("{day}: {other:?}"),
    }
}

fn two_hours(day: u32) -> Interval {
    let start = Zone::default().rule(ten(day));
    Interval::new(start, start.plus_minutes(120)).unwrap()
}

fn now(minutes_after_the_fourth: i64) -> Instant {
    two_hours(4).start().plus_minutes(minutes_after_the_fourth)
}

fn facts(day: u32, status: Status, changed: bool) -> Facts {
    Facts { original: ten(day), interval: two_hours(day), status, changed }
}

#[test]
fn an_edit_goes_as_far_as_it_says_and_leaves_what_is_settled() {
    use Deed::{Cancel, Change};
    use Fate::{Beyond, Touched};
    use Status::{Cancelled, CheckedIn, Completed, Confirmed, Declined, NoShow, Pending};
    let (this, following) = (Reach::This(ten(9)), Reach::Following(ten(9)));
    let stays = Fate::Stays;
    for (facts, fates) in [
        // What becomes of it by: changing this, following, all; cancelling this, following, all.
        (
            facts(2, Confirmed, false),
            [Beyond, Beyond, stays(Stays::Past), Beyond, Beyond, stays(Stays::Past)],
        ),
        (
            facts(2, Completed, false),
            [Beyond, Beyond, stays(Stays::Past), Beyond, Beyond, stays(Stays::Past)],
        ),
        (
            facts(2, Cancelled, true),
            [Beyond, Beyond, stays(Stays::Cancelled), Beyond, Beyond, stays(Stays::Cancelled)],
        ),
        (
            facts(4, Confirmed, false),
            [Beyond, Beyond, stays(Stays::Started), Beyond, Beyond, stays(Stays::Started)],
        ),
        (facts(6, Confirmed, false), [Beyond, Beyond, Touched, Beyond, Beyond, Touched]),
        (facts(6, Confirmed, true), [Beyond, Beyond, stays(Stays::Changed), Beyond, Beyond, Touched]),
        (facts(9, Confirmed, false), [Touched; 6]),
        (
            facts(9, Pending, true),
            [Touched, stays(Stays::Changed), stays(Stays::Changed), Touched, Touched, Touched],
        ),
        (facts(9, Declined, false), [stays(Stays::Cancelled); 6]),
        (facts(9, CheckedIn, false), [stays(Stays::Started); 6]),
        (facts(9, NoShow, true), [stays(Stays::Started); 6]),
        (facts(11, Confirmed, false), [Beyond, Touched, Touched, Beyond, Touched, Touched]),
    ] {
        let found =
            [Change, Cancel].map(|deed| [this, following, Reach::All].map(|r| facts.fate(r, deed, now(30))));
        assert_eq!(found.as_flattened(), fates, "{facts:?}");
    }
}

#[test]
fn it_has_started_at_its_start_and_is_past_at_its_end() {
    let fourth = facts(4, Status::Confirmed, false);
    for (minutes, fate) in [
        (-1, Fate::Touched),
        (0, Fate::Stays(Stays::Started)),
        (119, Fate::Stays(Stays::Started)),
        (120, Fate::Stays(Stays::Past)),
    ] {
        assert_eq!(fourth.fate(Reach::All, Deed::Change, now(minutes)), fate, "{minutes}");
    }
}

#[test]
fn occurrences_are_named_by_the_start_that_the_rule_gave() {
    // The ninth's was moved to the second and the second's to the twentieth.
    let early = Facts { interval: two_hours(2), ..facts(9, Status::Confirmed, true) };
    let late = Facts { interval: two_hours(20), ..facts(2, Status::Confirmed, true) };
    let before = two_hours(1).start();
    assert_eq!(early.fate(Reach::This(ten(9)), Deed::Change, before), Fate::Touched);
    assert_eq!(early.fate(Reach::Following(ten(3)), Deed::Cancel, before), Fate::Touched);
    assert_eq!(late.fate(Reach::Following(ten(3)), Deed::Cancel, before), Fate::Beyond);
    assert_eq!(late.fate(Reach::This(ten(20)), Deed::Change, before), Fate::Beyond);
}

#[test]
fn a_scope_says_from_where_and_whether_the_rule_is_split() {
    for (scope, occurrence, wanted, split) in [
        (Scope::This, Some(ten(9)), Ok(Reach::This(ten(9))), None),
        (Scope::This, None, Err(OccurrenceNeeded(Scope::This)), None),
        (Scope::Following, Some(ten(9)), Ok(Reach::Following(ten(9))), Some(ten(9))),
        (Scope::Following, Some(ten(2)), Ok(Reach::Following(ten(2))), None),
        (Scope::Following, None, Err(OccurrenceNeeded(Scope::Following)), None),
        (Scope::All, Some(ten(9)), Ok(Reach::All), None),
        (Scope::All, None, Ok(Reach::All), None),
    ] {
        let reach = Reach::of(scope, occurrence);
        assert_eq!(reach, wanted, "{scope} {occurrence:?}");
        assert_eq!(reach.ok().and_then(|reach| reach.split_at(ten(2))), split, "{scope} {occurrence:?}");
    }
}

fn reason(code: ReasonCode, outcome: Outcome) -> Reason {
    Reason { code, outcome, limit: None, actual: None, waived: false, pool: None }
}

fn decision(outcome: Outcome, reasons: Vec<Reason>) -> Decision {
    Decision { outcome, reasons }
}

#[test]
fn a_conflict_is_what_only_the_taken_time_refuses() {
    use Outcome::{Allow, Ask, Refuse};
    use ReasonCode::{ApprovalRequired, OutsideHours, SlotTaken};
    let waived = Reason { waived: true, ..reason(OutsideHours, Refuse) };
    for (outcome, reasons, wanted) in [
        (Allow, vec![], OccurrenceOutcome::Created),
        (Allow, vec![waived.clone()], OccurrenceOutcome::Created),
        (Ask, vec![reason(ApprovalRequired, Ask)], OccurrenceOutcome::Created),
        (Refuse, vec![reason(SlotTaken, Refuse)], OccurrenceOutcome::Conflict),
        (
            Refuse,
            vec![reason(ApprovalRequired, Ask), waived, reason(SlotTaken, Refuse)],
            OccurrenceOutcome::Conflict,
        ),
        (Refuse, vec![reason(OutsideHours, Refuse)], OccurrenceOutcome::Refused),
        (Refuse, vec![reason(OutsideHours, Refuse), reason(SlotTaken, Refuse)], OccurrenceOutcome::Refused),
    ] {
        let decision = decision(outcome, reasons);
        assert_eq!(OccurrenceOutcome::of(&decision), wanted, "{decision:?}");
    }
}

/// Ten days from the second on, the third excluded, where `taken` days are taken and `closed` ones closed.
fn preview(taken: &[u32], closed: &[u32]) -> Preview {
    let rule: Rule = "FREQ=DAILY;COUNT=10".parse().unwrap();
    let excluded = ["2026-11-03".parse().unwrap()];
    let occurrences = rule.occurrences(ten(2), Zone::default(), &excluded, 10).unwrap();
    let on = |days: &[u32], at: Interval| days.iter().any(|day| two_hours(*day) == at);
    let times = CivilTimes::of(two_hours(2), Zone::default()).unwrap();
    let decide = |at: Interval| {
        if on(closed, at) {
            decision(Outcome::Refuse, vec![reason(ReasonCode::OutsideHours, Outcome::Refuse)])
        } else if on(taken, at) {
            decision(Outcome::Refuse, vec![reason(ReasonCode::SlotTaken, Outcome::Refuse)])
        } else {
            decision(Outcome::Allow, vec![])
        }
    };
    Preview::of(&occurrences, times, Zone::default(), decide).unwrap()
}

#[test]
fn a_preview_shows_every_occurrence_with_its_outcome() {
    use OccurrenceOutcome::{Conflict, Created, Excluded, Refused};
    let preview = preview(&[3, 5, 11], &[8]);
    let outcomes: Vec<_> = preview.occurrences.iter().map(|previewed| previewed.outcome).collect();
    let wanted =
        [Created, Excluded, Created, Conflict, Created, Created, Refused, Created, Created, Conflict];
    assert_eq!(outcomes, wanted);
    assert_eq!([Created, Conflict, Refused, Excluded].map(|o| preview.count(o)), [6, 2, 1, 1]);
    for (previewed, day) in preview.occurrences.iter().zip(2..) {
        assert_eq!(previewed.interval, two_hours(day));
        assert_eq!(previewed.decision.is_none(), previewed.outcome == Excluded, "{day}");
    }
}

#[test]
fn the_mode_decides_whether_a_series_is_made() {
    use SeriesRefusal::{Conflicts, NothingLeft, TooManySkipped};
    let all = Mode::AllOrNothing;
    let skip = |max_skipped| Mode::SkipConflicts { max_skipped };
    let every_day: Vec<u32> = (2..=11).collect();
    for (taken, closed, mode, wanted) in [
        (&[3][..], &[][..], all, Ok(())),
        (&[3], &[], skip(0), Ok(())),
        (&[5], &[], all, Err(Conflicts { skipped: 1 })),
        (&[5], &[8], all, Err(Conflicts { skipped: 2 })),
        (&[5], &[8], skip(1), Err(TooManySkipped { skipped: 2, max_skipped: 1 })),
        (&[5], &[8], skip(2), Ok(())),
        (&every_day, &[], all, Err(NothingLeft)),
        (&every_day[1..], &[], skip(8), Ok(())),
        (&every_day, &[], skip(366), Err(NothingLeft)),
    ] {
        assert_eq!(preview(taken, closed).verdict(mode), wanted, "{taken:?} {closed:?} {mode:?}");
    }
}

#[test]
fn only_skipping_takes_a_number() {
    for (on_conflict, max_skipped, wanted) in [
        (OnConflict::AllOrNothing, None, Ok(Mode::AllOrNothing)),
        (OnConflict::AllOrNothing, Some(0), Err(MaxSkippedUnused)),
        (OnConflict::SkipConflicts, Some(3), Ok(Mode::SkipConflicts { max_skipped: 3 })),
        (OnConflict::SkipConflicts, None, Ok(Mode::SkipConflicts { max_skipped: 366 })),
    ] {
        assert_eq!(Mode::of(on_conflict, max_skipped), wanted, "{on_conflict} {max_skipped:?}");
    }
}

#[test]
fn a_series_may_not_be_in_its_own_way() {
    let occurrences = |excluded: &[&str]| {
        let exdates: Vec<_> = excluded.iter().map(|day| day.parse().unwrap()).collect();
        let rule: Rule = "FREQ=DAILY;COUNT=3".parse().unwrap();
        rule.occurrences(ten(2), Zone::default(), &exdates, 10).unwrap()
    };
    let times = CivilTimes::new(ten(2), ten(3) + chrono::TimeDelta::hours(1)).unwrap();
    let made = |excluded| {
        Preview::of(&occurrences(excluded), times, Zone::default(), |_| decision(Outcome::Allow, vec![]))
    };
    assert_eq!(made(&[]).unwrap_err().starts_at, ten(3));
    assert_eq!(made(&["2026-11-03"]).unwrap().count(OccurrenceOutcome::Created), 2);
}

/// Ten o'clock on the Tuesday so many weeks after the third of November.
fn tuesday(week: i64) -> NaiveDateTime {
    ten(3) + TimeDelta::weeks(week)
}

/// Six Tuesdays from ten to twelve, without the third.
fn tuesdays() -> Series {
    let nil = uuid::Uuid::nil();
    let start = Instant::from_unix(0);
    Series {
        id: Id::from_uuid(nil),
        place: Place { network: Id::from_uuid(nil), venue: Id::from_uuid(nil) },
        space: Id::from_uuid(nil),
        organiser: Id::from_uuid(nil),
        organisation: None,
        made_by: Id::from_uuid(nil),
        title: "Vaje".to_owned(),
        rule: "FREQ=WEEKLY;COUNT=6".parse().unwrap(),
        times: CivilTimes::of(two_hours(3), Zone::default()).unwrap(),
        exdates: vec![tuesday(2).date()],
        zone: Zone::default(),
        sequence: 4,
        split_from: None,
        version: 7,
        created_at: start,
        updated_at: start,
    }
}

#[test]
fn a_calendar_has_just_what_stands() {
    for (stands, wanted) in [
        (&[0, 1, 3, 4, 5][..], Some(("FREQ=WEEKLY;COUNT=6", 0, &[2][..]))),
        (&[0, 1], Some(("FREQ=WEEKLY;UNTIL=20261117T085959Z", 0, &[]))),
        (&[1, 3], Some(("FREQ=WEEKLY;UNTIL=20261201T085959Z", 1, &[2]))),
        (&[3, 5], Some(("FREQ=WEEKLY;COUNT=3", 3, &[4]))),
        (&[5], Some(("FREQ=WEEKLY;COUNT=1", 5, &[]))),
        (&[], None),
    ] {
        let found = tuesdays().standing(&stands.iter().map(|week| tuesday(*week)).collect());
        let wanted = wanted.map(|(rule, first, excluded)| Standing {
            rule: rule.parse().unwrap(),
            first: tuesday(first),
            excluded: excluded.iter().map(|week| tuesday(*week)).collect(),
        });
        assert_eq!(found, wanted, "{stands:?}");
    }
}

#[test]
fn both_parts_of_a_series_are_the_whole() {
    let (series, id, now) = (tuesdays(), Id::from_uuid(uuid::Uuid::max()), Instant::from_unix(9));
    for week in [1, 3, 5] {
        let (earlier, later) = series.split(tuesday(week), id, now).unwrap();
        assert_eq!([earlier.starts(), later.starts()].concat(), series.starts(), "{week}");
        assert_eq!((earlier.sequence, later.sequence), (5, 0));
        assert_eq!(
            (later.id, later.split_from, later.times.starts_at()),
            (id, Some(series.id), tuesday(week))
        );
    }
    for at in [tuesday(0), tuesday(6), ten(4)] {
        assert!(series.split(at, id, now).is_err(), "{at}");
    }
}

#[test]
fn other_times_keep_the_days() {
    let series = Series { rule: "FREQ=WEEKLY;UNTIL=20261208T100000".parse().unwrap(), ..tuesdays() };
    let two = CivilTimes::new(ten(3) + TimeDelta::hours(4), ten(3) + TimeDelta::hours(5)).unwrap();
    let moved = series.at_times(two);
    let later: Vec<_> = series.starts().iter().map(|start| *start + TimeDelta::hours(4)).collect();
    assert_eq!(moved.starts(), later);
    assert_eq!(moved.interval(later[1]).seconds(), 3600);
}

#[test]
fn a_series_is_too_long_beyond_its_limit() {
    for (limit, count, staff, wanted) in [
        (Limit::refuse(3), 3, false, None),
        (Limit::refuse(3), 4, false, Some((Outcome::Refuse, false))),
        (Limit::refuse(3), 4, true, Some((Outcome::Refuse, true))),
        (Limit::ask(3), 4, false, Some((Outcome::Ask, false))),
    ] {
        let reason = too_long(limit, count, staff);
        assert_eq!(reason.map(|reason| (reason.outcome, reason.waived)), wanted, "{limit:?} {count} {staff}");
    }
}
