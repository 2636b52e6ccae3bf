//! What is counted, for Prometheus. One registry a server, so that tests with many servers count apart.
//!
//! Labels are routes, statuses and codes: closed lists, and nothing about anybody.

use std::time::Duration;

use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounterVec, IntGaugeVec, Opts, Registry, TextEncoder,
};

/// Seconds.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// The counters of one server.
pub struct Metrics {
    registry: Registry,
    /// method, route, status
    requests: HistogramVec,
    /// code
    problems: IntCounterVec,
    /// outcome: made, replayed, or the code of the refusal
    reservations: IntCounterVec,
    /// outcome: sent, retried, dead
    mails: IntCounterVec,
    /// job, outcome: done, failed
    job_runs: IntCounterVec,
    /// job
    job_items: IntCounterVec,
    /// job
    job_last_done: IntGaugeVec,
    /// state: queued, dead
    outbox: IntGaugeVec,
    /// state: open, idle
    connections: IntGaugeVec,
}

impl Default for Metrics {
    /// Panics where two metrics have one name, which any test rules out.
    fn default() -> Self {
        let registry = Registry::new_custom(Some("prostor".to_owned()), None).expect("the prefix is a name");
        let counter = |name: &str, help: &str, labels: &[&str]| {
            let counter =
                IntCounterVec::new(Opts::new(name, help), labels).expect("names and labels are sound");
            registry.register(Box::new(counter.clone())).expect("each name is given once");
            counter
        };
        let gauge = |name: &str, help: &str, labels: &[&str]| {
            let gauge = IntGaugeVec::new(Opts::new(name, help), labels).expect("names and labels are sound");
            registry.register(Box::new(gauge.clone())).expect("each name is given once");
            gauge
        };
        let options =
            HistogramOpts::new("http_request_duration_seconds", "Requests answered and how long it took");
        let requests = HistogramVec::new(options.buckets(BUCKETS.to_vec()), &["method", "route", "status"])
            .expect("names and labels are sound");
        registry.register(Box::new(requests.clone())).expect("each name is given once");
        Self {
            requests,
            problems: counter("problems_total", "Problems answered", &["code"]),
            reservations: counter("reservations_total", "Attempts to reserve", &["outcome"]),
            mails: counter("mails_total", "Attempts to send a mail", &["outcome"]),
            job_runs: counter("job_runs_total", "Runs of a job", &["job", "outcome"]),
            job_items: counter("job_items_total", "What a job has dealt with", &["job"]),
            job_last_done: gauge("job_last_done_timestamp_seconds", "When a job last succeeded", &["job"]),
            outbox: gauge("outbox_messages", "Mails that wait, and mails given up", &["state"]),
            connections: gauge("database_connections", "Connections of the pool", &["state"]),
            registry,
        }
    }
}

impl Metrics {
    pub fn request(&self, method: &str, route: &str, status: &str, took: Duration) {
        self.requests.with_label_values(&[method, route, status]).observe(took.as_secs_f64());
    }

    pub fn problem(&self, code: &str) {
        self.problems.with_label_values(&[code]).inc();
    }

    pub fn reservation(&self, outcome: &str) {
        self.reservations.with_label_values(&[outcome]).inc();
    }

    pub fn mail(&self, outcome: &str) {
        self.mails.with_label_values(&[outcome]).inc();
    }

    /// A run at `now` (Unix seconds) that dealt with `items`, or failed.
    pub fn job(&self, job: &str, now: i64, items: Option<usize>) {
        let outcome = if items.is_some() { "done" } else { "failed" };
        self.job_runs.with_label_values(&[job, outcome]).inc();
        if let Some(items) = items {
            self.job_items.with_label_values(&[job]).inc_by(items as u64);
            self.job_last_done.with_label_values(&[job]).set(now);
        }
    }

    /// Mails (queued, dead) and connections (open, idle) as they are now.
    pub fn levels(&self, (queued, dead): (i64, i64), (open, idle): (u32, u32)) {
        self.outbox.with_label_values(&["queued"]).set(queued);
        self.outbox.with_label_values(&["dead"]).set(dead);
        self.connections.with_label_values(&["open"]).set(open.into());
        self.connections.with_label_values(&["idle"]).set(idle.into());
    }

    /// Prometheus' text format 0.0.4.
    ///
    /// # Errors
    /// When a metric can't be written, which would be a mistake of ours.
    pub fn text(&self) -> Result<String, String> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text).map_err(|error| error.to_string())?;
        String::from_utf8(text).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_is_written() {
        let metrics = Metrics::default();
        metrics.request("GET", "/api/v1/networks/{id}", "200", Duration::from_millis(3));
        metrics.problem("slot_taken");
        metrics.reservation("made");
        metrics.mail("sent");
        metrics.job("purge", 1_774_753_200, Some(7));
        metrics.job("purge", 1_774_753_260, None);
        metrics.levels((5, 1), (4, 3));
        let text = metrics.text().unwrap();
        for line in [
            "prostor_http_request_duration_seconds_count{method=\"GET\",route=\"/api/v1/networks/{id}\",status=\"200\"} 1",
            "prostor_http_request_duration_seconds_bucket{method=\"GET\",route=\"/api/v1/networks/{id}\",status=\"200\",le=\"0.005\"} 1",
            "prostor_problems_total{code=\"slot_taken\"} 1",
            "prostor_reservations_total{outcome=\"made\"} 1",
            "prostor_mails_total{outcome=\"sent\"} 1",
            "prostor_job_items_total{job=\"purge\"} 7",
            "prostor_job_runs_total{job=\"purge\",outcome=\"failed\"} 1",
            "prostor_job_last_done_timestamp_seconds{job=\"purge\"} 1774753200",
            "prostor_outbox_messages{state=\"dead\"} 1",
            "prostor_database_connections{state=\"idle\"} 3",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }
}
