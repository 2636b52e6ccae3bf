//! Policies: the limits on booking set on a network, a venue or a space, for an audience (DESIGN 4).
//!
//! Here a policy is read, refused when nobody could ever book under it, and resolved for one booker.
//! Whether a request keeps the limits is `decision`'s to say.

pub mod check;
mod quota;
mod standing;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use quota::{Between, By, Counting, Over, Per, Quota};
pub use standing::Standing;

use super::{check_in::CheckInRules, codes::codes, given::given, instant::Interval, zone::Zone};

codes! {
    /// For whom rules are set, the most trusted first.
    pub enum Audience {
        /// Staff of the venue.
        Staff = "staff",
        /// Booking for an organisation confirmed as creative.
        Cci = "cci",
        /// Accepted by the venue or the network.
        Member = "member",
        /// Any verified account; also what anonymous availability shows.
        Public = "public",
    }
}

codes! {
    /// What lies beyond a limit.
    #[derive(Default)]
    pub enum Beyond {
        #[default]
        Refuse = "refuse",
        /// It needs approval.
        Ask = "ask",
    }
}

codes! {
    /// Whether every reservation needs approval, kept limits or not.
    pub enum Approval {
        None = "none",
        Always = "always",
    }
}

/// A limit and what lies beyond it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit<T> {
    pub value: T,
    #[serde(default)]
    pub beyond: Beyond,
}

impl<T> Limit<T> {
    pub const fn refuse(value: T) -> Self {
        Self { value, beyond: Beyond::Refuse }
    }

    pub const fn ask(value: T) -> Self {
        Self { value, beyond: Beyond::Ask }
    }
}

/// What lies beyond a capacity; the capacity itself is the space's or the layout's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capacity {
    #[serde(default)]
    pub beyond: Beyond,
}

/// Declares [`Rules`] (what a policy says) and [`Effective`] (what holds for one booker) from one list of fields,
/// so that neither can forget one. `[T] = default` always has a value, `[T]` may have none.
macro_rules! rules {
    ($($(#[$doc:meta])* $field:ident: [$type:ty] $(= $default:expr)?;)*) => {
        /// One audience's rules; what is absent is left to the next audience, then to the next level.
        #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Rules {
            $($(#[$doc])* #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,)*
        }

        /// The rules that hold for one booker in one space, each with where it comes from.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        pub struct Effective {
            $($(#[$doc])* pub $field: Sourced<rules!(@held [$type] $($default)?)>,)*
        }

        impl Policies {
            /// Per field the most specific of space, venue and network that says something, and within it the
            /// first of the booker's audiences (in [`Audience`]'s order, however they are given).
            pub fn effective(&self, audiences: &[Audience]) -> Effective {
                Effective { $($field: rules!(@pick self, audiences, $field $($default)?),)* }
            }
        }
    };
    (@held [$type:ty] $default:expr) => { $type };
    (@held [$type:ty]) => { Option<$type> };
    (@pick $self:ident, $audiences:ident, $field:ident $default:expr) => {
        $self.pick($audiences, |rules| rules.$field.as_ref(), $default)
    };
    (@pick $self:ident, $audiences:ident, $field:ident) => {
        $self.pick_some($audiences, |rules| rules.$field.as_ref())
    };
}

rules! {
    /// Shortest reservation, elapsed minutes.
    min_duration_minutes: [Limit<u32>] = Limit::refuse(15);
    /// Longest reservation, elapsed minutes; the 31 days of DESIGN 3 hold besides.
    max_duration_minutes: [Limit<u32>];
    /// The grid that starts and ends lie on, elapsed minutes from the anchor of the opening span.
    slot_minutes: [Limit<u32>] = Limit::refuse(15);
    /// Elapsed minutes between now and the start.
    min_notice_minutes: [Limit<u32>] = Limit::refuse(0);
    /// Local days from today to the start's date; 0 is today alone.
    horizon_days: [Limit<u32>] = Limit::refuse(365);
    /// More attendees than the capacity.
    capacity: [Capacity] = Capacity { beyond: Beyond::Refuse };
    /// Whether the number of attendees must be told.
    attendees_required: [bool] = false;
    /// Reservations that one person may have ahead.
    max_active: [Limit<u32>];
    /// Reservations or hours in a period; a level's list takes the place of the next one's as a whole.
    quotas: [Vec<Quota>] = Vec::new();
    /// Elapsed minutes before the start after which a cancellation is late.
    cancellation_notice_minutes: [u32] = 0;
    /// Whether every reservation needs approval.
    approval: [Approval] = Approval::None;
    /// Hours a request waits for an answer, at the latest until its start.
    approval_hours: [u32] = 72;
    /// Whether this audience may book at all.
    bookable: [bool] = true;
    /// Minutes that a hold keeps its slot.
    hold_minutes: [u32] = 10;
    /// Minutes that a slot is held for who waited for it.
    offer_minutes: [u32] = 120;
    /// Whether who does not check in loses the rest of the time.
    check_in_required: [bool] = false;
    /// Minutes before the start from which one can check in.
    check_in_opens_minutes: [u32] = 15;
    /// Minutes after the start for which the space waits.
    check_in_grace_minutes: [u32] = 15;
    /// Occurrences of one series, those left out not counted.
    max_series_occurrences: [Limit<u32>] = Limit::refuse(366);
    /// Elapsed hours before the start at which the organiser is reminded; 0: not at all.
    reminder_hours: [u32] = 24;
}

/// One network's, venue's or space's policy: rules by audience.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub staff: Option<Rules>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub cci: Option<Rules>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub member: Option<Rules>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    pub public: Option<Rules>,
}

impl Policy {
    pub fn of(&self, audience: Audience) -> Option<&Rules> {
        match audience {
            Audience::Staff => self.staff.as_ref(),
            Audience::Cci => self.cci.as_ref(),
            Audience::Member => self.member.as_ref(),
            Audience::Public => self.public.as_ref(),
        }
    }
}

/// The policies that meet at one space.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policies {
    pub network: Policy,
    pub venue: Policy,
    pub space: Policy,
}

codes! {
    /// Where an effective rule is set.
    pub enum Level {
        Space = "space",
        Venue = "venue",
        Network = "network",
        /// Nowhere: out of the box.
        Default = "default",
    }
}

/// Where an effective rule comes from; `audience` is absent for defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Source {
    pub level: Level,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
}

/// A rule with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sourced<T> {
    pub rule: T,
    pub source: Source,
}

impl Policies {
    fn pick<T: Clone>(
        &self,
        audiences: &[Audience],
        field: impl Fn(&Rules) -> Option<&T>,
        default: T,
    ) -> Sourced<T> {
        let Sourced { rule, source } = self.pick_some(audiences, field);
        Sourced { rule: rule.unwrap_or(default), source }
    }

    fn pick_some<T: Clone>(
        &self,
        audiences: &[Audience],
        field: impl Fn(&Rules) -> Option<&T>,
    ) -> Sourced<Option<T>> {
        let levels =
            [(Level::Space, &self.space), (Level::Venue, &self.venue), (Level::Network, &self.network)];
        for (level, policy) in levels {
            for audience in Audience::ALL.iter().copied().filter(|a| audiences.contains(a)) {
                if let Some(rule) = policy.of(audience).and_then(&field) {
                    let rule = Some(rule.clone());
                    return Sourced { rule, source: Source { level, audience: Some(audience) } };
                }
            }
        }
        Sourced { rule: None, source: Source { level: Level::Default, audience: None } }
    }
}

impl Policies {
    /// Whether any level sets quotas for anybody.
    pub fn set_quotas(levels: [&Policy; 3]) -> bool {
        let sets = |rules: &Rules| rules.quotas.as_ref().is_some_and(|quotas| !quotas.is_empty());
        levels.into_iter().any(|policy| Audience::ALL.iter().any(|a| policy.of(*a).is_some_and(sets)))
    }
}

impl Effective {
    /// The local periods in which quotas count what is asked for within `interval`; `None` without quotas.
    pub fn quota_window(&self, zone: Zone, interval: Interval) -> Option<Interval> {
        let periods = self.quotas.rule.iter().map(|quota| quota.periods(zone, interval));
        let join = |one: Interval, other: Interval| {
            Interval::new(one.start().min(other.start()), one.end().max(other.end())).unwrap_or(one)
        };
        periods.reduce(join)
    }

    /// What of it a reservation keeps about checking in.
    pub fn check_in(&self) -> CheckInRules {
        CheckInRules {
            required: self.check_in_required.rule,
            opens_minutes: self.check_in_opens_minutes.rule,
            grace_minutes: self.check_in_grace_minutes.rule,
        }
    }
}
