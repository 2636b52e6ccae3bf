//! Each series has a reservation for every start that its rule gives and does not exclude, and no other; what was
//! not changed by itself is when the rule says.

use std::collections::BTreeSet;

use super::{PAGE, Report};
use crate::{
    app::error::Error,
    domain::{record::Reservation, reservation::Status, series::Series},
    store::{db::ReadTx, series},
};

pub(super) fn check(tx: &mut ReadTx, report: &mut Report) -> Result<(), Error> {
    let mut after = None;
    loop {
        let page = series::walk(tx, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        for series in &page {
            report.series += 1;
            check_one(series, &series::members(tx, series.id)?, report);
        }
    }
}

fn check_one(series: &Series, members: &[Reservation], report: &mut Report) {
    let id = series.id;
    let wanted: BTreeSet<_> = series.starts().into_iter().collect();
    let found: BTreeSet<_> = members.iter().filter_map(|one| Some(one.belongs?.original)).collect();
    for start in wanted.difference(&found) {
        report.find(format!("{id} has no reservation for {start}"));
    }
    for start in found.difference(&wanted) {
        report.find(format!("{id} has a reservation for {start}, which its rule does not give"));
    }
    for one in members {
        let Some(belongs) = one.belongs else { continue };
        let elsewhere = one.space != series.space && !belongs.changed;
        if elsewhere || one.organiser != series.organiser {
            report.find(format!("{} is of another space or person than its {id}", one.id));
        }
        let given_up = matches!(one.status, Status::Cancelled | Status::Declined | Status::Expired);
        if !given_up && !belongs.changed && one.interval != series.interval(belongs.original) {
            report.find(format!("{} is not when its {id} says, and not marked as changed", one.id));
        }
        if one.sequence < series.sequence {
            report.find(format!("{} has an earlier revision than its {id}", one.id));
        }
    }
}
