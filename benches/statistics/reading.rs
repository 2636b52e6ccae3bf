//! Figures of the network: of a year that is over, up to today, and at once after a change.

use prostor::{
    app::{
        error::Error,
        statistics::{
            closing, heatmap,
            published::Place,
            usage, users,
            utilisation::{self, Asked, Scope},
            yearly,
        },
    },
    domain::{instant::Interval, locale::Locale, statistics},
    report,
    store::{places, reservations},
};

use crate::{
    measure::{Row, Run, table, timed},
    world::{NOW, World, Worlds},
};

const YEAR: [&str; 2] = ["2025-01-01", "2026-01-01"];
const TO_DATE: [&str; 2] = ["2025-12-01", "2026-12-01"];

/// The same of a tenth of the reservations and of all of them: it should be no slower.
pub fn by_reservations(worlds: &Worlds, rounds: usize) {
    let mut rows = Vec::new();
    for (label, range, group_by) in [
        ("a year by month and venue", YEAR, "month,venue"),
        ("twelve months up to today and ahead by month and venue", TO_DATE, "month,venue"),
        ("a year by month and space", YEAR, "month,space"),
    ] {
        for (count, worlds) in worlds.sizes() {
            rows.push(Row::new(format!("{label}, {count} reservations"), worlds, move |world| {
                reading(world, range, group_by)
            }));
        }
    }
    for (count, worlds) in worlds.sizes() {
        rows.push(Row::new(format!("the heatmap of a year, {count} reservations"), worlds, heating));
    }
    rows.extend(reports(worlds));
    for (count, worlds) in worlds.sizes() {
        rows.push(Row::new(
            format!("who used a venue in a year, by month and sector, {count} reservations"),
            worlds,
            visiting,
        ));
    }
    table("figures of 200 spaces", &worlds.databases(), rounds, rows);
    let sources = worlds.sizes().map(|(count, worlds)| {
        Row::new(format!("a year by month and venue, {count} reservations"), worlds, from_the_sources)
    });
    let rounds = rounds.div_ceil(10);
    table("the same from the sources alone", &worlds.databases(), rounds, sources.collect());
}

/// Heads counted of the day before yesterday, and the year read at once: with the writing, and before any job ran.
pub fn after_a_change(worlds: &Worlds, rounds: usize) {
    let rows = worlds.sizes().map(|(count, worlds)| {
        Row::new(format!("a count of heads, then twelve months, {count} reservations"), worlds, |world| {
            let mut read = reading(world, TO_DATE, "month,venue");
            Box::new(move || timed(|| change(world)) + read())
        })
    });
    table("a change and what follows from it", &worlds.databases(), rounds, rows.collect());
    worlds.all().for_each(World::sum);
}

fn reports(worlds: &Worlds) -> impl Iterator<Item = Row<'_>> {
    worlds.sizes().map(|(count, worlds)| {
        Row::new(format!("the report of a year, read and written, {count} reservations"), worlds, reporting)
    })
}

/// What the job does 14 days after each month, for all months there are at once, and the report that has their tables; last,
/// as nothing opens them again.
pub fn closing_periods(worlds: &Worlds, rounds: usize) {
    for (count, worlds) in worlds.sizes() {
        for World { name, app, .. } in worlds {
            let mut closed = 0;
            let spent = timed(|| closed = closing::close_due(app).expect("they close")).as_secs_f64();
            println!(
                "{name}: {closed} months of {count} reservations closed in {spent:.1} s, {:.2} s each",
                spent / closed.max(1) as f64
            );
        }
    }
    table("closed years", &worlds.databases(), rounds, reports(worlds).collect());
}

fn reading<'w>(world: &'w World, [from, to]: [&str; 2], group_by: &str) -> Run<'w> {
    let asked = Asked {
        scope: Scope::Network(world.network),
        from: from.parse().expect("a date"),
        to: to.parse().expect("a date"),
        group_by: group_by.parse().expect("a grouping"),
        peak: false,
        compare: None,
    };
    Box::new(move || timed(|| utilisation::show(&world.app, &world.coordinator, &asked).expect("figures")))
}

/// Figures about people: read from the reservations themselves, as a venue's staff see them.
fn visiting(world: &World) -> Run<'_> {
    let [from, to] = YEAR.map(|date| date.parse().expect("a date"));
    let group_by = "month,sector".parse().expect("a grouping");
    let asked = users::Asked { scope: Scope::Venue(world.venue), from, to, group_by };
    Box::new(move || timed(|| users::show(&world.app, &world.staff, &asked).expect("figures")))
}

fn heating(world: &World) -> Run<'_> {
    let [from, to] = YEAR.map(|date| date.parse().expect("a date"));
    let asked = heatmap::Asked { scope: Scope::Network(world.network), from, to };
    Box::new(move || timed(|| heatmap::show(&world.app, &world.coordinator, &asked).expect("a heatmap")))
}

/// The whole file.
fn reporting(world: &World) -> Run<'_> {
    let written = || {
        let year = yearly::show(&world.app, &world.coordinator, Place::Network(world.network), Some(2025))
            .expect("a year");
        report::write(&year, Locale::Sl).expect("a report")
    };
    Box::new(move || timed(written))
}

/// As it would be if nothing had been summed.
fn from_the_sources(world: &World) -> Run<'_> {
    let counted = || {
        world.app.db.read(|tx| {
            tx.take_your_time()?;
            let venues = places::venues(tx, Some(world.network), None, i64::MAX)?;
            let [first, last] = ["2025-01-01", "2025-12-31"].map(|date| date.parse().expect("a date"));
            let zone = venues[0].zone;
            let year = Interval::new(zone.day(first).start(), zone.day(last).end()).expect("a year");
            let ranges: Vec<_> = venues.iter().map(|venue| (venue, year)).collect();
            let country = places::network(tx, world.network)?.expect("the network").country;
            let places = usage::places(tx, country, &ranges)?;
            let source = usage::fill_from_sources(tx, places)?;
            let grouping = "month,venue".parse().expect("a grouping");
            Ok::<_, Error>(statistics::count(&source, &grouping, NOW, 10_000).expect("few rows"))
        })
    };
    Box::new(move || timed(|| counted().expect("figures")))
}

fn change(world: &World) {
    let recent = world.recent;
    let changed: Result<(), Error> = world.app.db.write("count heads", move |tx| {
        let mut reservation = reservations::find(tx, recent)?.expect("it is there");
        reservation.headcount = Some(reservation.headcount.map_or(1, |heads| heads % 9 + 1));
        Ok(reservations::update(tx, &reservation)?)
    });
    changed.expect("it is changed");
}
