//! Edits: what stays is not tested, what goes further is.

use super::*;

/// What the reservation was before an edit: 9 to 10, one unit, four people.
fn before() -> Change {
    Change {
        requested: morning(),
        occupied: morning(),
        quantity: 1,
        attendees: Some(4),
        capacity: 8,
        other_units: false,
        elsewhere: false,
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
    // Another space has granted nothing yet; how many there are stays as it is.
    let elsewhere = spoilt(|c| {
        stale(c);
        c.change = Some(Change { elsewhere: true, ..before() });
    });
    let codes = elsewhere.codes(morning());
    for code in ["space_archived", "approval_required", "too_long", "slot_taken"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    assert!(!codes.contains(&"too_many_active"), "{codes:?}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "one table of cases")]
fn edits_are_tested_in_what_goes_further_than_before() {
    let none: Vec<&str> = vec![];
    let edits: Vec<(Spoil, Interval, Vec<&str>)> = vec![
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
        // Set-up that has begun stays begun while the end moves.
        (
            |c| {
                let occupied = morning().widened(30, 0);
                c.change = Some(Change { occupied, ..before() });
                (c.setup, c.now) = (30, at("08:45"));
            },
            span("09:00", "10:15"),
            none.clone(),
        ),
        // One imported longer than is taken today can still get another title.
        (
            |c| {
                let requested = span("2026-11-10T08:00", "2026-12-24T08:00");
                c.change = Some(Change { requested, occupied: requested, ..before() });
            },
            span("2026-11-10T08:00", "2026-12-24T08:00"),
            none.clone(),
        ),
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
