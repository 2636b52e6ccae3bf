//! The log: for people as text, for machines as JSON. Messages are readable alone; values stand beside
//! them under dotted names (`request.id`, `duration_ms`).

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{Log, LogFormat};

/// Writes the log of this process to standard error. Once; later calls change nothing.
pub fn start(log: &Log) {
    let filter = EnvFilter::try_new(&log.filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    let started = match log.format {
        LogFormat::Text => {
            let colours = std::io::stderr().is_terminal();
            let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(colours);
            registry.with(layer.with_target(false)).try_init()
        }
        LogFormat::Json => {
            let layer = tracing_subscriber::fmt::layer().json().with_writer(std::io::stderr);
            registry.with(layer.flatten_event(true).with_current_span(true).with_span_list(false)).try_init()
        }
    };
    if started.is_err() {
        tracing::debug!("the log was started before");
    }
}
