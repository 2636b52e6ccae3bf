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

    /// Members of a venue and of a network are invited by address, and who invites learns nothing of it.
    async fn members_are_invited_by_mail_and_decide_themselves(app: TestApp) {
        let house = House::new(&app).await;
        let (coordinator, ana) = (app.coordinator("coordinator", &house.network), app.member("ana"));
        for (place, by, own) in [
            (format!("/venues/{}", house.venue), &house.manager, "venue_id"),
            (format!("/networks/{}", house.network), &coordinator, "network_id"),
        ] {
            let path = format!("{place}/invitations");
            let invite = |email: &str| app.post(&path, json!({"email": email, "as_member": true}));
            invite("ana@example.org").by(&ana).await.refused(403, "forbidden");
            let seen = app.letters_to("Ana@example.org").len();
            // An account's address and nobody's: one answer.
            let mut shapes = Vec::new();
            for email in ["Ana@example.org", "nobody@example.org"] {
                let mut sent = invite(email).by(by).await.expect(201);
                assert_eq!(sent["email"], json!(email));
                for one in ["id", "email"] {
                    sent[one] = json!(null);
                }
                shapes.push(sent);
            }
            assert_eq!(shapes[0], shapes[1]);
            assert_eq!((&shapes[0]["as_member"], shapes[0][own].is_string()), (&json!(true), true));
            // Members and those who work there are two lists.
            let emails = async |query: &str| {
                let listed = app.get(&format!("{path}{query}")).by(by).await.expect(200);
                listed["items"].as_array().unwrap().iter().map(|one| one["email"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
            };
            assert_eq!(emails("?as_member=true").await, ["Ana@example.org", "nobody@example.org"]);
            assert_eq!(emails("").await, [""; 0]);
            let letter = app.await_letters("Ana@example.org", seen + 1).await.remove(seen);
            assert!(letter.text.contains("/invitation#token=") && !letter.text.contains("staff"), "{}", letter.text);
            let accept = || app.post("/invitations/redeem", json!({"token": letter.token()}));
            let before = standing(&app);
            accept().by(by).await.refused(403, "forbidden");
            assert_eq!(standing(&app), before);
            let joined = accept().by(&ana).await.expect(200);
            assert_eq!((&joined["as_member"], joined[own].is_string()), (&json!(true), true));
            assert_eq!(accept().by(&ana).await.expect(200), joined, "a second tap");
            let members = app.get(&format!("{place}/members")).by(by).await.expect(200);
            assert_eq!(members["items"][0]["user_id"], json!(ana.id));
            let me = app.get("/me").by(&ana).await.expect(200);
            assert_eq!((&me["staff_of"], &me["coordinates"]), (&json!([]), &json!([])));
            invite("ana@example.org").by(by).await.refused(409, "duplicate");
            // One may be staff besides, and what is withdrawn opens nothing.
            app.post(&path, json!({"email": "nobody@example.org"})).by(by).await.expect(201);
            let open = app.get(&format!("{path}?as_member=true")).by(by).await.expect(200);
            app.call(Method::DELETE, &format!("{path}/{}", id(&open["items"][0]))).by(by).await.expect(204);
            assert_eq!((emails("?as_member=true").await, emails("").await), (vec![], vec!["nobody@example.org".to_owned()]));
            app.call(Method::DELETE, &format!("{place}/members/{}", ana.id)).by(by).await.expect(204);
            accept().by(&ana).await.refused(404, "not_found");
        }
    }

    async fn an_organisation_s_owners_invite_by_mail_and_learn_nothing(app: TestApp) {
        let (ana, eva, bor) = (app.member("ana"), app.member("eva"), app.member("bor"));
        let new = json!({"name": "Studio Lipa", "legal_form": "company", "municipality": "Kranj"});
        let studio = id(&app.post("/organisations", new).by(&ana).await.expect(201));
        app.enlist(&studio, &bor, "member");
        let (path, entry) = (format!("/organisations/{studio}"), |of: &str| format!("/organisations/{studio}/members/{of}"));
        let invite = |email: &str, role: &str| app.post(&format!("{path}/invitations"), json!({"email": email, "role": role}));
        invite("eva@example.org", "member").by(&bor).await.refused(403, "forbidden");
        invite("eva@example.org", "boss").by(&ana).await.refused(422, "invalid");
        // Whose the address is makes no difference to the answer: a member's, a stranger's, nobody's.
        let shapes = ["bor@example.org", "eva@example.org", "nobody@example.org"].map(|email| invite(email, "member").by(&ana));
        for (call, email) in shapes.into_iter().zip(["bor", "eva", "nobody"]) {
            let sent = call.await.expect(201);
            assert_eq!(sent, json!({"id": sent["id"], "venue_id": null, "network_id": null, "organisation_id": studio, "role": "member",
                "as_member": false, "email": format!("{email}@example.org"), "expires_at": "2026-03-16T07:00:00Z"}));
        }
        let letter = app.await_letters("eva@example.org", 1).await.remove(0);
        // Anybody may call an organisation anything: no headline of it in a stranger's mailbox.
        assert!(!letter.subject.contains("Studio Lipa"), "{}", letter.subject);
        assert!(letter.text.contains("Studio Lipa") && letter.text.contains("/invitation#token="), "{}", letter.text);
        let accept = |token: &str| app.post("/invitations/redeem", json!({"token": token}));
        let somebody = app.newcomer("somebody");
        let before = standing(&app);
        accept(&letter.token()).by(&bor).await.refused(403, "forbidden");
        accept(&letter.token()).by(&somebody).await.refused(403, "address_unverified");
        assert_eq!(standing(&app), before);
        // What she had asked for herself is answered by it.
        let asked = id(&app.post(&format!("{path}/join-requests"), json!({})).by(&eva).await.expect(201));
        let joined = accept(&letter.token()).by(&eva).await.expect(200);
        assert_eq!((&joined["organisation"], &joined["staff"]), (&json!({"id": studio, "name": "Studio Lipa", "role": "member"}), &json!(null)));
        assert_eq!(accept(&letter.token()).by(&eva).await.expect(200), joined);
        assert_eq!(app.get(&format!("/join-requests/{asked}")).by(&eva).await.expect(200)["state"], "accepted");
        assert_eq!(app.get("/me/export").by(&eva).await.expect(200)["invitations"][0]["organisation_id"], json!(studio));
        // A member keeps the role they have, whatever they are invited as; a role is put.
        invite("bor@example.org", "owner").by(&ana).await.expect(201);
        let again = app.await_letters("bor@example.org", 2).await[1].token();
        assert_eq!(accept(&again).by(&bor).await.expect(200)["organisation"]["role"], "member");
        app.call(Method::PUT, &entry(&eva.id.to_string())).json(json!({"role": "owner"})).by(&ana).await.expect(200);
        // Who asks may be taken in by the same way, and hears of it; nobody else.
        let nina = app.member("nina");
        let put = |person: &crate::support::Person| app.call(Method::PUT, &entry(&person.id.to_string())).json(json!({"role": "owner"}));
        put(&nina).by(&ana).await.refused(404, "not_found");
        app.post(&format!("{path}/join-requests"), json!({})).by(&nina).await.expect(201);
        put(&nina).by(&ana).await.expect(200);
        assert!(app.await_letters("nina@example.org", 1).await[0].text.contains("Studio Lipa"));
        // An invitation is good while who sent it is an owner, and until it is withdrawn.
        let open = app.get(&format!("{path}/invitations")).by(&eva.renewed(&app)).await.expect(200);
        assert_eq!(open["items"].as_array().unwrap().len(), 1);
        let cene = app.member("cene");
        let sent = invite("cene@example.org", "owner").by(&ana).await.expect(201);
        let token = app.await_letters("cene@example.org", 1).await[0].token();
        app.call(Method::PUT, &entry(&ana.id.to_string())).json(json!({"role": "member"})).by(&eva).await.expect(200);
        let before = standing(&app);
        accept(&token).by(&cene).await.refused(404, "not_found");
        assert_eq!(standing(&app), before);
        app.call(Method::PUT, &entry(&ana.id.to_string())).json(json!({"role": "owner"})).by(&eva).await.expect(200);
        app.call(Method::DELETE, &format!("{path}/invitations/{}", id(&sent))).by(&eva).await.expect(204);
        let before = standing(&app);
        accept(&token).by(&cene).await.refused(404, "not_found");
        assert_eq!(standing(&app), before);
    }

    async fn what_one_sends_in_the_name_of_organisations_is_counted_over_all_of_them(app: TestApp) {
        let ana = app.member("ana");
        let new = |name: &str| json!({"name": name, "legal_form": "company", "municipality": "Kranj"});
        let invite = |of: &str, email: &str| {
            app.post(&format!("/organisations/{of}/invitations"), json!({"email": email, "role": "member"})).by(&ana)
        };
        let mut made = Vec::new();
        for name in ["Prva", "Druga"] {
            made.push(id(&app.post("/organisations", new(name)).by(&ana).await.expect(201)));
        }
        for n in 0..20 {
            invite(&made[n % 2], &format!("x{n}@example.org")).await.expect(201);
        }
        for organisation in &made {
            invite(organisation, "y@example.org").await.refused(429, "rate_limited");
        }
    }
}
