//! The deployment's secret: given, in a file, or made at the first start on one machine.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use secrecy::{ExposeSecret, SecretString};

use super::settings::{ConfigError, Settings};
use crate::{app::credentials::sealing::Secret, store::dialect::Target};

/// Where the secret is.
#[derive(Debug, Clone)]
pub enum SecretSource {
    Given(Secret),
    /// Made at the first start, readable by its owner alone.
    Kept(PathBuf),
    /// Several nodes share a PostgreSQL database, so none may make one up: not said, refused when asked for.
    Missing,
}

impl SecretSource {
    pub(super) fn read(settings: &Settings, database: &Target) -> Result<Self, ConfigError> {
        match (settings.get("secret"), settings.get("secret_file"), database) {
            (Some(_), Some(_), _) => {
                Err(ConfigError::new("secret_file", "and PROSTOR_SECRET are both set: which is it?"))
            }
            (Some(text), None, _) => parse("secret", &text.into()).map(Self::Given),
            (None, Some(path), _) => {
                let text = fs::read_to_string(path)
                    .map_err(|error| ConfigError::new("secret_file", format_args!("{path}: {error}")))?;
                parse("secret_file", &text.into()).map(Self::Given)
            }
            (None, None, Target::Sqlite(path)) => {
                Ok(Self::Kept(PathBuf::from(path).with_extension("secret")))
            }
            (None, None, Target::Postgres(_)) => Ok(Self::Missing),
        }
    }

    /// The secret, where there is one.
    ///
    /// # Errors
    /// When there is none, or the file can't be read.
    pub fn found(&self) -> Result<Secret, ConfigError> {
        match self {
            Self::Kept(path) if !path.exists() => Err(ConfigError::new(
                "secret_file",
                format_args!(
                    "{} is not there: put the secret of the service that was backed up in it",
                    path.display()
                ),
            )),
            _ => self.load(),
        }
    }

    /// The secret, made and kept where it may be.
    ///
    /// # Errors
    /// When there is none, or the file can't be read, written, or is readable by others.
    pub fn load(&self) -> Result<Secret, ConfigError> {
        match self {
            Self::Given(secret) => Ok(secret.clone()),
            Self::Kept(path) => {
                let text = kept(path).map_err(|error| {
                    ConfigError::new("secret_file", format_args!("{}: {error}", path.display()))
                })?;
                parse("secret_file", &text)
            }
            Self::Missing => Err(ConfigError::new(
                "secret",
                "is not set: on PostgreSQL every node is given the same 32 random bytes (openssl rand -hex 32)",
            )),
        }
    }
}

fn parse(name: &str, text: &SecretString) -> Result<Secret, ConfigError> {
    Secret::parse(text).map_err(|error| ConfigError::new(name, format_args!("is not a secret: {error}")))
}

fn kept(path: &Path) -> io::Result<SecretString> {
    let mut new = fs::OpenOptions::new();
    match new.write(true).create_new(true).mode(0o600).open(path) {
        Ok(mut file) => {
            let secret = Secret::generate();
            file.write_all(secret.expose_secret().as_bytes())?;
            file.sync_all()?;
            Ok(secret)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let others = fs::metadata(path)?.mode() & 0o077;
            if others != 0 {
                return Err(io::Error::other("others can read it; set its mode to 0600"));
            }
            fs::read_to_string(path).map(SecretString::from)
        }
        Err(error) => Err(error),
    }
}
