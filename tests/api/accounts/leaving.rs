//! Giving up an account can't be taken back: who holds a session shows first that it is they.

use serde_json::json;

use super::{OTHER, PASSWORD, again, registered, standing};
use crate::support::{Person, Reply, TestApp, both, version};

const ANA: &str = "ana@example.si";

async fn leave(app: &TestApp, person: &Person) -> Reply {
    let me = app.get("/me").by(person).await.expect(200);
    app.delete("/me", version(&me)).by(person).await
}

both! {
    async fn a_stolen_session_gives_up_nothing(app: TestApp) {
        let ana = registered(&app, ANA).await;
        let elsewhere = again(&app, ANA).await;
        let before = standing(&app);
        let refusal = leave(&app, &ana).await.refused(403, "confirmation_required");
        assert!(refusal["detail"].as_str().unwrap().starts_with("Pred tem še enkrat navedite geslo"), "{refusal}");
        let confirm = |body| app.post("/auth/confirm", body).by(&ana);
        confirm(json!({"password": OTHER})).await.refused(401, "credentials_refused");
        confirm(json!({"code": "123456"})).await.refused(409, "state_conflict");
        confirm(json!({})).await.refused(422, "invalid");
        confirm(json!({"password": PASSWORD, "code": "123456"})).await.refused(422, "invalid");
        app.post("/auth/confirm", json!({"password": PASSWORD})).await.refused(401, "unauthenticated");
        leave(&app, &ana).await.refused(403, "confirmation_required");
        // It counts in the session in which it was shown, and for ten minutes.
        confirm(json!({"password": PASSWORD})).await.expect(204);
        leave(&app, &elsewhere).await.refused(403, "confirmation_required");
        app.advance(600);
        leave(&app, &ana.renewed(&app)).await.refused(403, "confirmation_required");
        assert_eq!(standing(&app), before);
        let ana = again(&app, ANA).await;
        app.post("/auth/confirm", json!({"password": PASSWORD})).by(&ana).await.expect(204);
        leave(&app, &ana).await.expect(204);
        let last = app.await_letters(ANA, 2).await.remove(1);
        assert!(last.text.contains("this is our last message"), "{}", last.text);
        // Nothing is kept of it, without a job that would come hours later.
        for _ in 0..500 {
            if app.queued_for(ANA).is_empty() {
                return;
            }
            actix_web::rt::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        panic!("{:?} is kept of the last mail", app.queued_for(ANA));
    }

    async fn who_has_no_password_signs_in_anew(app: TestApp) {
        let ana = app.member("ana");
        let before = standing(&app);
        app.advance(599);
        app.clock.set(app.app.now().plus(1));
        let token = ana.renewed(&app).token;
        diesel::RunQueryDsl::execute(
            diesel::update(prostor::store::schema::sessions::table)
                .set(diesel::ExpressionMethods::eq(prostor::store::schema::sessions::created_at, app.app.now().plus(-600))),
            &mut *app.connection(),
        )
        .unwrap();
        let old = Person { token, ..ana.clone() };
        let refusal = leave(&app, &old).await.refused(403, "confirmation_required");
        assert!(refusal["detail"].as_str().unwrap().starts_with("Pred tem se znova prijavite"), "{refusal}");
        app.post("/auth/confirm", json!({"password": PASSWORD})).by(&old).await.refused(409, "state_conflict");
        assert_eq!(standing(&app), before);
        leave(&app, &ana.renewed(&app)).await.expect(204);
    }
}
