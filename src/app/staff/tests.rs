//! Stories of teams: who names whom, invitations, and that nobody keeps a way back in.

use super::{
    invite,
    join::{self, Joining},
    teams::{self, Team},
};
use crate::{
    app::{
        page::Asked,
        testing::{Fixture, Mail, code, email},
    },
    domain::{
        access::Actor,
        ids::{NetworkId, UserId, VenueId},
    },
};

const EVA: &str = "eva@example.si";

struct Story {
    fixture: Fixture,
    administrator: Actor,
    network: NetworkId,
    venue: VenueId,
    ana: Actor,
    eva: Actor,
}

impl Story {
    /// A venue with Ana as its only member of staff.
    fn new() -> Self {
        let fixture = Fixture::new();
        let administrator = fixture.administrator();
        let (network, venue) = fixture.venue();
        fixture.person("ana@example.si");
        fixture.person(EVA);
        let (ana, eva) = (fixture.sign_in("ana@example.si"), fixture.sign_in(EVA));
        let mut story = Self { fixture, administrator, network, venue, ana, eva };
        assert_eq!(story.put(&story.administrator, story.team(), id(&story.ana)), "done");
        story.ana = story.now(&story.ana);
        story
    }

    fn team(&self) -> Team {
        Team::Staff(self.venue)
    }

    fn put(&self, actor: &Actor, team: Team, user: UserId) -> &'static str {
        code(teams::put(&self.fixture.app, actor, None, team, user))
    }

    fn remove(&self, actor: &Actor, team: Team, user: UserId) -> &'static str {
        code(teams::remove(&self.fixture.app, actor, None, team, user))
    }

    fn now(&self, actor: &Actor) -> Actor {
        self.fixture.again(actor).unwrap()
    }

    /// What was told before is read.
    fn invite(&self, actor: &Actor, address: &str) -> Mail {
        drop(self.fixture.mails());
        invite::invite(&self.fixture.app, actor, None, Team::Staff(self.venue), email(address)).unwrap();
        self.fixture.mail()
    }

    fn join(&self, actor: &Actor, mail: &Mail) -> &'static str {
        code(join::join(&self.fixture.app, actor, None, &Joining { token: mail.token() }))
    }
}

fn id(actor: &Actor) -> UserId {
    actor.person().unwrap().id
}

#[test]
fn staff_name_staff_and_the_last_one_stays() {
    let story = Story::new();
    let (team, ana, eva) = (story.team(), &story.ana, &story.eva);
    assert_eq!(story.put(eva, team, id(eva)), "forbidden");
    assert_eq!(story.put(&Actor::Anonymous, team, id(eva)), "unauthenticated");
    assert_eq!(story.put(ana, Team::Staff(story.fixture.app.id()), id(eva)), "not_found");
    assert_eq!(story.put(ana, team, story.fixture.app.id()), "not_found");
    assert_eq!(story.remove(ana, team, id(ana)), "last_one");
    for _ in 0..2 {
        assert_eq!(story.put(ana, team, id(eva)), "done");
    }
    assert!(story.now(eva).is_staff_of(story.venue), "at once");
    let listed = teams::list(&story.fixture.app, ana, team, &Asked::default()).unwrap();
    let listed: Vec<_> = listed.items.iter().map(|entry| entry.user_id).collect();
    assert_eq!(listed, [id(ana), id(eva)]);
    assert_eq!(story.remove(&story.now(eva), team, id(ana)), "done");
    assert!(!story.now(ana).is_staff_of(story.venue), "at once");
    assert_eq!(code(teams::show(&story.fixture.app, &story.now(ana), team, id(eva))), "forbidden");
    assert_eq!(code(teams::show(&story.fixture.app, &story.now(eva), team, id(ana))), "not_found");
}

#[test]
fn coordinators_name_coordinators_and_staff_of_their_network() {
    let story = Story::new();
    let team = Team::Coordinators(story.network);
    assert_eq!(story.put(&story.ana, team, id(&story.ana)), "forbidden");
    assert_eq!(story.put(&story.administrator, team, id(&story.eva)), "done");
    let eva = story.now(&story.eva);
    assert_eq!(story.put(&eva, story.team(), id(&eva)), "done");
    assert_eq!(story.remove(&eva, team, id(&eva)), "last_one");
    assert_eq!(story.put(&eva, team, id(&story.ana)), "done");
    assert_eq!(story.remove(&story.now(&story.ana), team, id(&eva)), "done");
}

#[test]
fn an_unproved_address_is_on_no_team() {
    let story = Story::new();
    let new = crate::app::testing::body(serde_json::json!({
        "email": "new@example.si", "name": "Nov Novak", "password": crate::app::testing::PASSWORD,
    }));
    crate::app::accounts::register::register(&story.fixture.app, &new, Default::default()).unwrap();
    let new = story.fixture.sign_in("new@example.si");
    assert_eq!(story.put(&story.ana, story.team(), id(&new)), "state_conflict");
    story.fixture.mails();
    let mail = story.invite(&story.ana, "new@example.si");
    assert_eq!(story.join(&new, &mail), "address_unverified");
}

#[test]
fn an_invitation_opens_for_its_address_once_and_for_14_days() {
    let story = Story::new();
    let (ana, eva) = (&story.ana, &story.eva);
    let app = &story.fixture.app;
    assert_eq!(code(invite::invite(app, eva, None, Team::Staff(story.venue), email(EVA))), "forbidden");
    let first = story.invite(ana, EVA);
    let mail = story.invite(ana, "Eva@Example.si");
    assert_eq!(mail.to, "Eva@example.si");
    assert_eq!(story.join(eva, &first), "not_found", "the later one counts");
    assert_eq!(story.join(&Actor::Anonymous, &mail), "unauthenticated");
    assert_eq!(story.join(&story.administrator, &mail), "forbidden", "forwarded");
    for _ in 0..2 {
        assert_eq!(story.join(eva, &mail), "done");
    }
    assert!(story.now(eva).is_staff_of(story.venue));
    assert_eq!(code(invite::invite(app, ana, None, Team::Staff(story.venue), email(EVA))), "duplicate");
    assert_eq!(story.remove(ana, story.team(), id(eva)), "done");
    assert_eq!(story.join(eva, &mail), "not_found", "used up");
    let mail = story.invite(ana, EVA);
    story.fixture.pass(14 * 86_400);
    assert_eq!(story.join(eva, &mail), "not_found", "over");
}

#[test]
fn withdrawn_invitations_and_those_of_people_removed_open_nothing() {
    let story = Story::new();
    let (ana, eva, app) = (&story.ana, &story.eva, &story.fixture.app);
    let mail = story.invite(ana, EVA);
    let open = invite::list(app, ana, Team::Staff(story.venue), &Asked::default()).unwrap();
    let [invitation] = open.items.as_slice() else { panic!("{open:?}") };
    let either = (Team::Staff(story.venue), Team::VenueMembers(story.venue));
    let withdraw = || code(invite::withdraw(app, ana, None, either, invitation.id));
    assert_eq!((withdraw(), withdraw()), ("done", "not_found"));
    assert_eq!(story.join(eva, &mail), "not_found");
    let mail = story.invite(ana, EVA);
    assert_eq!(story.put(&story.administrator, story.team(), id(&story.administrator)), "done");
    assert_eq!(story.remove(&story.administrator, story.team(), id(ana)), "done");
    assert_eq!(story.join(eva, &mail), "not_found");
}
