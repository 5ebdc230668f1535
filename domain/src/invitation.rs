//! One-time links: the invitation of somebody to an enterprise, and the way to a new password.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    access::Role,
    account::{EmailAddress, NotAPassword, check_new_password},
    enterprise::organization_name,
    error::FieldError,
    ids::InvitationId,
};

/// For how long a link works.
pub const INVITATION_LIFE: TimeDelta = TimeDelta::days(7);

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvitationKind {
    /// Joining an enterprise.
    Invitation,
    /// Setting a new password.
    PasswordReset,
}

impl InvitationKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Invitation, Self::PasswordReset];

    /// The stored and transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// Who is to be invited, as the form sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteInput {
    /// The sign-in name.
    pub email: String,
    /// What the person is to be at the enterprise.
    pub role: Role,
}

impl InviteInput {
    /// The sign-in name and the role, if they follow the rules.
    ///
    /// # Errors
    /// Every broken rule.
    pub fn check(&self) -> Result<(EmailAddress, Role), Vec<FieldError>> {
        let email = EmailAddress::parse(&self.email)
            .map_err(|error| vec![FieldError::new("email", format!("This {error}."))])?;
        check_role(self.role)?;
        Ok((email, self.role))
    }
}

/// Whether a role can be given at an enterprise.
///
/// # Errors
/// The role is that of a provider.
pub fn check_role(role: Role) -> Result<(), Vec<FieldError>> {
    match role {
        Role::EnterpriseAdmin | Role::EnterpriseViewer => Ok(()),
        Role::ProviderAdmin => Err(vec![FieldError::new("role", "Choose Admin or Viewer.")]),
    }
}

/// A link that was just made. It is told once: only a hash of its token is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OneTimeLink {
    /// What it is known by afterwards.
    pub id: InvitationId,
    /// Whom it is for.
    pub email: EmailAddress,
    /// The secret part of its address.
    pub token: String,
    /// Until when it works.
    #[serde(with = "crate::moment")]
    pub expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for OneTimeLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OneTimeLink")
            .field("id", &self.id)
            .field("email", &self.email)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// What somebody who has a link is told before they use it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationDetails {
    /// What it is for.
    pub kind: InvitationKind,
    /// Whom it is for.
    pub email: EmailAddress,
    /// The name of the enterprise.
    pub enterprise: String,
    /// What the person is there.
    pub role: Role,
    /// Whether there is an account of that sign-in name, whose password is asked for instead of a new one.
    pub has_account: bool,
}

/// What somebody who uses a link sends.
#[derive(Clone, PartialEq, Eq)]
pub struct AcceptInput {
    /// The person's name; only for a new account.
    pub display_name: String,
    /// The new password; of an invited account that is there already, its password.
    pub password: String,
}

impl AcceptInput {
    /// The name and the password of a new account, if they follow the rules.
    ///
    /// # Errors
    /// Every broken rule.
    pub fn check_new_account(&self) -> Result<(String, String), Vec<FieldError>> {
        let name = organization_name(&self.display_name)
            .map_err(|error| FieldError::new("display_name", format!("Your name {error}.")));
        match (name, self.check_password()) {
            (Ok(name), Ok(password)) => Ok((name, password)),
            (name, password) => Err(name.err().into_iter().chain(password.err()).collect()),
        }
    }

    /// The new password, if it follows the rules.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_password(&self) -> Result<String, FieldError> {
        check_new_password(&self.password)
            .map(|()| self.password.clone())
            .map_err(|error: NotAPassword| FieldError::new("password", format!("The password {error}.")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_invited_to_be_a_provider() {
        let input = |email: &str, role| InviteInput {
            email: email.to_owned(),
            role,
        };
        let field = |input: InviteInput| input.check().unwrap_err()[0].field.clone();
        assert_eq!(field(input("ada@company.example", Role::ProviderAdmin)), "role");
        assert_eq!(field(input("ada", Role::EnterpriseAdmin)), "email");
        let (email, role) = input(" Ada@Company.Example", Role::EnterpriseViewer).check().unwrap();
        assert_eq!((email.as_str(), role), ("ada@company.example", Role::EnterpriseViewer));
    }

    #[test]
    fn a_new_account_needs_a_name_and_a_long_password() {
        let input = |display_name: &str, password: &str| AcceptInput {
            display_name: display_name.to_owned(),
            password: password.to_owned(),
        };
        let fields = |input: AcceptInput| -> Vec<String> {
            let wrong = input.check_new_account().err().unwrap_or_default();
            wrong.into_iter().map(|error| error.field).collect()
        };
        assert_eq!(fields(input(" ", "short")), ["display_name", "password"]);
        assert_eq!(fields(input("Ada", &"x".repeat(257))), ["password"]);
        assert!(input("Ada", "fifteen letters").check_new_account().is_ok());
    }

    #[test]
    fn a_link_does_not_show_its_token_by_accident() {
        let link = OneTimeLink {
            id: InvitationId(uuid::Uuid::from_u128(1)),
            email: EmailAddress::parse("ada@company.example").unwrap(),
            token: "marker".to_owned(),
            expires_at: DateTime::UNIX_EPOCH,
        };
        assert!(!format!("{link:?}").contains("marker"));
    }

    #[test]
    fn kinds_are_read_back() {
        for kind in InvitationKind::ALL {
            assert_eq!(InvitationKind::parse(kind.as_str()), Some(kind));
        }
    }
}
