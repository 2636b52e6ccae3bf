//! What stood in a notebook before Prostor came: how many visitors a house had in earlier weeks, brought in from a table
//! as the house would do it.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::world::World;
use crate::{
    app::{
        App,
        error::Error,
        imports::{self, Job, LineView, Sink, Source, What},
    },
    domain::{access::Place, import::Mode, locale::Locale, space::SpaceKind},
};

const WEEKS: u64 = 8;

/// Nobody waits for the lines.
struct Unheard;

impl Sink for Unheard {
    fn begins(&self, _: u64) {}
    fn line(&self, _: LineView) {}
}

/// Brings in the weeks before the venues opened; a second time adds nothing.
///
/// # Errors
/// When the table is refused, or the database fails.
pub(super) fn bring_in(app: &Arc<App>, world: &World, opening: NaiveDate) -> Result<(), Error> {
    let Some(spot) = world.spaces.iter().find(|spot| spot.kind == SpaceKind::Multifunctional) else {
        return Ok(());
    };
    // People reserve before the doors open, so the story may begin earlier than that.
    let known = opening.min(world.zone.date(app.now()));
    let line = |week: u64| {
        let date = known.checked_sub_days(Days::new(7 * week)).unwrap_or(known);
        format!("{};{};{};{}\n", spot.id, date.format("%-d. %-m. %Y"), week * 7 % 23 + 4, week % 3 * 40)
    };
    let table: String = (1..=WEEKS).map(line).collect();
    let table = format!("space;date;walk_ins;event_visitors\n{table}");
    let job = Job {
        what: What::Attendance,
        mode: Mode::AllOrNothing,
        place: Place { network: spot.view.network_id, venue: spot.view.venue_id },
        actor: (*spot.manager).clone(),
        locale: Locale::Sl,
        source: Source::Text(table.into_bytes().into()),
    };
    let sink: Arc<dyn Sink> = Arc::new(Unheard);
    let summary = imports::run(app, &Arc::new(job), &sink)?;
    if summary.applied {
        Ok(())
    } else {
        Err(Error::Broken(format!("the notebook of {} was refused: {summary:?}", spot.name)))
    }
}
