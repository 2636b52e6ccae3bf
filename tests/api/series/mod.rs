//! Series: one rule, many reservations, each judged as if asked for by itself.

mod blocks;
mod edits;
mod in_part;
mod limits;
mod made;
mod mails;
mod races;
mod waits;

use serde_json::{Value, json};

use crate::support::{Call, House, Person, meeting, with};

/// A series to be made: a meeting from a first start on.
pub fn series(space: &str, (from, to): (&str, &str), rrule: &str, more: Value) -> Value {
    let base = json!({"template": meeting(space, from, to), "rrule": rrule, "on_conflict": "all_or_nothing"});
    with(base, more)
}

/// A request of somebody's for a series.
pub fn repeats(house: &House<'_>, person: &Person, body: Value) -> Call {
    house.post("/series", body).by(person)
}

/// What `member` says of each occurrence.
pub fn each<'v>(of: &'v Value, member: &str) -> Vec<&'v Value> {
    of["occurrences"].as_array().unwrap().iter().map(|one| &one[member]).collect()
}

/// As its person sees it now.
pub async fn seen(house: &House<'_>, person: &Person, id: &str) -> Value {
    house.get(&format!("/series/{id}")).by(person).await.expect(200)
}
