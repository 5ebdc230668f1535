//! Teams users: the people of the customer's Microsoft tenant.

mod detail;
mod list;
mod offboard;

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use self::{
    detail::{GroupOfUser, MAX_OWN_NUMBERS, TeamsUser, TeamsUserDetails},
    list::{GroupPart, ListedUser, ListedUserGroup, SmsService, TABLE, TeamsUserRow, UserGroup, sign_in_state},
    offboard::{
        Consequence, GroupDecision, GroupFate, LostGroup, NUMBERS_TO, NotUndone, OffboardInput, OffboardRecord,
        Offboarding, UNDO_FOR, UndoableOffboarding, UndoneOffboarding, group_field, no_license,
    },
};
use crate::{
    ids::TeamsUserId,
    text::{TextError, one_line},
};

/// The name somebody signs in to Microsoft with: one visible line of at most 256 characters with something on both sides
/// of an `@` and no space in it. Guests have several special characters in theirs, so nothing more is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserPrincipalName(String);

/// A text is not a user principal name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is not a sign-in name, such as name@company.example")]
pub struct NotAUserPrincipalName;

impl UserPrincipalName {
    /// Reads a name; capital letters stay as they are.
    ///
    /// # Errors
    /// [`NotAUserPrincipalName`] when a rule is broken.
    pub fn parse(text: &str) -> Result<Self, NotAUserPrincipalName> {
        let name = one_line(text, 256).map_err(|_| NotAUserPrincipalName)?;
        let (local, host) = name.rsplit_once('@').ok_or(NotAUserPrincipalName)?;
        let well_formed = !local.is_empty() && !host.is_empty() && !name.chars().any(char::is_whitespace);
        well_formed.then_some(Self(name)).ok_or(NotAUserPrincipalName)
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two names are the same name: Microsoft does not tell capital letters apart.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

impl fmt::Display for UserPrincipalName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The name people know a Teams user by: one visible line of at most 256 characters, as in Microsoft's directory.
///
/// # Errors
/// [`TextError`] names the first rule that is broken.
pub fn display_name(text: &str) -> Result<String, TextError> {
    one_line(text, 256)
}

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(" Ada.Brandt@Clinic.example ", Some("Ada.Brandt@Clinic.example"))]
    #[case(
        "guest_other.example#EXT#@clinic.onmicrosoft.com",
        Some("guest_other.example#EXT#@clinic.onmicrosoft.com")
    )]
    #[case("ada", None)]
    #[case("@clinic.example", None)]
    #[case("ada@", None)]
    #[case("ada brandt@clinic.example", None)]
    #[case("ada@clinic.example\nbela@clinic.example", None)]
    #[case("", None)]
    fn a_sign_in_name_has_two_sides(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(
            UserPrincipalName::parse(text)
                .ok()
                .as_ref()
                .map(UserPrincipalName::as_str),
            expected
        );
    }

    #[test]
    fn names_that_differ_only_in_case_share_a_key() {
        let key = |text: &str| UserPrincipalName::parse(text).unwrap().key();
        assert_eq!(key("ADA@Clinic.Example"), key("ada@clinic.example"));
    }
}
