//! A series against single reservations: the slot is sold once. And one of its dates that is approved by itself against
//! what others do to the rest of it.

use prostor::app::reservations::approvals;
use serde_json::json;

use super::{each, repeats, seen, series};
use crate::{
    races::{people, race},
    support::{Backend, House, at_once, both, id, meeting},
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

    /// Its approval writes all of the series; who counts those who came to the first date, or is reminded of the others,
    /// has locked some of it.
    async fn one_approved_against_heads_counted_and_a_reminder(backend: Backend) {
        let prepare = async |house: &House<'_>| house.member("ana");
        race(backend, prepare, async |house, ana, day| {
            house.at(&format!("{day}T06:00:00Z"));
            let room = house.room(day).await;
            house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
            let ten = (&*format!("{day}T10:00"), &*format!("{day}T11:00"));
            let asked = series(&room, ten, "FREQ=DAILY;COUNT=8", json!({}));
            let made = repeats(house, &ana.renewed(house), asked).await.expect(201);
            let ids: Vec<String> = each(&made, "reservation_id").iter().map(|id| id.as_str().unwrap().to_owned()).collect();
            let approve = |one: &str| house.does(&house.desk(), one, "approve").header("if-match", "*");
            approve(&ids[0]).await.expect(200);
            // The second has waited for half of its time.
            house.at(&format!("{day}T20:00:00Z"));
            let node = (**house).app.clone();
            let reminding = std::thread::spawn(move || approvals::remind(&node).unwrap());
            let count = |n: usize| {
                house.post(&format!("/reservations/{}/headcount", ids[0]), json!({"count": n})).by(&house.desk())
            };
            let calls = ids[2..].iter().map(|one| approve(one)).zip((1..).map(count));
            for reply in at_once(calls.flat_map(|(approve, count)| [count, approve]).collect::<Vec<_>>()).await {
                reply.expect(200);
            }
            reminding.join().unwrap();
            let now = seen(house, &ana.renewed(house), &id(&made)).await;
            assert_eq!(each(&now, "status")[2..], ["confirmed"; 6]);
        })
        .await;
    }
}
