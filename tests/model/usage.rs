//! What figures are read from, stored sums where they count, gives the same figures as the sources alone.

use prostor::{
    app::{error::Error, statistics::usage},
    domain::{
        instant::{Instant, Interval},
        statistics::{self, Grouping, Table},
    },
    store::{db::ReadTx, places},
};

use crate::{
    calendar::{DAY, shown},
    script::chapter,
    story::Story,
    world::instant,
};

const GROUPINGS: [&str; 6] = ["month", "", "space,day", "week", "weekday,hour", "space"];

impl Story {
    /// For a range and a grouping that follow from the place in the story.
    pub fn same_figures(&self, place: usize) -> Result<(), String> {
        let now = self.model.now;
        let back = i64::try_from(place * 37 % 420).unwrap_or(1) * DAY;
        let long = i64::try_from(place * 53 % 460 + 1).unwrap_or(1) * DAY;
        // Some begin and end within a day, some at the ends of months.
        let from = instant(
            (now - back).max(chapter(0) - 40 * DAY) / DAY * DAY
                + if place.is_multiple_of(3) { 333 } else { 0 },
        );
        let grouping: Grouping = GROUPINGS[place % GROUPINGS.len()].parse().unwrap();
        let (stored, sources) = self
            .world
            .app
            .db
            .read(|tx| {
                let range = self.range(tx, from, from.plus(long * 60), place)?;
                let mut counted = |stored| self.counted(tx, range, &grouping, stored);
                Ok::<_, Error>((counted(true)?, counted(false)?))
            })
            .map_err(|error| format!("{error:?}"))?;
        if stored == sources {
            return Ok(());
        }
        Err(format!(
            "at {}, stored figures from {from:?} for {long} minutes by {grouping:?} are {stored:?}, the sources \
                     make {sources:?}",
            shown(now)
        ))
    }

    /// Every other one is whole local days.
    fn range(&self, tx: &mut ReadTx, from: Instant, to: Instant, place: usize) -> Result<Interval, Error> {
        let zone = places::venue(tx, self.world.venue)?.ok_or(Error::NOT_FOUND)?.zone;
        let days = Interval::new(zone.day(zone.date(from)).start(), zone.day(zone.date(to)).end());
        let range = if place.is_multiple_of(2) { days } else { Interval::new(from, to) };
        range.ok_or(Error::NOT_FOUND)
    }

    fn counted(&self, tx: &mut ReadTx, range: Interval, by: &Grouping, stored: bool) -> Result<Table, Error> {
        let venue = places::venue(tx, self.world.venue)?.ok_or(Error::NOT_FOUND)?;
        let country = places::network(tx, venue.network)?.ok_or(Error::NOT_FOUND)?.country;
        let places = usage::places(tx, country, &[(&venue, range)])?;
        let now = instant(self.model.now);
        let source =
            if stored { usage::fill(tx, places, by, now)? } else { usage::fill_from_sources(tx, places)? };
        Ok(statistics::count(&source, by, now, 100_000).expect("few rows"))
    }
}
