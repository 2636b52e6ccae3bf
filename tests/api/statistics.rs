//! Utilisation over HTTP: what a coordinator pulls as JSON and a manager as CSV.

use std::{fs, process::Command};

use serde_json::{Value, json};

use crate::support::{Person, Reply, TestApp, both};

const MARCH: &str = "from=2026-03-01&to=2026-04-01";
const WEEKS: i64 = 7 * 86_400;

/// A network with a room of 10 and a hall of two units and 40 seats, open daily from 8 to 18.
struct Centre {
    network: String,
    venue: String,
    room: String,
}

async fn centre(app: &TestApp) -> Centre {
    let admin = app.administrator("admin");
    let new =
        json!({"name": "Gorenjska", "slug": "gorenjska", "country": "SI", "time_zone": "Europe/Ljubljana"});
    let network = id(&app.post("/networks", new).by(&admin).await.expect(201));
    let address =
        json!({"street": "Tomšičeva 32", "postcode": "4000", "city": "Kranj", "municipality": "Kranj"});
    let new = json!({"network_id": network, "name": "Layer", "slug": "layer", "address": address,
        "contact_email": "info@example.org"});
    let venue = id(&app.post("/venues", new).by(&admin).await.expect(201));
    let days = json!(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
    let hours = json!({"weekly": [{"days": days, "opens": "08:00", "closes": "18:00"}], "holidays": "open"});
    let path = format!("/venues/{venue}/opening-hours");
    let version = app.get(&path).by(&admin).await.expect(200)["version"].as_i64().unwrap();
    app.put(&path, version, hours).by(&admin).await.expect(200);
    let room = json!({"name": "=Sejna, soba", "kind": "meeting_room", "allocation": "whole", "capacity": 10,
        "units": [{"label": "Room"}]});
    let path = format!("/venues/{venue}/spaces");
    let room = id(&app.post(&path, room).by(&admin).await.expect(201));
    let hall = json!({"name": "Hall", "kind": "multifunctional", "allocation": "whole", "capacity": 40,
        "units": [{"label": "A"}, {"label": "B"}]});
    app.post(&path, hall).by(&admin).await.expect(201);
    Centre { network, venue, room }
}

fn id(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

async fn reserve(app: &TestApp, by: &Person, space: &str, from: &str, to: &str, attendees: u32) {
    let new = json!({"space_id": space, "starts_at": from, "ends_at": to, "title": "Meeting",
        "purpose": "meeting", "attendees": attendees});
    app.post("/reservations", new).by(by).await.expect(201);
}

async fn pull(app: &TestApp, by: &Person, query: &str) -> Reply {
    app.get(&format!("/statistics/utilisation?{query}")).by(by).await
}

both! {
    async fn a_coordinator_pulls_last_month_and_a_manager_a_table(app: TestApp) {
        let Centre { network, venue, room } = centre(&app).await;
        let member = app.member("ana");
        reserve(&app, &member, &room, "2026-03-10T09:00", "2026-03-10T13:00", 5).await;
        reserve(&app, &member, &room, "2026-03-29T17:00", "2026-03-29T18:00", 10).await;
        // Until it is closed, heads are still counted.
        app.advance(7 * WEEKS);
        let coordinator = app.coordinator("coordinator", &network);
        let query = format!("network_id={network}&{MARCH}&group_by=kind,month");
        let answer = pull(&app, &coordinator, &query).await.expect(200);
        // Spaces count from the day they were made, which was the 2nd.
        assert_eq!(answer["items"][0]["group"], json!({"kind": "meeting_room", "month": "2026-03"}));
        assert_eq!(answer["items"][0]["available"], json!({"hours": 300.0, "seat_hours": 3000.0}));
        assert_eq!(answer["items"][0]["booked"]["hours"], json!(5.0));
        assert_eq!(answer["items"][0]["occupancy"]["rate"], json!(0.6));
        assert_eq!(answer["items"][1]["used"]["hours"], json!(0.0));
        assert_eq!(answer["totals"]["utilisation"], json!({"numerator": 30.0, "denominator": 15000.0,
            "rate": 0.002, "unit": "person_hours/seat_hours", "suppressed": false}));

        let manager = app.manager("manager", &venue);
        let query = format!("venue_id={venue}&from=2026-03-10&to=2026-03-11&group_by=day,space&format=csv");
        let reply = pull(&app, &manager, &query).await;
        assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8; header=present");
        let name = "attachment; filename=\"utilisation-layer-2026-03-10-to-2026-03-11.csv\"";
        assert_eq!(reply.header("content-disposition"), name);
        assert_eq!(reply.header("cache-control"), "no-store");
        let lines: Vec<&str> = reply.text.split("\r\n").collect();
        assert!(lines[0].starts_with("day,space_id,space,spaces,units,seats,"), "{}", lines[0]);
        let wanted = format!("2026-03-10,{room},\"'=Sejna, soba\",1,1,10,false,false,10,100,4,40,4,40,assumed,0,0,0,0,0,0,0,0,,0.4,0.4,\
            false,20,40,0.5,1,40,1,20,0.2");
        assert_eq!(&lines[1..], [wanted.as_str(), lines[2], ""]);
        assert!(lines[2].contains(",Hall,1,2,40,false,false,20,400,0,0,"), "{}", lines[2]);
    }
}

/// A workbook, as openpyxl sees it.
#[expect(clippy::disallowed_methods, reason = "the test's own environment")]
pub fn read_by_python(workbook: &[u8]) -> Value {
    let python =
        std::env::var("PROSTOR_TEST_PYTHON").expect("scripts/test-environment names the interpreter");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foreign/parse_workbook.py");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("figures.xlsx");
    fs::write(&file, workbook).unwrap();
    let output =
        Command::new(python).arg(script).arg(&file).env("PYTHONIOENCODING", "utf-8").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

both! {
    async fn a_workbook_has_typed_cells_a_chart_and_what_its_columns_mean(app: TestApp) {
        let Centre { network, room, .. } = centre(&app).await;
        let member = app.member("ana");
        reserve(&app, &member, &room, "2026-03-10T09:00", "2026-03-10T13:00", 5).await;
        app.advance(2 * WEEKS);
        let coordinator = app.coordinator("coordinator", &network);
        let query = format!("network_id={network}&from=2026-03-10&to=2026-03-12&group_by=space,day&format=xlsx");
        let reply = app.get(&format!("/statistics/utilisation?{query}")).by(&coordinator)
            .header("accept-language", "sl").await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assert_eq!(reply.header("content-type"), media_type);
        let name = "attachment; filename=\"utilisation-gorenjska-2026-03-10-to-2026-03-12.xlsx\"";
        assert_eq!(reply.header("content-disposition"), name);

        let book = read_by_python(&reply.body);
        let sheets = book["sheets"].as_array().unwrap();
        let names: Vec<&Value> = sheets.iter().map(|sheet| &sheet["name"]).collect();
        assert_eq!(names, ["Podatki", "Graf", "Opredelitve"]);
        assert_eq!(sheets[1]["charts"], json!([{"kind": "BarChart", "series": 3}]));
        let rows = sheets[0]["rows"].as_array().unwrap();
        let column = |name: &str| rows[0].as_array().unwrap().iter().position(|cell| cell == name).unwrap();
        // What people wrote is a text, and no formula.
        assert_eq!(rows[1][column("Prostor")], "=Sejna, soba");
        assert_eq!(rows[1][column("Dan")], "2026-03-10");
        assert_eq!(rows[1][column("Rezervirane ure")], 4);
        assert_eq!(rows[1][column("Načrtovana zasedenost")], 0.4);
        assert_eq!(sheets[0]["formats"][column("Načrtovana zasedenost")], "0.0%");
        assert_eq!(rows[1][column("Začasno")], false);
        // Days say too much about people for whoever is no staff.
        assert_eq!(rows[1][column("Polnost")], "prikrito");
        let totals = rows.last().unwrap();
        assert_eq!((&totals[0], &totals[column("Razpoložljive ure")]), (&json!("Skupaj"), &json!(60)));
        let definitions = sheets[2]["rows"].as_array().unwrap();
        let told = definitions.iter().filter(|row| row[2].as_str().is_some_and(|meaning| meaning.len() > 10));
        assert_eq!(told.count(), rows[0].as_array().unwrap().len());
    }
}

both! {
    async fn what_is_asked_wrongly_is_refused_with_its_name(app: TestApp) {
        let Centre { network, venue, .. } = centre(&app).await;
        let coordinator = app.coordinator("coordinator", &network);
        for (query, pointer, code) in [
            (MARCH.to_owned(), "?network_id", "exactly_one_scope"),
            (format!("network_id={network}&venue_id={venue}&{MARCH}"), "?network_id", "exactly_one_scope"),
            (format!("network_id={venue}&{MARCH}"), "?network_id", "wrong_identifier"),
            (format!("network_id={network}&from=2026-03-01"), "?to", "missing_field"),
            (format!("network_id={network}&from=2026-03-01&to=2026-02-01"), "?to", "not_after_start"),
            (format!("network_id={network}&from=2010-01-01&to=2026-01-01"), "?to", "range_too_long"),
            (format!("network_id={network}&from=yesterday&to=2026-02-01"), "?from", "time_malformed"),
            (format!("network_id={network}&{MARCH}&group_by=minute"), "?group_by", "unknown_value"),
            (format!("network_id={network}&{MARCH}&group_by=day,day"), "?group_by", "duplicate_field"),
            (format!("network_id={network}&{MARCH}&format=ods"), "?format", "unknown_value"),
            (format!("network_id={network}&{MARCH}&by=day"), "?by", "unknown_field"),
        ] {
            let body = pull(&app, &coordinator, &query).await.refused(422, "invalid");
            let error = &body["errors"][0];
            assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)), "{query} {body}");
        }
        let path = format!("/statistics/utilisation?network_id={network}&{MARCH}");
        app.get(&path).await.refused(401, "unauthenticated");
        app.get(&path).by(&app.member("ana")).await.refused(403, "forbidden");
        // A network's figures are handed on, and to its venues' staff first: what they see of it is what its coordinators see.
        let manager = app.manager("manager", &venue);
        let [theirs, coordinators] = [&manager, &coordinator].map(|person| app.get(&path).by(person));
        assert_eq!(theirs.await.expect(200)["rows"], coordinators.await.expect(200)["rows"]);
    }
}

both! {
    async fn busiest_hours_the_week_and_an_earlier_time_stand_beside(app: TestApp) {
        let Centre { network, venue, room } = centre(&app).await;
        let member = app.member("ana");
        reserve(&app, &member, &room, "2026-03-10T09:00", "2026-03-10T13:00", 5).await;
        reserve(&app, &member, &room, "2026-03-11T09:00", "2026-03-11T11:00", 5).await;
        app.advance(5 * WEEKS);
        let coordinator = app.coordinator("coordinator", &network);
        let wednesday = format!("venue_id={venue}&from=2026-03-11&to=2026-03-12&group_by=space");
        let answer = pull(&app, &coordinator, &format!("{wednesday}&peak=true&compare=previous_period")).await.expect(200);
        let compared = &answer["compared"];
        assert_eq!((&compared["compare"], &compared["from"]), (&json!("previous_period"), &json!("2026-03-10T00:00:00+01:00")));
        let row = &answer["items"][0];
        assert_eq!((&row["booked"]["hours"], &row["compared"]["booked"]["hours"]), (&json!(2.0), &json!(4.0)));
        // 2 of 10 hours after 4 of 10; of the people one day says too much.
        assert_eq!((&row["change"]["planned_frequency"], &row["change"]["occupancy"]), (&json!(-20.0), &json!(null)));
        let max = &row["peak"]["actual"]["max"];
        assert_eq!((&max["date"], &max["hour"], &max["figure"]["rate"]), (&json!("2026-03-11"), &json!(9), &json!(1.0)));
        assert_eq!(answer["totals"]["peak"]["planned"]["max"]["figure"]["rate"], json!(0.333333));
        assert_eq!(answer["items"][1]["peak"]["planned"]["p95"]["figure"]["rate"], json!(0.0));
        let csv = pull(&app, &coordinator, &format!("{wednesday}&peak=true&compare=year_before&format=csv")).await;
        let header = csv.text.lines().next().unwrap();
        assert!(header.ends_with("no_show_rate_points,occupancy_points,utilisation_points"), "{header}");
        assert!(header.contains(",planned_peak,planned_peak_hour,"), "{header}");
        let columns = |line: &str| line.split(',').count();
        // The room's name has a comma of its own.
        assert_eq!(columns(csv.text.lines().nth(2).unwrap()), columns(header), "{}", csv.text);

        let part = format!("venue_id={venue}&from=2026-03-11T09:00&to=2026-03-12&compare=year_before");
        let body = pull(&app, &coordinator, &part).await.refused(422, "invalid");
        assert_eq!(body["errors"][0]["code"], "whole_days_needed");

        let week = format!("/statistics/heatmap?venue_id={venue}&from=2026-03-09&to=2026-03-16");
        let heatmap = app.get(&week).by(&coordinator).await.expect(200);
        let cells = heatmap["items"].as_array().unwrap();
        assert_eq!(cells.len(), 168);
        // Tuesday at nine, and Monday at one in the night.
        let (open, closed) = (&cells[24 + 9], &cells[1]);
        assert_eq!((&open["weekday"], &open["hour"]), (&json!(2), &json!(9)));
        assert_eq!((&open["available"]["hours"], &open["planned_frequency"]["rate"]), (&json!(3.0), &json!(0.333333)));
        assert_eq!((&closed["available"]["hours"], &closed["actual_frequency"]["rate"]), (&json!(0.0), &json!(null)));
        let csv = app.get(&format!("{week}&format=csv")).by(&coordinator).await;
        assert!(csv.header("content-disposition").contains("heatmap-layer-2026-03-09-to-2026-03-16.csv"));
        assert_eq!(csv.text.lines().nth(1 + 24 + 9), Some("2,9,false,3,50,1,10,1,10,0.333333,0.333333"));
    }
}
