//! No answer tells whether an address has an account, and none is given sooner: the same rows are written. (That the same
//! passwords are hashed is tested beside the code.)

use serde_json::{Value, json};

use super::{PASSWORD, registered, standing, traces};
use crate::support::{Person, Reply, TestApp, both};

const KNOWN: &str = "ana@example.si";
const UNKNOWN: &str = "eva@example.si";

/// A request's body, about an address.
type Body = fn(&str) -> Value;
/// Status, body and headers.
type Seen = (u16, String, Vec<String>);

/// What a client sees of an answer, but for what is different every time.
fn seen(reply: &Reply) -> Seen {
    let mut headers: Vec<String> = reply
        .headers
        .iter()
        .filter(|(name, _)| !["x-request-id", "date"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    headers.sort();
    (reply.status, reply.text.clone(), headers)
}

/// One request about an address, and how many rows it left.
async fn asked(app: &TestApp, path: &str, body: Value, by: Option<&Person>) -> (Seen, i64) {
    let before = traces(app);
    let call = app.post(path, body);
    let call = match by {
        Some(person) => call.by(person),
        None => call,
    };
    let reply = call.await;
    (seen(&reply), traces(app) - before)
}

both! {
    async fn an_address_with_an_account_is_answered_as_one_without(app: TestApp) {
        registered(&app, KNOWN).await;
        let asker = app.member("asker");
        let cases: [(&str, Body, bool); 5] = [
            ("/auth/link", |email| json!({"email": email}), false),
            ("/auth/login", |email| json!({"email": email, "password": "tri opice v omari"}), false),
            ("/auth/link/redeem", |email| json!({"email": email, "code": "000000"}), false),
            ("/auth/link/redeem", |email| json!({"email": email, "code": "000000", "password": PASSWORD}), false),
            ("/auth/email", |email| json!({"email": email}), true),
        ];
        for (path, body, signed_in) in cases {
            let by = signed_in.then_some(&asker);
            let known = asked(&app, path, body(KNOWN), by).await;
            let unknown = asked(&app, path, body(UNKNOWN), by).await;
            assert_eq!(known, unknown, "{path}");
        }
    }

    async fn registering_answers_alike_and_tells_the_owner_alone(app: TestApp) {
        registered(&app, KNOWN).await;
        let before = standing(&app);
        let new = |email: &str| json!({"email": email, "name": "Thief", "password": "tri opice v omari", "locale": "sl"});
        let known = asked(&app, "/auth/register", new("ANA@example.si"), None).await;
        assert_eq!(standing(&app), before, "the account that is there stays as it is");
        let unknown = asked(&app, "/auth/register", new(UNKNOWN), None).await;
        // The one more is the account: the one that is there was written instead.
        assert_eq!((known.0, known.1 + 1), unknown);
        let told = app.await_letters(KNOWN, 2).await.remove(1);
        assert!(told.text.contains("Somebody tried to create an account"), "{}", told.text);
    }

    async fn however_often_one_asks_both_are_answered_alike(app: TestApp) {
        registered(&app, KNOWN).await;
        for n in 0..8 {
            let body = |email: &str| json!({"email": email});
            let known = asked(&app, "/auth/link", body(KNOWN), None).await;
            let unknown = asked(&app, "/auth/link", body(UNKNOWN), None).await;
            assert_eq!(known, unknown, "{n}");
        }
        for n in 0..7 {
            let body = |email: &str| json!({"email": email, "code": "000000"});
            let known = asked(&app, "/auth/link/redeem", body(KNOWN), None).await;
            let unknown = asked(&app, "/auth/link/redeem", body(UNKNOWN), None).await;
            assert_eq!(known, unknown, "{n}");
        }
    }
}
