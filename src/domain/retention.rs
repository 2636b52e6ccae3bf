//! How long what names people is kept, in days (GDPR, article 5(1)(e)). What is not here has a time of its own: stored
//! answers 48 hours (DESIGN 5), sessions and links a day after their end, changes of address nine days.

use std::str::FromStr;

use super::instant::Instant;

const DAY: i64 = 86_400;

macro_rules! periods {
    ($($(#[$doc:meta])* $name:ident: $usual:literal, $least:literal..=$most:literal;)*) => {
        /// The periods, in days.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Retention {
            $($(#[$doc])* pub $name: u16,)*
        }

        impl Default for Retention {
            fn default() -> Self {
                Self { $($name: $usual,)* }
            }
        }

        impl Retention {
            /// The name of each period with its usual, shortest and longest length.
            pub const PERIODS: &'static [(&'static str, u16, u16, u16)] =
                &[$((stringify!($name), $usual, $least, $most)),*];

            fn period(&mut self, name: &str) -> Option<&mut u16> {
                match name {
                    $(stringify!($name) => Some(&mut self.$name),)*
                    _ => None,
                }
            }
        }
    };
}

periods! {
    /// Which mails went out, and which never did.
    mails: 30, 1..=90;
    /// What somebody waited for, after it ended.
    waiting: 30, 1..=365;
    /// Titles, notes and messages of reservations and series, after their end.
    texts: 730, 30..=3650;
    /// People without an account, after the end of the last that was reserved for them.
    guests: 730, 30..=3650;
    /// Who looked at whose data.
    views: 365, 30..=1095;
    /// For how long after a reservation a fee for it is taken as open: payments are made elsewhere.
    fees: 30, 0..=90;
}

/// Why a text names no periods.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRetention {
    #[error("`{0}` is no period: texts=730,views=365 and the like, in days")]
    Unknown(String),
    #[error("{name} is from {least} to {most} days, not `{given}`")]
    OutOfBounds { name: String, least: u16, most: u16, given: String },
}

impl FromStr for Retention {
    type Err = InvalidRetention;

    /// `name=days` with commas between; what is not named is as usual.
    fn from_str(text: &str) -> Result<Self, InvalidRetention> {
        let mut retention = Self::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let unknown = || InvalidRetention::Unknown(part.to_owned());
            let (name, given) = part.split_once('=').ok_or_else(unknown)?;
            let (name, given) = (name.trim(), given.trim());
            let bounds = Self::PERIODS.iter().find(|(known, ..)| *known == name).ok_or_else(unknown)?;
            let (_, _, least, most) = *bounds;
            let days = given.parse().ok().filter(|days| (least..=most).contains(days));
            let period = retention.period(name).ok_or_else(unknown)?;
            *period = days.ok_or_else(|| InvalidRetention::OutOfBounds {
                name: name.to_owned(),
                least,
                most,
                given: given.to_owned(),
            })?;
        }
        Ok(retention)
    }
}

/// So many days before `now`.
pub fn ago(now: Instant, days: u16) -> Instant {
    now.plus(-i64::from(days) * DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_within_their_bounds() {
        let usual = Retention::default();
        for (text, read) in [
            ("", Ok(usual)),
            ("texts=30", Ok(Retention { texts: 30, ..usual })),
            (" views = 90 , fees=0", Ok(Retention { views: 90, fees: 0, ..usual })),
            ("texts=29", Err("texts is from 30 to 3650 days, not `29`")),
            ("mails=91", Err("mails is from 1 to 90 days, not `91`")),
            ("mails=long", Err("mails is from 1 to 90 days, not `long`")),
            ("mail=30", Err("`mail=30` is no period: texts=730,views=365 and the like, in days")),
            ("texts", Err("`texts` is no period: texts=730,views=365 and the like, in days")),
        ] {
            let said = text.parse::<Retention>().map_err(|error| error.to_string());
            assert_eq!(said, read.map_err(str::to_owned), "{text}");
        }
    }

    #[test]
    fn the_usual_lengths_are_within_their_bounds() {
        for (name, usual, least, most) in Retention::PERIODS {
            assert!((least..=most).contains(&usual), "{name}");
        }
    }
}
