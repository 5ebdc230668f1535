//! Who can sign in to an enterprise: people with a role there, and those who are invited.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    access::Role,
    account::EmailAddress,
    ids::AccountId,
    table::{ChoiceOption, ColumnSpec, IndexRow, Listed, TableIndexBuilder, TableSchema, Value},
};

/// Whether a person can sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// They can.
    Active,
    /// They have no password, and a link to set one.
    PasswordReset,
    /// The account is disabled.
    Disabled,
    /// They are invited and have not used the link yet.
    Invited,
    /// The link of their invitation has expired.
    InvitationExpired,
}

impl MemberState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Active,
        Self::PasswordReset,
        Self::Disabled,
        Self::Invited,
        Self::InvitationExpired,
    ];

    /// The transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::PasswordReset => "password_reset",
            Self::Disabled => "disabled",
            Self::Invited => "invited",
            Self::InvitationExpired => "invitation_expired",
        }
    }

    /// Whether there is no account with a role yet, only an invitation.
    #[must_use]
    pub fn is_invitation(self) -> bool {
        matches!(self, Self::Invited | Self::InvitationExpired)
    }
}

/// One row of the table of who can sign in to an enterprise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    /// The id of the role; of somebody who is invited, that of the invitation.
    pub id: Uuid,
    /// The account; none of somebody who is invited.
    pub account: Option<AccountId>,
    /// The person's name; none before they have told it.
    pub display_name: Option<String>,
    /// The sign-in name.
    pub email: EmailAddress,
    /// What the person is at the enterprise.
    pub role: Role,
    /// Whether they can sign in.
    pub state: MemberState,
    /// When they last signed in.
    #[serde(default, with = "crate::moment")]
    pub last_signed_in_at: Option<DateTime<Utc>>,
    /// Until when their invitation works; none of an account.
    #[serde(default, with = "crate::moment")]
    pub expires_at: Option<DateTime<Utc>>,
    /// Whether the account also has a role that this provider does not give, so that only the role here can be changed.
    pub shared: bool,
}

const fn choice(value: &'static str, label: &'static str) -> ChoiceOption {
    ChoiceOption { value, label }
}

const ROLES: &[ChoiceOption] = &[
    choice("enterprise_admin", "Admin"),
    choice("enterprise_viewer", "Viewer"),
];

/// The words of the state column.
pub const STATES: &[ChoiceOption] = &[
    choice("active", "Active"),
    choice("password_reset", "Password reset"),
    choice("disabled", "Disabled"),
    choice("invited", "Invited"),
    choice("invitation_expired", "Invitation expired"),
];

/// The table of who can sign in to an enterprise.
pub static TABLE: TableSchema<[ColumnSpec; 5]> = TableSchema::new([
    ColumnSpec::text("email"),
    ColumnSpec::text("name"),
    ColumnSpec::choice("role", ROLES),
    ColumnSpec::choice("state", STATES),
    ColumnSpec::date("last_signed_in"),
]);

impl MemberRow {
    /// What the person is called: their name, or the sign-in name before they have told it.
    #[must_use]
    pub fn name(&self) -> &str {
        self.display_name.as_deref().unwrap_or_else(|| self.email.as_str())
    }

    /// The row as the table's index takes it in.
    #[must_use]
    pub fn indexed(&self) -> IndexRow<'_, 5> {
        IndexRow {
            id: self.id,
            values: [
                Value::from(self.email.as_str()),
                Value::from(self.display_name.as_ref()),
                Value::from(self.role.as_str()),
                Value::from(self.state.as_str()),
                Value::from(self.last_signed_in_at),
            ],
            search_only: Vec::new(),
        }
    }
}

impl Listed for MemberRow {
    type Row = Self;
    type Shared = ();

    fn id(&self) -> Uuid {
        self.id
    }

    fn row(&self, (): &()) -> Self {
        self.clone()
    }

    fn index(&self, (): &(), builder: &mut TableIndexBuilder) {
        builder.push(self.indexed());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_and_role_has_a_word_to_filter_by() {
        for state in MemberState::ALL {
            assert!(STATES.iter().any(|choice| choice.value == state.as_str()), "{state:?}");
        }
        for role in [Role::EnterpriseAdmin, Role::EnterpriseViewer] {
            assert!(ROLES.iter().any(|choice| choice.value == role.as_str()), "{role:?}");
        }
    }
}
