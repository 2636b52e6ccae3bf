//! What coordinators and managers configure, against a database.

mod hours;
mod policies;
mod spaces;
mod venues;
