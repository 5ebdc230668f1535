//! Sends the events of active subscriptions: arrays of objects, in both directions, some twice, some in odd forms.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{StandIn, Subscription, World};

/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often the pump looks whether it is to send.
const IDLE: Duration = Duration::from_millis(500);

/// What is sent to one subscription at once.
#[derive(Clone, Debug, Serialize)]
pub struct Batch {
    /// Which subscription.
    pub subscription: String,
    /// Where it goes.
    pub post_url: String,
    /// The events.
    pub events: Vec<Value>,
}

impl World {
    /// The next events of every subscription that lives.
    #[must_use]
    pub fn batches(&self, now: DateTime<Utc>) -> Vec<Batch> {
        let living = self
            .subscriptions
            .iter()
            .filter(|subscription| subscription.expires_at > now);
        living
            .map(|subscription| Batch {
                subscription: subscription.id.clone(),
                post_url: subscription.post_url.clone(),
                events: events(subscription, now),
            })
            .collect()
    }

    /// Counts a batch as taken or not.
    pub fn count(&mut self, subscription: &str, taken: bool) {
        let found = self.subscriptions.iter_mut().find(|other| other.id == subscription);
        let Some(subscription) = found else { return };
        if taken {
            subscription.posts += 1;
            "active".clone_into(&mut subscription.status);
        } else {
            subscription.errors += 1;
            "error".clone_into(&mut subscription.status);
        }
    }
}

/// One message in, the same again, one out, and one in with the odd spellings.
fn events(subscription: &Subscription, now: DateTime<Utc>) -> Vec<Value> {
    let timestamp = now.format("%Y-%m-%d %H:%M:%S").to_string();
    let inbound = json!({
        "id": Uuid::new_v4().to_string(),
        "timestamp": timestamp,
        "type": "sms",
        "domain": subscription.domain,
        "direction": "orig",
        "from-number": "18585550100",
        "dialed": "12065550100",
        "text": "Is the clinic open today?",
        "messagesession-id": Uuid::new_v4().to_string(),
    });
    let outbound = json!({
        "id": Uuid::new_v4().to_string(),
        "timestamp": timestamp,
        "type": "sms",
        "domain": subscription.domain,
        "direction": "term",
        "from-number": "12065550100",
        "dialed": "18585550100",
        "text": "Yes, until six.",
    });
    let odd = json!({
        "id": Uuid::new_v4().as_u128() as u32,
        "timestamp": now.to_rfc3339(),
        "type": "mms",
        "domain": subscription.domain.to_uppercase(),
        "direction": "orig",
        "from_num": 18_585_550_101_u64,
        "dialed": "12065550100,12065550101",
        "text": "12345",
        "media_type": "image/jpeg",
        "media_size": "2048",
    });
    vec![inbound.clone(), inbound, outbound, odd]
}

impl StandIn {
    /// Sends one batch to every living subscription; tells how many were taken.
    pub async fn pump(&self, client: &reqwest::Client) -> usize {
        let batches = self.world().batches(self.clock().now());
        let mut all_taken = 0;
        for batch in batches {
            let sent = client
                .post(&batch.post_url)
                .timeout(PATIENCE)
                .header("X-Correlation-ID", Uuid::new_v4().to_string())
                .json(&batch.events)
                .send()
                .await;
            let taken = sent.is_ok_and(|answer| answer.status().is_success());
            self.world().count(&batch.subscription, taken);
            all_taken += usize::from(taken);
        }
        all_taken
    }

    /// Sends events as often as the switch says, until it is dropped.
    pub async fn pump_for_ever(self) {
        let client = reqwest::Client::new();
        loop {
            let pause = self.world().switches.pump_ms;
            if pause == 0 {
                tokio::time::sleep(IDLE).await;
                continue;
            }
            self.pump(&client).await;
            tokio::time::sleep(Duration::from_millis(pause)).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::Seed;

    #[test]
    fn only_the_living_get_events_in_both_directions_and_one_twice() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let mut world = World::default();
        for (domain, days_left) in [("a", 1), ("b", -1)] {
            let seed = Seed {
                host: "a.example".to_owned(),
                domain: domain.to_owned(),
                post_url: "https://here.example/x".to_owned(),
                days_left,
                id: None,
            };
            world.seed(seed, now);
        }
        let batches = world.batches(now);
        assert_eq!(batches.len(), 1);
        let events = &batches[0].events;
        assert_eq!(events[0], events[1]);
        assert!(events.iter().any(|event| event["direction"] == "term"));
        assert!(events.iter().any(|event| event["from_num"].is_number()));
    }

    #[test]
    fn what_is_taken_makes_a_subscription_active() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let mut world = World::default();
        let seed = Seed {
            host: "a.example".to_owned(),
            domain: "a".to_owned(),
            post_url: "https://here.example/x".to_owned(),
            days_left: 1,
            id: Some("7".to_owned()),
        };
        world.seed(seed, now);
        world.count("7", false);
        assert_eq!(
            (world.subscriptions[0].status.as_str(), world.subscriptions[0].errors),
            ("error", 1)
        );
        world.count("7", true);
        assert_eq!(
            (world.subscriptions[0].status.as_str(), world.subscriptions[0].posts),
            ("active", 1)
        );
    }
}
