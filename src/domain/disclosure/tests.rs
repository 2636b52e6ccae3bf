//! Small families by hand: what is hidden, and why. Every contributor holds 1 unless said otherwise.

use super::{Cell, Counting, Family, Parts, Standing, Sum};

/// A cell of so many contributors from `first` on, each with 1.
fn cell(first: u32, contributors: u32) -> Cell {
    let mut parts = Parts::of(contributors as usize);
    (first..first + contributors).for_each(|party| parts.add(Counting::Sum, party, 1));
    Cell { value: i64::from(contributors), parts, standing: Standing::Open, venue: None, rank: 0 }
}

/// A whole and its parts.
fn one_sum(contributors: &[u32], of_venues: bool) -> Family {
    let mut cells = vec![Cell { rank: 1, ..cell(1, contributors.iter().sum()) }];
    let mut first = 1;
    for (venue, &count) in contributors.iter().enumerate() {
        cells.push(Cell { venue: of_venues.then_some(venue), ..cell(first, count) });
        first += count;
    }
    let sums = vec![Sum { whole: 0, parts: (1..cells.len()).collect(), of_venues }];
    Family { counting: Counting::Sum, venues: if of_venues { contributors.len() } else { 0 }, cells, sums }
}

/// Hidden cells as `x`, shown ones as `.`, the whole first.
fn drawn(hidden: &[bool]) -> String {
    hidden.iter().map(|hidden| if *hidden { 'x' } else { '.' }).collect()
}

#[test]
fn one_sum_of_categories_and_of_venues() {
    for (contributors, categories, venues, why) in [
        (&[9, 8, 7][..], "....", "....", "nobody is few"),
        (&[9, 8, 3], "..xx", ".xxx", "the cheapest goes along; where one venue knows its own, two do"),
        (&[9, 2, 3], "..xx", ".xxx", "together they are five; without either they are not"),
        (
            &[9, 1, 2],
            ".xxx",
            "x.xx",
            "together they are three: a third goes along, and not one that knows the difference",
        ),
        (&[9, 0, 3], ".x.x", "xx.x", "what is empty hides nothing"),
        (&[0, 0, 3], "x..x", "x..x", "then it is the whole that goes along"),
        (&[3, 0, 0], "xx..", "xx..", "the same, the other way round"),
        (&[1, 1, 1], "xxxx", "xxxx", "all together are few"),
        (&[6, 6, 6, 6, 2], "....xx", "...xxx", "ties are broken by place"),
    ] {
        for (of_venues, wanted) in [(false, categories), (true, venues)] {
            let found = drawn(&one_sum(contributors, of_venues).decide());
            let sorted = |text: &str| {
                let mut parts: Vec<char> = text.chars().skip(1).collect();
                parts.sort_unstable();
                (text.chars().next(), parts)
            };
            assert_eq!(sorted(&found), sorted(wanted), "{contributors:?} {of_venues}: {why}: {found}");
        }
    }
}

#[test]
fn what_stands_is_kept() {
    for (standings, wanted) in [
        ([Standing::Shown, Standing::Shown, Standing::Open, Standing::Hidden], "..xx"),
        ([Standing::Shown, Standing::Open, Standing::Shown, Standing::Hidden], ".x.x"),
        ([Standing::Open, Standing::Shown, Standing::Shown, Standing::Hidden], "x..x"),
        ([Standing::Open, Standing::Hidden, Standing::Hidden, Standing::Shown], ".xx."),
    ] {
        let mut family = one_sum(&[8, 7, 6], false);
        family.cells.iter_mut().zip(standings).for_each(|(cell, standing)| cell.standing = standing);
        assert_eq!(drawn(&family.decide()), wanted, "{standings:?}");
    }
}

#[test]
fn a_table_needs_a_rectangle() {
    // Two rows and two columns with their totals: 6 6 | 6 2, all but the small one large enough.
    let counts = [[8, 8, 16], [8, 2, 10], [16, 10, 26]];
    let cells: Vec<Cell> = counts
        .as_flattened()
        .iter()
        .zip((1..).step_by(40))
        .map(|(&count, first)| cell(first, count))
        .collect();
    let sum = |whole: usize, parts: [usize; 2]| Sum { whole, parts: parts.to_vec(), of_venues: false };
    let rows = (0..3).map(|row| sum(3 * row + 2, [3 * row, 3 * row + 1]));
    let columns = (0..3).map(|column| sum(6 + column, [column, 3 + column]));
    let mut cells = cells;
    for (at, cell) in cells.iter_mut().enumerate() {
        cell.rank = u8::from(at % 3 == 2) + u8::from(at >= 6);
    }
    let family = Family { counting: Counting::Sum, cells, sums: rows.chain(columns).collect(), venues: 0 };
    assert_eq!(drawn(&family.decide()), "xx.xx....");
}

#[test]
fn somebody_who_dominates_is_hidden_behind_enough() {
    // 90 of 99 are one party's, and would be so of the sum with the smallest cell, too.
    let mut family = one_sum(&[10, 6, 30, 40], false);
    family.cells[1].parts.add(Counting::Sum, 1, 89);
    family.cells[1].value = 99;
    family.cells[0].value = 175;
    assert_eq!(drawn(&family.decide()), ".x.x.");
}
