//! What an operator does from the command line without the service.

use std::{io::BufRead, sync::Arc};

use crate::{
    app::{
        App,
        accounts::{GivenPassword, setup},
        error::Error,
    },
    catalogue,
    domain::{
        ids::UserId,
        locale::Locale,
        person::{EmailAddress, PersonName},
    },
};

/// Makes an administrator with the password on the first line of `input`.
///
/// # Errors
/// One line that says what is wrong.
pub fn create_administrator(
    app: &Arc<App>,
    email: &str,
    name: &str,
    input: &mut impl BufRead,
) -> Result<UserId, String> {
    let email = EmailAddress::new(email).map_err(|error| format!("--email: {error}"))?;
    let name = PersonName::new(name).map_err(|error| format!("--name: {error}"))?;
    let mut line = String::new();
    input.read_line(&mut line).map_err(|error| format!("the password on standard input: {error}"))?;
    let password = line.trim_end_matches(['\r', '\n']).to_owned();
    if password.is_empty() {
        return Err("write the password to standard input: prostor admin create … < password-file".to_owned());
    }
    setup::create_administrator(app, &email, &name, &GivenPassword::from(password))
        .map_err(|error| said(&error))
}

/// An error in words.
pub fn said(error: &Error) -> String {
    let text = |key: String| catalogue::find(Locale::En, &key, &[]);
    let code = error.code();
    match error {
        Error::Detailed(_, detail) => detail.clone(),
        Error::Because(_, why, most) => why.said(*most, Locale::En),
        Error::Store(error) => error.to_string(),
        Error::Fields(fields) => {
            let fields = fields.iter().map(|field| {
                let words = text(format!("field-{}", field.code)).unwrap_or_else(|| field.code.to_owned());
                format!("{}: {words}", field.pointer.trim_start_matches('/'))
            });
            fields.collect::<Vec<_>>().join("; ")
        }
        _ => text(format!("problem-{code}-title")).unwrap_or_else(|| code.to_string()),
    }
}
