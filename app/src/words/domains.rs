//! The Domains tab.

use domain::domain_subscription::{RenewalStatus, SubscriptionState};

/// Caption.
pub const CAPTION: &str = "Domain subscriptions";
/// One of them.
pub const ONE: &str = "domain";
/// Many.
pub const MANY: &str = "domains";
/// Nothing yet.
pub const EMPTY_TITLE: &str = "No domains yet";
/// What to do about it.
pub const EMPTY_TEXT: &str = "Your provider subscribes them. Until then, messages to their numbers do not reach you.";
/// Column.
pub const DOMAIN: &str = "Domain";
/// Column.
pub const CARRIER_PROFILE: &str = "Carrier Profile";
/// Column.
pub const SUBSCRIPTION_ID: &str = "Subscription ID";
/// Column.
pub const SUBSCRIPTION_DATE: &str = "Subscription Date";
/// Column.
pub const EXPIRY_DATE: &str = "Expiry Date";
/// Column.
pub const STATE: &str = "State";
/// Column.
pub const NUMBERS: &str = "Numbers";
/// Stands where there is no value.
pub const NONE: &str = "None";
/// State.
pub const ACTIVE: &str = "Active";
/// State.
pub const EXPIRING: &str = "Expiring soon";
/// State.
pub const EXPIRED: &str = "Expired";
/// State.
pub const MISSING: &str = "Not subscribed";
/// State.
pub const RENEWING: &str = "Renewing";
/// State.
pub const DELETING: &str = "Being deleted";

/// How a subscription stands: what is under way with it, else whether messages arrive.
#[must_use]
pub fn state(renewal: RenewalStatus, state: SubscriptionState) -> &'static str {
    match (renewal, state) {
        (RenewalStatus::Deleting, _) => DELETING,
        (RenewalStatus::Renewing, _) => RENEWING,
        (_, SubscriptionState::Expired) => EXPIRED,
        (_, SubscriptionState::Missing) => MISSING,
        (_, SubscriptionState::Expiring) => EXPIRING,
        (_, SubscriptionState::Active) => ACTIVE,
    }
}

/// Why the last renewal failed.
#[must_use]
pub fn renewal_failed(reason: &str) -> String {
    format!("Renewal failed: {reason}")
}
