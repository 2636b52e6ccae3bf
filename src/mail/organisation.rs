//! An organisation, as mails name it.

use serde::{Deserialize, Serialize};

use crate::domain::ids::OrganisationId;

/// What it is called, and which it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored")]
pub struct OrganisationView {
    /// By which it is found when that was one person, who is erased.
    pub id: Option<OrganisationId>,
    pub name: String,
}

impl OrganisationView {
    pub fn new(id: OrganisationId, name: &str) -> Self {
        Self { id: Some(id), name: name.to_owned() }
    }
}

/// Letters that were queued before ids were noted have the name alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Stored {
    Name(String),
    Whole { id: Option<OrganisationId>, name: String },
}

impl From<Stored> for OrganisationView {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Name(name) => Self { id: None, name },
            Stored::Whole { id, name } => Self { id, name },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_were_queued_before_there_were_ids_are_read() {
        let named: OrganisationView = serde_json::from_str("\"Zavod Carnica\"").unwrap();
        assert_eq!(named, OrganisationView { id: None, name: "Zavod Carnica".to_owned() });
    }
}
