//! The venue of the story: its spaces, its people, its hours and rules, as data that both sides are made from.

use serde_json::{Value, json};

/// Accepted by the venue.
pub const BOR: usize = 1;
/// Owns the organisation, which is confirmed as creative.
pub const CENE: usize = 2;
/// Works at the venue.
pub const DORA: usize = 3;
/// A member of the organisation.
pub const EVA: usize = 4;
pub const PEOPLE: [&str; 5] = ["ana", "bor", "cene", "dora", "eva"];

/// A space as the model knows it.
pub struct Room {
    pub name: &'static str,
    /// By number among all units of the venue.
    pub units: &'static [usize],
    pub each: bool,
    pub capacity: u32,
    pub buffers: (i64, i64),
    /// Capacity, set-up and tear-down.
    pub layout: Option<(u32, i64, i64)>,
}

pub const UNITS: usize = 8;
pub const LEFT: usize = 0;
pub const RIGHT: usize = 1;
pub const HALL: usize = 2;
pub const DESKS: usize = 3;
pub const STUDIO: usize = 4;
pub const GALLERY: usize = 5;

pub const ROOMS: [Room; 6] = [
    Room { name: "left", units: &[0], each: false, capacity: 20, buffers: (0, 0), layout: None },
    Room { name: "right", units: &[1], each: false, capacity: 20, buffers: (0, 0), layout: None },
    Room { name: "hall", units: &[0, 1], each: false, capacity: 40, buffers: (0, 30), layout: None },
    Room { name: "desks", units: &[2, 3, 4, 5], each: true, capacity: 1, buffers: (0, 0), layout: None },
    Room {
        name: "studio",
        units: &[6],
        each: false,
        capacity: 10,
        buffers: (15, 30),
        layout: Some((6, 30, 15)),
    },
    Room { name: "gallery", units: &[7], each: false, capacity: 30, buffers: (0, 15), layout: None },
];

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

pub fn clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// As the API takes them.
pub fn hours_body(preset: usize) -> Value {
    const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let weekly = HOURS[preset].iter().map(|(days, from, to)| {
        let days: Vec<&str> = days.iter().map(|day| NAMES[*day as usize]).collect();
        json!({"days": days, "opens": clock(*from), "closes": clock(*to)})
    });
    json!({"weekly": weekly.collect::<Vec<_>>(), "holidays": "open"})
}

/// The policies that the story begins with: the venue's, and of each space that has one.
pub fn first_policies() -> [(Option<usize>, Value); 4] {
    let limit = |value: u32, beyond: &str| json!({"value": value, "beyond": beyond});
    let quota = |amount: u32, count: &str, per: &str| json!({"amount": amount, "count": count, "per": per, "by": "person", "over": "venue"});
    [
        (
            None,
            json!({"public": {"max_active": limit(6, "ask"), "hold_minutes": 30, "approval_hours": 24,
            "horizon_days": limit(20, "refuse")}, "member": {"max_active": limit(12, "refuse")}}),
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
