//! The model test: people, staff and time do what they like to the real application and to a plain model of it, on
//! both databases, through both changes of the clocks; after every step both must agree.
//!
//! `PROSTOR_TEST_OPERATIONS` says how many operations a story has, `PROSTOR_TEST_SEED` tells one story again. Beside the
//! stories, houses of any kind are asked for one truth (`PROSTOR_TEST_HOUSES`).

#[path = "../support/database.rs"]
mod database;

mod any_house;
mod asking;
mod calendar;
mod comparing;
mod counting;
mod decision;
mod dice;
mod editing;
mod equipment;
mod furnishing;
mod looking;
mod managing;
mod model;
mod op;
mod opening;
mod places;
mod prices;
mod repeating;
mod script;
mod series;
mod spaces;
mod story;
mod tending;
mod truth;
mod usage;
mod venue;
mod verbs;
mod waiting;
mod world;

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    time::{Duration, Instant},
};

use database::Backend;
use dice::Dice;
use op::{Job, Op};
use script::{CHAPTERS, Known, chapter};
use story::Story;

/// Told at every run, beside one that is new.
const SEEDS: [u64; 2] = [1, 2026];
/// After so many operations everything is compared, not only what lives; the application looks at itself after each.
const ALL: usize = 25;
/// How long a failing story is made shorter.
const PATIENCE: Duration = Duration::from_secs(90);

#[expect(clippy::disallowed_methods, reason = "the test's own environment")]
fn number<T: std::str::FromStr>(variable: &str) -> Option<T> {
    std::env::var(variable).ok().map(|text| text.parse().ok().expect("a number"))
}

/// The fixed ones and a fresh one, or the one that is asked for.
fn seeds() -> Vec<u64> {
    let fresh = RandomState::new().build_hasher().finish();
    number("PROSTOR_TEST_SEED").map_or([SEEDS.as_slice(), &[fresh]].concat(), |seed| vec![seed])
}

#[test]
fn sqlite() {
    tell_all(Backend::Sqlite);
}

#[test]
fn postgres() {
    tell_all(Backend::Postgres);
}

fn tell_all(backend: Backend) {
    let operations = number("PROSTOR_TEST_OPERATIONS").unwrap_or(200);
    for seed in seeds() {
        println!("PROSTOR_TEST_SEED={seed} PROSTOR_TEST_OPERATIONS={operations} on {backend:?}");
        let (ops, outcome) = write(backend, seed, operations);
        if let Err(why) = outcome {
            let (ops, why) = shorten(backend, ops, why);
            let script: Vec<String> = ops.iter().map(|(place, op)| format!("#{place} {op}")).collect();
            panic!("seed {seed} on {backend:?}:\n{}\n{why}", script.join("\n"));
        }
    }
}

/// An operation and its place in the list, which stays the same when others are left out.
type Placed = (usize, Op);

/// Writes a story as it is told.
fn write(backend: Backend, seed: u64, operations: usize) -> (Vec<Placed>, Result<(), String>) {
    let mut dice = Dice::new(seed);
    let mut story = Story::new(backend);
    // A chapter lasts about as long as from its beginning to the next one's.
    let pace = (5 * calendar::DAY * 100 / (7 * i64::try_from(operations).unwrap())).max(5);
    let mut ops: Vec<Placed> = Vec::new();
    for place in 0..operations {
        let chapters = 1..CHAPTERS.len();
        let begins = chapters.rev().find(|number| place == number * operations / CHAPTERS.len());
        let op = if let Some(number) = begins {
            Op::Pass(chapter(number).max(story.model.now))
        } else {
            let reservations: Vec<_> = story.made.iter().map(|(made, id)| (*made, *id)).collect();
            let blocks: Vec<_> = story.blocks.keys().copied().collect();
            let entries: Vec<_> = story.model.entries.keys().copied().collect();
            let series: Vec<_> = story.series.iter().map(|(made, series)| (*made, *series)).collect();
            let known = Known {
                model: &story.model,
                reservations: &reservations,
                blocks: &blocks,
                entries: &entries,
                series: &series,
            };
            script::next(&mut dice, &known, pace)
        };
        ops.push((place, op.clone()));
        if let Err(why) = step(&mut story, place, &op, place % ALL == ALL - 1 || place + 1 == operations) {
            let why = format!("{why}\n{}", story.told());
            return (ops, Err(why));
        }
    }
    println!("{}", story.tally());
    (ops, Ok(()))
}

fn step(story: &mut Story, place: usize, op: &Op, all: bool) -> Result<(), String> {
    let before: Vec<_> = story.model.bookings.iter().map(|booking| booking.status).collect();
    story.tell(place, op)?;
    if all || matches!(op, Op::Run(Job::Sum)) || place.is_multiple_of(12) {
        story.same_figures(place)?;
    }
    story.compare(&before, all)
}

/// Tells a story again; where it fails, up to there.
fn again(backend: Backend, ops: &[Placed]) -> Option<(Vec<Placed>, String)> {
    let mut story = Story::new(backend);
    for (done, (place, op)) in ops.iter().enumerate() {
        if let Err(why) = step(&mut story, *place, op, place % ALL == ALL - 1 || done + 1 == ops.len()) {
            return Some((ops[..=done].to_vec(), format!("{why}\n{}", story.told())));
        }
    }
    None
}

/// Leaves out what need not be there for it to fail, halves first, then single operations.
fn shorten(backend: Backend, ops: Vec<Placed>, why: String) -> (Vec<Placed>, String) {
    let began = Instant::now();
    let (mut shortest, mut size) = ((ops, why), usize::MAX);
    while size > 1 && began.elapsed() < PATIENCE {
        size = size.min(shortest.0.len()).div_ceil(2);
        let mut from = 0;
        while from < shortest.0.len() && began.elapsed() < PATIENCE {
            let mut fewer = shortest.0.clone();
            fewer.drain(from..(from + size).min(fewer.len()));
            match again(backend, &fewer) {
                Some(shorter) => shortest = shorter,
                None => from += size,
            }
        }
    }
    shortest
}
