//! Each block has its time: what stands leaves nothing free, what was lifted keeps only its past.

use std::collections::HashMap;

use super::{PAGE, Report, Spaces};
use crate::{
    app::error::Error,
    domain::{
        ids::UnitId,
        instant::Interval,
        interval_set::IntervalSet,
        record::{Block, Holder, Occupancy},
    },
    store::{blocks, db::ReadTx, occupancies},
};

pub(super) fn check(tx: &mut ReadTx, spaces: &mut Spaces, report: &mut Report) -> Result<(), Error> {
    let mut after = None;
    loop {
        let page = blocks::walk(tx, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        for block in &page {
            report.blocks += 1;
            let own = occupancies::of_holder(tx, Holder::Block(block.id))?;
            check_own(block, spaces, &own, report);
            if block.lifted_at.is_none() {
                let space = spaces.get(tx, block.space)?;
                let units = space.map(|space| space.unit_ids()).unwrap_or_default();
                let taken = occupancies::of_units(tx, &units, block.interval)?;
                check_gaps(block, &units, &taken, report);
            }
        }
    }
}

/// Its rows are of its space's units, within its time, and not after it was lifted.
fn check_own(block: &Block, spaces: &Spaces, own: &[Occupancy], report: &mut Report) {
    let end = block.lifted_at.map_or(block.interval.end(), |at| at.min(block.interval.end()));
    let time = Interval::new(block.interval.start(), end);
    for row in own {
        if !spaces.has(block.space, row.unit) {
            report.find(format!("{} takes {}, which its space does not have", block.id, row.unit));
        }
        if !time.is_some_and(|time| time.covers(row.interval)) {
            report.find(format!("{} takes other times of {} than its own", block.id, row.unit));
        }
    }
}

/// Reservations that were kept, and other blocks, have what it has not.
fn check_gaps(block: &Block, units: &[UnitId], taken: &[Occupancy], report: &mut Report) {
    let mut by_unit: HashMap<UnitId, Vec<Interval>> = HashMap::new();
    for row in taken {
        by_unit.entry(row.unit).or_default().push(row.interval);
    }
    for unit in units {
        let taken: IntervalSet = by_unit.remove(unit).into_iter().flatten().collect();
        if !taken.covers(block.interval) {
            report.find(format!("{} leaves time of {unit} free", block.id));
        }
    }
}
