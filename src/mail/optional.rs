//! Which notices a person may do without, and the link by which they do (RFC 2369, RFC 8058). All others come with what
//! one reserves and with one's account.

use super::notice::Notice;
use crate::domain::topic::Topic;

impl Notice {
    /// The optional kind that it is of.
    pub fn topic(&self) -> Option<Topic> {
        match self {
            Self::ReservationReminder { .. } => Some(Topic::Reminders),
            Self::Digest(_) => Some(Topic::Digests),
            Self::HeadcountAsked { .. } => Some(Topic::Headcounts),
            _ => None,
        }
    }

    /// Where its reader does without its kind from now on.
    pub fn can_be_stopped_at(&mut self, url: String) {
        match self {
            Self::ReservationReminder { stop, .. } | Self::HeadcountAsked { stop, .. } => *stop = Some(url),
            Self::Digest(digest) => digest.stop = Some(url),
            _ => {}
        }
    }

    /// The same as it stands in a mail.
    pub fn stop(&self) -> Option<&str> {
        match self {
            Self::ReservationReminder { stop, .. } | Self::HeadcountAsked { stop, .. } => stop.as_deref(),
            Self::Digest(digest) => digest.stop.as_deref(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;

    #[test]
    fn just_the_optional_notices_can_be_stopped() {
        for (name, mut notice) in samples::all() {
            notice.can_be_stopped_at("https://prostor.example/unsubscribe/x".to_owned());
            assert_eq!(notice.stop().is_some(), notice.topic().is_some(), "{name}");
        }
    }
}
