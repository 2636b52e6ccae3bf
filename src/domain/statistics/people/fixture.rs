//! Made-up guests for the tests: one word for each thing, people and organisations by number.

use uuid::Uuid;

use super::*;
use crate::domain::{
    reservation::Status,
    statistics::{
        Claim,
        fixture::{LONG_AFTER, at, date, space},
    },
    tariff::Currency,
};

pub fn person(n: u8) -> UserId {
    UserId::from_uuid(Uuid::from_u128(n.into()))
}

pub fn organisation(n: u8) -> OrganisationId {
    OrganisationId::from_uuid(Uuid::from_u128(n.into()))
}

/// Euro cents.
pub fn cents(minor: i64) -> Money {
    Money { minor, currency: Currency::EURO }
}

/// Everybody came first in 2020, unless a test says otherwise.
const LONG_BEFORE: &str = "2020-01-01";

impl Facts {
    pub fn of(source: Source) -> Self {
        let mut facts = Self {
            source: Source { claims: Vec::new(), ..source.clone() },
            bookings: Vec::new(),
            organisations: HashMap::new(),
            layouts: HashMap::new(),
            attendance: Vec::new(),
            firsts: Firsts::default(),
        };
        source.claims.into_iter().for_each(|claim| facts.add(claim));
        facts
    }

    fn add(&mut self, claim: Claim) {
        self.source.claims.push(claim);
        self.firsts.people.insert(person(1), at(LONG_BEFORE));
        self.bookings.push(Booked {
            person: person(1),
            organisation: None,
            audience: Some(Audience::Public),
            purpose: Purpose::Meeting,
            layout: None,
            charged: None,
            in_kind: None,
        });
    }

    /// The room, taken by person 1.
    pub fn taken(mut self, from: &str, to: &str) -> Self {
        let claim = self.source.clone().with_claim(1, &[1], from, to, None).claims.pop().unwrap();
        self.add(claim);
        self
    }

    fn last(&mut self) -> (&mut Booked, &mut Claim) {
        (self.bookings.last_mut().unwrap(), self.source.claims.last_mut().unwrap())
    }

    pub fn booked(mut self, change: impl FnOnce(&mut Booked)) -> Self {
        change(self.last().0);
        self
    }

    pub fn claimed(mut self, change: impl FnOnce(&mut Claim)) -> Self {
        change(self.last().1);
        self
    }

    /// By whom the last one is, and for which organisation.
    pub fn by(mut self, n: u8, of: Option<u8>) -> Self {
        let (booked, _) = self.last();
        (booked.person, booked.organisation) = (person(n), of.map(organisation));
        self.know(n, of);
        self
    }

    /// A person who came before, and a company of which nothing else is known.
    pub fn know(&mut self, n: u8, of: Option<u8>) {
        self.firsts.people.entry(person(n)).or_insert(at(LONG_BEFORE));
        if let Some(n) = of {
            self.firsts.organisations.entry(organisation(n)).or_insert(at(LONG_BEFORE));
            self.organisations.entry(organisation(n)).or_insert(OrganisationFacts {
                municipality: None,
                sector: None,
                legal_form: LegalForm::Company,
                size: None,
                register_number: None,
                was_registered: false,
            });
        }
    }

    pub fn status(self, status: Status) -> Self {
        self.claimed(|claim| claim.status = status)
    }

    pub fn organisation(mut self, n: u8, change: impl FnOnce(&mut OrganisationFacts)) -> Self {
        change(self.organisations.get_mut(&organisation(n)).unwrap());
        self
    }

    pub fn numbered(self, n: u8, number: &str) -> Self {
        self.organisation(n, |it| it.register_number = Some(number.to_owned()))
    }

    pub fn first(mut self, n: u8, when: &str) -> Self {
        self.firsts.people.insert(person(n), at(when));
        self
    }

    pub fn attended(mut self, on: &str, visitors: u32) -> Self {
        self.attendance.push(Attended { space: space(1), date: date(on), visitors });
        self
    }

    pub fn table(&self, group_by: &str) -> Table {
        self.table_at(group_by, LONG_AFTER)
    }

    pub fn table_at(&self, group_by: &str, now: &str) -> Table {
        count(self, &group_by.parse().unwrap(), at(now), 100_000).unwrap()
    }
}

/// A row in words: its group with spaces between.
pub fn group(row: &Row) -> String {
    row.group.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// A figure of every row that has any.
pub fn shown<T: Default + PartialEq>(table: &Table, figure: impl Fn(&Tally) -> T) -> Vec<(String, T)> {
    let all = table.rows.iter().map(|row| (group(row), figure(&row.tally)));
    all.filter(|(_, figure)| *figure != T::default()).collect()
}

/// What [`shown`] should be.
pub fn all<T: Copy>(rows: &[(&str, T)]) -> Vec<(String, T)> {
    rows.iter().map(|&(group, figure)| (group.to_owned(), figure)).collect()
}
