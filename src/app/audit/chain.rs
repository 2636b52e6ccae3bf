//! How the audit's entries hang together: each hash covers the entry before it, the entry's own columns, and a salted
//! digest of its payload. Erasing a payload takes its salt along: the digest stays in the chain and tells nothing.

use aws_lc_rs::digest::{Context, SHA256};

use crate::store::audit_chain::{ERASED, Kept};

/// What the first entry's hash begins with.
pub const ORIGIN: [u8; 32] = [0; 32];

/// SHA-256 over salt and payload.
pub fn digest(salt: &[u8], payload: &str) -> Vec<u8> {
    let mut context = Context::new(&SHA256);
    context.update(salt);
    context.update(payload.as_bytes());
    context.finish().as_ref().to_vec()
}

/// SHA-256 over the hash before, the place in the chain, every column but the payload, and the payload's digest; each
/// part with its length before it, so that none can be read as another.
pub fn hash(before: &[u8], position: i64, entry: &Kept, digest: &[u8]) -> Vec<u8> {
    let uuid = |id: uuid::Uuid| id.as_bytes().to_vec();
    let text = |text: &Option<String>| text.as_ref().map(|text| text.as_bytes().to_vec());
    let parts: [Option<Vec<u8>>; 13] = [
        Some(before.to_vec()),
        Some(position.to_be_bytes().to_vec()),
        Some(uuid(entry.id.uuid())),
        Some(entry.at.unix().to_be_bytes().to_vec()),
        entry.actor_id.map(|id| uuid(id.uuid())),
        Some(entry.action.as_bytes().to_vec()),
        Some(uuid(entry.subject_id.uuid())),
        text(&entry.subject_kind),
        entry.network_id.map(|id| uuid(id.uuid())),
        entry.venue_id.map(|id| uuid(id.uuid())),
        text(&entry.from_status),
        text(&entry.to_status),
        Some(digest.to_vec()),
    ];
    let mut context = Context::new(&SHA256);
    for part in parts {
        let length = part.as_ref().map_or(u64::MAX, |part| part.len() as u64);
        context.update(&length.to_be_bytes());
        context.update(part.as_deref().unwrap_or_default());
    }
    context.finish().as_ref().to_vec()
}

/// What is wrong with a sealed entry that follows the hash `before`; `None` where nothing is.
pub fn fault(entry: &Kept, before: &[u8]) -> Option<&'static str> {
    let (Some(position), Some(kept_digest), Some(kept_hash)) = (entry.position, &entry.digest, &entry.hash)
    else {
        return Some("is sealed by halves");
    };
    let erased = entry.payload == ERASED;
    match &entry.salt {
        None if !erased => return Some("has lost the salt of its payload"),
        Some(salt) if digest(salt, &entry.payload) != *kept_digest => return Some("has another payload"),
        _ => {}
    }
    (hash(before, position, entry, kept_digest) != *kept_hash)
        .then_some("does not follow from those before it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ids::Id, instant::Instant};

    /// What is changed, how, and what is said of it then.
    type Case = (&'static str, fn(&mut Kept), Option<&'static str>);

    fn entry(payload: &str) -> Kept {
        let id = uuid::Uuid::from_u128(7);
        let mut entry = Kept {
            id: Id::from_uuid(id),
            at: Instant::from_unix(1),
            actor_id: None,
            action: "reservation.made".to_owned(),
            subject_id: Id::from_uuid(id),
            network_id: None,
            venue_id: None,
            from_status: None,
            to_status: Some("confirmed".to_owned()),
            payload: payload.to_owned(),
            subject_kind: Some("rsv".to_owned()),
            position: Some(1),
            salt: Some(vec![9; 16]),
            digest: None,
            hash: None,
        };
        entry.digest = Some(digest(&[9; 16], payload));
        entry.hash = Some(hash(&ORIGIN, 1, &entry, entry.digest.as_deref().unwrap()));
        entry
    }

    #[test]
    fn every_change_but_erasure_shows() {
        let changes: &[Case] = &[
            ("none", |_| {}, None),
            ("erasure", |e| (e.payload, e.salt) = (ERASED.to_owned(), None), None),
            ("payload", |e| e.payload = "{}".to_owned(), Some("has another payload")),
            ("salt", |e| e.salt = Some(vec![8; 16]), Some("has another payload")),
            ("no salt", |e| e.salt = None, Some("has lost the salt of its payload")),
            ("time", |e| e.at = Instant::from_unix(2), Some("does not follow from those before it")),
            (
                "action",
                |e| e.action = "reservation.mad".to_owned(),
                Some("does not follow from those before it"),
            ),
            (
                "actor",
                |e| e.actor_id = Some(Id::from_uuid(uuid::Uuid::nil())),
                Some("does not follow from those before it"),
            ),
            // What was one column's can't become its neighbour's.
            (
                "from",
                |e| (e.from_status, e.to_status) = (e.to_status.take(), None),
                Some("does not follow from those before it"),
            ),
            ("place", |e| e.position = Some(2), Some("does not follow from those before it")),
            ("digest", |e| e.digest = None, Some("is sealed by halves")),
        ];
        for (name, change, said) in changes {
            let mut entry = entry(r#"{"message":"ne"}"#);
            change(&mut entry);
            assert_eq!(fault(&entry, &ORIGIN), *said, "{name}");
        }
        assert_eq!(fault(&entry("null"), &[1; 32]), Some("does not follow from those before it"));
    }
}
