//! Figures about people over HTTP: what a manager sees of their own venue, what others are told, and that erasure and
//! time change nothing of it.

use serde_json::{Value, json};

use crate::support::{House, Person, Reply, TestApp, both, id, meeting, version, with};

/// 15 euros an hour, 5 for members, free for creative organisations.
fn tariff() -> Value {
    let vat = json!({"code": "standard"});
    let rate = |audience: &str, pricing: Value| json!({"audience": audience, "pricing": pricing, "vat": vat});
    let hourly = |price: u32| json!({"per_started": {"minutes": 60, "price": price}});
    json!({
        "prices_include_vat": true,
        "rates": [rate("public", hourly(1500)), rate("member", hourly(500)), rate("cci", json!("free"))],
        "extras": [],
    })
}

async fn priced_room(house: &House<'_>, name: &str) -> String {
    let room = house.room(name).await;
    let path = format!("/spaces/{room}/tariff");
    let version = version(&house.get(&path).await.expect(200));
    house.put(&path, version, tariff()).by(&house.desk()).await.expect(200);
    room
}

/// A sole trader of Bled, confirmed as creative, of ana's.
async fn trader(house: &House<'_>, ana: &Person) -> String {
    let new = json!({"name": "Ana, s. p.", "legal_form": "sole_entrepreneur", "size": "micro", "municipality": "Bled",
        "sector": {"scheme": "nace", "version": "2.1", "code": "90.39"}, "register_number": "7777779"});
    let organisation = id(&house.post("/organisations", new).by(ana).await.expect(201));
    let path = format!("/organisations/{organisation}/confirm");
    let katja = house.coordinator("katja", &house.network);
    house.post(&path, json!({"confirmed": true})).by(&katja).await.expect(200);
    organisation
}

const MARCH: &str = "from=2026-03-01&to=2026-04-01";

async fn pull(house: &House<'_>, query: &str) -> Reply {
    let path = format!("/statistics/users?venue_id={}&{query}", house.venue);
    house.get(&path).by(&house.desk()).await
}

/// The rows of a table that have reservations: the group's values, reservations, people, organisations.
fn rows(table: &Value) -> Vec<Value> {
    let items = table["items"].as_array().unwrap().iter();
    let words = |row: &Value| row["group"].as_object().unwrap().values().cloned().collect::<Vec<_>>();
    let used = items.filter(|row| row["reservations"] != 0);
    used.map(|row| {
        json!([words(row), row["reservations"], row["people"]["all"], row["organisations"]["all"]])
    })
    .collect()
}

/// Ana for her enterprise twice, free, with three more; Borut once, at the full price; walk-ins; what was given up. It is
/// the 20th.
async fn march(house: &House<'_>) -> [Person; 2] {
    let room = priced_room(house, "Atelje").await;
    let (ana, borut) = (house.member("ana"), house.member("borut"));
    let organisation = trader(house, &ana).await;
    let by_ana = json!({"organisation_id": organisation, "attendees": 4, "purpose": "workshop"});
    for (from, to) in [("2026-03-03T10:00", "2026-03-03T12:00"), ("2026-03-10T10:00", "2026-03-10T11:00")] {
        house.reserves(&ana, with(meeting(&room, from, to), by_ana.clone())).await.expect(201);
    }
    house.has(&borut, &room, "2026-03-04T10:00", "2026-03-04T12:00").await;
    let given_up = house.has(&ana, &room, "2026-03-05T10:00", "2026-03-05T11:00").await;
    house.does(&ana, &id(&given_up), "cancel").await.expect(200);
    house.at("2026-03-20T10:00:00Z");
    house.run_jobs();
    let walk_ins = json!({"date": "2026-03-07", "walk_ins": 3, "event_visitors": 40});
    let path = format!("/spaces/{room}/attendance");
    house.put(&path, 0, walk_ins).by(&house.desk()).await.expect(200);
    [ana, borut]
}

both! {
    async fn a_manager_sees_who_came(app: TestApp) {
        let house = House::new(&app).await;
        march(&house).await;
        let totals = pull(&house, MARCH).await.expect(200)["totals"].clone();
        let wanted = json!({
            "group": {}, "provisional": true, "reservations": 3, "booked_hours": 5.0, "used_hours": 5.0,
            "person_hours": 12.0,
            "person_hours_coverage": {"numerator": 3.0, "denominator": 5.0, "rate": 0.6, "unit": "hours/hours", "suppressed": false},
            "visits": 8,
            "visits_coverage": {"numerator": 2.0, "denominator": 3.0, "rate": 0.666667, "unit": "reservations/reservations", "suppressed": false},
            "declared": {"numerator": 8.0, "denominator": 8.0, "rate": 1.0, "unit": "people/people", "suppressed": false},
            "visitors": 43, "attended": 43,
            "people": {"all": 2, "new": 2, "returning": 0}, "organisations": {"all": 1, "new": 1, "returning": 0},
            "supported_enterprises": 1, "supported_without_number": 0,
            "money": [{"currency": "EUR", "charged": 3000, "in_kind_value": 4500}],
            "in_kind_coverage": {"numerator": 3.0, "denominator": 3.0, "rate": 1.0, "unit": "reservations/reservations", "suppressed": false},
        });
        assert_eq!(totals, wanted);
        let used = format!("/statistics/utilisation?venue_id={}&{MARCH}", house.venue);
        let used = house.get(&used).by(&house.desk()).await.expect(200);
        assert_eq!(used["totals"]["booked"]["hours"], totals["booked_hours"]);
        for (group_by, wanted) in [
            ("sector,organisation_municipality", json!([[["Bled", "nace 2.1 90.39"], 2, 1, 1], [["none", "none"], 1, 1, 0]])),
            ("organisation_kind,size", json!([[["sole_entrepreneur", "micro"], 2, 1, 1], [["none", "none"], 1, 1, 0]])),
            ("audience", json!([[["cci"], 2, 1, 1], [["public"], 1, 1, 0]])),
            ("purpose", json!([[["meeting"], 1, 1, 0], [["workshop"], 2, 1, 1]])),
            ("week", json!([[["2026-W10"], 2, 2, 1], [["2026-W11"], 1, 1, 1]])),
        ] {
            let table = pull(&house, &format!("{MARCH}&group_by={group_by}")).await.expect(200);
            assert_eq!(json!(rows(&table)), wanted, "{group_by}");
        }
    }

    async fn erasure_changes_no_figure(app: TestApp) {
        let house = House::new(&app).await;
        let people = march(&house).await;
        let groupings = ["", "venue,month", "sector,organisation_municipality", "organisation_kind,size", "audience", "purpose",
            "layout", "space,week", "day,kind", "weekday,quarter,year", "venue_municipality,purpose,audience"];
        let pulled = async || {
            let mut tables = Vec::new();
            for group_by in groupings {
                tables.push(pull(&house, &format!("{MARCH}&group_by={group_by}")).await.expect(200));
            }
            tables
        };
        let before = pulled().await;
        for person in people.map(|person| person.renewed(&app)) {
            let me = house.get("/me").by(&person).await.expect(200);
            house.delete("/me", version(&me)).by(&person).await.expect(204);
        }
        assert_eq!(before[0]["totals"]["supported_enterprises"], 1);
        assert_eq!(pulled().await, before);
        house.is_sound();
    }

    async fn who_came_once_returns_to_every_house_of_the_network(app: TestApp) {
        let house = House::new(&app).await;
        let nursery = house.another_venue("vrtnarija").await;
        let (room, greenhouse) = (priced_room(&house, "=Atelje").await, nursery.room("Rastlinjak").await);
        let (ana, eva, borut) = (app.member("ana"), app.member("eva"), app.member("borut"));
        let organisation = trader(&house, &ana).await;
        let for_it = |space: &str, from: &str, to: &str| {
            with(meeting(space, from, to), json!({"organisation_id": organisation}))
        };
        house.reserves(&ana, for_it(&greenhouse, "2026-03-03T10:00", "2026-03-03T12:00")).await.expect(201);
        house.reserves(&ana, for_it(&room, "2026-04-01T10:00", "2026-04-01T12:00")).await.expect(201);
        house.has(&eva, &room, "2026-04-30T19:00", "2026-04-30T20:00").await;
        house.has(&eva, &room, "2026-05-04T10:00", "2026-05-04T11:00").await;
        // Given up, it is no first one.
        let given_up = house.has(&borut, &room, "2026-03-05T10:00", "2026-03-05T11:00").await;
        house.does(&borut, &id(&given_up), "cancel").await.expect(200);
        house.has(&borut, &room, "2026-05-05T10:00", "2026-05-05T11:00").await;
        let figures = |row: &Value| json!([row["group"]["month"], row["people"]["new"], row["people"]["returning"], row["organisations"]["returning"]]);
        let spring = "from=2026-03-01&to=2026-06-01";
        let table = pull(&house, &format!("{spring}&group_by=month,space")).await.expect(200);
        let found: Vec<Value> = table["items"].as_array().unwrap().iter().map(figures).collect();
        assert_eq!(json!(found), json!([["2026-03", 0, 0, 0], ["2026-04", 1, 1, 1], ["2026-05", 1, 1, 0]]));
        assert_eq!(table["totals"]["people"], json!({"all": 3, "new": 3, "returning": 0}));
        let april = pull(&house, "from=2026-04-01&to=2026-05-01").await.expect(200);
        assert_eq!(april["totals"]["people"], json!({"all": 2, "new": 1, "returning": 1}));
        assert_eq!(april["totals"]["in_kind_coverage"]["rate"], json!(1.0));

        let csv = pull(&house, "from=2026-04-01&to=2026-05-01&group_by=month,space&format=csv").await;
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8; header=present");
        let name = "attachment; filename=\"users-layer-2026-04-01-to-2026-05-01.csv\"";
        assert_eq!(csv.header("content-disposition"), name);
        let wanted = format!("month,space_id,space,provisional,reservations,booked_hours,used_hours,person_hours,person_hours_coverage,\
            visits,visits_coverage,declared,visitors,attended,people,new_people,returning_people,\
            organisations,new_organisations,returning_organisations,supported_enterprises,supported_without_number,in_kind_coverage,\
            charged_EUR,in_kind_value_EUR\r\n\
            2026-04,{room},'=Atelje,true,2,3,0,0,,0,,,0,0,2,1,1,1,0,1,1,0,1,1500,3000\r\n");
        assert_eq!(csv.text, wanted);
    }

    async fn people_are_published_and_not_pulled(app: TestApp) {
        let house = House::new(&app).await;
        let other = house.another_venue("vrtnarija").await;
        let katja = app.coordinator("katja", &house.network);
        for person in [&katja, &house.root, &other.manager] {
            for scope in [format!("network_id={}", house.network), format!("venue_id={}", house.venue)] {
                for query in [MARCH.to_owned(), format!("{MARCH}&group_by=sector,month&format=csv")] {
                    let path = format!("/statistics/users?{scope}&{query}");
                    house.get(&path).by(person).await.refused(422, "grouping_not_published");
                }
            }
        }
        // Words for who reads it, the codes beside for programs.
        let book = pull(&house, &format!("{MARCH}&group_by=purpose&format=xlsx")).await;
        let book = crate::statistics::read_by_python(&book.body);
        let (figures, chart) = (book["sheets"][0]["rows"].as_array().unwrap(), &book["sheets"][1]);
        assert_eq!(chart["charts"], json!([{"kind": "BarChart", "series": 2}]));
        let first = figures[1].as_array().unwrap();
        assert_eq!((&first[0], first.last().unwrap()), (&json!("sestanek"), &json!("meeting")));
        for (query, pointer, code) in [
            (format!("{MARCH}&group_by=hour"), "?group_by", "unknown_value"),
            (format!("{MARCH}&group_by=sector,sector"), "?group_by", "duplicate_field"),
            (format!("{MARCH}&space_id={}", house.venue), "?space_id", "wrong_identifier"),
            (format!("{MARCH}&network_id={}", house.network), "?network_id", "exactly_one_scope"),
            (format!("{MARCH}&format=ods"), "?format", "unknown_value"),
            ("from=2026-03-01&to=2036-02-01&group_by=day,purpose".to_owned(), "?group_by", "too_many_rows"),
        ] {
            let error = pull(&house, &query).await.refused(422, "invalid")["errors"][0].clone();
            assert_eq!((&error["pointer"], &error["code"]), (&json!(pointer), &json!(code)), "{query}");
        }
    }
}
