//! Giving up an account: it is shown first that it is who signed in.

use super::*;

#[test]
fn an_account_given_up_leaves_its_address_free() {
    let fixture = Fixture::new();
    let administrator = fixture.administrator();
    let shown = presence::Presence { password: Some(password(PASSWORD)), code: None };
    let stolen = leave::leave(&fixture.app, &administrator, None, Expected::Any);
    assert_eq!(code(stolen), "confirmation_required");
    presence::show(&fixture.app, &administrator, &shown).unwrap();
    let alone = leave::leave(&fixture.app, &administrator, None, Expected::Any);
    assert_eq!(code(alone), "obligations_open");
    let before = fixture.person(ANA);
    let actor = fixture.sign_in(ANA);
    presence::show(&fixture.app, &actor, &shown).unwrap();
    leave::leave(&fixture.app, &actor, None, Expected::Any).unwrap();
    assert!(matches!(fixture.mail().notice, Notice::Standing(_)), "the last mail");
    assert_eq!(code(fixture.again(&actor)), "unauthenticated");
    assert_eq!(code(fixture.login(ANA, PASSWORD)), "credentials_refused");
    ask(&fixture, ANA);
    assert!(fixture.mails().is_empty());
    assert_ne!(fixture.person(ANA), before);
}
