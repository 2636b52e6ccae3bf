//! What a key for programs may be used for, within what its owner may do.

use super::codes::codes;

codes! {
    /// A part of the interface. What belongs to none is not for keys.
    pub enum Scope {
        /// Networks, venues, spaces, their hours, rules and prices; what is free and what is on.
        ReadPlaces = "places:read",
        /// Make and edit venues and spaces, their hours, rules and prices.
        WritePlaces = "places:write",
        /// Reservations, series, requests, blocks and what one waits for.
        ReadReservations = "reservations:read",
        /// Reserve, change, approve, cancel, check in, block, wait.
        WriteReservations = "reservations:write",
        /// One's own account, organisations, teams and invitations.
        ReadPeople = "people:read",
        /// Edit organisations, teams and invitations.
        WritePeople = "people:write",
        /// Statistics and attendance.
        ReadStatistics = "statistics:read",
        /// Write down who came without a reservation.
        WriteStatistics = "statistics:write",
    }
}

/// As they stand in a table: their names with spaces between.
pub fn to_text(scopes: &[Scope]) -> String {
    scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")
}

/// # Errors
/// When a name is none of ours.
pub fn from_text(text: &str) -> Result<Vec<Scope>, super::codes::UnknownCode> {
    text.split_ascii_whitespace().map(str::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_come_back_from_their_text() {
        for scopes in [&[][..], &[Scope::ReadPlaces], Scope::ALL] {
            assert_eq!(from_text(&to_text(scopes)).unwrap(), scopes);
        }
        assert!(from_text("places:read places:own").is_err());
    }
}
