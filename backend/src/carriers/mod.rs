//! Talking to carriers: what an adapter can do, which ones there are, and how they fail.
//!
//! An adapter knows one kind of carrier and nothing of our database: what it needs of a profile it is given with each
//! call. Adding one means a module here and a line in [`Carriers::all`].

mod access;
mod error;
mod netsapiens;
mod pace;
mod plan;
mod resolver;
mod timing;

use std::{collections::HashMap, net::SocketAddr, sync::Arc, time::Duration};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    carrier_profile::{CarrierKind, CredentialField},
    domain_subscription::DomainName,
    error::FieldError,
    ids::CarrierProfileId,
};
use tokio::sync::mpsc;

pub(crate) use self::resolver::{OnlyPrivate, Resolver};
pub use self::{
    access::Access,
    error::CarrierError,
    plan::{RENEW_BEFORE, Step, Wanted, plan},
    timing::Timing,
};

/// What one kind of carrier can do for us.
#[async_trait]
pub trait CarrierAdapter: Send + Sync {
    /// The carrier.
    fn kind(&self) -> CarrierKind;

    /// The credentials it asks for, in the order of a form.
    fn credential_fields(&self) -> Vec<CredentialField>;

    /// Whether the fields that are set make up one way to sign in.
    ///
    /// # Errors
    /// What is missing or too much, at the field where to begin.
    fn check(&self, set: &[&str]) -> Result<(), FieldError>;

    /// Signs in and tells what the credentials may see, in a sentence without anything secret.
    ///
    /// # Errors
    /// [`CarrierError`], the exact reason.
    async fn verify(&self, access: &Access) -> Result<String, CarrierError>;

    /// Lists the numbers that can send messages: those of `domains`, or all that the credentials see where none is named.
    /// Hands them over as they come, and ends early when nobody takes them any more.
    ///
    /// # Errors
    /// [`CarrierError`]; what was handed over until then is not the whole.
    async fn list_numbers(
        &self,
        access: &Access,
        domains: &[DomainName],
        found: mpsc::Sender<Vec<RemoteNumber>>,
    ) -> Result<(), CarrierError>;

    /// Its event subscriptions; none where inbound messages need none.
    fn subscriptions(&self) -> Option<&dyn SubscriptionApi>;
}

/// Event subscriptions at a carrier.
#[async_trait]
pub trait SubscriptionApi: Send + Sync {
    /// Everything that the credentials see, also what is not ours.
    ///
    /// # Errors
    /// [`CarrierError`]; a part of a list is never taken for the whole.
    async fn list(&self, access: &Access) -> Result<Vec<RemoteSubscription>, CarrierError>;

    /// Subscribes.
    ///
    /// # Errors
    /// [`CarrierError::Conflict`] when the same is there already; others leave it open whether it is there afterwards.
    async fn create(&self, access: &Access, wish: &Wish) -> Result<RemoteSubscription, CarrierError>;

    /// Gives a subscription another end, and the address it should have. Takes effect a moment later.
    ///
    /// # Errors
    /// [`CarrierError::NotFound`] when there is none of that id any more.
    async fn renew(&self, access: &Access, id: &str, wish: &Wish) -> Result<(), CarrierError>;

    /// Removes a subscription. Asking twice does no harm.
    ///
    /// # Errors
    /// [`CarrierError`]; the subscription may or may not be there afterwards.
    async fn delete(&self, access: &Access, subscription: &Subscription) -> Result<Removal, CarrierError>;
}

/// A number that can send messages, as its carrier writes it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RemoteNumber {
    /// The number: digits with the country code, if all is well.
    pub number: String,
    /// Its domain.
    pub domain: String,
    /// Whether it can do MMS; empty where the carrier does not say.
    pub mms: String,
    /// Whether it can do MMS to a group; empty where the carrier does not say.
    pub group_mms: String,
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

/// What a subscription should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The domain.
    pub domain: DomainName,
    /// Where its events go.
    pub post_url: String,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

/// A subscription as its carrier lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteSubscription {
    /// The carrier's id.
    pub id: String,
    /// The domain, as the carrier writes it.
    pub domain: String,
    /// Which events.
    pub model: String,
    /// Where they go.
    pub post_url: String,
    /// Whether the carrier says that it is active.
    pub active: bool,
    /// Since when it is there, if the carrier says so.
    pub created_at: Option<DateTime<Utc>>,
    /// When it ends, if the carrier says so.
    pub expires_at: Option<DateTime<Utc>>,
}

/// How a subscription came to be gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// The carrier has removed it.
    Removed,
    /// The carrier did not know it any more.
    AlreadyGone,
}

/// How carriers are reached.
#[derive(Clone, Debug)]
pub struct CarrierSettings {
    /// Hosts below the reserved name `.example` are reached here, without TLS; for trying things out.
    pub stand_in: Option<SocketAddr>,
    /// Hosts may have private addresses.
    pub private_hosts: bool,
    /// How long one request may take.
    pub request_time: Duration,
}

impl Default for CarrierSettings {
    fn default() -> Self {
        Self {
            stand_in: None,
            private_hosts: false,
            request_time: Duration::from_secs(15),
        }
    }
}

/// The adapters there are, by carrier, and the time that they go by.
#[derive(Clone, Default)]
pub struct Carriers {
    timing: Timing,
    adapters: HashMap<CarrierKind, Arc<dyn CarrierAdapter>>,
}

impl Carriers {
    /// Every carrier that the program can talk to.
    ///
    /// # Errors
    /// The system's own fault: TLS or name resolution cannot be set up.
    pub fn all(settings: &CarrierSettings, timing: &Timing) -> Result<Self, reqwest::Error> {
        let presets = netsapiens::NetSapiens::presets(settings, timing)?;
        let none = Self {
            timing: timing.clone(),
            ..Self::default()
        };
        Ok(presets
            .into_iter()
            .fold(none, |carriers, adapter| carriers.with(Arc::new(adapter))))
    }

    /// The same with one more; it replaces one of the same kind.
    #[must_use]
    pub fn with(mut self, adapter: Arc<dyn CarrierAdapter>) -> Self {
        self.adapters.insert(adapter.kind(), adapter);
        self
    }

    /// The time that they go by.
    pub(crate) fn timing(&self) -> &Timing {
        &self.timing
    }

    /// The adapter for a carrier, if we can talk to it.
    #[must_use]
    pub fn get(&self, kind: CarrierKind) -> Option<Arc<dyn CarrierAdapter>> {
        self.adapters.get(&kind).cloned()
    }
}
