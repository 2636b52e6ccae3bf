//! Equipment's last piece, wanted by many in different rooms.

use serde_json::{Value, json};

use super::{pool, some};
use crate::{
    races::{one_wins, people, race},
    support::{Backend, House, at_once, both, id, meeting, version, with},
};

/// So many rooms, two projectors and a microphone.
async fn houses(house: &House<'_>, rooms: usize) -> (Vec<String>, [String; 2], Vec<crate::support::Person>) {
    let mut all = Vec::new();
    for n in 0..rooms {
        all.push(house.room(&format!("Soba {n}")).await);
    }
    let pools =
        [pool(house, "Projektorji", 2, json!({})).await, pool(house, "Mikrofoni", 1, json!({})).await];
    (all, pools, people(house, rooms))
}

both! {
    async fn the_last_piece(backend: Backend) {
        let prepare = async |house: &House<'_>| houses(house, 8).await;
        race(backend, prepare, async |house, (rooms, [projectors, microphones], people), day| {
            let asked = |room: &String, from: &str, to: &str, equipment: Value| {
                let slot = meeting(room, &format!("{day}T{from}"), &format!("{day}T{to}"));
                with(slot, json!({"equipment": equipment}))
            };
            let each = || people.iter().zip(rooms).enumerate();
            // Two of two, named in either order with the only microphone: the locks are taken in one order.
            let calls = each().map(|(n, (person, room))| {
                let both = [some(projectors, 2), some(microphones, 1)];
                let equipment = if n % 2 == 0 { json!(both) } else { json!([both[1], both[0]]) };
                house.reserves(person, asked(room, "10:00", "11:00", equipment))
            });
            let won = one_wins(at_once(calls.collect::<Vec<_>>()).await, 409, "slot_taken");
            assert_eq!(won["equipment"].as_array().unwrap().len(), 2);

            // The only one, against its pool booked by itself and against somebody who moves there.
            let (mover, his) = (&people[0], &rooms[0]);
            let made = house.reserves(mover, asked(his, "16:00", "17:00", json!([some(microphones, 1)]))).await.expect(201);
            let there = json!({"starts_at": format!("{day}T13:00"), "ends_at": format!("{day}T14:00")});
            let path = format!("/reservations/{}", id(&made));
            let mut calls = vec![house.patch(&path, version(&made), there).by(mover)];
            calls.push(house.asks(&people[1], microphones, &format!("{day}T13:30"), &format!("{day}T14:30")));
            calls.extend(each().skip(2).map(|(_, (person, room))| {
                house.reserves(person, asked(room, "13:00", "14:00", json!([some(microphones, 1)])))
            }));
            one_wins(at_once(calls).await, 409, "slot_taken");
        })
        .await;
    }
}
