//! What of a person's data somebody looked at.

use super::codes::codes;

codes! {
    /// What was shown.
    pub enum Seen {
        /// Reservations with who organises them, one or a list.
        Reservations = "reservations",
        /// Series with who organises them.
        Series = "series",
        /// What one waits for.
        Waiting = "waiting_list",
        /// That one is an accepted member, with the address.
        Members = "members",
        /// What a venue knows one by for whom it reserved.
        Guests = "guests",
        /// That one asks to join an organisation.
        JoinRequests = "join_requests",
        /// What the audit says of one's account.
        Audit = "audit",
        /// All that is held on one, given out.
        Export = "export",
    }
}
