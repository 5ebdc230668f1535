//! Who may do what: roles, actions, resources, and the one policy table.
//!
//! `backend` asks it before every use case, the interface asks it whether to disable a button. Whether the *object* is
//! in reach of the person (tenancy) is not decided here but by `authorize` in `backend`.

use serde::{Deserialize, Serialize};

use crate::ids::{EnterpriseId, ProviderId};

/// What a person is at a provider or an enterprise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs a provider and all its enterprises.
    ProviderAdmin,
    /// Runs one enterprise's own pages.
    EnterpriseAdmin,
    /// Reads what an enterprise admin reads, and changes nothing.
    EnterpriseViewer,
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Look at one or list many.
    Read,
    /// Add a new one.
    Create,
    /// Change an existing one.
    Update,
    /// Remove one.
    Delete,
    /// Bring many in from a file.
    Import,
}

/// What it can be done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// A provider: its name and how to reach it.
    Provider,
    /// An enterprise and its switches.
    Enterprise,
    /// The people who can sign in to an enterprise, and their roles.
    Membership,
    /// A user of the customer's Microsoft tenant.
    TeamsUser,
    /// A phone number.
    PhoneNumber,
    /// Which user or group a number belongs to.
    NumberAssignment,
    /// An SMS group.
    SmsGroup,
    /// A carrier profile.
    CarrierProfile,
    /// A domain's event subscription.
    DomainSubscription,
    /// A request to the provider to subscribe a domain again.
    ResubscriptionRequest,
    /// A long-running job.
    Task,
    /// The audit log.
    AuditEvent,
    /// The published effective configuration.
    ConfigSnapshot,
    /// A token that scripts sign in with.
    ApiToken,
    /// Something that is wrong with a domain or a carrier profile.
    Alert,
    /// Where alerts are sent.
    AlertDestination,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::ProviderAdmin, Self::EnterpriseAdmin, Self::EnterpriseViewer];

    /// The stored and transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ProviderAdmin => "provider_admin",
            Self::EnterpriseAdmin => "enterprise_admin",
            Self::EnterpriseViewer => "enterprise_viewer",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 5] = [Self::Read, Self::Create, Self::Update, Self::Delete, Self::Import];
}

impl Resource {
    /// Every resource.
    pub const ALL: [Self; 16] = [
        Self::Provider,
        Self::Enterprise,
        Self::Membership,
        Self::TeamsUser,
        Self::PhoneNumber,
        Self::NumberAssignment,
        Self::SmsGroup,
        Self::CarrierProfile,
        Self::DomainSubscription,
        Self::ResubscriptionRequest,
        Self::Task,
        Self::AuditEvent,
        Self::ConfigSnapshot,
        Self::ApiToken,
        Self::Alert,
        Self::AlertDestination,
    ];

    /// What a person calls it, for sentences.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Enterprise => "enterprise",
            Self::Membership => "account",
            Self::TeamsUser => "Teams user",
            Self::PhoneNumber => "phone number",
            Self::NumberAssignment => "number assignment",
            Self::SmsGroup => "SMS group",
            Self::CarrierProfile => "carrier profile",
            Self::DomainSubscription => "domain subscription",
            Self::ResubscriptionRequest => "re-subscription request",
            Self::Task => "task",
            Self::AuditEvent => "audit entry",
            Self::ConfigSnapshot => "configuration snapshot",
            Self::ApiToken => "API token",
            Self::Alert => "alert",
            Self::AlertDestination => "destination of alerts",
        }
    }
}

/// The policy: may somebody with `role` do `action` to a `resource` in their scope?
///
/// The whole matrix is a snapshot test, so every change of this function shows up in review as a change of the matrix.
#[must_use]
pub fn allowed(role: Role, action: Action, resource: Resource) -> bool {
    match role {
        Role::ProviderAdmin => provider_admin(action, resource),
        Role::EnterpriseAdmin => enterprise_admin(action, resource),
        Role::EnterpriseViewer => action == Action::Read,
    }
}

fn provider_admin(action: Action, resource: Resource) -> bool {
    match resource {
        // Written by the system with each change, never by a person.
        Resource::AuditEvent | Resource::ConfigSnapshot | Resource::Alert => action == Action::Read,
        // The command line makes the first one; there is no way to give one up.
        Resource::Provider => matches!(action, Action::Read | Action::Update),
        // Enterprises are suspended, never deleted.
        Resource::Enterprise => matches!(action, Action::Read | Action::Create | Action::Update),
        // Answered, never taken back: what was asked for stays told.
        Resource::ResubscriptionRequest => matches!(action, Action::Read | Action::Create | Action::Update),
        Resource::TeamsUser | Resource::PhoneNumber => true,
        // Made and revoked, never changed.
        Resource::ApiToken => matches!(action, Action::Read | Action::Create | Action::Delete),
        _ => action != Action::Import,
    }
}

fn enterprise_admin(action: Action, resource: Resource) -> bool {
    match resource {
        Resource::TeamsUser => matches!(action, Action::Read | Action::Update | Action::Import),
        Resource::PhoneNumber => true,
        Resource::NumberAssignment | Resource::SmsGroup => action != Action::Import,
        // An admin can start tasks (sync, import) and retry failed ones.
        Resource::Task => matches!(action, Action::Read | Action::Create | Action::Update),
        // Owned by the provider; a domain that is no longer needed may be given up by the enterprise.
        Resource::DomainSubscription => matches!(action, Action::Read | Action::Delete),
        // Made and revoked, never changed.
        Resource::ApiToken => matches!(action, Action::Read | Action::Create | Action::Delete),
        // Filed by the enterprise, answered by the provider.
        Resource::ResubscriptionRequest => matches!(action, Action::Read | Action::Create),
        Resource::Provider
        | Resource::Enterprise
        | Resource::Membership
        | Resource::CarrierProfile
        | Resource::AuditEvent
        | Resource::ConfigSnapshot
        | Resource::Alert
        | Resource::AlertDestination => action == Action::Read,
    }
}

/// One role of one account, with the tenant it holds in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grant {
    /// Provider admin of `provider` and all its enterprises.
    Provider {
        /// The provider.
        provider: ProviderId,
    },
    /// Admin or viewer of one enterprise.
    Enterprise {
        /// The enterprise.
        enterprise: EnterpriseId,
        /// [`Role::EnterpriseAdmin`] or [`Role::EnterpriseViewer`]; [`Role::ProviderAdmin`] only through a token of a
        /// provider admin that reaches single enterprises.
        role: Role,
    },
}

impl Grant {
    /// The provider that this grant is the admin of; none for a role at an enterprise.
    #[must_use]
    pub fn provider(&self) -> Option<ProviderId> {
        match *self {
            Self::Provider { provider } => Some(provider),
            Self::Enterprise { .. } => None,
        }
    }

    /// The role this grant gives at `enterprise`, which belongs to `provider`; none if it does not reach there.
    #[must_use]
    pub fn role_at(&self, enterprise: EnterpriseId, provider: ProviderId) -> Option<Role> {
        match *self {
            Self::Provider { provider: own } => (own == provider).then_some(Role::ProviderAdmin),
            Self::Enterprise { enterprise: own, role } => (own == enterprise).then_some(role),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    #[test]
    fn the_whole_matrix() {
        let mut matrix = String::new();
        for resource in Resource::ALL {
            writeln!(matrix, "{resource:?}").unwrap();
            for role in Role::ALL {
                let may: Vec<String> = Action::ALL
                    .into_iter()
                    .filter(|action| allowed(role, *action, resource))
                    .map(|action| format!("{action:?}").to_lowercase())
                    .collect();
                writeln!(matrix, "  {:<18} {}", role.as_str(), may.join(" ")).unwrap();
            }
        }
        insta::assert_snapshot!(matrix);
    }

    #[test]
    fn a_viewer_changes_nothing() {
        for resource in Resource::ALL {
            for action in Action::ALL {
                assert_eq!(
                    allowed(Role::EnterpriseViewer, action, resource),
                    action == Action::Read
                );
            }
        }
    }
}
