//! The time of adapters: reading it and waiting, so that tests need not wait.

use std::{pin::Pin, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};

use crate::jobs::Clock;

type Waiting = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Tells the time and waits.
#[derive(Clone)]
pub struct Timing {
    clock: Clock,
    wait: Arc<dyn Fn(Duration) -> Waiting + Send + Sync>,
}

impl Default for Timing {
    fn default() -> Self {
        Self::system()
    }
}

impl Timing {
    /// The time of this computer.
    #[must_use]
    pub fn system() -> Self {
        Self::new(Clock::system(), |pause| Box::pin(tokio::time::sleep(pause)))
    }

    /// Another clock, and how to wait by it.
    #[must_use]
    pub fn new(clock: Clock, wait: impl Fn(Duration) -> Waiting + Send + Sync + 'static) -> Self {
        Self {
            clock,
            wait: Arc::new(wait),
        }
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The time now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Waits.
    pub async fn wait(&self, pause: Duration) {
        (self.wait)(pause).await;
    }
}
