//! Tables as CSV: RFC 4180, UTF-8, one header row of stable names, full stops as decimal points, nothing in
//! place of what is not known. Texts that people wrote can't become formulas in a spreadsheet.

mod demand;
mod people;

use csv::{Terminator, WriterBuilder};

use crate::{
    app::{
        error::Error,
        statistics::{
            Amount, Change, Figure, Group, Heatmap, HourView, PeakView, Utilisation, UtilisationRow,
        },
    },
    domain::statistics::Dimension,
};

pub use demand::demand;
pub use people::{published, users};

/// A name and the text below it.
type Cell = (&'static str, String);

/// One line per row, its group's columns first. The totals are left to the reader's own sums.
///
/// # Errors
/// `internal` when writing to memory fails, which it can't.
pub fn utilisation(figures: &Utilisation) -> Result<Vec<u8>, Error> {
    let shape = Shape {
        dimensions: figures.group_by.iter().filter_map(|word| word.parse().ok()).collect(),
        peak: figures.totals.peak.is_some(),
        compared: figures.compared.is_some(),
    };
    // The names are those of any row; the totals are always there.
    let names = cells(&shape, &figures.totals);
    table(names, figures.items.iter().map(|row| cells(&shape, row)))
}

/// One line per hour of the week.
///
/// # Errors
/// As [`utilisation`].
pub fn heatmap(heatmap: &Heatmap) -> Result<Vec<u8>, Error> {
    let mut lines = heatmap.items.iter().map(|cell| {
        let mut cells = vec![
            ("weekday", cell.weekday.to_string()),
            ("hour", cell.hour.to_string()),
            ("provisional", cell.provisional.to_string()),
        ];
        cells.extend(amount(["available_hours", "available_seat_hours"], cell.available));
        cells.extend(amount(["booked_hours", "booked_seat_hours"], cell.booked));
        cells.extend(amount(["used_hours", "used_seat_hours"], cell.used));
        cells.push(("planned_frequency", number(cell.planned_frequency.rate)));
        cells.push(("actual_frequency", number(cell.actual_frequency.rate)));
        cells
    });
    let first = lines.next().unwrap_or_default();
    table(first.clone(), std::iter::once(first).chain(lines))
}

/// A header of the names in `names`, and the texts of the lines.
fn table<N: AsRef<[u8]>>(
    names: Vec<(N, String)>,
    lines: impl Iterator<Item = Vec<(N, String)>>,
) -> Result<Vec<u8>, Error> {
    let broken = |error: &dyn std::fmt::Display| Error::Broken(format!("CSV: {error}"));
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(names.into_iter().map(|(name, _)| name)).map_err(|error| broken(&error))?;
    for line in lines {
        let texts = line.into_iter().map(|(_, text)| text);
        writer.write_record(texts).map_err(|error| broken(&error))?;
    }
    writer.into_inner().map_err(|error| broken(&error.error()))
}

/// Which columns there are: the same in every line.
struct Shape {
    dimensions: Vec<Dimension>,
    peak: bool,
    compared: bool,
}

fn cells(shape: &Shape, row: &UtilisationRow) -> Vec<Cell> {
    let mut cells = group(&shape.dimensions, &row.group);
    cells.extend(figures(row));
    if shape.peak {
        cells.extend(peaks(row.peak.as_ref()));
    }
    if shape.compared {
        cells.extend(compared(row.compared.as_deref(), row.change));
    }
    cells
}

fn peaks(peak: Option<&PeakView>) -> Vec<Cell> {
    let planned = peak.and_then(|peak| peak.planned.as_ref());
    let actual = peak.and_then(|peak| peak.actual.as_ref());
    let of = |names: [&'static str; 2], hour: Option<&HourView>| {
        let at = hour.map(|hour| format!("{}T{:02}:00", hour.date, hour.hour)).unwrap_or_default();
        [(names[0], number(hour.and_then(|hour| hour.figure.rate))), (names[1], at)]
    };
    let columns = [
        of(["planned_peak", "planned_peak_hour"], planned.map(|top| &top.max)),
        of(["planned_p95", "planned_p95_hour"], planned.map(|top| &top.p95)),
        of(["actual_peak", "actual_peak_hour"], actual.map(|top| &top.max)),
        of(["actual_p95", "actual_p95_hour"], actual.map(|top| &top.p95)),
    ];
    columns.into_iter().flatten().collect()
}

fn compared(earlier: Option<&UtilisationRow>, change: Option<Change>) -> Vec<Cell> {
    let hours = |amount: fn(&UtilisationRow) -> Amount| number(earlier.map(|row| amount(row).hours));
    let rate = |figure: fn(&UtilisationRow) -> Figure| number(earlier.and_then(|row| figure(row).rate));
    let points = |rate: fn(Change) -> Option<f64>| number(change.and_then(rate));
    vec![
        ("compared_available_hours", hours(|row| row.available)),
        ("compared_booked_hours", hours(|row| row.booked)),
        ("compared_used_hours", hours(|row| row.used)),
        ("compared_planned_frequency", rate(|row| row.planned_frequency)),
        ("compared_actual_frequency", rate(|row| row.actual_frequency)),
        ("compared_no_show_rate", rate(|row| row.no_shows)),
        ("compared_occupancy", rate(|row| row.occupancy)),
        ("compared_utilisation", rate(|row| row.utilisation)),
        ("planned_frequency_points", points(|change| change.planned_frequency)),
        ("actual_frequency_points", points(|change| change.actual_frequency)),
        ("no_show_rate_points", points(|change| change.no_shows)),
        ("occupancy_points", points(|change| change.occupancy)),
        ("utilisation_points", points(|change| change.utilisation)),
    ]
}

fn figures(row: &UtilisationRow) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
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

fn group(dimensions: &[Dimension], group: &Group) -> Vec<Cell> {
    let columns = dimensions.iter().flat_map(|dimension| group.columns(*dimension));
    columns.map(|(name, text)| (name, safe(text))).collect()
}

fn amount(names: [&'static str; 2], amount: Amount) -> [Cell; 2] {
    [(names[0], amount.hours.to_string()), (names[1], amount.seat_hours.to_string())]
}

fn parts(names: [&'static str; 3], figure: Figure) -> [Cell; 3] {
    let [numerator, denominator, rate] = names;
    [
        (numerator, number(figure.numerator)),
        (denominator, number(figure.denominator)),
        (rate, number(figure.rate)),
    ]
}

fn number<T: ToString>(value: Option<T>) -> String {
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
            peak: None,
            compared: None,
            change: None,
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
            compared: None,
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
