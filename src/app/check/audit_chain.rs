//! The audit's chain: no place is empty, every entry follows from the one before it, and no payload was changed.

use super::{PAGE, Report};
use crate::{
    app::{
        audit::{chain, seal::hex},
        error::Error,
    },
    store::{audit_chain, db::ReadTx},
};

pub(super) fn check(tx: &mut ReadTx, report: &mut Report) -> Result<(), Error> {
    let (mut position, mut before) = (0, chain::ORIGIN.to_vec());
    loop {
        let entries = audit_chain::walk(tx, position, PAGE)?;
        if entries.is_empty() {
            report.sealed = (position, hex(&before));
            return Ok(());
        }
        for entry in entries {
            let at = entry.position.unwrap_or(position);
            if at != position + 1 {
                report.find(format!("the audit lacks what followed its entry {position}, up to {at}"));
            }
            if let Some(fault) = chain::fault(&entry, &before) {
                report.find(format!("{}, entry {at} of the audit, {fault}", entry.id));
            }
            position = at;
            before = entry.hash.unwrap_or_default();
        }
    }
}
