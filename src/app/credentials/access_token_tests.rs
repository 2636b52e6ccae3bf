//! Forged, foreign and stale access tokens, each refused for its own reason.

use aws_lc_rs::hmac;
use serde_json::{Value, json};

use super::*;

const NOW: Instant = Instant::from_unix(1_774_753_200);
const SERVICE: &str = "https://prostor.example";

/// A ring with its signing key, and the parts of which tokens are put together by hand.
struct Forge {
    ring: KeyRing,
    key: SigningKey,
    user: UserId,
    session: SessionId,
}

impl Forge {
    fn new() -> Self {
        let key = SigningKey::generate(NOW);
        Self { ring: KeyRing::new(SERVICE, &key, &[]), key, user: random::id(NOW), session: random::id(NOW) }
    }

    fn good(&self) -> String {
        self.ring.issue(self.user, self.session, NOW)
    }

    fn header(&self) -> Value {
        json!({"typ": "at+jwt", "alg": "EdDSA", "kid": self.key.id().to_string()})
    }

    fn claims(&self) -> Value {
        let now = NOW.unix();
        json!({"iss": SERVICE, "aud": SERVICE, "sub": self.user.to_string(), "sid": self.session.to_string(),
            "client_id": "prostor", "iat": now, "nbf": now, "exp": now + LIFETIME, "jti": "x"})
    }

    /// Signed by our own key, so that only the content can be at fault.
    fn signed(&self, header: &Value, claims: &Value) -> String {
        let pair = Ed25519KeyPair::from_pkcs8(self.key.pkcs8()).unwrap();
        sign_with(header, claims, |message| pair.sign(message).as_ref().to_vec())
    }

    fn with_header(&self, name: &str, value: Value) -> String {
        self.signed(&with(self.header(), name, value), &self.claims())
    }

    fn with_claim(&self, name: &str, value: Value) -> String {
        self.signed(&self.header(), &with(self.claims(), name, value))
    }

    fn refused(&self, what: &str, token: &str, expected: TokenError) {
        assert_eq!(self.ring.verify(token, NOW), Err(expected), "{what}");
    }
}

fn sign_with(header: &Value, claims: &Value, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(sign(message.as_bytes())))
}

/// `object` with one member set, or removed by null.
fn with(mut object: Value, name: &str, value: Value) -> Value {
    match value {
        Value::Null => object.as_object_mut().unwrap().remove(name),
        value => object.as_object_mut().unwrap().insert(name.to_owned(), value),
    };
    object
}

#[test]
fn a_token_says_who_and_until_when() {
    let forge = Forge::new();
    let expected =
        Claims { user: forge.user, session: forge.session, issued_at: NOW, expires_at: NOW.plus(600) };
    assert_eq!(forge.ring.verify(&forge.good(), NOW), Ok(expected));
    assert_eq!(forge.ring.verify(&forge.signed(&forge.header(), &forge.claims()), NOW), Ok(expected));
    assert!(forge.good().len() < 700, "{}", forge.good().len());
    assert_ne!(forge.good(), forge.good(), "each has a jti of its own");
}

#[test]
fn times_hold_against_the_given_now() {
    let forge = Forge::new();
    let token = forge.good();
    for (later, expected) in [
        (-6, Err(TokenError::NotYetValid)),
        (-5, Ok(())),
        (0, Ok(())),
        (599, Ok(())),
        (600, Err(TokenError::Expired)),
        (100_000_000, Err(TokenError::Expired)),
    ] {
        assert_eq!(forge.ring.verify(&token, NOW.plus(later)).map(drop), expected, "{later}");
    }
}

#[test]
fn forged_headers() {
    let forge = Forge::new();
    let other_id: KeyId = random::id(NOW);
    use TokenError::{Algorithm, Malformed, Type, UnknownKey};
    for (name, value, expected) in [
        ("alg", json!("none"), Malformed),
        ("alg", json!("None"), Malformed),
        ("alg", json!("ES256"), Algorithm),
        ("alg", json!("HS256"), Algorithm),
        ("alg", Value::Null, Malformed),
        ("typ", json!("JWT"), Type),
        ("typ", json!("refresh+jwt"), Type),
        ("typ", Value::Null, Type),
        ("kid", json!(other_id.to_string()), UnknownKey),
        ("kid", json!("../../etc/passwd"), UnknownKey),
        ("kid", Value::Null, UnknownKey),
        ("kid", json!(7), Malformed),
        ("crit", json!(["exp"]), Malformed),
    ] {
        forge.refused(&format!("{name}: {value}"), &forge.with_header(name, value), expected);
    }
}

#[test]
fn forged_claims() {
    let forge = Forge::new();
    let now = NOW.unix();
    use TokenError::{Expired, Foreign, Malformed, NotYetValid};
    for (name, value, expected) in [
        ("iss", json!("https://elsewhere.example"), Foreign),
        ("iss", json!([SERVICE]), Malformed),
        ("iss", Value::Null, Malformed),
        ("aud", json!("https://elsewhere.example"), Foreign),
        ("aud", json!([SERVICE, "https://elsewhere.example"]), Malformed),
        ("aud", Value::Null, Malformed),
        ("exp", json!(now), Expired),
        ("exp", json!(-1), Malformed),
        ("exp", json!("tomorrow"), Malformed),
        ("exp", json!(1e300), Malformed),
        ("exp", Value::Null, Malformed),
        ("nbf", json!(now + 60), NotYetValid),
        ("nbf", Value::Null, Malformed),
        ("sub", json!(forge.session.to_string()), Malformed),
        ("sub", json!(""), Malformed),
        ("sub", Value::Null, Malformed),
        ("sid", json!(forge.user.to_string()), Malformed),
        ("sid", Value::Null, Malformed),
    ] {
        forge.refused(&format!("{name}: {value}"), &forge.with_claim(name, value), expected);
    }
}

#[test]
fn the_public_key_as_an_hmac_secret_opens_nothing() {
    let forge = Forge::new();
    let secret = hmac::Key::new(hmac::HMAC_SHA256, &forge.key.public);
    for (alg, expected) in [("HS256", TokenError::Algorithm), ("EdDSA", TokenError::Signature)] {
        let header = with(forge.header(), "alg", json!(alg));
        let token =
            sign_with(&header, &forge.claims(), |message| hmac::sign(&secret, message).as_ref().to_vec());
        forge.refused(alg, &token, expected);
    }
}

#[test]
fn a_strangers_key_does_not_sign_even_when_it_is_in_the_header() {
    let forge = Forge::new();
    let stranger = SigningKey::generate(NOW);
    let pair = Ed25519KeyPair::from_pkcs8(stranger.pkcs8()).unwrap();
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(&stranger.public)});
    for header in [forge.header(), with(forge.header(), "jwk", jwk)] {
        let token = sign_with(&header, &forge.claims(), |message| pair.sign(message).as_ref().to_vec());
        forge.refused(&header.to_string(), &token, TokenError::Signature);
    }
}

#[test]
fn changed_cut_and_huge_tokens() {
    let forge = Forge::new();
    let token = forge.good();
    let [header, payload, signature] = token.split('.').collect::<Vec<_>>()[..] else { panic!("{token}") };
    let other =
        with(forge.claims(), "sub", json!(random::id::<crate::domain::ids::kind::User>(NOW).to_string()));
    let other = URL_SAFE_NO_PAD.encode(other.to_string());
    use TokenError::{Malformed, Signature, TooLong};
    for (text, expected) in [
        (String::new(), Malformed),
        ("..".into(), Malformed),
        (format!("{header}.{payload}"), Malformed),
        (format!("{header}.{payload}."), Signature),
        (format!("{header}.{other}.{signature}"), Signature),
        (format!("{header}.{payload}.{}", &signature[..signature.len() - 2]), Signature),
        (format!("{header}.{payload}.{signature}.{signature}"), Malformed),
        (format!("{header}.{payload}.{signature}="), Malformed),
        (format!(" {token}"), Malformed),
        (format!("{token}\n"), Malformed),
        (format!("{header}.{payload}.{}", "A".repeat(4096)), TooLong),
        ("č".repeat(5_000_000), TooLong),
    ] {
        forge.refused(&format!("{text:.60}"), &text, expected);
    }
    for end in 0..token.len() {
        assert!(forge.ring.verify(&token[..end], NOW).is_err(), "cut at {end}");
    }
}

#[test]
fn every_single_changed_octet_is_noticed() {
    let forge = Forge::new();
    let token = forge.good().into_bytes();
    for at in 0..token.len() {
        let mut changed = token.clone();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert!(forge.ring.verify(&changed, NOW).is_err(), "{at}");
    }
}

#[test]
fn after_a_rotation_old_tokens_hold_until_the_old_key_goes() {
    let forge = Forge::new();
    let token = forge.good();
    let next = SigningKey::generate(NOW.plus(60));
    let old = SigningKey::from_pkcs8(forge.key.id(), forge.key.pkcs8()).unwrap();
    let rotated = KeyRing::new(SERVICE, &next, &[old]);
    assert!(rotated.verify(&token, NOW).is_ok());
    let new = rotated.issue(forge.user, forge.session, NOW);
    assert_eq!(forge.ring.verify(&new, NOW), Err(TokenError::UnknownKey));
    assert_eq!(KeyRing::new(SERVICE, &next, &[]).verify(&token, NOW), Err(TokenError::UnknownKey));
}

#[test]
fn stored_keys_are_read_with_care() {
    let key = SigningKey::generate(NOW);
    assert!(SigningKey::from_pkcs8(key.id(), key.pkcs8()).is_ok());
    for bytes in [&[][..], &key.pkcs8()[1..], &key.public] {
        assert!(SigningKey::from_pkcs8(key.id(), bytes).is_err());
    }
}
