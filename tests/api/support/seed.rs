//! People who are there already: made beside the interface, so that stories about other things need no
//! mails and no password hashing.

use diesel::prelude::*;
use prostor::{
    domain::ids::{NetworkId, OrganisationId, SessionId, UserId, VenueId},
    store::schema::{network_coordinators, organisation_members, sessions, users, venue_staff},
};

use super::{TestApp, database::Lent};

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: UserId,
    pub email: String,
    pub token: String,
}

impl TestApp {
    /// Sign-ins so far outlast what is told, however many years.
    pub fn keep_signed_in(&self) {
        let far = self.app.now().plus(10 * 366 * 86_400);
        let all = diesel::update(sessions::table).set(sessions::expires_at.eq(far));
        all.execute(&mut *self.connection()).unwrap();
    }

    /// A signed-in member with a verified address `name@example.org`.
    pub fn member(&self, name: &str) -> Person {
        self.person(name, true, false)
    }

    /// The same without a verified address.
    pub fn newcomer(&self, name: &str) -> Person {
        self.person(name, false, false)
    }

    /// One of the operator's administrators.
    pub fn administrator(&self, name: &str) -> Person {
        self.person(name, true, true)
    }

    /// Staff of a venue, given by its public id.
    pub fn manager(&self, name: &str, venue: &str) -> Person {
        let (person, now) = (self.member(name), self.app.now());
        let venue: VenueId = venue.parse().unwrap();
        let row = (
            venue_staff::venue_id.eq(venue),
            venue_staff::user_id.eq(person.id),
            venue_staff::created_at.eq(now),
        );
        diesel::insert_into(venue_staff::table).values(row).execute(&mut *self.connection()).unwrap();
        person
    }

    /// Of the coordination body of a network, given by its public id.
    pub fn coordinator(&self, name: &str, network: &str) -> Person {
        let (person, now) = (self.member(name), self.app.now());
        let network: NetworkId = network.parse().unwrap();
        let row = (
            network_coordinators::network_id.eq(network),
            network_coordinators::user_id.eq(person.id),
            network_coordinators::created_at.eq(now),
        );
        diesel::insert_into(network_coordinators::table)
            .values(row)
            .execute(&mut *self.connection())
            .unwrap();
        person
    }

    /// Makes somebody a member of an organisation, given by its public id, or changes their role.
    pub fn enlist(&self, organisation: &str, person: &Person, role: &str) {
        let (now, connection) = (self.app.now(), &mut *self.connection());
        let organisation: OrganisationId = organisation.parse().unwrap();
        diesel::delete(organisation_members::table.find((organisation, person.id)))
            .execute(connection)
            .unwrap();
        let row = (
            organisation_members::organisation_id.eq(organisation),
            organisation_members::user_id.eq(person.id),
            organisation_members::role.eq(role),
            organisation_members::created_at.eq(now),
        );
        diesel::insert_into(organisation_members::table).values(row).execute(connection).unwrap();
    }

    /// The test's database, past the application.
    pub fn connection(&self) -> Lent<'_> {
        self.database.connection()
    }

    fn person(&self, name: &str, verified: bool, administrator: bool) -> Person {
        let (id, session, now): (UserId, SessionId, _) = (self.app.id(), self.app.id(), self.app.now());
        let email = format!("{name}@example.org");
        let mut connection = self.connection();
        diesel::insert_into(users::table)
            .values((
                users::id.eq(id),
                users::email.eq(&email),
                users::email_key.eq(&email),
                users::name.eq(name),
                users::locale.eq("en"),
                users::verified_at.eq(verified.then_some(now)),
                users::is_administrator.eq(administrator),
                users::created_at.eq(now),
            ))
            .execute(&mut *connection)
            .unwrap();
        diesel::insert_into(sessions::table)
            .values((
                sessions::id.eq(session),
                sessions::user_id.eq(id),
                sessions::created_at.eq(now),
                sessions::expires_at.eq(now.plus(30 * 86_400)),
            ))
            .execute(&mut *connection)
            .unwrap();
        Person { id, email, token: self.app.keys.issue(id, session, now) }
    }
}

impl Person {
    /// The same session, as if signed in anew at the app's present time.
    pub fn renewed(&self, app: &TestApp) -> Self {
        let claims_of = sessions::table.filter(sessions::user_id.eq(self.id)).select(sessions::id);
        let session: SessionId = claims_of.first(&mut *app.connection()).unwrap();
        diesel::update(sessions::table.find(session))
            .set(sessions::created_at.eq(app.app.now()))
            .execute(&mut *app.connection())
            .unwrap();
        Self { token: app.app.keys.issue(self.id, session, app.app.now()), ..self.clone() }
    }
}
