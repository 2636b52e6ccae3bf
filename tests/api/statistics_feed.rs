//! Figures taken apart: each one explained by what it was made from, and the feed of rows for a venue's own analytics.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{House, Person, TestApp, both, id, version};

const DAY: i64 = 86_400;
const FIGURES: [&str; 7] = ["available", "booked", "used", "released", "rebooked", "out_of_hours", "known"];

/// All pieces of a figure, page by page, and the last page.
async fn pieces(app: &TestApp, by: &Person, link: &str, figure: &str) -> (Vec<Value>, Value) {
    let path = format!("{}&figure={figure}&limit=2", link.strip_prefix("/api/v1").unwrap());
    let (mut pieces, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = app.get(&format!("{path}{cursor}")).by(by).await.expect(200);
        pieces.extend(page["items"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return (pieces, page),
        }
    }
}

fn sum(pieces: &[Value], member: &str) -> i64 {
    pieces.iter().map(|piece| piece["amount"][member].as_i64().unwrap()).sum()
}

fn sources(pieces: &[Value]) -> BTreeSet<(String, Option<String>)> {
    let source = |piece: &Value| {
        let text = |member: &str| piece["source"][member].as_str().map(str::to_owned);
        (text("type").unwrap(), text("id"))
    };
    pieces.iter().map(source).collect()
}

async fn feed(app: &TestApp, by: &Person, venue: &str, query: &str) -> Value {
    app.get(&format!("/venues/{venue}/statistics/rows?{query}")).by(by).await.expect(200)
}

fn ids(feed: &Value) -> Vec<&str> {
    feed["items"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

both! {
    async fn every_figure_is_the_sum_of_what_it_was_made_from(app: TestApp) {
        let house = House::new(&app).await;
        let (room, hall, ana) = (house.room("Soba").await, house.room("Škofja Loka & co").await, app.member("ana"));
        let one = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T12:30").await;
        house.has(&ana, &room, "2026-03-11T10:00", "2026-03-11T11:00").await;
        house.has(&ana, &hall, "2026-03-11T10:00", "2026-03-11T11:00").await;
        let block = json!({"starts_at": "2026-03-10T14:00", "ends_at": "2026-03-10T15:00", "reason": "Barvanje"});
        let block = app.post(&format!("/spaces/{room}/blocks"), block).by(&house.manager).await.expect(201);
        app.advance(20 * DAY);
        let (manager, range) = (house.manager.renewed(&app), "from=2026-03-09&to=2026-03-16");
        let query = format!("venue_id={}&{range}&group_by=space,day", house.venue);
        let figures = app.get(&format!("/statistics/utilisation?{query}")).by(&manager).await.expect(200);
        let mut rows = figures["items"].as_array().unwrap().clone();
        rows.push(figures["totals"].clone());
        let busy = |row: &&Value| row["booked"]["hours"] != json!(0.0);
        for row in rows.iter().filter(busy) {
            let link = row["explain"].as_str().unwrap();
            for figure in FIGURES {
                let (pieces, page) = pieces(&app, &manager, link, figure).await;
                assert_eq!(sum(&pieces, "seconds"), page["total"]["seconds"].as_i64().unwrap());
                assert_eq!(sum(&pieces, "seat_seconds"), page["total"]["seat_seconds"].as_i64().unwrap());
                if figure != "known" {
                    assert_eq!(page["total"]["hours"], row[figure]["hours"], "{figure} {row}");
                    assert_eq!(page["total"]["seat_hours"], row[figure]["seat_hours"], "{figure} {row}");
                }
                assert_eq!(page["group"], row["group"]);
            }
        }
        // A day of the room: its hours less the block, and the one reservation.
        let of_room = |row: &&Value| row["group"]["space_id"] == json!(room) && row["group"]["day"] == "2026-03-10";
        let link = rows.iter().find(of_room).unwrap()["explain"].as_str().unwrap().to_owned();
        let (available, _) = pieces(&app, &manager, &link, "available").await;
        assert_eq!(sources(&available), [("opening_hours".to_owned(), None), ("block".to_owned(), Some(id(&block)))].into());
        let (booked, _) = pieces(&app, &manager, &link, "booked").await;
        assert_eq!(sources(&booked), [("reservation".to_owned(), Some(id(&one)))].into());
        let path = booked[0]["source"]["path"].as_str().unwrap().strip_prefix("/api/v1").unwrap();
        assert_eq!(app.get(path).by(&manager).await.expect(200)["id"], one["id"]);
        // Whose reservations these are is told to them.
        app.run_jobs();
        let looks = app.get("/me/views").by(&ana.renewed(&app)).await.expect(200);
        assert_eq!(looks["items"][0]["what"], "reservations");

        let wrong = format!("{}&day=2026-13-10", link.strip_prefix("/api/v1").unwrap().split("&day").next().unwrap());
        let body = app.get(&wrong).by(&manager).await.refused(422, "invalid");
        assert_eq!((&body["errors"][0]["pointer"], &body["errors"][0]["code"]), (&json!("?space_id"), &json!("no_such_row")));
        // Who coordinates sees the figures, and not what they were made from.
        let coordinator = app.coordinator("coordinator", &house.network);
        let figures = app.get(&format!("/statistics/utilisation?{query}")).by(&coordinator).await.expect(200);
        assert_eq!(figures["items"][0]["explain"], Value::Null);
        app.get(link.strip_prefix("/api/v1").unwrap()).by(&coordinator).await.refused(403, "forbidden");
    }

    async fn who_follows_the_feed_learns_of_every_change_and_erasure(app: TestApp) {
        let house = House::new(&app).await;
        let (room, ana) = (house.room("Soba").await, app.member("ana"));
        let one = house.has(&ana, &room, "2026-03-10T10:00", "2026-03-10T12:00").await;
        let two = house.has(&ana, &room, "2026-03-11T10:00", "2026-03-11T12:00").await;
        let early = feed(&app, &house.manager, &house.venue, "updated_after=2026-03-09").await;
        assert_eq!((ids(&early), &early["more"]), (vec![], &json!(false)));
        prostor::app::statistics::feed::number(&app.app).unwrap();
        app.run_jobs();
        let first = feed(&app, &house.manager, &house.venue, "limit=1").await;
        let next = |page: &Value| format!("cursor={}", page["next"].as_str().unwrap());
        let second = feed(&app, &house.manager, &house.venue, &next(&first)).await;
        assert_eq!((&first["more"], &second["more"]), (&json!(true), &json!(false)), "{first} {second}");
        let both: BTreeSet<&str> = ids(&first).into_iter().chain(ids(&second)).collect();
        assert_eq!(both, [id(&one), id(&two)].iter().map(String::as_str).collect());
        let row = first["items"][0].as_object().unwrap();
        let words = ["title", "organiser", "notes", "made_by"];
        assert!(words.iter().all(|word| !row.contains_key(*word)), "{row:?}");

        app.advance(60);
        house.does(&ana, &id(&two), "cancel").await.expect(200);
        app.run_jobs();
        let changed = feed(&app, &house.manager, &house.venue, &next(&second)).await;
        assert_eq!((ids(&changed), &changed["items"][0]["status"]), (vec![id(&two).as_str()], &json!("cancelled")));
        let at = changed["items"][0]["updated_at"].as_str().unwrap().replace('+', "%2B");
        let since = feed(&app, &house.manager, &house.venue, &format!("updated_after={at}")).await;
        assert_eq!(ids(&since), ids(&changed));

        app.advance(12 * DAY);
        let (ana, manager) = (ana.renewed(&app), house.manager.renewed(&app));
        app.run_jobs();
        let over = feed(&app, &manager, &house.venue, &next(&changed)).await;
        assert_eq!(ids(&over), [id(&one)], "completed");
        let me = app.get("/me").by(&ana).await.expect(200);
        app.delete("/me", version(&me)).by(&ana).await.expect(204);
        app.run_jobs();
        let erased = feed(&app, &manager, &house.venue, &next(&over)).await;
        // Where it began before there was anything leads on, too.
        assert_eq!(ids(&feed(&app, &manager, &house.venue, &next(&early)).await), ids(&erased));
        assert_eq!(ids(&erased).len(), 2);
        assert!(erased["items"].as_array().unwrap().iter().all(|row| row["erased"] == true && row["purpose"] != Value::Null));

        let reply = app.get(&format!("/venues/{}/statistics/rows?format=csv", house.venue)).by(&manager).await;
        assert_eq!(reply.header("content-type"), "text/csv; charset=utf-8; header=present");
        assert!(reply.header("link").ends_with("rel=\"next\""));
        let lines: Vec<&str> = reply.text.split("\r\n").collect();
        assert!(lines[0].starts_with("id,updated_at,erased,space_id,kind,status,created_at,starts_at"));
        assert_eq!((lines.len(), lines[1].split(',').count()), (4, lines[0].split(',').count()));
        let coordinator = app.coordinator("coordinator", &house.network);
        app.get(&format!("/venues/{}/statistics/rows", house.venue)).by(&coordinator).await.refused(403, "forbidden");
    }
}
