//! The rows of utilisation as a table.

use super::table::{self, Cell, Drawing, Table, Value};
use crate::{
    app::statistics::{Amount, Change, Figure, Group, HourView, PeakView, Utilisation, UtilisationRow},
    domain::statistics::Dimension,
};

pub fn table(figures: &Utilisation) -> Table {
    let shape = Shape {
        dimensions: figures.group_by.iter().filter_map(|word| word.parse().ok()).collect(),
        peak: figures.totals.peak.is_some(),
        compared: figures.compared.is_some(),
    };
    let values = |row: &UtilisationRow| table::values(cells(&shape, row));
    Table {
        name: "utilisation",
        // The names are those of any row; the totals are always there.
        columns: table::names(cells(&shape, &figures.totals)),
        rows: figures.items.iter().map(values).collect(),
        totals: values(&figures.totals),
        own: None,
        total_is_last: false,
        drawing: Drawing::Rates {
            columns: vec!["planned_frequency", "actual_frequency", "utilisation"],
            over_time: shape.dimensions.last().is_some_and(|last| last.is_time()),
        },
    }
}

/// Which columns there are: the same in every line.
struct Shape {
    dimensions: Vec<Dimension>,
    peak: bool,
    compared: bool,
}

fn cells(shape: &Shape, row: &UtilisationRow) -> Vec<Cell> {
    let mut cells = group(&shape.dimensions, &row.group);
    cells.extend(of_figures(row));
    if shape.peak {
        cells.extend(of_peaks(row.peak.as_ref()));
    }
    if shape.compared {
        cells.extend(of_earlier(row.compared.as_deref(), row.change));
    }
    cells
}

fn of_peaks(peak: Option<&PeakView>) -> Vec<Cell> {
    let planned = peak.and_then(|peak| peak.planned.as_ref());
    let actual = peak.and_then(|peak| peak.actual.as_ref());
    let of = |names: [&'static str; 2], hour: Option<&HourView>| {
        let at = hour.map(|hour| format!("{}T{:02}:00", hour.date, hour.hour)).unwrap_or_default();
        let rate = hour.map_or(Value::Rate(None), |hour| table::rate(hour.figure));
        [(names[0], rate), (names[1], Value::Text(at))]
    };
    let columns = [
        of(["planned_peak", "planned_peak_hour"], planned.map(|top| &top.max)),
        of(["planned_p95", "planned_p95_hour"], planned.map(|top| &top.p95)),
        of(["actual_peak", "actual_peak_hour"], actual.map(|top| &top.max)),
        of(["actual_p95", "actual_p95_hour"], actual.map(|top| &top.p95)),
    ];
    columns.into_iter().flatten().collect()
}

fn of_earlier(earlier: Option<&UtilisationRow>, change: Option<Change>) -> Vec<Cell> {
    let hours = |amount: fn(&UtilisationRow) -> Amount| Value::Number(earlier.map(|row| amount(row).hours));
    let rate = |figure: fn(&UtilisationRow) -> Figure| {
        earlier.map_or(Value::Rate(None), |row| table::rate(figure(row)))
    };
    let points = |rate: fn(Change) -> Option<f64>| Value::Number(change.and_then(rate));
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

fn of_figures(row: &UtilisationRow) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    cells.extend([
        ("spaces", Value::Count(row.spaces.into())),
        ("units", Value::Count(row.units.into())),
        ("seats", Value::Count(row.seats)),
        ("overlapping", Value::Flag(row.overlapping)),
        ("provisional", Value::Flag(row.provisional)),
    ]);
    cells.extend(table::amount(["available_hours", "available_seat_hours"], row.available));
    cells.extend(table::amount(["booked_hours", "booked_seat_hours"], row.booked));
    cells.extend(table::amount(["used_hours", "used_seat_hours"], row.used));
    cells.push(("basis", Value::Text(row.basis.to_owned())));
    cells.extend(table::amount(["released_hours", "released_seat_hours"], row.released));
    cells.extend(table::amount(["rebooked_hours", "rebooked_seat_hours"], row.rebooked));
    cells.extend(table::amount(["out_of_hours_hours", "out_of_hours_seat_hours"], row.out_of_hours));
    cells.extend(table::parts(["no_shows", "required_check_ins", "no_show_rate"], row.no_shows));
    cells.push(("planned_frequency", table::rate(row.planned_frequency)));
    cells.push(("actual_frequency", table::rate(row.actual_frequency)));
    cells.push(("suppressed", Value::Flag(row.occupancy.suppressed)));
    cells.extend(table::parts(["known_person_hours", "known_seat_hours", "occupancy"], row.occupancy));
    cells.push(("coverage", table::rate(row.coverage)));
    cells.push(("declared_seat_hours", table::number(row.declared, row.declared.numerator)));
    cells.push(("declared", table::rate(row.declared)));
    cells.push(("utilisation_person_hours", table::number(row.utilisation, row.utilisation.numerator)));
    cells.push(("utilisation", table::rate(row.utilisation)));
    cells
}

pub(super) fn group(dimensions: &[Dimension], group: &Group) -> Vec<Cell> {
    told_apart(dimensions.iter().flat_map(|dimension| group.columns(*dimension)))
}

/// What rows are told apart by, typed.
pub(super) fn told_apart(columns: impl Iterator<Item = (&'static str, String)>) -> Vec<Cell> {
    let value = |name: &str, text: String| match text.parse() {
        Ok(date) if name == "day" => Value::Date(date),
        _ if name.ends_with("_id") => Value::Id(text),
        _ => Value::Text(text),
    };
    columns.map(|(name, text)| (name, value(name, text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        app::statistics::{Amount, Figure},
        http::statistics::csv,
    };

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
            explain: None,
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
        let text = String::from_utf8(csv::write(&table(&figures)).unwrap()).unwrap();
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
