//! Lets a bounded number of threads through at once; the others wait their turn.

use std::sync::{Condvar, Mutex, PoisonError};

/// At most `places` threads are inside at any time.
pub struct Turnstile {
    free: Mutex<usize>,
    left: Condvar,
}

impl Turnstile {
    pub fn new(places: usize) -> Self {
        Self { free: Mutex::new(places.max(1)), left: Condvar::new() }
    }

    /// Runs `work` once a place is free. The place is given back even if `work` panics.
    pub fn enter<T>(&self, work: impl FnOnce() -> T) -> T {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self.left.wait_while(free, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free -= 1;
        drop(free);
        let _place = Place(self);
        work()
    }
}

struct Place<'t>(&'t Turnstile);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        panic,
        sync::atomic::{AtomicUsize, Ordering::SeqCst},
        thread,
        time::Duration,
    };

    use super::Turnstile;

    #[test]
    fn no_more_than_its_places_are_inside_and_a_panic_frees_one() {
        let turnstile = Turnstile::new(3);
        let (inside, most, done) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for n in 0..24 {
                let visit = || {
                    most.fetch_max(inside.fetch_add(1, SeqCst) + 1, SeqCst);
                    thread::sleep(Duration::from_millis(2));
                    inside.fetch_sub(1, SeqCst);
                    done.fetch_add(1, SeqCst);
                };
                let turnstile = &turnstile;
                scope.spawn(move || {
                    if n % 6 == 0 {
                        let thrown =
                            panic::catch_unwind(|| turnstile.enter(|| panic::resume_unwind(Box::new(n))));
                        assert!(thrown.is_err());
                    }
                    turnstile.enter(visit);
                });
            }
        });
        assert_eq!(done.load(SeqCst), 24);
        assert!((2..=3).contains(&most.load(SeqCst)), "{most:?}");
    }
}
