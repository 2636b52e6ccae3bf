//! Changing a password: who holds a session is not enough.

use serde_json::json;

use super::{OTHER, PASSWORD, again, log_in, registered, standing};
use crate::support::{Call, Person, TestApp, both};

const ANA: &str = "ana@example.si";

fn change(app: &TestApp, person: &Person, old: &str, new: &str) -> Call {
    app.post("/auth/password", json!({"current_password": old, "password": new})).by(person)
}

both! {
    async fn a_change_ends_other_sessions_and_is_told(app: TestApp) {
        registered(&app, ANA).await;
        let (ana, elsewhere) = (again(&app, ANA).await, again(&app, ANA).await);
        let answer = change(&app, &ana, PASSWORD, OTHER).await;
        assert_eq!((answer.status, answer.header("cache-control")), (204, "no-store"));
        app.get("/me").by(&ana).await.expect(200);
        app.get("/me").by(&elsewhere).await.refused(401, "unauthenticated");
        log_in(&app, ANA, PASSWORD).await.refused(401, "credentials_refused");
        log_in(&app, ANA, OTHER).await.expect(200);
        let told = app.await_letters(ANA, 2).await.remove(1);
        assert!(told.text.contains("The password of your account at Prostor was changed"), "{}", told.text);
    }

    async fn without_the_old_one_nothing_changes(app: TestApp) {
        let ana = registered(&app, ANA).await;
        let before = standing(&app);
        change(&app, &ana, OTHER, OTHER).await.refused(401, "credentials_refused");
        change(&app, &ana, PASSWORD, "short").await.refused(422, "invalid");
        app.post("/auth/password", json!({"current_password": PASSWORD, "password": OTHER})).await.refused(401, "unauthenticated");
        for extra in [json!({"is_administrator": true}), json!({"user_id": ana.id}), json!({"verified_at": null})] {
            let body = crate::support::with(json!({"current_password": PASSWORD, "password": OTHER}), extra);
            app.post("/auth/password", body).by(&ana).await.refused(422, "invalid");
        }
        let body = json!({"password": OTHER});
        app.post("/auth/password", body).by(&ana).await.refused(422, "invalid");
        log_in(&app, ANA, OTHER).await.refused(401, "credentials_refused");
        assert_eq!(standing(&app), before);
        // One who has none sets it by a link: a session alone must not be enough.
        let nina = app.member("nina");
        let before = standing(&app);
        let said = change(&app, &nina, "", OTHER).header("accept-language", "sl").await.refused(409, "state_conflict");
        assert_eq!(said["detail"], "Račun nima gesla: zahtevajte povezavo za prijavo in geslo nastavite z njo");
        assert_eq!(standing(&app), before);
    }

    /// Whether the address has an account or not: the tries of one address are counted, on all nodes and for all who try.
    async fn signing_in_is_not_guessed_either(app: TestApp) {
        registered(&app, ANA).await;
        let before = standing(&app);
        let mut answers = Vec::new();
        for email in [ANA, "nihce@example.si"] {
            for _ in 0..10 {
                log_in(&app, email, OTHER).await.refused(401, "credentials_refused");
            }
            // The right one, too, and written otherwise.
            let late = log_in(&app, &email.to_uppercase().replace("SI", "si"), PASSWORD).header("accept-language", "sl").await;
            let late = late.refused(429, "rate_limited");
            assert!(late["detail"].as_str().unwrap().contains("zahtevajte povezavo za prijavo"), "{late}");
            answers.push(late);
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(standing(&app), before);
        // A link is the way out, and another address is nobody's concern.
        app.post("/auth/link", json!({"email": ANA})).await.expect(202);
        let link = app.await_letters(ANA, 2).await.remove(1);
        app.post("/auth/link/redeem", json!({"token": link.token()})).await.expect(200);
        app.advance(15 * 60);
        log_in(&app, ANA, PASSWORD).await.expect(200);
        // Success gives all tries back.
        for _ in 0..10 {
            log_in(&app, ANA, OTHER).await.refused(401, "credentials_refused");
        }
        log_in(&app, ANA, PASSWORD).await.refused(429, "rate_limited");
    }

    async fn guesses_are_limited_whoever_makes_them(app: TestApp) {
        let ana = registered(&app, ANA).await;
        for _ in 0..10 {
            change(&app, &ana, OTHER, OTHER).await.refused(401, "credentials_refused");
        }
        let before = standing(&app);
        change(&app, &ana, PASSWORD, OTHER).await.refused(429, "rate_limited");
        assert_eq!(standing(&app), before);
        app.advance(15 * 60);
        let ana = again(&app, ANA).await;
        change(&app, &ana, PASSWORD, OTHER).await.expect(204);
    }
}
