//! Asking for a sign-in link.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Accepted,
    ticket::{self, For},
};
use crate::{
    app::{App, error::Error},
    domain::person::EmailAddress,
    store::{locks, users},
};

/// Who wants a link.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkRequest {
    pub email: EmailAddress,
}

/// Sends a link and a code, where the address has an account. Both ways take a write transaction, so
/// that the time taken tells little.
///
/// # Errors
/// When the database fails.
pub fn request(app: &Arc<App>, request: &LinkRequest) -> Result<Accepted, Error> {
    let (app_, key) = (app.clone(), request.email.canonical());
    app.db.write("ask for a sign-in link", move |tx| {
        let Some(account) = users::by_email(tx, &key)? else { return Ok(()) };
        locks::claimant(tx, account.id, None)?;
        match users::find(tx, account.id)? {
            Some(account) => ticket::send(tx, &app_, &account, For::SignIn, app_.now()),
            None => Ok::<_, Error>(()),
        }
    })?;
    Ok(Accepted::YES)
}
