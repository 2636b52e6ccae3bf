//! Notice, horizon, opening hours, grid and bounds, with the days on which clocks change.

use super::*;

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
