//! What is stored of the figures, so that reading them costs days and not reservations: the sums of a unit over a local
//! hour, day or month, and of a space what is counted in reservations where they begin.
//!
//! As octets: a bit for each number that is not 0, then those numbers, all in LEB128 (the numbers zigzag). Sums of hours
//! add up to those of their day, of days to those of their month, since all of it is seconds and whole numbers.

use std::ops::AddAssign;

use super::sums::Sums;
use crate::domain::codes::codes;

/// How the sums are made. Whoever changes what is counted, or how it is stored, makes it one more: what was stored before
/// then counts as nothing, and is made anew.
pub const RULES: i32 = 1;

codes! {
    /// The time that one stored row sums up.
    pub enum Grain {
        Month = "month",
        Day = "day",
        /// All hours of a day in one row.
        Hour = "hour",
    }
}

/// What one row holds: of a unit the sums, of a space the reservations that begin.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summed {
    pub sums: Sums,
    /// As `Tally` has them.
    pub awaited: u32,
    pub no_shows: u32,
}

const NUMBERS: usize = 18;

impl AddAssign for Summed {
    fn add_assign(&mut self, more: Self) {
        self.sums += more.sums;
        self.awaited += more.awaited;
        self.no_shows += more.no_shows;
    }
}

impl Summed {
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Their order is part of [`RULES`].
    fn numbers(&self) -> [i128; NUMBERS] {
        let Sums { available, booked, used, measured, released, rebooked, out_of_hours, .. } = self.sums;
        let Sums { seat_available, seat_booked, seat_used, seat_released, seat_rebooked, .. } = self.sums;
        let Sums { seat_out_of_hours, seat_known, seat_declared, people, .. } = self.sums;
        [
            available.into(),
            booked.into(),
            used.into(),
            measured.into(),
            released.into(),
            rebooked.into(),
            out_of_hours.into(),
            seat_available.into(),
            seat_booked.into(),
            seat_used.into(),
            seat_released.into(),
            seat_rebooked.into(),
            seat_out_of_hours.into(),
            seat_known.into(),
            seat_declared.into(),
            people,
            self.awaited.into(),
            self.no_shows.into(),
        ]
    }

    fn of_numbers(numbers: [i128; NUMBERS]) -> Option<Self> {
        let at = |place: usize| i64::try_from(numbers[place]).ok();
        let sums = Sums {
            available: at(0)?,
            booked: at(1)?,
            used: at(2)?,
            measured: at(3)?,
            released: at(4)?,
            rebooked: at(5)?,
            out_of_hours: at(6)?,
            seat_available: at(7)?,
            seat_booked: at(8)?,
            seat_used: at(9)?,
            seat_released: at(10)?,
            seat_rebooked: at(11)?,
            seat_out_of_hours: at(12)?,
            seat_known: at(13)?,
            seat_declared: at(14)?,
            people: numbers[15],
        };
        let count = |place: usize| u32::try_from(numbers[place]).ok();
        Some(Self { sums, awaited: count(16)?, no_shows: count(17)? })
    }

    fn write(&self, out: &mut Vec<u8>) {
        let numbers = self.numbers();
        let there = |(place, number): (usize, &i128)| u128::from(*number != 0) << place;
        put(out, numbers.iter().enumerate().map(there).sum());
        for number in numbers.into_iter().filter(|number| *number != 0) {
            put(out, ((number << 1) ^ (number >> 127)).cast_unsigned());
        }
    }

    fn read(bytes: &mut &[u8]) -> Option<Self> {
        let there = take(bytes)?;
        let mut numbers = [0; NUMBERS];
        for (place, number) in numbers.iter_mut().enumerate() {
            if there >> place & 1 == 1 {
                let zigzag = take(bytes)?;
                *number = (zigzag >> 1).cast_signed() ^ -(zigzag & 1).cast_signed();
            }
        }
        (there >> NUMBERS == 0).then(|| Self::of_numbers(numbers)).flatten()
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(48);
        self.write(&mut bytes);
        bytes
    }

    /// `None` of what `to_bytes` never wrote.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let read = Self::read(&mut bytes)?;
        bytes.is_empty().then_some(read)
    }
}

/// The hours of one day that have anything to count, by their place among `Zone::hours` of the day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hours(Vec<u8>);

impl Hours {
    /// Places ascend.
    pub fn push(&mut self, place: u8, summed: &Summed) {
        self.0.push(place);
        summed.write(&mut self.0);
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// `None` of what `push` never wrote.
    pub fn parse(bytes: Vec<u8>) -> Option<Self> {
        let hours = Self(bytes);
        let mut rest = hours.0.as_slice();
        while let [_, sums @ ..] = rest {
            rest = sums;
            Summed::read(&mut rest)?;
        }
        Some(hours)
    }

    pub fn iter(&self) -> impl Iterator<Item = (u8, Summed)> {
        let mut rest = self.0.as_slice();
        std::iter::from_fn(move || {
            let (place, sums) = rest.split_first()?;
            rest = sums;
            Some((*place, Summed::read(&mut rest)?))
        })
    }
}

fn put(out: &mut Vec<u8>, mut number: u128) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u128> {
    let mut number = 0;
    for place in 0..19 {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u128::from(byte & 0x7f) << (7 * place);
        if *byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn any_summed() -> impl Strategy<Value = Summed> {
        let number = || prop_oneof![Just(0i64), 0..400_000i64, any::<i64>()];
        (vec(number(), NUMBERS - 3), any::<i128>(), any::<(u32, u32)>()).prop_map(
            |(seconds, people, (awaited, no_shows))| {
                let mut numbers = [0; NUMBERS];
                numbers.iter_mut().zip(seconds).for_each(|(to, from)| *to = from.into());
                numbers[15] = people;
                (numbers[16], numbers[17]) = (awaited.into(), no_shows.into());
                Summed::of_numbers(numbers).unwrap()
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(summed in any_summed()) {
            let bytes = summed.to_bytes();
            prop_assert_eq!(Summed::from_bytes(&bytes), Some(summed));
            prop_assert_eq!(Summed::from_bytes(&bytes[..bytes.len() - 1]), None);
        }

        #[test]
        fn hours_are_read_as_they_were_pushed(all in vec((any::<u8>(), any_summed()), 0..26)) {
            let mut hours = Hours::default();
            all.iter().for_each(|(place, summed)| hours.push(*place, summed));
            let read = Hours::parse(hours.as_bytes().to_vec()).unwrap();
            prop_assert_eq!(read.iter().collect::<Vec<_>>(), all);
        }

        #[test]
        fn damage_is_noticed_or_is_another_number(bytes in vec(any::<u8>(), 0..40)) {
            if let Some(summed) = Summed::from_bytes(&bytes) {
                prop_assert_eq!(Summed::from_bytes(&summed.to_bytes()), Some(summed));
            }
        }
    }

    #[test]
    fn nothing_is_one_octet() {
        assert_eq!(Summed::default().to_bytes(), [0]);
        assert_eq!(Summed::from_bytes(&[]), None);
        assert_eq!(Summed::from_bytes(&[0, 0]), None);
    }
}
