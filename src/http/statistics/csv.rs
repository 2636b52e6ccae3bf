//! Tables as CSV: RFC 4180, UTF-8, one header row of stable names, full stops as decimal points, nothing in
//! place of what is not known. Texts that people wrote can't become formulas in a spreadsheet.

use std::collections::BTreeSet;

use csv::{Terminator, WriterBuilder};

use crate::{
    app::{
        error::Error,
        statistics::{
            Amount, Figure, Group, HeadsFigure, PublishedRow, PublishedTableView, Users, UsersRow,
            Utilisation, UtilisationRow,
        },
    },
    domain::statistics::{Dimension, people},
};

/// A name and the text below it.
type Cell<'a> = (&'a str, String);

/// One line per row, its group's columns first. The totals are left to the reader's own sums.
///
/// # Errors
/// `internal` when writing to memory fails, which it can't.
pub fn utilisation(figures: &Utilisation) -> Result<Vec<u8>, Error> {
    let dimensions: Vec<Dimension> = figures.group_by.iter().filter_map(|word| word.parse().ok()).collect();
    // The names are those of any row; the totals are always there.
    table(&cells(&dimensions, &figures.totals), figures.items.iter().map(|row| cells(&dimensions, row)))
}

/// The same of figures about people. Money has two columns for each currency there is.
///
/// # Errors
/// `internal` when writing to memory fails, which it can't.
pub fn users(figures: &Users) -> Result<Vec<u8>, Error> {
    let dimensions: Vec<people::Dimension> =
        figures.group_by.iter().filter_map(|word| word.parse().ok()).collect();
    let all = figures.items.iter().chain([&figures.totals]);
    let currencies: BTreeSet<&str> =
        all.flat_map(|row| &row.money).map(|money| money.currency.as_str()).collect();
    let money: Vec<(&str, [String; 2])> = currencies
        .into_iter()
        .map(|currency| (currency, [format!("charged_{currency}"), format!("in_kind_value_{currency}")]))
        .collect();
    let cells = |row| of_people(&dimensions, &money, row);
    table(&cells(&figures.totals), figures.items.iter().map(cells))
}

/// One line per category, the total last.
///
/// # Errors
/// `internal` when writing to memory fails, which it can't.
pub fn published(table: &PublishedTableView) -> Result<Vec<u8>, Error> {
    let rows = || table.items.iter().chain(&table.totals);
    let figures: BTreeSet<&str> = rows().flat_map(|row| row.figures.keys().copied()).collect();
    let hidden: Vec<(&str, String)> =
        figures.into_iter().map(|name| (name, format!("{name}_suppressed"))).collect();
    let cells = |row: &PublishedRow| {
        let category = row.category.clone().map_or_else(|| "total".to_owned(), safe);
        let mut cells = vec![("period", table.period.clone()), ("category", category)];
        for (name, suppressed) in &hidden {
            let found = row.figures.get(name);
            cells.push((name, number(found.and_then(|found| found.value))));
            cells.push((suppressed, found.map(|found| found.suppressed.to_string()).unwrap_or_default()));
        }
        cells
    };
    let any = PublishedRow { category: None, figures: Default::default() };
    self::table(&cells(&any), rows().map(cells))
}

/// `names` are those of its cells.
fn table<'a>(names: &[Cell<'_>], rows: impl Iterator<Item = Vec<Cell<'a>>>) -> Result<Vec<u8>, Error> {
    let broken = |error: &dyn std::fmt::Display| Error::Broken(format!("CSV: {error}"));
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(names.iter().map(|(name, _)| name)).map_err(|error| broken(&error))?;
    for row in rows {
        writer.write_record(row.iter().map(|(_, text)| text)).map_err(|error| broken(&error))?;
    }
    writer.into_inner().map_err(|error| broken(&error.error()))
}

fn of_people<'a>(
    dimensions: &[people::Dimension],
    money: &'a [(&str, [String; 2])],
    row: &UsersRow,
) -> Vec<Cell<'a>> {
    let group = dimensions.iter().flat_map(|dimension| row.group.columns(*dimension));
    let mut cells: Vec<Cell<'a>> = group.map(|(name, text)| (name, safe(text))).collect();
    cells.extend([
        ("provisional", row.provisional.to_string()),
        ("reservations", row.reservations.to_string()),
        ("booked_hours", row.booked_hours.to_string()),
        ("used_hours", row.used_hours.to_string()),
        ("person_hours", row.person_hours.to_string()),
        ("person_hours_coverage", number(row.person_hours_coverage.rate)),
        ("visits", row.visits.to_string()),
        ("visits_coverage", number(row.visits_coverage.rate)),
        ("declared", number(row.declared.rate)),
        ("visitors", row.visitors.to_string()),
        ("attended", row.attended.to_string()),
    ]);
    cells.extend(heads(["people", "new_people", "returning_people"], row.people));
    cells.extend(heads(["organisations", "new_organisations", "returning_organisations"], row.organisations));
    cells.extend([
        ("supported_enterprises", row.supported_enterprises.to_string()),
        ("supported_without_number", row.supported_without_number.to_string()),
        ("in_kind_coverage", number(row.in_kind_coverage.rate)),
    ]);
    for (currency, [charged, in_kind]) in money {
        let sum = row.money.iter().find(|sum| sum.currency == *currency);
        cells.push((charged, sum.map_or(0, |sum| sum.charged).to_string()));
        cells.push((in_kind, sum.map_or(0, |sum| sum.in_kind_value).to_string()));
    }
    cells
}

fn heads(names: [&'static str; 3], heads: HeadsFigure) -> [Cell<'static>; 3] {
    let [all, new, returning] = names;
    [(all, heads.all.to_string()), (new, heads.new.to_string()), (returning, heads.returning.to_string())]
}

fn cells(dimensions: &[Dimension], row: &UtilisationRow) -> Vec<Cell<'static>> {
    let mut cells = group(dimensions, &row.group);
    cells.extend([
        ("spaces", row.spaces.to_string()),
        ("units", row.units.to_string()),
        ("seats", row.seats.to_string()),
        ("overlapping", row.overlapping.to_string()),
        ("provisional", row.provisional.to_string()),
    ]);
    cells.extend(amount(["available_hours", "available_seat_hours"], row.available));
    cells.extend(amount(["booked_hours", "booked_seat_hours"], row.booked));
    cells.extend(amount(["used_hours", "used_seat_hours"], row.used));
    cells.push(("basis", row.basis.to_owned()));
    cells.extend(amount(["released_hours", "released_seat_hours"], row.released));
    cells.extend(amount(["rebooked_hours", "rebooked_seat_hours"], row.rebooked));
    cells.extend(amount(["out_of_hours_hours", "out_of_hours_seat_hours"], row.out_of_hours));
    cells.extend(parts(["no_shows", "required_check_ins", "no_show_rate"], row.no_shows));
    cells.push(("planned_frequency", number(row.planned_frequency.rate)));
    cells.push(("actual_frequency", number(row.actual_frequency.rate)));
    cells.push(("suppressed", row.occupancy.suppressed.to_string()));
    cells.extend(parts(["known_person_hours", "known_seat_hours", "occupancy"], row.occupancy));
    cells.push(("coverage", number(row.coverage.rate)));
    cells.extend([
        ("declared_seat_hours", number(row.declared.numerator)),
        ("declared", number(row.declared.rate)),
    ]);
    cells.extend([
        ("utilisation_person_hours", number(row.utilisation.numerator)),
        ("utilisation", number(row.utilisation.rate)),
    ]);
    cells
}

fn group(dimensions: &[Dimension], group: &Group) -> Vec<Cell<'static>> {
    let columns = dimensions.iter().flat_map(|dimension| group.columns(*dimension));
    columns.map(|(name, text)| (name, safe(text))).collect()
}

fn amount(names: [&'static str; 2], amount: Amount) -> [Cell<'static>; 2] {
    [(names[0], amount.hours.to_string()), (names[1], amount.seat_hours.to_string())]
}

fn parts(names: [&'static str; 3], figure: Figure) -> [Cell<'static>; 3] {
    let [numerator, denominator, rate] = names;
    [
        (numerator, number(figure.numerator)),
        (denominator, number(figure.denominator)),
        (rate, number(figure.rate)),
    ]
}

fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// A text that a spreadsheet would take for a formula gets an apostrophe, as OWASP advises (CSV injection).
fn safe(text: String) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_can_not_become_formulas() {
        for (text, wanted) in [
            ("Dvorana", "Dvorana"),
            ("=1+1", "'=1+1"),
            ("+386 4", "'+386 4"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(safe(text.to_owned()), wanted);
        }
    }

    fn figure(parts: Option<[f64; 3]>) -> Figure {
        Figure {
            numerator: parts.map(|parts| parts[0]),
            denominator: parts.map(|parts| parts[1]),
            rate: parts.map(|parts| parts[2]),
            unit: "hours/hours",
            suppressed: parts.is_none(),
        }
    }

    fn row(venue: &str, people: Option<[f64; 3]>) -> UtilisationRow {
        let amount = |hours: f64| Amount { hours, seat_hours: 10.0 * hours };
        let group =
            Group { venue: Some(venue.to_owned()), month: Some("2026-03".to_owned()), ..Group::default() };
        UtilisationRow {
            group,
            spaces: 1,
            units: 2,
            seats: 20,
            overlapping: false,
            provisional: true,
            available: amount(300.0),
            booked: amount(1.5),
            used: amount(0.25),
            basis: "assumed",
            released: amount(0.75),
            rebooked: amount(0.5),
            out_of_hours: amount(0.0),
            no_shows: figure(Some([1.0, 8.0, 0.125])),
            planned_frequency: figure(Some([1.5, 300.0, 0.005])),
            actual_frequency: figure(Some([0.25, 300.0, 0.000833])),
            occupancy: figure(people),
            coverage: figure(people),
            declared: figure(people),
            utilisation: figure(people),
        }
    }

    #[test]
    fn a_table_is_one_header_and_one_line_a_row() {
        let figures = Utilisation {
            as_of: String::new(),
            from: String::new(),
            to: String::new(),
            time_zone: "Europe/Ljubljana",
            group_by: vec!["month", "venue"],
            items: vec![row("Hiša \"Layer\", Kranj", Some([1.0, 4.0, 0.25])), row("=2+2", None)],
            totals: row("", None),
            slug: "gorenjska".to_owned(),
        };
        let text = String::from_utf8(utilisation(&figures).unwrap()).unwrap();
        let wanted = "month,venue_id,venue,spaces,units,seats,overlapping,provisional,\
             available_hours,available_seat_hours,booked_hours,booked_seat_hours,used_hours,used_seat_hours,basis,\
             released_hours,released_seat_hours,rebooked_hours,rebooked_seat_hours,\
             out_of_hours_hours,out_of_hours_seat_hours,no_shows,required_check_ins,no_show_rate,planned_frequency,actual_frequency,suppressed,\
             known_person_hours,known_seat_hours,occupancy,coverage,declared_seat_hours,declared,\
             utilisation_person_hours,utilisation\r\n\
             2026-03,,\"Hiša \"\"Layer\"\", Kranj\",1,2,20,false,true,300,3000,1.5,15,0.25,2.5,assumed,0.75,7.5,0.5,5,0,0,1,8,0.125,0.005,0.000833,\
             false,1,4,0.25,0.25,1,0.25,1,0.25\r\n\
             2026-03,,'=2+2,1,2,20,false,true,300,3000,1.5,15,0.25,2.5,assumed,0.75,7.5,0.5,5,0,0,1,8,0.125,0.005,0.000833,true,,,,,,,,\r\n";
        assert_eq!(text, wanted);
    }
}
