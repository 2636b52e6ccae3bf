//! Accounts as clients, mailboxes and thieves see them: sessions, passwords, addresses, second factors, keys,
//! invitations. Every attack is followed by a look at the database: nothing changed.

mod address;
mod browser;
mod invitations;
mod keys;
mod leaving;
mod password;
mod second_factor;
mod secrecy;
mod sessions;

use diesel::prelude::*;
use prostor::{
    domain::{ids::UserId, instant::Instant},
    store::schema,
};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use crate::support::{Call, Person, TestApp};

pub const PASSWORD: &str = "kolovrat šepeta mesečini";
pub const OTHER: &str = "tri opice v omari";

type Account = (UserId, String, String, String, Option<String>, Option<Instant>, bool, i64);
type Change = (UserId, String, Option<String>, Option<Instant>, Option<Instant>);

/// Everything by which somebody signs in, or may do something; what is only counted or logged is left out.
pub fn standing(app: &TestApp) -> String {
    let tx = &mut *app.connection();
    let users: Vec<Account> = {
        use schema::users::dsl::*;
        let columns = (id, email, email_key, name, password_hash, verified_at, is_administrator, version);
        users.order(id).select(columns).load(tx).unwrap()
    };
    let sessions: Vec<(UserId, Option<Instant>)> = {
        use schema::sessions::dsl::*;
        sessions.order(id).select((user_id, revoked_at)).load(tx).unwrap()
    };
    let factors: Vec<(UserId, Vec<u8>, Option<Instant>)> = {
        use schema::second_factors::dsl::*;
        second_factors.order(user_id).select((user_id, sealed, enabled_at)).load(tx).unwrap()
    };
    let keys: Vec<(UserId, String, Option<Instant>)> = {
        use schema::api_keys::dsl::*;
        api_keys.order(id).select((user_id, scopes, revoked_at)).load(tx).unwrap()
    };
    let changes: Vec<Change> = {
        use schema::address_changes::dsl::*;
        address_changes
            .order(id)
            .select((user_id, email, former_email, confirmed_at, ended_at))
            .load(tx)
            .unwrap()
    };
    let staff: Vec<UserId> = {
        use schema::venue_staff::dsl::*;
        venue_staff.order(user_id).select(user_id).load(tx).unwrap()
    };
    let coordinators: Vec<UserId> = {
        use schema::network_coordinators::dsl::*;
        network_coordinators.order(user_id).select(user_id).load(tx).unwrap()
    };
    let accepted: Vec<Option<Instant>> = {
        use schema::invitations::dsl::*;
        invitations.order(id).select(accepted_at).load(tx).unwrap()
    };
    format!(
        "{users:#?}{sessions:#?}{factors:#?}{keys:#?}{changes:#?}{staff:#?}{coordinators:#?}{accepted:#?}"
    )
}

/// How many rows there are of what sign-ins and changes leave behind.
pub fn traces(app: &TestApp) -> i64 {
    let tx = &mut *app.connection();
    let counts: [i64; 6] = [
        schema::users::table.count().get_result(tx).unwrap(),
        schema::attempts::table.count().get_result(tx).unwrap(),
        schema::tickets::table.count().get_result(tx).unwrap(),
        schema::outbox::table.count().get_result(tx).unwrap(),
        schema::address_changes::table.count().get_result(tx).unwrap(),
        schema::audit::table.count().get_result(tx).unwrap(),
    ];
    counts.iter().sum()
}

pub fn log_in(app: &TestApp, email: &str, password: &str) -> Call {
    app.post("/auth/login", json!({"email": email, "password": password}))
}

/// Who holds these tokens.
pub fn bearer(app: &TestApp, tokens: &Value) -> Person {
    let token = tokens["access_token"].as_str().unwrap().to_owned();
    let claims = app.app.keys.verify(&token, app.app.now()).unwrap();
    Person { id: claims.user, email: String::new(), token }
}

/// A person with a password, as one becomes one: registered, the link redeemed. Their mails so far: one.
pub async fn registered(app: &TestApp, email: &str) -> Person {
    let new = json!({"email": email, "name": "Ana", "password": PASSWORD, "locale": "en"});
    app.post("/auth/register", new).await.expect(202);
    let token = app.await_letters(email, 1).await[0].token();
    let tokens =
        app.post("/auth/link/redeem", json!({"token": token, "password": PASSWORD})).await.expect(200);
    Person { email: email.to_owned(), ..bearer(app, &tokens) }
}

/// The same person with a fresh token of a fresh session.
pub async fn again(app: &TestApp, email: &str) -> Person {
    let tokens = log_in(app, email, PASSWORD).await.expect(200);
    Person { email: email.to_owned(), ..bearer(app, &tokens) }
}

/// What an authenticator with this secret shows, so many seconds from now.
pub fn code_in(app: &TestApp, secret: &str, seconds: i64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate((app.app.now().unix() + seconds).unsigned_abs()).to_string()
}

/// A code that is wrong now and in the steps around it.
pub fn wrong_code(app: &TestApp, secret: &str) -> String {
    let right: Vec<String> = (-2..=2).map(|step| code_in(app, secret, step * 30)).collect();
    (0..).map(|n| format!("{n:06}")).find(|code| !right.contains(code)).unwrap()
}

/// Sets up a second factor: its secret and the recovery codes. Uses up the code of this time step.
pub async fn with_second_factor(app: &TestApp, person: &Person, password: Value) -> (String, Vec<String>) {
    let begun = app.post("/auth/second-factor", password).by(person).await.expect(200);
    let secret = begun["secret"].as_str().unwrap().to_owned();
    let confirm = app.post("/auth/second-factor/confirm", json!({"code": code_in(app, &secret, 0)}));
    let codes = confirm.by(person).await.expect(200);
    let codes = codes["recovery_codes"].as_array().unwrap().iter();
    (secret, codes.map(|code| code.as_str().unwrap().to_owned()).collect())
}
