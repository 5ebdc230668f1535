//! Domain subscriptions: while one lives, inbound messages of its NetSapiens domain reach us.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use uuid::Uuid;

use crate::{
    ids::DomainSubscriptionId,
    table::{ChoiceOption, ColumnSpec, IndexRow, Listed, TableIndexBuilder, TableSchema, Value},
};

/// How long before its expiry a subscription counts as expiring soon.
pub const EXPIRING_SOON: TimeDelta = TimeDelta::days(7);

/// The name of a NetSapiens domain, in lower case: labels of letters, digits, hyphens and underscores, with dots
/// between, at most 253 bytes (RFC 1035; NetSapiens also uses names without a dot).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DomainName(String);

/// A text is not the name of a domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("is not a domain name, such as sms.company.example")]
pub struct NotADomainName;

impl DomainName {
    /// Reads a name; capital letters are made small.
    ///
    /// # Errors
    /// [`NotADomainName`] when a rule is broken.
    pub fn parse(text: &str) -> Result<Self, NotADomainName> {
        let name = text.trim().to_ascii_lowercase();
        let label_ok = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        };
        let well_formed = name.len() <= 253 && name.split('.').all(label_ok);
        well_formed.then_some(Self(name)).ok_or(NotADomainName)
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for DomainName {
    type Error = NotADomainName;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<DomainName> for String {
    fn from(name: DomainName) -> Self {
        name.0
    }
}

/// What the last dealings with the carrier came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RenewalStatus {
    /// Nothing is under way.
    Idle,
    /// A renewal is under way.
    Renewing,
    /// The last try failed; the reason is kept beside it.
    Failed,
    /// The subscription is being given up at the carrier.
    Deleting,
}

impl RenewalStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Idle, Self::Renewing, Self::Failed, Self::Deleting];

    /// The stored and transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Renewing => "renewing",
            Self::Failed => "failed",
            Self::Deleting => "deleting",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// How a subscription stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionState {
    /// Inbound messages arrive.
    Active,
    /// They arrive, but not for longer than [`EXPIRING_SOON`].
    Expiring,
    /// They do not arrive.
    Expired,
    /// There is no subscription at the carrier yet; they do not arrive.
    Missing,
}

impl SubscriptionState {
    /// The transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Missing => "missing",
        }
    }

    /// The state at `now` of a subscription that ends at `expires_at`.
    #[must_use]
    pub fn at(expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        match expires_at {
            None => Self::Missing,
            Some(end) if end <= now => Self::Expired,
            Some(end) if end - now <= EXPIRING_SOON => Self::Expiring,
            Some(_) => Self::Active,
        }
    }
}

/// One row of the Domains table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainSubscriptionRow {
    /// Our id of the row.
    pub id: DomainSubscriptionId,
    /// Counts up with each change.
    pub version: i64,
    /// The domain.
    pub domain: DomainName,
    /// The carrier profile's name.
    pub carrier_profile: String,
    /// The carrier's id of the subscription, for talks with the carrier.
    pub subscription_id: Option<String>,
    /// Since when it is subscribed.
    pub subscribed_at: Option<DateTime<Utc>>,
    /// When the subscription ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// How it stood when the row was read.
    pub state: SubscriptionState,
    /// What the last dealings with the carrier came to.
    pub renewal: RenewalStatus,
    /// Why the last renewal failed, if it did.
    pub failure: Option<String>,
    /// How many of the enterprise's numbers are on the domain.
    pub number_count: u32,
}

/// The words of the state column, the worst first.
pub const STATES: &[ChoiceOption] = &[
    ChoiceOption {
        value: "expired",
        label: "Expired",
    },
    ChoiceOption {
        value: "missing",
        label: "Not subscribed",
    },
    ChoiceOption {
        value: "expiring",
        label: "Expiring soon",
    },
    ChoiceOption {
        value: "active",
        label: "Active",
    },
];

/// The Domains table.
pub static TABLE: TableSchema<[ColumnSpec; 7]> = TableSchema::new([
    ColumnSpec::text("domain"),
    ColumnSpec::text("carrier_profile"),
    ColumnSpec::text("subscription_id"),
    ColumnSpec::date("subscribed_at"),
    ColumnSpec::date("expires_at"),
    ColumnSpec::choice("state", STATES),
    ColumnSpec::number("numbers"),
]);

impl Listed for DomainSubscriptionRow {
    type Row = Self;
    type Shared = ();

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn row(&self, (): &()) -> Self {
        self.clone()
    }

    fn index(&self, (): &(), builder: &mut TableIndexBuilder) {
        builder.push::<{ TABLE.columns().len() }>(IndexRow {
            id: self.id.0,
            values: [
                Value::from(self.domain.as_str()),
                Value::from(&self.carrier_profile),
                Value::from(self.subscription_id.as_ref()),
                Value::from(self.subscribed_at),
                Value::from(self.expires_at),
                Value::from(self.state.as_str()),
                Value::from(self.number_count),
            ],
            search_only: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(None, SubscriptionState::Missing)]
    #[case(Some(0), SubscriptionState::Expired)]
    #[case(Some(-1), SubscriptionState::Expired)]
    #[case(Some(1), SubscriptionState::Expiring)]
    #[case(Some(7 * 86_400), SubscriptionState::Expiring)]
    #[case(Some(7 * 86_400 + 1), SubscriptionState::Active)]
    fn the_state_follows_from_the_expiry(#[case] seconds_left: Option<i64>, #[case] expected: SubscriptionState) {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let end = seconds_left.map(|seconds| now + TimeDelta::seconds(seconds));
        assert_eq!(SubscriptionState::at(end, now), expected);
    }

    #[rstest]
    #[case("Clinic.Alder.Example", Some("clinic.alder.example"))]
    #[case("main_tenant", Some("main_tenant"))]
    #[case("", None)]
    #[case("a..b", None)]
    #[case("-a.example", None)]
    #[case("a b.example", None)]
    fn a_domain_name_is_made_of_labels(#[case] text: &str, #[case] expected: Option<&str>) {
        assert_eq!(DomainName::parse(text).ok().as_ref().map(DomainName::as_str), expected);
    }
}
