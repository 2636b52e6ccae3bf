//! Holds in races: one winner, one hold, nothing broken.

use serde_json::json;

use crate::{
    races::{one_wins, people, race},
    support::{Backend, House, Person, at_once, both, id, meeting, with},
};

/// So that whoever was signed in before a hold runs out still is after it.
const SHORT: u32 = 5;

async fn room(house: &House<'_>) -> String {
    let room = house.room("Sejna soba").await;
    house.rules(&format!("/spaces/{room}"), json!({"hold_minutes": SHORT})).await;
    room
}

both! {
    async fn confirming_against_expiry(backend: Backend) {
        let prepare = async |house: &House<'_>| (room(house).await, people(house, 7));
        race(backend, prepare, async |house, (room, people), day| {
            let people: Vec<Person> = people.iter().map(|person| person.renewed(house)).collect();
            let slot = meeting(room, &format!("{day}T10:00"), &format!("{day}T11:00"));
            let held = house.reserves(&people[0], with(slot.clone(), json!({"hold": true}))).await.expect(201);
            // The last second begins, and ends while all of them are under way.
            house.advance(i64::from(SHORT) * 60 - 1);
            let (clock, over) = (house.clock.clone(), house.clock.now().plus(1));
            let turn = std::thread::spawn(move || {
                std::thread::sleep(std::time::Duration::from_millis(5));
                clock.set(over);
            });
            let app = house.app.clone();
            let job = std::thread::spawn(move || prostor::app::reservations::expire::overdue(&app).unwrap());
            let mut calls = vec![house.does(&people[0], &id(&held), "confirm")];
            calls.extend(people[1..].iter().map(|person| house.reserves(person, slot.clone())));
            let mut replies = at_once(calls).await;
            turn.join().unwrap();
            job.join().unwrap();
            let confirmed = replies.remove(0);
            let status = if confirmed.status == 200 {
                for reply in replies {
                    reply.refused(409, "slot_taken");
                }
                "confirmed"
            } else {
                confirmed.refused(409, "hold_expired");
                let won = replies.into_iter().filter(|reply| match reply.status {
                    201 => true,
                    _ => reply.json["code"] != "slot_taken",
                });
                // Those that came in the last second found it held; at most one came after.
                assert!(won.map(|reply| assert_eq!(reply.status, 201)).count() <= 1);
                "expired"
            };
            assert_eq!(house.sees(&people[0], &id(&held)).await["status"], status);
        })
        .await;
    }

    async fn many_take_what_ran_out(backend: Backend) {
        let prepare = async |house: &House<'_>| (room(house).await, people(house, 9));
        race(backend, prepare, async |house, (room, people), day| {
            let people: Vec<Person> = people.iter().map(|person| person.renewed(house)).collect();
            let slot = meeting(room, &format!("{day}T10:00"), &format!("{day}T11:00"));
            let held = house.reserves(&people[0], with(slot.clone(), json!({"hold": true}))).await.expect(201);
            house.advance(i64::from(SHORT) * 60);
            let app = house.app.clone();
            let job = std::thread::spawn(move || prostor::app::reservations::expire::overdue(&app).unwrap());
            let mut calls = vec![house.does(&people[0], &id(&held), "confirm")];
            calls.extend(people[1..].iter().enumerate().map(|(n, person)| {
                house.reserves(person, with(slot.clone(), json!({"hold": n % 2 == 0})))
            }));
            let mut replies = at_once(calls).await;
            job.join().unwrap();
            replies.remove(0).refused(409, "hold_expired");
            one_wins(replies, 409, "slot_taken");
        })
        .await;
    }

    async fn two_holds_by_one_person(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.hall("Dvorana").await, people(house, 1).remove(0));
        race(backend, prepare, async |house, (spaces, ana), day| {
            let [hall, left, right] = spaces;
            let call = |space: &String| {
                let request = meeting(space, &format!("{day}T10:00"), &format!("{day}T11:00"));
                house.reserves(ana, with(request, json!({"hold": true})))
            };
            let replies = at_once([hall, left, hall, right, left, hall].into_iter().map(call)).await;
            let mut live = Vec::new();
            for reply in replies {
                // Each replaces what it meets; the two halves may stand beside each other.
                let made = reply.expect(201);
                let seen = house.sees(ana, &id(&made)).await;
                match seen["status"].as_str().unwrap() {
                    "held" => live.push(seen["space_id"].as_str().unwrap().to_owned()),
                    status => assert_eq!(status, "expired"),
                }
                if seen["status"] == "held" {
                    live.sort();
                }
            }
            let mut halves = vec![left.clone(), right.clone()];
            halves.sort();
            assert!(live.len() == 1 || live == halves, "{live:?}");
            let list = house.get(&format!("/reservations?mine=true&status=held&from={day}T00:00&to={day}T23:00"));
            for held in list.by(ana).await.expect(200)["items"].as_array().unwrap() {
                house.does(ana, &id(held), "cancel").await.expect(200);
            }
        })
        .await;
    }
}
