//! Access tokens that are not ours, not now, or not whole: all are 401.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use prostor::{
    app::credentials::{access_token::SigningKey, sealing::Purpose},
    domain::ids::KeyId,
    store::{error::StoreError, keys},
};
use serde_json::{Value, json};

use crate::support::{Person, TestApp, both};

/// The service's own key, as only someone with its database and its secret has it.
fn signing_key(app: &TestApp) -> (KeyId, Vec<u8>) {
    let stored =
        app.app.db.read(|tx| keys::in_use(tx, app.app.now())).map_err(|error: StoreError| error).unwrap();
    let key = &stored[0];
    let secret = app.config.secret.load().unwrap();
    let opened = secret.open(Purpose::SigningKeys, &key.id.to_string(), &key.sealed).unwrap();
    (key.id, opened.to_vec())
}

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

fn with(claims: &Value, name: &str, value: Value) -> Value {
    let mut claims = claims.clone();
    match value {
        Value::Null => claims.as_object_mut().unwrap().remove(name),
        value => claims.as_object_mut().unwrap().insert(name.to_owned(), value),
    };
    claims
}

async fn status(app: &TestApp, authorization: &str) -> u16 {
    let reply = app.get("/me").header("authorization", authorization).await;
    if reply.status == 401 {
        assert_eq!(reply.header("www-authenticate"), "Bearer");
        assert_eq!(reply.json["code"], "unauthenticated", "{reply:?}");
    }
    // Nor does a bad token make anybody anonymous again.
    let open = app.get("/networks").header("authorization", authorization).await;
    assert_eq!(open.status, reply.status, "{authorization}");
    reply.status
}

fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

both! {
    async fn a_token_counts_as_it_was_given_and_in_no_other_form(app: TestApp) {
        let Person { token, .. } = app.member("ana");
        for (authorization, expected) in [
            (format!("Bearer {token}"), 200),
            (format!("bearer {token}"), 200),
            (format!("BEARER {token}"), 200),
            (token.clone(), 401),
            ("Bearer".to_owned(), 401),
            ("Bearer ".to_owned(), 401),
            (format!("Token {token}"), 401),
            (format!("Bearer {token}."), 401),
            (format!("Bearer {token} {token}"), 401),
            (format!("Bearer \"{token}\""), 401),
            (format!("Bearer {}", token.to_lowercase()), 401),
            (format!("Bearer {}", token.rsplit_once('.').unwrap().0), 401),
            (format!("Bearer {}.", token.rsplit_once('.').unwrap().0), 401),
            (format!("Bearer {}", "a".repeat(7000)), 401),
            ("Bearer ..".to_owned(), 401),
            ("Bearer e30.e30.e30".to_owned(), 401),
            ("Basic YW5hOmFuYQ==".to_owned(), 401),
        ] {
            assert_eq!(status(&app, &authorization).await, expected, "{authorization}");
        }
        for cut in [1, 2, 10, token.len() / 2] {
            assert_eq!(status(&app, &format!("Bearer {}", &token[..token.len() - cut])).await, 401);
        }
        // Every octet of it counts.
        for at in (0..token.len()).step_by(7).chain([token.len() - 1]) {
            let other = if &token[at..=at] == "A" { "B" } else { "A" };
            let changed = format!("Bearer {}{other}{}", &token[..at], &token[at + 1..]);
            assert_eq!(status(&app, &changed).await, 401, "octet {at}");
        }
    }

    async fn a_token_is_signed_by_us_for_us_and_for_now(app: TestApp) {
        let ana = app.member("ana");
        let (id, pkcs8) = signing_key(&app);
        let claims = claims(&ana.token);
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some("at+jwt".to_owned());
        header.kid = Some(id.to_string());
        let sign = |header: &Header, claims: &Value| jsonwebtoken::encode(header, claims, &EncodingKey::from_ed_der(&pkcs8)).unwrap();
        let expect = async |what: &str, token: String, expected: u16| {
            assert_eq!(status(&app, &format!("Bearer {token}")).await, expected, "{what}");
        };
        expect("as we sign", sign(&header, &claims), 200).await;
        let now = app.app.now().unix();
        for (name, value) in [
            ("aud", json!("https://elsewhere.example")), ("aud", Value::Null), ("aud", json!([])),
            ("iss", json!("https://elsewhere.example")), ("iss", Value::Null),
            ("exp", json!(now)), ("exp", json!(now - 1)), ("exp", Value::Null), ("exp", json!("tomorrow")),
            ("nbf", json!(now + 60)), ("nbf", Value::Null),
            ("sub", json!("usr_01h455vb4pex5vsknk084sn02q")), ("sub", json!("1")), ("sub", Value::Null),
            ("sid", json!("ses_01h455vb4pex5vsknk084sn02q")), ("sid", Value::Null),
        ] {
            expect(&format!("{name} {value}"), sign(&header, &with(&claims, name, value)), 401).await;
        }
        for (what, header) in [
            ("another type", Header { typ: Some("JWT".to_owned()), ..header.clone() }),
            ("no type", Header { typ: None, ..header.clone() }),
            ("no key", Header { kid: None, ..header.clone() }),
            ("an unknown key", Header { kid: Some("key_01h455vb4pex5vsknk084sn02q".to_owned()), ..header.clone() }),
            ("a path for a key", Header { kid: Some("../../dev/null".to_owned()), ..header.clone() }),
        ] {
            expect(what, sign(&header, &claims), 401).await;
        }
        // Somebody else's key under our key's name.
        let theirs = SigningKey::generate(app.app.now());
        let forged = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_der(theirs.pkcs8())).unwrap();
        expect("another key", forged, 401).await;
        // Algorithms the token chooses for itself (RFC 8725, 2.1): none, and HMAC with what everybody may know.
        let plain = |alg: &str| json!({"alg": alg, "typ": "at+jwt", "kid": id.to_string()});
        for alg in ["none", "None", "NONE", ""] {
            expect(alg, format!("{}.", unsigned(&plain(alg), &claims)), 401).await;
            expect(alg, format!("{}.{}", unsigned(&plain(alg), &claims), ana.token.rsplit_once('.').unwrap().1), 401).await;
        }
        let public = Ed25519KeyPair::from_pkcs8(&pkcs8).unwrap().public_key().as_ref().to_vec();
        for secret in [public, Vec::new(), id.to_string().into_bytes()] {
            let header = Header { alg: Algorithm::HS256, ..header.clone() };
            let forged = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&secret)).unwrap();
            expect("HS256", forged, 401).await;
        }
        // A key that the token brings along, and extensions that must be understood.
        let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode([7; 32])});
        for (name, value) in [("jwk", jwk), ("crit", json!(["exp"])), ("jku", json!("https://elsewhere.example/keys"))] {
            let mut header = plain("EdDSA");
            header[name] = value;
            let unsigned = unsigned(&header, &claims);
            let pair = Ed25519KeyPair::from_pkcs8(theirs.pkcs8()).unwrap();
            let signature = URL_SAFE_NO_PAD.encode(pair.sign(unsigned.as_bytes()));
            expect(name, format!("{unsigned}.{signature}"), 401).await;
        }
    }

    async fn a_token_ends_with_its_ten_minutes_and_with_its_session(app: TestApp) {
        let ana = app.member("ana");
        app.advance(599);
        assert_eq!(status(&app, &format!("Bearer {}", ana.token)).await, 200);
        app.advance(1);
        assert_eq!(status(&app, &format!("Bearer {}", ana.token)).await, 401);
        let ana = ana.renewed(&app);
        app.post("/auth/logout", json!({})).by(&ana).await.expect(204);
        // The token still verifies, and nobody is behind it.
        app.get("/me").by(&ana).await.refused(401, "unauthenticated");
    }
}
