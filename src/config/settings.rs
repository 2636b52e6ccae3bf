//! Where a setting's text comes from: the environment, else a TOML file with the same names in snake_case.

use std::{collections::BTreeMap, fmt, path::Path};

/// What can be set, by the names of the file; in the environment in capitals after `PROSTOR_`.
pub const NAMES: &[(&str, &str)] = &[
    ("database_url", "sqlite:FILE or postgres://…; sqlite:prostor.db where nothing is said"),
    ("read_database_url", "a replica, for statistics and search"),
    ("database_connections", "connections of the pool: 1 to 200"),
    ("listen", "the address and port to listen on; 127.0.0.1:8080 where nothing is said"),
    ("public_url", "the address people type; http://LISTEN where nothing is said"),
    ("mail_url", "smtp://…, smtps://… or file:FOLDER"),
    ("mail_from", "whom mails are from: Prostor <prostor@example.org>"),
    ("secret", "32 random bytes, the same on every node; on SQLite made at the first start"),
    ("secret_file", "a file that holds the secret instead"),
    ("trusted_proxies", "the addresses or networks of proxies, separated by commas"),
    ("rate_limit", "on, off or requests a minute: signed-in=600,anonymous=300,auth=30,service=600"),
    ("second_factor", "optional, or staff: whoever works for a house needs one before their roles count"),
    ("retention", "days for which what names people is kept: texts=730,guests=730,views=365,mails=30"),
    ("backup_folder", "where SQLite's nightly backups go; FILE.backups beside the database's file"),
    ("backups_kept", "how many of them: 14 where nothing is said; 0 makes none"),
    ("erased_file", "a file outside of the database that says who was erased, for restores"),
    (
        "outside_calendars",
        "public; everywhere: calendars may lie in a private network, at any port; off: this node reads none",
    ),
    ("metrics_token", "what reads /metrics presents; this machine alone may where nothing is said"),
    ("log", "error, warn, info, debug, trace, or a filter by module"),
    ("log_format", "text for people, json for machines"),
];

/// A setting that can't be used. Shown as one line that names the variable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{variable} {what}")]
pub struct ConfigError {
    pub variable: String,
    pub what: String,
}

impl ConfigError {
    /// `what` continues a sentence that begins with the variable's name.
    pub fn new(name: &str, what: impl fmt::Display) -> Self {
        Self { variable: variable(name), what: what.to_string() }
    }
}

/// The name in the environment.
pub fn variable(name: &str) -> String {
    format!("PROSTOR_{}", name.to_uppercase())
}

/// The texts that were set; the environment wins over the file.
#[derive(Default)]
pub struct Settings(BTreeMap<&'static str, String>);

impl Settings {
    /// `environment` answers for whole names such as `PROSTOR_LISTEN`; an empty text counts as not set.
    /// `file` is read where given, else the file `PROSTOR_CONFIG` names, if any.
    ///
    /// # Errors
    /// When the file can't be read, is not TOML or holds a name that does not exist.
    pub fn gather(
        environment: &dyn Fn(&str) -> Option<String>,
        file: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let named = environment("PROSTOR_CONFIG").filter(|path| !path.is_empty());
        let mut settings = match file.or(named.as_deref().map(Path::new)) {
            Some(path) => {
                let text = std::fs::read_to_string(path);
                let text = text.map_err(|error| in_file(path, &error))?;
                Self(parse(&text).map_err(|error| in_file(path, &error))?)
            }
            None => Self::default(),
        };
        for (name, _) in NAMES {
            if let Some(value) = environment(&variable(name)).filter(|value| !value.is_empty()) {
                settings.0.insert(name, value);
            }
        }
        Ok(settings)
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        debug_assert!(NAMES.iter().any(|(known, _)| *known == name), "{name} is not a setting");
        self.0.get(name).map(String::as_str)
    }

    /// Sets it, whatever was said elsewhere: arguments win.
    pub fn set(&mut self, name: &'static str, value: String) {
        self.0.insert(name, value);
    }

    /// Sets what was not set.
    pub fn or(&mut self, name: &'static str, value: impl FnOnce() -> Option<String>) {
        if !self.0.contains_key(name)
            && let Some(value) = value()
        {
            self.0.insert(name, value);
        }
    }
}

fn in_file(path: &Path, error: &dyn fmt::Display) -> ConfigError {
    let said = error.to_string();
    let said: Vec<_> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    ConfigError::new("config", format_args!("{}: {}", path.display(), said.join(" ")))
}

fn parse(text: &str) -> Result<BTreeMap<&'static str, String>, String> {
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
    let mut settings = BTreeMap::new();
    for (name, value) in table {
        let known = NAMES.iter().find(|(known, _)| *known == name);
        let (known, _) = known.ok_or_else(|| format!("there is no setting `{name}`"))?;
        let value = plain(&value).ok_or_else(|| format!("`{name}` is neither a text nor a number"))?;
        settings.insert(*known, value);
    }
    Ok(settings)
}

fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(on) => Some(if *on { "on" } else { "off" }.to_owned()),
        toml::Value::Array(items) => {
            items.iter().map(plain).collect::<Option<Vec<_>>>().map(|all| all.join(","))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("prostor.toml");
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let (_folder, path) =
            file("listen = \"[::1]:1\"\nrate_limit = false\ntrusted_proxies = [\"a\", \"b\"]");
        let environment = |name: &str| match name {
            "PROSTOR_LISTEN" => Some("127.0.0.1:2".to_owned()),
            "PROSTOR_LOG" => Some(String::new()),
            _ => None,
        };
        let settings = Settings::gather(&environment, Some(&path)).unwrap();
        assert_eq!(settings.get("listen"), Some("127.0.0.1:2"));
        assert_eq!(settings.get("rate_limit"), Some("off"));
        assert_eq!(settings.get("trusted_proxies"), Some("a,b"));
        assert_eq!(settings.get("log"), None);
    }

    #[test]
    fn a_broken_file_is_one_line_that_says_where() {
        for (text, said) in [
            ("listen = ", "PROSTOR_CONFIG"),
            ("listn = \"x\"", "there is no setting `listn`"),
            ("listen = 1.5", "`listen` is neither a text nor a number"),
            ("[listen]\nport = 1", "`listen` is neither"),
        ] {
            let (_folder, path) = file(text);
            let error = Settings::gather(&|_| None, Some(&path)).err().unwrap().to_string();
            assert!(error.contains(said) && error.contains("prostor.toml"), "{error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
        let nowhere = |name: &str| (name == "PROSTOR_CONFIG").then(|| "/nowhere/prostor.toml".to_owned());
        let error = Settings::gather(&nowhere, None).err().unwrap().to_string();
        assert!(error.starts_with("PROSTOR_CONFIG /nowhere/prostor.toml: "), "{error}");
    }
}
