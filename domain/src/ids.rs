//! Typed identifiers, one per resource, so that an id of one kind cannot be passed for another.
//!
//! All are version 7 UUIDs made by the server; this crate only carries and parses them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! typed_id {
    ($(#[$meta:meta] $name:ident),+ $(,)?) => {$(
        #[$meta]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    )+};
}

typed_id! {
    /// A provider: the reseller who owns enterprises.
    ProviderId,
    /// An enterprise: one customer of a provider, the tenant of every other row.
    EnterpriseId,
    /// A person who can sign in.
    AccountId,
    /// A role of an account at a provider or an enterprise.
    MembershipId,
    /// A one-time link: an invitation, or the way to a new password.
    InvitationId,
    /// A user of the customer's Microsoft tenant.
    TeamsUserId,
    /// A phone number of an enterprise.
    PhoneNumberId,
    /// An SMS group.
    SmsGroupId,
    /// A carrier profile.
    CarrierProfileId,
    /// The event subscription of one NetSapiens domain.
    DomainSubscriptionId,
    /// A request to subscribe a domain again.
    ResubscriptionRequestId,
    /// A long-running job.
    TaskId,
    /// One entry of the audit log.
    AuditEventId,
    /// One published snapshot of an enterprise's effective configuration.
    ConfigSnapshotId,
    /// A file that was uploaded to be imported.
    ImportUploadId,
    /// A token that scripts sign in with.
    ApiTokenId,
    /// Where alerts go: an e-mail address or a webhook.
    AlertDestinationId,
    /// One request to the server; in logs, answers and error pages.
    RequestId,
}
