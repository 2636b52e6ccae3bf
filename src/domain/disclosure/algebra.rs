//! Which unknowns follow from linear equations: the exact part of the proof.
//!
//! An unknown is determined if and only if it is 0 in every solution of the homogeneous equations, that is where its
//! unit vector lies in the space of their rows. One solution with random free unknowns tells that of all unknowns at
//! once: one that is 0 in it, though free to move, is so with a probability below 2⁻⁴⁰, and errs towards hiding more.
//! Arithmetic is modulo the prime 2⁶¹−1. A prime that divided a minor of the equations, small numbers all of them,
//! would err towards showing; no such minor is known.

/// 2⁶¹−1.
const PRIME: u64 = (1 << 61) - 1;

/// An equation: the unknowns with their factors (±1 here), which sum to something that is known.
pub type Equation = Vec<(usize, i8)>;

/// For each of `count` unknowns whether the equations determine it. Unknowns that stand in none are free.
pub fn determined(count: usize, equations: &[Equation]) -> Vec<bool> {
    let order = Order::new(count, equations);
    let echelon = echelon(count, equations, &order);
    let solution = solution(count, &echelon);
    (0..count).map(|unknown| solution[order.place[unknown]] == 0).collect()
}

/// Unknowns in few equations come first: eliminating them touches little else.
struct Order {
    place: Vec<usize>,
}

impl Order {
    fn new(count: usize, equations: &[Equation]) -> Self {
        let mut uses = vec![0_usize; count];
        equations.iter().flatten().for_each(|&(unknown, _)| uses[unknown] += 1);
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|unknown| uses[*unknown]);
        let mut place = vec![0; count];
        order.iter().enumerate().for_each(|(at, unknown)| place[*unknown] = at);
        Self { place }
    }
}

/// The rows by the place of their first unknown, which has the factor 1; ascending places.
type Echelon = Vec<Option<Vec<(usize, u64)>>>;

fn echelon(count: usize, equations: &[Equation], order: &Order) -> Echelon {
    let mut rows: Echelon = vec![None; count];
    let mut sorted: Vec<&Equation> = equations.iter().collect();
    sorted.sort_by_key(|equation| equation.len());
    let mut row = vec![0_u64; count];
    for equation in sorted {
        for &(unknown, factor) in equation {
            let factor = if factor < 0 { PRIME - 1 } else { 1 };
            let held = &mut row[order.place[unknown]];
            *held = plus(*held, factor);
        }
        reduce(&mut row, &mut rows);
    }
    rows
}

/// Takes known rows from `row` until its first unknown leads no other, keeps it, and leaves zeros behind.
fn reduce(row: &mut [u64], rows: &mut Echelon) {
    for place in 0..row.len() {
        let factor = row[place];
        if factor == 0 {
            continue;
        }
        if let Some(known) = &rows[place] {
            for &(at, held) in known {
                row[at] = plus(row[at], times(PRIME - factor, held));
            }
            continue;
        }
        let by = inverse(factor);
        let rest = row[place..].iter_mut().enumerate().filter(|(_, held)| **held != 0);
        rows[place] = Some(rest.map(|(at, held)| (place + at, times(std::mem::take(held), by))).collect());
        return;
    }
}

/// A solution whose free unknowns are random.
fn solution(count: usize, rows: &Echelon) -> Vec<u64> {
    let mut values = vec![0_u64; count];
    for place in (0..count).rev() {
        values[place] = match &rows[place] {
            None => scattered(place as u64),
            Some(row) => {
                let rest = row.iter().skip(1).map(|&(at, factor)| times(factor, values[at]));
                let rest = rest.fold(0, plus);
                if rest == 0 { 0 } else { PRIME - rest }
            }
        };
    }
    values
}

/// Not random, but nothing that sums of figures know of (the finaliser of SplitMix64).
fn scattered(seed: u64) -> u64 {
    let mut mixed = (seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (mixed ^ (mixed >> 31)) % (PRIME - 1) + 1
}

fn plus(a: u64, b: u64) -> u64 {
    (a + b) % PRIME
}

fn times(a: u64, b: u64) -> u64 {
    // The remainder is below 2⁶¹.
    (u128::from(a) * u128::from(b) % u128::from(PRIME)) as u64
}

/// By Fermat's little theorem; of 0 there is none and none is asked for.
fn inverse(of: u64) -> u64 {
    let (mut result, mut power, mut exponent) = (1, of, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, power);
        }
        power = times(power, power);
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_from_equations() {
        let sum = |unknowns: &[i8]| -> Equation {
            let pair = |unknown: &i8| (usize::from(unknown.unsigned_abs()) - 1, unknown.signum());
            unknowns.iter().map(pair).collect()
        };
        for (count, equations, wanted) in [
            (2, vec![], vec![false, false]),
            (2, vec![sum(&[1])], vec![true, false]),
            (2, vec![sum(&[1, 2])], vec![false, false]),
            (2, vec![sum(&[1, 2]), sum(&[1, -2])], vec![true, true]),
            (2, vec![sum(&[1, 2]), sum(&[1, 2])], vec![false, false]),
            (4, vec![sum(&[1, 2]), sum(&[3, 4]), sum(&[1, 3]), sum(&[2, 4])], vec![false; 4]),
            (3, vec![sum(&[1, 2]), sum(&[2, 3]), sum(&[1, 3])], vec![true; 3]),
            (5, vec![sum(&[1, 2, 3]), sum(&[2, 3]), sum(&[4, 5])], vec![true, false, false, false, false]),
            (4, vec![sum(&[1, -2, -3]), sum(&[1, -4]), sum(&[4, -2])], vec![false, false, true, false]),
        ] {
            assert_eq!(determined(count, &equations), wanted, "{equations:?}");
        }
    }

    #[test]
    fn the_field_is_one() {
        for number in [1, 2, 3, PRIME - 1, 0x1234_5678_9abc] {
            assert_eq!(times(number, inverse(number)), 1);
            assert_eq!(plus(number, PRIME - number), 0);
        }
    }
}
