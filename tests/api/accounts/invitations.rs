//! Invitations to work with a venue or a network: for one address, once, for a while; and roles that count, or no longer
//! count, with the next request.

use reqwest::Method;
use serde_json::json;

use super::standing;
use crate::support::{House, TestApp, both, id};

both! {
    async fn a_coordinator_is_invited_by_mail(app: TestApp) {
        let house = House::new(&app).await;
        let (coordinator, ana) = (app.coordinator("coordinator", &house.network), app.member("ana"));
        let path = format!("/networks/{}/invitations", house.network);
        let invite = |email: &str| app.post(&path, json!({"email": email}));
        invite("ana@example.org").await.refused(401, "unauthenticated");
        for stranger in [&ana, &house.manager] {
            invite("ana@example.org").by(stranger).await.refused(403, "forbidden");
        }
        let sent = invite("Ana@example.org").by(&coordinator).await.expect(201);
        assert_eq!((&sent["network_id"], &sent["venue_id"]), (&json!(house.network), &json!(null)));
        let letter = app.await_letters("Ana@example.org", 1).await.remove(0);
        assert!(letter.text.contains("Gorenjska") && letter.text.contains("/invitation#token="), "{}", letter.text);
        let accept = || app.post("/invitations/redeem", json!({"token": letter.token()}));
        let somebody = app.newcomer("somebody");
        let before = standing(&app);
        accept().await.refused(401, "unauthenticated");
        accept().by(&house.manager).await.refused(403, "forbidden");
        accept().by(&somebody).await.refused(403, "address_unverified");
        app.post("/invitations/redeem", json!({"token": letter.token(), "role": "administrator"})).by(&ana).await.refused(422, "invalid");
        assert_eq!(standing(&app), before);
        let joined = accept().by(&ana).await.expect(200);
        assert_eq!((&joined["network_id"], &joined["venue_id"]), (&json!(house.network), &json!(null)));
        assert_eq!(app.get("/me").by(&ana).await.expect(200)["coordinates"][0]["network_id"], json!(house.network));
        invite("ana@example.org").by(&coordinator).await.refused(409, "duplicate");
        // Gone again with the next request, though the token lasts; the link brings nobody back.
        let coordinators = format!("/networks/{}/coordinators", house.network);
        app.get(&coordinators).by(&ana).await.expect(200);
        app.call(Method::DELETE, &format!("{coordinators}/{}", ana.id)).by(&coordinator).await.expect(204);
        app.get(&coordinators).by(&ana).await.refused(403, "forbidden");
        let before = standing(&app);
        accept().by(&ana).await.refused(404, "not_found");
        assert_eq!(standing(&app), before);
    }

    async fn what_is_withdrawn_replaced_or_old_opens_nothing(app: TestApp) {
        let house = House::new(&app).await;
        let (coordinator, ana) = (app.coordinator("coordinator", &house.network), app.member("ana"));
        for (path, by) in [
            (format!("/networks/{}/invitations", house.network), &coordinator),
            (format!("/venues/{}/invitations", house.venue), &house.manager),
        ] {
            let invite = || app.post(&path, json!({"email": ana.email})).by(by);
            let seen = app.letters_to(&ana.email).len();
            invite().await.expect(201);
            let replaced = app.await_letters(&ana.email, seen + 1).await[seen].token();
            let second = invite().await.expect(201);
            let withdrawn = app.await_letters(&ana.email, seen + 2).await[seen + 1].token();
            app.call(Method::DELETE, &format!("{path}/{}", id(&second))).by(by).await.expect(204);
            assert_eq!(app.get(&path).by(by).await.expect(200)["items"], json!([]));
            let before = standing(&app);
            for token in [&replaced, &withdrawn, &"nobody's".to_owned()] {
                app.post("/invitations/redeem", json!({"token": token})).by(&ana).await.refused(404, "not_found");
            }
            assert_eq!(standing(&app), before);
        }
        let path = format!("/networks/{}/invitations", house.network);
        let seen = app.letters_to(&ana.email).len();
        app.post(&path, json!({"email": ana.email})).by(&coordinator).await.expect(201);
        let token = app.await_letters(&ana.email, seen + 1).await[seen].token();
        app.advance(14 * 86_400);
        let before = standing(&app);
        app.post("/invitations/redeem", json!({"token": token})).by(&ana.renewed(&app)).await.refused(404, "not_found");
        assert_eq!(standing(&app), before);
    }

    async fn one_of_another_team_withdraws_nothing(app: TestApp) {
        let house = House::new(&app).await;
        let coordinator = app.coordinator("coordinator", &house.network);
        let invited = json!({"email": "nina@example.org"});
        let sent = app.post(&format!("/networks/{}/invitations", house.network), invited).by(&coordinator).await.expect(201);
        let of_venue = format!("/venues/{}/invitations/{}", house.venue, id(&sent));
        app.call(Method::DELETE, &of_venue).by(&house.manager).await.refused(404, "not_found");
        let open = app.get(&format!("/networks/{}/invitations", house.network)).by(&coordinator).await.expect(200);
        assert_eq!(open["items"], json!([sent]));
    }
}
