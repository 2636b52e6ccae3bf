//! Setting up networks, venues and spaces: what coordinators and managers configure.

pub mod networks;
