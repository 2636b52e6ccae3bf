//! What the terminal shows: where to go, and who to be.

use std::{
    fmt::Write as _,
    io::{self, Write as _},
    path::Path,
};

use super::{
    Tally,
    data::{Human, Region},
    setup::PASSWORD,
};
use crate::{config::Config, store::dialect::Target};

/// While the data is made.
pub(super) fn beginning(config: &Config) {
    match &config.database {
        Target::Sqlite(path) => show(&format!("Making the demo's data in {path} …\n")),
        // Its URL may hold a password.
        Target::Postgres(_) => show("Making the demo's data in the PostgreSQL database …\n"),
    }
}

/// Once it can be used.
pub(super) fn ready(url: &str, region: &Region, tally: &Tally, mailbox: Option<&Path>) {
    show(&text(url, region, tally, mailbox));
}

fn text(url: &str, region: &Region, tally: &Tally, mailbox: Option<&Path>) -> String {
    let mut text = format!("{tally}.\n\n  Prostor is running, with demo data of Gorenjska\n\n");
    let mut line = |label: &str, value: &str| {
        // Writing to a String can't fail.
        let _ = writeln!(text, "  {label:<29}{value}");
    };
    line("Open", url);
    line("API", &format!("{url}/api/v1"));
    if let Some(folder) = mailbox {
        line("Mailbox of everybody", &format!("{url}/mailbox"));
        line("", &format!("files in {}", folder.display()));
    }
    line("", "");
    line("Sign in as", &format!("password of all: {PASSWORD}"));
    line("administrator", region.administrator.email.as_str());
    line("coordinator", region.coordinator.email.as_str());
    for venue in &region.venues {
        line(&format!("manager, {}", venue.slug), venue.manager.email.as_str());
    }
    let with_password = |person: &&Human| person.signs_in;
    for member in region.people.iter().filter(with_password) {
        line("member", member.email.as_str());
    }
    line("all other members", "by link: their mail is in the mailbox");
    line("", "");
    line("Stop with Ctrl-C", "started again, it goes on where it stopped");
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// A terminal that is gone is no reason not to serve.
fn show(text: &str) {
    let mut out = io::stdout().lock();
    if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
        tracing::debug!("nobody reads what the demo says");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::data;

    #[test]
    fn it_fits_a_terminal_and_names_everybody_once() {
        let region = data::gorenjska().unwrap();
        let tally = Tally { reserved: 1234, ..Tally::default() };
        let text = text("http://127.0.0.1:8080", &region, &tally, Some(Path::new("mailbox")));
        let lines = text.lines().skip(1);
        assert!(lines.clone().all(|line| line.chars().count() <= 80), "{text}");
        for email in [&region.administrator.email, &region.coordinator.email, &region.people[0].email] {
            assert_eq!(text.matches(email.as_str()).count(), 1, "{text}");
        }
        assert!(text.contains("http://127.0.0.1:8080/mailbox\n") && text.contains(PASSWORD), "{text}");
    }
}
