//! The yearly report: what a browser makes of it, that its numbers are the API's, and that what is hidden stays hidden.

use std::collections::BTreeSet;

use aws_lc_rs::digest;
use base64::{Engine, engine::general_purpose::STANDARD};
use prostor::report::command::{self, Order};
use scraper::{ElementRef, Html, Selector};
use serde_json::{Value, json};

use crate::support::{House, Person, Reply, TestApp, both, id, meeting, with};

const ODD: &str = "Atelje <b>1</b> & \"pol\"";

fn all<'a>(of: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    of.select(&Selector::parse(selector).unwrap()).collect()
}

fn text(of: ElementRef<'_>) -> String {
    of.text().collect::<String>().trim().to_owned()
}

/// Five people meet in each of two houses, one of them runs a workshop in the second; one room stays empty.
async fn march(house: &House<'_>, nursery: &House<'_>) {
    let (room, greenhouse) = (house.room(ODD).await, nursery.room("Rastlinjak").await);
    house.room("Prazna soba").await;
    for (day, name) in (9..).zip(["ana", "borut", "cene", "darja", "eva"]) {
        let person = house.member(name);
        let (from, to) = (format!("2026-03-{day:02}T10:00"), format!("2026-03-{day:02}T12:00"));
        house.reserves(&person, with(meeting(&room, &from, &to), json!({"attendees": 3}))).await.expect(201);
        nursery.has(&person, &greenhouse, &from, &to).await;
        if name == "ana" {
            let workshop = meeting(&greenhouse, "2026-03-20T10:00", "2026-03-20T13:00");
            nursery.reserves(&person, with(workshop, json!({"purpose": "workshop"}))).await.expect(201);
        }
    }
}

/// A file that a browser reads as it was meant, that runs nothing, loads nothing and leads nowhere but into itself.
fn is_self_contained(reply: &Reply, language: &str) -> Html {
    let page = Html::parse_document(&reply.text);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    let root = page.root_element();
    assert_eq!(root.attr("lang"), Some(language));
    for elsewhere in ["http:", "https:", "//", "javascript:", "data:", "url(", "@import"] {
        assert!(!reply.text.contains(elsewhere), "{elsewhere}");
    }
    assert!(all(root, "script, link, img, iframe, object, embed, form, base, [src], [style]").is_empty());
    let mut ids = BTreeSet::new();
    for element in all(root, "*") {
        for (name, value) in element.value().attrs() {
            assert!(!name.starts_with("on"), "{name}={value}");
            assert!(name != "id" || ids.insert(value.to_owned()), "{value} stands twice");
        }
    }
    for link in all(root, "a") {
        let leads = link.attr("href").and_then(|href| href.strip_prefix('#')).unwrap();
        assert!(ids.contains(leads), "{leads} is nowhere");
    }
    let charts = all(root, "svg");
    assert!(charts.len() >= 3, "{} charts", charts.len());
    for chart in charts {
        assert_eq!(chart.attr("role"), Some("img"));
        let told = chart.attr("aria-labelledby").unwrap().split(' ');
        for id in told {
            let words = all(chart, &format!("[id='{id}']"));
            assert!(!text(words[0]).is_empty(), "{id}");
        }
    }
    let style: String = all(root, "style")[0].text().collect();
    let hash = STANDARD.encode(digest::digest(&digest::SHA256, style.as_bytes()));
    assert!(reply.header("content-security-policy").contains(&format!("style-src 'sha256-{hash}'")));
    assert!(reply.header("content-security-policy").starts_with("default-src 'none'"));
    page
}

/// The numbers of a section's table, row by row; `null` for what is hidden, nothing for what is only text.
fn numbers(page: &Html, section: &str, table: usize) -> Vec<Vec<Value>> {
    let section = all(page.root_element(), &format!("section[aria-labelledby='{section}']"))[0];
    // Not those that belong to a chart.
    let tables = all(section, "section > div.table > table");
    let number = |cell: ElementRef<'_>| match (all(cell, "data").first(), all(cell, "em.hidden").first()) {
        (Some(data), _) => Some(json!(data.attr("value").unwrap().parse::<f64>().unwrap())),
        (None, Some(_)) => Some(Value::Null),
        (None, None) => None,
    };
    let row = |row: ElementRef<'_>| all(row, "td").into_iter().filter_map(number).collect();
    all(tables[table], "tbody tr").into_iter().map(row).collect()
}

/// What the API says of it, as a table of the report has it: `/rate` hidden where it is suppressed, left out where there is none.
fn expected(rows: &[&Value], pointers: &[&str]) -> Vec<Vec<Value>> {
    let cell = |row: &Value, pointer: &&str| {
        let value = row.pointer(pointer).cloned().unwrap_or(Value::Null);
        let around = pointer.rsplit_once('/').map_or("", |(around, _)| around);
        let hidden = row.pointer(around).is_some_and(|figure| figure["suppressed"] == true);
        (hidden || !value.is_null()).then(|| value.as_f64().map_or(Value::Null, |value| json!(value)))
    };
    rows.iter().map(|row| pointers.iter().filter_map(|pointer| cell(row, pointer)).collect()).collect()
}

const TIMES: [&str; 8] = [
    "/available/hours",
    "/booked/hours",
    "/used/hours",
    "/planned_frequency/rate",
    "/actual_frequency/rate",
    "/compared/planned_frequency/rate",
    "/occupancy/rate",
    "/utilisation/rate",
];

async fn get(house: &House<'_>, by: &Person, path: &str) -> Reply {
    house.get(path).by(&by.renewed(house)).await
}

fn sorted(mut rows: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    rows.sort_by_key(|row| format!("{row:?}"));
    rows
}

/// Every number of the file, and every one that is hidden, whatever the order.
fn all_numbers(page: &Html) -> Vec<String> {
    let cells = all(page.root_element(), "td data, td em.hidden").into_iter();
    let mut found: Vec<String> =
        cells.map(|cell| cell.attr("value").unwrap_or("hidden").to_owned()).collect();
    found.sort_unstable();
    found
}

/// For its staff, whole and with nothing of another venue's.
async fn a_venue_has_its_own(house: &House<'_>, nursery: &House<'_>, katja: &Person) {
    let report = |house: &House<'_>| format!("/statistics/report?venue_id={}&language=en", house.venue);
    let own = get(nursery, &nursery.desk(), &report(nursery)).await;
    assert_eq!(own.header("content-disposition"), "attachment; filename=\"report-vrtnarija-2026-en.html\"");
    let page = is_self_contained(&own, "en");
    let headings: Vec<String> = all(page.root_element(), "h1, section h2").into_iter().map(text).collect();
    assert_eq!(
        headings[..4],
        ["Yearly report 2026: vrtnarija", "Summary", "The year by month and hour", "Spaces"]
    );
    for (said, stands) in [
        ("1\u{a0}‡", true),
        ("hidden</em>", false),
        (ODD, false),
        ("Prazna soba", false),
        ("Rastlinjak", true),
    ] {
        assert_eq!(own.text.contains(said), stands, "{said}");
    }
    get(house, &house.desk(), &report(nursery)).await.refused(403, "forbidden");
    get(house, katja, &report(nursery)).await.refused(403, "forbidden");
    let network = format!("/statistics/report?network_id={}", house.network);
    get(house, &house.desk(), &network).await.expect(200);
}

async fn its_numbers_are_the_apis(house: &House<'_>, katja: &Person, page: &Html) {
    let query = format!("network_id={}&from=2026-01-01&to=2027-01-01", house.network);
    let answer = |path: String| async move { get(house, katja, &path).await.expect(200) };
    fn lines(answer: &Value) -> Vec<&Value> {
        answer["items"].as_array().unwrap().iter().chain([&answer["totals"]]).collect()
    }
    let months = answer(format!("/statistics/utilisation?{query}&group_by=month&compare=year_before")).await;
    assert_eq!(numbers(page, "months", 0), expected(&lines(&months), &TIMES));
    assert_eq!(months["totals"]["booked"]["hours"], 23.0);
    let venues = answer(format!("/statistics/utilisation?{query}&group_by=venue&compare=year_before")).await;
    let mut of_venues = vec!["/spaces", "/seats"];
    of_venues.extend(TIMES);
    assert_eq!(numbers(page, "venues", 0), expected(&lines(&venues), &of_venues));
    // The empty room is there, with 0.
    let spaces = numbers(page, "venue-1", 1);
    assert!(spaces.iter().any(|row| row[3] == 0.0), "{spaces:?}");
    let first = [&venues["items"][0]];
    let rates = numbers(page, "venue-1", 0);
    for (row, figure) in
        ["planned_frequency", "actual_frequency", "utilisation", "occupancy", "coverage"].iter().enumerate()
    {
        let pointers = ["rate", "numerator", "denominator"].map(|part| format!("/{figure}/{part}"));
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        assert_eq!(rates[row][..3], expected(&first, &pointers)[0], "{figure}");
    }
    let demand = answer(format!("/statistics/demand?{query}&group_by=month")).await;
    let rows: Vec<&Value> = demand["items"].as_array().unwrap().iter().collect();
    assert_eq!(
        numbers(page, "demand", 1),
        expected(
            &rows,
            &[
                "/turn_aways/value",
                "/lead_time/median/value",
                "/approval_time/median/value",
                "/cancellations/rate",
                "/late_cancellations/rate",
                "/no_shows/rate",
                "/released/hours",
                "/rebooked/hours",
            ]
        )
    );
    for (table, dimension) in ["people", "money", "purpose", "audience"].into_iter().enumerate() {
        let path =
            format!("/statistics/published?network_id={}&dimension={dimension}&period=2026", house.network);
        let published = answer(path).await;
        let figures: &[&str] = match dimension {
            "people" => &["reservations", "people", "organisations", "supported_enterprises", "visits"],
            "money" => &["charged", "in_kind_value"],
            _ => &["reservations", "booked_hours", "people", "organisations"],
        };
        let pointers: Vec<String> = figures.iter().map(|figure| format!("/figures/{figure}/value")).collect();
        let pointers: Vec<&str> = pointers.iter().map(String::as_str).collect();
        let mut rows = lines(&published);
        // Visitors without a reservation have nothing here.
        let of_visitors =
            |row: &Value| matches!(dimension, "purpose" | "audience") && row["category"] == "none";
        rows.retain(|row| !row.is_null() && !of_visitors(row));
        // Rows stand by their words, and not by their codes.
        assert_eq!(sorted(numbers(page, "people", table)), sorted(expected(&rows, &pointers)), "{dimension}");
    }
}

both! {
    async fn a_year_is_one_file_that_holds_what_a_coordinator_may_see(app: TestApp) {
        let house = House::new(&app).await;
        let nursery = house.another_venue("vrtnarija").await;
        march(&house, &nursery).await;
        let katja = house.coordinator("katja", &house.network);
        app.keep_signed_in();
        let report = format!("/statistics/report?network_id={}", house.network);

        house.at("2026-04-20T10:00:00Z");
        app.run_jobs();
        let running = get(&house, &katja, &format!("{report}&language=en")).await;
        assert_eq!(running.header("content-disposition"), "attachment; filename=\"report-gorenjska-2026-provisional-en.html\"");
        is_self_contained(&running, "en");
        for said in ["Provisional report: the year 2026 is not closed yet.", "to 31\u{a0}Mar\u{a0}2026", "closed on 15\u{a0}Jan\u{a0}2027", "This chapter is still empty, as the year 2026 is not over"] {
            assert!(running.text.contains(said), "{said}");
        }
        for year in ["2027", "1999", "9999999999"] {
            get(&house, &katja, &format!("{report}&year={year}")).await.refused(422, "invalid");
        }

        house.at("2027-01-20T10:00:00Z");
        app.run_jobs();
        let english = get(&house, &katja, &format!("{report}&language=en")).await;
        let page = is_self_contained(&english, "en");
        its_numbers_are_the_apis(&house, &katja, &page).await;
        let slovenian = get(&house, &katja, &format!("{report}&language=sl&year=2026")).await;
        let of_english = all_numbers(&page);
        let page = is_self_contained(&slovenian, "sl");
        assert_eq!(all_numbers(&page), of_english);
        let headings: Vec<String> = all(page.root_element(), "h1, section h2").into_iter().map(text).collect();
        assert_eq!(headings[1..4], ["Povzetek", "Leto po mesecih in urah", "Centri drug ob drugem"]);
        let rooms: Vec<String> = all(page.root_element(), "tbody th").into_iter().map(text).collect();
        assert!(rooms.contains(&ODD.to_owned()), "{rooms:?}");
        assert!(slovenian.text.contains("prikrito") && english.text.contains("hidden"));
        assert!(slovenian.text.contains("1 prostor ni bil rezerviran niti enkrat"));

        a_venue_has_its_own(&house, &nursery, &katja).await;

        // The operator's is the same file.
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.html");
        let order = |network: Option<&str>, language: &str| Order {
            network: network.map(str::to_owned), venue: None, year: None, language: language.to_owned(), output: Some(file.clone()),
        };
        let told = command::run(&app.app, &order(Some("gorenjska"), "sl")).unwrap();
        assert_eq!(told, format!("Wrote {}: Gorenjska in 2026.\n", file.display()));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), slovenian.text);
        assert_eq!(command::run(&app.app, &order(None, "de")).unwrap_err(), "--language: is sl or en");
        assert_eq!(command::run(&app.app, &order(Some("x"), "en")).unwrap_err(), "--network: there is no network `x`");
    }

    /// Nothing in each of its months, as of a network whose rooms are empty.
    async fn a_network_without_a_venue_has_a_report(app: TestApp) {
        let root = app.administrator("root");
        let new = json!({"name": "Prazna", "slug": "prazna", "country": "SI", "time_zone": "Europe/Ljubljana"});
        let network = id(&app.post("/networks", new).by(&root).await.expect(201));
        let get = |path: &str, more: &str| app.get(&format!("/statistics/{path}?network_id={network}{more}")).by(&root);
        for path in ["utilisation", "demand"] {
            let answer = get(path, "&from=2026-01-15&to=2026-04-01&group_by=month").await.expect(200);
            let months: Vec<&Value> = answer["items"].as_array().unwrap().iter().map(|row| &row["group"]["month"]).collect();
            assert_eq!(months, ["2026-01", "2026-02", "2026-03"], "{path}");
            assert_eq!(answer["items"][2]["provisional"], true, "{path}");
            let nowhere = get(path, "&from=2026-01-15&to=2026-04-01&group_by=venue,month").await.expect(200);
            assert_eq!(nowhere["items"], json!([]), "{path}");
        }
        let report = get("report", "&language=en").await;
        assert!(report.text.contains("covers 0 venues"), "{}", report.text);
    }
}
