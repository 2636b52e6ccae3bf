//! The venue of the story: its spaces, its people, its hours and rules, as data that both sides are made from.

use serde_json::{Value, json};

use crate::opening::{Holidays, Week};

/// Accepted by the venue.
pub const BOR: usize = 1;
/// Owns the organisation, which is confirmed as creative.
pub const CENE: usize = 2;
/// Works at the venue.
pub const DORA: usize = 3;
/// A member of the organisation.
pub const EVA: usize = 4;
pub const PEOPLE: [&str; 5] = ["ana", "bor", "cene", "dora", "eva"];

/// A space as the story begins with it.
pub struct Room {
    pub name: &'static str,
    /// By number among all units of the venue.
    pub units: &'static [usize],
    pub each: bool,
    /// People; 0 of equipment, which has no seats.
    pub capacity: u32,
    pub buffers: (i64, i64),
    /// Capacity, set-up and tear-down.
    pub layout: Option<(u32, i64, i64)>,
    /// Where it is not booked by hours.
    pub stay: Option<Stay>,
}

#[derive(Clone, Copy, Debug)]
pub enum Stay {
    Days,
    /// Arrival and departure, minutes of the clock.
    Nights(i64, i64),
}

pub const UNITS: usize = 14;
pub const LEFT: usize = 0;
pub const RIGHT: usize = 1;
pub const HALL: usize = 2;
pub const DESKS: usize = 3;
pub const STUDIO: usize = 4;
pub const GALLERY: usize = 5;
/// Equipment, which can be had together with another space.
pub const POOL: usize = 8;

const ROOM: Room =
    Room { name: "", units: &[], each: false, capacity: 1, buffers: (0, 0), layout: None, stay: None };

pub const ROOMS: [Room; 9] = [
    Room { name: "left", units: &[0], capacity: 20, ..ROOM },
    Room { name: "right", units: &[1], capacity: 20, ..ROOM },
    Room { name: "hall", units: &[0, 1], capacity: 40, buffers: (0, 30), ..ROOM },
    Room { name: "desks", units: &[2, 3, 4, 5], each: true, ..ROOM },
    Room { name: "studio", units: &[6], capacity: 10, buffers: (15, 30), layout: Some((6, 30, 15)), ..ROOM },
    Room { name: "gallery", units: &[7], capacity: 30, buffers: (0, 15), ..ROOM },
    Room { name: "atelier", units: &[8, 9], each: true, stay: Some(Stay::Days), ..ROOM },
    Room {
        name: "flat",
        units: &[10],
        capacity: 4,
        buffers: (0, 60),
        stay: Some(Stay::Nights(900, 600)),
        ..ROOM
    },
    Room { name: "projectors", units: &[11, 12, 13], each: true, capacity: 0, buffers: (5, 20), ..ROOM },
];

/// What the hall can be made of.
pub const PARTS: [&[usize]; 3] = [&[LEFT, RIGHT], &[LEFT, RIGHT, GALLERY], &[LEFT, GALLERY]];

/// One opening: days of the week from Monday 0, from and to in minutes of the clock; `to` not after `from` is on
/// the next day.
pub type Opening = (&'static [u32], i64, i64);

const DAILY: &[u32] = &[0, 1, 2, 3, 4, 5, 6];

/// The hours that a venue may choose from: plain ones, with a pause, through the nights in which clocks change, and
/// round the clock.
pub const HOURS: [&[Opening]; 5] = [
    &[(DAILY, 480, 1200)],
    &[(DAILY, 555, 720), (&[0, 1, 2, 3, 4], 780, 1080), (&[5], 1320, 240)],
    &[(&[0, 1, 2, 3, 4], 480, 1320), (&[5], 600, 150), (&[6], 90, 200), (&[6], 600, 1200)],
    &[(DAILY, 0, 1440)],
    &[(&[5, 6, 0], 1200, 480), (&[1, 2, 3, 4], 540, 1080)],
];

/// How a space is called that may be a copy.
pub fn called(space: usize) -> String {
    ROOMS.get(space).map_or_else(|| format!("space {space}"), |room| room.name.to_owned())
}

pub fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// One of [`HOURS`] as the API takes it.
fn weekly(preset: usize) -> Value {
    const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let weekly = HOURS[preset].iter().map(|(days, from, to)| {
        let days: Vec<&str> = days.iter().map(|day| NAMES[*day as usize]).collect();
        json!({"days": days, "opens": clock(*from), "closes": clock(*to)})
    });
    weekly.collect()
}

/// Hours as the API takes them.
pub fn hours_body(week: &Week) -> Value {
    let holidays = match week.holidays {
        Holidays::Open => json!("open"),
        Holidays::Closed => json!("closed"),
        Holidays::Own(opens, closes) => json!([{"opens": clock(opens), "closes": clock(closes)}]),
    };
    let seasons = week.season.iter().map(|(from, to, preset)| {
        let weekly = weekly(*preset);
        json!({"from": from, "to": to, "weekly": weekly})
    });
    let seasons: Vec<Value> = seasons.collect();
    json!({"weekly": weekly(week.preset), "seasons": seasons, "holidays": holidays})
}

/// The policies that the story begins with: the venue's, and of each space that has one.
pub fn first_policies() -> [(Option<usize>, Value); 4] {
    let limit = |value: u32, beyond: &str| json!({"value": value, "beyond": beyond});
    let quota = |amount: u32, count: &str, per: &str| json!({"amount": amount, "count": count, "per": per, "by": "person", "over": "venue"});
    [
        (
            None,
            json!({"public": {"max_active": limit(6, "ask"), "hold_minutes": 30, "approval_hours": 24,
            "horizon_days": limit(20, "refuse"), "cancellation_notice_minutes": 240}, "member": {"max_active": limit(12, "refuse")}}),
        ),
        (
            Some(DESKS),
            json!({"public": {"quotas": [quota(3, "reservations", "day"), quota(10, "hours", "week")],
            "max_active": limit(4, "refuse")}}),
        ),
        (
            Some(STUDIO),
            json!({"public": {"check_in_required": true, "check_in_opens_minutes": 30,
            "check_in_grace_minutes": 20, "slot_minutes": limit(30, "refuse")}}),
        ),
        (
            Some(GALLERY),
            json!({"public": {"approval": "always"}, "cci": {"approval": "none",
            "max_duration_minutes": limit(180, "ask")}, "member": {"min_notice_minutes": limit(1440, "ask")}}),
        ),
    ]
}
