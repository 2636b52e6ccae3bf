//! The second factor: asked for at every sign-in, no code twice, no guessing, no way around it.

use diesel::prelude::*;
use prostor::store::schema::{recovery_codes, second_factors};
use serde_json::{Value, json};

use super::{OTHER, PASSWORD, bearer, code_in, log_in, registered, standing, with_second_factor, wrong_code};
use crate::support::{Backend, Call, House, Options, Person, Reply, TestApp, both, id, version};

const ANA: &str = "ana@example.si";

/// What the first step answers, to go on with.
#[track_caller]
fn challenge(reply: Reply) -> String {
    assert_eq!(reply.header("www-authenticate"), "Bearer");
    let problem = reply.refused(401, "second_factor_required");
    assert!(problem["access_token"].is_null(), "{problem}");
    problem["challenge"].as_str().unwrap().to_owned()
}

async fn halfway(app: &TestApp) -> String {
    challenge(log_in(app, ANA, PASSWORD).await)
}

fn verify(app: &TestApp, challenge: &str, code: &str) -> Call {
    app.post("/auth/second-factor/verify", json!({"challenge": challenge, "code": code}))
}

async fn shown(app: &TestApp, person: &Person) -> Value {
    app.get("/auth/second-factor").by(person).await.expect(200)
}

both! {
    async fn signing_in_takes_two_steps_and_each_code_counts_once(app: TestApp) {
        let ana = registered(&app, ANA).await;
        let elsewhere = bearer(&app, &log_in(&app, ANA, PASSWORD).await.expect(200));
        assert_eq!(shown(&app, &ana).await["enabled"], false);
        app.post("/auth/second-factor", json!({})).by(&ana).await.refused(422, "invalid");
        let (secret, recovery) = with_second_factor(&app, &ana, json!({"password": PASSWORD})).await;
        assert_eq!(recovery.len(), 10);
        app.get("/me").by(&elsewhere).await.refused(401, "unauthenticated");
        assert_eq!(app.get("/me").by(&ana).await.expect(200)["has_second_factor"], true);
        // The code that confirmed it is used up, and so is every one before it.
        let half = halfway(&app).await;
        for seconds in [0, -30] {
            verify(&app, &half, &code_in(&app, &secret, seconds)).await.refused(401, "credentials_refused");
        }
        let code = code_in(&app, &secret, 30);
        let tokens = verify(&app, &half, &code).await.expect(200);
        app.get("/me").by(&bearer(&app, &tokens)).await.expect(200);
        verify(&app, &half, &code_in(&app, &secret, 60)).await.refused(401, "credentials_refused");
        let half = halfway(&app).await;
        verify(&app, &half, &code).await.refused(401, "credentials_refused");
        // A recovery code, as people copy it, once.
        let typed = format!(" {} ", recovery[3].to_uppercase().replace('-', " "));
        verify(&app, &half, &typed).await.expect(200);
        let half = halfway(&app).await;
        verify(&app, &half, &typed).await.refused(401, "credentials_refused");
        assert_eq!(shown(&app, &ana).await["recovery_codes_left"], 9);
        let told = app.await_letters(ANA, 3).await;
        assert!(told[1].text.contains("a code of your authenticator is asked for"), "{}", told[1].text);
        assert!(told[2].text.contains("with a recovery code instead"), "{}", told[2].text);
    }

    async fn nothing_of_it_can_be_read_from_the_database(app: TestApp) {
        let ana = registered(&app, ANA).await;
        let (secret, recovery) = with_second_factor(&app, &ana, json!({"password": PASSWORD})).await;
        let octets = totp_rs::Secret::try_from_base32(&secret).unwrap();
        let tx = &mut *app.connection();
        let sealed: Vec<u8> = second_factors::table.select(second_factors::sealed).first(tx).unwrap();
        assert!(!sealed.windows(8).any(|window| octets.as_ref().windows(8).any(|known| known == window)));
        let tags: Vec<Vec<u8>> = recovery_codes::table.select(recovery_codes::tag).load(tx).unwrap();
        assert_eq!(tags.len(), 10);
        for code in recovery {
            assert!(!tags.iter().any(|tag| tag.as_slice() == code.as_bytes() || tag.len() != 32));
        }
    }

    async fn digits_cannot_be_guessed_and_the_owner_is_not_locked_out(app: TestApp) {
        let ana = registered(&app, ANA).await;
        let (secret, recovery) = with_second_factor(&app, &ana, json!({"password": PASSWORD})).await;
        let before = standing(&app);
        let wrong = wrong_code(&app, &secret);
        let half = halfway(&app).await;
        for _ in 0..5 {
            verify(&app, &half, &wrong).await.refused(401, "credentials_refused");
        }
        verify(&app, &half, &code_in(&app, &secret, 30)).await.refused(401, "credentials_refused");
        let other = halfway(&app).await;
        verify(&app, &other, &code_in(&app, &secret, 30)).await.refused(429, "rate_limited");
        for (challenge, code) in [("", wrong.as_str()), ("x", &wrong), (&ana.token, &wrong), (&other, ""), (&other, "0000000000")] {
            let refused = verify(&app, challenge, code).await.status;
            assert!([401, 429].contains(&refused), "{challenge} {code}: {refused}");
        }
        assert_eq!(standing(&app), before);
        let owner = halfway(&app).await;
        verify(&app, &owner, &recovery[0]).await.expect(200);
        // Over a day, however patient: twenty tries in all.
        let mut tried = 5;
        for _ in 0..6 {
            app.advance(15 * 60);
            let half = halfway(&app).await;
            for _ in 0..5 {
                match verify(&app, &half, &wrong_code(&app, &secret)).await.status {
                    401 => tried += 1,
                    status => assert_eq!(status, 429),
                }
            }
        }
        assert_eq!(tried, 20);
    }

    async fn a_link_does_not_go_around_it(app: TestApp) {
        let ana = registered(&app, ANA).await;
        let (secret, _) = with_second_factor(&app, &ana, json!({"password": PASSWORD})).await;
        // Who reads the mailbox would set a password; it waits for the second step.
        app.post("/auth/link", json!({"email": ANA})).await.expect(202);
        let letter = app.await_letters(ANA, 3).await.remove(2);
        let before = standing(&app);
        let half = challenge(app.post("/auth/link/redeem", json!({"token": letter.token(), "password": OTHER})).await);
        verify(&app, &half, &wrong_code(&app, &secret)).await.refused(401, "credentials_refused");
        assert_eq!(standing(&app), before);
        app.get("/me").by(&ana).await.expect(200);
        let tokens = verify(&app, &half, &code_in(&app, &secret, 30)).await.expect(200);
        app.get("/me").by(&ana).await.refused(401, "unauthenticated");
        app.get("/me").by(&bearer(&app, &tokens)).await.expect(200);
        challenge(log_in(&app, ANA, OTHER).await);
        log_in(&app, ANA, PASSWORD).await.refused(401, "credentials_refused");
        // Five minutes for the second step.
        let half = challenge(log_in(&app, ANA, OTHER).await);
        app.advance(300);
        verify(&app, &half, &code_in(&app, &secret, 0)).await.refused(401, "credentials_refused");
    }

    async fn it_is_removed_with_a_code_and_with_a_password_that_may_be_alone(app: TestApp) {
        let ana = registered(&app, ANA).await;
        let (secret, recovery) = with_second_factor(&app, &ana, json!({"password": PASSWORD})).await;
        let remove = |body: Value| app.post("/auth/second-factor/remove", body).by(&ana);
        let renew = |code: &str| app.post("/auth/second-factor/recovery-codes", json!({"code": code})).by(&ana);
        let before = standing(&app);
        remove(json!({"code": recovery[0]})).await.refused(422, "invalid");
        remove(json!({"code": wrong_code(&app, &secret), "password": PASSWORD})).await.refused(401, "credentials_refused");
        renew(&wrong_code(&app, &secret)).await.refused(401, "credentials_refused");
        app.post("/auth/second-factor", json!({"password": PASSWORD})).by(&ana).await.refused(409, "state_conflict");
        assert_eq!(standing(&app), before);
        let fresh = renew(&code_in(&app, &secret, 30)).await.expect(200);
        remove(json!({"code": recovery[1], "password": PASSWORD})).await.refused(401, "credentials_refused");
        // Short enough beside it, too short alone.
        let short = "čmrlj 42 x";
        let change = json!({"current_password": PASSWORD, "password": short});
        app.post("/auth/password", change).by(&ana).await.expect(204);
        let code = fresh["recovery_codes"][0].as_str().unwrap();
        remove(json!({"code": code, "password": short})).await.refused(422, "invalid");
        let change = json!({"current_password": short, "password": OTHER});
        app.post("/auth/password", change).by(&ana).await.expect(204);
        remove(json!({"code": code, "password": OTHER})).await.expect(204);
        log_in(&app, ANA, OTHER).await.expect(200);
        remove(json!({"code": code, "password": OTHER})).await.refused(409, "state_conflict");
    }

    async fn roles_rest_without_it_where_the_operator_wants_it(backend: Backend) {
        let app = TestApp::start(backend, Options::default());
        let house = House::new(&app).await;
        let (manager, ana, coordinator) = (house.desk(), app.member("ana"), app.coordinator("coordinator", &house.network));
        let strict = app.another(Options { second_factor_for_staff: true, clock: app.clock.clone(), ..Options::default() });
        let [manager, ana, coordinator, root] = [&manager, &ana, &coordinator, &house.root].map(|person| person.renewed(&strict));
        let path = format!("/venues/{}", house.venue);
        let edition = version(&app.get(&path).await.expect(200));
        let edit = || strict.patch(&path, edition, json!({"name": "Hiša"}));
        edit().by(&manager).await.refused(403, "second_factor_missing");
        edit().by(&ana).await.refused(403, "forbidden");
        strict.get(&format!("/networks/{}/coordinators", house.network)).by(&coordinator).await.refused(403, "second_factor_missing");
        strict.post("/networks", json!({"name": "N", "slug": "n", "country": "SI", "time_zone": "Europe/Ljubljana"}))
            .by(&root).await.refused(403, "second_factor_missing");
        assert_eq!(version(&app.get(&path).await.expect(200)), edition);
        let me = strict.get("/me").by(&manager).await.expect(200);
        assert_eq!((&me["roles_rest"], &me["staff_of"][0]["venue_id"]), (&json!(true), &json!(house.venue)));
        assert_eq!(shown(&strict, &manager).await["required"], true);
        assert_eq!(shown(&strict, &ana).await["required"], false);
        // As a member they reserve as everybody does.
        let room = house.room("Soba").await;
        strict.post("/reservations", crate::support::meeting(&room, "2026-03-10T10:00", "2026-03-10T11:00")).by(&manager).await.expect(201);
        with_second_factor(&strict, &manager, json!({})).await;
        assert_eq!(strict.get("/me").by(&manager).await.expect(200)["roles_rest"], false);
        assert_eq!(id(&edit().by(&manager).await.expect(200)), house.venue);
    }
}
