//! Who waits is offered one slot at a time, and what is offered is theirs.

use super::{PAGE, Report};
use crate::{
    app::error::Error,
    domain::reservation::Status,
    store::{db::ReadTx, waiting},
};

pub(super) fn check(tx: &mut ReadTx, report: &mut Report) -> Result<(), Error> {
    let mut after = None;
    loop {
        let page = waiting::walk(tx, after, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = Some(last.id);
        let ids: Vec<_> = page.iter().map(|entry| entry.id).collect();
        let offers = waiting::offers(tx, &ids)?;
        for entry in &page {
            let own = || offers.iter().filter(|(of, _)| *of == entry.id).map(|(_, offer)| offer);
            let held = own().filter(|offer| offer.status == Status::Held);
            let mut held: Vec<_> = held.map(|offer| (offer.created_at, offer.held_until())).collect();
            held.sort_unstable();
            // One that had run out by then may wait for the job that ends it.
            if held.windows(2).any(|two| two[0].1.is_none_or(|until| until > two[1].0)) {
                report.find(format!("{} is offered two slots at once", entry.id));
            }
            if own().filter(|offer| offer.on_confirm.is_none()).count() > 1 {
                report.find(format!("{} took two slots", entry.id));
            }
            if let Some(foreign) = own().find(|offer| offer.organiser != entry.person) {
                report.find(format!("{} is offered {}, which is somebody else's", entry.id, foreign.id));
            }
        }
    }
}
