//! The venue's spaces and the people of its reservations, as lines name them.

use super::{
    Job,
    report::Came,
    reservations::{SpaceName, Wish},
    rows::digest_of,
    table::field,
    values::Who,
};
use crate::{
    app::{App, error::Error, notify::NOBODYS, reservations::NewReservation},
    domain::{
        access::Place,
        ids::{LayoutId, SpaceId},
        locale::Locale,
        space::Space,
        text::fold,
    },
    store::{db::ReadTx, people::Contact, spaces},
};

/// Spaces read at once.
const PAGE: i64 = 200;

/// All spaces of a venue, archived ones too.
#[derive(Debug)]
pub(super) struct Spaces(Vec<Space>);

impl Spaces {
    /// # Errors
    /// When the database fails.
    pub fn of(tx: &mut ReadTx, place: Place) -> Result<Self, Error> {
        let wanted = spaces::Wanted { venue: Some(place.venue), archived: true, ..Default::default() };
        let mut all: Vec<Space> = Vec::new();
        loop {
            let page = spaces::list(tx, &wanted, all.last().map(|space: &Space| space.id), PAGE)?;
            let more = page.len() as i64 == PAGE;
            all.extend(page);
            if !more {
                return Ok(Self(all));
            }
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Space> {
        self.0.iter()
    }

    /// The one that a line means.
    ///
    /// # Errors
    /// `unknown_space`, `space_ambiguous`.
    pub fn find(&self, name: &SpaceName) -> Result<&Space, &'static str> {
        let found: Vec<&Space> = match name {
            SpaceName::Id(id) => self.iter().filter(|space| space.id == *id).collect(),
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
        let all: Vec<&Space> = self.iter().filter(|space| fold(&space.name) == folded).collect();
        let used: Vec<&Space> = all.iter().copied().filter(|space| space.archived_at.is_none()).collect();
        if used.is_empty() { all } else { used }
    }

    /// A new one, which the lines after it may name.
    pub fn knows(&mut self, space: Space) -> SpaceId {
        let id = space.id;
        self.0.push(space);
        id
    }

    /// The request that a line is, once space and layout are found.
    ///
    /// # Errors
    /// What comes of the line where they are not.
    pub fn request(&self, wish: &Wish) -> Result<NewReservation, Came> {
        let space = self.find(&wish.space).map_err(|code| invalid("space", code))?;
        let layout = wish.layout.as_ref().map(|name| layout(space, name)).transpose()?;
        Ok(wish.request(space.id, layout))
    }
}

fn layout(space: &Space, name: &str) -> Result<LayoutId, Came> {
    let found = space.layouts.iter().find(|one| !one.removed && fold(&one.name) == fold(name));
    found.map(|layout| layout.id).ok_or_else(|| invalid("layout", "not_of_this_space"))
}

pub(super) fn invalid(column: &str, code: &'static str) -> Came {
    Came::Invalid(vec![field(column, code)])
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

/// The account of somebody who has none yet, as for a guest of staff.
pub(super) fn newcomer(app: &App, key: &str, who: &Who) -> Contact {
    Contact {
        id: app.id(),
        email: who.email.as_ref().map_or_else(|| key.to_owned(), ToString::to_string),
        name: who.name.to_string(),
        locale: Locale::default().tag().to_owned(),
        verified_at: None,
    }
}
