//! Who asks again is told in few bytes that all is as it was, and is never told so where something changed.

use reqwest::Method;
use serde_json::json;

use crate::support::{House, Person, Reply, TestApp, both, id, meeting, with};

async fn again(house: &House<'_>, path: &str, by: &Person, tag: &str) -> Reply {
    house.get(path).by(by).header("if-none-match", tag).await
}

both! {
    async fn what_is_the_same_is_304_and_what_changed_never_is(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Galerija").await;
        let asks = house.room("Atelje").await;
        house.rules(&format!("/spaces/{asks}"), json!({"approval": "always"})).await;
        let desk = house.desk();
        let venue = &house.venue;
        let range = "from=2026-03-06&to=2026-03-07";
        let watched = [
            format!("/spaces/{room}/availability?{range}"),
            format!("/availability?venue_id={venue}&{range}"),
            format!("/reservations?venue_id={venue}&{range}"),
            format!("/venues/{venue}/approvals"),
            format!("/events?venue_id={venue}&{range}"),
            format!("/audit?venue_id={venue}"),
        ];
        let mut tags = Vec::new();
        for path in &watched {
            let first = house.get(path).by(&desk).await;
            let tag = first.header("etag").to_owned();
            assert!(tag.starts_with("W/\""), "{path}: {tag}");
            let list = format!("\"7\", {tag}");
            for known in [tag.as_str(), &list, "*"] {
                let same = again(&house, path, &desk, known).await;
                assert_eq!((same.status, same.text.as_str(), same.header("etag")), (304, "", tag.as_str()), "{path}");
                for header in ["cache-control", "content-type"] {
                    let kept = if header == "content-type" { "" } else { first.header(header) };
                    assert_eq!(same.header(header), kept, "{path} {header}");
                }
                assert!(same.headers.get_all("vary").iter().any(|names| names == "authorization, accept-language"));
            }
            tags.push(tag);
        }

        let ana = app.member("kobilca");
        let concert = with(meeting(&room, "2026-03-06T17:00", "2026-03-06T19:00"),
            json!({"title": "Jazz", "purpose": "event", "public": true}));
        let made = house.reserves(&ana, concert).await.expect(201);
        house.has(&ana, &asks, "2026-03-06T10:00", "2026-03-06T11:00").await;
        for (path, tag) in watched.iter().zip(&tags) {
            let fresh = again(&house, path, &desk, tag).await;
            assert_eq!(fresh.status, 200, "{path} changed");
            assert_ne!(fresh.header("etag"), tag, "{path}");
        }

        // The same address says other things to others, in other languages and at other times.
        let mine = format!("/reservations?mine=true&{range}");
        let tag = house.get(&mine).by(&ana).await.header("etag").to_owned();
        assert_eq!(again(&house, &mine, &desk, &tag).await.status, 200);
        let slots = &watched[0];
        let before = house.get(slots).by(&ana).await.header("etag").to_owned();
        house.at("2026-03-06T12:00:00Z");
        let ana = ana.renewed(&app);
        assert_eq!(again(&house, slots, &ana, &before).await.status, 200, "the morning is over");

        // A version is for If-Match alone; figures are of their moment; HEAD and problems are as they were.
        let one = format!("/reservations/{}", id(&made));
        assert_eq!(again(&house, &one, &ana, "\"1\"").await.status, 200);
        let figures = format!("/statistics/heatmap?venue_id={venue}&from=2026-03-02&to=2026-03-09");
        assert_eq!(house.get(&figures).by(&house.desk()).await.header("etag"), "");
        let head = app.call(Method::HEAD, "/venues").await;
        assert!(head.header("etag").starts_with("W/"), "{head:?}");
        assert_eq!(app.call(Method::HEAD, "/venues").header("if-none-match", "*").await.status, 304);
        again(&house, "/venues/ven_nothing", &ana, "*").await.refused(404, "not_found");
    }
}
