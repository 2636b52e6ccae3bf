//! What an operator does from the command line without the service.

use std::{io::BufRead, sync::Arc};

use crate::{
    app::{
        App,
        accounts::{
            GivenPassword, setup,
            somebody::{self, Known, Meant, Somebody},
        },
        error::{Code, Error},
    },
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
        .map_err(|error| error.said(Locale::En))
}

/// Who may be meant by these words of a name or an address: a line for each.
///
/// # Errors
/// One line that says what is wrong.
pub fn find(app: &App, text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("whom? give a part of the name or of the address".to_owned());
    }
    let found = somebody::find(app, text).map_err(|error| error.said(Locale::En))?;
    match found.as_slice() {
        [] => Err(format!("there is nobody whose name or address has `{text}` in it")),
        found => Ok(found.iter().map(|one| format!("{}\n", line(one))).collect()),
    }
}

/// All that is held on somebody, as JSON.
///
/// # Errors
/// One line that says what is wrong.
pub fn export(app: &Arc<App>, who: &str) -> Result<String, String> {
    let export = somebody::export(app, &meant(who)?).map_err(|error| unmet(who, &error))?;
    let mut json = serde_json::to_string_pretty(&export).map_err(|error| error.to_string())?;
    json.push('\n');
    Ok(json)
}

/// Erases somebody, once it is `really` meant; before, tells who it would be.
///
/// # Errors
/// One line that says what is wrong, or all that stands against it.
pub fn erase(app: &Arc<App>, who: &str, really: bool) -> Result<String, String> {
    let meant = meant(who)?;
    let one = somebody::show(app, &meant).map_err(|error| unmet(who, &error))?;
    if !really {
        return Ok(format!(
            "{}\nNothing is erased yet, and nothing brings it back: say so with --really.\n",
            line(&one)
        ));
    }
    somebody::erase(app, &meant).map_err(|error| unmet(who, &error))?;
    Ok(format!("Erased {}.\n", one.id))
}

fn meant(who: &str) -> Result<Meant, String> {
    if let Ok(id) = who.parse() {
        return Ok(Meant::Id(id));
    }
    let address = EmailAddress::new(who).map(Meant::Address);
    address.map_err(|_| {
        format!("`{who}` is neither an address nor an id; `prostor admin find` looks for people by name")
    })
}

fn unmet(who: &str, error: &Error) -> String {
    match error.code() {
        Code::NotFound => format!("there is nobody known as {who}"),
        _ => error.said(Locale::En),
    }
}

fn line(one: &Somebody) -> String {
    let known = match one.known {
        Known::Account => "an account",
        Known::Guest => "a guest without an account",
        Known::NameAlone => "brought in by name alone",
    };
    let told = [Some(one.id.to_string()), Some(one.name.clone()), one.email.clone(), one.phone.clone()];
    let told: Vec<String> = told.into_iter().flatten().collect();
    let at = if one.venues.is_empty() { String::new() } else { format!(" at {}", one.venues.join(", ")) };
    format!("{}: {known} since {}{at}", told.join(", "), one.since)
}
