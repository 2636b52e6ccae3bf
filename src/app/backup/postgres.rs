//! A backup of PostgreSQL: an archive of its own `pg_dump`, read back by its own `pg_restore`. The programs are the
//! server's, of its version or newer; they are told the password in their environment, where no list of processes shows it.

use std::{
    ffi::OsStr,
    fs::OpenOptions,
    io::ErrorKind,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    process::{Command, Stdio},
};

use super::BackupError;

/// Dumps the database in one snapshot to `path`, which nobody else may read, and looks whether it can be read back.
pub(super) fn dump(url: &str, path: &Path) -> Result<(), BackupError> {
    let at = |error: std::io::Error| BackupError::file(path, error);
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).map_err(at)?;
    let arguments = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments", "--file"];
    run("pg_dump", url, arguments.map(OsStr::new).into_iter().chain([path.as_os_str()]))?;
    prove(path)
}

/// Whether an archive can be read to its end.
///
/// # Errors
/// [`BackupError::Program`] with what `pg_restore` says.
pub fn prove(path: &Path) -> Result<(), BackupError> {
    // Read through and made into nothing.
    let arguments = ["--file=/dev/null"].map(OsStr::new);
    finish("pg_restore", Command::new("pg_restore").args(arguments).arg(path))
}

/// Restores an archive into an empty database, whole or not at all.
///
/// # Errors
/// [`BackupError::Program`] with what `pg_restore` says.
pub fn restore(url: &str, path: &Path) -> Result<(), BackupError> {
    let arguments = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"];
    run("pg_restore", url, arguments.map(OsStr::new).into_iter().chain([path.as_os_str()]))
}

fn run<'a>(
    program: &'static str,
    url: &str,
    arguments: impl Iterator<Item = &'a OsStr>,
) -> Result<(), BackupError> {
    let (url, password) = without_password(url);
    let mut command = Command::new(program);
    command.arg("--dbname").arg(url).arg("--no-password").args(arguments);
    if let Some(password) = password {
        command.env("PGPASSWORD", password);
    }
    finish(program, &mut command)
}

fn finish(program: &str, command: &mut Command) -> Result<(), BackupError> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| {
        BackupError::Program(match error.kind() {
            ErrorKind::NotFound => format!(
                "{program} is not to be found: install PostgreSQL's client programs of the server's version or newer \
                 (Debian: apt-get install postgresql-client)"
            ),
            _ => format!("{program}: {error}"),
        })
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(BackupError::Program(format!("{program} failed: {said}")))
}

/// A URL without the password in it, and that password, decoded.
fn without_password(url: &str) -> (String, Option<String>) {
    let whole = || (url.to_owned(), None);
    let Some((scheme, rest)) = url.split_once("://") else { return whole() };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let Some((user, hosts)) = authority.rsplit_once('@') else { return whole() };
    let Some((user, password)) = user.split_once(':') else { return whole() };
    (format!("{scheme}://{user}@{hosts}{}", &rest[authority.len()..]), Some(decoded(password)))
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| *first == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_argument_holds_a_password() {
        for (url, without, password) in [
            ("postgres://ana:s%40fe@db/prostor", "postgres://ana@db/prostor", Some("s@fe")),
            (
                "postgres://ana:x@a:1,b:2/p?target_session_attrs=any",
                "postgres://ana@a:1,b:2/p?target_session_attrs=any",
                Some("x"),
            ),
            ("postgresql://ana@db/prostor", "postgresql://ana@db/prostor", None),
            ("postgres:///prostor?host=/run/postgresql", "postgres:///prostor?host=/run/postgresql", None),
            ("postgres://ana:100%@db/p", "postgres://ana@db/p", Some("100%")),
        ] {
            assert_eq!(without_password(url), (without.to_owned(), password.map(str::to_owned)), "{url}");
        }
    }
}
