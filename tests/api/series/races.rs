//! A series against single reservations: the slot is sold once.

use serde_json::json;

use crate::{
    races::{people, race},
    support::{Backend, House, at_once, both, meeting},
};

both! {
    async fn a_series_against_single_ones(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.room("Sejna soba").await, people(house, 12));
        race(backend, prepare, async |house, (room, people), day| {
            // Of three days in a row, the race is about the first; what is left of the others is taken along.
            let (from, to) = (format!("{day}T10:00"), format!("{day}T11:00"));
            let template = meeting(room, &from, &to);
            let series = json!({"template": template, "rrule": "FREQ=DAILY;COUNT=3", "on_conflict": "all_or_nothing"});
            let (many, alone) = people.split_at(4);
            let repeated = many.iter().map(|person| house.post("/series", series.clone()).by(person));
            let single = alone.iter().map(|person| house.asks(person, room, &from, &to));
            let mut won = 0;
            for reply in at_once(repeated.chain(single).collect::<Vec<_>>()).await {
                match (reply.status, reply.json["code"].as_str()) {
                    (201, _) => {
                        won += 1;
                        if let Some(path) = reply.header("location").strip_prefix("/api/v1").filter(|path| path.starts_with("/series")) {
                            // The days after it are the next rounds'.
                            let tomorrow = json!({"from": format!("{day}T23:00")});
                            let owner = many.iter().find(|person| reply.json["organiser"]["id"] == person.id.to_string());
                            house.post(&format!("{path}/cancel"), tomorrow).by(owner.unwrap()).await.expect(200);
                        }
                    }
                    (409, Some("slot_taken" | "series_conflicts" | "nothing_left")) => {}
                    _ => panic!("{reply:?}"),
                }
            }
            assert_eq!(won, 1);
        })
        .await;
    }
}
