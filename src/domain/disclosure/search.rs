//! What is hidden besides what must be: the cheapest further cells until nothing hidden follows from what is shown.
//!
//! Three tests, the cheap ones first, each hiding more until it is content: every sum by itself; bounds; and linear
//! algebra over all sums at once, for those who know what is published and for the staff of each venue, who know their
//! own besides. More is hidden in every round, so the search ends. Where nothing is left to hide, what follows from
//! shown ones anyway is shown, unless it is sensitive itself; the tests of closings prove that this does not happen.

use super::{
    Family, Parts, Standing, Sum,
    algebra::{self, Equation},
    bounds::{bounds, roomy},
};

impl Family {
    /// For each cell whether it is hidden. Cells that stand already keep what they are.
    pub fn decide(&self) -> Vec<bool> {
        let mut search = Search::new(self);
        loop {
            search.single_sums();
            if !search.bounds() && !search.algebra() {
                return search.hidden;
            }
        }
    }
}

struct Search<'a> {
    family: &'a Family,
    hidden: Vec<bool>,
    /// Follows from what stood earlier: hiding it is no use.
    revealed: Vec<bool>,
    /// The sums in which a cell stands.
    sums_of: Vec<Vec<usize>>,
    /// Sums to be looked at (again).
    queue: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(family: &'a Family) -> Self {
        let hidden = family.cells.iter().map(|cell| match cell.standing {
            Standing::Hidden => true,
            Standing::Shown => false,
            Standing::Open => cell.sensitive(),
        });
        let mut sums_of = vec![Vec::new(); family.cells.len()];
        for (at, sum) in family.sums.iter().enumerate() {
            sum.cells().for_each(|cell| sums_of[cell].push(at));
        }
        Self {
            hidden: hidden.collect(),
            revealed: vec![false; family.cells.len()],
            sums_of,
            queue: (0..family.sums.len()).rev().collect(),
            family,
        }
    }

    /// Every sum by itself, as often as something in it changes.
    fn single_sums(&mut self) {
        while let Some(at) = self.queue.pop() {
            let sum = &self.family.sums[at];
            while self.flawed(sum) && self.hide_one_of(sum) {}
        }
    }

    /// Whether one cell is all that a sum hides, or all that it hides adds up to what must not be shown; so, too, for
    /// the staff of each venue in it.
    fn flawed(&self, sum: &Sum) -> bool {
        if self.tells(sum, None) {
            return true;
        }
        let known = |part: &&usize| self.hidden[**part] && !self.family.cells[**part].is_empty();
        sum.of_venues && sum.parts.iter().filter(known).any(|part| self.tells(sum, Some(*part)))
    }

    /// Whether a sum tells something to somebody who knows one more of its cells.
    fn tells(&self, sum: &Sum, own: Option<usize>) -> bool {
        let unknown: Vec<usize> =
            sum.cells().filter(|cell| self.hidden[*cell] && Some(*cell) != own).collect();
        if let [only] = unknown[..] {
            return !self.open_secret(only, sum, own);
        }
        if self.hidden[sum.whole] || unknown.is_empty() {
            return false;
        }
        let mut together = Parts::default();
        for cell in unknown {
            together.merge(self.family.counting, &self.family.cells[cell].parts);
        }
        together.sensitive()
    }

    /// Nothing is lost when it is known: empty, or a whole in which nobody but its reader has a part.
    fn open_secret(&self, cell: usize, sum: &Sum, own: Option<usize>) -> bool {
        let cells = &self.family.cells;
        let others = |own| sum.parts.iter().all(|part| *part == own || cells[*part].is_empty());
        cells[cell].is_empty() || own.is_some_and(|own| cell == sum.whole && others(own))
    }

    /// The cheapest that mends the sum, else the cheapest; `false` where there is none.
    fn hide_one_of(&mut self, sum: &Sum) -> bool {
        let mut choice: Vec<usize> = sum.cells().filter(|cell| self.can_hide(*cell)).collect();
        choice.sort_by_key(|cell| self.price(*cell));
        let mending = choice.iter().copied().find(|cell| {
            self.hidden[*cell] = true;
            let mended = !self.flawed(sum);
            self.hidden[*cell] = false;
            mended
        });
        let Some(cell) = mending.or(choice.first().copied()) else {
            self.reveal_last(sum);
            return false;
        };
        self.hide(cell);
        true
    }

    /// What is the only one hidden in a sum and can't be helped is no secret.
    fn reveal_last(&mut self, sum: &Sum) {
        let mut hidden = sum.cells().filter(|cell| self.hidden[*cell]);
        if let (Some(only), None) = (hidden.next(), hidden.next()) {
            self.reveal(only);
        }
    }

    fn reveal(&mut self, cell: usize) {
        let found = &self.family.cells[cell];
        if found.standing == Standing::Open && !found.sensitive() {
            self.hidden[cell] = false;
            self.revealed[cell] = true;
            self.queue.extend(&self.sums_of[cell]);
        }
    }

    fn can_hide(&self, cell: usize) -> bool {
        let found = &self.family.cells[cell];
        found.standing == Standing::Open && found.value > 0 && !self.hidden[cell] && !self.revealed[cell]
    }

    fn price(&self, cell: usize) -> (u8, i64) {
        (self.family.cells[cell].rank, self.family.cells[cell].value)
    }

    fn hide(&mut self, cell: usize) {
        self.hidden[cell] = true;
        self.queue.extend(&self.sums_of[cell]);
    }

    /// The cheapest in any sum with `cell`; `false` where there is none.
    fn hide_beside(&mut self, cell: usize) -> bool {
        let sums = self.sums_of[cell].iter().map(|at| &self.family.sums[*at]);
        let choice = sums.flat_map(Sum::cells).filter(|other| self.can_hide(*other));
        match choice.min_by_key(|other| self.price(*other)) {
            Some(other) => {
                self.hide(other);
                true
            }
            None => false,
        }
    }

    /// Answers whether more is hidden now, since what is sensitive would lie within narrow bounds.
    fn bounds(&mut self) -> bool {
        let bounds = bounds(self.family, &self.hidden);
        let mut more = false;
        for (cell, found) in self.family.cells.iter().enumerate() {
            let narrow = || !roomy(bounds[cell], found.value);
            if self.hidden[cell] && found.parts.sensitive() && narrow() {
                more |= self.hide_beside(cell);
            }
        }
        more
    }

    /// Answers whether something was changed, since something hidden would follow from all sums together.
    fn algebra(&mut self) -> bool {
        let mut changed = false;
        for viewer in std::iter::once(None).chain((0..self.family.venues).map(Some)) {
            if viewer.is_some_and(|venue| !self.knows_hidden(venue)) {
                continue;
            }
            for cell in self.follows(viewer) {
                changed |= match viewer {
                    Some(venue) => self.hide_from(cell, venue),
                    None => self.hide_beside(cell) || (!self.revealed[cell] && self.hide_anywhere(cell)),
                };
            }
            if changed {
                return true;
            }
        }
        false
    }

    /// The cheapest that a venue's staff do not know anyway: in any sum with `cell`, else tied to something hidden, else
    /// wherever it is; `false` where all of them are hidden.
    fn hide_from(&mut self, cell: usize, venue: usize) -> bool {
        let foreign = |other: &usize| self.can_hide(*other) && self.family.cells[*other].venue != Some(venue);
        let cells_of = |at: usize| self.sums_of[at].iter().flat_map(|sum| self.family.sums[*sum].cells());
        let all = || (0..self.hidden.len()).filter(foreign);
        let price = |other: &usize| self.price(*other);
        let found = cells_of(cell)
            .filter(foreign)
            .min_by_key(price)
            .or_else(|| {
                all().filter(|other| cells_of(*other).any(|near| self.hidden[near])).min_by_key(price)
            })
            .or_else(|| all().min_by_key(price));
        found.map(|other| self.hide(other)).is_some()
    }

    /// Whether a venue's staff know anything that is hidden from others.
    fn knows_hidden(&self, venue: usize) -> bool {
        let cells = self.family.cells.iter().zip(&self.hidden);
        cells.into_iter().any(|(cell, hidden)| *hidden && cell.venue == Some(venue) && cell.value > 0)
    }

    /// What is left to hide further off, else it is shown.
    fn hide_anywhere(&mut self, cell: usize) -> bool {
        let before = self.hidden[cell];
        let choice = (0..self.hidden.len()).filter(|other| self.can_hide(*other));
        let related = |other: &usize| {
            let sums = self.sums_of[*other].iter().map(|at| &self.family.sums[*at]);
            sums.flat_map(Sum::cells).any(|near| self.hidden[near])
        };
        match choice.filter(related).min_by_key(|other| self.price(*other)) {
            Some(other) => self.hide(other),
            None => self.reveal(cell),
        }
        before != self.hidden[cell] || !self.queue.is_empty()
    }

    /// The hidden cells that follow from what is shown, and from what the staff of one venue know besides.
    fn follows(&self, viewer: Option<usize>) -> Vec<usize> {
        let cells = &self.family.cells;
        let known_to =
            |cell: usize| !self.hidden[cell] || viewer.is_some_and(|venue| cells[cell].venue == Some(venue));
        let mut numbers = vec![None; cells.len()];
        let unknown: Vec<usize> =
            (0..cells.len()).filter(|cell| !known_to(*cell) && !self.vanishes(*cell)).collect();
        unknown.iter().enumerate().for_each(|(number, cell)| numbers[*cell] = Some(number));
        let equation = |sum: &Sum| -> Equation {
            let part =
                |cell: usize| numbers[cell].map(|number| (number, if cell == sum.whole { 1 } else { -1 }));
            sum.cells().filter_map(part).collect()
        };
        let equations: Vec<Equation> =
            self.family.sums.iter().map(equation).filter(|terms| !terms.is_empty()).collect();
        let determined = algebra::determined(unknown.len(), &equations);
        let follows = unknown.into_iter().zip(determined).filter(|(_, determined)| *determined);
        follows.map(|(cell, _)| cell).filter(|cell| !self.harmless(*cell, viewer)).collect()
    }

    /// Hidden, and 0 though somebody contributed: taken for known, so that what is above 0 is safe whatever bounds say.
    fn vanishes(&self, cell: usize) -> bool {
        let found = &self.family.cells[cell];
        found.value == 0 && !found.is_empty()
    }

    /// Nothing is lost when it is known: empty, or a whole of which what its reader learns of the other venues, besides what
    /// is shown, may be known as it may be of wholes that are shown.
    fn harmless(&self, cell: usize, viewer: Option<usize>) -> bool {
        let cells = &self.family.cells;
        let of_venues = |at: &usize| self.family.sums[*at].of_venues && self.family.sums[*at].whole == cell;
        let Some(at) = self.sums_of[cell].iter().copied().find(of_venues).filter(|_| viewer.is_some()) else {
            return cells[cell].is_empty();
        };
        let others = self.family.sums[at].parts.iter().filter(|part| cells[**part].venue != viewer);
        let hidden = || others.clone().filter(|part| self.hidden[**part]).map(|part| &cells[*part]);
        let mut together = Parts::default();
        hidden().for_each(|part| together.merge_same(self.family.counting, &part.parts));
        !together.sensitive() && hidden().all(|part| part.value == 0 || !part.parts.is_empty())
    }
}
