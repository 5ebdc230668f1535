//! Alerts: what is wrong with domains and carrier profiles. People are told once for each change, not for each try.

mod destination;
mod message;
#[cfg(test)]
mod tests;
mod webhook_url;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::{
    destination::{
        AlertDestinationInput, AlertDestinationRow, AlertDestinations, DeliveryState, DestinationAddress,
        DestinationKind, LastDelivery, MAX_DESTINATIONS, NewAlertDestination,
    },
    message::{AlertAbout, AlertEvent, AlertMessage},
    webhook_url::{NotAWebhookUrl, WEBHOOK_URL_MAX, WebhookUrl},
};
use crate::domain_subscription::SubscriptionState;

/// How many turns in a row have to fail until a carrier profile counts as failing: a carrier that is away for a moment is
/// no alert.
pub const FAILING_AFTER: u32 = 3;

/// How many open alerts of an enterprise are listed at most: the newest.
pub const ALERTS_LISTED: u64 = 50;

/// By how much the clocks of servers may differ at most until one takes back what another has told. Longer than the ten
/// seconds in which they should agree, and short beside what a renewal adds.
pub const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(5);

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// The subscription of a domain ends within seven days and has not been renewed.
    DomainExpiring,
    /// The subscription of a domain has ended: messages do not arrive.
    DomainExpired,
    /// The portal cannot look after the domains of a carrier profile.
    ProfileFailing,
}

impl AlertKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::DomainExpiring, Self::DomainExpired, Self::ProfileFailing];

    /// The stored and transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DomainExpiring => "domain_expiring",
            Self::DomainExpired => "domain_expired",
            Self::ProfileFailing => "profile_failing",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// What is wrong at `now` with a domain that should be subscribed. A renewal moves the end, so one that has succeeded
    /// leaves nothing to tell.
    #[must_use]
    pub fn of_domain(expires_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Self> {
        match SubscriptionState::at(expires_at, now) {
            SubscriptionState::Expiring => Some(Self::DomainExpiring),
            SubscriptionState::Expired => Some(Self::DomainExpired),
            // One that was never subscribed has never worked, so nothing has stopped.
            SubscriptionState::Active | SubscriptionState::Missing => None,
        }
    }

    /// What is wrong with a carrier profile whose last turns have failed so often in a row.
    #[must_use]
    pub fn of_profile(failed_turns: u32) -> Option<Self> {
        (failed_turns >= FAILING_AFTER).then_some(Self::ProfileFailing)
    }
}

/// A domain or carrier profile as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// The id of the domain subscription or carrier profile.
    pub thing: Uuid,
    /// What it is called.
    pub name: String,
    /// What is wrong with it.
    pub kind: Option<AlertKind>,
    /// When the subscription of a domain ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// What the carrier said last, if it refused something.
    pub reason: Option<String>,
}

/// An alert that people were told of, and not yet that it is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenAlert {
    /// The id of the domain subscription or carrier profile.
    pub thing: Uuid,
    /// What is wrong with it.
    pub kind: AlertKind,
    /// What it was called then.
    pub name: String,
    /// Since when something has been wrong with it.
    #[serde(with = "crate::moment")]
    pub since: DateTime<Utc>,
    /// When people were last told.
    #[serde(with = "crate::moment")]
    pub told_at: DateTime<Utc>,
}

/// The open alerts of an enterprise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertList {
    /// The newest, up to [`ALERTS_LISTED`]; the oldest of them first.
    pub rows: Vec<OpenAlert>,
    /// How many there are.
    pub total: u64,
}

impl AlertList {
    /// Whether some are not listed.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        self.total > self.rows.len() as u64
    }
}

/// A change that people have to be told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertChange {
    /// What has happened.
    pub event: AlertEvent,
    /// The id of the domain subscription or carrier profile.
    pub thing: Uuid,
    /// What it is called.
    pub name: String,
    /// What is wrong with it, or was.
    pub kind: AlertKind,
    /// What was told before.
    pub before: Option<AlertKind>,
    /// Since when something has been wrong with it.
    pub since: DateTime<Utc>,
    /// When the subscription of a domain ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// What the carrier said last, if it refused something.
    pub reason: Option<String>,
}

/// What has changed at `now` since people were last told, by the ids of the things. `things` are all that the portal looks
/// after; one with an alert that is not among them is looked after no more.
#[must_use]
pub fn changes(open: &[OpenAlert], things: &[Watched], now: DateTime<Utc>) -> Vec<AlertChange> {
    let alert_of = |thing: Uuid| open.iter().find(|alert| alert.thing == thing);
    let still_there = things
        .iter()
        .filter_map(|thing| change(alert_of(thing.thing), thing, now));
    let gone = open
        .iter()
        .filter(|alert| !things.iter().any(|thing| thing.thing == alert.thing))
        .map(|alert| AlertChange {
            event: AlertEvent::Removed,
            thing: alert.thing,
            name: alert.name.clone(),
            kind: alert.kind,
            before: Some(alert.kind),
            since: alert.since,
            expires_at: None,
            reason: None,
        });
    let mut changes: Vec<AlertChange> = still_there.chain(gone).collect();
    changes.sort_by_key(|change| change.thing);
    changes
}

fn change(alert: Option<&OpenAlert>, thing: &Watched, now: DateTime<Utc>) -> Option<AlertChange> {
    let before = alert.map(|alert| alert.kind);
    if before == thing.kind || before.is_some_and(|before| holds_soon(before, thing, now)) {
        return None;
    }
    let (event, kind) = match thing.kind {
        Some(kind) => (AlertEvent::Opened, kind),
        None => (AlertEvent::Recovered, before?),
    };
    Some(AlertChange {
        event,
        thing: thing.thing,
        name: thing.name.clone(),
        kind,
        before,
        since: alert.map_or(now, |alert| alert.since),
        expires_at: thing.expires_at,
        reason: thing.reason.clone().filter(|_| event == AlertEvent::Opened),
    })
}

/// Whether what was told of a domain holds by a clock that is a little ahead: then it was told by a server with such a
/// clock, and only the time has to pass. A renewal moves the end further than that.
fn holds_soon(told: AlertKind, thing: &Watched, now: DateTime<Utc>) -> bool {
    AlertKind::of_domain(thing.expires_at, now + CLOCKS_DIFFER) == Some(told)
}
