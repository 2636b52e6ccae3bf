//! A time as the API writes it: RFC 3339 with the zone's offset, made without an allocation. A week of
//! availability writes hundreds, and chrono's formatter took half of such an answer's time.

use std::fmt;

use chrono::{Datelike, NaiveDateTime, Timelike};
use serde::{Serialize, Serializer};

/// Such as `2026-11-22T09:00:00+01:00`: whole seconds, years 0 to 9999.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    text: [u8; 25],
}

impl LocalTime {
    /// `offset_seconds` is what `civil` is ahead of UTC by; an offset with seconds (Monrovia before 1972) is
    /// cut to minutes, a year beyond four digits is written as the nearest.
    pub(super) fn new(civil: NaiveDateTime, offset_seconds: i32) -> Self {
        let mut text = *b"0000-00-00T00:00:00+00:00";
        let year = civil.year().clamp(0, 9999).unsigned_abs();
        two_digits(&mut text, 0, year / 100);
        two_digits(&mut text, 2, year % 100);
        two_digits(&mut text, 5, civil.month());
        two_digits(&mut text, 8, civil.day());
        two_digits(&mut text, 11, civil.hour());
        two_digits(&mut text, 14, civil.minute());
        two_digits(&mut text, 17, civil.second());
        if offset_seconds < 0 {
            text[19] = b'-';
        }
        let minutes = offset_seconds.unsigned_abs() / 60;
        two_digits(&mut text, 20, minutes / 60);
        two_digits(&mut text, 23, minutes % 60);
        Self { text }
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text).expect("digits and signs are ASCII")
    }
}

/// Writes a number below 100.
fn two_digits(text: &mut [u8; 25], at: usize, number: u32) {
    let digit = |number: u32| b'0' + u8::try_from(number % 10).expect("a digit");
    text[at] = digit(number / 10);
    text[at + 1] = digit(number);
}

impl fmt::Display for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for LocalTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
