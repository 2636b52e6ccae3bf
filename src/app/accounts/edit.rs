//! Changing one's own name, telephone, language and which optional mails one gets. The address stays: it is what was proved.

use std::sync::Arc;

use serde::Deserialize;
use utoipa::ToSchema;

use super::me::{self, AccountView};
use crate::{
    app::{
        App, Done,
        changed::changed,
        error::{Code, Error},
        patch::Field,
        version::Expected,
    },
    domain::{
        access::Actor,
        given::given,
        locale::Locale,
        person::{PersonName, Phone},
        topic::Wanted,
    },
    store::{audit, idempotency::Claim, locks, users},
};

/// What changes (RFC 7396).
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub name: Option<PersonName>,
    /// Null removes it.
    #[serde(default)]
    #[schema(value_type = Option<Phone>)]
    pub phone: Field<Phone>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub locale: Option<Locale>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub mail: Option<OptionalMailChange>,
}

/// Which optional mails one gets from now on; what is absent stays.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionalMailChange {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub reminders: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub digests: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    pub headcounts: Option<bool>,
}

impl OptionalMailChange {
    fn apply(self, wanted: Wanted) -> Wanted {
        Wanted {
            reminders: self.reminders.unwrap_or(wanted.reminders),
            digests: self.digests.unwrap_or(wanted.digests),
            headcounts: self.headcounts.unwrap_or(wanted.headcounts),
        }
    }
}

/// # Errors
/// `unauthenticated`, `precondition_failed`.
pub fn edit(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    expected: Expected,
    change: AccountChange,
) -> Result<Done<AccountView>, Error> {
    let id = me::own(actor)?.id;
    let app_ = app.clone();
    app.command("edit one's account", claim, move |tx| {
        locks::claimant(tx, id, None)?;
        let mut account = users::find(tx, id)?.ok_or(Error::Plain(Code::Unauthenticated))?;
        expected.check(account.version)?;
        let before = me::view(tx, account.clone())?;
        account.name = change.name.as_ref().map_or(account.name, ToString::to_string);
        account.phone = change.phone.clone().map(String::from).apply(account.phone);
        account.locale = change.locale.map_or(account.locale, |locale| locale.tag().to_owned());
        account.wanted = change.mail.unwrap_or_default().apply(account.wanted()).into();
        account.version += 1;
        users::update(tx, &account)?;
        let after = me::view(tx, account)?;
        let entry = audit::Entry::new(app_.id(), app_.now(), Some(id), "account.edited", id);
        audit::append(tx, &entry.with(changed(&before, &after)?))?;
        Ok(after)
    })
}
