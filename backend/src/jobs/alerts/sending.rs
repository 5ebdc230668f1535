//! Sending what is due: several messages at once, and of each provider only so many, so that its webhooks that do not
//! answer keep nobody else waiting. Each server counts its own.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use sea_orm::DbErr;
use tokio::task::{Id, JoinSet};
use uuid::Uuid;

use crate::{
    Backend,
    jobs::Clock,
    services::alert_destination,
    store::alert_delivery::{self, Delivery},
};

/// How many messages are sent at once.
const AT_ONCE: usize = 16;
/// How many of them are of one provider.
const OF_ONE_PROVIDER: usize = 4;
/// For how long messages are begun: after that it is time to look for new alerts.
const TIME: Duration = Duration::from_secs(15);
/// For how long a message stays with whoever sends it; longer than sending takes.
const LEASE: TimeDelta = TimeDelta::minutes(1);

/// Sends until nothing is due, or for so long. A failure of the database ends no sending that has begun.
pub(super) async fn send_due(backend: &Backend, clock: &Clock) -> Result<(), DbErr> {
    let begun = Instant::now();
    let mut sending = Sending::default();
    let mut outcome = Ok(());
    loop {
        if outcome.is_ok() && begun.elapsed() < TIME {
            outcome = sending.begin_due(backend, clock).await;
        }
        match sending.ended().await {
            Some(written) => outcome = outcome.and(written),
            None => return outcome,
        }
    }
}

/// The messages that are being sent.
#[derive(Default)]
struct Sending {
    tries: JoinSet<Result<(), DbErr>>,
    /// Whose they are.
    providers: HashMap<Id, Uuid>,
}

impl Sending {
    /// Begins with what is due, as far as there is room.
    async fn begin_due(&mut self, backend: &Backend, clock: &Clock) -> Result<(), DbErr> {
        while self.tries.len() < AT_ONCE {
            let room = AT_ONCE - self.tries.len();
            let due = alert_delivery::due(backend.database(), clock.now(), &self.full(), room as u64).await?;
            if due.is_empty() {
                return Ok(());
            }
            for delivery in due {
                if self.has_room(delivery.provider) {
                    self.begin(backend, clock, delivery).await?;
                }
            }
        }
        Ok(())
    }

    /// Sends the message, unless somebody else has it by now.
    async fn begin(&mut self, backend: &Backend, clock: &Clock, mut delivery: Delivery) -> Result<(), DbErr> {
        let (provider, now) = (delivery.provider, clock.now());
        if !alert_delivery::take(backend.database(), &mut delivery, now + LEASE).await? {
            return Ok(());
        }
        let backend = backend.clone();
        self.spawn(provider, async move {
            alert_destination::deliver(&backend, &delivery, now).await.map(drop)
        });
        Ok(())
    }

    fn spawn(&mut self, provider: Uuid, attempt: impl Future<Output = Result<(), DbErr>> + Send + 'static) {
        let id = self.tries.spawn(attempt).id();
        self.providers.insert(id, provider);
    }

    /// Waits until one has ended, and tells whether that could be written down; nothing when none is left.
    async fn ended(&mut self) -> Option<Result<(), DbErr>> {
        let (id, written) = match self.tries.join_next_with_id().await? {
            Ok(ended) => ended,
            Err(error) => {
                tracing::error!(%error, "sending an alert broke down");
                (error.id(), Ok(()))
            }
        };
        self.providers.remove(&id);
        Some(written)
    }

    fn has_room(&self, provider: Uuid) -> bool {
        self.providers.values().filter(|of| **of == provider).count() < OF_ONE_PROVIDER
    }

    /// The providers that have their share.
    fn full(&self) -> Vec<Uuid> {
        let mut full: Vec<Uuid> = self.providers.values().copied().collect();
        full.sort_unstable();
        full.dedup();
        full.retain(|provider| !self.has_room(*provider));
        full
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    const ONE: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    async fn breaks_down() -> Result<(), DbErr> {
        panic!("as an error in the program does")
    }

    #[tokio::test]
    async fn a_provider_whose_webhooks_do_not_answer_leaves_room_for_the_others() {
        let mut sending = Sending::default();
        for _ in 0..OF_ONE_PROVIDER {
            assert!(sending.has_room(ONE));
            sending.spawn(ONE, pending());
        }
        assert!(!sending.has_room(ONE) && sending.has_room(OTHER));
        assert_eq!(sending.full(), [ONE]);
        sending.spawn(OTHER, ready(Ok(())));
        assert_eq!(sending.ended().await, Some(Ok(())));
        assert!(!sending.has_room(ONE));
    }

    #[tokio::test]
    async fn what_has_ended_makes_room_however_it_ended() {
        let mut sending = Sending::default();
        let failure = DbErr::Custom("gone".to_owned());
        sending.spawn(ONE, ready(Err(failure.clone())));
        for _ in 1..OF_ONE_PROVIDER {
            sending.spawn(ONE, breaks_down());
        }
        let mut written = Vec::new();
        while let Some(ended) = sending.ended().await {
            written.extend(ended.err());
        }
        assert_eq!(written, [failure]);
        assert!(sending.has_room(ONE) && sending.full().is_empty());
    }
}
