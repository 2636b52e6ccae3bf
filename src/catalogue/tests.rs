//! The languages agree with each other and with the code; dual and plural are right.

use std::{collections::BTreeSet, fs, path::Path};

use super::*;

/// The messages of a source with the arguments each names.
fn messages(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current = String::new();
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line.split_once(" =").filter(|_| line.starts_with(char::is_alphabetic)) {
            current = key.to_owned();
            assert!(messages.insert(current.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
        }
        for argument in line.split('$').skip(1) {
            let name: String = argument.chars().take_while(char::is_ascii_alphanumeric).collect();
            messages.get_mut(&current).expect("arguments stand in messages").insert(name);
        }
    }
    messages
}

#[test]
fn every_language_has_the_same_keys_with_the_same_arguments() {
    for ((area, slovenian), (_, english)) in sources(Locale::Sl).into_iter().zip(sources(Locale::En)) {
        let slovenian = messages(slovenian);
        assert_eq!(slovenian, messages(english), "{area}");
        assert!(slovenian.len() > 10, "{area} is read");
    }
}

/// Whole keys stand in code as literals; keys put together from parts are covered by the tests of those
/// who do so (every notice is composed, every date and every reason written).
#[test]
fn every_key_in_code_exists() {
    let mut found = BTreeSet::new();
    for source in rust_files(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        found.extend(source.split('"').filter(|literal| is_key(literal)).map(str::to_owned));
    }
    for key in &found {
        for locale in Locale::ALL {
            assert!(BUNDLES[locale.tag()].has_message(key), "{key} is used, {} lacks it", locale.tag());
        }
    }
    assert!(found.len() > 30, "only {found:?} were found");
}

fn is_key(literal: &str) -> bool {
    const AREAS: [&str; 11] = [
        "mail-",
        "label-",
        "purpose-",
        "duration-",
        "date-",
        "time-",
        "span-",
        "reason-",
        "problem-",
        "import-",
        "report-",
    ];
    AREAS.iter().any(|area| literal.strip_prefix(area).is_some_and(|rest| !rest.is_empty()))
        && literal.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'_'))
}

fn rust_files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(fs::read_to_string(path).unwrap());
        }
    }
    found
}

#[test]
fn slovenian_counts_with_its_dual() {
    for (count, hours, people) in [
        (0, "0 ur", "0 oseb"),
        (1, "1 uro", "1 osebo"),
        (2, "2 uri", "2 osebi"),
        (3, "3 ure", "3 osebe"),
        (4, "4 ure", "4 osebe"),
        (5, "5 ur", "5 oseb"),
        (11, "11 ur", "11 oseb"),
        (12, "12 ur", "12 oseb"),
        (101, "101 uro", "101 osebo"),
        (102, "102 uri", "102 osebi"),
        (103, "103 ure", "103 osebe"),
        (111, "111 ur", "111 oseb"),
    ] {
        // Half an hour more, since whole days are not counted in hours.
        let duration = format::minutes(Locale::Sl, count * 60 + 30);
        let wanted = if count == 0 { "30 minut".to_owned() } else { format!("{hours} in 30 minut") };
        assert_eq!(duration, wanted);
        let over = reason(Locale::Sl, "over_capacity", Some(Arg::Count(count)), Some(Arg::Count(count)));
        assert_eq!(over.unwrap(), format!("Prostor sprejme največ {people}; navedli ste {people}."));
    }
}

#[test]
fn durations_are_read_as_people_say_them() {
    for (minutes, slovenian, english) in [
        (0, "0 minut", "0 minutes"),
        (1, "1 minuto", "1 minute"),
        (2, "2 minuti", "2 minutes"),
        (15, "15 minut", "15 minutes"),
        (60, "1 uro", "1 hour"),
        (61, "1 uro in 1 minuto", "1 hour 1 minute"),
        (90, "1 uro in 30 minut", "1 hour 30 minutes"),
        (122, "2 uri in 2 minuti", "2 hours 2 minutes"),
        (180, "3 ure", "3 hours"),
        (24 * 60, "24 ur", "24 hours"),
        (48 * 60, "2 dneva", "2 days"),
        (72 * 60, "3 dni", "3 days"),
        (72 * 60 + 60, "73 ur", "73 hours"),
        (101 * 24 * 60, "101 dan", "101 days"),
    ] {
        assert_eq!(format::minutes(Locale::Sl, minutes), slovenian);
        assert_eq!(format::minutes(Locale::En, minutes), english);
    }
}

/// Every reason of the decision with the kinds of arguments `reasons.ftl` promises.
#[test]
fn every_reason_is_a_whole_sentence() {
    use Arg::{Count, Date, Days, Minutes, Moment};
    let moment = || Some(Moment(Instant::from_unix(1_772_434_800), chrono_tz::Europe::Ljubljana));
    let cases = [
        ("space_archived", None, None),
        ("not_bookable_by_you", None, None),
        ("sign_in_required", None, None),
        ("address_unverified", None, None),
        ("in_the_past", moment(), moment()),
        ("already_over", None, None),
        ("out_of_bounds", Some(Days(31)), Some(Days(32))),
        ("too_short", Some(Minutes(60)), Some(Minutes(30))),
        ("too_long", Some(Minutes(120)), Some(Minutes(180))),
        ("off_grid", Some(Minutes(15)), None),
        ("too_late", Some(Minutes(1440)), Some(Minutes(90))),
        ("too_far", Some(Days(365)), Some(Days(401))),
        ("outside_hours", None, None),
        ("over_capacity", Some(Count(12)), Some(Count(22))),
        ("attendees_required", None, None),
        ("too_many_active", Some(Count(2)), Some(Count(3))),
        ("quota_exceeded", Some(Minutes(180)), Some(Minutes(210))),
        ("quota_exceeded", Some(Count(2)), Some(Count(3))),
        ("approval_required", None, None),
        ("slot_taken", None, None),
        ("setup_in_the_past", moment(), moment()),
        ("quantity_over_pool", Some(Count(2)), Some(Count(3))),
        ("series_too_long", Some(Count(2)), Some(Count(3))),
        ("too_many_holds", Some(Count(3)), Some(Count(4))),
        ("not_whole_days", moment(), moment()),
        ("not_whole_nights", moment(), moment()),
        ("closed_date", None, NaiveDate::from_ymd_opt(2026, 3, 10).map(Date)),
    ];
    let known = messages(sources(Locale::Sl)[3].1);
    // Quotas count or measure.
    assert_eq!(known.len() + 1, cases.len());
    for code in crate::domain::decision::ReasonCode::ALL {
        assert!(cases.iter().any(|(known, ..)| *known == code.as_str()), "{code} has a sentence");
    }
    let mut all = String::new();
    for (code, limit, actual) in cases {
        for locale in Locale::ALL {
            let sentence = reason(locale, code, limit.clone(), actual.clone()).expect(code);
            assert!(sentence.ends_with('.') && !sentence.contains(['{', '$', '\n']), "{sentence}");
            all.push_str(&format!("{code}: {sentence}\n"));
        }
    }
    insta::assert_snapshot!(all);
    assert_eq!(reason(Locale::Sl, "unheard_of", None, None), None);
}

#[test]
#[should_panic(expected = "mail-invitation-subject in sl: ")]
fn a_text_without_its_argument_is_noticed() {
    text(Locale::Sl, "mail-invitation-subject", &[]);
}

#[test]
#[should_panic(expected = "none in en: there is no such text")]
fn a_text_that_is_not_there_is_noticed() {
    text(Locale::En, "none", &[]);
}

#[test]
fn texts_carry_no_direction_marks() {
    let marks = ['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{200e}', '\u{200f}'];
    let subject = text(Locale::Sl, "mail-invitation-subject", &[("place", "Layer House".into())]);
    assert_eq!(subject, "Vabilo: Layer House");
    assert!(!subject.contains(marks));
}
