//! One domain on the wire, with what deleting it stops and what others have there.

use domain::domain_subscription::{self as domains, DomainSubscriptionDetails};
use serde::Serialize;
use utoipa::ToSchema;

use super::Domain;
use crate::api::common::{NumberRef, all};

/// A subscription that somebody else has on a domain.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ForeignSubscription {
    /// The carrier's id of it; null if it cannot be shown.
    pub id: Option<String>,
    /// The host that its messages go to; null if its address names none.
    pub host: Option<String>,
}

impl From<domains::ForeignSubscription> for ForeignSubscription {
    fn from(foreign: domains::ForeignSubscription) -> Self {
        Self {
            id: foreign.id,
            host: foreign.host,
        }
    }
}

/// What others have subscribed on a domain. The portal leaves it alone.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ForeignSubscriptions {
    /// How many there are.
    pub count: u32,
    /// The first ten of them.
    pub named: Vec<ForeignSubscription>,
}

impl From<domains::ForeignSubscriptions> for ForeignSubscriptions {
    fn from(foreign: domains::ForeignSubscriptions) -> Self {
        Self {
            count: foreign.count,
            named: all(foreign.named),
        }
    }
}

/// A domain with what deleting it stops.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DomainDetail {
    /// The domain.
    pub domain: Domain,
    /// The first 500 of its numbers that can do SMS: those that serve somebody first.
    pub receiving: Vec<NumberRef>,
    /// How many of them there are.
    pub receiving_count: u32,
    /// What others have subscribed on it, as of the last comparison with its carrier.
    pub foreign: ForeignSubscriptions,
}

impl From<DomainSubscriptionDetails> for DomainDetail {
    fn from(details: DomainSubscriptionDetails) -> Self {
        Self {
            domain: details.row.into(),
            receiving: all(details.receiving),
            receiving_count: details.receiving_count,
            foreign: details.foreign.into(),
        }
    }
}
