//! In which row of a table something stands that happened to a space: for figures that are no sums of units.

use chrono::NaiveDate;

use super::{Grouping, Period, Place, Source, count::Layout, frame::Frame};
use crate::domain::{ids::SpaceId, instant::Instant, zone::Zone};

/// Places and times of the rows that `count` makes of the same.
pub struct Cells<'s> {
    frame: Frame<'s>,
    layout: Layout,
    grouping: Grouping,
}

impl<'s> Cells<'s> {
    pub fn new(source: &'s Source, grouping: &Grouping, now: Instant) -> Self {
        let frame = Frame::new(source, grouping, now);
        let layout = Layout::new(&frame, grouping);
        Self { frame, layout, grouping: grouping.clone() }
    }

    fn zone(&self, space: SpaceId) -> Option<Zone> {
        let at = self.frame.space_index(space)?;
        Some(self.frame.venue(&self.frame.source.spaces[at]).zone)
    }

    /// The period of an instant at the space; `None` outside of the range.
    pub fn period_at(&self, space: SpaceId, at: Instant) -> Option<Period> {
        let cells = self.frame.calendar.cells(self.zone(space)?);
        let cell = cells.get(cells.partition_point(|cell| cell.interval.end() <= at))?;
        let period = || self.frame.calendar.periods[cell.period].0;
        cell.interval.contains(at).then(period)
    }

    /// The period of a local day, where the range has its first instant. Days have no hour.
    pub fn period_on(&self, space: SpaceId, day: NaiveDate) -> Option<Period> {
        let at = self.zone(space)?.day(day).start();
        self.period_at(space, at).map(|_| Period::of(&self.grouping, day))
    }

    /// `None` where it stands in no row.
    pub fn place(&self, space: SpaceId) -> Option<&Place> {
        let place = self.layout.place_of[self.frame.space_index(space)?]?;
        self.layout.places.get(place)
    }

    pub fn in_totals(&self, space: SpaceId) -> bool {
        self.frame.space_index(space).is_some_and(|at| self.layout.in_totals[at])
    }
}
