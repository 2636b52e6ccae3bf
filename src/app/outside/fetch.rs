//! What the application asks of whoever fetches calendars for it; how it is done is `crate::fetch`'s.

use std::fmt;

use super::address::Reach;
use crate::domain::outside::FetchResult;

/// The most octets of a calendar.
pub const LARGEST: u64 = 5 * 1024 * 1024;

/// A calendar to be fetched, and what is known of the version fetched last.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub url: String,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// It is as it was (304).
    Unchanged,
    Calendar {
        octets: Vec<u8>,
        etag: Option<String>,
        last_modified: Option<String>,
    },
}

/// Fetches calendars: never from an address that is not everybody's (unless the operator says so), never elsewhere than
/// it was sent, never more than [`LARGEST`], never for long.
pub trait Fetch: fmt::Debug + Send + Sync {
    /// # Errors
    /// How it ended instead.
    fn fetch(&self, wanted: &Wanted) -> Result<Fetched, FetchResult>;

    fn reach(&self) -> Reach;

    /// Whether any are fetched; else they are left to other nodes.
    fn is_there(&self) -> bool {
        true
    }
}

/// Where no calendars are fetched: a node that may not, the command line, tests.
#[derive(Debug, Clone, Copy)]
pub struct Nowhere;

impl Fetch for Nowhere {
    fn fetch(&self, _: &Wanted) -> Result<Fetched, FetchResult> {
        Err(FetchResult::Unreachable)
    }

    fn reach(&self) -> Reach {
        Reach::Public
    }

    fn is_there(&self) -> bool {
        false
    }
}
