//! Giving a space its venue's hours again.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::{super::place_of_space, HoursView, Of, put::Edit};
use crate::{
    app::{App, Done, affected::OnAffected, error::Error, version::Expected},
    domain::{
        access::{self, Action, Actor},
        ids::SpaceId,
    },
    store::{hours, idempotency::Claim},
};

/// When the venue's hours count again, and what becomes of reservations outside them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Return {
    /// Local date, today where nothing is said.
    pub valid_from: Option<NaiveDate>,
    pub on_affected: OnAffected,
}

/// From a date on; its own later versions and exceptions are gone.
///
/// # Errors
/// `not_found`, `forbidden` unless staff or administrator, `precondition_failed`, `invalid`,
/// `affected_reservations`.
pub fn inherit(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SpaceId,
    expected: Expected,
    wanted: Return,
) -> Result<Done<HoursView>, Error> {
    let place = place_of_space(app, id)?;
    access::may(actor, Action::ManageVenue(place))?;
    if wanted.valid_from.is_some_and(|date| !(2000..2100).contains(&date.year())) {
        return Err(Error::field("?valid_from", "date_out_of_bounds"));
    }
    let (app_, by) = (app.clone(), actor.person().map(|person| person.id));
    app.command("inherit opening hours", claim, move |tx| {
        let mut edit = Edit::begin(tx, &app_, place, Of::Space(id), &expected)?;
        let (owner, from) = (edit.subject.owner(), wanted.valid_from.unwrap_or(edit.today));
        hours::put_version(tx, owner, app_.id(), from, None)?;
        hours::put_exceptions(tx, owner, from, &[])?;
        edit.end(tx, &app_, by, wanted.on_affected)
    })
}
