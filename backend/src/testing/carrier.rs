//! A carrier that answers as a test says.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use domain::{
    carrier_profile::{CarrierKind, CredentialField},
    domain_subscription::DomainName,
    error::FieldError,
};
use tokio::sync::{mpsc, watch};

use crate::carriers::{
    Access, CarrierAdapter, CarrierError, RemoteNumber, RemoteSubscription, Removal, Subscription, SubscriptionApi,
    Wish,
};

/// How many numbers are handed over at a time.
const NUMBERS_AT_ONCE: usize = 10_000;

/// A carrier that removes whatever it is asked to remove and has one number, unless a test says otherwise. Clones are the
/// same carrier.
#[derive(Clone)]
pub struct FakeCarrier {
    inner: Arc<Fake>,
}

struct Fake {
    kind: CarrierKind,
    answers: Mutex<VecDeque<Result<Removal, CarrierError>>>,
    asked: watch::Sender<Vec<Subscription>>,
    blocked: watch::Sender<bool>,
    numbers: AtomicUsize,
}

impl FakeCarrier {
    /// One of this kind, which answers at once.
    #[must_use]
    pub fn new(kind: CarrierKind) -> Self {
        Self {
            inner: Arc::new(Fake {
                kind,
                answers: Mutex::default(),
                asked: watch::Sender::new(Vec::new()),
                blocked: watch::Sender::new(false),
                numbers: AtomicUsize::new(1),
            }),
        }
    }

    /// Answers so once, after what it was told before.
    pub fn answer(&self, answer: Result<Removal, CarrierError>) {
        self.inner.answers.lock().unwrap().push_back(answer);
    }

    /// Keeps everybody waiting from now on.
    pub fn block(&self) {
        self.inner.blocked.send_replace(true);
    }

    /// Answers everybody who waits.
    pub fn release(&self) {
        self.inner.blocked.send_replace(false);
    }

    /// Has so many numbers from now on.
    pub fn set_numbers(&self, count: usize) {
        self.inner.numbers.store(count, Ordering::SeqCst);
    }

    /// What it was asked to remove so far.
    #[must_use]
    pub fn asked(&self) -> Vec<Subscription> {
        self.inner.asked.borrow().clone()
    }

    /// Waits until it was asked so often.
    pub async fn is_asked(&self, times: usize) {
        let mut asked = self.inner.asked.subscribe();
        asked.wait_for(|asked| asked.len() >= times).await.expect("it is there");
    }
}

#[async_trait]
impl CarrierAdapter for FakeCarrier {
    fn kind(&self) -> CarrierKind {
        self.inner.kind
    }

    fn credential_fields(&self) -> Vec<CredentialField> {
        Vec::new()
    }

    fn check(&self, _set: &[&str]) -> Result<(), FieldError> {
        Ok(())
    }

    async fn verify(&self, _access: &Access) -> Result<String, CarrierError> {
        Err(CarrierError::NoCredentials)
    }

    async fn list_numbers(
        &self,
        _access: &Access,
        domains: &[DomainName],
        found: mpsc::Sender<Vec<RemoteNumber>>,
    ) -> Result<(), CarrierError> {
        let domain = domains.first().map(ToString::to_string).unwrap_or_default();
        let count = self.inner.numbers.load(Ordering::SeqCst);
        let mut numbers = (12_065_550_183_u64..).take(count).map(|number| RemoteNumber {
            number: number.to_string(),
            domain: domain.clone(),
            mms: "false".to_owned(),
            group_mms: "false".to_owned(),
        });
        loop {
            let some: Vec<_> = numbers.by_ref().take(NUMBERS_AT_ONCE).collect();
            // Somebody may have had enough.
            if some.is_empty() || found.send(some).await.is_err() {
                break;
            }
        }
        Ok(())
    }

    fn subscriptions(&self) -> Option<&dyn SubscriptionApi> {
        Some(self)
    }
}

#[async_trait]
impl SubscriptionApi for FakeCarrier {
    async fn list(&self, _access: &Access) -> Result<Vec<RemoteSubscription>, CarrierError> {
        Ok(Vec::new())
    }

    async fn create(&self, _access: &Access, _wish: &Wish) -> Result<RemoteSubscription, CarrierError> {
        Err(CarrierError::Transient)
    }

    async fn renew(&self, _access: &Access, _id: &str, _wish: &Wish) -> Result<(), CarrierError> {
        Err(CarrierError::Transient)
    }

    async fn delete(&self, _access: &Access, subscription: &Subscription) -> Result<Removal, CarrierError> {
        self.inner.asked.send_modify(|asked| asked.push(subscription.clone()));
        let mut blocked = self.inner.blocked.subscribe();
        blocked.wait_for(|blocked| !blocked).await.expect("it is there");
        let answer = self.inner.answers.lock().unwrap().pop_front();
        answer.unwrap_or(Ok(Removal::Removed))
    }
}
