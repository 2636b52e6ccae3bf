//! The keys that sign access tokens: made once, sealed in the database, the same on every node.

use crate::{
    app::credentials::{
        access_token::{InvalidKey, KeyRing, LIFETIME, SigningKey},
        sealing::{Purpose, Secret},
    },
    domain::{ids::KeyId, instant::Instant},
    store::{
        db::Database,
        error::StoreError,
        keys::{self, SealedKey},
        locks,
    },
};

/// Why there are no signing keys.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "the signing key {0} in the database was sealed under another PROSTOR_SECRET, or is damaged; start with \
         the secret that was used before"
    )]
    Unopenable(KeyId),
    #[error(transparent)]
    Damaged(#[from] InvalidKey),
}

/// The ring of the keys in use; the first node to come makes the first key, under a lock.
///
/// # Errors
/// When the database fails, or holds keys sealed under another secret.
pub fn load_or_create(
    db: &Database,
    secret: &Secret,
    service: &str,
    now: Instant,
) -> Result<KeyRing, KeysError> {
    let since = now.plus(-LIFETIME);
    let mut stored = db.read(|tx| keys::in_use(tx, since))?;
    if !stored.iter().any(is_active) {
        let key = SigningKey::generate(now);
        let sealed = secret.seal(Purpose::SigningKeys, &key.id().to_string(), key.pkcs8());
        let ours = SealedKey { id: key.id(), sealed, created_at: now, retired_at: None };
        stored = db.write("make a signing key", move |tx| {
            locks::signing_keys(tx)?;
            if !keys::in_use(tx, since)?.iter().any(is_active) {
                keys::insert(tx, &ours)?;
            }
            keys::in_use(tx, since)
        })?;
    }
    let opened = stored.iter().map(|key| open(secret, key)).collect::<Result<Vec<_>, _>>()?;
    let (active, retired) = opened
        .split_first()
        .ok_or_else(|| StoreError::Corrupt("the signing key just made is not in the database".to_owned()))?;
    Ok(KeyRing::new(service, active, retired))
}

fn is_active(key: &SealedKey) -> bool {
    key.retired_at.is_none()
}

fn open(secret: &Secret, key: &SealedKey) -> Result<SigningKey, KeysError> {
    let opened = secret.open(Purpose::SigningKeys, &key.id.to_string(), &key.sealed);
    let pkcs8 = opened.map_err(|_| KeysError::Unopenable(key.id))?;
    Ok(SigningKey::from_pkcs8(key.id, &pkcs8)?)
}
