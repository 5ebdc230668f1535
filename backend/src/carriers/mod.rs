//! Talking to carriers: what an adapter can do, which ones there are, and how they fail.
//!
//! An adapter knows one kind of carrier and nothing of our database. There is none yet; what needs one says so.

mod error;

use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use domain::{carrier_profile::CarrierKind, domain_subscription::DomainName, ids::CarrierProfileId};

pub use self::error::CarrierError;

/// What one kind of carrier can do for us.
pub trait CarrierAdapter: Send + Sync {
    /// The carrier.
    fn kind(&self) -> CarrierKind;

    /// Its event subscriptions; none where inbound messages need none.
    fn subscriptions(&self) -> Option<&dyn SubscriptionApi>;
}

/// Event subscriptions at a carrier.
#[async_trait]
pub trait SubscriptionApi: Send + Sync {
    /// Removes a subscription. Asking twice does no harm.
    ///
    /// # Errors
    /// [`CarrierError`]; the subscription may or may not be there afterwards.
    async fn delete(&self, subscription: &Subscription) -> Result<Removal, CarrierError>;
}

/// A subscription as its carrier knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The profile whose credentials reach it.
    pub profile: CarrierProfileId,
    /// The carrier's host, as the profile names it.
    pub host: Option<String>,
    /// The domain.
    pub domain: DomainName,
    /// The carrier's id of it.
    pub id: String,
}

/// How a subscription came to be gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// The carrier has removed it.
    Removed,
    /// The carrier did not know it any more.
    AlreadyGone,
}

/// The adapters there are, by carrier.
#[derive(Clone, Default)]
pub struct Carriers {
    adapters: HashMap<CarrierKind, Arc<dyn CarrierAdapter>>,
}

impl Carriers {
    /// The same with one more; it replaces one of the same kind.
    #[must_use]
    pub fn with(mut self, adapter: Arc<dyn CarrierAdapter>) -> Self {
        self.adapters.insert(adapter.kind(), adapter);
        self
    }

    /// The adapter for a carrier, if we can talk to it.
    #[must_use]
    pub fn get(&self, kind: CarrierKind) -> Option<Arc<dyn CarrierAdapter>> {
        self.adapters.get(&kind).cloned()
    }
}
