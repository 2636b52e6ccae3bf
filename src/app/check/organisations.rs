//! What an organisation is confirmed as follows from its history; who belongs to one has an owner.

use super::{PAGE, Report};
use crate::{
    app::error::Error,
    store::{confirmations, db::ReadTx, organisations},
};

pub(super) fn check(tx: &mut ReadTx, report: &mut Report) -> Result<(), Error> {
    let mut after = None;
    loop {
        let page = organisations::walk(tx, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        for organisation in &page {
            let said = confirmations::latest(tx, organisation.id)?;
            let said = said.as_ref().filter(|said| said.confirmed).map(|said| said.until);
            let holds = organisation.confirmed_creative_at.map(|_| organisation.confirmed_creative_until);
            if said != holds {
                report.find(format!("{} is not confirmed as its history tells", organisation.id));
            }
            let (owners, members) = organisations::head_count(tx, organisation.id)?;
            if owners == 0 && members > 0 {
                report.find(format!("{} has members and no owner", organisation.id));
            }
        }
    }
}
