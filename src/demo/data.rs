//! What Gorenjska is made of, as written in `gorenjska/*.toml`: the bodies are the API's own, read as
//! strictly as it reads them.

use serde::Deserialize;

use super::{
    drawing::Drawing,
    intents::Planned,
    weekly::{Closed, Weekly},
};

use crate::{
    app::{
        organisations::create::NewOrganisation,
        places::{hours::NewHours, networks::NewNetwork, spaces::NewSpace, venues::NewAddress},
        reservations::NewEvent,
    },
    domain::{
        hours::{Day, Span, TimeOfDay},
        locale::Locale,
        person::{EmailAddress, PersonName, Phone},
        policy::Policy,
        reservation::Purpose,
        tariff::Tariff,
        text::{Line, Prose, Slug},
    },
};

/// The network's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Region {
    pub network: NewNetwork,
    pub policy: Policy,
    pub administrator: Human,
    pub coordinator: Human,
    pub people: Vec<Human>,
    pub organisations: Vec<Group>,
    /// Of the action plan.
    pub indicators: Vec<Planned>,
    #[serde(skip)]
    pub venues: Vec<Centre>,
}

/// Somebody with an account.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Human {
    pub name: PersonName,
    pub email: EmailAddress,
    /// Whether the demo's password opens the account; all others sign in by link.
    #[serde(default)]
    pub signs_in: bool,
    #[serde(default)]
    pub locale: Locale,
    /// The slug of the venue a member books most.
    #[serde(default)]
    pub home: String,
}

/// An organisation; its first member is the owner.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub members: Vec<EmailAddress>,
    /// Whether it is confirmed as creative.
    #[serde(default)]
    pub creative: bool,
    /// Who asks to join, and what they write.
    #[serde(default)]
    pub asking: Option<(EmailAddress, Prose<500>)>,
    pub about: NewOrganisation,
}

/// A venue's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Centre {
    pub name: Line<100>,
    pub slug: Slug,
    pub contact_email: EmailAddress,
    pub phone: Phone,
    pub access_instructions: Prose<2000>,
    pub address: NewAddress,
    pub manager: Human,
    /// Addresses of people whom it accepted as members.
    #[serde(default)]
    pub members: Vec<EmailAddress>,
    /// Addresses of people who decide on its requests besides the staff.
    #[serde(default)]
    pub delegates: Vec<EmailAddress>,
    pub hours: NewHours,
    #[serde(default)]
    pub exceptions: Vec<Exception>,
    pub policy: Policy,
    pub spaces: Vec<Room>,
}

/// Other hours on one day, told by its distance from the opening.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exception {
    pub after_days: u64,
    pub hours: Vec<Span>,
    pub reason: Line<200>,
}

/// A space with what is set on it and how it is used.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Room {
    pub key: String,
    /// Keys of spaces named before it.
    #[serde(default)]
    pub parts: Vec<String>,
    pub units: Option<Units>,
    pub new: NewSpace,
    pub hours: Option<NewHours>,
    pub policy: Option<Policy>,
    pub tariff: Option<Tariff>,
    pub drawing: Option<Drawing>,
    #[serde(default)]
    pub habits: Vec<Habit>,
    /// What the venue's manager reserves for the whole season.
    #[serde(default)]
    pub series: Vec<Weekly>,
    /// When it is closed every week.
    #[serde(default)]
    pub blocks: Vec<Closed>,
}

/// Numbered units.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Units {
    pub label: String,
    pub count: u32,
}

/// What people do there on certain days.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Habit {
    pub days: Vec<Day>,
    /// Each is a chance of its own.
    pub starts: Vec<TimeOfDay>,
    pub minutes: Vec<i64>,
    /// How often out of a hundred somebody comes at a start.
    pub percent: u32,
    /// From, to.
    pub people: Option<[i64; 2]>,
    #[serde(default = "one")]
    pub quantity: [i64; 2],
    /// How many days before it is reserved: from, to.
    pub lead_days: [i64; 2],
    pub what: Vec<(Line<200>, Purpose)>,
    pub layout: Option<String>,
    #[serde(default)]
    pub public: bool,
    /// What all read about public events.
    #[serde(default)]
    pub about: Vec<About>,
    /// The venue's manager reserves, not a member.
    #[serde(default)]
    pub by_staff: bool,
}

/// What all read about the events of one title.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    pub title: Line<200>,
    pub event: NewEvent,
}

const fn one() -> [i64; 2] {
    [1, 1]
}

/// Days before its date nothing is reserved earlier than this.
pub(super) const LONGEST_LEAD: u64 = 31;

/// Reads all files.
///
/// # Errors
/// What is wrong with which, which a test rules out.
pub(super) fn gorenjska() -> Result<Region, String> {
    let mut region: Region = read("network.toml", include_str!("gorenjska/network.toml"))?;
    for (name, text) in [
        ("kulturkafe.toml", include_str!("gorenjska/kulturkafe.toml")),
        ("muzej.toml", include_str!("gorenjska/muzej.toml")),
        ("kreativnice.toml", include_str!("gorenjska/kreativnice.toml")),
        ("kovacnica.toml", include_str!("gorenjska/kovacnica.toml")),
        ("layerjeva-hisa.toml", include_str!("gorenjska/layerjeva-hisa.toml")),
    ] {
        region.venues.push(read(name, text)?);
    }
    Ok(region)
}

fn read<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| format!("{name}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_can_be_read_and_name_each_other() {
        let region = gorenjska().unwrap();
        assert_eq!(region.venues.len(), 5);
        for person in &region.people {
            assert!(region.venues.iter().any(|venue| venue.slug.as_str() == person.home), "{person:?}");
        }
        let asking = region.organisations.iter().filter_map(|group| group.asking.as_ref());
        let members = region.organisations.iter().flat_map(|group| &group.members);
        for member in members.chain(asking.map(|(email, _)| email)) {
            assert!(region.people.iter().any(|person| person.email == *member), "{member}");
        }
        for room in region.venues.iter().flat_map(|venue| &venue.spaces) {
            for habit in &room.habits {
                let known = |name: &String| room.new.layouts.iter().any(|each| each.name.as_str() == name);
                assert!(habit.layout.iter().all(known), "{}: {habit:?}", room.key);
                let happens = |about: &About| habit.what.iter().any(|(title, _)| *title == about.title);
                assert!(habit.about.iter().all(|about| habit.public && happens(about)), "{habit:?}");
                let [least, most] = habit.lead_days;
                assert!(0 <= least && least <= most && most.unsigned_abs() <= LONGEST_LEAD, "{habit:?}");
            }
        }
    }

    #[test]
    fn nobody_here_can_receive_mail() {
        // RFC 2606: names that are never registered.
        let region = gorenjska().unwrap();
        let managers = region.venues.iter().map(|venue| &venue.manager);
        let people = region.people.iter().chain(managers).chain([&region.administrator, &region.coordinator]);
        let addresses = people.map(|person| &person.email);
        for address in addresses.chain(region.venues.iter().map(|venue| &venue.contact_email)) {
            let domain = address.domain();
            let reserved = ["example.com", "example.net", "example.org"].contains(&domain);
            assert!(reserved || domain.ends_with(".example"), "{address}");
        }
    }
}
