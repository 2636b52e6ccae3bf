//! Demand as CSV.

use std::collections::BTreeSet;

use super::{Cell, amount, group, number, parts, table};
use crate::{
    app::{
        error::Error,
        statistics::demand::{Demand, DemandRow, ReasonCount, Spread},
    },
    domain::statistics::Dimension,
};

/// One line per row, its group's columns first, and a column for every reason that anybody was turned away for.
///
/// # Errors
/// As of utilisation.
pub fn demand(figures: &Demand) -> Result<Vec<u8>, Error> {
    let dimensions: Vec<Dimension> = figures.group_by.iter().filter_map(|word| word.parse().ok()).collect();
    let rows = || figures.items.iter().chain([&figures.totals]);
    let reasons = rows().flat_map(|row| row.turn_aways.reasons.iter().flatten());
    let reasons: BTreeSet<&str> = reasons.map(|counted| counted.reason.as_str()).collect();
    let cells = |row: &DemandRow| {
        let cells = wanted(&dimensions, row).into_iter().map(|(name, text)| (name.to_owned(), text));
        let of_reason = |reason: &&str| {
            let counted = row.turn_aways.reasons.as_ref();
            let count = |all: &Vec<ReasonCount>| {
                all.iter().find(|one| one.reason == *reason).map_or(0, |one| one.value)
            };
            (format!("turn_aways_{reason}"), number(counted.map(count)))
        };
        cells.chain(reasons.iter().map(of_reason)).collect()
    };
    table(cells(&figures.totals), figures.items.iter().map(cells))
}

fn wanted(dimensions: &[Dimension], row: &DemandRow) -> Vec<Cell> {
    let mut cells = group(dimensions, &row.group);
    cells.push(("overlapping", row.overlapping.to_string()));
    cells.push(("provisional", row.provisional.to_string()));
    cells.extend(spread(["lead_times", "lead_time_median_hours", "lead_time_p90_hours"], row.lead_time));
    cells.extend(spread(["approvals", "approval_median_hours", "approval_p90_hours"], row.approval_time));
    cells.extend(parts(["cancellations", "reservations", "cancellation_rate"], row.cancellations));
    cells.push(("late_cancellations", number(row.late_cancellations.numerator)));
    cells.push(("late_cancellation_rate", number(row.late_cancellations.rate)));
    cells.push(("venue_cancellations", number(row.venue_cancellations.numerator)));
    cells.push(("venue_cancellation_rate", number(row.venue_cancellations.rate)));
    cells.extend(parts(["no_shows", "required_check_ins", "no_show_rate"], row.no_shows));
    cells.extend(amount(["released_hours", "released_seat_hours"], row.released));
    cells.extend(amount(["rebooked_hours", "rebooked_seat_hours"], row.rebooked));
    cells.push(("turn_aways", number(row.turn_aways.value)));
    cells
}

fn spread([of, median, p90]: [&'static str; 3], spread: Spread) -> [Cell; 3] {
    [(of, number(spread.median.of)), (median, number(spread.median.value)), (p90, number(spread.p90.value))]
}
