//! Where lines become what they say, within one transaction: people first, then the venue's configuration alone, then its
//! units, as everywhere (DESIGN 4), and then line after line.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    Job,
    report::{Came, LineView},
    reservations::{SpaceName, Wish},
    rows::{Read, Row, digest_of},
    values::Who,
};
use crate::{
    app::{
        App,
        error::{Code, Error},
        guests::Told,
        notify::NOBODYS,
        reservations::bring,
    },
    domain::{
        access::Place,
        ids::{ReservationId, SpaceId, UserId},
        locale::Locale,
        space::Space,
        text::fold,
    },
    store::{
        db::{ReadTx, WriteTx},
        imported::{self, Became, Imported},
        locks,
        people::{self, Contact},
        places, spaces,
    },
};

/// Spaces read at once.
const PAGE: i64 = 200;

/// What a transaction knows of the venue and of the people for whom it brings something in.
pub(super) struct Desk<'a> {
    pub app: &'a Arc<App>,
    pub job: &'a Job,
    /// By [`key_of`].
    people: HashMap<String, Contact>,
    /// Accounts that were made for it, and that nothing came of so far.
    unused: BTreeSet<UserId>,
    /// Archived ones too.
    pub spaces: Vec<Space>,
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
        let (known, unused) = (HashMap::with_capacity(people.len() + 1), BTreeSet::new());
        let mut desk = Self { app, job, people: known, unused, spaces: Vec::new() };
        for (key, who) in people {
            let contact = desk.account(tx, key, who)?;
            desk.people.insert(key.clone(), contact);
        }
        locks::edit_venue(tx, job.place)?;
        desk.spaces = all_spaces(tx, job.place)?;
        let groups: Vec<_> = desk.spaces.iter().flat_map(Space::groups).collect();
        locks::units(tx, &groups)?;
        Ok(desk)
    }

    /// The account of a person, locked; made where there is none, as for a guest of staff.
    fn account(&mut self, tx: &mut WriteTx, key: &str, who: &Who) -> Result<Contact, Error> {
        if let Some(known) = people::by_email(tx, key)? {
            locks::person(tx, known.id)?;
            return Ok(known);
        }
        let contact = Contact {
            id: self.app.id(),
            email: who.email.as_ref().map_or_else(|| key.to_owned(), ToString::to_string),
            name: who.name.to_string(),
            locale: Locale::default().tag().to_owned(),
            verified_at: None,
        };
        let phone = who.phone.as_ref().map(ToString::to_string);
        if people::insert_guest(tx, &contact, key, phone, self.app.now())? {
            self.unused.insert(contact.id);
            return Ok(contact);
        }
        let known = people::by_email(tx, key)?.ok_or(Code::Duplicate)?;
        locks::person(tx, known.id)?;
        Ok(known)
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

    /// Does what the lines say, one after the other.
    ///
    /// # Errors
    /// What concerns no line alone: when the database fails.
    pub fn bring_all(&mut self, tx: &mut WriteTx, reads: Vec<Read>) -> Result<Vec<LineView>, Error> {
        let keys: Vec<Vec<u8>> =
            reads.iter().filter_map(|read| read.id.as_deref()).map(|id| self.job.what.key(id)).collect();
        let mut known = imported::known(tx, self.job.place.venue, &keys)?;
        let mut lines = Vec::with_capacity(reads.len());
        for Read { line, id, row } in reads {
            let key = id.as_deref().map(|id| self.job.what.key(id)).unwrap_or_default();
            let came = match row {
                Err(faults) => Came::Invalid(faults),
                Ok(row) => self.bring(tx, row, &key, &mut known)?,
            };
            lines.push(LineView::new(line, id, came, self.job.locale));
        }
        Ok(lines)
    }

    fn bring(
        &mut self,
        tx: &mut WriteTx,
        row: Row,
        key: &[u8],
        known: &mut HashMap<Vec<u8>, Imported>,
    ) -> Result<Came, Error> {
        let fingerprint = match &row {
            Row::Nothing(why) => return Ok(Came::Unchanged(known.get(key).map(Imported::shown), Some(*why))),
            Row::Count(count) => return self.count(tx, count),
            Row::Reservation(wish) => wish.fingerprint.clone(),
            Row::Space(row) => row.fingerprint.clone(),
        };
        if let Some(before) = known.get(key) {
            let (id, same) = (Some(before.shown()), before.fingerprint == fingerprint);
            return Ok(if same { Came::Unchanged(id, None) } else { Came::Conflict(id, "import_differs") });
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
        imported::insert(tx, self.job.place, key, &row, self.app.now())?;
        let id = row.shown();
        known.insert(key.to_vec(), row);
        Ok(Came::Created(id))
    }

    fn reservation(&mut self, tx: &mut WriteTx, wish: &Wish) -> Result<Result<ReservationId, Came>, Error> {
        let space = match self.find(&wish.space) {
            Ok(space) => space,
            Err(code) => return Ok(Err(invalid("space", code))),
        };
        let layout = match &wish.layout {
            None => None,
            Some(name) => {
                match space.layouts.iter().find(|one| !one.removed && fold(&one.name) == fold(name)) {
                    Some(layout) => Some(layout.id),
                    None => return Ok(Err(invalid("layout", "not_of_this_space"))),
                }
            }
        };
        let new = wish.request(space.id, layout);
        let organiser = match &wish.who {
            Some(who) => self.people.get(&key_of(self.job, who)).cloned(),
            None => self.importer(tx)?,
        };
        let organiser =
            organiser.ok_or_else(|| Error::Broken("a person of a line was not looked for".to_owned()))?;
        let (used, tell) = (organiser.id, self.job.tells());
        let brought = bring::Brought { new, headcount: wish.headcount, organiser, tell };
        let made = match bring::bring(tx, self.app, &self.job.actor, brought) {
            Ok(made) => made,
            Err(Error::SlotTaken { .. }) => return Ok(Err(Came::Conflict(None, "slot_taken"))),
            Err(Error::Refused { decision, zone, .. }) => return Ok(Err(Came::Refused(decision, zone))),
            Err(Error::Fields(faults)) => return Ok(Err(Came::Invalid(faults))),
            Err(other) => return Err(other),
        };
        self.unused.remove(&used);
        if let Some(who) = &wish.who {
            let told = Told { email: who.email.as_ref(), name: who.name.as_str(), phone: who.phone.as_ref() };
            told.keep(tx, self.job.place.venue, used, self.app.now())?;
        }
        Ok(Ok(made))
    }

    /// Whoever brings it in, where the line names nobody.
    fn importer(&mut self, tx: &mut WriteTx) -> Result<Option<Contact>, Error> {
        let Some(person) = self.job.actor.person() else { return Ok(None) };
        let key = person.id.to_string();
        if let Some(known) = self.people.get(&key) {
            return Ok(Some(known.clone()));
        }
        let contact = people::contact(tx, person.id)?;
        if let Some(contact) = &contact {
            self.people.insert(key, contact.clone());
        }
        Ok(contact)
    }

    /// The space that a line means.
    ///
    /// # Errors
    /// `unknown_space`, `space_ambiguous`.
    pub fn find(&self, name: &SpaceName) -> Result<&Space, &'static str> {
        let found: Vec<&Space> = match name {
            SpaceName::Id(id) => self.spaces.iter().filter(|space| space.id == *id).collect(),
            SpaceName::Name(name) => self.named(name),
        };
        match found.as_slice() {
            [] => Err("unknown_space"),
            [one] => Ok(one),
            _ => Err("space_ambiguous"),
        }
    }

    /// Those in use of that name; where there is none, those that were.
    pub fn named(&self, name: &str) -> Vec<&Space> {
        let folded = fold(name);
        let all: Vec<&Space> = self.spaces.iter().filter(|space| fold(&space.name) == folded).collect();
        let used: Vec<&Space> = all.iter().copied().filter(|space| space.archived_at.is_none()).collect();
        if used.is_empty() { all } else { used }
    }
}

pub(super) fn invalid(column: &str, code: &'static str) -> Came {
    Came::Invalid(vec![super::table::field(column, code)])
}

/// By what two lines mean the same person: the address, or within one venue the name. An account without an address is
/// nobody's to sign in to.
pub(super) fn key_of(job: &Job, who: &Who) -> String {
    match &who.email {
        Some(email) => email.canonical(),
        None => {
            let digest = digest_of([job.place.venue.to_string().as_str(), &fold(who.name.as_str())]);
            let name: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
            format!("{name}{NOBODYS}")
        }
    }
}

/// All of a venue's, archived ones too.
///
/// # Errors
/// When the database fails.
pub(super) fn all_spaces(tx: &mut ReadTx, place: Place) -> Result<Vec<Space>, Error> {
    let wanted = spaces::Wanted { venue: Some(place.venue), archived: true, ..Default::default() };
    let mut all: Vec<Space> = Vec::new();
    loop {
        let page = spaces::list(tx, &wanted, all.last().map(|space: &Space| space.id), PAGE)?;
        let more = page.len() as i64 == PAGE;
        all.extend(page);
        if !more {
            return Ok(all);
        }
    }
}

/// The venue's zone and the day that it is there.
///
/// # Errors
/// `not_found`; when the database fails.
pub(super) fn today(tx: &mut WriteTx, app: &App, job: &Job) -> Result<chrono::NaiveDate, Error> {
    let venue = places::venue(tx, job.place.venue)?.ok_or(Error::NOT_FOUND)?;
    Ok(venue.zone.date(app.now()))
}

/// What a line makes known to those after it.
impl Desk<'_> {
    pub fn knows(&mut self, space: Space) -> SpaceId {
        let id = space.id;
        self.spaces.push(space);
        id
    }
}
