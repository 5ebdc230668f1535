//! What the stand-in holds: subscriptions, numbers, tokens, what is still to take effect.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{SmsNumber, Switches};

/// Who can sign in, at every host.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Account {
    /// Signs in by itself.
    pub api_key: String,
    /// Of the application.
    pub client_id: String,
    /// Of the application.
    pub client_secret: String,
    /// Of the person.
    pub username: String,
    /// Of the person.
    pub password: String,
    /// What it may see: `Office Manager`, `Reseller`, `Super User`, or what says that a second factor is missing.
    pub scope: String,
    /// Its reseller.
    pub reseller: String,
    /// Its domain; an office manager sees no other.
    pub domain: String,
}

impl Default for Account {
    fn default() -> Self {
        Self {
            api_key: "nss_demo_key".to_owned(),
            client_id: "demo-client".to_owned(),
            client_secret: "demo-client-secret".to_owned(),
            username: "1000@demo".to_owned(),
            password: "demo-password".to_owned(),
            scope: "Reseller".to_owned(),
            reseller: "northwind".to_owned(),
            domain: "demo".to_owned(),
        }
    }
}

impl Account {
    /// Whether it may see a domain.
    pub(crate) fn sees(&self, domain: &str) -> bool {
        self.scope != "Office Manager" || self.domain.eq_ignore_ascii_case(domain)
    }
}

/// An event subscription.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subscription {
    /// Its id.
    pub id: String,
    /// The server it is at.
    pub host: String,
    /// Which events.
    pub model: String,
    /// Where they go.
    pub post_url: String,
    /// Of which domain.
    pub domain: String,
    /// Of which reseller.
    pub reseller: String,
    /// Of which user.
    pub user: String,
    /// Whether another server takes over.
    pub geo: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// `pending`, `active` or `error`.
    pub status: String,
    /// Events that were not taken.
    pub errors: u64,
    /// Events that were sent.
    pub posts: u64,
}

/// A subscription to begin with.
#[derive(Clone, Debug, Deserialize)]
pub struct Seed {
    /// The server it is at.
    pub host: String,
    /// Of which domain.
    pub domain: String,
    /// Where events go.
    pub post_url: String,
    /// In how many days it ends; days ago if negative.
    pub days_left: i64,
    /// Its id; made up if there is none.
    pub id: Option<String>,
}

/// A request that changes something, as it came in.
#[derive(Clone, Debug, Serialize)]
pub struct Write {
    /// When, by the stand-in's clock.
    pub at: DateTime<Utc>,
    /// At which server.
    pub host: String,
    /// The method.
    pub method: String,
    /// The subscription, if the request names one.
    pub id: Option<String>,
}

pub(crate) struct Token {
    pub(crate) account: Account,
    pub(crate) until: DateTime<Utc>,
}

/// What takes effect later.
pub(crate) enum Effect {
    Create(Subscription),
    Update {
        id: String,
        post_url: Option<String>,
        expires_at: Option<DateTime<Utc>>,
    },
    Delete(String),
}

/// Everything the stand-in knows.
#[derive(Default)]
pub struct World {
    /// How it behaves.
    pub switches: Switches,
    /// Who can sign in.
    pub accounts: Vec<Account>,
    /// What is subscribed, expired ones included until they are purged.
    pub subscriptions: Vec<Subscription>,
    /// The numbers that can send messages.
    pub numbers: Vec<SmsNumber>,
    /// Every request that changes something, in its order.
    pub writes: Vec<Write>,
    /// How many tokens were given out.
    pub sign_ins: u64,
    pub(crate) tokens: HashMap<String, Token>,
    pub(crate) refresh: HashMap<String, Account>,
    pub(crate) pending: Vec<(DateTime<Utc>, Effect)>,
}

impl World {
    /// Lets what is due take effect, and what has been expired for long enough disappear.
    pub(crate) fn settle(&mut self, now: DateTime<Utc>) {
        let waiting = std::mem::take(&mut self.pending);
        let (due, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(at, _)| *at <= now);
        self.pending = later;
        for (_, effect) in due {
            self.apply(effect);
        }
        let kept_for = TimeDelta::seconds(self.switches.purge_seconds);
        self.subscriptions
            .retain(|subscription| subscription.expires_at + kept_for > now);
        self.tokens.retain(|_, token| token.until > now);
    }

    fn apply(&mut self, effect: Effect) {
        match effect {
            Effect::Create(subscription) => self.subscriptions.push(subscription),
            Effect::Delete(id) => self.subscriptions.retain(|subscription| subscription.id != id),
            Effect::Update {
                id,
                post_url,
                expires_at,
            } => {
                let found = self.subscriptions.iter_mut().find(|subscription| subscription.id == id);
                if let Some(subscription) = found {
                    if let Some(post_url) = post_url {
                        subscription.post_url = post_url;
                    }
                    subscription.expires_at = expires_at.unwrap_or(subscription.expires_at);
                }
            }
        }
    }

    /// Lets something take effect when its time has come.
    pub(crate) fn later(&mut self, now: DateTime<Utc>, effect: Effect) {
        let at = now + TimeDelta::milliseconds(self.switches.write_delay_ms);
        self.pending.push((at, effect));
        self.settle(now);
    }

    /// Adds a subscription past the API; answers with its id.
    pub fn seed(&mut self, seed: Seed, now: DateTime<Utc>) -> String {
        let id = seed.id.unwrap_or_else(|| Uuid::new_v4().simple().to_string());
        self.subscriptions.push(Subscription {
            id: id.clone(),
            host: seed.host,
            model: "message".to_owned(),
            post_url: seed.post_url,
            domain: seed.domain,
            reseller: "*".to_owned(),
            user: "*".to_owned(),
            geo: "yes".to_owned(),
            created_at: now - TimeDelta::days(30),
            expires_at: now + TimeDelta::days(seed.days_left),
            status: "active".to_owned(),
            errors: 0,
            posts: 0,
        });
        id
    }

    /// Ends a domain's subscriptions now, or all of them; tells how many.
    pub fn expire(&mut self, domain: Option<&str>, now: DateTime<Utc>) -> usize {
        let mut ended = 0;
        for subscription in &mut self.subscriptions {
            if domain.is_none_or(|domain| subscription.domain == domain) {
                subscription.expires_at = now;
                ended += 1;
            }
        }
        ended
    }

    /// The most requests that changed something at one server within a second.
    #[must_use]
    pub fn most_writes_a_second(&self) -> usize {
        let most = self.writes.iter().enumerate().map(|(first, write)| {
            let end = write.at + TimeDelta::seconds(1);
            let within = self.writes[first..].iter().take_while(|other| other.at < end);
            within.filter(|other| other.host == write.host).count()
        });
        most.max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seed(domain: &str, days_left: i64) -> Seed {
        Seed {
            host: "a.example".to_owned(),
            domain: domain.to_owned(),
            post_url: "https://here.example/x".to_owned(),
            days_left,
            id: None,
        }
    }

    #[test]
    fn the_expired_disappear_after_a_while() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let mut world = World::default();
        world.seed(seed("a", 1), now);
        world.settle(now + TimeDelta::days(1));
        assert_eq!(world.subscriptions.len(), 1, "expired, but there");
        world.settle(now + TimeDelta::days(1) + TimeDelta::hours(1));
        assert!(world.subscriptions.is_empty());
    }

    #[test]
    fn a_change_takes_effect_when_its_time_has_come() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let mut world = World::default();
        world.switches.write_delay_ms = 2000;
        let id = world.seed(seed("a", 1), now);
        world.later(now, Effect::Delete(id));
        world.settle(now + TimeDelta::milliseconds(1999));
        assert_eq!(world.subscriptions.len(), 1);
        world.settle(now + TimeDelta::seconds(2));
        assert!(world.subscriptions.is_empty());
    }

    #[test]
    fn writes_are_counted_for_each_server_in_any_second() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let write = |milliseconds, host: &str| Write {
            at: now + TimeDelta::milliseconds(milliseconds),
            host: host.to_owned(),
            method: "PUT".to_owned(),
            id: None,
        };
        let world = World {
            writes: vec![
                write(0, "a"),
                write(900, "a"),
                write(950, "b"),
                write(999, "a"),
                write(1000, "a"),
            ],
            ..World::default()
        };
        assert_eq!(world.most_writes_a_second(), 3);
    }

    #[test]
    fn one_domain_or_all_can_be_ended() {
        let now = DateTime::UNIX_EPOCH + TimeDelta::days(20_000);
        let mut world = World::default();
        world.seed(seed("a", 5), now);
        world.seed(seed("b", 5), now);
        assert_eq!(world.expire(Some("a"), now), 1);
        assert!(world.subscriptions[0].expires_at <= now && world.subscriptions[1].expires_at > now);
        assert_eq!(world.expire(None, now), 2);
    }
}
