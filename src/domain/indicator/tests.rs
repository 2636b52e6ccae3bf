//! What may be an indicator, how it stands to its target, and sums of years, as tables of cases.

use super::*;

fn goal(value: f64) -> Goal {
    Goal::new(value).unwrap()
}

/// A definition of the words of a body.
fn definition(figure: &str, filter: &str) -> Definition {
    Definition {
        figure: figure.parse().unwrap(),
        filter: serde_json::from_str(filter).unwrap(),
        direction: TargetDirection::AtLeast,
        cumulative_from: None,
        targets: Vec::new(),
    }
}

#[test]
fn amounts_grow_evenly_and_levels_stand() {
    use TargetDirection::{AtLeast, AtMost};
    for (direction, is_level, elapsed, value, wanted) in [
        // Of 100 by the end of the year.
        (AtLeast, false, 0.5, 100.0, "reached"),
        (AtLeast, false, 0.5, 50.0, "on_the_way"),
        (AtLeast, false, 0.5, 49.9, "behind"),
        (AtLeast, false, 0.0, 0.0, "on_the_way"),
        (AtLeast, false, 1.0, 100.0, "reached"),
        (AtLeast, false, 1.0, 99.9, "behind"),
        (AtLeast, true, 0.5, 100.0, "on_the_way"),
        (AtLeast, true, 0.5, 99.0, "behind"),
        (AtLeast, true, 1.0, 100.0, "reached"),
        (AtLeast, true, 1.0, 99.0, "behind"),
        (AtMost, false, 0.5, 50.0, "on_the_way"),
        (AtMost, false, 0.5, 50.1, "behind"),
        (AtMost, false, 0.5, 101.0, "behind"),
        (AtMost, false, 1.0, 100.0, "reached"),
        (AtMost, false, 1.0, 100.1, "behind"),
        (AtMost, true, 0.1, 100.0, "on_the_way"),
        (AtMost, true, 0.1, 101.0, "behind"),
        (AtMost, true, 1.0, 0.0, "reached"),
        (AtMost, true, 1.0, 101.0, "behind"),
    ] {
        let course = Course { direction, is_level, elapsed };
        let found = course.status(value, goal(100.0));
        assert_eq!(found.as_str(), wanted, "{course:?} {value}");
    }
}

#[test]
fn progress_is_the_share_of_the_target() {
    for (value, target, wanted) in [
        (0.0, 80.0, Some(0.0)),
        (20.0, 80.0, Some(0.25)),
        (120.0, 80.0, Some(1.5)),
        (0.25, 0.5, Some(0.5)),
        (3.0, 0.0, None),
    ] {
        assert_eq!(Course::progress(value, goal(target)), wanted);
    }
}

#[test]
fn what_is_cumulative_has_all_its_years_to_go() {
    for (since, year, of_year, wanted) in [
        (2026, 2026, 0.5, 0.5),
        (2026, 2026, 1.0, 1.0),
        (2024, 2026, 0.0, 2.0 / 3.0),
        (2024, 2026, 1.0, 1.0),
        (2025, 2026, 0.5, 0.75),
        (2026, 2026, -1.0, 0.0),
        // The last year has not begun, and half of the first one is over.
        (2026, 2027, -0.5, 0.25),
        (2025, 2027, -1.25, 0.25),
        (2026, 2027, -7.0, 0.0),
        (2026, 2026, 7.0, 1.0),
    ] {
        assert_eq!(elapsed(since, year, of_year), wanted);
    }
}

#[test]
fn targets_are_kept_to_six_decimals() {
    for (value, wanted) in [
        (0.35, Ok(350_000)),
        (1e9, Ok(1_000_000_000_000_000)),
        (0.000_000_4, Ok(0)),
        (-0.1, Err(InvalidGoal::Negative)),
        (f64::NAN, Err(InvalidGoal::Negative)),
        (f64::INFINITY, Err(InvalidGoal::TooLarge)),
        (1e300, Err(InvalidGoal::TooLarge)),
    ] {
        assert_eq!(Goal::new(value).map(Goal::millionths), wanted, "{value}");
    }
    assert_eq!(goal(0.35).value(), 0.35);
}

#[test]
fn sums_come_first_and_are_divided_last() {
    let mut year = Measure::rate_of(Some(10), 100);
    year += Measure::rate_of(Some(80), 200);
    assert_eq!((year, year.rate()), (Measure::rate_of(Some(90), 300), Some(0.3)));
    assert_eq!(Measure::nothing(IndicatorFigure::PlannedFrequency).rate(), None);
    let mut hours = Measure::amount(1800);
    hours += Measure::amount(3600);
    assert_eq!(hours.value(IndicatorFigure::UsedHours), Some(1.5));
    assert_eq!(Measure::amount(7).value(IndicatorFigure::Visits), Some(7.0));
    hours += Measure { numerator: None, denominator: None };
    assert_eq!(hours.value(IndicatorFigure::UsedHours), None);
}

#[test]
fn only_what_one_published_table_answers_is_an_indicator_of_people() {
    const VENUE: &str = "ven_01h455vb4pex5vsknk084sn02q";
    const OTHER: &str = "ven_01h455vb4pex5vsknk084sn02r";
    let two = format!(r#"{{"venue_ids": ["{VENUE}", "{OTHER}"]}}"#);
    let one = format!(r#"{{"venue_ids": ["{VENUE}"]}}"#);
    let (cci, kinds) = (r#"{"dimension": "audience", "categories": ["cci"]}"#, r#"{"kinds": ["studio"]}"#);
    let sectors = r#"{"dimension": "sector", "categories": ["nace 2.1 90.39", "nace 2.1 74.12"]}"#;
    let euros = r#"{"currency": "EUR"}"#;
    for (figure, filter, answered) in [
        ("used_hours", kinds, true),
        ("used_hours", cci, false),
        ("planned_frequency", &two, true),
        ("attended", &one, true),
        ("booked_hours", "{}", true),
        ("booked_hours", cci, true),
        ("booked_hours", sectors, true),
        ("booked_hours", kinds, true),
        ("reservations", kinds, false),
        ("reservations", &two, true),
        ("reservations", sectors, true),
        ("people", cci, true),
        ("people", sectors, false),
        ("people", &one, true),
        ("people", &two, false),
        ("new_people", "{}", true),
        ("new_people", &two, false),
        ("new_people", cci, false),
        ("supported_enterprises", "{}", true),
        ("supported_enterprises", sectors, false),
        ("visits", &two, true),
        ("visits", cci, false),
        ("in_kind_value", euros, true),
    ] {
        let found = definition(figure, filter).check();
        let wanted = if answered { Ok(()) } else { Err(Refused::NotPublished) };
        assert_eq!(found, wanted, "{figure} {filter}");
    }
}

#[test]
fn fields_that_mean_nothing_are_named() {
    let faults = |definition: &Definition| match definition.check() {
        Err(Refused::Fields(faults)) => faults
            .iter()
            .map(|fault| format!("{} {}", fault.pointer, fault.code))
            .collect::<Vec<_>>()
            .join(", "),
        other => format!("{other:?}"),
    };
    for (figure, filter, wanted) in [
        ("used_hours", r#"{"kinds": ["studio", "studio"]}"#, "/filter/kinds/1 repeated"),
        ("people", r#"{"categories": ["cci"]}"#, "/filter/dimension missing_field"),
        ("people", r#"{"dimension": "audience"}"#, "/filter/categories missing_field"),
        ("people", r#"{"dimension": "people", "categories": ["new"]}"#, "/filter/dimension unknown_value"),
        (
            "people",
            r#"{"dimension": "purpose", "categories": ["dance"]}"#,
            "/filter/categories/0 unknown_value",
        ),
        (
            "people",
            r#"{"dimension": "sector", "categories": ["skd 2025 90.030"]}"#,
            "/filter/categories/0 unknown_value",
        ),
        (
            "people",
            r#"{"dimension": "audience", "categories": ["none"]}"#,
            "/filter/categories/0 unknown_value",
        ),
        ("charged", "{}", "/filter/currency missing_field"),
        ("visits", r#"{"currency": "EUR"}"#, "/filter/currency only_money"),
    ] {
        assert_eq!(faults(&definition(figure, filter)), wanted, "{figure} {filter}");
    }
    let years = Definition {
        cumulative_from: Some(2026),
        targets: vec![(2025, goal(0.1)), (2027, goal(0.2)), (2027, goal(1.5)), (2100, goal(1.0))],
        ..definition("planned_frequency", "{}")
    };
    let wanted = "/targets/0/year out_of_range, /targets/2/year repeated, /targets/2/value too_large, \
        /targets/3/year out_of_range";
    assert_eq!(faults(&years), wanted);
    for figure in ["people", "returning_people", "organisations", "supported_enterprises"] {
        let definition = Definition { cumulative_from: Some(2026), ..definition(figure, "{}") };
        assert_eq!(faults(&definition), "/cumulative_from does_not_add_up");
    }
    let new = Definition { cumulative_from: Some(2026), ..definition("new_organisations", "{}") };
    assert_eq!(new.check(), Ok(()));
}

#[test]
fn values_are_kept_from_the_first_year_it_is_about() {
    let plain = definition("visits", "{}");
    let planned = Definition { targets: vec![(2024, goal(1.0)), (2027, goal(2.0))], ..plain.clone() };
    let counted = Definition { cumulative_from: Some(2022), ..planned.clone() };
    for (definition, first, since) in [(plain, 2026, 2026), (planned, 2024, 2026), (counted, 2022, 2022)] {
        let text = |text: &str| Line::new(text).unwrap();
        let indicator = Indicator {
            id: IndicatorId::from_uuid(uuid::Uuid::nil()),
            network: NetworkId::from_uuid(uuid::Uuid::nil()),
            code: Line::new("C1").unwrap(),
            name: Bilingual { sl: text("Obiski"), en: text("Visits") },
            description: None,
            definition,
            created_at: Instant::EARLIEST,
            archived_at: None,
            version: 1,
        };
        assert_eq!((indicator.first_year(2026), indicator.definition.since(2026)), (first, since));
    }
}
