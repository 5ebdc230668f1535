//! Domain subscriptions: while one lives, inbound messages of its NetSapiens domain reach us.

mod foreign;
mod form;
mod name;
mod said;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{
    foreign::{FOREIGN_NAMED, ForeignSubscription, ForeignSubscriptions},
    form::{DOMAIN_CHARS, DomainDraft, DomainInput},
    name::{DomainName, NotADomainName},
    said::{told_of_request, under_way, what_became_of, what_failed},
};
use crate::{
    ids::DomainSubscriptionId,
    number::PhoneNumberRef,
    resubscription_request::{RequestState, ResubscriptionRequest},
    table::{ChoiceOption, ColumnSpec, IndexRow, Listed, TableIndexBuilder, TableSchema, Value},
};

/// How long before its expiry a subscription counts as expiring soon.
pub const EXPIRING_SOON: TimeDelta = TimeDelta::days(7);
/// How many of the numbers on a domain are named where deleting it is asked about; the rest is counted. More than most
/// domains have, and few enough to be read.
pub const NUMBERS_NAMED: u64 = 500;

/// What the last dealings with the carrier came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RenewalStatus {
    /// Nothing is under way.
    Idle,
    /// A renewal is under way, or wanted at once.
    Renewing,
    /// The last renewal failed; the reason is kept beside it.
    Failed,
    /// The subscription is being removed at the carrier; the row goes when the carrier has confirmed.
    Deleting,
    /// Removing it at the carrier failed; the reason is kept beside it.
    DeletionFailed,
}

impl RenewalStatus {
    /// Every status.
    pub const ALL: [Self; 5] = [
        Self::Idle,
        Self::Renewing,
        Self::Failed,
        Self::Deleting,
        Self::DeletionFailed,
    ];

    /// The stored and transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Renewing => "renewing",
            Self::Failed => "failed",
            Self::Deleting => "deleting",
            Self::DeletionFailed => "deletion_failed",
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
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Active, Self::Expiring, Self::Expired, Self::Missing];

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

    /// Reads the transmitted form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether inbound messages of the domain arrive.
    #[must_use]
    pub fn receives(self) -> bool {
        matches!(self, Self::Active | Self::Expiring)
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
    #[serde(default, with = "crate::moment")]
    pub subscribed_at: Option<DateTime<Utc>>,
    /// When the subscription ends.
    #[serde(default, with = "crate::moment")]
    pub expires_at: Option<DateTime<Utc>>,
    /// How it stood when the row was read.
    pub state: SubscriptionState,
    /// What the last dealings with the carrier came to.
    pub renewal: RenewalStatus,
    /// Why the last renewal or deletion failed, if it did.
    pub failure: Option<String>,
    /// When it was last renewed.
    #[serde(default, with = "crate::moment")]
    pub last_renewed_at: Option<DateTime<Utc>>,
    /// When the next renewal is tried, if that is settled.
    #[serde(default, with = "crate::moment")]
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// How many of the enterprise's numbers are on the domain.
    pub number_count: u32,
    /// The last request to subscribe it again, if there ever was one.
    pub request: Option<ResubscriptionRequest>,
}

impl DomainSubscriptionRow {
    /// Whether it is being removed at the carrier.
    #[must_use]
    pub fn is_being_deleted(&self) -> bool {
        self.renewal == RenewalStatus::Deleting
    }

    /// Whether the provider can be asked to subscribe it again: messages do not arrive, and it is not being deleted.
    #[must_use]
    pub fn can_be_requested(&self) -> bool {
        !self.state.receives() && !self.is_being_deleted()
    }

    /// The request that the provider has not answered yet.
    #[must_use]
    pub fn open_request(&self) -> Option<&ResubscriptionRequest> {
        self.request
            .as_ref()
            .filter(|request| request.state == RequestState::Open)
    }
}

/// One domain with what deleting it stops and what others have subscribed on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainSubscriptionDetails {
    /// Its row.
    pub row: DomainSubscriptionRow,
    /// The first [`NUMBERS_NAMED`] of the numbers on it that can do SMS: those that serve somebody first, then ascending.
    pub receiving: Vec<PhoneNumberRef>,
    /// How many of them there are.
    pub receiving_count: u32,
    /// What others have subscribed on it, as of the last comparison with the carrier.
    pub foreign: ForeignSubscriptions,
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

/// The Domains table. Quick search also looks at what the state column says besides the state, such as "Renewal failed".
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
            search_only: self.said(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ids::ResubscriptionRequestId, table::TableQuery};
    use rstest::rstest;

    #[test]
    fn stored_and_transmitted_words_are_read_back() {
        for status in RenewalStatus::ALL {
            assert_eq!(RenewalStatus::parse(status.as_str()), Some(status));
        }
        for state in SubscriptionState::ALL {
            assert_eq!(SubscriptionState::parse(state.as_str()), Some(state));
            assert!(STATES.iter().any(|choice| choice.value == state.as_str()));
        }
    }

    fn row(state: SubscriptionState, renewal: RenewalStatus) -> DomainSubscriptionRow {
        DomainSubscriptionRow {
            id: DomainSubscriptionId(Uuid::from_u128(1)),
            version: 1,
            domain: DomainName::parse("voice.example").unwrap(),
            carrier_profile: "Main".to_owned(),
            subscription_id: None,
            subscribed_at: None,
            expires_at: None,
            state,
            renewal,
            failure: None,
            last_renewed_at: None,
            next_attempt_at: None,
            number_count: 0,
            request: None,
        }
    }

    fn request(state: RequestState) -> ResubscriptionRequest {
        ResubscriptionRequest {
            id: ResubscriptionRequestId(Uuid::from_u128(2)),
            state,
            requested_by: None,
            requested_at: DateTime::UNIX_EPOCH,
            answer: None,
            answered_at: None,
        }
    }

    #[rstest]
    #[case::state("expired", SubscriptionState::Expired, RenewalStatus::Idle, true)]
    #[case::renewing("renewing", SubscriptionState::Expired, RenewalStatus::Renewing, true)]
    #[case::not_renewing("renewing", SubscriptionState::Missing, RenewalStatus::Renewing, false)]
    #[case::subscribing("being subscribed", SubscriptionState::Missing, RenewalStatus::Renewing, true)]
    #[case::deleting("being deleted", SubscriptionState::Active, RenewalStatus::Deleting, true)]
    #[case::renewal_failed(
        "Renewal failed: The carrier",
        SubscriptionState::Active,
        RenewalStatus::Failed,
        true
    )]
    #[case::deletion_failed("deletion failed", SubscriptionState::Active, RenewalStatus::DeletionFailed, true)]
    #[case::well_again("did not answer", SubscriptionState::Active, RenewalStatus::Idle, false)]
    fn a_row_is_found_by_what_its_state_says(
        #[case] search: &str,
        #[case] state: SubscriptionState,
        #[case] renewal: RenewalStatus,
        #[case] expected: bool,
    ) {
        let row = DomainSubscriptionRow {
            failure: Some("The carrier did not answer.".to_owned()),
            ..row(state, renewal)
        };
        assert_eq!(is_found(&row, search), expected);
    }

    #[rstest]
    #[case::open("re-subscription requested", RequestState::Open, SubscriptionState::Expired, true)]
    #[case::open_but_alive("re-subscription requested", RequestState::Open, SubscriptionState::Active, true)]
    #[case::answered("request answered", RequestState::Done, SubscriptionState::Expired, true)]
    #[case::declined("request declined", RequestState::Declined, SubscriptionState::Missing, true)]
    #[case::out_of_sight("request declined", RequestState::Declined, SubscriptionState::Active, false)]
    fn a_row_is_found_by_the_request_it_shows(
        #[case] search: &str,
        #[case] request_state: RequestState,
        #[case] state: SubscriptionState,
        #[case] expected: bool,
    ) {
        let row = DomainSubscriptionRow {
            request: Some(request(request_state)),
            ..row(state, RenewalStatus::Idle)
        };
        assert_eq!(is_found(&row, search), expected);
    }

    #[rstest]
    #[case::declined(
        "request declined: the CONTRACT",
        RequestState::Declined,
        Some("The contract has ended"),
        true
    )]
    #[case::done("by zoe", RequestState::Done, Some("Paid by Zoë"), true)]
    #[case::done_without_words("answered: done", RequestState::Done, None, true)]
    #[case::open("done", RequestState::Open, None, false)]
    fn a_row_is_found_by_the_answer_it_shows(
        #[case] search: &str,
        #[case] request_state: RequestState,
        #[case] answer: Option<&str>,
        #[case] expected: bool,
    ) {
        let answered = ResubscriptionRequest {
            answer: answer.map(str::to_owned),
            ..request(request_state)
        };
        let row = DomainSubscriptionRow {
            request: Some(answered),
            ..row(SubscriptionState::Expired, RenewalStatus::Idle)
        };
        assert_eq!(is_found(&row, search), expected);
    }

    fn is_found(row: &DomainSubscriptionRow, search: &str) -> bool {
        let mut builder = TableIndexBuilder::new(&TABLE);
        row.index(&(), &mut builder);
        let query = TableQuery::default().with_search(search);
        builder.finish().evaluate(&query, DateTime::UNIX_EPOCH).matching == 1
    }

    #[rstest]
    #[case(SubscriptionState::Expired, RenewalStatus::Idle, true)]
    #[case(SubscriptionState::Missing, RenewalStatus::Failed, true)]
    #[case(SubscriptionState::Expired, RenewalStatus::DeletionFailed, true)]
    #[case(SubscriptionState::Expired, RenewalStatus::Deleting, false)]
    #[case(SubscriptionState::Expiring, RenewalStatus::Failed, false)]
    #[case(SubscriptionState::Active, RenewalStatus::Idle, false)]
    fn only_what_does_not_receive_is_requested(
        #[case] state: SubscriptionState,
        #[case] renewal: RenewalStatus,
        #[case] expected: bool,
    ) {
        assert_eq!(row(state, renewal).can_be_requested(), expected);
    }

    #[rstest]
    #[case(None, SubscriptionState::Missing)]
    #[case(Some(0), SubscriptionState::Expired)]
    #[case(Some(-1), SubscriptionState::Expired)]
    #[case(Some(1), SubscriptionState::Expiring)]
    #[case(Some(7 * 86_400), SubscriptionState::Expiring)]
    #[case(Some(7 * 86_400 - 1), SubscriptionState::Expiring)]
    #[case(Some(7 * 86_400 + 1), SubscriptionState::Active)]
    fn the_state_follows_from_the_expiry(#[case] seconds_left: Option<i64>, #[case] expected: SubscriptionState) {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let end = seconds_left.map(|seconds| now + TimeDelta::seconds(seconds));
        assert_eq!(SubscriptionState::at(end, now), expected);
    }
}
