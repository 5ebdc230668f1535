//! Keeps the event subscriptions of all domains alive: takes the turn of each carrier profile that is due, compares what
//! is wanted with what the carrier has, carries the plan out, reads again, and writes down what it came to.
//!
//! It runs beside the task runner rather than in it: it is nobody's task, has no end, and its pace is the carrier's.

mod carry_out;
mod profile;
mod record;

use std::{pin::pin, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;
use sea_orm::DbErr;
use tokio::task::JoinSet;

use crate::{
    Backend,
    carriers::{CarrierError, Timing},
    context::{Actor, OpContext},
    store::{
        self,
        carrier_renewal::{self, Turn},
    },
};

/// Who renews, in the audit log.
const RENEWAL: Actor = Actor::System("renewal of domains");
/// For how long a new or renewed subscription lasts.
const LASTS: TimeDelta = TimeDelta::days(365);
/// For how long it lasts at least after a renewal that somebody asked for: carriers round.
const LASTS_NEARLY: TimeDelta = TimeDelta::days(364);
/// After the first failure.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
/// After many: short enough that a domain is back within minutes after its carrier.
const LONGEST_PAUSE: Duration = Duration::from_secs(2 * 60);

/// How renewing works.
#[derive(Clone, Copy, Debug)]
pub struct RenewalSettings {
    /// How many profiles at once; at one host it is one in any case.
    pub at_once: usize,
    /// How often it looks whether a profile is due; what the same program was asked for, it sees at once.
    pub poll: Duration,
    /// How often a profile is compared with its carrier when nothing is due: somebody may have removed something there.
    pub check: Duration,
    /// For how long a turn stays with a holder that gives no sign of life; longer than one request takes.
    pub lease: Duration,
}

impl Default for RenewalSettings {
    fn default() -> Self {
        Self {
            at_once: 4,
            poll: Duration::from_secs(5),
            check: Duration::from_secs(60 * 60),
            lease: Duration::from_secs(180),
        }
    }
}

/// Renews. Any number of them, in any number of servers, may share a database.
#[derive(Clone)]
pub struct Renewal {
    backend: Backend,
    settings: RenewalSettings,
    timing: Timing,
}

impl Renewal {
    /// One with these settings, by this time.
    #[must_use]
    pub fn new(backend: &Backend, settings: RenewalSettings, timing: Timing) -> Self {
        Self {
            backend: backend.clone(),
            settings,
            timing,
        }
    }

    /// Renews until `stop` comes. What is under way then is dropped: the next server finds at the carrier how far it was.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        if self.backend.inbound_url().is_none() {
            tracing::info!("domains are not renewed: no address is set that carriers could send to");
            return stop.await;
        }
        let mut stop = pin!(stop);
        let mut running = JoinSet::new();
        let mut failing = false;
        loop {
            match self.take_on(&mut running).await {
                Ok(()) => failing = false,
                Err(error) if !failing => {
                    tracing::warn!(%error, "domains are not renewed: no turn can be taken");
                    failing = true;
                }
                Err(_) => {}
            }
            tokio::select! {
                biased;
                () = &mut stop => break,
                Some(ended) = running.join_next() => {
                    if let Err(error) = ended {
                        tracing::error!(%error, "the renewal of a profile broke down");
                    }
                }
                () = self.backend.renewal_wanted().notified() => {}
                () = tokio::time::sleep(self.settings.poll) => {}
            }
        }
    }

    async fn take_on(&self, running: &mut JoinSet<()>) -> Result<(), DbErr> {
        let db = self.backend.database();
        for due in carrier_renewal::due(db, self.timing.now()).await? {
            if running.len() >= self.settings.at_once {
                break;
            }
            if let Some(turn) = carrier_renewal::take(db, &due, self.timing.now(), self.until()).await? {
                running.spawn(self.clone().have(turn));
            }
        }
        Ok(())
    }

    async fn have(self, turn: Turn) {
        let profile = turn.profile;
        if let Err(error) = self.look_after(turn).await {
            // The turn ends by itself.
            tracing::warn!(%profile, %error, "the renewal of a profile was not finished");
        }
    }

    /// Looks after every profile that is due, one after the other; tells how many there were.
    ///
    /// # Errors
    /// What the database says.
    #[cfg(feature = "testing")]
    pub async fn round(&self) -> Result<usize, DbErr> {
        let db = self.backend.database();
        let mut turns = 0;
        for due in carrier_renewal::due(db, self.timing.now()).await? {
            if let Some(turn) = carrier_renewal::take(db, &due, self.timing.now(), self.until()).await? {
                self.look_after(turn).await?;
                turns += 1;
            }
        }
        Ok(turns)
    }

    /// Until when a sign of life keeps a turn.
    fn until(&self) -> DateTime<Utc> {
        self.timing.now() + of(self.settings.lease)
    }

    fn context(&self) -> OpContext {
        OpContext {
            actor: RENEWAL,
            request_id: domain::ids::RequestId(store::new_id()),
            now: self.timing.now(),
            peer: None,
        }
    }
}

/// How long to wait after so many failures in a row, the last of them this: longer each time, and not all at once.
fn pause(failures: u32, error: CarrierError) -> TimeDelta {
    let doubled = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1).min(8)));
    let pause = doubled.min(LONGEST_PAUSE).mul_f64(rand::rng().random_range(0.75..=1.0));
    let asked_for = match error {
        CarrierError::RateLimited { after: Some(after) } => after.min(LONGEST_PAUSE * 2),
        _ => Duration::ZERO,
    };
    of(pause.max(asked_for))
}

fn of(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_two_minutes_and_heed_what_the_carrier_asks_for() {
        let first = pause(1, CarrierError::Transient).num_seconds();
        assert!((22..=30).contains(&first), "{first}");
        let tenth = pause(10, CarrierError::Transient).num_seconds();
        assert!((90..=120).contains(&tenth), "{tenth}");
        let after = Some(Duration::from_secs(90));
        assert_eq!(pause(1, CarrierError::RateLimited { after }).num_seconds(), 90);
        let after = Some(Duration::from_secs(86_400));
        assert_eq!(
            pause(1, CarrierError::RateLimited { after }).num_seconds(),
            240,
            "not for a day"
        );
    }
}
