//! An application over a SQLite file of its own, for tests of application functions.

use std::sync::Arc;

use serde::Deserialize;

use super::{
    App, Done,
    accounts::{
        GivenPassword, Tokens, keys,
        login::{self, Login},
        setup,
    },
    clock::Clock,
    credentials::sealing::Secret,
    error::Error,
};
use crate::{
    domain::{
        access::Actor,
        ids::{NetworkId, UserId, VenueId},
        instant::Instant,
        locale::Locale,
        person::EmailAddress,
        places::{Address, Network, Venue},
        policy::Policy,
        zone::Zone,
    },
    mail::notice::Notice,
    store::{
        db::{Database, Sizing},
        dialect::Target,
        error::StoreError,
        outbox, places,
    },
};

/// A password that may be one.
pub const PASSWORD: &str = "kolovrat šepeta mesečini";

/// 2026-03-28T10:00:00Z.
pub const START: Instant = Instant::from_unix(1_774_692_000);

/// Drop it last: the database's folder goes with it.
pub struct Fixture {
    pub app: Arc<App>,
    folder: tempfile::TempDir,
}

impl Drop for Fixture {
    fn drop(&mut self) {
        self.app.db.close();
    }
}

/// One mail as it was queued.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: String,
    pub notice: Notice,
}

impl Mail {
    /// What stands behind the `#token=` of its link.
    pub fn token(&self) -> String {
        let link = match &self.notice {
            Notice::SignIn { link, .. }
            | Notice::VerifyAddress { link, .. }
            | Notice::AddressAlreadyKnown { link }
            | Notice::ConfirmAddress { link, .. }
            | Notice::AddressChanged { link, .. } => link,
            Notice::Invitation(notice) => &notice.link,
            other => panic!("{other:?} has no link"),
        };
        link.split_once("#token=").unwrap().1.to_owned()
    }

    pub fn code(&self) -> String {
        match &self.notice {
            Notice::SignIn { code, .. }
            | Notice::VerifyAddress { code, .. }
            | Notice::ConfirmAddress { code, .. } => code.clone(),
            other => panic!("{other:?} has no code"),
        }
    }
}

pub fn password(text: &str) -> GivenPassword {
    GivenPassword::from(text.to_owned())
}

pub fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

/// A request's body, read as HTTP reads it.
pub fn body<T: for<'de> Deserialize<'de>>(json: serde_json::Value) -> T {
    serde_json::from_value(json).unwrap()
}

pub fn fresh<T: std::fmt::Debug>(done: Done<T>) -> T {
    match done {
        Done::Fresh(value) => value,
        Done::Replayed { .. } => panic!("{done:?}"),
    }
}

/// The stable code of a refusal.
pub fn code<T>(outcome: Result<T, Error>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(error) => error.code().as_str(),
    }
}

impl Fixture {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db").to_str().unwrap().to_owned();
        let target = Target::Sqlite(path);
        Database::migrate(&target).unwrap();
        let sizing = Sizing { connections: 4, ..Sizing::default() };
        let db = Database::open(target, &sizing, Arc::new(|| ())).unwrap();
        let secret = Secret::parse(&"a passphrase of thirty-two characters".into()).unwrap();
        let url = "https://prostor.example".to_owned();
        let ring = keys::load_or_create(&db, &secret, &url, START).unwrap();
        let app = App::new(db, None, Clock::simulated(START), &secret, ring, url.into());
        Self { app, folder }
    }

    pub fn database(&self) -> Target {
        Target::Sqlite(self.folder.path().join("test.db").to_str().unwrap().to_owned())
    }

    pub fn pass(&self, seconds: i64) {
        self.app.clock.set(self.app.now().plus(seconds));
    }

    /// The mails queued since the last call.
    pub fn mails(&self) -> Vec<Mail> {
        let now = self.app.now();
        let never = now.plus(1_000_000_000);
        let leased: Result<_, StoreError> =
            self.app.db.write("read mails", move |tx| outbox::lease(tx, b"test", now, never, 100));
        let read = |mail: outbox::Leased| Mail {
            to: mail.to_email,
            notice: serde_json::from_str(&mail.payload).unwrap(),
        };
        let to_somebody = |mail: &outbox::Leased| !crate::app::notify::is_nobodys(&mail.to_email);
        leased.unwrap().into_iter().filter(to_somebody).map(read).collect()
    }

    /// The one mail queued since the last call.
    pub fn mail(&self) -> Mail {
        let mut mails = self.mails();
        assert_eq!(mails.len(), 1, "{mails:?}");
        mails.remove(0)
    }

    /// A verified person.
    pub fn person(&self, address: &str) -> UserId {
        self.account(address, false)
    }

    pub fn administrator(&self) -> Actor {
        self.account("admin@example.si", true);
        self.sign_in("admin@example.si")
    }

    fn account(&self, address: &str, is_administrator: bool) -> UserId {
        let name = "Ana Novak".parse().unwrap();
        let given = password(PASSWORD);
        let app = &self.app;
        setup::register_verified(app, &email(address), &name, Locale::Sl, Some(&given), is_administrator)
            .unwrap()
    }

    pub fn login(&self, address: &str, given: &str) -> Result<Tokens, Error> {
        login::login(&self.app, &Login { email: email(address), password: password(given) }, None)
    }

    pub fn sign_in(&self, address: &str) -> Actor {
        self.actor(&self.login(address, PASSWORD).unwrap()).unwrap()
    }

    /// Who asks with these tokens now.
    pub fn actor(&self, tokens: &Tokens) -> Result<Actor, Error> {
        let claims = self.app.keys.verify(&tokens.access_token, self.app.now()).unwrap();
        self.app.db.read(|tx| self.app.actor(tx, claims.user, claims.session))
    }

    /// The same person with the roles held now.
    pub fn again(&self, actor: &Actor) -> Result<Actor, Error> {
        let person = actor.person().unwrap();
        self.app.db.read(|tx| self.app.actor(tx, person.id, person.session.unwrap()))
    }

    /// A network with one venue.
    pub fn venue(&self) -> (NetworkId, VenueId) {
        let network = Network {
            id: self.app.id(),
            name: "Gorenjska".to_owned(),
            slug: "gorenjska".to_owned(),
            country: crate::domain::holidays::Country::parse("SI").unwrap(),
            zone: Zone::parse("Europe/Ljubljana").unwrap(),
            policy: Policy::default(),
            policy_version: 1,
            is_demo: false,
            version: 1,
            created_at: START,
        };
        let venue = Venue {
            id: self.app.id(),
            network: network.id,
            name: "Layerjeva hiša".to_owned(),
            slug: "layer".to_owned(),
            address: Address {
                street: "Tomšičeva 32".to_owned(),
                postcode: "4000".to_owned(),
                city: "Kranj".to_owned(),
                municipality: "Kranj".to_owned(),
            },
            zone: network.zone,
            contact_email: "info@layer.example".to_owned(),
            phone: None,
            access_instructions: None,
            policy: Policy::default(),
            policy_version: 1,
            hours_version: 1,
            version: 1,
            created_at: START,
        };
        let ids = (network.id, venue.id);
        let made: Result<(), StoreError> = self.app.db.write("make a venue", move |tx| {
            places::insert_network(tx, &network)?;
            places::insert_venue(tx, &venue)
        });
        made.unwrap();
        ids
    }
}
