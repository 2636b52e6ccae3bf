//! What a waiting thread is woken by.

use std::{
    sync::{Condvar, Mutex, PoisonError},
    time::Duration,
};

/// Why a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Woken {
    /// There is work, or there may be.
    Rung,
    /// Nobody rang in time: look all the same.
    TimedOut,
    /// Finish and end.
    Stopping,
}

#[derive(Default)]
struct State {
    rung: bool,
    stopping: bool,
}

/// A bell that remembers one ring.
#[derive(Default)]
pub struct Bell {
    state: Mutex<State>,
    changed: Condvar,
}

impl Bell {
    pub fn ring(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).rung = true;
        self.changed.notify_all();
    }

    /// From now on every wait ends at once.
    pub fn stop(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).stopping = true;
        self.changed.notify_all();
    }

    /// Waits for a ring, at most so long.
    pub fn wait(&self, at_most: Duration) -> Woken {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let quiet = |state: &mut State| !state.rung && !state.stopping;
        let waited = self.changed.wait_timeout_while(state, at_most, quiet);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let rung = std::mem::take(&mut state.rung);
        match (state.stopping, rung) {
            (true, _) => Woken::Stopping,
            (false, true) => Woken::Rung,
            (false, false) => Woken::TimedOut,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_before_the_wait_is_remembered_once_and_a_stop_for_ever() {
        let bell = Bell::default();
        let moment = Duration::from_millis(1);
        assert_eq!(bell.wait(moment), Woken::TimedOut);
        bell.ring();
        bell.ring();
        assert_eq!(bell.wait(moment), Woken::Rung);
        assert_eq!(bell.wait(moment), Woken::TimedOut);
        bell.stop();
        bell.ring();
        assert_eq!(bell.wait(moment), Woken::Stopping);
        assert_eq!(bell.wait(moment), Woken::Stopping);
    }
}
