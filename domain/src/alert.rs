//! Alerts: what is wrong with domains and carrier profiles. People are told once for each change, not for each try.

mod destination;
mod message;
mod webhook_url;

use chrono::{DateTime, Utc};
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
    pub since: DateTime<Utc>,
    /// When people were last told.
    pub told_at: DateTime<Utc>,
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
    if before == thing.kind {
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

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use rstest::rstest;

    use super::*;

    const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

    #[rstest]
    #[case::never_subscribed(None, None)]
    #[case::far(Some(8 * 24), None)]
    #[case::within_seven_days(Some(7 * 24), Some(AlertKind::DomainExpiring))]
    #[case::in_an_hour(Some(1), Some(AlertKind::DomainExpiring))]
    #[case::now(Some(0), Some(AlertKind::DomainExpired))]
    #[case::past(Some(-24), Some(AlertKind::DomainExpired))]
    fn what_is_wrong_with_a_domain(#[case] hours_left: Option<i64>, #[case] expected: Option<AlertKind>) {
        let expires_at = hours_left.map(|hours| NOW + TimeDelta::hours(hours));
        assert_eq!(AlertKind::of_domain(expires_at, NOW), expected);
    }

    #[rstest]
    #[case(0, None)]
    #[case(FAILING_AFTER - 1, None)]
    #[case(FAILING_AFTER, Some(AlertKind::ProfileFailing))]
    #[case(400, Some(AlertKind::ProfileFailing))]
    fn what_is_wrong_with_a_profile(#[case] failed_turns: u32, #[case] expected: Option<AlertKind>) {
        assert_eq!(AlertKind::of_profile(failed_turns), expected);
    }

    fn told(kind: AlertKind) -> OpenAlert {
        OpenAlert {
            thing: Uuid::from_u128(1),
            kind,
            name: "voice.example".to_owned(),
            since: NOW - TimeDelta::days(2),
            told_at: NOW - TimeDelta::days(1),
        }
    }

    fn thing(kind: Option<AlertKind>) -> Watched {
        Watched {
            thing: Uuid::from_u128(1),
            name: "voice.example".to_owned(),
            kind,
            expires_at: Some(NOW),
            reason: Some("The carrier refused the credentials.".to_owned()),
        }
    }

    const EXPIRING: AlertKind = AlertKind::DomainExpiring;
    const EXPIRED: AlertKind = AlertKind::DomainExpired;

    #[rstest]
    #[case::nothing(None, Some(None), None)]
    #[case::begins(None, Some(Some(EXPIRING)), Some((AlertEvent::Opened, EXPIRING)))]
    #[case::goes_on(Some(EXPIRING), Some(Some(EXPIRING)), None)]
    #[case::gets_worse(Some(EXPIRING), Some(Some(EXPIRED)), Some((AlertEvent::Opened, EXPIRED)))]
    #[case::is_over(Some(EXPIRED), Some(None), Some((AlertEvent::Recovered, EXPIRED)))]
    #[case::is_gone(Some(EXPIRED), None, Some((AlertEvent::Removed, EXPIRED)))]
    #[case::never_was(None, None, None)]
    fn each_change_is_told_once(
        #[case] before: Option<AlertKind>,
        #[case] now: Option<Option<AlertKind>>,
        #[case] expected: Option<(AlertEvent, AlertKind)>,
    ) {
        let open: Vec<OpenAlert> = before.map(told).into_iter().collect();
        let things: Vec<Watched> = now.map(thing).into_iter().collect();
        let found = changes(&open, &things, NOW);
        let short: Vec<_> = found.iter().map(|change| (change.event, change.kind)).collect();
        assert_eq!(short, Vec::from_iter(expected));
        for change in found {
            assert_eq!(change.before, before);
            let since = if before.is_some() {
                NOW - TimeDelta::days(2)
            } else {
                NOW
            };
            assert_eq!(change.since, since, "an alert that gets worse began when it began");
            assert_eq!(change.reason.is_some(), change.event == AlertEvent::Opened);
        }
    }

    #[test]
    fn every_kind_is_read_as_it_was_written() {
        for kind in AlertKind::ALL {
            assert_eq!(AlertKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(AlertKind::parse("carrier_pigeon"), None);
    }
}
