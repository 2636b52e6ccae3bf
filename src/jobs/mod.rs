//! Reconcilers: each looks at what is, does what is due, and tells how much that was. Idempotent, without
//! input, safe on every node at once; a crash costs a repetition and nothing else.

pub mod bell;
pub mod deliver_mail;

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crate::{
    app::{
        App,
        audit::seal,
        backup::{erased, nightly},
        demand, digests,
        error::Error,
        forgetting, housekeeping,
        organisations::ending,
        outside,
        reservations::{approvals, expire, no_show, reminders},
        statistics::{closing, feed, indicators::keeping, summing},
        views,
        waiting::offer,
    },
    metrics::Metrics,
};
use bell::{Bell, Woken};
use deliver_mail::Post;

/// A job that runs by the clock.
struct Job {
    name: &'static str,
    every: Duration,
    /// Answers how many things it dealt with.
    run: fn(&Arc<App>) -> Result<usize, Error>,
}

const JOBS: &[Job] = &[
    Job { name: "release_no_shows", every: Duration::from_secs(15), run: no_show::release_due },
    Job { name: "settle", every: Duration::from_secs(15), run: expire::overdue },
    Job { name: "remind", every: Duration::from_secs(60), run: approvals::remind },
    Job { name: "remind_organisers", every: Duration::from_secs(20), run: reminders::send_due },
    Job { name: "confirmations", every: Duration::from_secs(3600), run: ending::remind },
    Job { name: "digest", every: Duration::from_secs(60), run: digests::send_due },
    Job { name: "offer", every: Duration::from_secs(20), run: offer::where_news },
    Job { name: "note_views", every: Duration::from_secs(10), run: views::write_down },
    Job { name: "note_demand", every: Duration::from_secs(10), run: demand::write_down },
    Job { name: "seal_audit", every: Duration::from_secs(60), run: seal::seal },
    Job { name: "purge", every: Duration::from_secs(3600), run: housekeeping::purge },
    Job { name: "forget", every: Duration::from_secs(6 * 3600), run: forgetting::forget },
    Job { name: "note_erased", every: Duration::from_secs(60), run: erased::write_down },
    Job { name: "scrub", every: Duration::from_secs(600), run: forgetting::scrub },
];

/// What takes long has a thread of its own: the others go on meanwhile.
const SLOW: &[Job] = &[
    Job { name: "backup", every: Duration::from_secs(600), run: nightly::backup },
    Job { name: "close_periods", every: Duration::from_secs(3600), run: closing::close_due },
    // After the periods whose values it keeps.
    Job { name: "keep_indicators", every: Duration::from_secs(3600), run: keeping::keep_due },
];
/// What computes much: nobody waits for it, figures are exact without.
const SUMMING: &[Job] = &[Job { name: "sum_usage", every: Duration::from_secs(5), run: summing::sum_usage }];
/// What programs outside wait for.
const FEEDING: &[Job] = &[Job { name: "number_feed", every: Duration::from_secs(5), run: feed::number }];
/// Those that wait for other people's servers, and so keep nobody waiting but each other.
const FETCHING: &[Job] =
    &[Job { name: "outside_calendars", every: Duration::from_secs(20), run: outside::refresh::due }];

/// The running jobs of one node.
pub struct Jobs {
    bells: [Arc<Bell>; 2],
    threads: Vec<JoinHandle<()>>,
}

impl Jobs {
    /// Starts them. `mail` is rung after every commit that queued mail.
    ///
    /// # Errors
    /// When the system gives no more threads.
    pub fn start(app: Arc<App>, post: Post, metrics: Arc<Metrics>, mail: Arc<Bell>) -> io::Result<Self> {
        let clock = Arc::new(Bell::default());
        let mut threads = deliver_mail::start(&app, post, &metrics, &mail)?;
        let bells = [mail, clock.clone()];
        for (name, jobs) in [
            ("prostor-jobs", JOBS),
            ("prostor-slow", SLOW),
            ("prostor-sums", SUMMING),
            ("prostor-feed", FEEDING),
            ("prostor-fetch", FETCHING),
        ] {
            let (app, metrics, clock) = (app.clone(), metrics.clone(), clock.clone());
            threads.push(spawn(name, move || by_the_clock(jobs, &app, &metrics, &clock))?);
        }
        Ok(Self { bells, threads })
    }

    /// Finishes what was begun and ends.
    pub fn stop(self) {
        for bell in &self.bells {
            bell.stop();
        }
        for thread in self.threads {
            if thread.join().is_err() {
                tracing::error!("a job's thread had panicked");
            }
        }
    }
}

/// Runs every job by the clock once, now.
pub fn run_all(app: &Arc<App>, metrics: &Metrics) {
    for job in JOBS.iter().chain(SLOW).chain(SUMMING).chain(FEEDING) {
        run(job, app, metrics);
    }
}

fn by_the_clock(jobs: &'static [Job], app: &Arc<App>, metrics: &Metrics, bell: &Bell) {
    let mut due: Vec<_> = jobs.iter().map(|job| (Instant::now(), job)).collect();
    loop {
        let now = Instant::now();
        for (at, job) in due.iter_mut().filter(|(at, _)| *at <= now) {
            run(job, app, metrics);
            *at = now + job.every;
        }
        let next = due.iter().map(|(at, _)| at.saturating_duration_since(Instant::now())).min();
        if bell.wait(next.unwrap_or(Duration::MAX)) == Woken::Stopping {
            // What was noted of the last requests would be lost with the process.
            jobs.iter().filter(|job| job.name.starts_with("note_")).for_each(|job| run(job, app, metrics));
            return;
        }
    }
}

/// A job that fails or panics is tried again at its next time.
fn run(job: &Job, app: &Arc<App>, metrics: &Metrics) {
    let name = job.name;
    let outcome = catch_unwind(AssertUnwindSafe(|| (job.run)(app)));
    let items = match outcome {
        Ok(Ok(items)) => Some(items),
        Ok(Err(error)) => {
            tracing::error!(job = name, error = ?error, "the job {name} failed: {error:?}");
            None
        }
        Err(_) => {
            tracing::error!(job = name, "the job {name} panicked");
            None
        }
    };
    metrics.job(name, app.now().unix(), items);
    if let Some(items @ 1..) = items {
        tracing::info!(job = name, job.items = items, "the job {name} dealt with {items}");
    }
}

/// Threads of jobs do little at a time: a small stack will do.
fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).stack_size(1 << 20).spawn(work)
}
