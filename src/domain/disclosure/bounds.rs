//! Between which bounds what is hidden lies, as nothing is negative.
//!
//! By narrowing each sum's cells until nothing changes. What several sums say only together is not found: true bounds
//! may be narrower. So this is a caution beside [`super::algebra`], not a proof.

use super::{Counting, Family};

/// Stands for no upper bound; sums of many of it still fit.
const ENDLESS: i64 = i64::MAX / 1_000_000;
/// Narrowing may go on for ever in small steps; by then nobody learns anything.
const ROUNDS: usize = 64;

/// Lower and upper bound, both possible.
pub type Bounds = (i64, i64);

/// Of each cell, for whoever knows those that are not hidden.
pub fn bounds(family: &Family, hidden: &[bool]) -> Vec<Bounds> {
    let bound = |(cell, hidden): (&super::Cell, &bool)| match hidden {
        true => (0, ENDLESS),
        false => (cell.value, cell.value),
    };
    let mut bounds: Vec<Bounds> = family.cells.iter().zip(hidden).map(bound).collect();
    let touched: Vec<_> = family.sums.iter().filter(|sum| sum.cells().any(|cell| hidden[cell])).collect();
    for _ in 0..ROUNDS {
        let mut narrowed = false;
        for sum in &touched {
            narrowed |= narrow(family.counting, &mut bounds, sum.whole, &sum.parts);
        }
        if !narrowed {
            break;
        }
    }
    bounds
}

/// Whether a cell's bounds leave enough room around its value: a tenth to both sides, at least one.
pub fn roomy((low, high): Bounds, value: i64) -> bool {
    let room = (value / 10).max(1);
    high >= value.saturating_add(room) && low <= (value - room).max(0)
}

fn narrow(counting: Counting, bounds: &mut [Bounds], whole: usize, parts: &[usize]) -> bool {
    let low: i64 = parts.iter().map(|part| bounds[*part].0).sum();
    let high = parts.iter().fold(0_i64, |sum, part| sum.saturating_add(bounds[*part].1));
    let least = match counting {
        Counting::Sum => low,
        Counting::Distinct => parts.iter().map(|part| bounds[*part].0).max().unwrap_or(0),
    };
    let mut narrowed = tighten(&mut bounds[whole], (least, high));
    let (whole_low, whole_high) = bounds[whole];
    for &part in parts {
        let (own_low, own_high) = bounds[part];
        let others = high.saturating_sub(own_high);
        let most = match counting {
            Counting::Sum => whole_high - (low - own_low),
            Counting::Distinct => whole_high,
        };
        narrowed |= tighten(&mut bounds[part], (whole_low - others, most));
    }
    narrowed
}

/// Bounds that contradict each other (where figures of different times meet) are left as they are.
fn tighten(bounds: &mut Bounds, (low, high): Bounds) -> bool {
    let tighter = (bounds.0.max(low), bounds.1.min(high));
    let narrowed = tighter != *bounds && tighter.0 <= tighter.1;
    if narrowed {
        *bounds = tighter;
    }
    narrowed
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Cell, Parts, Standing, Sum},
        *,
    };

    /// A whole and its parts.
    fn family(counting: Counting, values: &[i64]) -> Family {
        let cell = |value: &i64| Cell {
            value: *value,
            parts: Parts::default(),
            standing: Standing::Open,
            venue: None,
            rank: 0,
        };
        let sums = vec![Sum { whole: 0, parts: (1..values.len()).collect(), of_venues: false }];
        Family { counting, cells: values.iter().map(cell).collect(), sums, venues: 0 }
    }

    #[test]
    fn bounds_follow_from_sums_and_from_nothing_being_negative() {
        for (counting, values, hidden, wanted) in [
            (Counting::Sum, [9, 4, 3, 2], [false, true, true, false], [(9, 9), (0, 7), (0, 7), (2, 2)]),
            (Counting::Sum, [9, 4, 3, 2], [false, true, false, false], [(9, 9), (4, 4), (3, 3), (2, 2)]),
            (Counting::Sum, [2, 0, 0, 2], [false, true, true, false], [(2, 2), (0, 0), (0, 0), (2, 2)]),
            (
                Counting::Sum,
                [9, 4, 3, 2],
                [true, false, false, true],
                [(7, ENDLESS), (4, 4), (3, 3), (0, ENDLESS - 7)],
            ),
            (Counting::Distinct, [6, 4, 3, 2], [false, true, true, false], [(6, 6), (0, 6), (0, 6), (2, 2)]),
            (Counting::Distinct, [4, 4, 0, 0], [true, false, false, false], [(4, 4), (4, 4), (0, 0), (0, 0)]),
            (Counting::Distinct, [6, 5, 1, 0], [false, false, true, false], [(6, 6), (5, 5), (1, 6), (0, 0)]),
        ] {
            assert_eq!(
                bounds(&family(counting, &values), &hidden),
                wanted,
                "{counting:?} {values:?} {hidden:?}"
            );
        }
    }

    #[test]
    fn room_is_a_tenth_to_both_sides() {
        for (bounds, value, wanted) in [
            ((0, 2), 1, true),
            ((0, 1), 1, false),
            ((1, 2), 1, false),
            ((90, 110), 100, true),
            ((91, 110), 100, false),
            ((90, 109), 100, false),
            ((0, 0), 0, false),
            ((0, 1), 0, true),
        ] {
            assert_eq!(roomy(bounds, value), wanted, "{bounds:?} {value}");
        }
    }
}
