//! Changing an address: nobody's else is claimed, nobody learns who has an account, and the old address has the last
//! word for a week.

use serde_json::{Value, json};

use super::{OTHER, PASSWORD, bearer, log_in, registered, standing};
use crate::support::{Call, Person, TestApp, both};

const OLD: &str = "ana@example.si";
const NEW: &str = "ana.novak@example.si";
const WEEK: i64 = 7 * 86_400;

fn ask(app: &TestApp, person: &Person, email: &str) -> Call {
    app.post("/auth/email", json!({"email": email, "password": PASSWORD})).by(person)
}

fn confirm(app: &TestApp, body: Value) -> Call {
    app.post("/auth/email/confirm", body)
}

fn restore(app: &TestApp, token: &str) -> Call {
    app.post("/auth/email/restore", json!({"token": token}))
}

/// A person who has moved to the new address; the token of the link that takes it back.
async fn moved(app: &TestApp) -> (Person, String) {
    let ana = registered(app, OLD).await;
    ask(app, &ana, NEW).await.expect(202);
    let token = app.await_letters(NEW, 1).await[0].token();
    confirm(app, json!({"token": token})).by(&ana).await.expect(200);
    let told = app.await_letters(OLD, 2).await.remove(1);
    assert!(told.text.contains("/restore-address#token="), "{}", told.text);
    (ana, told.token())
}

both! {
    async fn an_address_is_confirmed_where_it_is_and_told_where_it_was(app: TestApp) {
        let (ana, _) = moved(&app).await;
        let me = app.get("/me").by(&ana).await.expect(200);
        assert_eq!((&me["email"], &me["verified"]), (&json!(NEW), &json!(true)));
        log_in(&app, NEW, PASSWORD).await.expect(200);
        log_in(&app, OLD, PASSWORD).await.refused(401, "credentials_refused");
        app.post("/auth/link", json!({"email": OLD})).await.expect(202);
        app.post("/auth/link", json!({"email": NEW})).await.expect(202);
        app.await_letters(NEW, 2).await;
        assert_eq!(app.queued_for(OLD).len(), 2, "the old address signs in no longer");
        let letter = &app.letters_to(NEW)[0].text;
        assert!(!letter.contains("Ana"), "a stranger at that address learns no name: {letter}");
    }

    async fn the_old_address_takes_it_back(app: TestApp) {
        let (thief, back) = moved(&app).await;
        // Somebody with the session goes further: another password, a key, the old address occupied.
        let change = json!({"current_password": PASSWORD, "password": OTHER});
        app.post("/auth/password", change).by(&thief).await.expect(204);
        let key = json!({"name": "K", "scopes": ["people:read"], "password": OTHER});
        let key = app.post("/auth/keys", key).by(&thief).await.expect(201);
        let new = json!({"email": OLD, "name": "Thief", "password": OTHER, "locale": "en"});
        app.post("/auth/register", new).await.expect(202);
        let squatter = bearer(&app, &log_in(&app, OLD, OTHER).await.expect(200));
        restore(&app, &back).await.expect(204);
        for gone in [&thief, &squatter] {
            app.get("/me").by(gone).await.refused(401, "unauthenticated");
        }
        let by_key = Person { token: key["key"].as_str().unwrap().to_owned(), ..thief.clone() };
        app.get("/me").by(&by_key).await.refused(401, "unauthenticated");
        for (email, password) in [(OLD, PASSWORD), (OLD, OTHER), (NEW, OTHER)] {
            log_in(&app, email, password).await.refused(401, "credentials_refused");
        }
        let before = standing(&app);
        restore(&app, &back).await.refused(401, "credentials_refused");
        assert_eq!(standing(&app), before);
        let seen = app.await_letters(OLD, app.queued_for(OLD).len()).await.len();
        app.post("/auth/link", json!({"email": OLD})).await.expect(202);
        let token = app.await_letters(OLD, seen + 1).await[seen].token();
        let tokens = app.post("/auth/link/redeem", json!({"token": token})).await.expect(200);
        let ana = bearer(&app, &tokens);
        assert_eq!(ana.id, thief.id, "her account, not the squatter's");
    }

    async fn a_week_later_it_stays(app: TestApp) {
        let (_, back) = moved(&app).await;
        app.advance(WEEK - 1);
        for token in ["", "x", &back[1..], &back.replace('A', "B"), "../../etc"] {
            if token != back {
                restore(&app, token).await.refused(401, "credentials_refused");
            }
        }
        app.advance(1);
        let before = standing(&app);
        restore(&app, &back).await.refused(401, "credentials_refused");
        assert_eq!(standing(&app), before);
        app.advance(3 * 86_400);
        app.run_jobs();
        assert!(!standing(&app).contains(OLD), "the old address is forgotten");
    }

    async fn nobody_s_address_is_claimed(app: TestApp) {
        let ana = registered(&app, OLD).await;
        let victim = app.member("victim");
        let unknown = ask(&app, &ana, "free@example.org").await;
        let known = ask(&app, &ana, "Victim@example.org").await;
        assert_eq!((known.status, &known.text), (unknown.status, &unknown.text));
        let told = app.await_letters("victim@example.org", 1).await.remove(0);
        assert!(told.text.contains("Somebody wanted to change the address of their account to this one") && !told.text.contains("#token="), "{}", told.text);
        for code in ["000000", "123456"] {
            confirm(&app, json!({"code": code})).by(&ana).await.refused(401, "credentials_refused");
        }
        let me = app.get("/me").by(&victim).await.expect(200);
        assert_eq!(me["email"], "victim@example.org");
        assert_eq!(app.get("/me").by(&ana).await.expect(200)["email"], OLD);
        // Registered between asking and confirming: the first who proves it, has it.
        ask(&app, &ana, NEW).await.expect(202);
        let token = app.await_letters(NEW, 1).await[0].token();
        registered_at(&app, NEW).await;
        let before = standing(&app);
        confirm(&app, json!({"token": token})).by(&ana).await.refused(401, "credentials_refused");
        assert_eq!(standing(&app), before);
    }

    async fn links_and_codes_of_others_used_guessed_or_old_open_nothing(app: TestApp) {
        let ana = registered(&app, OLD).await;
        let thief = app.member("thief");
        ask(&app, &ana, NEW).await.expect(202);
        let letter = app.await_letters(NEW, 1).await.remove(0);
        let before = standing(&app);
        for body in [json!({"token": letter.token()}), json!({"code": letter.code()})] {
            confirm(&app, body.clone()).await.refused(401, "unauthenticated");
            confirm(&app, body.clone()).by(&thief).await.refused(401, "credentials_refused");
            app.post("/auth/link/redeem", json!({"token": letter.token()})).await.refused(401, "credentials_refused");
        }
        let wrong = if letter.code() == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            confirm(&app, json!({"code": wrong})).by(&ana).await.refused(401, "credentials_refused");
        }
        confirm(&app, json!({"code": letter.code()})).by(&ana).await.refused(401, "credentials_refused");
        for (body, pointer) in [(json!({}), "/token"), (json!({"token": "x", "code": "1"}), "/token"), (json!({"code": wrong, "email": NEW}), "/email")] {
            let problem = confirm(&app, body).by(&ana).await.refused(422, "invalid");
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        }
        assert_eq!(standing(&app), before);
        confirm(&app, json!({"token": letter.token()})).by(&ana).await.expect(200);
        let after = standing(&app);
        confirm(&app, json!({"token": letter.token()})).by(&ana).await.refused(401, "credentials_refused");
        assert_eq!(standing(&app), after, "used twice");
        ask(&app, &ana, "third@example.org").await.expect(202);
        let third = app.await_letters("third@example.org", 1).await[0].token();
        app.advance(24 * 3600);
        let ana = ana.renewed(&app);
        let after = standing(&app);
        confirm(&app, json!({"token": third})).by(&ana).await.refused(401, "credentials_refused");
        assert_eq!(standing(&app), after, "a day later");
    }

    async fn only_who_proved_their_own_address_and_knows_the_password_may_ask(app: TestApp) {
        let ana = registered(&app, OLD).await;
        let newcomer = app.newcomer("newcomer");
        let before = standing(&app);
        app.post("/auth/email", json!({"email": NEW})).await.refused(401, "unauthenticated");
        app.post("/auth/email", json!({"email": NEW})).by(&newcomer).await.refused(403, "address_unverified");
        app.post("/auth/email", json!({"email": NEW})).by(&ana).await.refused(422, "invalid");
        app.post("/auth/email", json!({"email": NEW, "password": OTHER})).by(&ana).await.refused(401, "credentials_refused");
        app.post("/auth/email", json!({"email": OLD, "password": PASSWORD})).by(&ana).await.refused(422, "invalid");
        app.post("/auth/email", json!({"email": NEW, "password": PASSWORD, "verified": true})).by(&ana).await.refused(422, "invalid");
        assert_eq!(standing(&app), before);
        for n in 0..5 {
            ask(&app, &ana, &format!("n{n}@example.org")).await.expect(202);
        }
        let before = standing(&app);
        ask(&app, &ana, "n6@example.org").await.refused(429, "rate_limited");
        assert_eq!(standing(&app), before);
        assert!(app.queued_for(NEW).is_empty() && app.queued_for("n6@example.org").is_empty());
    }
}

/// Somebody else at that address, whose letters include another's.
async fn registered_at(app: &TestApp, email: &str) {
    let seen = app.letters_to(email).len();
    app.post("/auth/register", json!({"email": email, "name": "Eva", "locale": "en"})).await.expect(202);
    app.await_letters(email, seen + 1).await;
}
