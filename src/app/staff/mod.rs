//! Who works for a venue and who coordinates a network, and invitations to either.

pub mod invite;
pub mod join;
pub mod teams;
#[cfg(test)]
mod tests;
