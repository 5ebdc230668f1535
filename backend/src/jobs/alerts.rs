//! Looks what is wrong with domains and carrier profiles, tells people of each change, and sends what is to be sent.
//!
//! It runs beside the task runner: it is nobody's task and has no end.

mod sending;

use std::{pin::pin, time::Duration};

use chrono::TimeDelta;
use domain::ids::RequestId;
use sea_orm::DbErr;

use super::Clock;
use crate::{
    Backend,
    context::{Actor, OpContext},
    services::alert,
    store::{self, alert_delivery},
};

/// Who notices alerts, in the audit log.
const ALERTS: Actor = Actor::System("alerts");
/// For how long what has become of a message is kept; of the latest one to a destination it is kept in any case.
const KEPT: TimeDelta = TimeDelta::days(90);

/// How often it looks.
const PAUSE: Duration = Duration::from_secs(15);

/// Notices alerts and sends them. Any number of them, in any number of servers, may share a database.
#[derive(Clone)]
pub struct Alerts {
    backend: Backend,
    clock: Clock,
}

impl Alerts {
    /// One by the time of this computer.
    #[must_use]
    pub fn new(backend: &Backend) -> Self {
        Self {
            backend: backend.clone(),
            clock: Clock::system(),
        }
    }

    /// The same by another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Goes on until `stop` comes. What is being sent then is sent again later: a message may arrive twice, with one id.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        let mut stop = pin!(stop);
        let mut failing = false;
        loop {
            let round = tokio::select! {
                biased;
                () = &mut stop => return,
                round = self.round() => round,
            };
            match round {
                Ok(()) => failing = false,
                Err(error) if !failing => {
                    tracing::warn!(%error, "alerts are not noticed or not sent");
                    failing = true;
                }
                Err(_) => {}
            }
            tokio::select! {
                biased;
                () = &mut stop => return,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }

    /// Looks everywhere once, and sends what is due, also when looking has failed somewhere.
    ///
    /// # Errors
    /// What the database says.
    pub async fn round(&self) -> Result<(), DbErr> {
        let noticed = self.notice().await;
        sending::send_due(&self.backend, &self.clock).await?;
        let swept = alert_delivery::sweep(self.backend.database(), self.clock.now() - KEPT).await?;
        if swept > 0 {
            tracing::info!(messages = swept, "messages about alerts that are old were removed");
        }
        noticed
    }

    /// Looks at each enterprise, whatever has become of the others; tells the first failure.
    async fn notice(&self) -> Result<(), DbErr> {
        let unsettled = store::alert::unsettled(self.backend.database(), self.clock.now()).await?;
        let mut noticed = Ok(());
        for (slug, name) in unsettled {
            match alert::settle(&self.context(), &self.backend, (&slug, name.as_str())).await {
                Ok(0) => {}
                Ok(changes) => tracing::info!(enterprise = %slug, changes, "alerts have changed"),
                Err(error) => {
                    tracing::debug!(enterprise = %slug, %error, "the alerts of an enterprise are not noticed");
                    noticed = noticed.and(Err(error));
                }
            }
        }
        noticed
    }

    fn context(&self) -> OpContext {
        OpContext {
            actor: ALERTS,
            request_id: RequestId(store::new_id()),
            now: self.clock.now(),
            peer: None,
        }
    }
}
