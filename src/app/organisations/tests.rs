//! Stories of organisations: their owners keep them, and there is always one.

use serde_json::json;

use super::{create, edit, joining, list, members, *};
use crate::{
    app::{
        accounts::presence,
        page::Asked,
        testing::{Fixture, PASSWORD, body, code, fresh, password},
        version::Expected,
    },
    domain::{access::Actor, ids::UserId},
};

const OWNER: OrganisationRole = OrganisationRole::Owner;
const MEMBER: OrganisationRole = OrganisationRole::Member;

struct Story {
    fixture: Fixture,
    ana: Actor,
    eva: Actor,
    eva_id: UserId,
}

impl Story {
    fn new() -> Self {
        let fixture = Fixture::new();
        fixture.person("ana@example.si");
        let eva_id = fixture.person("eva@example.si");
        let (ana, eva) = (fixture.sign_in("ana@example.si"), fixture.sign_in("eva@example.si"));
        Self { fixture, ana, eva, eva_id }
    }

    /// One of Ana's, and Ana as its owner.
    fn organisation(&mut self, register_number: &str) -> OrganisationView {
        let new = body(json!({
            "name": "Zavod Carnica", "legal_form": "ngo", "municipality": "Kranj",
            "sector": {"scheme": "nace", "version": "2.1", "code": "90.39"},
            "register_number": register_number,
        }));
        let view = fresh(create::create(&self.fixture.app, &self.ana, None, &new).unwrap());
        self.ana = self.fixture.again(&self.ana).unwrap();
        view
    }

    fn ana_id(&self) -> UserId {
        self.ana.person().unwrap().id
    }

    /// Eva asks to join.
    fn asks(&self, id: OrganisationId) {
        assert_eq!(
            code(joining::ask(&self.fixture.app, &self.eva, None, id, joining::AskToJoin::default())),
            "done"
        );
    }

    fn put(&self, actor: &Actor, id: OrganisationId, user: UserId, role: OrganisationRole) -> &'static str {
        code(members::put(&self.fixture.app, actor, None, id, user, role))
    }

    fn remove(&self, actor: &Actor, id: OrganisationId, user: UserId) -> &'static str {
        code(members::remove(&self.fixture.app, actor, None, id, user))
    }

    fn eva_now(&self) -> Actor {
        self.fixture.again(&self.eva).unwrap()
    }
}

#[test]
fn an_organisation_is_its_members_to_see_and_its_owners_to_edit() {
    let mut story = Story::new();
    let made = story.organisation("5043611000");
    assert_eq!((made.register_number.as_deref(), made.role), (Some("5043611"), OWNER));
    let app = story.fixture.app.clone();
    let change = || body(json!({"size": "micro", "sector": null}));
    let edit = |actor: &Actor| edit::edit(&app, actor, None, made.id, Expected::OneOf(vec![1]), change());
    assert_eq!(code(list::show(&app, &story.eva, made.id)), "not_found");
    assert_eq!(code(edit(&story.eva)), "not_found");
    assert_eq!(
        story.put(&story.ana, made.id, story.eva_id, MEMBER),
        "not_found",
        "nobody is taken in unasked"
    );
    story.asks(made.id);
    assert_eq!(story.put(&story.ana, made.id, story.eva_id, MEMBER), "done");
    let eva = story.eva_now();
    assert_eq!(list::show(&app, &eva, made.id).unwrap().role, MEMBER);
    assert_eq!(code(edit(&eva)), "forbidden");
    let edited = fresh(edit(&story.ana).unwrap());
    assert_eq!(
        (edited.size.map(Size::as_str), edited.sector.is_none(), edited.version),
        (Some("micro"), true, 2)
    );
    assert_eq!(code(edit(&story.ana)), "precondition_failed");
    let listed = list::list(&app, &eva, &Asked::default()).unwrap();
    assert_eq!(listed.items.len(), 1);
    assert_eq!(members::list(&app, &eva, made.id, &Asked::default()).unwrap().items.len(), 2);
    assert_eq!(code(list::list(&app, &Actor::Anonymous, &Asked::default())), "unauthenticated");
}

#[test]
fn a_register_number_stands_once_however_it_is_written() {
    let mut story = Story::new();
    story.organisation("5043611");
    let again = body(json!({
        "name": "Carnica", "legal_form": "ngo", "municipality": "Kranj", "register_number": "5043611000",
    }));
    assert_eq!(code(create::create(&story.fixture.app, &story.eva, None, &again)), "organisation_exists");
    for json in [
        json!({"name": "X", "legal_form": "cooperative", "municipality": "Kranj"}),
        json!({"name": "X", "legal_form": "ngo", "municipality": "Kranj", "register_number": "123"}),
        json!({"name": "X", "legal_form": "ngo", "municipality": "Kranj", "version": 7}),
    ] {
        assert!(serde_json::from_value::<create::NewOrganisation>(json.clone()).is_err(), "{json}");
    }
}

#[test]
fn the_last_owner_stays_and_roles_change_at_once() {
    let mut story = Story::new();
    let id = story.organisation("5043611").id;
    let (ana, ana_id) = (story.ana.clone(), story.ana_id());
    assert_eq!(story.remove(&ana, id, ana_id), "last_one");
    assert_eq!(story.put(&ana, id, ana_id, MEMBER), "last_one");
    story.asks(id);
    assert_eq!(story.put(&ana, id, story.eva_id, MEMBER), "done");
    let app = &story.fixture.app;
    let shown = presence::Presence { password: Some(password(PASSWORD)), code: None };
    presence::show(app, &ana, &shown).unwrap();
    assert_eq!(code(crate::app::accounts::leave::leave(app, &ana, None, Expected::Any)), "obligations_open");
    let eva = story.eva_now();
    assert_eq!(story.remove(&eva, id, ana_id), "forbidden");
    assert_eq!(story.put(&ana, id, story.eva_id, OWNER), "done");
    let eva = story.eva_now();
    assert_eq!(story.put(&eva, id, ana_id, MEMBER), "done");
    // Ana still holds the roles read before: under the lock they no longer count.
    assert_eq!(story.remove(&ana, id, story.eva_id), "forbidden");
    assert_eq!(story.remove(&eva, id, story.eva_id), "last_one");
    let ana = story.fixture.again(&ana).unwrap();
    assert_eq!(story.remove(&ana, id, ana_id), "done", "a member may leave");
    assert_eq!(story.remove(&eva, id, ana_id), "not_found");
    let ana = story.fixture.again(&ana).unwrap();
    assert_eq!(code(list::show(app, &ana, id)), "not_found");
}

#[test]
fn only_a_proved_address_makes_organisations_and_only_people_are_members() {
    let mut story = Story::new();
    let id = story.organisation("5043611").id;
    let nobody: UserId = story.fixture.app.id();
    assert_eq!(story.put(&story.ana, id, nobody, MEMBER), "not_found");
    let Actor::Person(mut person) = story.eva.clone() else { panic!("signed in") };
    person.verified = false;
    let new = body(json!({"name": "X", "legal_form": "individual", "municipality": "Bled"}));
    let made = create::create(&story.fixture.app, &Actor::Person(person), None, &new);
    assert_eq!(code(made), "address_unverified");
}
