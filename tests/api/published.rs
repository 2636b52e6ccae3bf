//! Published tables over HTTP: closed 14 days after the period, hidden where few made them, and the same ever after.

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, meeting, version, with};

/// What a reader sees of a table: by category and in all the reservations, `null` where they are hidden.
async fn reservations(house: &House<'_>, by: &Person, query: &str) -> Value {
    let table = table(house, by, query).await;
    let rows = table["items"].as_array().unwrap().iter();
    let shown = |row: &Value| row["figures"]["reservations"]["value"].clone();
    let used = rows.filter(|row| row["figures"]["reservations"]["value"] != 0.0);
    let rows: Vec<Value> = used.map(|row| json!([row["category"], shown(row)])).collect();
    json!([rows, shown(&table["totals"])])
}

async fn table(house: &House<'_>, by: &Person, query: &str) -> Value {
    house.get(&format!("/statistics/published?{query}")).by(&by.renewed(house)).await.expect(200)
}

/// Five people meet in each of two houses on a day of March each; one of them runs a workshop in the second.
async fn march(house: &House<'_>, nursery: &House<'_>) -> Vec<Person> {
    let (room, greenhouse) = (house.room("Atelje").await, nursery.room("Rastlinjak").await);
    let people: Vec<Person> =
        ["ana", "borut", "cene", "darja", "eva"].iter().map(|name| house.member(name)).collect();
    for (day, person) in (9..).zip(&people) {
        let (from, to) = (format!("2026-03-{day:02}T10:00"), format!("2026-03-{day:02}T12:00"));
        house.has(person, &room, &from, &to).await;
        nursery.has(person, &greenhouse, &from, &to).await;
    }
    let workshop = meeting(&greenhouse, "2026-03-20T10:00", "2026-03-20T13:00");
    nursery.reserves(&people[0], with(workshop, json!({"purpose": "workshop"}))).await.expect(201);
    people
}

async fn whom_is_shown_what(house: &House<'_>, nursery: &House<'_>, katja: &Person) {
    let network = format!("network_id={}", house.network);
    let [layer, garden] = [house, nursery].map(|house| format!("venue_id={}", house.venue));
    // One workshop is one person's; the meetings beside it would tell of it, and so would the network's.
    let hidden = json!([[["meeting", null], ["workshop", null]], 6.0]);
    for period in ["2026-03", "2026-Q1"] {
        let purpose = format!("dimension=purpose&period={period}");
        for (by, place, wanted) in [
            (katja, &layer, json!([[["meeting", 5.0]], 5.0])),
            (katja, &garden, hidden.clone()),
            (&house.desk(), &garden, hidden.clone()),
            (&nursery.desk(), &garden, json!([[["meeting", 5.0], ["workshop", 1.0]], 6.0])),
            (&nursery.desk(), &network, json!([[["meeting", null], ["workshop", null]], 11.0])),
        ] {
            assert_eq!(
                reservations(house, by, &format!("{place}&{purpose}")).await,
                wanted,
                "{place} {period}"
            );
        }
    }
}

fn nobody_changes_it(app: &TestApp) {
    let mut connection = app.connection();
    for statement in [
        "DELETE FROM published_tables",
        "UPDATE published_tables SET body = '{}'",
        "DELETE FROM published_periods",
        "UPDATE published_periods SET period = '2027-01'",
    ] {
        let refused = connection.batch_execute(statement).unwrap_err().to_string();
        assert!(refused.contains("published_stays"), "{statement}: {refused}");
    }
}

both! {
    async fn what_few_made_is_hidden_and_what_is_published_stays(app: TestApp) {
        let house = House::new(&app).await;
        let nursery = house.another_venue("vrtnarija").await;
        let people = march(&house, &nursery).await;
        let katja = house.coordinator("katja", &house.network);
        app.keep_signed_in();
        let network = format!("network_id={}", house.network);
        let garden = format!("venue_id={}", nursery.venue);
        let purpose = "dimension=purpose&period=2026-03";

        house.at("2026-04-14T21:00:00Z");
        app.run_jobs();
        let path = format!("/statistics/published?{network}&{purpose}");
        house.get(&path).by(&katja.renewed(&app)).await.refused(422, "grouping_not_published");
        // Midnight of the 15th in Ljubljana.
        house.at("2026-04-14T22:00:00Z");
        app.run_jobs();
        app.run_jobs();
        let list = table(&house, &katja, &network).await;
        let closed: Vec<&Value> = list["items"].as_array().unwrap().iter().map(|item| &item["period"]).collect();
        assert_eq!(json!(closed), json!(["2026-01", "2026-02", "2026-03", "2026-Q1"]));
        assert_eq!(list["items"][3]["closed_at"], "2026-04-15T00:00:00+02:00");

        whom_is_shown_what(&house, &nursery, &katja).await;
        let hours = |table: &Value| {
            let mut rows = table["items"].as_array().unwrap().iter();
            rows.find(|row| row["category"] == "meeting").unwrap()["figures"]["booked_hours"].clone()
        };
        let with_changes = format!("{garden}&{purpose}&changes=true");
        let seen = table(&house, &katja, &with_changes).await;
        let own = table(&house, &nursery.desk(), &with_changes).await;
        assert_eq!(hours(&seen), json!({"value": null, "unit": "hours", "suppressed": true, "withheld": true}));
        assert_eq!(hours(&own), json!({"value": 10.0, "unit": "hours", "suppressed": false, "withheld": true}));
        assert_eq!((&own["changed_since"], &seen["changed_since"]), (&json!([]), &json!([])));
        let heads = table(&house, &katja, &format!("{network}&dimension=people&period=2026-Q1")).await;
        assert_eq!(heads["totals"]["figures"]["people"]["value"], 5.0);
        assert_eq!(heads["items"][0]["figures"]["people"]["value"], 5.0);

        // Erased people and later months leave it as it is.
        for person in &people {
            let person = person.renewed(&app);
            let me = house.get("/me").by(&person).await.expect(200);
            house.delete("/me", version(&me)).by(&person).await.expect(204);
        }
        house.at("2026-07-20T10:00:00Z");
        app.run_jobs();
        assert_eq!(table(&house, &katja, &with_changes).await, seen);
        assert_eq!(table(&house, &nursery.desk(), &with_changes).await, own);
        let list = table(&house, &katja, &garden).await;
        assert_eq!(list["items"].as_array().unwrap().len(), 8);
        nobody_changes_it(&app);
        house.is_sound();
    }

    async fn only_listed_tables_are_published(app: TestApp) {
        let house = House::new(&app).await;
        let nursery = house.another_venue("vrtnarija").await;
        march(&house, &nursery).await;
        let katja = house.coordinator("katja", &house.network);
        app.keep_signed_in();
        house.at("2026-04-20T10:00:00Z");
        app.run_jobs();
        let katja = katja.renewed(&app);
        let ask = |query: String| house.get(&format!("/statistics/published?{query}")).by(&katja);
        for rest in [
            "dimension=purpose&period=2026-04",
            "dimension=purpose&period=2026-W10",
            "dimension=purpose&period=2026",
            "dimension=layout&period=2026-03",
            "dimension=purpose,sector&period=2026-03",
            "dimension=purpose",
            "period=2026-03",
        ] {
            ask(format!("venue_id={}&{rest}", nursery.venue)).await.refused(422, "grouping_not_published");
        }
        ask("dimension=purpose&period=2026-03".to_owned()).await.refused(422, "invalid");
        let csv = ask(format!("venue_id={}&dimension=purpose&period=2026-03&format=csv", house.venue)).await;
        assert_eq!(csv.header("content-disposition"), "attachment; filename=\"purpose-layer-2026-03.csv\"");
        let lines: Vec<&str> = csv.text.split("\r\n").collect();
        assert_eq!(lines[0], "period,category,booked_hours,booked_hours_suppressed,organisations,organisations_suppressed,\
            people,people_suppressed,reservations,reservations_suppressed");
        assert!(lines.contains(&"2026-03,meeting,10,false,0,false,5,false,5,false"), "{lines:?}");
        assert_eq!(lines[lines.len() - 2..], ["2026-03,total,10,false,0,false,5,false,5,false", ""]);
    }
}
