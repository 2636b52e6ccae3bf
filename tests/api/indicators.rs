//! Indicators of an action plan over HTTP: what may be defined, how it stands in a running year, and that a closed year keeps
//! what it came to.

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, id, meeting, version, with};

fn indicator(code: &str, figure: &str, more: Value) -> Value {
    let name = json!({"sl": format!("Kazalnik {code}"), "en": format!("Indicator {code}")});
    with(json!({"code": code, "name": name, "figure": figure, "direction": "at_least"}), more)
}

fn target(value: f64) -> Value {
    json!([{"year": 2026, "value": value}])
}

async fn defines(house: &House<'_>, by: &Person, body: Value) -> Value {
    house.post(&format!("/networks/{}/indicators", house.network), body).by(by).await.expect(201)
}

/// All indicators by code.
async fn stand(house: &House<'_>, by: &Person, query: &str) -> Value {
    let path = format!("/statistics/indicators?network_id={}&{query}", house.network);
    let all = house.get(&path).by(&by.renewed(house)).await.expect(200);
    let items = all["items"].as_array().unwrap().iter();
    items.map(|item| (item["code"].as_str().unwrap().to_owned(), item.clone())).collect()
}

/// Value, progress, status, and where it is from.
fn told(item: &Value) -> Value {
    let value = &item["value"];
    let shown = if value["denominator"].is_null() { &value["numerator"] } else { &value["rate"] };
    json!([shown, item["progress"], item["status"], value["origin"], value["missing"]])
}

/// Five people meet for two hours each in March; one of them runs a workshop besides.
async fn march(house: &House<'_>) -> Vec<Person> {
    let room = house.room("Atelje").await;
    let people: Vec<Person> =
        ["ana", "borut", "cene", "darja", "eva"].iter().map(|name| house.member(name)).collect();
    for (day, person) in (9..).zip(&people) {
        let (from, to) = (format!("2026-03-{day:02}T10:00"), format!("2026-03-{day:02}T12:00"));
        house.has(person, &room, &from, &to).await;
    }
    let workshop = meeting(&room, "2026-03-20T10:00", "2026-03-20T12:00");
    house.reserves(&people[0], with(workshop, json!({"purpose": "workshop"}))).await.expect(201);
    people
}

async fn plan(house: &House<'_>, katja: &Person) {
    let meetings = json!({"dimension": "purpose", "categories": ["meeting"]});
    for (code, figure, more) in [
        ("C1", "booked_hours", json!({"targets": target(24.0)})),
        ("C2", "planned_frequency", json!({"targets": target(0.5)})),
        ("C3", "people", json!({"targets": target(5.0)})),
        ("C4", "new_people", json!({"targets": target(10.0), "cumulative_from": 2025})),
        ("C5", "reservations", json!({"targets": target(6.0)})),
        ("C6", "reservations", json!({"targets": target(6.0), "filter": meetings})),
        ("C7", "booked_hours", json!({"filter": {"venue_ids": [house.venue], "kinds": ["studio"]}})),
        ("C8", "in_kind_value", json!({"targets": target(1.0), "filter": {"currency": "EUR"}})),
        ("C9", "attended", json!({"targets": target(1.0), "direction": "at_most"})),
    ] {
        defines(house, katja, indicator(code, figure, more)).await;
    }
}

/// A reservation of March that nobody wrote down then.
async fn remembered(house: &House<'_>) {
    let content =
        "external_id,space,starts_at,ends_at,title\n1,Atelje,2026-03-16T10:00,2026-03-16T12:00,Zbor\n";
    let body = json!({"content": content, "mode": "all_or_nothing"});
    let path = format!("/venues/{}/reservations/import", house.venue);
    house.post(&path, body).by(&house.desk()).await.expect(200);
}

fn nobody_changes_it(app: &TestApp) {
    let mut connection = app.connection();
    for statement in ["DELETE FROM indicator_values", "UPDATE indicator_values SET numerator = 1"] {
        let refused = connection.batch_execute(statement).unwrap_err().to_string();
        assert!(refused.contains("published_stays"), "{statement}: {refused}");
    }
}

/// Figures of use to yesterday, figures about people as far as tables are closed and shown.
async fn a_running_year_is_counted_as_far_as_it_is_shown(house: &House<'_>, katja: &Person) {
    house.at("2026-04-20T10:00:00Z");
    house.run_jobs();
    let now = stand(house, katja, "year=2026").await;
    let use_path =
        format!("/statistics/utilisation?network_id={}&from=2026-01-01&to=2026-04-20", house.network);
    let used = house.get(&use_path).by(&katja.renewed(house)).await.expect(200);
    let frequency = &used["totals"]["planned_frequency"];
    assert_eq!(told(&now["C1"]), json!([12.0, 0.5, "on_the_way", "live", null]));
    assert_eq!(
        (&now["C2"]["value"]["numerator"], &now["C2"]["value"]["rate"]),
        (&frequency["numerator"], &frequency["rate"])
    );
    assert_eq!((&now["C2"]["status"], &now["C2"]["value"]["to"]), (&json!("behind"), &json!("2026-04-20")));
    assert_eq!(told(&now["C3"]), json!([null, null, "reached", "published", "not_closed"]));
    assert_eq!(now["C3"]["at_least"], 5.0);
    // Half of ten, of two years of which 1.24 are over.
    assert_eq!(told(&now["C4"]), json!([5.0, 0.5, "behind", "published", null]));
    assert_eq!(
        (&now["C5"]["value"]["to"], told(&now["C5"])),
        (&json!("2026-04-01"), json!([6.0, 1.0, "reached", "published", null]))
    );
    // The workshop of March is one person's, and hidden with it are the meetings; before there were none.
    assert_eq!(
        (&now["C6"]["value"]["to"], told(&now["C6"]), &now["C6"]["at_least"]),
        (&json!("2026-04-01"), json!([null, null, null, "published", "suppressed"]), &Value::Null)
    );
    assert_eq!(told(&now["C7"]), json!([0.0, null, null, "live", null]));
    assert_eq!(told(&now["C8"]), json!([0.0, 0.0, "behind", "published", null]));
    assert_eq!(told(&now["C9"]), json!([0.0, 0.0, "on_the_way", "live", null]));
    assert_eq!(
        told(&stand(house, katja, "year=2027").await["C1"]),
        json!([null, null, null, "live", "not_begun"])
    );
}

/// Corrections and erasures leave it as it is, and are told of where they are nobody's alone.
async fn what_is_corrected_later_is_told_apart(
    house: &House<'_>,
    katja: &Person,
    (ana, closed): (&Person, &Value),
) {
    remembered(house).await;
    let ana = ana.renewed(house);
    let me = house.get("/me").by(&ana).await.expect(200);
    house.delete("/me", version(&me)).by(&ana).await.expect(204);
    house.run_jobs();
    let later = stand(house, katja, "year=2026&changes=true").await;
    for (code, item) in closed.as_object().unwrap() {
        assert_eq!(
            with(later[code].clone(), json!({"changed_since": null})),
            with(item.clone(), json!({"changed_since": null}))
        );
    }
    let change = |code: &str| later[code]["changed_since"].clone();
    assert_eq!(change("C1"), json!([{"part": "numerator", "closed": 12.0, "now": 14.0}]));
    assert_eq!(change("C5"), json!([{"part": "numerator", "closed": 6.0, "now": 7.0}]));
    assert_eq!(change("C2"), json!([{"part": "numerator", "closed": 12.0, "now": 14.0}]));
    assert_eq!(json!([change("C3"), change("C4"), change("C6")]), json!([null, null, null]));
    let published = format!(
        "/statistics/published?network_id={}&dimension=purpose&period=2026-Q1&changes=true",
        house.network
    );
    let published = house.get(&published).by(&katja.renewed(house)).await.expect(200);
    assert_eq!(published["totals"]["figures"]["reservations"]["value"], 6.0);
    assert_eq!(
        published["changed_since"],
        json!([{"figure": "reservations", "published": 6.0, "now": 7.0},
        {"figure": "booked_hours", "published": 12.0, "now": 14.0}])
    );
}

/// So do figure and target; an indicator that is given up goes on standing in years that are closed.
async fn what_a_year_was_measured_by_stays(house: &House<'_>, katja: &Person) {
    let path = format!("/networks/{}/indicators", house.network);
    let list = house.get(&path).by(&katja.renewed(house)).await.expect(200);
    let hours = &list["items"][0];
    assert_eq!(hours["closed_years"], json!([2026]));
    let one = format!("/indicators/{}", id(hours));
    let put = |body: Value| house.put(&one, 1, body).by(&katja.renewed(house));
    put(indicator("C1", "used_hours", json!({"targets": target(24.0)}))).await.refused(409, "period_closed");
    put(indicator("C1", "booked_hours", json!({"targets": target(12.0)})))
        .await
        .refused(409, "period_closed");
    let next = json!({"targets": [{"year": 2026, "value": 24.0}, {"year": 2027, "value": 30.0}]});
    put(indicator("C1", "booked_hours", next)).await.expect(200);
    house.delete(&one, 2).by(&katja.renewed(house)).await.expect(204);
    assert_eq!(stand(house, katja, "year=2026").await["C1"]["value"]["origin"], "closed");
    assert_eq!(stand(house, katja, "year=2027").await.get("C1"), None);
    let csv = format!("/statistics/indicators?network_id={}&year=2026&format=csv", house.network);
    let csv = house.get(&csv).header("accept-language", "sl").by(&katja.renewed(house)).await;
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"indicators-gorenjska-2026.csv\"");
    let line = csv.text.split("\r\n").nth(1).unwrap();
    assert!(line.starts_with("C1,Kazalnik C1,ind_"), "{line}");
    assert!(
        line.contains(",2026,booked_hours,hours,at_least,24,12,,12,,0.5,behind,false,,closed,2027-01-01,"),
        "{line}"
    );
}

async fn report(house: &House<'_>, katja: &Person, year: i32) -> String {
    let path = format!("/statistics/report?network_id={}&year={year}&language=en", house.network);
    house.get(&path).by(&katja.renewed(house)).await.text
}

/// Of a year before the first space it says that nothing was to be had, and nothing of what was reserved.
async fn the_report_says_as_much(house: &House<'_>, katja: &Person) {
    const NOTHING: &str = "In the part of 2025 covered here no space was ever open and not blocked";
    let now = report(house, katja, 2026).await;
    assert!(
        now.contains("at least 5, to 30\u{a0}Apr\u{a0}2026") && !now.contains("no space was ever open"),
        "{now}"
    );
    let before = report(house, katja, 2025).await;
    assert!(before.contains(NOTHING) && !before.contains("figures are 0"), "{before}");
}

/// The year's figure is hidden as its month is; what the others show is as true as before.
async fn what_was_known_is_known_when_the_year_is_closed(house: &House<'_>, katja: &Person) {
    house.at("2027-01-20T10:00:00Z");
    house.run_jobs();
    house.run_jobs();
    let closed = stand(house, katja, "year=2026").await;
    for (code, status) in [("D1", json!("reached")), ("D2", Value::Null), ("D4", json!("reached"))] {
        let item = &closed[code];
        assert_eq!(told(item), json!([null, null, status, "closed", "suppressed"]), "{code}");
        assert_eq!((&item["at_least"], &item["value"]["to"]), (&json!(5.0), &json!("2027-01-01")), "{code}");
    }
    let next = &stand(house, katja, "year=2027").await["D3"];
    assert_eq!(
        (told(next), &next["at_least"]),
        (json!([null, null, null, "published", "suppressed"]), &json!(5.0))
    );
    let closed = report(house, katja, 2026).await;
    assert!(closed.contains("at least 5<") && !closed.contains("at least 5, to"), "{closed}");
    house.is_sound();
}

both! {
    async fn a_network_defines_what_its_plan_counts(app: TestApp) {
        let house = House::new(&app).await;
        let katja = house.coordinator("katja", &house.network);
        let path = format!("/networks/{}/indicators", house.network);
        let file = format!("/statistics/indicators?network_id={}&year=2026&format=csv", house.network);
        let empty = house.get(&file).by(&katja).await.text;
        let first = defines(&house, &katja, indicator("C2.1", "supported_enterprises", json!({"targets": target(60.0)}))).await;
        let one = house.get(&file).by(&katja).await.text;
        assert!(empty.starts_with("code,indicator,indicator_id,") && one.starts_with(&empty) && one.lines().count() == 2, "{empty}{one}");
        assert_eq!((&first["unit"], &first["targets"]), (&json!("enterprises"), &json!([{"year": 2026, "value": 60.0}])));
        let elsewhere = json!({"filter": {"venue_ids": ["ven_01h455vb4pex5vsknk084sn02q"]}});
        let cci = json!({"filter": {"dimension": "audience", "categories": ["cci"]}});
        for (body, status, code, pointer) in [
            (indicator("C2.1", "visits", json!({})), 409, "duplicate", Value::Null),
            (indicator("C3", "used_hours", cci.clone()), 422, "grouping_not_published", Value::Null),
            (indicator("C3", "supported_enterprises", cci), 422, "grouping_not_published", Value::Null),
            (indicator("C3", "used_hours", elsewhere), 422, "invalid", json!("/filter/venue_ids/0")),
            (indicator("C3", "charged", json!({})), 422, "invalid", json!("/filter/currency")),
            (indicator("C3", "people", json!({"cumulative_from": 2025})), 422, "invalid", json!("/cumulative_from")),
            (indicator("C3", "occupancy", json!({"targets": target(1.5)})), 422, "invalid", json!("/targets/0/value")),
        ] {
            let problem = house.post(&path, body).by(&katja).await.refused(status, code);
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        }
        let one = format!("/indicators/{}", id(&first));
        let more = json!([{"year": 2027, "value": 80.5}, {"year": 2026, "value": 60.0}]);
        let anew = indicator("C2.2", "visits", json!({"targets": more, "description": {"sl": "Opis", "en": "Words"}}));
        let put = house.put(&one, version(&first), anew.clone()).by(&katja).await.expect(200);
        assert_eq!((&put["code"], &put["targets"][1]["value"], &put["version"]), (&json!("C2.2"), &json!(80.5), &json!(2)));
        house.put(&one, version(&first), anew).by(&katja).await.refused(412, "precondition_failed");
        let list = house.get(&path).by(&house.desk()).await.expect(200);
        assert_eq!(list["items"], json!([put]));
        house.delete(&one, version(&put)).by(&house.desk()).await.refused(403, "forbidden");
        house.delete(&one, version(&put)).by(&katja).await.expect(204);
        house.get(&one).by(&katja).await.refused(404, "not_found");
        // Its code is free again, and it is counted no more.
        defines(&house, &katja, indicator("C2.2", "visits", json!({}))).await;
        let shown = stand(&house, &katja, "year=2026").await;
        assert_eq!(told(&shown["C2.2"]), json!([null, null, null, "published", "not_closed"]));
        // With the year before, of which nothing is closed either, it is counted up to nowhere.
        defines(&house, &katja, indicator("C3", "visits", json!({"cumulative_from": 2026}))).await;
        let next = &stand(&house, &katja, "year=2027").await["C3"];
        assert_eq!((told(next), &next["value"]["to"]), (json!([null, null, null, "published", "not_closed"]), &Value::Null));
        house.is_sound();
    }

    async fn a_closed_year_keeps_what_it_came_to(app: TestApp) {
        let house = House::new(&app).await;
        let people = march(&house).await;
        let katja = house.coordinator("katja", &house.network);
        plan(&house, &katja).await;
        app.keep_signed_in();

        a_running_year_is_counted_as_far_as_it_is_shown(&house, &katja).await;
        house.at("2027-01-20T10:00:00Z");
        app.run_jobs();
        app.run_jobs();
        let closed = stand(&house, &katja, "year=2026&changes=true").await;
        for (code, wanted) in [
            ("C1", json!([12.0, 0.5, "behind", "closed", null])),
            ("C3", json!([5.0, 1.0, "reached", "closed", null])),
            ("C4", json!([5.0, 0.5, "behind", "closed", null])),
            ("C5", json!([6.0, 1.0, "reached", "closed", null])),
            ("C6", json!([null, null, null, "closed", "suppressed"])),
            ("C9", json!([0.0, 0.0, "reached", "closed", null])),
        ] {
            assert_eq!(told(&closed[code]), wanted, "{code}");
        }
        assert_eq!(closed["C1"]["closed_at"], "2027-01-20T11:00:00+01:00");
        let unchanged = |code: &str| closed[code]["changed_since"].clone();
        assert_eq!(json!([unchanged("C1"), unchanged("C3"), unchanged("C5")]), json!([[], null, []]));

        what_is_corrected_later_is_told_apart(&house, &katja, (&people[0], &closed)).await;
        what_a_year_was_measured_by_stays(&house, &katja).await;
        nobody_changes_it(&app);
        house.is_sound();
    }

    /// Nobody is behind because something is hidden: what is shown of the other months is what there is at least.
    async fn a_hidden_month_leaves_what_the_others_make(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Atelje").await;
        let katja = house.coordinator("katja", &house.network);
        let people = ["ana", "borut", "cene", "darja", "eva"].map(|name| house.member(name));
        for (month, day, person) in [3, 4].into_iter().flat_map(|month| (9..).zip(&people).map(move |(day, it)| (month, day, it))) {
            let (from, to) = (format!("2026-{month:02}-{day:02}T10:00"), format!("2026-{month:02}-{day:02}T12:00"));
            house.has(person, &room, &from, &to).await;
        }
        let workshop = meeting(&room, "2026-04-20T10:00", "2026-04-20T12:00");
        house.reserves(&people[0], with(workshop, json!({"purpose": "workshop"}))).await.expect(201);
        let meetings = json!({"dimension": "purpose", "categories": ["meeting"]});
        for (code, wanted) in [("D1", 5.0), ("D2", 6.0)] {
            let more = json!({"targets": target(wanted), "filter": meetings});
            defines(&house, &katja, indicator(code, "reservations", more)).await;
        }
        let since = json!({"targets": [{"year": 2027, "value": 9.0}], "filter": meetings, "cumulative_from": 2026});
        defines(&house, &katja, indicator("D3", "reservations", since)).await;
        defines(&house, &katja, indicator("D4", "people", json!({"targets": target(5.0), "filter": meetings}))).await;
        let since = json!({"targets": [{"year": 2027, "value": 30.0}], "cumulative_from": 2026});
        defines(&house, &katja, indicator("D5", "reservations", since)).await;
        app.keep_signed_in();
        house.at("2026-05-20T10:00:00Z");
        house.run_jobs();
        let now = stand(&house, &katja, "year=2026").await;
        for (code, status) in [("D1", json!("reached")), ("D2", Value::Null)] {
            let item = &now[code];
            assert_eq!(told(item), json!([null, null, status, "published", "suppressed"]), "{code}");
            assert_eq!((&item["at_least"], &item["value"]["to"]), (&json!(5.0), &json!("2026-05-01")), "{code}");
        }
        assert_eq!((told(&now["D4"]), &now["D4"]["at_least"]), (json!([null, null, "reached", "published", "not_closed"]), &json!(5.0)));
        // What has not begun adds nothing and takes nothing.
        let next = stand(&house, &katja, "year=2027").await;
        assert_eq!((told(&next["D3"]), &next["D3"]["at_least"]), (json!([null, null, null, "published", "suppressed"]), &json!(5.0)));
        // Of two years a third of one is over, and not half of both.
        assert_eq!(told(&next["D5"]), json!([11.0, 0.366667, "on_the_way", "published", null]));
        the_report_says_as_much(&house, &katja).await;
        what_was_known_is_known_when_the_year_is_closed(&house, &katja).await;
    }
}
