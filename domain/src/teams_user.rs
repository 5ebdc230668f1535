//! Teams users: the people of the customer's Microsoft tenant.

use serde::{Deserialize, Serialize};

use crate::ids::TeamsUserId;

/// What is known about a person's Teams licence; only a licensed person sends and receives messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenseState {
    /// A licence that includes Teams is assigned.
    Licensed,
    /// No licence that includes Teams.
    Unlicensed,
    /// The source (the Entra export) does not tell.
    Unknown,
}

impl LicenseState {
    /// The stored and transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Licensed => "licensed",
            Self::Unlicensed => "unlicensed",
            Self::Unknown => "unknown",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Licensed, Self::Unlicensed, Self::Unknown]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

/// Why a person in a group will not get its messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unreachable {
    /// Sign-in is blocked in the Microsoft tenant.
    Disabled,
    /// There is no Teams licence.
    Unlicensed,
}

impl Unreachable {
    /// Whether and why messages will not reach somebody. An unknown licence is given the benefit of the doubt.
    #[must_use]
    pub fn of(enabled: bool, license: LicenseState) -> Option<Self> {
        if !enabled {
            return Some(Self::Disabled);
        }
        (license == LicenseState::Unlicensed).then_some(Self::Unlicensed)
    }
}

/// A Teams user in a picker, a group or a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamsUserRef {
    /// The person's id.
    pub id: TeamsUserId,
    /// The name people know.
    pub display_name: String,
    /// The Microsoft sign-in name, unique in the tenant.
    pub user_principal_name: String,
    /// Whether the person has Teams.
    pub license: LicenseState,
    /// Whether sign-in is allowed in the Microsoft tenant.
    pub enabled: bool,
}

impl TeamsUserRef {
    /// Whether and why messages will not reach this person.
    #[must_use]
    pub fn unreachable(&self) -> Option<Unreachable> {
        Unreachable::of(self.enabled, self.license)
    }
}
