//! Access tokens: EdDSA JWTs that name a person and a session for ten minutes (RFC 9068, RFC 8725).
//!
//! Roles don't stand in them: they are read from the database per request (DESIGN 8). Times are
//! checked here against the given `now`, since jsonwebtoken would read the machine's clock.

use std::collections::HashMap;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, errors::ErrorKind};
use secrecy::zeroize::Zeroizing;
use serde::{Deserialize, Serialize};

use super::random;
use crate::domain::{
    ids::{KeyId, SessionId, UserId},
    instant::Instant,
};

/// How long a token is valid, in seconds: `expires_in` of the sign-in's answer.
pub const LIFETIME: i64 = 600;

/// By how many seconds nodes' clocks may differ: a token may be used this much before its `nbf`.
/// Its `exp` holds to the second.
const SKEW: i64 = 5;

/// The longest token that is looked at, in octets; ours have about 500.
const MAX_TOKEN: usize = 4096;

const TYPE: &str = "at+jwt";
const CLIENT: &str = "prostor";

/// Why a token is refused. To callers all are 401; `Expired` tells a client to refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    #[error("the access token is longer than {MAX_TOKEN} octets")]
    TooLong,
    #[error("the access token is not a JWT as made here")]
    Malformed,
    #[error("the access token is not signed with EdDSA")]
    Algorithm,
    #[error("the access token's type is not at+jwt")]
    Type,
    #[error("the access token is signed with a key that is not in use")]
    UnknownKey,
    #[error("the access token's signature is wrong")]
    Signature,
    #[error("the access token was made by or for another service")]
    Foreign,
    #[error("the access token is not valid yet")]
    NotYetValid,
    #[error("the access token has expired")]
    Expired,
}

impl TokenError {
    /// The stable code of the problem: a client refreshes after one and signs in anew after the other.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "token_expired",
            _ => "token_invalid",
        }
    }
}

/// Stored bytes are not an Ed25519 key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the stored signing key is not an Ed25519 key in PKCS#8")]
pub struct InvalidKey;

/// An Ed25519 key pair that signs tokens.
pub struct SigningKey {
    id: KeyId,
    pkcs8: Zeroizing<Vec<u8>>,
    public: Vec<u8>,
}

impl SigningKey {
    pub fn generate(now: Instant) -> Self {
        let made = Ed25519KeyPair::generate().and_then(|pair| pair.to_pkcs8());
        let pkcs8 = made.expect("AWS-LC makes a key pair from random octets");
        Self::from_pkcs8(random::id(now), pkcs8.as_ref()).expect("AWS-LC reads the key it wrote")
    }

    /// As opened from the database (`Purpose::SigningKeys`, named by the key's id).
    pub fn from_pkcs8(id: KeyId, pkcs8: &[u8]) -> Result<Self, InvalidKey> {
        let pair = Ed25519KeyPair::from_pkcs8(pkcs8).map_err(|_| InvalidKey)?;
        let public = pair.public_key().as_ref().to_vec();
        Ok(Self { id, pkcs8: Zeroizing::new(pkcs8.to_vec()), public })
    }

    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// PKCS#8 in DER, to be sealed before it is stored.
    pub fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }
}

/// What a good token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims {
    pub user: UserId,
    pub session: SessionId,
    pub issued_at: Instant,
    pub expires_at: Instant,
}

/// The claims as they stand in a token (RFC 9068, 2.2).
#[derive(Serialize, Deserialize)]
struct Wire {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    client_id: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: String,
}

/// The keys in use: one signs, all verify. Immutable; a rotation makes a new ring.
pub struct KeyRing {
    service: String,
    header: Header,
    signing: EncodingKey,
    verifying: HashMap<String, DecodingKey>,
    validation: Validation,
}

impl KeyRing {
    /// `service` is the deployment's public address: issuer and audience both. `retired` keys
    /// verify what they signed; keep them for `LIFETIME` after the rotation.
    pub fn new(service: &str, active: &SigningKey, retired: &[SigningKey]) -> Self {
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(active.id.to_string());
        let keys = retired.iter().chain([active]);
        Self {
            service: service.to_owned(),
            header,
            signing: EncodingKey::from_ed_der(&active.pkcs8),
            verifying: keys.map(|key| (key.id.to_string(), DecodingKey::from_ed_der(&key.public))).collect(),
            validation: validation(service),
        }
    }

    /// A token for `user` in `session`, valid from `now` for `LIFETIME` seconds.
    pub fn issue(&self, user: UserId, session: SessionId, now: Instant) -> String {
        let claims = Wire {
            iss: self.service.clone(),
            aud: self.service.clone(),
            sub: user.to_string(),
            sid: session.to_string(),
            client_id: CLIENT.to_owned(),
            iat: now.unix(),
            nbf: now.unix(),
            exp: now.plus(LIFETIME).unix(),
            jti: URL_SAFE_NO_PAD.encode(random::bytes::<16>()),
        };
        jsonwebtoken::encode(&self.header, &claims, &self.signing)
            .expect("a key read by SigningKey signs, and texts and numbers are JSON")
    }

    /// What the token says, if every part of it holds at `now`.
    pub fn verify(&self, token: &str, now: Instant) -> Result<Claims, TokenError> {
        if token.len() > MAX_TOKEN {
            return Err(TokenError::TooLong);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| TokenError::Malformed)?;
        let key = self.key_for(&header)?;
        let decoded = jsonwebtoken::decode::<Wire>(token, key, &self.validation);
        let wire = decoded.map_err(|error| refusal(error.kind()))?.claims;
        if wire.nbf > now.plus(SKEW).unix() {
            return Err(TokenError::NotYetValid);
        }
        if wire.exp <= now.unix() {
            return Err(TokenError::Expired);
        }
        Ok(Claims {
            user: wire.sub.parse().map_err(|_| TokenError::Malformed)?,
            session: wire.sid.parse().map_err(|_| TokenError::Malformed)?,
            issued_at: Instant::from_unix(wire.iat),
            expires_at: Instant::from_unix(wire.exp),
        })
    }

    /// The key to verify with, by nothing but its id: keys in the header (`jwk`, `jku`, `x5c`) are
    /// never looked at, and extensions marked critical are refused (RFC 7515, 4.1.11).
    fn key_for(&self, header: &Header) -> Result<&DecodingKey, TokenError> {
        if header.alg != Algorithm::EdDSA {
            return Err(TokenError::Algorithm);
        }
        if header.typ.as_deref() != Some(TYPE) {
            return Err(TokenError::Type);
        }
        if header.crit.is_some() {
            return Err(TokenError::Malformed);
        }
        header.kid.as_ref().and_then(|kid| self.verifying.get(kid)).ok_or(TokenError::UnknownKey)
    }
}

/// Signature, issuer and audience are jsonwebtoken's to check; the times are ours.
fn validation(service: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
    validation.set_issuer(&[service]);
    validation.set_audience(&[service]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

fn refusal(kind: &ErrorKind) -> TokenError {
    match kind {
        ErrorKind::InvalidSignature => TokenError::Signature,
        ErrorKind::InvalidIssuer | ErrorKind::InvalidAudience => TokenError::Foreign,
        ErrorKind::InvalidAlgorithm => TokenError::Algorithm,
        _ => TokenError::Malformed,
    }
}

#[cfg(test)]
#[path = "access_token_tests.rs"]
mod tests;
