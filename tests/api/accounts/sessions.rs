//! One's sessions: seen, and ended one by one or all others at once.

use reqwest::Method;
use serde_json::json;

use super::{PASSWORD, bearer, log_in, registered, standing};
use crate::support::{TestApp, both};

const ANA: &str = "ana@example.si";

both! {
    async fn sessions_are_seen_and_ended(app: TestApp) {
        let ana = registered(&app, ANA).await;
        let phone = log_in(&app, ANA, PASSWORD).header("user-agent", "Phone/1.0").await.expect(200);
        let desk = log_in(&app, ANA, PASSWORD).header("user-agent", "Desk/2.0").await.expect(200);
        app.advance(60);
        let refreshed = app.post("/auth/refresh", json!({"refresh_token": desk["refresh_token"]})).await.expect(200);
        let listed = app.get("/me/sessions").by(&ana).await.expect(200);
        let items = listed["items"].as_array().unwrap();
        let seen: Vec<_> = items.iter().map(|each| (each["client"].clone(), each["current"].clone())).collect();
        assert_eq!(seen[0], (json!(null), json!(true)), "{listed}");
        assert_eq!(seen[2], (json!("Desk/2.0"), json!(false)), "{listed}");
        assert_ne!(items[2]["last_used_at"], items[2]["created_at"]);
        assert_eq!(items[0]["last_used_at"], items[0]["created_at"]);
        let page = app.get("/me/sessions?limit=1").by(&ana).await.expect(200);
        assert_eq!((&page["items"][0], page["next"].is_string()), (&items[0], true));
        let end = |id: &serde_json::Value| app.call(Method::DELETE, &format!("/me/sessions/{}", id.as_str().unwrap()));
        end(&items[2]["id"]).by(&ana).await.expect(204);
        end(&items[2]["id"]).by(&ana).await.refused(404, "not_found");
        for tokens in [&desk, &refreshed] {
            app.get("/me").by(&bearer(&app, tokens)).await.refused(401, "unauthenticated");
            app.post("/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).await.refused(401, "credentials_refused");
        }
        app.get("/me").by(&bearer(&app, &phone)).await.expect(200);
        app.call(Method::DELETE, "/me/sessions").by(&ana).await.expect(204);
        app.get("/me").by(&bearer(&app, &phone)).await.refused(401, "unauthenticated");
        assert_eq!(app.get("/me/sessions").by(&ana).await.expect(200)["items"].as_array().unwrap().len(), 1);
    }

    async fn nobody_ends_another_s_session(app: TestApp) {
        let (ana, eva) = (app.member("ana"), app.member("eva"));
        let theirs = app.get("/me/sessions").by(&ana).await.expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
        let before = standing(&app);
        app.call(Method::DELETE, &format!("/me/sessions/{theirs}")).by(&eva).await.refused(404, "not_found");
        app.call(Method::DELETE, &format!("/me/sessions/{theirs}")).await.refused(401, "unauthenticated");
        app.call(Method::DELETE, "/me/sessions").by(&eva).await.expect(204);
        assert_eq!(standing(&app), before);
    }

    async fn a_refresh_token_that_is_used_twice_ends_its_session_and_no_other(app: TestApp) {
        let ana = registered(&app, ANA).await;
        let robbed = log_in(&app, ANA, PASSWORD).await.expect(200);
        let stolen = json!({"refresh_token": robbed["refresh_token"]});
        let thief = app.post("/auth/refresh", stolen.clone()).await.expect(200);
        app.advance(11);
        app.post("/auth/refresh", stolen).await.refused(401, "credentials_refused");
        for tokens in [&robbed, &thief] {
            app.get("/me").by(&bearer(&app, tokens)).await.refused(401, "unauthenticated");
        }
        let before = standing(&app);
        app.post("/auth/refresh", json!({"refresh_token": thief["refresh_token"]})).await.refused(401, "credentials_refused");
        assert_eq!(standing(&app), before);
        app.get("/me").by(&ana).await.expect(200);
        // It may have been a thief: the owner hears of it, and it stands with what was done to their account.
        let told = app.await_letters(ANA, 2).await.remove(1);
        assert!(told.text.contains("used twice"), "{}", told.text);
        let history = app.get("/me/export").by(&ana).await.expect(200)["history"].clone();
        assert!(history.as_array().unwrap().iter().any(|deed| deed["action"] == "session.reuse_detected"), "{history}");
    }
}
