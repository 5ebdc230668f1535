//! One try to send a message, and what is written down about it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;
use sea_orm::DbErr;

use crate::{
    Backend,
    alerts::{Outgoing, Undelivered},
    crypto::{Place, Secret},
    store::alert_delivery::{self, Delivery, Ending},
};

/// How often a message is tried; with the pauses in between that takes some three hours.
const MOST_ATTEMPTS: u32 = 10;
/// After the first failure.
const FIRST_PAUSE: Duration = Duration::from_secs(30);
/// After many.
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);

/// Sends a message that was taken, and writes down how that ended; tells why it was not taken in, if so.
pub(crate) async fn deliver(
    backend: &Backend,
    delivery: &Delivery,
    now: DateTime<Utc>,
) -> Result<Option<String>, DbErr> {
    let sent = send(backend, delivery, now).await;
    let ending = match sent {
        Ok(()) => Ending::Sent,
        Err(reason) => {
            let destination = delivery.destination;
            tracing::warn!(delivery = %delivery.id, %destination, %reason, "an alert was not delivered");
            after(reason, delivery, now)
        }
    };
    if !alert_delivery::end(backend.database(), delivery, ending, now).await? {
        tracing::info!(delivery = %delivery.id, "somebody else has the delivery by now");
    }
    Ok(sent.err().map(|reason| reason.to_string()))
}

async fn send(backend: &Backend, delivery: &Delivery, now: DateTime<Utc>) -> Result<(), Undelivered> {
    let address = delivery.address.as_ref().ok_or(Undelivered::NoAddress)?;
    let message = Outgoing {
        id: delivery.id,
        address,
        secret: secret(backend, delivery)?,
        payload: &delivery.payload,
        at: now,
    };
    backend.messenger().send(message).await
}

/// What signs the message, where its destination has something.
fn secret(backend: &Backend, delivery: &Delivery) -> Result<Option<Secret>, Undelivered> {
    let Some(sealed) = &delivery.sealed else {
        return Ok(None);
    };
    let keys = backend.keys().map_err(|_| Undelivered::NoSecret)?;
    let place = Place::of_webhook(delivery.provider, delivery.destination);
    let secret = keys.unseal(place, sealed).map_err(|error| {
        tracing::error!(destination = %delivery.destination, %error, "the secret of a webhook cannot be read");
        Undelivered::NoSecret
    })?;
    Ok(Some(secret))
}

/// What follows from a failure. A test message gets one try: somebody waits for the answer.
fn after(reason: Undelivered, delivery: &Delivery, now: DateTime<Utc>) -> Ending {
    if reason.is_final() || delivery.test || delivery.attempts >= MOST_ATTEMPTS {
        return Ending::Failed(reason.to_string());
    }
    Ending::Again(now + pause(delivery.attempts), reason.to_string())
}

/// How long to wait after so many tries: longer each time, and not all at once.
fn pause(attempts: u32) -> TimeDelta {
    let doubled = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(attempts.saturating_sub(1).min(16)));
    let pause = doubled.min(LONGEST_PAUSE).mul_f64(rand::rng().random_range(0.75..=1.0));
    TimeDelta::from_std(pause).unwrap_or(TimeDelta::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_an_hour_and_all_tries_take_some_hours() {
        let first = pause(1).num_seconds();
        assert!((22..=30).contains(&first), "{first}");
        let last = pause(u32::MAX).num_minutes();
        assert!((45..=60).contains(&last), "{last}");
        let all: i64 = (1..MOST_ATTEMPTS).map(|attempt| pause(attempt).num_minutes()).sum();
        assert!((120..=190).contains(&all), "{all}");
    }
}
