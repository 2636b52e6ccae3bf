//! How fast figures are read, and what keeping them costs who writes: 200 spaces in ten venues, three years, on SQLite
//! and on PostgreSQL.
//!
//! `make bench-statistics` measures all of it. The variables:
//! - `PROSTOR_TEST_POSTGRES_URL`: a server on which databases may be made; without it SQLite alone is measured
//! - `PROSTOR_BENCH_RESERVATIONS` (20000): the reservations of the larger world; the smaller one has a tenth
//! - `PROSTOR_BENCH_ROUNDS` (20): how often each thing is measured

#[path = "../engine/database.rs"]
mod database;
#[path = "../engine/measure.rs"]
mod measure;
mod reading;
#[path = "../engine/rows.rs"]
mod rows;
mod world;
mod writing;

use world::{Worlds, setting};

fn main() {
    let number = |name, usual| setting(name).map_or(usual, |text| text.parse().expect("a number"));
    let reservations = number("PROSTOR_BENCH_RESERVATIONS", 20_000);
    let rounds = usize::try_from(number("PROSTOR_BENCH_ROUNDS", 20)).expect("a number of rounds");
    let worlds = Worlds::make(reservations);
    reading::by_reservations(&worlds, rounds);
    reading::after_a_change(&worlds, rounds);
    writing::with_and_without_marks(&worlds, rounds * 10);
    reading::closing_periods(&worlds, rounds);
}
