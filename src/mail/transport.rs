//! How a mail leaves: SMTP or a folder of files, chosen by URL (DESIGN 6).
//!
//! - `smtp://[user:password@]host[:587]`: STARTTLS, required; with `?tls=none` in the clear, for a host
//!   that is this machine only.
//! - `smtps://[user:password@]host[:465]`: TLS from the first byte.
//! - `file:FOLDER`: one `.eml` each, for trying out and for the demo's mailbox page.
//!
//! There is no opportunistic mode: whoever sits on the line could switch it off.

use std::{
    fmt, fs,
    io::Write,
    net::IpAddr,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::Duration,
};

use lettre::{SmtpTransport, Transport as _, transport::smtp::PoolConfig};

use super::compose::Composed;

/// Connecting, and each answer of the server.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Connections at once; sender threads beyond wait for one.
const POOL: u32 = 8;

/// A way to send mail. Shared by all sender threads.
#[derive(Clone)]
pub struct Transport(Way);

#[derive(Clone)]
enum Way {
    Smtp { server: SmtpTransport, host: String },
    Folder(PathBuf),
}

/// Why a mail address scheme was not understood. Never shows the URL, which may hold a password.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum InvalidMailUrl {
    #[error("must begin with smtp://, smtps:// or file:")]
    Scheme,
    #[error("names no folder: write file:./mail")]
    NoFolder,
    #[error(
        "tls=none sends mail in the clear and is for a server on this machine only (127.0.0.1, ::1, localhost)"
    )]
    ClearText,
    #[error("the only parameter is tls=none, with smtp:// alone")]
    Parameter,
    #[error("a user needs a password: smtp://user:password@host")]
    NoPassword,
    #[error("is not a valid address: {0}")]
    Malformed(String),
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The connection, the server's state or our sign-in: another attempt may succeed.
    #[error("not sent for now: {0}")]
    Temporary(String),
    /// The server refuses this mail or its recipient for good.
    #[error("refused: {0}")]
    Permanent(String),
}

impl SendError {
    pub const fn is_permanent(&self) -> bool {
        matches!(self, Self::Permanent(_))
    }
}

impl Transport {
    /// Reads the URL; connects to nothing yet.
    pub fn from_url(url: &str) -> Result<Self, InvalidMailUrl> {
        if let Some(path) = url.strip_prefix("file:") {
            return folder(path);
        }
        let (scheme, rest) = url.split_once("://").ok_or(InvalidMailUrl::Scheme)?;
        if !matches!(scheme, "smtp" | "smtps") {
            return Err(InvalidMailUrl::Scheme);
        }
        let (rest, parameter) = rest.split_once('?').unwrap_or((rest, ""));
        let authority = rest.trim_end_matches('/');
        let (credentials, host) = authority.rsplit_once('@').unwrap_or(("", authority));
        if !credentials.is_empty() && !credentials.contains(':') {
            return Err(InvalidMailUrl::NoPassword);
        }
        let tls = match (scheme, parameter) {
            ("smtps", "") => "",
            ("smtp", "") => "?tls=required",
            ("smtp", "tls=none") if is_this_machine(host) => "",
            ("smtp", "tls=none") => return Err(InvalidMailUrl::ClearText),
            _ => return Err(InvalidMailUrl::Parameter),
        };
        let server = SmtpTransport::from_url(&format!("{scheme}://{authority}{tls}"))
            .map_err(|error| InvalidMailUrl::Malformed(error.to_string()))?
            .timeout(Some(TIMEOUT))
            .pool_config(PoolConfig::new().max_size(POOL))
            .build();
        Ok(Self(Way::Smtp { server, host: host.to_owned() }))
    }

    /// Sends it or says why not. A file is complete or absent.
    pub fn send(&self, mail: &Composed) -> Result<(), SendError> {
        match &self.0 {
            Way::Smtp { server, .. } => {
                server.send(&mail.message).map(drop).map_err(|error| classify(&error))
            }
            Way::Folder(folder) => {
                write(folder, mail).map_err(|error| SendError::Temporary(error.to_string()))
            }
        }
    }

    /// The folder of a `file:` transport.
    pub fn folder(&self) -> Option<&Path> {
        match &self.0 {
            Way::Folder(folder) => Some(folder),
            Way::Smtp { .. } => None,
        }
    }
}

impl fmt::Debug for Transport {
    /// Without credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Way::Smtp { host, .. } => write!(f, "smtp server {host}"),
            Way::Folder(folder) => write!(f, "folder {}", folder.display()),
        }
    }
}

/// `file:mail`, `file:/var/mail` and `file:///var/mail`.
fn folder(path: &str) -> Result<Transport, InvalidMailUrl> {
    let path = match path.strip_prefix("//") {
        Some(absolute) if absolute.starts_with('/') => absolute,
        Some(_) => return Err(InvalidMailUrl::Malformed("write file:FOLDER or file:///FOLDER".to_owned())),
        None => path,
    };
    if path.is_empty() {
        return Err(InvalidMailUrl::NoFolder);
    }
    Ok(Transport(Way::Folder(path.into())))
}

fn is_this_machine(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(bracketed) => bracketed.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// 5xx is final, except where it speaks of our sign-in (RFC 4954, 6): that is the operator's to mend and
/// no mail may be lost by it. An address the server can't take (no SMTPUTF8) is final too.
fn classify(error: &lettre::transport::smtp::Error) -> SendError {
    const SIGN_IN: [u16; 4] = [530, 534, 535, 538];
    let reason = match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    };
    let about_us = error.status().is_some_and(|code| SIGN_IN.contains(&u16::from(code)));
    let beyond_the_server = error.is_client() && reason.contains("non-ascii");
    if (error.is_permanent() && !about_us) || beyond_the_server {
        SendError::Permanent(reason)
    } else {
        SendError::Temporary(reason)
    }
}

/// Written beside, made durable, then renamed: a reader never sees half a mail. A mail sent again
/// replaces itself.
fn write(folder: &Path, mail: &Composed) -> std::io::Result<()> {
    // Letters hold links that sign people in: nobody else reads them.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let time = mail.date.utc().format("%Y%m%dT%H%M%SZ");
    let id: String = mail.message_id.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let (partial, whole) =
        (folder.join(format!(".{time}-{id}.partial")), folder.join(format!("{time}-{id}.eml")));
    let mut file =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&partial)?;
    file.write_all(&mail.bytes())?;
    file.sync_all()?;
    fs::rename(&partial, &whole)
}

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read_or_refused_with_a_reason() {
        use InvalidMailUrl::{ClearText, NoFolder, NoPassword, Parameter, Scheme};
        for (url, wanted) in [
            ("smtp://mail.example", Ok("smtp server mail.example")),
            ("smtp://ana:s%40crt@mail.example:2587", Ok("smtp server mail.example:2587")),
            ("smtps://ana:secret@mail.example/", Ok("smtp server mail.example")),
            ("smtp://127.0.0.1:2525?tls=none", Ok("smtp server 127.0.0.1:2525")),
            ("smtp://[::1]:2525?tls=none", Ok("smtp server [::1]:2525")),
            ("smtp://localhost?tls=none", Ok("smtp server localhost")),
            ("file:./mail", Ok("folder ./mail")),
            ("file:///var/mail", Ok("folder /var/mail")),
            ("smtp://mail.example?tls=none", Err(ClearText)),
            ("smtp://127.0.0.1.mail.example?tls=none", Err(ClearText)),
            ("smtp://localhost@mail.example?tls=none", Err(NoPassword)),
            ("smtp://mail.example?tls=opportunistic", Err(Parameter)),
            ("smtps://localhost?tls=none", Err(Parameter)),
            ("smtp://ana@mail.example", Err(NoPassword)),
            ("file:", Err(NoFolder)),
            ("mail.example", Err(Scheme)),
            ("http://mail.example", Err(Scheme)),
            ("", Err(Scheme)),
        ] {
            let shown = Transport::from_url(url).map(|transport| format!("{transport:?}"));
            assert_eq!(shown, wanted.map(str::to_owned), "{url}");
        }
        assert!(matches!(Transport::from_url("file://host/x"), Err(InvalidMailUrl::Malformed(_))));
        assert!(matches!(Transport::from_url("smtp://"), Err(InvalidMailUrl::Malformed(_))));
    }
}
