//! Reserving: what may be booked, what is refused and why, what is offered instead (DESIGN 3 and 4).

mod limits;
mod offers;
mod stays;
mod times;

use serde_json::{Value, json};

use crate::support::{House, Person, Reply, id, meeting};

/// A Tuesday, the day after the clock's beginning.
const DAY: &str = "2026-03-03";

/// Times of that day, or whole local times.
fn on(day: &str, time: &str) -> String {
    if time.contains('T') { time.to_owned() } else { format!("{day}T{time}") }
}

fn request(space: &str, from: &str, to: &str) -> Value {
    meeting(space, &on(DAY, from), &on(DAY, to))
}

/// What a request came to, as the dry run names it: `allow`, `ask`, or the codes that refuse, sorted.
fn outcome(reply: &Reply) -> Vec<String> {
    let codes = |of: &Value| {
        let reasons = of["reasons"].as_array().unwrap().iter();
        let standing =
            reasons.filter(|reason| reason["waived"] == json!(false) && reason["outcome"] == "refuse");
        let mut codes: Vec<String> =
            standing.map(|reason| reason["code"].as_str().unwrap().to_owned()).collect();
        codes.sort();
        codes
    };
    let body = &reply.json;
    match (reply.status, body["outcome"].as_str(), body["status"].as_str(), body["code"].as_str()) {
        (200, Some("refuse"), ..) | (422, _, _, Some("policy_refused")) => codes(body),
        (200, Some(outcome), ..) => vec![outcome.to_owned()],
        (201, _, Some("confirmed"), _) => vec!["allow".to_owned()],
        (201, _, Some("pending"), _) => vec!["ask".to_owned()],
        (409, _, _, Some("slot_taken")) => vec!["slot_taken".to_owned()],
        _ => panic!("{reply:?}"),
    }
}

/// Tries a request without and with making it, which must agree; what was made is cancelled again.
async fn tries(house: &House<'_>, person: &Person, request: &Value) -> Vec<String> {
    let checked = house.post("/reservations/check", request.clone()).by(person).await;
    let made = house.reserves(person, request.clone()).await;
    assert_eq!(outcome(&checked), outcome(&made), "{request}\n{checked:?}\n{made:?}");
    if made.status == 201 {
        house.does(person, &id(&made.json), "cancel").await.expect(200);
    } else if made.status == 422 {
        assert_eq!(checked.json["reasons"], made.json["reasons"]);
    }
    outcome(&made)
}

/// The code of the one refused field, with its pointer.
#[track_caller]
fn field(reply: Reply, code: &str) -> String {
    let body = reply.refused(422, code);
    let [error] = body["errors"].as_array().unwrap().as_slice() else { panic!("{body}") };
    format!("{} {}", error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())
}
