//! Organisations' confirmations as creative, and their history: for their members, and for every coordination body.

use serde::Serialize;
use utoipa::ToSchema;

use super::confirm::ConfirmedView;
use crate::{
    app::{
        App,
        error::Error,
        page::{self, Asked, Page},
        searched, shown,
    },
    domain::{
        access::{self, Action, Actor},
        ids::{ConfirmationId, NetworkId, OrganisationId},
    },
    store::{
        confirmations::{self, Named},
        organisations,
    },
};

/// One confirmation, or the withdrawal of one. None is ever changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ConfirmationEntry)]
pub struct ConfirmationView {
    pub id: ConfirmationId,
    /// Whether it confirms, or withdraws.
    pub confirmed: bool,
    #[schema(format = DateTime)]
    pub at: String,
    /// From then on it holds no more; null: until it is withdrawn.
    #[schema(format = DateTime)]
    pub until: Option<String>,
    /// Who said so; null where that was not kept.
    pub by: Option<String>,
    /// For whose coordination body; null of the operator, and of who coordinates several.
    pub network: Option<ConfirmingNetwork>,
    pub grounds: Option<String>,
}

/// A network whose coordination body confirmed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConfirmingNetwork {
    pub id: NetworkId,
    pub name: String,
}

impl From<Named> for ConfirmationView {
    fn from(Named { confirmation, by, network }: Named) -> Self {
        Self {
            id: confirmation.id,
            confirmed: confirmation.confirmed,
            at: shown(confirmation.at),
            until: confirmation.until.map(shown),
            by,
            network: confirmation.network_id.zip(network).map(|(id, name)| ConfirmingNetwork { id, name }),
            grounds: confirmation.grounds,
        }
    }
}

/// The oldest first.
///
/// # Errors
/// `not_found` unless a member, a coordinator of some network or an administrator; `invalid` for a wrong limit or cursor.
pub fn list(
    app: &App,
    actor: &Actor,
    id: OrganisationId,
    asked: &Asked,
) -> Result<Page<ConfirmationView>, Error> {
    access::may(actor, Action::SeeConfirmations(id))?;
    let (limit, of) = (asked.limit()?, format!("confirmations of {id}"));
    let after = asked.after::<ConfirmationId>(app, &of)?;
    let found = app.db.read(|tx| {
        organisations::find(tx, id)?.ok_or(Error::NOT_FOUND)?;
        Ok::<_, Error>(confirmations::page(tx, id, after, limit as i64 + 1)?)
    })?;
    let views = found.into_iter().map(ConfirmationView::from).collect();
    page::page(app, &of, views, limit, |view: &ConfirmationView| view.id)
}

/// How it stands with one.
///
/// # Errors
/// `not_found` unless a member, a coordinator of some network or an administrator.
pub fn show(app: &App, actor: &Actor, id: OrganisationId) -> Result<ConfirmedView, Error> {
    access::may(actor, Action::SeeConfirmations(id))?;
    let found = app.db.read(|tx| organisations::find(tx, id))?.ok_or(Error::NOT_FOUND)?;
    Ok(ConfirmedView::new(found, app.now()))
}

/// Those that were ever confirmed, by id; `q` are words of their names. Others are looked for by who was asked to confirm them.
///
/// # Errors
/// `forbidden` unless a coordinator of some network or an administrator; `invalid` for a wrong limit or cursor, or a
/// search too long.
pub fn once_confirmed(
    app: &App,
    actor: &Actor,
    q: Option<&str>,
    asked: &Asked,
) -> Result<Page<ConfirmedView>, Error> {
    access::may(actor, Action::ConfirmOrganisation)?;
    let (limit, words) = (asked.limit()?, searched::words("?q", q)?);
    let of = format!("once confirmed {words:?}");
    let after = asked.after::<OrganisationId>(app, &of)?;
    let found = app.db.read(|tx| organisations::once_confirmed(tx, &words, after, limit as i64 + 1))?;
    let now = app.now();
    let views = found.into_iter().map(|organisation| ConfirmedView::new(organisation, now)).collect();
    page::page(app, &of, views, limit, |view: &ConfirmedView| view.id)
}
