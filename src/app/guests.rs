//! People for whom staff reserved. Their venue knows them by what it wrote itself and answers for that, whether or not the
//! address has an account: nothing that it reads, and no answer to it, tells (ADR 26). Their account, where they have one,
//! stays theirs.

use std::{collections::BTreeMap, sync::Arc};

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::{
        App, Done,
        accounts::{
            erase::{self, NOBODY},
            export::{self, Asks, Export},
            me::{AccountView, Memberships},
            obligations,
        },
        backup::erased,
        error::Error,
        notify::{NOBODYS, is_nobodys},
        page::{self, Asked, Page},
        shown,
        version::Expected,
    },
    domain::{
        access::{self, Action, Actor, Place},
        ids::{UserId, VenueId},
        instant::Instant,
        locale::Locale,
        person::{EmailAddress, Phone},
        record::Reservation,
        seen::Seen,
        series::Series,
        topic::Wanted,
    },
    store::{
        audit,
        db::{ReadTx, WriteTx},
        erasure,
        guests::{self, Guest, Sought},
        idempotency::Claim,
        locks,
        people::{self, Contact},
        places,
        users::{self, Account},
        words,
    },
};

/// A guest's record is what it is: it has one version.
const VERSION: i64 = 1;

/// What a venue is told of somebody it reserves for; no address of who is known by name alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told<'a> {
    pub email: Option<&'a EmailAddress>,
    pub name: &'a str,
    pub phone: Option<&'a Phone>,
}

impl Told<'_> {
    /// # Errors
    /// When the database fails.
    pub fn keep(
        self,
        tx: &mut WriteTx,
        venue_id: VenueId,
        user_id: UserId,
        now: Instant,
    ) -> Result<(), Error> {
        let email = self.email.map_or_else(|| format!("{user_id}{NOBODYS}"), ToString::to_string);
        let (name, phone) = (self.name.to_owned(), self.phone.map(ToString::to_string));
        Ok(guests::tell(tx, &Guest { venue_id, user_id, email, name, phone, created_at: now })?)
    }
}

/// Who organises something at a venue, and who made it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whose {
    venue: VenueId,
    organiser: UserId,
    made_by: UserId,
}

impl From<&Reservation> for Whose {
    fn from(one: &Reservation) -> Self {
        Self { venue: one.place.venue, organiser: one.organiser, made_by: one.made_by }
    }
}

impl From<&Series> for Whose {
    fn from(one: &Series) -> Self {
        Self { venue: one.place.venue, organiser: one.organiser, made_by: one.made_by }
    }
}

impl Whose {
    /// Whether staff reserved for somebody else than who reads.
    fn is_of_guest(self, reader: &Actor) -> bool {
        self.made_by != self.organiser && reader.person().map(|person| person.id) != Some(self.organiser)
    }
}

/// Who organises things, as one reader may know them.
pub(crate) struct Organisers {
    contacts: BTreeMap<UserId, Contact>,
    known: BTreeMap<(VenueId, UserId), Guest>,
}

impl Organisers {
    /// # Errors
    /// When the database fails.
    pub fn load(tx: &mut ReadTx, all: &[Whose], reader: &Actor) -> Result<Self, Error> {
        let mut people: Vec<UserId> = all.iter().map(|one| one.organiser).collect();
        people.sort_unstable();
        people.dedup();
        let contacts = people::contacts(tx, &people)?.into_iter().map(|one| (one.id, one)).collect();
        let of_guests = all.iter().filter(|one| one.is_of_guest(reader));
        let mut of_guests: Vec<_> = of_guests.map(|one| (one.venue, one.organiser)).collect();
        of_guests.sort_unstable();
        of_guests.dedup();
        Ok(Self { contacts, known: guests::known(tx, &of_guests)? })
    }

    pub fn of(&self, whose: Whose, reader: &Actor) -> Option<Contact> {
        let contact = self.contacts.get(&whose.organiser).cloned();
        match whose.is_of_guest(reader) {
            true => contact.map(|contact| called(contact, self.known.get(&(whose.venue, whose.organiser)))),
            false => contact,
        }
    }
}

/// The same of one, whose account is known already.
///
/// # Errors
/// When the database fails.
pub(crate) fn as_known(
    tx: &mut ReadTx,
    whose: Whose,
    contact: Option<Contact>,
    reader: &Actor,
) -> Result<Option<Contact>, Error> {
    match contact {
        Some(contact) if whose.is_of_guest(reader) => {
            let known = guests::find(tx, whose.venue, whose.organiser)?;
            Ok(Some(called(contact, known.as_ref())))
        }
        contact => Ok(contact),
    }
}

/// As their venue wrote; one whom it forgot goes by nothing.
fn called(contact: Contact, known: Option<&Guest>) -> Contact {
    let (name, email) = match known {
        Some(guest) => (guest.name.clone(), guest.email.clone()),
        None => (NOBODY.to_owned(), format!("{}{NOBODYS}", contact.id)),
    };
    Contact { name, email, ..contact }
}

/// Somebody for whom a venue's staff reserved, by what they wrote.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = KnownGuest)]
pub struct GuestView {
    pub id: UserId,
    pub name: String,
    /// Null of who is known by name alone.
    pub email: Option<String>,
    pub phone: Option<String>,
    /// When the venue first reserved for them.
    #[schema(format = DateTime)]
    pub since: String,
}

impl From<Guest> for GuestView {
    fn from(guest: Guest) -> Self {
        let email = Some(guest.email).filter(|email| !is_nobodys(email));
        Self {
            id: guest.user_id,
            name: guest.name,
            email,
            phone: guest.phone,
            since: shown(guest.created_at),
        }
    }
}

/// The guests of a venue: as it knows them, whoever has an account by now, or another address.
///
/// # Errors
/// `not_found`, `forbidden` unless staff or an administrator, `invalid` for a wrong limit or cursor.
pub fn list(
    app: &App,
    actor: &Actor,
    venue: VenueId,
    (email, user): (Option<EmailAddress>, Option<UserId>),
    asked: &Asked,
) -> Result<Page<GuestView>, Error> {
    let limit = asked.limit()?;
    let sought = Sought { email: email.map(|email| email.canonical()), user };
    let name = format!("guests of {venue}: {sought:?}");
    let after = asked.after::<UserId>(app, &name)?;
    let found = app.db.read(|tx| {
        let place = places::place(tx, venue)?.ok_or(Error::NOT_FOUND)?;
        access::may(actor, Action::AnswerForGuest(place))?;
        Ok::<_, Error>(guests::list(tx, venue, &sought, after, limit as i64 + 1)?)
    })?;
    let views = found.into_iter().map(GuestView::from).collect();
    let page = page::page(app, &name, views, limit, |guest: &GuestView| guest.id)?;
    app.views.note(app, actor, Seen::Guests, Some(venue), page.items.iter().map(|guest| guest.id));
    Ok(page)
}

/// All that a venue holds on somebody for whom its staff reserved.
///
/// # Errors
/// `not_found` unless they did, `forbidden` unless staff or an administrator.
pub fn export(app: &App, actor: &Actor, venue: VenueId, guest: UserId) -> Result<Export, Error> {
    let export = app.db.read(|tx| {
        let (known, account, _) = guest_of(tx, actor, venue, guest)?;
        Ok::<_, Error>(as_told(export::held(tx, app, account, Asks::Venue(venue))?, known))
    })?;
    app.views.note(app, actor, Seen::Export, Some(venue), [guest]);
    Ok(export)
}

/// What of it is the venue's: nothing of an account, and nothing of other venues.
fn as_told(held: Export, known: Guest) -> Export {
    let none = Memberships { venues: Vec::new(), networks: Vec::new() };
    let account = AccountView {
        id: known.user_id,
        email: known.email,
        name: known.name,
        phone: known.phone,
        locale: Locale::default(),
        verified: false,
        has_password: false,
        has_second_factor: false,
        roles_rest: false,
        administrator: false,
        staff_of: Vec::new(),
        decides_for: Vec::new(),
        coordinates: Vec::new(),
        member_of: none,
        organisations: Vec::new(),
        mail: Wanted::default().into(),
        version: VERSION,
    };
    Export {
        account,
        registered_at: shown(known.created_at),
        verified_at: None,
        sessions: Vec::new(),
        keys: Vec::new(),
        addresses: Vec::new(),
        invitations: Vec::new(),
        reservations: held.reservations,
        series: held.series,
        waiting: Vec::new(),
        join_requests: Vec::new(),
        calendars: Vec::new(),
        mails: Vec::new(),
        history: held.history,
        views: Vec::new(),
        guest_of: Vec::new(),
    }
}

/// The venue forgets a guest: nothing there names them any more. Whom no other venue and no account knows is erased whole.
///
/// # Errors
/// As [`export`], `precondition_failed`, `obligations_open` with what is open at the venue.
pub fn erase(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    (venue, guest): (VenueId, UserId),
    expected: Expected,
) -> Result<Done<()>, Error> {
    app.db.read(|tx| guest_of(tx, actor, venue, guest).map(drop))?;
    let by = actor.person().map(|person| person.id);
    let (app_, actor, own) = (app.clone(), actor.clone(), claim.clone());
    let done = app.command("erase a guest", claim, move |tx| {
        locks::claimant(tx, guest, None)?;
        let (known, account, place) = guest_of(tx, &actor, venue, guest)?;
        expected.check(VERSION)?;
        let own = own.as_ref().map(|claim| claim.claim.as_slice());
        forget(tx, &app_, (&known, account), place, (by, own))
    })?;
    erased::note(app);
    Ok(done)
}

fn forget(
    tx: &mut WriteTx,
    app: &App,
    (known, account): (&Guest, Account),
    place: Place,
    (by, claim): (Option<UserId>, Option<&[u8]>),
) -> Result<(), Error> {
    let (now, guest, venue) = (app.now(), account.id, place.venue);
    obligations::none_open_at(tx, app, (guest, venue), now)?;
    guests::forget(tx, venue, guest)?;
    words::forget_guest(tx, (venue, guest), NOBODY, now)?;
    erasure::forget_answers(tx, guest, claim)?;
    let staff: Vec<UserId> = people::deciders(tx, venue)?.iter().map(|one| one.id).collect();
    erasure::forget_letters(tx, &staff, known)?;
    erasure::ask_to_scrub(tx, now)?;
    let entry = audit::Entry::new(app.id(), now, by, "guest.forgotten", guest);
    audit::append(tx, &entry.within(place))?;
    let signs_in = account.verified_at.is_some() || account.password_hash.is_some();
    if signs_in || !guests::of(tx, guest)?.is_empty() {
        return Ok(());
    }
    obligations::none_open(tx, app, &account, now)?;
    erase::person(tx, app, account, (by, claim), now)
}

fn guest_of(
    tx: &mut ReadTx,
    actor: &Actor,
    venue: VenueId,
    guest: UserId,
) -> Result<(Guest, Account, Place), Error> {
    let place = places::place(tx, venue)?.ok_or(Error::NOT_FOUND)?;
    access::may(actor, Action::AnswerForGuest(place))?;
    let known = guests::find(tx, venue, guest)?.ok_or(Error::NOT_FOUND)?;
    let account = users::find(tx, guest)?.ok_or(Error::NOT_FOUND)?;
    Ok((known, account, place))
}
