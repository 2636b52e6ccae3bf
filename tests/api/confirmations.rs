//! Finding the organisations that a coordination body confirms as creative: by number, by id, and those that it confirmed.

use serde_json::{Value, json};

use crate::{
    organisations::Studio,
    support::{House, TestApp, both, id},
};

both! {
    async fn a_coordinator_finds_by_number_what_is_to_be_confirmed(app: TestApp) {
        let house = House::new(&app).await;
        let studio = Studio::new(&app).await;
        let katja = app.coordinator("katja", &house.network);
        let of = |number: &str| app.get(&format!("/organisations/registered/{number}"));
        for number in ["5043611", "5043611000"] {
            let found = of(number).by(&katja).await.expect(200);
            assert_eq!((&found["id"], &found["name"], &found["confirmed_creative"]), (&json!(studio.id), &json!("Zavod Carnica"), &json!(false)));
        }
        for number in ["5300231", "5043612", "Carnica"] {
            of(number).by(&katja).await.refused(404, "not_found");
        }
        of("5043611").by(&house.manager).await.refused(403, "forbidden");
        of("5043611").by(&studio.ana).await.refused(403, "forbidden");
    }

    async fn coordinators_leaf_through_what_was_confirmed_and_nothing_else(app: TestApp) {
        let house = House::new(&app).await;
        let studio = Studio::new(&app).await;
        let katja = app.coordinator("katja", &house.network);
        let ana = app.member("petra");
        for name in ["Žive niti", "Žive barve", "50_% ulice"] {
            let new = json!({"name": name, "legal_form": "individual", "municipality": "Kranj"});
            let made = app.post("/organisations", new).by(&ana).await.expect(201);
            let path = format!("/organisations/{}", id(&made));
            // Without a register number it is known by its id.
            let stands = app.get(&format!("{path}/confirmation")).by(&katja).await.expect(200);
            assert_eq!((&stands["name"], &stands["confirmed_creative"]), (&json!(name), &json!(false)));
            let said = app.post(&format!("{path}/confirm"), json!({"confirmed": true})).by(&katja).await.expect(200);
            assert_eq!(app.get(&format!("{path}/confirmation")).by(&ana).await.expect(200), said);
        }
        let listed = async |query: &str| {
            let page = app.get(&format!("/confirmed-organisations{query}")).by(&katja).await.expect(200);
            let names = page["items"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned());
            (names.collect::<Vec<_>>(), page["next"].clone())
        };
        let (first, next) = listed("?limit=2").await;
        let (rest, end) = listed(&format!("?limit=2&cursor={}", next.as_str().unwrap())).await;
        assert_eq!((first, rest, end), (vec!["Žive niti".into(), "Žive barve".into()], vec!["50_% ulice".to_owned()], Value::Null));
        assert_eq!(listed("?q=ZIVE").await.0, ["Žive niti", "Žive barve"]);
        assert_eq!(listed("?q=barve%20z").await.0, ["Žive barve"]);
        assert_eq!(listed("?q=_%25").await.0, ["50_% ulice"]);
        assert!(listed("?q=Carnica").await.0.is_empty());
        // What was withdrawn is listed still, and says so.
        studio.confirm(&app, &katja, json!({"confirmed": true})).await.expect(200);
        studio.confirm(&app, &katja, json!({"confirmed": false})).await.expect(200);
        let page = app.get("/confirmed-organisations?q=carnica").by(&katja).await.expect(200);
        assert_eq!(page["items"][0]["confirmed_creative"], json!(false), "{page}");
        for (query, pointer) in [("q=%00", "?q"), ("limit=0", "?limit"), ("cursor=x", "?cursor"), ("name=x", "?name")] {
            let refused = app.get(&format!("/confirmed-organisations?{query}")).by(&katja).await.refused(422, "invalid");
            assert_eq!(refused["errors"][0]["pointer"], json!(pointer), "{refused}");
        }
        let long = "a".repeat(201);
        app.get(&format!("/confirmed-organisations?q={long}")).by(&katja).await.refused(422, "invalid");
        app.get(&format!("/confirmed-organisations?q={}", "a+".repeat(11))).by(&katja).await.refused(422, "invalid");
        app.get("/confirmed-organisations").by(&house.manager).await.refused(403, "forbidden");
        app.get(&format!("{}/confirmation", studio.path)).by(&house.manager).await.refused(404, "not_found");
    }
}
