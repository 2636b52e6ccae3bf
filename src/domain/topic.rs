//! Mails that a person may do without. What a reservation or an account can't be had without is none of them: nobody
//! can switch it off.

use super::codes::codes;

codes! {
    /// A kind of mail that is optional.
    pub enum Topic {
        /// Of reservations ahead, as long before as the policy says.
        Reminders = "reminders",
        /// Of the day at the venues one works for, each morning on which there is something to tell.
        Digests = "digests",
        /// Questions about how many came.
        Headcounts = "headcounts",
    }
}

/// Which of them a person wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    pub reminders: bool,
    pub digests: bool,
    pub headcounts: bool,
}

impl Default for Wanted {
    /// All, until one says otherwise.
    fn default() -> Self {
        Self { reminders: true, digests: true, headcounts: true }
    }
}

impl Wanted {
    pub const fn has(self, topic: Topic) -> bool {
        match topic {
            Topic::Reminders => self.reminders,
            Topic::Digests => self.digests,
            Topic::Headcounts => self.headcounts,
        }
    }

    /// The same without one.
    #[must_use]
    pub fn without(mut self, topic: Topic) -> Self {
        let wanted = match topic {
            Topic::Reminders => &mut self.reminders,
            Topic::Digests => &mut self.digests,
            Topic::Headcounts => &mut self.headcounts,
        };
        *wanted = false;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn giving_one_up_leaves_the_others() {
        for &topic in Topic::ALL {
            let left = Wanted::default().without(topic);
            for &other in Topic::ALL {
                assert_eq!(left.has(other), other != topic, "{other} without {topic}");
            }
        }
    }
}
