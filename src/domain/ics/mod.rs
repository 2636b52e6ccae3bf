//! Calendar files from elsewhere (RFC 5545), as far as their events matter here: read line by line, so that no file is
//! too large, and expanded within a window, so that no rule is too long. Calendar files of ours are `mail`'s.

mod event;
mod happening;
mod lines;
mod when;

pub use event::{Event, Unread};
pub use happening::{Changed, Happening};
pub use lines::{Faulty, Reader};
pub use when::When;

/// The longest line once it is unfolded, octets.
pub const LONGEST_LINE: usize = 64 * 1024;
/// The longest event, octets of its lines.
pub const LONGEST_EVENT: usize = 256 * 1024;
