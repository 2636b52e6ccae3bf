//! What would come of lines, told without writing anything and without keeping anybody waiting. It is judged by the functions
//! that bring in; what the lines before it would have made is remembered here, not written.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{
    Job,
    counts::Count,
    desk::{again, judged, today},
    named::{Spaces, key_of, newcomer},
    places::{counted_before, day},
    report::{Came, LineView, Remark},
    reservations::Wish,
    rows::{Read, Row, digest_of, half},
    values::Who,
};
use crate::{
    app::{
        App,
        error::{Code, Error},
        reservations::{
            bring::{self, Brought, Organiser},
            taking::Planned,
        },
    },
    store::{
        attendance::{self, Attendance},
        db::ReadTx,
        imported::{self, Imported},
        people,
    },
};

/// What the lines so far would have made: of each some hundred octets, whatever it says, so that it is bounded as files are.
pub(super) struct Trial<'a> {
    app: &'a Arc<App>,
    job: &'a Job,
    planned: Planned,
    /// What lines said of which something would come, by their keys; both are halves of digests.
    said: HashMap<u128, u128>,
}

/// What holds for one look: the venue and its people as a snapshot has them.
struct Snapshot {
    spaces: Spaces,
    today: NaiveDate,
    /// Lines that were brought in before, by their keys.
    known: HashMap<Vec<u8>, Imported>,
    /// By [`key_of`]; whoever brings it in by the id.
    people: HashMap<String, Organiser>,
}

impl<'a> Trial<'a> {
    pub fn new(app: &'a Arc<App>, job: &'a Job) -> Self {
        Self { app, job, planned: Planned::for_a_trial(app.id()), said: HashMap::new() }
    }

    /// What would come of some lines, after those before them.
    ///
    /// # Errors
    /// What concerns no line alone: when the database fails.
    pub fn look(&mut self, tx: &mut ReadTx, reads: &[Read]) -> Result<Vec<LineView>, Error> {
        let (place, what) = (self.job.place, &self.job.what);
        let keys: Vec<Vec<u8>> =
            reads.iter().map(|read| what.key(read.id.as_deref().unwrap_or_default())).collect();
        let mut snapshot = Snapshot {
            spaces: Spaces::of(tx, place)?,
            today: today(tx, self.app, self.job)?,
            known: imported::known(tx, place.venue, &keys)?,
            people: HashMap::new(),
        };
        let mut lines = Vec::with_capacity(reads.len());
        for (read, key) in reads.iter().zip(&keys) {
            let came = match &read.row {
                Err(faults) => Came::Invalid(faults.clone()),
                Ok(row) => self.line(tx, &mut snapshot, (row, read.repeats), key)?,
            };
            lines.push(LineView::new(read.line, read.id.clone(), came, self.job.locale));
        }
        Ok(lines)
    }

    fn line(
        &mut self,
        tx: &mut ReadTx,
        snapshot: &mut Snapshot,
        (row, repeats): (&Row, Option<u64>),
        key: &[u8],
    ) -> Result<Came, Error> {
        let before = snapshot.known.get(key);
        match row {
            Row::Nothing(why) => Ok(Came::Unchanged(before.map(Imported::shown), Some(Remark::Code(why)))),
            Row::Count(count) => self.count(tx, snapshot, (count, repeats)),
            Row::Reservation(wish) => match before {
                Some(before) => Ok(again(before, &wish.fingerprint, repeats)),
                None => self.reservation(tx, snapshot, (wish, repeats), key),
            },
            Row::Space(_) => Err(Error::Broken("a space is tried by making it".to_owned())),
        }
    }

    fn reservation(
        &mut self,
        tx: &mut ReadTx,
        snapshot: &mut Snapshot,
        (wish, repeats): (&Wish, Option<u64>),
        key: &[u8],
    ) -> Result<Came, Error> {
        if let Some(said) = self.said.get(&half(key)) {
            return Ok(Came::known(None, *said == half(&wish.fingerprint), repeats, "import_differs"));
        }
        let new = match snapshot.spaces.request(wish) {
            Ok(new) => new,
            Err(came) => return Ok(came),
        };
        let organiser = self.organiser(tx, &mut snapshot.people, wish.who.as_ref())?;
        let brought = Brought { new, headcount: wish.headcount, organiser, tell: self.job.tells() };
        let planned = bring::plan(tx, self.app, &self.job.actor, &brought, &mut self.planned);
        if let Err(came) = judged(planned)? {
            return Ok(came);
        }
        self.said.insert(half(key), half(&wish.fingerprint));
        Ok(Came::Created(None))
    }

    /// Whom a line names, else whoever brings it in. Who has no account would get one.
    fn organiser(
        &self,
        tx: &mut ReadTx,
        people: &mut HashMap<String, Organiser>,
        who: Option<&Who>,
    ) -> Result<Organiser, Error> {
        let importer = self.job.actor.person().ok_or(Code::Unauthenticated)?.id;
        let key = who.map_or_else(|| importer.to_string(), |who| key_of(self.job, who));
        match people.entry(key) {
            Entry::Occupied(known) => Ok(known.get().clone()),
            Entry::Vacant(place) => {
                let contact = match who {
                    None => people::contact(tx, importer)?.ok_or(Code::Unauthenticated)?,
                    Some(who) => people::by_email(tx, place.key())?
                        .unwrap_or_else(|| newcomer(self.app, place.key(), who)),
                };
                let organiser = Organiser::of(tx, self.app, contact)?;
                Ok(place.insert(organiser).clone())
            }
        }
    }

    fn count(
        &mut self,
        tx: &mut ReadTx,
        snapshot: &Snapshot,
        (count, repeats): (&Count, Option<u64>),
    ) -> Result<Came, Error> {
        let (space, day) = match day(&snapshot.spaces, snapshot.today, count) {
            Ok(found) => found,
            Err(came) => return Ok(came),
        };
        if let Some(before) = attendance::find(tx, space, day.date)? {
            return Ok(counted_before(space, before, &day, repeats));
        }
        let key = half(&digest_of([space.to_string().as_str(), &day.date.to_string()]));
        let said = fingerprint(&day);
        match self.said.entry(key) {
            Entry::Vacant(place) => {
                place.insert(said);
                Ok(Came::Created(None))
            }
            Entry::Occupied(before) => {
                Ok(Came::known(None, *before.get() == said, repeats, "counted_already"))
            }
        }
    }
}

fn fingerprint(day: &Attendance) -> u128 {
    let note = day.note.as_deref().unwrap_or("");
    half(&digest_of([day.walk_ins.to_string().as_str(), &day.event_visitors.to_string(), note]))
}
