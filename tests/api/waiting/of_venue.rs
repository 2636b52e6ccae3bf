//! What the staff of a venue see of its waiting list.

use super::*;

both! {
    async fn the_staff_see_who_waits_for_their_spaces(app: TestApp) {
        let (house, room, bor, taken) = taken(&app).await;
        let other = house.another_venue("kovacnica").await;
        let (ana, eva) = (app.member("ana"), app.member("eva"));
        let first = joins(&house, &ana, hour(&room, "10:00", "11:00")).await;
        app.advance(1);
        let elsewhere = joins(&house, &ana, hour(&other.room("Galerija").await, "10:00", "11:00")).await;
        let second = joins(&house, &eva, hour(&room, "10:00", "11:00")).await;
        let list = format!("/venues/{}/waiting-list", house.venue);
        let page = app.get(&list).by(&house.manager).await.expect(200);
        let who = |person: &Person, name: &str| json!({"id": person.id, "name": name, "email": person.email});
        let name = |item: usize| page["items"][item]["person"]["name"].as_str().unwrap().to_owned();
        assert_eq!(page, json!({"next": null, "items": [
            {"person": who(&ana, &name(0)), "entry": first}, {"person": who(&eva, &name(1)), "entry": second},
        ]}));
        let theirs = app.get(&format!("/venues/{}/waiting-list", other.venue)).by(&other.manager).await.expect(200);
        assert_eq!((&theirs["items"][0]["entry"], &theirs["items"][1]), (&elsewhere, &Value::Null));
        // Page by page it is the same, and a cursor is of its own list.
        let one = app.get(&format!("{list}?limit=1")).by(&house.manager).await.expect(200);
        let next = one["next"].as_str().unwrap();
        let rest = app.get(&format!("{list}?limit=1&cursor={next}")).by(&house.manager).await.expect(200);
        assert_eq!((&rest["items"][0]["entry"], &rest["next"]), (&second, &Value::Null));
        app.get(&format!("/waiting-list?cursor={next}")).by(&ana).await.refused(422, "invalid");
        // Nobody else is told.
        for stranger in [&ana, &bor, &other.manager, &house.root] {
            app.get(&list).by(stranger).await.refused(403, "forbidden");
        }
        app.get("/venues/ven_01h455vb4pex5vsknk084sn02q/waiting-list").by(&house.manager).await.refused(404, "not_found");
        // Who is offered it is there until they took it, whether or not the job has noticed.
        house.does(&bor, &id(&taken), "cancel").await.expect(200);
        app.run_jobs();
        let states = |page: &Value| -> Vec<String> {
            page["items"].as_array().unwrap().iter().map(|item| item["entry"]["state"].as_str().unwrap().to_owned()).collect()
        };
        let page = app.get(&list).by(&house.manager).await.expect(200);
        assert_eq!(states(&page), ["offered", "waiting"]);
        let hold = page["items"][0]["entry"]["offer"]["reservation_id"].as_str().unwrap();
        house.does(&ana, hold, "confirm").await.expect(200);
        for _ in 0..2 {
            assert_eq!(states(&app.get(&list).by(&house.manager).await.expect(200)), ["waiting"]);
            app.run_jobs();
        }
        house.is_sound();
    }
}
