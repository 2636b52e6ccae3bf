//! Chance that falls the same way every time: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), seeded by what
//! it is thrown for. For the demo's picture only; nothing secret may come from here.

/// Dice of one purpose.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// The same dice for the same words and numbers, unlike those of others.
    pub fn of(what: &str, numbers: &[i64]) -> Self {
        let mut dice = Self(what.bytes().fold(0, |seed, byte| mixed(seed ^ u64::from(byte))));
        for number in numbers {
            dice = Self(mixed(dice.0 ^ number.cast_unsigned()));
        }
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// From `least` to `most`, both included; `least` where they are reversed.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let sides = most.saturating_sub(least).max(0).unsigned_abs() + 1;
        least + i64::try_from(self.next() % sides).unwrap_or(0)
    }

    /// Whether something of `percent` in a hundred happens.
    pub fn falls(&mut self, percent: u32) -> bool {
        self.next() % 100 < u64::from(percent)
    }

    /// One of them.
    pub fn pick<'a, T>(&mut self, some: &'a [T]) -> Option<&'a T> {
        let last = i64::try_from(some.len()).ok()?.checked_sub(1).filter(|last| *last >= 0)?;
        some.get(usize::try_from(self.between(0, last)).ok()?)
    }
}

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(STEP);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_throw_falls_the_same_way_and_others_differently() {
        let throws = |what: &str, number| {
            let mut dice = Dice::of(what, &[number]);
            (0..20).map(|_| dice.between(1, 1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(throws("desk", 1), throws("desk", 1));
        assert_ne!(throws("desk", 1), throws("desk", 2));
        assert_ne!(throws("desk", 1), throws("room", 1));
    }

    #[test]
    fn every_side_comes_up_about_as_often() {
        let mut dice = Dice::of("die", &[]);
        let mut sides = [0; 6];
        for _ in 0..6000 {
            sides[usize::try_from(dice.between(0, 5)).unwrap()] += 1;
        }
        assert!(sides.iter().all(|count| (850..1150).contains(count)), "{sides:?}");
        assert!(dice.pick::<u8>(&[]).is_none());
        assert_eq!((dice.falls(0), dice.falls(100), dice.between(7, 3)), (false, true, 7));
    }
}
