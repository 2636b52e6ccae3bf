//! One public function per thing a person can do: authorise, load, lock, decide, save, enqueue, return.
//! Synchronous; knows neither HTTP nor SQL.

pub mod credentials;
