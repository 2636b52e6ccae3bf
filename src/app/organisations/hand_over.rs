//! Handing an organisation over: whoever typed a register number first owns what stands under it, and need not be who that
//! enterprise is. Once it is proved elsewhere who speaks for it, the operator gives it to them, and takes it from the others.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::confirm::ConfirmedView;
use crate::{
    app::{
        App, Done,
        error::{Code, Error, Why},
        notify,
    },
    domain::{
        access::{self, Action, Actor, OrganisationRole},
        ids::{OrganisationId, UserId},
        text::Prose,
    },
    mail::{notice::Notice, organisation::OrganisationView, standing::Standing},
    store::{audit, db::WriteTx, idempotency::Claim, locks, organisations, people, users},
};

/// To whom, and what becomes of those who own it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// Who owns it from then on; their address is proved.
    pub user_id: UserId,
    /// Whether who owned it stays as a member; else they leave it.
    pub former_owners_stay: bool,
    /// How it is known that it is theirs: stands in the audit.
    #[schema(example = "Extract of the business register and a letter of its director, 3 March 2026.")]
    pub grounds: Prose<1000>,
}

/// They are its only owner then. Members stay. What is so already changes nothing.
///
/// # Errors
/// `forbidden` unless an administrator, `not_found`, `invalid` for nobody, `state_conflict` while the person's address is not
/// proved.
pub fn hand_over(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: OrganisationId,
    over: HandOver,
) -> Result<Done<ConfirmedView>, Error> {
    access::may(actor, Action::HandOverOrganisation)?;
    let by = actor.person().ok_or(Error::Plain(Code::Unauthenticated))?.id;
    let app_ = app.clone();
    app.command("hand an organisation over", claim, move |tx| {
        locks::claimant(tx, over.user_id, Some(id))?;
        let organisation = organisations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        let person = users::find(tx, over.user_id)?.filter(|account| account.disabled_at.is_none());
        let person = person.ok_or_else(|| Error::field("/user_id", "unknown"))?;
        if person.verified_at.is_none() {
            return Err(Error::conflict(Why::PersonUnverified));
        }
        let now = app_.now();
        let owners: Vec<UserId> = people::owners(tx, id)?.iter().map(|owner| owner.id).collect();
        if owners != [person.id] {
            let former: Vec<UserId> = owners.into_iter().filter(|owner| *owner != person.id).collect();
            let named = OrganisationView::new(id, &organisation.name);
            tell(tx, &app_, &named, (person.id, &former))?;
            organisations::set_member(tx, id, person.id, OrganisationRole::Owner, now)?;
            for owner in &former {
                match over.former_owners_stay {
                    true => organisations::set_member(tx, id, *owner, OrganisationRole::Member, now)?,
                    false => organisations::remove_member(tx, id, *owner)?,
                }
                users::touch(tx, *owner)?;
            }
            users::touch(tx, person.id)?;
            let entry = audit::Entry::new(app_.id(), now, Some(by), "organisation.handed_over", id);
            let said = json!({"user": person.id, "former": former, "stay": over.former_owners_stay, "grounds": over.grounds.as_str()});
            audit::append(tx, &entry.with(said))?;
        }
        Ok(ConfirmedView::new(organisation, now))
    })
}

fn tell(
    tx: &mut WriteTx,
    app: &App,
    organisation: &OrganisationView,
    (person, former): (UserId, &[UserId]),
) -> Result<(), Error> {
    let link = || format!("{}/sign-in", app.public_url);
    let organisation = || organisation.clone();
    let gained = Standing::HandedOver { organisation: organisation(), gained: true, link: link() };
    let lost = Standing::HandedOver { organisation: organisation(), gained: false, link: link() };
    for contact in people::contacts(tx, &[person])? {
        notify::tell(tx, app, &contact, &Notice::Standing(gained.clone()))?;
    }
    for contact in people::contacts(tx, former)? {
        notify::tell(tx, app, &contact, &Notice::Standing(lost.clone()))?;
    }
    Ok(())
}
