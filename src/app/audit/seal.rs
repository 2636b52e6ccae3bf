//! Going on with the audit's chain: a job's work, so that no request waits for the one before it.

use std::sync::Arc;

use super::chain;
use crate::{
    app::{App, credentials::random, error::Error},
    store::{
        audit_chain::{self, Seal},
        db::WriteTx,
        error::StoreError,
        locks,
    },
};

/// Entries at a time: one transaction should not hold the writer for long.
const BATCH: i64 = 500;

/// Seals all entries that are not sealed yet, in the order of their ids as far as they are committed; returns how many.
/// The last hash goes to the log: whoever keeps it can tell whether the whole was replaced.
///
/// # Errors
/// When the database fails.
pub fn seal(app: &Arc<App>) -> Result<usize, Error> {
    let mut sealed = 0;
    loop {
        if app.db.read(|tx| audit_chain::unsealed(tx, 1))?.is_empty() {
            break;
        }
        match app.db.write("seal the audit", batch)? {
            0 => break,
            some => sealed += some,
        }
    }
    if sealed > 0
        && let Some((position, hash)) = app.db.read(audit_chain::head)?
    {
        let hash = hex(&hash);
        tracing::info!(
            audit.position = position,
            audit.hash = hash,
            "the audit is sealed up to {position}: {hash}"
        );
    }
    Ok(sealed)
}

fn batch(tx: &mut WriteTx) -> Result<usize, StoreError> {
    locks::audit_chain(tx)?;
    let (mut position, mut before) = audit_chain::head(tx)?.unwrap_or((0, chain::ORIGIN.to_vec()));
    let entries = audit_chain::unsealed(tx, BATCH)?;
    for entry in &entries {
        position += 1;
        let salt = random::bytes::<16>().to_vec();
        let digest = chain::digest(&salt, &entry.payload);
        let hash = chain::hash(&before, position, entry, &digest);
        before.clone_from(&hash);
        audit_chain::seal(tx, entry.id, &Seal { position, salt, digest, hash })?;
    }
    Ok(entries.len())
}

/// As people write hashes.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
