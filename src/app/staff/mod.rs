//! Who works for a venue and who coordinates a network, and invitations to a venue's staff.

pub mod invite;
pub mod join;
pub mod teams;
#[cfg(test)]
mod tests;
