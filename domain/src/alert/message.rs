//! What is sent about a change: the body of a webhook, and the words of an e-mail.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AlertChange, AlertKind};
use crate::enterprise::EnterpriseSlug;

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlertEvent {
    /// Something is wrong, or worse than it was told before.
    #[serde(rename = "alert.opened")]
    Opened,
    /// It is well again.
    #[serde(rename = "alert.recovered")]
    Recovered,
    /// The domain or the profile is looked after no more.
    #[serde(rename = "alert.removed")]
    Removed,
    /// Somebody wants to see whether messages arrive.
    #[serde(rename = "test")]
    Test,
}

/// A message; as JSON it is the body of a webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertMessage {
    /// What has happened.
    #[serde(rename = "type")]
    pub event: AlertEvent,
    /// When it was noticed.
    pub at: DateTime<Utc>,
    /// What it is about; nothing in a test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<AlertAbout>,
}

/// What a message is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertAbout {
    /// What is wrong, or was.
    pub kind: AlertKind,
    /// The enterprise's name in addresses.
    pub enterprise: EnterpriseSlug,
    /// Its name for people.
    pub enterprise_name: String,
    /// The domain, or the name of the carrier profile.
    pub name: String,
    /// Since when something has been wrong with it.
    pub since: DateTime<Utc>,
    /// When the subscription of a domain ends.
    pub expires_at: Option<DateTime<Utc>>,
    /// What the carrier said last, if it refused something.
    pub reason: Option<String>,
}

impl AlertMessage {
    /// A message about a change in an enterprise.
    #[must_use]
    pub fn of_change(change: &AlertChange, enterprise: (&EnterpriseSlug, &str), at: DateTime<Utc>) -> Self {
        let (slug, name) = enterprise;
        Self {
            event: change.event,
            at,
            alert: Some(AlertAbout {
                kind: change.kind,
                enterprise: slug.clone(),
                enterprise_name: name.to_owned(),
                name: change.name.clone(),
                since: change.since,
                expires_at: change.expires_at,
                reason: change.reason.clone(),
            }),
        }
    }

    /// A message that only shows that messages arrive.
    #[must_use]
    pub fn test(at: DateTime<Utc>) -> Self {
        Self {
            event: AlertEvent::Test,
            at,
            alert: None,
        }
    }

    /// The subject of an e-mail.
    #[must_use]
    pub fn subject(&self) -> String {
        let Some(about) = &self.alert else {
            return "Test message from the Messaging Portal".to_owned();
        };
        let what = match (self.event, about.kind) {
            (AlertEvent::Removed | AlertEvent::Test, _) => "is looked after no more",
            (AlertEvent::Recovered, AlertKind::DomainExpiring | AlertKind::DomainExpired) => "is renewed",
            (AlertEvent::Recovered, AlertKind::ProfileFailing) => "works again",
            (AlertEvent::Opened, AlertKind::DomainExpiring) => "expires soon",
            (AlertEvent::Opened, AlertKind::DomainExpired) => "has expired",
            (AlertEvent::Opened, AlertKind::ProfileFailing) => "is failing",
        };
        format!("{} {what} ({})", about.name, about.enterprise_name)
    }

    /// The text of an e-mail.
    #[must_use]
    pub fn text(&self) -> String {
        let Some(about) = &self.alert else {
            let told = "Alerts of the Messaging Portal reach this address. Nothing is wrong; somebody has asked for this \
                        message in the provider's console.";
            return format!("{told}\n");
        };
        let mut lines = vec![self.sentence(about)];
        if let Some(reason) = &about.reason {
            lines.push(format!("What was said last: {reason}"));
        }
        lines.push(format!("Enterprise: {} ({})", about.enterprise_name, about.enterprise));
        lines.push(format!("Since: {}", moment(about.since)));
        format!("{}\n", lines.join("\n\n"))
    }

    fn sentence(&self, about: &AlertAbout) -> String {
        let name = &about.name;
        let end = about.expires_at.map(moment);
        let on = |end: Option<String>| end.map_or_else(String::new, |end| format!(" on {end}"));
        match (self.event, about.kind) {
            (AlertEvent::Removed | AlertEvent::Test, _) => {
                format!("{name} is looked after no more: it was given up, so its alert has ended.")
            }
            (AlertEvent::Recovered, AlertKind::DomainExpiring | AlertKind::DomainExpired) => {
                format!(
                    "The subscription of the domain {name} is renewed and ends{}. Messages arrive.",
                    on(end)
                )
            }
            (AlertEvent::Recovered, AlertKind::ProfileFailing) => {
                format!("The portal can look after the domains of the carrier profile {name} again.")
            }
            (AlertEvent::Opened, AlertKind::DomainExpiring) => format!(
                "The subscription of the domain {name} ends{} and has not been renewed. From then on messages to its \
                 numbers do not arrive. The portal goes on trying.",
                on(end)
            ),
            (AlertEvent::Opened, AlertKind::DomainExpired) => format!(
                "The subscription of the domain {name} has ended{}. Messages to its numbers do not arrive. The portal \
                 goes on trying to renew it.",
                on(end)
            ),
            (AlertEvent::Opened, AlertKind::ProfileFailing) => format!(
                "The portal cannot look after the domains of the carrier profile {name}: several tries in a row have \
                 failed. It goes on trying."
            ),
        }
    }
}

fn moment(at: DateTime<Utc>) -> String {
    at.format("%-d %b %Y, %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(kind: AlertKind, event: AlertEvent) -> AlertMessage {
        AlertMessage {
            event,
            at: DateTime::UNIX_EPOCH,
            alert: Some(AlertAbout {
                kind,
                enterprise: EnterpriseSlug::parse("alder-clinics").unwrap(),
                enterprise_name: "Alder Clinics".to_owned(),
                name: "voice.example".to_owned(),
                since: DateTime::UNIX_EPOCH,
                expires_at: Some(DateTime::UNIX_EPOCH),
                reason: None,
            }),
        }
    }

    #[test]
    fn the_body_of_a_webhook_is_what_the_documentation_says() {
        let json = serde_json::to_value(about(AlertKind::DomainExpired, AlertEvent::Opened)).unwrap();
        let expected = serde_json::json!({
            "type": "alert.opened",
            "at": "1970-01-01T00:00:00Z",
            "alert": {
                "kind": "domain_expired",
                "enterprise": "alder-clinics",
                "enterprise_name": "Alder Clinics",
                "name": "voice.example",
                "since": "1970-01-01T00:00:00Z",
                "expires_at": "1970-01-01T00:00:00Z",
                "reason": null,
            },
        });
        assert_eq!(json, expected);
        let test = serde_json::to_value(AlertMessage::test(DateTime::UNIX_EPOCH)).unwrap();
        assert_eq!(test, serde_json::json!({"type": "test", "at": "1970-01-01T00:00:00Z"}));
    }

    #[test]
    fn a_message_is_read_as_it_was_written() {
        for message in [
            about(AlertKind::ProfileFailing, AlertEvent::Recovered),
            AlertMessage::test(DateTime::UNIX_EPOCH),
        ] {
            let text = serde_json::to_string(&message).unwrap();
            assert_eq!(serde_json::from_str::<AlertMessage>(&text).unwrap(), message);
        }
    }

    #[test]
    fn an_e_mail_says_what_happened_to_what_and_where() {
        let message = about(AlertKind::DomainExpired, AlertEvent::Opened);
        assert_eq!(message.subject(), "voice.example has expired (Alder Clinics)");
        let text = message.text();
        assert!(text.contains("has ended on 1 Jan 1970, 00:00 UTC"), "{text}");
        assert!(text.contains("Enterprise: Alder Clinics (alder-clinics)"), "{text}");
        let over = about(AlertKind::DomainExpired, AlertEvent::Recovered);
        assert_eq!(over.subject(), "voice.example is renewed (Alder Clinics)");
        let gone = about(AlertKind::ProfileFailing, AlertEvent::Removed);
        assert_eq!(gone.subject(), "voice.example is looked after no more (Alder Clinics)");
    }
}
