//! What is refused in opening hours although it can be read: each fault with its place and a stable code.
//!
//! Spans of one day that overlap are no fault: they join, as adjacent ones do.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};

use super::rules::{HolidayHours, HoursException, HoursVersion, Season, Span, TimeOfDay, WeeklyRule};

/// The most rules of a week, seasons of a version or spans of a day.
const MOST_IN_A_LIST: usize = 100;
/// The most exceptions sent at once, ten years of closed days.
const MOST_EXCEPTIONS: usize = 3660;

/// A fault in one field: `pointer` is an RFC 6901 JSON pointer into what was checked, `code` is stable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    pub pointer: String,
    pub code: &'static str,
}

type Faults = Vec<FieldFault>;

impl HoursVersion {
    /// All faults, none when the version may be stored. Codes: `date_out_of_bounds`, `days_empty`,
    /// `day_repeated`, `opens_at_day_end`, `season_reversed`, `seasons_overlap`, `list_too_long`.
    pub fn check(&self) -> Vec<FieldFault> {
        let mut faults = Faults::new();
        check_date(&mut faults, "/valid_from", self.valid_from);
        check_weekly(&mut faults, "/weekly", &self.weekly);
        if check_length(&mut faults, "/seasons", self.seasons.len(), MOST_IN_A_LIST) {
            check_seasons(&mut faults, &self.seasons);
        }
        if let HolidayHours::Own(spans) = &self.holidays {
            check_spans(&mut faults, "/holidays", spans);
        }
        faults
    }
}

/// The faults of a list of exceptions, pointers beginning at the list: the codes of a version, and
/// `date_repeated`.
pub fn check_exceptions(exceptions: &[HoursException]) -> Vec<FieldFault> {
    let mut faults = Faults::new();
    if !check_length(&mut faults, "", exceptions.len(), MOST_EXCEPTIONS) {
        return faults;
    }
    let mut dates = HashSet::new();
    for (index, exception) in exceptions.iter().enumerate() {
        check_date(&mut faults, &format!("/{index}/date"), exception.date);
        if !dates.insert(exception.date) {
            fault(&mut faults, format!("/{index}/date"), "date_repeated");
        }
        check_spans(&mut faults, &format!("/{index}/hours"), &exception.hours);
    }
    faults
}

/// The faults of weekly rules, wherever they are used: `list_too_long`, `days_empty`, `day_repeated`, `opens_at_day_end`.
pub(in crate::domain) fn check_weekly(faults: &mut Faults, place: &str, weekly: &[WeeklyRule]) {
    if !check_length(faults, place, weekly.len(), MOST_IN_A_LIST) {
        return;
    }
    for (index, rule) in weekly.iter().enumerate() {
        let days = format!("{place}/{index}/days");
        let distinct: HashSet<_> = rule.days.iter().collect();
        if rule.days.is_empty() {
            fault(faults, days, "days_empty");
        } else if distinct.len() < rule.days.len() {
            fault(faults, days, "day_repeated");
        }
        check_opens(faults, &format!("{place}/{index}"), rule.opens);
    }
}

fn check_seasons(faults: &mut Faults, seasons: &[Season]) {
    for (index, season) in seasons.iter().enumerate() {
        let place = format!("/seasons/{index}");
        check_date(faults, &format!("{place}/from"), season.from);
        check_date(faults, &format!("{place}/to"), season.to);
        if season.to < season.from {
            fault(faults, format!("{place}/to"), "season_reversed");
        }
        if seasons[..index].iter().any(|earlier| earlier.from <= season.to && season.from <= earlier.to) {
            fault(faults, format!("{place}/from"), "seasons_overlap");
        }
        check_weekly(faults, &format!("{place}/weekly"), &season.weekly);
    }
}

fn check_spans(faults: &mut Faults, place: &str, spans: &[Span]) {
    if check_length(faults, place, spans.len(), MOST_IN_A_LIST) {
        for (index, span) in spans.iter().enumerate() {
            check_opens(faults, &format!("{place}/{index}"), span.opens);
        }
    }
}

/// 24:00 belongs to the next date, whose rules it would escape.
fn check_opens(faults: &mut Faults, place: &str, opens: TimeOfDay) {
    if opens == TimeOfDay::END {
        fault(faults, format!("{place}/opens"), "opens_at_day_end");
    }
}

/// The bounds of DESIGN 3, years 2000 to 2099.
fn check_date(faults: &mut Faults, place: &str, date: NaiveDate) {
    if !(2000..2100).contains(&date.year()) {
        fault(faults, place.to_owned(), "date_out_of_bounds");
    }
}

/// Whether the list is short enough to look into.
fn check_length(faults: &mut Faults, place: &str, length: usize, most: usize) -> bool {
    if length > most {
        fault(faults, place.to_owned(), "list_too_long");
    }
    length <= most
}

fn fault(faults: &mut Faults, pointer: String, code: &'static str) {
    faults.push(FieldFault { pointer, code });
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    fn shown(faults: Vec<FieldFault>) -> Vec<String> {
        faults.into_iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
    }

    fn with(field: &str, value: Value) -> HoursVersion {
        let rule = json!({"days": ["mon", "tue"], "opens": "08:00", "closes": "20:00"});
        let mut version =
            json!({"valid_from": "2026-01-01", "weekly": [rule], "seasons": [], "holidays": "closed"});
        version[field] = value;
        from_value(version).unwrap()
    }

    #[test]
    fn each_fault_of_a_version_is_found_in_its_place() {
        let rule =
            |days: Value, opens: &str, closes: &str| json!({"days": days, "opens": opens, "closes": closes});
        let season = |from: &str, to: &str| json!({"from": from, "to": to, "weekly": []});
        let cases: [(&str, Value, &[&str]); 13] = [
            ("holidays", json!("open"), &[]),
            ("weekly", json!([]), &[]),
            // Overnight, until as it opened, overlapping: all have a meaning.
            (
                "weekly",
                json!([rule(json!(["mon"]), "22:00", "06:00"), rule(json!(["mon"]), "22:00", "22:00")]),
                &[],
            ),
            ("valid_from", json!("1999-12-31"), &["/valid_from date_out_of_bounds"]),
            ("valid_from", json!("2100-01-01"), &["/valid_from date_out_of_bounds"]),
            ("weekly", json!([rule(json!([]), "08:00", "20:00")]), &["/weekly/0/days days_empty"]),
            (
                "weekly",
                json!([rule(json!(["mon", "mon"]), "08:00", "20:00")]),
                &["/weekly/0/days day_repeated"],
            ),
            (
                "weekly",
                json!([rule(json!(["mon"]), "24:00", "08:00")]),
                &["/weekly/0/opens opens_at_day_end"],
            ),
            ("seasons", json!([season("2026-07-01", "2026-07-01"), season("2026-07-02", "2026-08-01")]), &[]),
            (
                "seasons",
                json!([season("2026-07-01", "2026-08-01"), season("2026-08-01", "2026-09-01")]),
                &["/seasons/1/from seasons_overlap"],
            ),
            ("seasons", json!([season("2026-07-02", "2026-07-01")]), &["/seasons/0/to season_reversed"]),
            (
                "seasons",
                json!([{"from": "2026-07-01", "to": "2026-07-01", "weekly": [rule(json!([]), "24:00", "08:00")]}]),
                &["/seasons/0/weekly/0/days days_empty", "/seasons/0/weekly/0/opens opens_at_day_end"],
            ),
            (
                "holidays",
                json!([{"opens": "24:00", "closes": "02:00"}]),
                &["/holidays/0/opens opens_at_day_end"],
            ),
        ];
        for (field, value, wanted) in cases {
            assert_eq!(shown(with(field, value.clone()).check()), wanted, "{field} {value}");
        }
    }

    #[test]
    fn lists_have_an_end() {
        let rule = json!({"days": ["mon"], "opens": "08:00", "closes": "20:00"});
        assert_eq!(shown(with("weekly", json!(vec![&rule; 100])).check()), [""; 0]);
        assert_eq!(shown(with("weekly", json!(vec![&rule; 101])).check()), ["/weekly list_too_long"]);
    }

    #[test]
    fn each_fault_of_exceptions_is_found_in_its_place() {
        let exceptions: Vec<HoursException> = from_value(json!([
            {"date": "2026-12-24", "hours": [{"opens": "08:00", "closes": "12:00"}]},
            {"date": "2026-12-24", "hours": []},
            {"date": "2100-12-24", "hours": [{"opens": "24:00", "closes": "12:00"}], "reason": null},
        ]))
        .unwrap();
        let wanted =
            ["/1/date date_repeated", "/2/date date_out_of_bounds", "/2/hours/0/opens opens_at_day_end"];
        assert_eq!(shown(check_exceptions(&exceptions)), wanted);
        assert_eq!(shown(check_exceptions(&exceptions[..1])), [""; 0]);
    }
}
