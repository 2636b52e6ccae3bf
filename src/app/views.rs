//! Who looked at whose personal data. Noted in memory as an answer is made, and written down by a job: what is read most
//! must not wait for a write. A process that is killed loses what it noted since the job's last run.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use serde::Serialize;
use utoipa::ToSchema;

use super::{
    App,
    error::Error,
    page::{self, Asked, Page},
    shown,
};
use crate::{
    domain::{
        access::{self, Action, Actor},
        ids::{UserId, VenueId, ViewId},
        instant::Instant,
        seen::Seen,
    },
    store::{
        db::ReadTx,
        error::StoreError,
        places,
        views::{self, View},
    },
};

const HOUR: i64 = 3600;
/// More than are noted between two runs of the job; beyond, the database must have been away for long.
const MOST: usize = 100_000;

/// Of whom, by whom, what, where, in which hour (Unix seconds of its start).
type Look = (UserId, UserId, Seen, Option<VenueId>, i64);

/// What was noted and not written down yet.
#[derive(Debug, Default)]
pub struct Views(Mutex<BTreeSet<Look>>);

impl Views {
    /// Notes that staff of a venue, a coordinator or an administrator was shown this of others.
    pub fn note(
        &self,
        app: &App,
        actor: &Actor,
        what: Seen,
        venue: Option<VenueId>,
        people: impl IntoIterator<Item = UserId>,
    ) {
        let Some(viewer) = actor.person().map(|person| person.id) else { return };
        let hour = app.now().unix().div_euclid(HOUR) * HOUR;
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for person in people.into_iter().filter(|person| *person != viewer) {
            if noted.len() >= MOST {
                tracing::warn!("looks at personal data are lost: {MOST} wait to be written down");
                return;
            }
            noted.insert((person, viewer, what, venue, hour));
        }
    }

    fn take(&self) -> BTreeSet<Look> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put_back(&self, looks: BTreeSet<Look>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(looks);
    }
}

/// Writes down what was noted; returns how many looks are new in their hour.
///
/// # Errors
/// When the database fails; nothing is lost then.
pub fn write_down(app: &Arc<App>) -> Result<usize, Error> {
    let looks = app.views.take();
    if looks.is_empty() {
        return Ok(0);
    }
    let rows: Vec<View> = looks.iter().map(|look| row(app, look)).collect();
    let written: Result<usize, StoreError> =
        app.db.write("note who looked", move |tx| views::append(tx, &rows));
    if written.is_err() {
        app.views.put_back(looks);
    }
    Ok(written?)
}

fn row(app: &App, (person, viewer, what, venue, hour): &Look) -> View {
    View {
        id: app.id(),
        person_id: *person,
        viewer_id: *viewer,
        what: what.to_string(),
        venue_id: *venue,
        at: Instant::from_unix(*hour),
    }
}

/// A look at one's data.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DataView)]
pub struct DataView {
    pub id: ViewId,
    /// The full hour in which it was first shown.
    #[schema(format = DateTime)]
    pub at: String,
    pub what: Seen,
    /// For whose staff; null of a coordinator or an administrator.
    pub venue_id: Option<VenueId>,
    pub venue_name: Option<String>,
    /// Present for administrators: who works for a venue has a right to privacy, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewer_id: Option<UserId>,
}

/// Up to `limit` looks at a person's data, the latest first.
///
/// # Errors
/// When the database fails.
pub(super) fn of(
    tx: &mut ReadTx,
    person: UserId,
    before: Option<ViewId>,
    limit: i64,
    with_viewers: bool,
) -> Result<Vec<DataView>, Error> {
    let mut shown_views = Vec::new();
    for view in views::of(tx, person, before, limit)? {
        let venue = view.venue_id.map(|venue| places::venue(tx, venue)).transpose()?.flatten();
        shown_views.push(DataView {
            id: view.id,
            at: shown(view.at),
            what: view.what.parse().map_err(|e| StoreError::corrupt("data_views.what", e))?,
            venue_id: view.venue_id,
            venue_name: venue.map(|venue| venue.name),
            viewer_id: with_viewers.then_some(view.viewer_id),
        });
    }
    Ok(shown_views)
}

/// One's own, or for administrators anybody's.
///
/// # Errors
/// `unauthenticated`, `forbidden`, `invalid` for a wrong limit or cursor.
pub fn list(
    app: &App,
    actor: &Actor,
    person: Option<UserId>,
    asked: &Asked,
) -> Result<Page<DataView>, Error> {
    access::may(actor, Action::OwnAccount)?;
    if person.is_some() {
        access::may(actor, Action::SeeViews)?;
    }
    let own = actor.person().map(|person| person.id);
    let whose = person.or(own).ok_or(Error::NOT_FOUND)?;
    let (limit, name) = (asked.limit()?, format!("views of {whose}"));
    let before = asked.after::<ViewId>(app, &name)?;
    let found = app.db.read(|tx| of(tx, whose, before, limit as i64 + 1, person.is_some()))?;
    page::page(app, &name, found, limit, |view| view.id)
}
