//! What people wanted in vain, how long things took and what was given up: recorded beside the answers, shown carefully.

use diesel::prelude::*;
use prostor::store::schema::{demand_keys, turn_aways};
use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, id, version, with};

const MARCH: &str = "from=2026-03-01&to=2026-04-01";

async fn demand(app: &TestApp, by: &Person, query: &str) -> Value {
    app.get(&format!("/statistics/demand?{query}")).by(by).await.expect(200)
}

/// Five people are refused a slot that Ana has, some of them twice; Bor's own is given up.
async fn march(app: &TestApp, house: &House<'_>, room: &str) -> [Person; 2] {
    let ana = app.member("ana");
    let others = ["bor", "cene", "dana", "eva", "filip"].map(|name| app.member(name));
    let (from, to) = ("2026-03-10T10:00", "2026-03-10T11:00");
    house.has(&ana, room, from, to).await;
    for person in &others {
        house.asks(person, room, from, to).await.refused(409, "slot_taken");
        house.asks(person, room, from, to).await.refused(409, "slot_taken");
        // Whatever for, on one day each counts once.
        let (from, to) = ("2026-01-10T10:00", "2026-01-10T11:00");
        house.asks(person, room, from, to).await.refused(422, "policy_refused");
    }
    let given_up = house.has(&others[0], room, "2026-03-12T10:00", "2026-03-12T11:00").await;
    house.does(&others[0], &id(&given_up), "cancel").await.expect(200);
    let [bor, ..] = others;
    [ana, bor]
}

/// Erasing who reserved, gave up, was refused and searched leaves every figure of demand as it is, whoever reads it.
async fn erasure_changes_nothing(house: &House<'_>, people: [Person; 2], coordinator: &Person) {
    let (venue, network) = (format!("venue_id={}", house.venue), format!("network_id={}", house.network));
    let told = async || {
        let mut told = Vec::new();
        for (by, of, group) in [
            (&house.desk(), &venue, "space,day"),
            (&house.desk(), &venue, ""),
            (coordinator, &network, "month"),
            (coordinator, &network, "venue,month"),
        ] {
            let answer = demand(house, by, &format!("{of}&{MARCH}&group_by={group}")).await;
            told.push(with(answer, json!({"as_of": null})));
        }
        told
    };
    let before = told().await;
    assert_eq!(before[1]["totals"]["cancellations"]["numerator"], 1.0);
    for person in people {
        let person = person.renewed(house);
        let me = house.get("/me").by(&person).await.expect(200);
        house.delete("/me", version(&me)).by(&person).await.expect(204);
    }
    house.run_jobs();
    assert_eq!(told().await, before);
}

both! {
    async fn who_is_turned_away_counts_once_a_day_and_nobody_is_named(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Sejna").await;
        let people = march(&app, &house, &room).await;
        app.keep_signed_in();
        app.run_jobs();
        let rows: i64 = turn_aways::table.count().get_result(&mut *app.connection()).unwrap();
        assert_eq!(rows, 5);

        let query = format!("venue_id={}&{MARCH}&group_by=month,space", house.venue);
        let answer = demand(&app, &house.manager, &query).await;
        let row = &answer["items"][0];
        let reasons = json!([{"reason": "slot_taken", "value": 5}]);
        assert_eq!(row["turn_aways"], json!({"value": 5, "suppressed": false, "reasons": reasons}));
        // From Monday the 2nd at 8 to the 10th at 10.
        assert_eq!(row["lead_time"]["median"], json!({"value": 194.0, "unit": "hours", "of": 1, "suppressed": false}));
        assert_eq!(row["approval_time"]["p90"]["value"], json!(null));
        assert_eq!((&row["cancellations"]["numerator"], &row["cancellations"]["rate"]), (&json!(1.0), &json!(0.5)));
        assert_eq!((&row["late_cancellations"]["rate"], &row["venue_cancellations"]["rate"]), (&json!(0.0), &json!(0.0)));
        let csv = app.get(&format!("/statistics/demand?{query}&format=csv")).by(&house.manager).await;
        let lines: Vec<_> = csv.text.lines().collect();
        assert!(lines[0].ends_with(",turn_aways,turn_aways_slot_taken") && lines[1].ends_with(",5,5"), "{}", csv.text);
        let hours = format!("/statistics/demand?venue_id={}&{MARCH}&group_by=hour", house.venue);
        app.get(&hours).by(&house.manager).await.refused(422, "invalid");

        // Who sees no rows waits until the month is closed, and reads nothing of fewer than five.
        let network = format!("network_id={}&{MARCH}&group_by=month", house.network);
        let coordinator = app.coordinator("zala", &house.network);
        let early = demand(&app, &coordinator, &network).await;
        assert_eq!(early["items"][0]["turn_aways"], json!({"value": null, "suppressed": true, "reasons": null}));
        assert_eq!(early["items"][0]["released"]["hours"], json!(0.0));
        house.at("2026-04-15T10:00:00Z");
        app.run_jobs();
        let coordinator = app.coordinator("vid", &house.network);
        let closed = demand(&app, &coordinator, &network).await;
        let row = &closed["items"][0];
        assert_eq!((&row["turn_aways"]["value"], &row["turn_aways"]["reasons"]), (&json!(5), &reasons));
        assert_eq!((&row["lead_time"]["median"]["value"], &row["cancellations"]["suppressed"]), (&json!(null), &json!(true)));
        let by_space = demand(&app, &coordinator, &network.replace("month", "space")).await;
        assert_eq!(by_space["items"][0]["turn_aways"]["suppressed"], json!(true));
        // Nobody can tell any more who it was.
        let keys: i64 = demand_keys::table.count().get_result(&mut *app.connection()).unwrap();
        assert_eq!(keys, 0);
        erasure_changes_nothing(&house, people, &coordinator).await;
    }
}

/// Six people meet in March and in April. In March Ana alone gives up another meeting; in April the five others do, and she
/// too late.
async fn some_give_up(app: &TestApp, house: &House<'_>) {
    let room = house.room("Sejna").await;
    house.rules(&format!("/spaces/{room}"), json!({"cancellation_notice_minutes": 1440})).await;
    let people = ["ana", "bor", "cene", "dana", "eva", "filip"].map(|name| app.member(name));
    app.keep_signed_in();
    let has = async |person: &Person, day: &str| {
        let (from, to) = (format!("2026-{day}T10:00"), format!("2026-{day}T11:00"));
        id(&house.has(person, &room, &from, &to).await)
    };
    for (at, person) in people.iter().enumerate() {
        for month in ["03", "04"] {
            has(person, &format!("{month}-{:02}", at + 9)).await;
        }
        let given_up =
            has(person, &if at == 0 { "03-20".to_owned() } else { format!("04-{}", at + 19) }).await;
        house.does(person, &given_up, "cancel").await.expect(200);
    }
    let late = has(&people[0], "04-28").await;
    house.at("2026-04-27T10:00:00Z");
    house.does(&people[0].renewed(app), &late, "cancel").await.expect(200);
}

/// Every number in it, however deep.
fn numbers(of: &Value) -> Vec<f64> {
    match of {
        Value::Array(all) => all.iter().flat_map(numbers).collect(),
        Value::Object(all) => all.values().flat_map(numbers).collect(),
        number => number.as_f64().into_iter().collect(),
    }
}

/// Each line by the names of its columns.
fn lines(csv: &str) -> Vec<Value> {
    let mut lines = csv.lines().map(|line| line.split(','));
    let names: Vec<&str> = lines.next().unwrap().collect();
    lines.map(|line| names.iter().copied().zip(line).collect()).collect()
}

both! {
    /// How many stand is public, so what was given up would follow from how many stood, wherever that is told.
    async fn what_one_person_gave_up_can_not_be_subtracted(app: TestApp) {
        let house = House::new(&app).await;
        some_give_up(&app, &house).await;
        house.at("2026-05-20T10:00:00Z");
        app.run_jobs();
        let coordinator = app.coordinator("zala", &house.network);
        let network = format!("network_id={}&from=2026-03-01&to=2026-05-01", house.network);
        let shown = |part, of, rate| json!({"numerator": part, "denominator": of, "rate": rate, "unit": "reservations/reservations", "suppressed": false});
        let hidden = json!({"numerator": null, "denominator": null, "rate": null, "unit": "reservations/reservations", "suppressed": true});
        for group in ["month", "venue,month"] {
            let answer = demand(&app, &coordinator, &format!("{network}&group_by={group}")).await;
            let (march, april) = (&answer["items"][0], &answer["items"][1]);
            for figure in ["cancellations", "late_cancellations", "venue_cancellations"] {
                assert_eq!(march[figure], hidden, "{figure} by {group}");
            }
            // What stands is told; that one more stood is not.
            assert_eq!(march["lead_time"]["median"]["of"], 6);
            assert!(!numbers(march).contains(&7.0), "{march}");
            assert_eq!(april["cancellations"], shown(6.0, 12.0, 0.5));
            assert_eq!((&april["late_cancellations"], &april["venue_cancellations"]), (&hidden, &shown(0.0, 12.0, 0.0)));
            // Both months are as hidden as one of them, and in no sum of them is more.
            assert_eq!(answer["totals"]["venue_cancellations"], hidden);
            assert!(!numbers(&answer["totals"]).contains(&19.0), "{answer}");
        }
        let published = format!("/statistics/published?network_id={}&dimension=people&period=2026-03", house.network);
        let published = app.get(&published).by(&coordinator).await.expect(200);
        assert_eq!(published["totals"]["figures"]["reservations"]["value"], 6.0);

        let csv = app.get(&format!("/statistics/demand?{network}&group_by=month&format=csv")).by(&coordinator).await;
        for (line, [all, late, venue]) in lines(&csv.text).iter().zip([[["", "true"]; 3], [["6", "false"], ["", "true"], ["0", "false"]]]) {
            for (name, [value, suppressed]) in [("cancellations", all), ("late_cancellations", late), ("venue_cancellations", venue)] {
                assert_eq!((&line[name], &line[format!("{name}_suppressed")]), (&json!(value), &json!(suppressed)), "{name}: {line}");
            }
        }
        let report = format!("/statistics/report?network_id={}&language=en", house.network);
        let report = app.get(&report).by(&coordinator).await;
        assert!(report.text.contains("Provisional report") && !report.text.contains("value=\"19\""));
    }
}

both! {
    async fn searches_in_vain_count_once_a_client_and_day(app: TestApp) {
        let house = House::new(&app).await;
        house.room("Sejna").await;
        let members = [app.member("ana"), app.member("bor"), app.member("cene")];
        let times = "from=2026-03-10&to=2026-03-11";
        let search = |what: &str| app.get(&format!("/availability?{times}&{what}"));
        search("").await.expect(200);
        for _ in 0..2 {
            for member in &members {
                search("kind=studio&municipality=Kranj").by(member).await.expect(200);
            }
            search("kind=studio&municipality=Kranj").await.expect(200);
            search(&format!("venue_id={}&capacity_min=900", house.venue)).await.expect(200);
            search("municipality=ana%40example.org&capacity_min=900").await.expect(200);
        }
        app.run_jobs();
        let searches = |answer: Value| answer["searches"].clone();
        let own = searches(demand(&app, &house.manager, &format!("venue_id={}&{MARCH}", house.venue)).await);
        let big = json!([{"of": "over_50", "value": 1}]);
        assert_eq!((&own["value"], &own["capacities"]), (&json!(1), &big));
        house.at("2026-04-15T10:00:00Z");
        let coordinator = app.coordinator("zala", &house.network);
        let all = searches(demand(&app, &coordinator, &format!("network_id={}&{MARCH}", house.network)).await);
        // Six in all, five without those that the venue's staff know; of its parts none is of five.
        assert_eq!(all, json!({"value": 6, "suppressed": false, "kinds": null, "municipalities": null, "capacities": null}));
    }
}
