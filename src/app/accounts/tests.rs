//! Stories of accounts: nobody learns who has one, nobody takes over another's.

mod leaving;

use serde_json::json;

use super::{
    keys,
    link::{self, LinkRequest},
    redeem::{self, Redemption},
    refresh::{self, Logout},
    register, setup, *,
};
use crate::{
    app::{
        credentials::{password::work as hashes, sealing::Secret},
        testing::{Fixture, PASSWORD, START, body, code, email, fresh, password},
        version::Expected,
    },
    domain::{access::Actor, locale::Locale},
    mail::notice::Notice,
    store::db::{Database, Sizing},
};

const ANA: &str = "ana@example.si";
const OTHER: &str = "tri opice v omari";

fn register(fixture: &Fixture, address: &str, password: Option<&str>) {
    let new = body(json!({"email": address, "name": "Ana Novak", "password": password}));
    let accepted = register::register(&fixture.app, &new, Locale::En).unwrap();
    assert_eq!(serde_json::to_value(accepted).unwrap(), json!({"accepted": true}));
}

fn ask(fixture: &Fixture, address: &str) {
    let accepted = link::request(&fixture.app, &LinkRequest { email: email(address) }).unwrap();
    assert!(accepted.accepted);
}

fn by_token(fixture: &Fixture, token: String, given: Option<&str>) -> Result<Tokens, Error> {
    let token = Some(token);
    redeem::redeem(
        &fixture.app,
        Redemption { token, password: given.map(password), ..Redemption::default() },
        None,
    )
}

fn by_code(fixture: &Fixture, address: &str, code: String) -> Result<Tokens, Error> {
    let (email, code) = (Some(email(address)), Some(code));
    redeem::redeem(&fixture.app, Redemption { email, code, ..Redemption::default() }, None)
}

fn rotate(fixture: &Fixture, tokens: &Tokens) -> Result<Tokens, Error> {
    refresh::refresh(&fixture.app, tokens.refresh_token.clone())
}

fn is_verified(actor: &Actor) -> bool {
    actor.person().unwrap().verified
}

#[test]
fn the_answer_never_tells_who_has_an_account_but_the_mail_does() {
    let fixture = Fixture::new();
    fixture.person("known@example.si");
    register(&fixture, ANA, None);
    let mail = fixture.mail();
    assert_eq!(mail.to, ANA);
    assert!(matches!(mail.notice, Notice::VerifyAddress { hours: 24, .. }));
    register(&fixture, "KNOWN@example.si", Some(PASSWORD));
    let mail = fixture.mail();
    assert_eq!(mail.to, "known@example.si");
    assert!(matches!(mail.notice, Notice::AddressAlreadyKnown { .. }));
    ask(&fixture, "nobody@example.si");
    assert!(fixture.mails().is_empty());
    ask(&fixture, ANA);
    assert!(matches!(fixture.mail().notice, Notice::SignIn { minutes: 10, .. }));
    for (address, given) in [(ANA, PASSWORD), ("nobody@example.si", PASSWORD), ("known@example.si", OTHER)] {
        assert_eq!(code(fixture.login(address, given)), "credentials_refused", "{address}");
    }
    assert_eq!(code(fixture.login("known@example.si", PASSWORD)), "done");
}

#[test]
fn a_link_is_good_once_and_for_its_time() {
    let fixture = Fixture::new();
    fixture.person(ANA);
    ask(&fixture, ANA);
    let token = fixture.mail().token();
    assert_eq!(code(by_token(&fixture, token.clone(), None)), "done");
    assert_eq!(code(by_token(&fixture, token, None)), "credentials_refused");
    ask(&fixture, ANA);
    let mail = fixture.mail();
    fixture.pass(600);
    assert_eq!(code(by_token(&fixture, mail.token(), None)), "credentials_refused");
    assert_eq!(code(by_code(&fixture, ANA, mail.code())), "credentials_refused");
    register(&fixture, "eva@example.si", None);
    let mail = fixture.mail();
    fixture.pass(24 * 3600 - 1);
    let tokens = by_code(&fixture, "Eva@example.si", mail.code()).unwrap();
    assert!(is_verified(&fixture.actor(&tokens).unwrap()));
    assert_eq!(code(by_token(&fixture, mail.token(), None)), "credentials_refused");
}

#[test]
fn a_code_is_dead_after_five_wrong_ones_but_its_link_lives() {
    let fixture = Fixture::new();
    fixture.person(ANA);
    let wrong = |right: &str| if right == "000000" { "000001".to_owned() } else { "000000".to_owned() };
    ask(&fixture, ANA);
    let mail = fixture.mail();
    for _ in 0..4 {
        assert_eq!(code(by_code(&fixture, ANA, wrong(&mail.code()))), "credentials_refused");
    }
    assert_eq!(code(by_code(&fixture, "eva@example.si", mail.code())), "credentials_refused");
    assert_eq!(code(by_code(&fixture, ANA, mail.code())), "done");
    ask(&fixture, ANA);
    let mail = fixture.mail();
    for _ in 0..5 {
        assert_eq!(code(by_code(&fixture, ANA, wrong(&mail.code()))), "credentials_refused");
    }
    assert_eq!(code(by_code(&fixture, ANA, mail.code())), "credentials_refused");
    assert_eq!(code(by_token(&fixture, mail.token(), None)), "done");
}

#[test]
fn an_address_gets_five_mails_an_hour() {
    let fixture = Fixture::new();
    register(&fixture, ANA, None);
    for _ in 0..3 {
        ask(&fixture, ANA);
        register(&fixture, ANA, None);
    }
    assert_eq!(fixture.mails().len(), 5);
    fixture.pass(3600);
    ask(&fixture, ANA);
    assert_eq!(fixture.mails().len(), 1);
}

#[test]
fn a_stranger_who_uses_up_the_mails_locks_nobody_out() {
    let fixture = Fixture::new();
    fixture.person(ANA);
    for _ in 0..6 {
        ask(&fixture, ANA);
    }
    let mails = fixture.mails();
    assert_eq!(mails.len(), 5);
    // A quarter of an hour later all of them are over, and asking makes the newest valid again.
    fixture.pass(900);
    for (ask_first, wanted) in
        [(false, "credentials_refused"), (true, "done"), (false, "credentials_refused")]
    {
        if ask_first {
            ask(&fixture, ANA);
        }
        assert_eq!(code(by_token(&fixture, mails[0].token(), None)), "credentials_refused");
        assert_eq!(code(by_token(&fixture, mails[4].token(), None)), wanted);
    }
    // What was used does not count, so its owner is sent a fresh one; then it is the newest that counts again.
    ask(&fixture, ANA);
    let fresh = fixture.mails();
    assert_eq!(fresh.len(), 1);
    fixture.pass(600);
    assert_eq!(code(by_code(&fixture, ANA, fresh[0].code())), "credentials_refused");
    ask(&fixture, ANA);
    assert_eq!(fixture.mails().len(), 0);
    assert_eq!(code(by_code(&fixture, ANA, fresh[0].code())), "done");
}

#[test]
fn a_registered_password_counts_only_when_repeated_on_verifying() {
    // (given when verifying, who can sign in with what afterwards)
    for (repeated, first_counts, other_counts) in
        [(Some(PASSWORD), true, false), (None, false, false), (Some(OTHER), false, true)]
    {
        let fixture = Fixture::new();
        register(&fixture, ANA, Some(PASSWORD));
        let token = fixture.mail().token();
        let early = fixture.login(ANA, PASSWORD).unwrap();
        assert!(!is_verified(&fixture.actor(&early).unwrap()));
        let tokens = by_token(&fixture, token, repeated).unwrap();
        assert!(is_verified(&fixture.actor(&tokens).unwrap()));
        assert_eq!(code(fixture.actor(&early)), "unauthenticated", "{repeated:?}: sessions before end");
        assert_eq!(code(rotate(&fixture, &early)), "credentials_refused", "{repeated:?}");
        assert_eq!(fixture.login(ANA, PASSWORD).is_ok(), first_counts, "{repeated:?}");
        assert_eq!(fixture.login(ANA, OTHER).is_ok(), other_counts, "{repeated:?}");
    }
}

#[test]
fn registering_an_address_again_changes_nothing_until_it_is_proved() {
    let fixture = Fixture::new();
    register(&fixture, ANA, Some(PASSWORD));
    register(&fixture, ANA, Some(OTHER));
    let mails = fixture.mails();
    assert_eq!(code(fixture.login(ANA, OTHER)), "credentials_refused");
    // A sign-in link proves the address too, and ends what the other mails held.
    ask(&fixture, ANA);
    by_token(&fixture, fixture.mail().token(), None).unwrap();
    for mail in mails {
        assert_eq!(code(by_token(&fixture, mail.token(), Some(OTHER))), "credentials_refused");
    }
    assert_eq!(code(fixture.login(ANA, PASSWORD)), "credentials_refused");
}

#[test]
fn a_weak_password_leaves_the_link_and_a_good_one_ends_other_sessions() {
    let fixture = Fixture::new();
    fixture.person(ANA);
    let before = fixture.login(ANA, PASSWORD).unwrap();
    ask(&fixture, ANA);
    let token = fixture.mail().token();
    assert_eq!(code(by_token(&fixture, token.clone(), Some("short"))), "invalid");
    let after = by_token(&fixture, token, Some(OTHER)).unwrap();
    assert_eq!(code(fixture.actor(&before)), "unauthenticated");
    assert_eq!(code(fixture.actor(&after)), "done");
    assert_eq!(code(fixture.login(ANA, PASSWORD)), "credentials_refused");
    assert_eq!(code(fixture.login(ANA, OTHER)), "done");
}

#[test]
fn refresh_tokens_rotate_and_a_stolen_one_ends_the_session() {
    let fixture = Fixture::new();
    fixture.person(ANA);
    let first = fixture.login(ANA, PASSWORD).unwrap();
    let other = fixture.login(ANA, PASSWORD).unwrap();
    let second = rotate(&fixture, &first).unwrap();
    fixture.pass(10);
    let lost = rotate(&fixture, &first).unwrap();
    fixture.pass(1);
    assert_eq!(code(fixture.actor(&lost)), "done");
    assert_eq!(code(rotate(&fixture, &first)), "credentials_refused", "11 s after its use it was copied");
    for tokens in [&first, &second, &lost] {
        assert_eq!(code(fixture.actor(tokens)), "unauthenticated");
        assert_eq!(code(rotate(&fixture, tokens)), "credentials_refused");
    }
    assert_eq!(code(rotate(&fixture, &other)), "done", "another sign-in is another session");
}

#[test]
fn a_session_ends_by_signing_out_and_by_itself() {
    let fixture = Fixture::new();
    fixture.person(ANA);
    let [one, two, three] = [(); 3].map(|()| fixture.login(ANA, PASSWORD).unwrap());
    let named = Logout { refresh_token: one.refresh_token.clone() };
    for _ in 0..2 {
        refresh::logout(&fixture.app, &Actor::Anonymous, &named).unwrap();
    }
    refresh::logout(&fixture.app, &fixture.actor(&two).unwrap(), &Logout::default()).unwrap();
    assert_eq!(code(refresh::logout(&fixture.app, &Actor::Anonymous, &Logout::default())), "unauthenticated");
    assert_eq!(code(fixture.actor(&one)), "unauthenticated");
    assert_eq!(code(fixture.actor(&two)), "unauthenticated");
    let last = rotate(&fixture, &three).unwrap();
    fixture.pass(30 * 86_400);
    assert_eq!(code(rotate(&fixture, &last)), "credentials_refused");
    fixture.pass(86_401);
    assert_eq!(tidy::tidy(&fixture.app).unwrap(), 3);
    assert_eq!(tidy::tidy(&fixture.app).unwrap(), 0);
}

#[test]
fn one_s_account_is_shown_edited_and_exported() {
    let fixture = Fixture::new();
    fixture.person(ANA);
    let actor = fixture.sign_in(ANA);
    let view = me::show(&fixture.app, &actor).unwrap();
    let change = || body(json!({"name": "Ana Čopič", "phone": "+386 40 123 456", "locale": "en"}));
    let stale = Expected::OneOf(vec![view.version + 1]);
    assert_eq!(code(edit::edit(&fixture.app, &actor, None, stale, change())), "precondition_failed");
    let edited =
        edit::edit(&fixture.app, &actor, None, Expected::OneOf(vec![view.version]), change()).unwrap();
    let edited = fresh(edited);
    assert_eq!((edited.name.as_str(), edited.phone.as_deref()), ("Ana Čopič", Some("+38640123456")));
    assert_eq!((edited.locale, edited.version), (Locale::En, view.version + 1));
    let export = export::export(&fixture.app, &actor).unwrap();
    assert_eq!(export.account.name, "Ana Čopič");
    assert_eq!(export.registered_at, "2026-03-28T10:00:00Z");
    assert_eq!((export.sessions.len(), export.reservations.len()), (1, 0));
    let removed = body(json!({"phone": null}));
    let removed = edit::edit(&fixture.app, &actor, None, Expected::Any, removed).unwrap();
    assert_eq!(fresh(removed).phone, None);
    for action in [
        code(me::show(&fixture.app, &Actor::Anonymous)),
        code(export::export(&fixture.app, &Actor::Anonymous)),
    ] {
        assert_eq!(action, "unauthenticated");
    }
}

#[test]
fn the_first_administrator_comes_from_the_command_line() {
    let fixture = Fixture::new();
    let name = "Ana Novak".parse().unwrap();
    let create =
        |given: &str| setup::create_administrator(&fixture.app, &email(ANA), &name, &password(given));
    assert_eq!(code(create("too short")), "invalid");
    create(PASSWORD).unwrap();
    let person = fixture.sign_in(ANA);
    assert!(person.person().unwrap().administrator && is_verified(&person));
    let Err(Error::Detailed(Code::Duplicate, why)) = create(PASSWORD) else { panic!("made twice") };
    assert!(why.contains(ANA), "{why}");
}

#[test]
fn every_node_signs_with_the_same_key_and_no_other_secret_opens_it() {
    let fixture = Fixture::new();
    let tokens = {
        fixture.person(ANA);
        fixture.login(ANA, PASSWORD).unwrap()
    };
    let node = Database::open(fixture.database(), &Sizing::default(), std::sync::Arc::new(|| ())).unwrap();
    let secret = |text: &str| Secret::parse(&text.into()).unwrap();
    let same = secret("a passphrase of thirty-two characters");
    let ring = keys::load_or_create(&node, &same, "https://prostor.example", START).unwrap();
    assert!(ring.verify(&tokens.access_token, START).is_ok());
    let other = secret("another passphrase of many characters");
    let refused = keys::load_or_create(&node, &other, "https://prostor.example", START);
    assert!(matches!(refused, Err(keys::KeysError::Unopenable(_))));
    node.close();
}

#[test]
fn a_redemption_is_a_token_or_an_address_with_its_code() {
    let fixture = Fixture::new();
    for (json, pointer) in [
        (json!({}), "/token"),
        (json!({"email": ANA}), "/code"),
        (json!({"code": "123456"}), "/email"),
        (json!({"token": "x", "email": ANA}), "/token"),
    ] {
        let Err(Error::Fields(errors)) = redeem::redeem(&fixture.app, body(json.clone()), None) else {
            panic!("{json}")
        };
        assert_eq!(errors[0].pointer, pointer, "{json}");
    }
    assert!(serde_json::from_value::<Redemption>(json!({"token": "x", "user_id": "y"})).is_err());
}

/// Something done with an address, and its outcome.
type Act<'a> = &'a dyn Fn(&str) -> &'static str;

/// Hashing is what takes time: as many passwords are hashed for an address with an account as for one without.
#[test]
fn the_same_work_is_done_whether_or_not_there_is_an_account() {
    let fixture = Fixture::new();
    fixture.person(ANA);
    fixture.person("asker@example.si");
    let asker = fixture.sign_in("asker@example.si");
    let new_address = |address: &str, given: &str| {
        let new = body(json!({"email": address, "password": given}));
        code(super::address::ask(&fixture.app, &asker, &new))
    };
    let work = |act: Act, address: &str| {
        let before = hashes();
        (act(address), hashes() - before)
    };
    let acts: [(&str, Act, u32); 6] = [
        ("login", &|address| code(fixture.login(address, OTHER)), 1),
        ("login, endless", &|address| code(fixture.login(address, &"x".repeat(5000))), 1),
        (
            "register",
            &|address| {
                register(&fixture, address, Some(OTHER));
                "done"
            },
            1,
        ),
        (
            "link",
            &|address| {
                ask(&fixture, address);
                "done"
            },
            0,
        ),
        ("code", &|address| code(by_code(&fixture, address, "000000".to_owned())), 0),
        ("address", &|address| new_address(address, PASSWORD), 1),
    ];
    for (name, act, hashed) in acts {
        let unknown = format!("{}@example.si", name.replace([',', ' '], "-"));
        let (known, unknown) = (work(act, ANA), work(act, &unknown));
        assert_eq!(known, unknown, "{name}");
        assert_eq!(known.1, hashed, "{name}");
    }
}
