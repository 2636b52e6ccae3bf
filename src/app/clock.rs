//! The one clock. Tests and the demo's seeding set it; nothing else reads the system's time.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use crate::domain::instant::Instant;

/// Where `now` comes from. Clones of a simulated clock show the same time.
#[derive(Debug, Clone)]
pub enum Clock {
    System,
    Simulated(Arc<AtomicI64>),
}

impl Clock {
    pub fn simulated(at: Instant) -> Self {
        Self::Simulated(Arc::new(AtomicI64::new(at.unix())))
    }

    pub fn now(&self) -> Instant {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
            Self::System => Instant::from(chrono::Utc::now()),
            Self::Simulated(seconds) => Instant::from_unix(seconds.load(Ordering::SeqCst)),
        }
    }

    /// Sets a simulated clock; the system's is left alone.
    pub fn set(&self, at: Instant) {
        if let Self::Simulated(seconds) = self {
            seconds.store(at.unix(), Ordering::SeqCst);
        }
    }
}
