//! Every floor plan can be read and drawn, and shows no unit that its space never had.

use super::{Report, Spaces};
use crate::{
    app::error::Error,
    store::{db::ReadTx, plans},
};

pub(super) fn check(tx: &mut ReadTx, spaces: &Spaces, report: &mut Report) -> Result<(), Error> {
    for plans::Kept { space, plan } in plans::all(tx)? {
        let plan = match plan {
            Ok(plan) => plan,
            Err(why) => {
                report.find(format!("the plan of {space} can't be read: {why}"));
                continue;
            }
        };
        for fault in plan.faults() {
            report.find(format!("the plan of {space} can't be drawn: {} {}", fault.pointer, fault.code));
        }
        for one in plan.units.iter().filter(|one| !spaces.has(space, one.unit_id)) {
            report.find(format!("the plan of {space} shows {}, which the space never had", one.unit_id));
        }
    }
    Ok(())
}
