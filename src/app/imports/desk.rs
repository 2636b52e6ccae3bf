//! Where lines become what they say, within one transaction: people first, then the venue's configuration alone, then its
//! units, as everywhere (DESIGN 4), and then line after line.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    Job,
    named::{Spaces, key_of, newcomer},
    report::{Came, LineView, Remark},
    reservations::Wish,
    rows::{Read, Row},
    values::Who,
};
use crate::{
    app::{
        App,
        error::{Code, Error},
        guests::Told,
        reservations::{
            bring::{self, Brought, Made, Organiser},
            taking::Planned,
        },
    },
    domain::{
        ids::{ReservationId, UserId},
        space::Space,
    },
    store::{
        db::{ReadTx, WriteTx},
        imported::{self, Became, Imported},
        locks,
        people::{self, Contact},
        places,
    },
};

/// What a transaction knows of the venue and of the people for whom it brings something in.
pub(super) struct Desk<'a> {
    pub app: &'a Arc<App>,
    pub job: &'a Job,
    /// By [`key_of`].
    people: HashMap<String, Organiser>,
    /// Accounts that were made for it, and that nothing came of so far.
    unused: BTreeSet<UserId>,
    pub spaces: Spaces,
    /// Of the batch in hand, what is still to be written.
    planned: Planned,
    made: Vec<Made>,
    lines: Vec<(Vec<u8>, Imported)>,
}

impl<'a> Desk<'a> {
    /// `people` by [`key_of`], whose order is that in which they are locked.
    ///
    /// # Errors
    /// When the database fails.
    pub fn open(
        tx: &mut WriteTx,
        app: &'a Arc<App>,
        job: &'a Job,
        people: &BTreeMap<String, Who>,
    ) -> Result<Self, Error> {
        let (mut contacts, mut unused) = (HashMap::with_capacity(people.len() + 1), BTreeSet::new());
        for (key, who) in people {
            let contact = account(tx, app, (key, who), &mut unused)?;
            contacts.insert(key.clone(), Organiser::of(tx, app, contact)?);
        }
        locks::edit_venue(tx, job.place)?;
        let spaces = Spaces::of(tx, job.place)?;
        let groups: Vec<_> = spaces.iter().flat_map(Space::groups).collect();
        locks::units(tx, &groups)?;
        let (planned, made, lines) = (Planned::for_a_batch(app.id()), Vec::new(), Vec::new());
        Ok(Self { app, job, people: contacts, unused, spaces, planned, made, lines })
    }

    /// Accounts that nothing came of are as if they had never been made.
    ///
    /// # Errors
    /// When the database fails.
    pub fn close(self, tx: &mut WriteTx) -> Result<(), Error> {
        let unused: Vec<UserId> = self.unused.into_iter().collect();
        for some in unused.chunks(200) {
            people::take_back(tx, some)?;
        }
        Ok(())
    }

    /// Does what the lines of one batch say, one after the other, and writes it.
    ///
    /// # Errors
    /// What concerns no line alone: when the database fails.
    pub fn bring_all(&mut self, tx: &mut WriteTx, reads: Vec<Read>) -> Result<Vec<LineView>, Error> {
        let keys: Vec<Vec<u8>> =
            reads.iter().filter_map(|read| read.id.as_deref()).map(|id| self.job.what.key(id)).collect();
        let mut known = imported::known(tx, self.job.place.venue, &keys)?;
        let mut lines = Vec::with_capacity(reads.len());
        for Read { line, id, repeats, row } in reads {
            let key = id.as_deref().map(|id| self.job.what.key(id)).unwrap_or_default();
            let came = match row {
                Err(faults) => Came::Invalid(faults),
                Ok(row) => self.bring(tx, (row, repeats), &key, &mut known)?,
            };
            lines.push(LineView::new(line, id, came, self.job.locale));
        }
        self.write(tx)?;
        Ok(lines)
    }

    fn write(&mut self, tx: &mut WriteTx) -> Result<(), Error> {
        let (made, lines) = (std::mem::take(&mut self.made), std::mem::take(&mut self.lines));
        self.planned = Planned::for_a_batch(self.app.id());
        bring::write(tx, self.app, self.job.place, &made)?;
        Ok(imported::insert(tx, self.job.place, &lines, self.app.now())?)
    }

    fn bring(
        &mut self,
        tx: &mut WriteTx,
        (row, repeats): (Row, Option<u64>),
        key: &[u8],
        known: &mut HashMap<Vec<u8>, Imported>,
    ) -> Result<Came, Error> {
        let fingerprint = match &row {
            Row::Nothing(why) => {
                let id = known.get(key).map(Imported::shown);
                return Ok(Came::Unchanged(id, Some(Remark::Code(why))));
            }
            Row::Count(count) => return self.count(tx, count, repeats),
            Row::Reservation(wish) => wish.fingerprint.clone(),
            Row::Space(row) => row.fingerprint.clone(),
        };
        if let Some(before) = known.get(key) {
            return Ok(again(before, &fingerprint, repeats));
        }
        let made = match row {
            Row::Reservation(wish) => self.reservation(tx, &wish)?.map(Became::Reservation),
            Row::Space(row) => self.space(tx, &row)?.map(Became::Space),
            Row::Nothing(_) | Row::Count(_) => return Ok(Came::Unchanged(None, None)),
        };
        let became = match made {
            Ok(became) => became,
            Err(came) => return Ok(came),
        };
        let row = Imported { fingerprint, became };
        let id = row.shown();
        self.lines.push((key.to_vec(), row.clone()));
        known.insert(key.to_vec(), row);
        Ok(Came::Created(Some(id)))
    }

    fn reservation(&mut self, tx: &mut WriteTx, wish: &Wish) -> Result<Result<ReservationId, Came>, Error> {
        let new = match self.spaces.request(wish) {
            Ok(new) => new,
            Err(came) => return Ok(Err(came)),
        };
        let organiser = match &wish.who {
            Some(who) => self.people.get(&key_of(self.job, who)).cloned(),
            None => self.importer(tx)?,
        };
        let organiser =
            organiser.ok_or_else(|| Error::Broken("a person of a line was not looked for".to_owned()))?;
        let (used, tell) = (organiser.contact.id, self.job.tells());
        let brought = Brought { new, headcount: wish.headcount, organiser, tell };
        let made = bring::bring(tx, self.app, &self.job.actor, brought, &mut self.planned);
        let made = match judged(made)? {
            Ok(made) => made,
            Err(came) => return Ok(Err(came)),
        };
        self.unused.remove(&used);
        if let Some(who) = &wish.who {
            let told = Told { email: who.email.as_ref(), name: who.name.as_str(), phone: who.phone.as_ref() };
            told.keep(tx, self.job.place.venue, used, self.app.now())?;
        }
        let id = made.id();
        self.made.push(made);
        Ok(Ok(id))
    }

    /// Whoever brings it in, where the line names nobody.
    fn importer(&mut self, tx: &mut WriteTx) -> Result<Option<Organiser>, Error> {
        let Some(person) = self.job.actor.person() else { return Ok(None) };
        let key = person.id.to_string();
        if let Some(known) = self.people.get(&key) {
            return Ok(Some(known.clone()));
        }
        let Some(contact) = people::contact(tx, person.id)? else { return Ok(None) };
        let organiser = Organiser::of(tx, self.app, contact)?;
        self.people.insert(key, organiser.clone());
        Ok(Some(organiser))
    }
}

/// What comes of a line that is known.
pub(super) fn again(before: &Imported, fingerprint: &[u8], repeats: Option<u64>) -> Came {
    Came::known(Some(before.shown()), before.fingerprint == fingerprint, repeats, "import_differs")
}

/// What is for the line to answer for.
///
/// # Errors
/// What is not.
pub(super) fn judged<T>(answer: Result<T, Error>) -> Result<Result<T, Came>, Error> {
    match answer {
        Ok(made) => Ok(Ok(made)),
        Err(Error::SlotTaken { .. }) => Ok(Err(Came::Conflict(None, Remark::Code("slot_taken")))),
        Err(Error::Refused { decision, zone, .. }) => Ok(Err(Came::Refused(decision, zone))),
        Err(Error::Fields(faults)) => Ok(Err(Came::Invalid(faults))),
        Err(other) => Err(other),
    }
}

/// The day that it is at the venue.
///
/// # Errors
/// `not_found`; when the database fails.
pub(super) fn today(tx: &mut ReadTx, app: &App, job: &Job) -> Result<chrono::NaiveDate, Error> {
    let venue = places::venue(tx, job.place.venue)?.ok_or(Error::NOT_FOUND)?;
    Ok(venue.zone.date(app.now()))
}

/// The account of a person, locked; made where there is none.
fn account(
    tx: &mut WriteTx,
    app: &App,
    (key, who): (&str, &Who),
    unused: &mut BTreeSet<UserId>,
) -> Result<Contact, Error> {
    if let Some(known) = people::by_email(tx, key)? {
        locks::person(tx, known.id)?;
        return Ok(known);
    }
    let contact = newcomer(app, key, who);
    let phone = who.phone.as_ref().map(ToString::to_string);
    if people::insert_guest(tx, &contact, key, phone, app.now())? {
        unused.insert(contact.id);
        return Ok(contact);
    }
    let known = people::by_email(tx, key)?.ok_or(Code::Duplicate)?;
    locks::person(tx, known.id)?;
    Ok(known)
}
