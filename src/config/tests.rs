//! Settings as people write them: what is understood, and the line they see when it is not.

use std::{fs, os::unix::fs::PermissionsExt};

use super::*;

const SECRET: &str = "6f1d2c3b4a5968778695a4b3c2d1e0f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

fn settings(set: &[(&str, &str)]) -> Settings {
    let find = |name: &str| {
        set.iter().find(|(known, _)| settings::variable(known) == name).map(|(_, value)| (*value).to_owned())
    };
    Settings::gather(&find, None).unwrap()
}

fn read(set: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::read(&settings(set))
}

#[test]
fn with_nothing_set_it_is_sqlite_on_this_machine_but_does_not_serve_without_mail() {
    let config = read(&[]).unwrap();
    assert_eq!(config.database, Target::Sqlite("prostor.db".to_owned()));
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert!(config.limits.is_some() && config.public_url.is_none() && config.replica.is_none());
    let refusal = config.check_serving().unwrap_err().to_string();
    assert!(refusal.starts_with("PROSTOR_MAIL_URL is not set"), "{refusal}");
    assert!(read(&[("mail_url", "file:mail")]).unwrap().check_serving().is_ok());
}

#[test]
fn what_cannot_be_used_is_one_line_that_names_the_variable_and_no_password() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("database_url", "mysql://ana:hunter2@db/x")], "PROSTOR_DATABASE_URL must begin with"),
        (&[("read_database_url", "replica:hunter2")], "PROSTOR_READ_DATABASE_URL must begin with"),
        (&[("database_connections", "0")], "PROSTOR_DATABASE_CONNECTIONS is a number from 1 to 200, not `0`"),
        (&[("database_connections", "many")], "PROSTOR_DATABASE_CONNECTIONS is a number"),
        (&[("listen", "8080")], "PROSTOR_LISTEN is an address and a port"),
        (&[("listen", "0.0.0.0:8080")], "PROSTOR_PUBLIC_URL is not set"),
        (&[("public_url", "book.example.org")], "PROSTOR_PUBLIC_URL is http:// or https://"),
        (&[("public_url", "https://book.example.org/prostor")], "PROSTOR_PUBLIC_URL"),
        (&[("public_url", "https://ana@book.example.org")], "PROSTOR_PUBLIC_URL"),
        (&[("public_url", "ftp://book.example.org")], "PROSTOR_PUBLIC_URL"),
        (&[("mail_url", "imap://ana:hunter2@host")], "PROSTOR_MAIL_URL must begin with"),
        (&[("mail_url", "smtp://hunter2@host")], "PROSTOR_MAIL_URL a user needs"),
        (&[("mail_from", "nobody")], "PROSTOR_MAIL_FROM is an address"),
        (&[("backups_kept", "many")], "PROSTOR_BACKUPS_KEPT is a number from 0, for none, to 1000"),
        (&[("retention", "texts=1")], "PROSTOR_RETENTION has an error: texts is from 30 to 3650 days"),
        (&[("secret", "hunter2")], "PROSTOR_SECRET is not a secret"),
        (&[("secret", SECRET), ("secret_file", "x")], "PROSTOR_SECRET_FILE and PROSTOR_SECRET are both set"),
        (&[("secret_file", "/nowhere")], "PROSTOR_SECRET_FILE /nowhere: "),
        (&[("trusted_proxies", "10.0.0.0/8, proxy")], "PROSTOR_TRUSTED_PROXIES has an error: `proxy`"),
        (&[("rate_limit", "sometimes")], "PROSTOR_RATE_LIMIT is on, off or"),
        (&[("rate_limit", "auth=0")], "PROSTOR_RATE_LIMIT"),
        (
            &[("outside_calendars", "all")],
            "PROSTOR_OUTSIDE_CALENDARS is public, everywhere or off, not `all`",
        ),
        (&[("second_factor", "always")], "PROSTOR_SECOND_FACTOR is optional or staff, not `always`"),
    ];
    for (set, line) in cases {
        let said = read(set).unwrap_err().to_string();
        assert!(said.starts_with(line), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
    for (set, line) in [
        ([("log", "prostor=loud")], "PROSTOR_LOG `prostor=loud` is not a filter"),
        ([("log_format", "xml")], "PROSTOR_LOG_FORMAT is text or json, not `xml`"),
    ] {
        assert!(Log::read(&settings(&set)).unwrap_err().to_string().starts_with(line));
    }
}

#[test]
fn a_second_factor_is_optional_unless_the_operator_wants_it_of_staff() {
    for (set, wanted) in
        [(&[][..], false), (&[("second_factor", "optional")], false), (&[("second_factor", "staff")], true)]
    {
        assert_eq!(read(set).unwrap().second_factor_for_staff, wanted, "{set:?}");
    }
}

#[test]
fn outside_calendars_are_public_unless_the_operator_says_otherwise() {
    let everywhere = Some(Reach::Everywhere);
    for (set, wanted) in [
        (&[][..], Some(Reach::Public)),
        (&[("outside_calendars", "public")], Some(Reach::Public)),
        (&[("outside_calendars", "everywhere")], everywhere),
        (&[("outside_calendars", "off")], None),
    ] {
        assert_eq!(read(set).unwrap().outside_calendars, wanted, "{set:?}");
    }
}

#[test]
fn the_metrics_token_is_long_and_never_shown() {
    assert!(read(&[]).unwrap().metrics_token.is_none());
    assert!(read(&[("metrics_token", "0123456789abcdef")]).unwrap().metrics_token.is_some());
    for short in ["0123456789abcde", "0123456789 abcdef"] {
        let refusal = read(&[("metrics_token", short)]).unwrap_err().to_string();
        assert!(refusal.starts_with("PROSTOR_METRICS_TOKEN must be at least 16"), "{refusal}");
        assert!(!refusal.contains(short), "{refusal}");
    }
}

#[test]
fn a_public_address_needs_a_declared_proxy() {
    let public = [
        ("listen", "0.0.0.0:0"),
        ("public_url", "https://book.example.org/"),
        ("mail_url", "smtps://ana:geslo@mail.example.org"),
    ];
    let config = read(&public).unwrap();
    let refusal = config.check_serving().unwrap_err().to_string();
    assert!(refusal.starts_with("PROSTOR_LISTEN 0.0.0.0:0 can be reached from outside"), "{refusal}");
    let config = read(&[&public[..], &[("trusted_proxies", "172.17.0.1, fd00::/8")]].concat()).unwrap();
    assert!(config.check_serving().is_ok());
    assert_eq!(config.public_url.as_deref(), Some("https://book.example.org"));
    assert_eq!(config.mail.unwrap().from.email, "prostor@book.example.org");
}

#[test]
fn hosts_for_addresses_of_ours() {
    for (url, wanted) in [
        ("https://Book.example.org", "book.example.org"),
        ("http://127.0.0.1:8080", "localhost"),
        ("http://[::1]:8080", "localhost"),
        ("http://localhost:80", "localhost"),
    ] {
        assert_eq!(host(url), wanted);
    }
}

#[test]
fn on_one_machine_a_secret_is_made_once_and_read_by_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("prostor.db").display());
    let config = read(&[("database_url", &url)]).unwrap();
    config.secret.load().unwrap();
    let path = folder.path().join("prostor.secret");
    let made = fs::read(&path).unwrap();
    config.secret.load().unwrap();
    assert_eq!(fs::read(&path).unwrap(), made);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let refusal = config.secret.load().unwrap_err().to_string();
    assert!(refusal.contains("others can read it"), "{refusal}");
}

#[test]
fn on_postgresql_the_secret_must_be_given() {
    let url = ("database_url", "postgres://db/prostor");
    let refusal = read(&[url]).unwrap().secret.load().unwrap_err().to_string();
    assert!(refusal.starts_with("PROSTOR_SECRET is not set"), "{refusal}");
    assert!(read(&[url, ("secret", SECRET)]).unwrap().secret.load().is_ok());
}
