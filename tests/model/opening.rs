//! When the model's spaces are open: weekly hours, seasons, holidays and exceptions, the venue's or a space's own, as
//! one flag for every minute; and the whole days and nights that come of it.

use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

use chrono::{Datelike, NaiveDate};

use crate::{
    calendar::{self, DAY, FIRST, LAST, Minute},
    places::{HOURS, ROOMS, Stay},
};

/// What a week looks like from a day on: one of [`HOURS`], in a season another one.
#[derive(Clone, Debug)]
pub struct Week {
    pub preset: usize,
    /// From, to (inclusive), and which.
    pub season: Option<(NaiveDate, NaiveDate, usize)>,
    pub holidays: Holidays,
}

#[derive(Clone, Copy, Debug)]
pub enum Holidays {
    Open,
    Closed,
    Own(i64, i64),
}

/// The hours of one date instead of all others.
pub type Exception = (NaiveDate, (i64, i64));
/// In place of hours.
pub const CLOSED: (i64, i64) = (0, 0);

#[derive(Clone, Default)]
struct Hours {
    /// By their first date; `None`: the venue's.
    weeks: BTreeMap<NaiveDate, Option<Week>>,
    exceptions: BTreeMap<NaiveDate, (i64, i64)>,
    /// Which of the exceptions are there because the venue was closed, and what each of them replaced.
    closures: BTreeMap<NaiveDate, Option<(i64, i64)>>,
}

/// Of dates on which a venue was opened again: whose, and what hours; no space: the venue's.
pub type Dates = Vec<(Option<usize>, NaiveDate, (i64, i64))>;

/// What opening a venue again comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reopened {
    pub opened: Vec<NaiveDate>,
    pub restored: Dates,
    pub kept: Dates,
}

/// The Slovenian ones from March 2026 to March 2027, month and day.
const HOLIDAYS: [(u32, u32); 15] = [
    (4, 5),
    (4, 6),
    (4, 27),
    (5, 1),
    (5, 2),
    (5, 24),
    (6, 25),
    (8, 15),
    (10, 31),
    (11, 1),
    (12, 25),
    (12, 26),
    (1, 1),
    (1, 2),
    (2, 8),
];

/// Whether each minute is open.
type Minutes = Arc<Vec<bool>>;

#[derive(Clone)]
pub struct Opening {
    venue: Hours,
    own: Vec<Hours>,
    /// By space and minute.
    open: Vec<Minutes>,
    /// The same of pools that go along with spaces, as far as it was asked for since hours changed.
    along: RefCell<BTreeMap<(usize, usize), Minutes>>,
    /// Which spaces are not booked by hours.
    stays: Vec<Option<Stay>>,
}

/// Whose opening time counts: a space's; or a pool's `of` which something goes along `with` a space, which it follows
/// on each date of which it says nothing itself.
#[derive(Clone, Copy, Debug)]
pub struct Whose {
    pub of: usize,
    pub with: usize,
}

impl From<usize> for Whose {
    fn from(space: usize) -> Self {
        Self { of: space, with: space }
    }
}

fn index(at: Minute) -> usize {
    usize::try_from(at - FIRST).unwrap()
}

impl Hours {
    fn put(&mut self, from: NaiveDate, week: Option<Week>, exception: Option<Exception>) {
        self.weeks.split_off(&from);
        self.weeks.insert(from, week);
        self.exceptions.split_off(&from);
        self.closures.split_off(&from);
        self.exceptions.extend(exception);
    }

    /// Over another closure, what that replaced stays known.
    fn close(&mut self, date: NaiveDate) {
        let before = self.exceptions.insert(date, CLOSED);
        self.closures.entry(date).or_insert(before);
    }

    /// Whether it is closed on the date with the venue; of what was said before, that counts again.
    fn undo(&mut self, date: NaiveDate) -> Option<Option<(i64, i64)>> {
        let before = self.closures.remove(&date)?;
        self.exceptions.remove(&date);
        self.exceptions.extend(before.map(|hours| (date, hours)));
        Some(before)
    }

    fn week_on(&self, date: NaiveDate) -> Option<&Week> {
        self.weeks.range(..=date).next_back().and_then(|(_, week)| week.as_ref())
    }
}

impl Opening {
    pub fn new(today: NaiveDate) -> Self {
        let week = Week { preset: 0, season: None, holidays: Holidays::Open };
        let mut opening = Self {
            venue: Hours::default(),
            own: vec![Hours::default(); ROOMS.len()],
            open: vec![Arc::default(); ROOMS.len()],
            along: RefCell::default(),
            stays: ROOMS.iter().map(|room| room.stay).collect(),
        };
        opening.put(None, today, Some(week), None);
        opening
    }

    /// The past keeps what was true then. Of the venue, or of one space.
    pub fn put(
        &mut self,
        of: Option<usize>,
        from: NaiveDate,
        week: Option<Week>,
        exception: Option<Exception>,
    ) {
        let hours = of.map_or(&mut self.venue, |space| &mut self.own[space]);
        hours.put(from, week, exception);
        self.changed(of);
    }

    /// The venue's hours, or a space's, are other ones.
    fn changed(&mut self, of: Option<usize>) {
        self.along.borrow_mut().clear();
        for space in (0..self.own.len()).filter(|space| of.is_none_or(|one| one == *space)) {
            self.open[space] = Arc::new(self.minutes(space.into()));
        }
    }

    /// The venue is closed on these dates, and so is each space that has a say of its own on one.
    pub fn close(&mut self, dates: &[NaiveDate]) {
        for &date in dates {
            for space in 0..self.own.len() {
                if self.rules_on(space, date) {
                    self.own[space].close(date);
                }
            }
            self.venue.close(date);
        }
        self.changed(None);
    }

    /// From a date on those that have hours of their own, the venue's or a space's.
    pub fn special(&self, from: NaiveDate) -> Vec<NaiveDate> {
        let each = std::iter::once(&self.venue).chain(&self.own);
        each.flat_map(|hours| hours.exceptions.range(from..).map(|(date, _)| *date)).collect()
    }

    /// Its closing is undone: what was said of single dates before counts again, but where something else was said since.
    pub fn reopen(&mut self, dates: &[NaiveDate]) -> Reopened {
        let mut came_to = Reopened::default();
        for space in std::iter::once(None).chain((0..self.own.len()).map(Some)) {
            let hours = space.map_or(&mut self.venue, |space| &mut self.own[space]);
            for &date in dates {
                let Some(&before) = hours.exceptions.get(&date) else { continue };
                match hours.undo(date) {
                    Some(Some(special)) => came_to.restored.push((space, date, special)),
                    Some(None) if space.is_none() => came_to.opened.push(date),
                    Some(None) => {}
                    None if space.is_none() && before == CLOSED => {
                        hours.exceptions.remove(&date);
                        came_to.opened.push(date);
                    }
                    None => came_to.kept.push((space, date, before)),
                }
            }
        }
        self.changed(None);
        came_to
    }

    /// One more space, which is open as this one.
    pub fn copy(&mut self, space: usize) {
        self.own.push(self.own[space].clone());
        self.open.push(self.open[space].clone());
        self.stays.push(self.stays[space]);
    }

    fn minutes(&self, whose: Whose) -> Vec<bool> {
        let mut open = vec![false; index(LAST)];
        let (first, last) = (calendar::date(FIRST + DAY), calendar::date(LAST - 3 * DAY));
        for date in first.iter_days().take_while(|date| *date < last) {
            for (from, to) in self.begun_on(whose, date) {
                open[index(from)..index(to)].fill(true);
            }
        }
        open
    }

    /// What opens on a date, to its end.
    fn begun_on(&self, whose: Whose, date: NaiveDate) -> Vec<(Minute, Minute)> {
        let spans = self.spans_on(whose, date).into_iter().map(|(opens, closes)| {
            let closing = if closes > opens { closes } else { closes + DAY };
            (calendar::at(date, opens), calendar::at(date, closing))
        });
        spans.filter(|(from, to)| from < to).collect()
    }

    /// Its own exception, then the venue's, the holiday, the season and the week of whosever hours count.
    fn spans_on(&self, Whose { of, with }: Whose, date: NaiveDate) -> Vec<(i64, i64)> {
        let own = &self.own[if self.rules_on(of, date) { of } else { with }];
        let hours = if own.week_on(date).is_some() { own } else { &self.venue };
        if let Some(&(opens, closes)) = own.exceptions.get(&date).or_else(|| hours.exceptions.get(&date)) {
            return if (opens, closes) == CLOSED { Vec::new() } else { vec![(opens, closes)] };
        }
        let Some(week) = hours.week_on(date) else { return Vec::new() };
        match week.holidays {
            Holidays::Closed if is_holiday(date) => return Vec::new(),
            Holidays::Own(opens, closes) if is_holiday(date) => return vec![(opens, closes)],
            _ => {}
        }
        let preset = match week.season {
            Some((from, to, preset)) if from <= date && date <= to => preset,
            _ => week.preset,
        };
        let weekday = date.weekday().num_days_from_monday();
        let today = HOURS[preset].iter().filter(|(days, ..)| days.contains(&weekday));
        today.map(|&(_, opens, closes)| (opens, closes)).collect()
    }

    fn rules_on(&self, pool: usize, date: NaiveDate) -> bool {
        self.own[pool].week_on(date).is_some() || self.own[pool].exceptions.contains_key(&date)
    }

    /// Whose opening time counts for equipment that goes along: the space's itself where that is booked by stays and
    /// the pool says nothing on any date.
    pub fn of_equipment(&self, pool: usize, with: usize, (from, to): (Minute, Minute)) -> Whose {
        let mut dates = calendar::date(from).iter_days().take_while(|date| *date <= calendar::date(to - 1));
        let follows = dates.all(|date| !self.rules_on(pool, date));
        if follows && self.stays[with].is_some() { with.into() } else { Whose { of: pool, with } }
    }

    fn open(&self, whose: Whose) -> Minutes {
        if whose.of == whose.with {
            return self.open[whose.of].clone();
        }
        let mut along = self.along.borrow_mut();
        along.entry((whose.of, whose.with)).or_insert_with(|| Arc::new(self.minutes(whose))).clone()
    }

    pub fn is_open(&self, space: usize, at: Minute) -> bool {
        self.open[space][index(at)]
    }

    pub fn is_open_throughout(&self, whose: impl Into<Whose>, from: Minute, to: Minute) -> bool {
        self.open(whose.into())[index(from)..index(to)].iter().all(|open| *open)
    }

    /// The joined span that holds the minute, as far as a grid can matter.
    pub fn span(&self, whose: impl Into<Whose>, at: Minute) -> Option<(Minute, Minute)> {
        const FAR: Minute = 2000;
        let open = self.open(whose.into());
        let is_open = |at: &Minute| open[index(*at)];
        if !is_open(&at) {
            return None;
        }
        let from = (at - FAR..at).rev().take_while(is_open).last().unwrap_or(at);
        let to = (at..at + FAR).take_while(is_open).last().unwrap_or(at) + 1;
        Some((from, to))
    }

    // ---- days and nights ---------------------------------------------------------------------------------------

    /// The day or the night of a date, where it has any opening time.
    pub fn stay_on(&self, whose: Whose, date: NaiveDate) -> Option<(Minute, Minute)> {
        let open = self.begun_on(whose, date);
        let hull = (open.iter().map(|span| span.0).min()?, open.iter().map(|span| span.1).max()?);
        match self.stays[whose.of]? {
            Stay::Days => Some(hull),
            Stay::Nights(arrival, departure) => {
                Some((calendar::at(date, arrival), calendar::at(calendar::later(date, 1), departure)))
            }
        }
    }

    /// So many from a date on, all of them open.
    pub fn stay_of(&self, space: usize, first: NaiveDate, many: u64) -> Option<(Minute, Minute)> {
        let each: Option<Vec<_>> =
            (0..many).map(|day| self.stay_on(space.into(), calendar::later(first, day))).collect();
        let each = each?;
        Some((each.first()?.0, each.last()?.1))
    }

    /// Whether a time is one of whole days or nights, as far as that is asked: at its start, at its end, and every
    /// date of it open.
    pub fn is_stay(
        &self,
        whose: Whose,
        (from, to): (Minute, Minute),
        (start, end, dates): (bool, bool, bool),
    ) -> bool {
        let near = |at: Minute| calendar::date(at - 3 * DAY).iter_days().take(7);
        let begins = |date: &NaiveDate| self.stay_on(whose, *date).is_some_and(|stay| stay.0 == from);
        let first = near(from).find(begins);
        let from_date = first.unwrap_or_else(|| calendar::date(from));
        let ends = |date: &NaiveDate| {
            *date >= from_date && self.stay_on(whose, *date).is_some_and(|stay| stay.1 == to)
        };
        let last = near(to).find(ends);
        let to_date = last.unwrap_or_else(|| self.reached(whose, to).max(from_date));
        let mut through = from_date.iter_days().take_while(|date| *date <= to_date);
        let closed = through.any(|date| self.stay_on(whose, date).is_none());
        !(dates && closed || start && first.is_none() || end && last.is_none())
    }

    /// The date into whose day or night an end falls that is none's end.
    fn reached(&self, whose: Whose, to: Minute) -> NaiveDate {
        let on = calendar::date(to - 1);
        let before = on.pred_opt().unwrap();
        let still = self.stay_on(whose, before).is_some_and(|stay| stay.0 < to && to <= stay.1);
        match self.stays[whose.of] {
            Some(Stay::Nights(..)) => before,
            _ if still => before,
            _ => on,
        }
    }

    /// Whether it lies in opening time; of a stay, whether both ends lie in days or nights and no date between is closed.
    pub fn holds(&self, whose: impl Into<Whose>, (from, to): (Minute, Minute)) -> bool {
        let whose = whose.into();
        if self.stays[whose.of].is_none() {
            return self.is_open_throughout(whose, from, to);
        }
        let holding = |at: Minute| {
            let mut near = calendar::date(at - 2 * DAY).iter_days().take(4);
            near.find(|date| self.stay_on(whose, *date).is_some_and(|stay| stay.0 <= at && at < stay.1))
        };
        let (Some(first), Some(last)) = (holding(from), holding(to - 1)) else { return false };
        let mut dates = first.iter_days().take_while(|date| *date <= last);
        first <= last && dates.all(|date| self.stay_on(whose, date).is_some())
    }
}

fn is_holiday(date: NaiveDate) -> bool {
    HOLIDAYS.contains(&(date.month(), date.day()))
}
