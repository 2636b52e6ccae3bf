//! Organisations: one enterprise stands once and is offered to who would make it again; nobody gets in, or up, unasked;
//! a confirmation as creative has an end and a history. Every attack is followed by a look at the database.

use diesel::prelude::*;
use prostor::{
    domain::ids::{ConfirmationId, OrganisationId, UserId},
    store::{dialect::AnyConnection, schema},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Call, House, Person, TestApp, at_once, both, id, meeting, version, with};

fn carnica() -> Value {
    json!({"name": "Zavod Carnica", "legal_form": "ngo", "municipality": "Kranj", "register_number": "5043611"})
}

/// Who belongs to which organisation as what, and what each organisation is: all that a takeover would change.
pub fn standing(app: &TestApp) -> String {
    let tx = &mut *app.connection();
    type Row = (OrganisationId, String, Option<String>, Option<prostor::domain::instant::Instant>, i64);
    let organisations: Vec<Row> = {
        use schema::organisations::dsl::*;
        let columns = (id, name, register_number, confirmed_creative_at, version);
        organisations.order(id).select(columns).load(tx).unwrap()
    };
    let members: Vec<(OrganisationId, UserId, String)> = {
        use schema::organisation_members::dsl::*;
        let columns = (organisation_id, user_id, role);
        organisation_members.order((organisation_id, user_id)).select(columns).load(tx).unwrap()
    };
    let requests: Vec<(UserId, Option<String>)> = {
        use schema::join_requests::dsl::*;
        join_requests.order(id).select((user_id, outcome)).load(tx).unwrap()
    };
    let confirmations: i64 = schema::organisation_confirmations::table.count().get_result(tx).unwrap();
    format!("{organisations:#?}{members:#?}{requests:#?}{confirmations}")
}

/// Ana's organisation, with a colleague in it.
pub struct Studio {
    pub id: String,
    pub path: String,
    pub ana: Person,
    pub colleague: Person,
}

impl Studio {
    pub async fn new(app: &TestApp) -> Self {
        let (ana, colleague) = (app.member("ana"), app.member("colleague"));
        let id = id(&app.post("/organisations", carnica()).by(&ana).await.expect(201));
        let path = format!("/organisations/{id}");
        let studio = Self { id, path, ana, colleague };
        app.enlist(&studio.id, &studio.colleague, "member");
        studio
    }

    fn puts(&self, app: &TestApp, person: &Person, role: &str) -> Call {
        app.call(Method::PUT, &format!("{}/members/{}", self.path, person.id)).json(json!({"role": role}))
    }

    fn asks(&self, app: &TestApp, person: &Person) -> Call {
        app.post(&format!("{}/join-requests", self.path), json!({})).by(person)
    }

    pub fn confirm(&self, app: &TestApp, by: &Person, body: Value) -> Call {
        app.post(&format!("{}/confirm", self.path), body).by(by)
    }
}

fn answer(app: &TestApp, request: &str, answer: &str, by: &Person) -> Call {
    app.call(Method::POST, &format!("/join-requests/{request}/{answer}")).by(by)
}

both! {
    async fn who_would_make_it_again_is_offered_the_one_there_is_and_no_more(app: TestApp) {
        let studio = Studio::new(&app).await;
        let eva = app.member("eva");
        let other = json!({"name": "Eva, s. p.", "legal_form": "sole_entrepreneur", "municipality": "Bled"});
        let own = app.post("/organisations", other).by(&eva).await.expect(201);
        let before = standing(&app);
        // However the number is written, and whichever unit of the enterprise it names.
        for number in ["5043611", " 5043611 ", "5043611000", "5043611007", "5043611B07"] {
            let again = with(carnica(), json!({"name": "Carnica II", "register_number": number}));
            let refused = app.post("/organisations", again).by(&eva).await.refused(409, "organisation_exists");
            assert_eq!(refused["organisation"], json!({"id": studio.id, "name": "Zavod Carnica"}), "whole");
            assert!(!refused.to_string().contains("ana@") && !refused.to_string().contains(&studio.ana.id.to_string()));
        }
        let path = format!("/organisations/{}", id(&own));
        let renumbered = app.patch(&path, 1, json!({"register_number": "5043611"})).by(&eva).await;
        assert_eq!(renumbered.refused(409, "organisation_exists")["organisation"]["id"], json!(studio.id));
        app.post("/organisations", with(carnica(), json!({"register_number": "5043612"}))).by(&eva).await.refused(422, "invalid");
        // Knowing its id opens nothing.
        let entry = format!("{}/members/{}", studio.path, eva.id);
        app.get(&studio.path).by(&eva).await.refused(404, "not_found");
        app.get(&format!("{}/members", studio.path)).by(&eva).await.refused(404, "not_found");
        app.get(&format!("{}/join-requests", studio.path)).by(&eva).await.refused(404, "not_found");
        app.get(&format!("{}/confirmations", studio.path)).by(&eva).await.refused(404, "not_found");
        app.patch(&studio.path, 1, json!({"name": "Evina"})).by(&eva).await.refused(404, "not_found");
        studio.puts(&app, &eva, "owner").by(&eva).await.refused(404, "not_found");
        app.call(Method::DELETE, &entry).by(&eva).await.refused(404, "not_found");
        assert_eq!(standing(&app), before);
        // Two who make one at a time: one has it, the other is offered it.
        let both = ["nina", "bor"].map(|name| {
            let new = with(carnica(), json!({"register_number": "5300231", "name": name}));
            app.post("/organisations", new).by(&app.member(name))
        });
        let mut said: Vec<(u16, Value)> = at_once(both).await.into_iter().map(|r| (r.status, r.json)).collect();
        said.sort_by_key(|(status, _)| *status);
        assert_eq!((said[0].0, said[1].0), (201, 409));
        assert_eq!(said[1].1["organisation"]["id"], said[0].1["id"]);
    }

    async fn nobody_joins_who_was_not_accepted_by_an_owner(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Soba").await;
        let studio = Studio::new(&app).await;
        let (eva, stranger, newcomer) = (app.member("eva"), app.member("stranger"), app.newcomer("newcomer"));
        studio.asks(&app, &newcomer).await.refused(403, "address_unverified");
        studio.asks(&app, &studio.colleague).await.refused(409, "duplicate");
        let words = json!({"message": "Marca sem se zaposlila.\n.\nRCPT TO:<x@example.org>"});
        let asked = app.post(&format!("{}/join-requests", studio.path), words).by(&eva).await.expect(201);
        assert_eq!(asked["organisation"], json!({"id": studio.id, "name": "Zavod Carnica"}));
        assert_eq!((&asked["state"], &asked["ended_at"]), (&json!("waiting"), &Value::Null));
        studio.asks(&app, &eva).await.refused(409, "duplicate");
        let letter = app.await_letters("ana@example.org", 1).await.remove(0);
        let link = format!("/join-requests/{}", id(&asked));
        assert!(letter.text.contains("eva@example.org") && letter.text.contains(&link), "{}", letter.text);
        let before = standing(&app);
        let for_it = with(meeting(&room, "2026-03-10T10:00", "2026-03-10T11:00"), json!({"organisation_id": studio.id}));
        let refused = house.reserves(&eva, for_it.clone()).await.refused(422, "invalid");
        assert_eq!(refused["errors"][0]["pointer"], "/organisation_id");
        for (person, status, code) in [(&eva, 403, "forbidden"), (&stranger, 404, "not_found"), (&studio.colleague, 404, "not_found"),
            (&house.manager, 404, "not_found")] {
            for verdict in ["accept", "decline"] {
                answer(&app, &id(&asked), verdict, person).await.refused(status, code);
            }
        }
        app.get(&studio.path).by(&eva).await.refused(404, "not_found");
        let withdraw = |person: &Person| app.call(Method::DELETE, &format!("/join-requests/{}", id(&asked))).by(person);
        withdraw(&stranger).await.refused(404, "not_found");
        withdraw(&studio.ana).await.refused(403, "forbidden");
        assert_eq!(standing(&app), before);

        let waiting = app.get(&format!("{}/join-requests", studio.path)).by(&studio.ana).await.expect(200);
        assert_eq!(waiting["items"], json!([asked]));
        let accepted = answer(&app, &id(&asked), "accept", &studio.ana).await.expect(200);
        assert_eq!(accepted["state"], "accepted");
        assert_eq!(answer(&app, &id(&asked), "accept", &studio.ana).await.expect(200), accepted);
        answer(&app, &id(&asked), "decline", &studio.ana).await.refused(409, "state_conflict");
        withdraw(&eva).await.refused(409, "state_conflict");
        // A member, and no more: neither what it is nor who belongs to it is theirs to change.
        assert_eq!(app.get(&studio.path).by(&eva).await.expect(200)["role"], "member");
        let before = standing(&app);
        studio.puts(&app, &eva, "owner").by(&eva).await.refused(403, "forbidden");
        studio.puts(&app, &stranger, "member").by(&eva).await.refused(403, "forbidden");
        app.patch(&studio.path, 1, json!({"register_number": "5300231"})).by(&eva).await.refused(403, "forbidden");
        assert_eq!(standing(&app), before);
        house.reserves(&eva, for_it).await.expect(201);
        assert!(app.await_letters("eva@example.org", 1).await[0].text.contains("Zavod Carnica"));
        let export = app.get("/me/export").by(&eva).await.expect(200);
        assert_eq!(export["account"]["organisations"][0]["id"], json!(studio.id));
        assert_eq!((&export["join_requests"][0]["id"], &export["join_requests"][0]["state"]), (&asked["id"], &json!("accepted")));
    }

    async fn who_is_declined_or_asks_too_much_waits(app: TestApp) {
        let studio = Studio::new(&app).await;
        let eva = app.member("eva");
        let asked = id(&studio.asks(&app, &eva).await.expect(201));
        let withdraw = || app.call(Method::DELETE, &format!("/join-requests/{asked}")).by(&eva);
        withdraw().await.expect(204);
        withdraw().await.expect(204);
        answer(&app, &asked, "accept", &studio.ana).await.refused(409, "state_conflict");
        let again = id(&studio.asks(&app, &eva).await.expect(201));
        answer(&app, &again, "decline", &studio.ana).await.expect(200);
        app.get(&studio.path).by(&eva).await.refused(404, "not_found");
        studio.asks(&app, &eva).await.refused(409, "state_conflict");
        // Who lost the right to answer while the request was read does so no longer.
        let third = id(&studio.asks(&app, &app.member("third")).await.expect(201));
        studio.puts(&app, &studio.colleague, "owner").by(&studio.ana).await.expect(200);
        studio.puts(&app, &studio.ana, "member").by(&studio.colleague).await.expect(200);
        let before = standing(&app);
        answer(&app, &third, "accept", &studio.ana).await.refused(404, "not_found");
        assert_eq!(standing(&app), before);
        // Five wait at a time.
        for n in 0..6 {
            let new = json!({"name": format!("Društvo {n}"), "legal_form": "ngo", "municipality": "Bled"});
            let made = id(&app.post("/organisations", new).by(&studio.ana).await.expect(201));
            let reply = app.post(&format!("/organisations/{made}/join-requests"), json!({})).by(&eva).await;
            assert_eq!(reply.status, if n < 5 { 201 } else { 409 }, "{}", reply.text);
        }
        // Answers are forgotten after 30 days, and what nobody answers after 90.
        app.advance(31 * 86_400);
        app.run_jobs();
        let left = |app: &TestApp| schema::join_requests::table.count().get_result::<i64>(&mut *app.connection()).unwrap();
        assert_eq!(left(&app), 6);
        app.advance(60 * 86_400);
        app.run_jobs();
        assert_eq!(left(&app), 0);
    }

    async fn an_organisation_that_everybody_left_is_the_operators_to_give_out(app: TestApp) {
        let house = House::new(&app).await;
        let studio = Studio::new(&app).await;
        for leaving in [&studio.colleague, &studio.ana] {
            let version = app.get("/me").by(leaving).await.expect(200)["version"].as_i64().unwrap();
            app.delete("/me", version).by(leaving).await.expect(204);
        }
        let (eva, nina) = (app.member("eva"), app.member("nina"));
        let asked = id(&studio.asks(&app, &eva).await.expect(201));
        assert_eq!(app.queued_for("root@example.org"), ["join_asked"]);
        let before = standing(&app);
        answer(&app, &asked, "accept", &app.coordinator("katja", &house.network)).await.refused(404, "not_found");
        assert_eq!(standing(&app), before);
        answer(&app, &asked, "accept", &house.root).await.expect(200);
        assert_eq!(app.get(&studio.path).by(&eva).await.expect(200)["role"], "owner");
        let next = id(&studio.asks(&app, &nina).await.expect(201));
        answer(&app, &next, "accept", &house.root).await.expect(200);
        assert_eq!(app.get(&studio.path).by(&nina).await.expect(200)["role"], "member");
        app.get(&studio.path).by(&house.root).await.refused(404, "not_found");
    }

    async fn staff_reserve_for_an_organisation_only_in_the_name_of_its_members(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Soba").await;
        let studio = Studio::new(&app).await;
        app.member("eva");
        let request = |hour: u32, email: &str| {
            let guest = json!({"organiser": {"name": "Gost", "email": email}, "organisation_id": studio.id});
            with(meeting(&room, &format!("2026-03-10T{hour}:00"), &format!("2026-03-10T{hour}:30")), guest)
        };
        for email in ["eva@example.org", "nobody@example.org", "manca@example.org"] {
            for path in ["/reservations", "/reservations/check"] {
                let refused = app.post(path, request(10, email)).by(&house.manager).await.refused(422, "invalid");
                assert_eq!(refused["errors"][0]["pointer"], "/organisation_id", "{refused}");
            }
        }
        let series = json!({"template": request(10, "eva@example.org"), "rrule": "FREQ=DAILY;COUNT=2", "on_conflict": "all_or_nothing"});
        app.post("/series", series).by(&house.manager).await.refused(422, "invalid");
        // Staff themselves are not its members either.
        let own = with(meeting(&room, "2026-03-10T10:00", "2026-03-10T11:00"), json!({"organisation_id": studio.id}));
        house.reserves(&house.manager, own).await.refused(422, "invalid");
        let made = house.reserves(&house.manager, request(12, "colleague@example.org")).await.expect(201);
        assert_eq!(made["organisation_id"], json!(studio.id));
        let entry = format!("{}/members/{}", studio.path, studio.colleague.id);
        app.call(Method::DELETE, &entry).by(&studio.ana).await.expect(204);
        house.reserves(&house.manager, request(14, "colleague@example.org")).await.refused(422, "invalid");
    }

    async fn a_sector_is_kept_in_one_spelling_and_must_be_one(app: TestApp) {
        let ana = app.member("ana");
        let new = |sector: Value| json!({"name": "Studio", "legal_form": "company", "municipality": "Kranj", "sector": sector});
        let sector = |scheme: &str, version: &str, code: &str| json!({"scheme": scheme, "version": version, "code": code});
        let made = app.post("/organisations", new(sector("SKD", "2025", "R90030"))).by(&ana).await.expect(201);
        assert_eq!(made["sector"], sector("skd", "2025", "90.030"));
        let path = format!("/organisations/{}", id(&made));
        for (wrong, pointer, code) in [
            (sector("isic", "5", "90.030"), "/sector/scheme", "unknown_scheme"),
            (sector("nace", "2008", "90.03"), "/sector/version", "unknown_version"),
            (sector("nace", "2.1", "90.030"), "/sector/code", "invalid_sector_code"),
        ] {
            for refused in [
                app.post("/organisations", new(wrong.clone())).by(&ana).await,
                app.patch(&path, 1, json!({"sector": wrong})).by(&ana).await,
            ] {
                let error = refused.refused(422, "invalid")["errors"][0].clone();
                assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)));
            }
        }
        let edited = app.patch(&path, 1, json!({"sector": sector("Nace", "Rev. 2.1", "90.39")})).by(&ana).await.expect(200);
        assert_eq!(edited["sector"], sector("nace", "2.1", "90.39"));
    }

    async fn a_confirmation_has_an_end_and_a_history_that_stays(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Atelje").await;
        let policy = format!("/spaces/{room}/policy");
        let rules = json!({"public": {"max_duration_minutes": {"value": 60}}, "cci": {"max_duration_minutes": {"value": 240}}});
        let current = version(&app.get(&policy).await.expect(200));
        app.put(&policy, current, rules).by(&house.manager).await.expect(200);
        let studio = Studio::new(&app).await;
        let katja = app.coordinator("katja", &house.network);
        let before = standing(&app);
        for (body, pointer) in [
            (json!({"confirmed": true, "until": "2026-03-01"}), "/until"),
            (json!({"confirmed": false, "until": "2027-01-01"}), "/until"),
            (json!({"confirmed": true, "made_by": studio.ana.id}), "/made_by"),
        ] {
            assert_eq!(studio.confirm(&app, &katja, body).await.refused(422, "invalid")["errors"][0]["pointer"], pointer);
        }
        for person in [&studio.ana, &house.manager] {
            studio.confirm(&app, person, json!({"confirmed": true})).await.refused(403, "forbidden");
        }
        assert_eq!(standing(&app), before);

        let first = json!({"confirmed": true, "until": "2026-03-05", "grounds": "Seznam regije."});
        let confirmed = studio.confirm(&app, &katja, first.clone()).await.expect(200);
        assert_eq!(confirmed["confirmed_creative_until"], "2026-03-04T23:00:00Z");
        assert_eq!(studio.confirm(&app, &katja, first).await.expect(200), confirmed, "said already");
        let long = with(meeting(&room, "2026-03-10T10:00", "2026-03-10T13:00"), json!({"organisation_id": studio.id}));
        let outcome = async |app: &TestApp| {
            let by = studio.ana.renewed(app);
            app.post("/reservations/check", long.clone()).by(&by).await.expect(200)["outcome"].clone()
        };
        assert_eq!(outcome(&app).await, "allow");
        // To the second, and no job is waited for.
        house.at("2026-03-04T22:59:59Z");
        assert_eq!(outcome(&app).await, "allow");
        house.at("2026-03-04T23:00:00Z");
        assert_eq!(outcome(&app).await, "refuse");
        let shown = app.get(&studio.path).by(&studio.ana.renewed(&app)).await.expect(200);
        assert_eq!((&shown["confirmed_creative"], &shown["confirmed_creative_until"]), (&json!(false), &Value::Null));
        let (katja, ana) = (katja.renewed(&app), studio.ana.renewed(&app));
        studio.confirm(&app, &katja, json!({"confirmed": true})).await.expect(200);
        studio.confirm(&app, &house.root.renewed(&app), json!({"confirmed": false, "grounds": "Izbris."})).await.expect(200);

        let network = json!({"id": house.network, "name": "Gorenjska"});
        let wanted = [
            (true, "2026-03-02T07:00:00Z", json!("2026-03-04T23:00:00Z"), "katja", network.clone(), json!("Seznam regije.")),
            (true, "2026-03-04T23:00:00Z", Value::Null, "katja", network, Value::Null),
            (false, "2026-03-04T23:00:00Z", Value::Null, "root", Value::Null, json!("Izbris.")),
        ];
        for reader in [&ana, &katja] {
            let history = app.get(&format!("{}/confirmations", studio.path)).by(reader).await.expect(200);
            let entries = history["items"].as_array().unwrap();
            assert_eq!(entries.len(), wanted.len(), "{history}");
            for (entry, (confirmed, at, until, by, network, grounds)) in entries.iter().zip(&wanted) {
                let id = &entry["id"];
                assert_eq!(*entry, json!({"id": id, "confirmed": confirmed, "at": at, "until": until, "by": by,
                    "network": network, "grounds": grounds}));
            }
        }
        house.is_sound();
        rewritten(&app);
    }
}

/// The database itself keeps the history as it was; only grounds may be forgotten, with the person they name.
fn rewritten(app: &TestApp) {
    use schema::organisation_confirmations::dsl::*;
    let all = |connection: &mut AnyConnection| -> Vec<(ConfirmationId, bool, Option<String>)> {
        organisation_confirmations.order(id).select((id, confirmed, grounds)).load(connection).unwrap()
    };
    let before = all(&mut app.connection());
    let others = diesel::update(organisation_confirmations).set(grounds.eq(Some("Drugi razlogi.")));
    assert!(others.execute(&mut *app.connection()).is_err());
    let turned =
        diesel::update(organisation_confirmations).set((confirmed.eq(false), grounds.eq(None::<String>)));
    assert!(turned.execute(&mut *app.connection()).is_err());
    assert!(diesel::delete(organisation_confirmations).execute(&mut *app.connection()).is_err());
    assert_eq!(all(&mut app.connection()), before);
}
