//! API tokens: what scripts and connectors sign in with, in the name of the account that made them. A token never does
//! more than its account may at that moment, and may be limited further.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    access::Role,
    enterprise::EnterpriseSlug,
    error::FieldError,
    ids::ApiTokenId,
    text::{TextError, one_line},
};

/// The most characters of a token's name.
pub const NAME_MAX: usize = 64;
/// The longest time a token can be used for: what nobody looks after for a year should end.
pub const MAX_DAYS: u32 = 366;
/// The most tokens of one account, a bound for its list.
pub const MAX_TOKENS: u64 = 50;
/// How many characters at the end of a token are kept, so that its owner knows it again.
pub const HINT_CHARS: usize = 4;

/// A token as its dialog describes it, not checked yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiTokenInput {
    /// What it is for.
    pub name: String,
    /// The only enterprise it reaches; none for all that the account reaches.
    pub enterprise: Option<EnterpriseSlug>,
    /// The most it may be anywhere, if something was chosen.
    pub role: Option<Role>,
    /// After how many days it ends.
    pub days: u32,
}

/// A description that keeps every rule that can be checked without the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiTokenDraft {
    /// What it is for.
    pub name: String,
    /// The only enterprise it reaches.
    pub enterprise: Option<EnterpriseSlug>,
    /// The most it may be anywhere.
    pub role: Role,
    /// After how many days it ends.
    pub days: u32,
}

impl ApiTokenInput {
    /// Checks everything that can be checked without the database.
    ///
    /// # Errors
    /// Every broken rule, in the order of the fields.
    pub fn check(&self) -> Result<ApiTokenDraft, Vec<FieldError>> {
        let mut errors = Vec::new();
        let name = one_line(&self.name, NAME_MAX)
            .map_err(|error| errors.push(FieldError::new("name", name_advice(&error))))
            .ok();
        if self.role.is_none() {
            errors.push(FieldError::new("role", "Choose what the token may do."));
        }
        if !(1..=MAX_DAYS).contains(&self.days) {
            errors.push(FieldError::new("days", format!("Choose 1 to {MAX_DAYS} days.")));
        }
        match (name, self.role) {
            (Some(name), Some(role)) if errors.is_empty() => Ok(ApiTokenDraft {
                name,
                enterprise: self.enterprise.clone(),
                role,
                days: self.days,
            }),
            _ => Err(errors),
        }
    }
}

fn name_advice(error: &TextError) -> String {
    match error {
        TextError::Empty => "Enter what the token is for.".to_owned(),
        TextError::TooLong { max } => format!("Use at most {max} characters."),
        TextError::Unprintable => "Remove the characters that cannot be shown, such as line breaks.".to_owned(),
    }
}

/// What somebody with `role` is through a token that may be `most` at most.
#[must_use]
pub fn limited(role: Role, most: Role) -> Role {
    role.max(most)
}

/// An enterprise that a token is limited to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenEnterprise {
    /// Its name in addresses.
    pub slug: EnterpriseSlug,
    /// Its name for people.
    pub name: String,
}

/// A token as its owner sees it; never the token itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiTokenRow {
    /// The token's id.
    pub id: ApiTokenId,
    /// What it is for.
    pub name: String,
    /// Its last characters.
    pub hint: String,
    /// The only enterprise it reaches; none for all that the account reaches.
    pub enterprise: Option<TokenEnterprise>,
    /// The most it may be anywhere.
    pub role: Role,
    /// When it was made.
    #[serde(with = "crate::moment")]
    pub created_at: DateTime<Utc>,
    /// When it ends, or ended.
    #[serde(with = "crate::moment")]
    pub expires_at: DateTime<Utc>,
    /// Whether it had ended when the row was read.
    pub expired: bool,
    /// When it was last used, to the minute.
    #[serde(default, with = "crate::moment")]
    pub last_used_at: Option<DateTime<Utc>>,
    /// The address it was last used from.
    pub last_used_from: Option<String>,
}

/// A token that was just made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApiToken {
    /// The token, told this once.
    pub secret: String,
    /// The same as its owner sees it from now on.
    pub row: ApiTokenRow,
}

impl std::fmt::Debug for NewApiToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewApiToken")
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn input() -> ApiTokenInput {
        ApiTokenInput {
            name: " Nightly report ".to_owned(),
            enterprise: None,
            role: Some(Role::EnterpriseViewer),
            days: 30,
        }
    }

    #[test]
    fn every_broken_rule_is_told_at_once() {
        let fields: Vec<String> = ApiTokenInput::default()
            .check()
            .unwrap_err()
            .into_iter()
            .map(|error| error.field)
            .collect();
        assert_eq!(fields, ["name", "role", "days"]);
        assert_eq!(input().check().unwrap().name, "Nightly report");
    }

    #[rstest]
    #[case(0, false)]
    #[case(1, true)]
    #[case(MAX_DAYS, true)]
    #[case(MAX_DAYS + 1, false)]
    fn a_token_ends_within_a_year(#[case] days: u32, #[case] allowed: bool) {
        assert_eq!(ApiTokenInput { days, ..input() }.check().is_ok(), allowed);
    }

    #[test]
    fn a_token_is_never_printed() {
        let made = NewApiToken {
            secret: "mp_told_once".to_owned(),
            row: ApiTokenRow {
                id: ApiTokenId(uuid::Uuid::nil()),
                name: "Nightly report".to_owned(),
                hint: "once".to_owned(),
                enterprise: None,
                role: Role::EnterpriseViewer,
                created_at: DateTime::UNIX_EPOCH,
                expires_at: DateTime::UNIX_EPOCH,
                expired: false,
                last_used_at: None,
                last_used_from: None,
            },
        };
        let printed = format!("{made:?}");
        assert!(
            printed.contains("Nightly report") && !printed.contains("mp_told"),
            "{printed}"
        );
    }

    #[test]
    fn a_token_is_never_more_than_its_account() {
        for role in Role::ALL {
            for most in Role::ALL {
                assert!(limited(role, most) >= role);
                assert!(limited(role, most) >= most);
            }
        }
    }
}
