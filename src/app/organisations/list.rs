//! Reading one's own organisations.

use super::OrganisationView;
use crate::{
    app::{
        App,
        error::{Code, Error},
        page::{self, Asked, Page},
    },
    domain::{
        access::{self, Action, Actor},
        ids::OrganisationId,
    },
    store::organisations,
};

/// # Errors
/// `unauthenticated`, `invalid` for a wrong limit or cursor.
pub fn list(app: &App, actor: &Actor, asked: &Asked) -> Result<Page<OrganisationView>, Error> {
    access::may(actor, Action::OwnAccount)?;
    let person = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?;
    let limit = asked.limit()?;
    let after = asked.after::<OrganisationId>(app, "organisations")?;
    let found = app.db.read(|tx| organisations::of(tx, person.id, after, limit as i64 + 1))?;
    let now = app.now();
    // A membership that ended since the roles were read is left out.
    let views = found.into_iter().filter_map(|organisation| {
        person.role_in(organisation.id).map(|role| OrganisationView::new(organisation, role, now))
    });
    page::page(app, "organisations", views.collect(), limit, |view: &OrganisationView| view.id)
}

/// # Errors
/// `not_found` unless a member.
pub fn show(app: &App, actor: &Actor, id: OrganisationId) -> Result<OrganisationView, Error> {
    access::may(actor, Action::SeeOrganisation(id))?;
    let role = actor.person().and_then(|person| person.role_in(id)).ok_or(Error::NOT_FOUND)?;
    let found = app.db.read(|tx| organisations::find(tx, id))?;
    found.map(|organisation| OrganisationView::new(organisation, role, app.now())).ok_or(Error::NOT_FOUND)
}
