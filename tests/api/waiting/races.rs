//! Offers in races: whoever is first has the slot, and nobody is offered it twice.

use serde_json::{Value, json};

use crate::{
    races::{one_wins, people, race},
    support::{Backend, House, at_once, both, id, meeting, version},
};

both! {
    async fn an_offer_against_fresh_requests(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.room("Sejna soba").await, people(house, 7));
        race(backend, prepare, async |house, (room, people), day| {
            let (from, to) = (format!("{day}T10:00"), format!("{day}T11:00"));
            let mut entries: Vec<Value> = Vec::new();
            for person in &people[..2] {
                let entry = json!({"space_id": room, "from": from, "to": to, "duration_minutes": 60,
                    "title": "Vaja", "purpose": "rehearsal"});
                entries.push(house.post("/waiting-list", entry).by(person).await.expect(201));
            }
            // Two nodes look at the same moment.
            let nodes: Vec<_> = (0..2)
                .map(|_| {
                    let app = house.app.clone();
                    std::thread::spawn(move || prostor::app::waiting::offer::waiting(&app).unwrap())
                })
                .collect();
            let slot = meeting(room, &from, &to);
            let replies = at_once(people[2..].iter().map(|person| house.reserves(person, slot.clone()))).await;
            let offered: usize = nodes.into_iter().map(|node| node.join().unwrap()).sum();
            let mut states = Vec::new();
            for (person, entry) in people.iter().zip(&entries) {
                let seen = house.get(&format!("/waiting-list/{}", id(entry))).by(person).await.expect(200);
                states.push(seen["state"].as_str().unwrap().to_owned());
            }
            if replies.iter().any(|reply| reply.status == 201) {
                one_wins(replies, 409, "slot_taken");
                assert_eq!((offered, states), (0, vec!["waiting".to_owned(); 2]));
            } else {
                for reply in replies {
                    reply.refused(409, "slot_taken");
                }
                assert_eq!(offered, 1);
                assert_eq!(states.iter().filter(|state| *state == "offered").count(), 1, "{states:?}");
            }
            for (person, entry) in people.iter().zip(&entries) {
                let path = format!("/waiting-list/{}", id(entry));
                let seen = house.get(&path).by(person).await.expect(200);
                house.delete(&path, version(&seen)).by(person).await.expect(204);
            }
        })
        .await;
    }
}
