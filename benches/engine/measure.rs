//! Timing what is compared in turn, round by round: a machine that others use too is as slow for one as for the
//! other, and the ratio of the two in one round says more than either.

use std::{
    fmt::Write as _,
    hint::black_box,
    time::{Duration, Instant},
};

/// Runs once what is measured, and says how long it took.
pub type Run<'a> = Box<dyn FnMut() -> Duration + 'a>;

/// The same in each database.
pub struct Row<'a> {
    pub label: String,
    pub runs: Vec<Run<'a>>,
}

impl<'a> Row<'a> {
    /// `run` gets a world of each database.
    pub fn new<'w: 'a, W: 'w>(
        label: impl Into<String>,
        worlds: impl IntoIterator<Item = &'w W>,
        run: impl Fn(&'w W) -> Run<'a>,
    ) -> Self {
        Self { label: label.into(), runs: worlds.into_iter().map(run).collect() }
    }
}

/// How long `work` took.
pub fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    let answer = work();
    let spent = begun.elapsed();
    drop(black_box(answer));
    spent
}

/// Measures the rows in `rounds` rounds, each of them once a round, and prints them as Markdown: milliseconds, and
/// the median of how many times as long a row took as the first one in the same round.
pub fn table(title: &str, databases: &[&str], rounds: usize, mut rows: Vec<Row<'_>>) {
    for run in rows.iter_mut().flat_map(|row| &mut row.runs) {
        run();
    }
    let mut spent: Vec<Vec<Vec<f64>>> =
        rows.iter().map(|row| row.runs.iter().map(|_| Vec::with_capacity(rounds)).collect()).collect();
    for _ in 0..rounds {
        for (row, spent) in rows.iter_mut().zip(&mut spent) {
            for (run, spent) in row.runs.iter_mut().zip(spent) {
                spent.push(run().as_secs_f64() * 1000.0);
            }
        }
    }
    let mut text = format!("\n| {title} |");
    for database in databases {
        let _ = write!(text, " {database} p50 ms | p99 ms | times the first |");
    }
    let _ = write!(text, "\n| --- |{}", " ---: | ---: | ---: |".repeat(databases.len()));
    for (row, times) in rows.iter().zip(&spent) {
        let _ = write!(text, "\n| {} |", row.label);
        for (times, first) in times.iter().zip(&spent[0]) {
            let ratios = times.iter().zip(first).map(|(one, other)| one / other).collect();
            let (median, last) = (share(times.clone(), 0.5), share(times.clone(), 0.99));
            let _ = write!(text, " {median:.2} | {last:.2} | {:.2} |", share(ratios, 0.5));
        }
    }
    println!("{text}");
}

/// The value that `share` of them do not exceed.
fn share(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let place = ((values.len() as f64 * share).ceil() as usize).max(1);
    values[place.min(values.len()) - 1]
}
