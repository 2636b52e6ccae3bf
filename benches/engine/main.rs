//! How fast the engine is, and what that depends on: searching and looking at availability, series, and choosing among
//! 500 desks; with and without a history of reservations, on SQLite and on PostgreSQL.
//!
//! `make bench` measures all of it; `… cargo bench -- desks` measures what is named so. The variables:
//! - `PROSTOR_TEST_POSTGRES_URL`: a server on which databases may be made; without it SQLite alone is measured
//! - `PROSTOR_BENCH_PAST` (500000): the reservations in the longest history
//! - `PROSTOR_BENCH_ROUNDS` (100): how often each thing is measured

mod availability;
mod database;
mod desks;
mod measure;
mod rows;
mod series;
mod world;

use world::{Worlds, setting};

type Bench = fn(&Worlds, usize);

const BENCHES: [(&str, Bench); 6] = [
    ("history", availability::by_history),
    ("spaces", availability::by_spaces),
    ("days", availability::by_days),
    ("space", availability::of_one_space),
    ("series", series::by_history),
    ("desks", desks::by_length),
];

fn main() {
    let number = |name, usual| setting(name).map_or(usual, |text| text.parse().expect("a number"));
    let past = number("PROSTOR_BENCH_PAST", 500_000);
    let rounds = usize::try_from(number("PROSTOR_BENCH_ROUNDS", 100)).expect("a number of rounds");
    let named: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let worlds = Worlds::make(past);
    for (name, bench) in BENCHES {
        if named.is_empty() || named.iter().any(|word| word == name) {
            bench(&worlds, rounds);
        }
    }
}
