//! Network, venues, spaces and people of the world that is measured.

use chrono::{NaiveDate, NaiveTime};
use prostor::{
    domain::{
        access::Place,
        holidays::Country,
        hours::{Day, HolidayHours, HoursVersion, WeeklyRule},
        ids::{Id, UserId},
        places::{Address, Network, Venue},
        policy::Policy,
        space::{Allocation, BookedBy, Space, SpaceKind, Unit},
        tariff::Tariff,
        zone::Zone,
    },
    store::{db::WriteTx, error::StoreError, hours, hours::Owner, people, places, spaces},
};
use uuid::Uuid;

use crate::world::NOW;

/// Identifiers that ascend and are the same in every run.
pub struct Numbers(u128);

impl Numbers {
    /// None that the calendar's counting from 1 comes to.
    pub const START: Self = Self(1 << 100);

    pub fn next<K>(&mut self) -> Id<K> {
        self.0 += 1;
        Id::from_uuid(Uuid::from_u128(self.0))
    }
}

/// A network of so many venues, open from 8 to 20 o'clock every day.
pub fn insert_venues(
    tx: &mut WriteTx,
    numbers: &mut Numbers,
    count: usize,
) -> Result<Vec<Place>, StoreError> {
    let network = Network {
        id: numbers.next(),
        name: "Bench".to_owned(),
        slug: "bench".to_owned(),
        country: Country::SLOVENIA,
        zone: Zone::default(),
        policy: Policy::default(),
        policy_version: 1,
        is_demo: true,
        version: 1,
        created_at: NOW,
    };
    places::insert_network(tx, &network)?;
    let mut all = Vec::with_capacity(count);
    for number in 0..count {
        let venue = venue(numbers, &network, number);
        places::insert_venue(tx, &venue)?;
        let owner = Owner { venue: venue.id, space: None };
        let version = every_day();
        hours::put_version(tx, owner, numbers.next(), version.valid_from, Some(&version))?;
        all.push(venue.place());
    }
    Ok(all)
}

fn venue(numbers: &mut Numbers, network: &Network, number: usize) -> Venue {
    Venue {
        id: numbers.next(),
        network: network.id,
        name: format!("Venue {number}"),
        slug: format!("venue-{number}"),
        address: Address {
            street: "Cesta 1".to_owned(),
            postcode: "4000".to_owned(),
            city: "Kranj".to_owned(),
            municipality: "Kranj".to_owned(),
        },
        zone: network.zone,
        contact_email: "bench@example.org".to_owned(),
        phone: None,
        access_instructions: None,
        policy: Policy::default(),
        policy_version: 1,
        hours_version: 1,
        version: 1,
        created_at: NOW,
    }
}

fn every_day() -> HoursVersion {
    let time = |hour| NaiveTime::from_hms_opt(hour, 0, 0).expect("a time").format("%H:%M").to_string();
    let rule = WeeklyRule {
        days: Day::ALL.to_vec(),
        opens: time(8).parse().expect("a time of day"),
        closes: time(20).parse().expect("a time of day"),
    };
    HoursVersion {
        valid_from: since(),
        weekly: vec![rule],
        seasons: Vec::new(),
        holidays: HolidayHours::Open,
    }
}

fn since() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).expect("a date")
}

pub fn insert_person(tx: &mut WriteTx, numbers: &mut Numbers, name: &str) -> Result<UserId, StoreError> {
    let email = format!("{name}@example.org");
    let contact = people::Contact {
        id: numbers.next(),
        email: email.clone(),
        name: name.to_owned(),
        locale: "sl".to_owned(),
        verified_at: Some(NOW),
    };
    people::insert_guest(tx, &contact, &email, None, NOW)?;
    Ok(contact.id)
}

/// A meeting room, booked by hours.
pub fn room(numbers: &mut Numbers, place: Place, number: usize) -> Space {
    let capacity = match number {
        0..100 => 12,
        100..300 => 10,
        _ => 8,
    };
    let unit = Unit { id: numbers.next(), group: numbers.next(), label: "1".to_owned(), seats: capacity };
    Space {
        id: numbers.next(),
        place,
        name: format!("Room {number}"),
        kind: SpaceKind::MeetingRoom,
        allocation: Allocation::Whole,
        capacity,
        description: None,
        amenities: vec!["projector".to_owned()],
        step_free: Some(true),
        booked_by: BookedBy::Hours,
        house_rules: None,
        setup_minutes: 0,
        teardown_minutes: 0,
        own_hours: false,
        policy: Policy::default(),
        policy_version: 1,
        tariff: Tariff::default(),
        tariff_version: 1,
        hours_version: 1,
        units: vec![unit],
        parts: Vec::new(),
        layouts: Vec::new(),
        active_from: since(),
        archived_at: None,
        version: 1,
        created_at: NOW,
        nights: None,
        images: Vec::new(),
        has_plan: false,
    }
}

/// An area of so many desks, booked by days.
pub fn desk_area(numbers: &mut Numbers, place: Place, desks: usize) -> Space {
    let group = numbers.next();
    let desk = |number| Unit { id: numbers.next(), group, label: format!("{number}"), seats: 1 };
    Space {
        units: (1..=desks).map(desk).collect(),
        name: "Desks".to_owned(),
        kind: SpaceKind::DeskArea,
        allocation: Allocation::Each,
        booked_by: BookedBy::Days,
        capacity: 1,
        ..room(&mut Numbers(2 << 100), place, 0)
    }
}

pub fn insert_space(tx: &mut WriteTx, numbers: &mut Numbers, space: &Space) -> Result<(), StoreError> {
    let memberships: Vec<_> = space.units.iter().map(|_| numbers.next()).collect();
    spaces::insert(tx, space, &memberships)
}
