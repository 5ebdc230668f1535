//! Where alerts go: the e-mail addresses and webhooks of a provider.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::WebhookUrl;
use crate::{account::EmailAddress, error::FieldError, ids::AlertDestinationId};

/// The most destinations of a provider, a bound for its list and for what one alert sends.
pub const MAX_DESTINATIONS: u64 = 20;

/// How messages get there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DestinationKind {
    /// By e-mail.
    Email,
    /// By a signed request.
    Webhook,
}

impl DestinationKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Email, Self::Webhook];

    /// The stored and transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Webhook => "webhook",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// A checked address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DestinationAddress {
    /// An e-mail address.
    Email(EmailAddress),
    /// The address of a webhook.
    Webhook(WebhookUrl),
}

impl DestinationAddress {
    /// Reads an address of that kind.
    ///
    /// # Errors
    /// What is wrong with it, at `address`.
    pub fn parse(kind: DestinationKind, text: &str) -> Result<Self, FieldError> {
        match kind {
            DestinationKind::Email => EmailAddress::parse(text)
                .map(Self::Email)
                .map_err(|_| FieldError::new("address", "Enter an e-mail address, such as name@company.example.")),
            DestinationKind::Webhook => WebhookUrl::parse(text)
                .map(Self::Webhook)
                .map_err(|error| FieldError::new("address", error.to_string())),
        }
    }

    /// How messages get there.
    #[must_use]
    pub fn kind(&self) -> DestinationKind {
        match self {
            Self::Email(_) => DestinationKind::Email,
            Self::Webhook(_) => DestinationKind::Webhook,
        }
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Email(address) => address.as_str(),
            Self::Webhook(address) => address.as_str(),
        }
    }

    /// What may stand in the audit log: of a webhook only scheme and host. Its path and query are often what lets messages
    /// in.
    #[must_use]
    pub fn without_secrets(&self) -> String {
        match self {
            Self::Email(address) => address.as_str().to_owned(),
            Self::Webhook(address) => format!("https://{}", address.host()),
        }
    }
}

/// A destination as its dialog describes it, not checked yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertDestinationInput {
    /// How messages get there.
    pub kind: DestinationKind,
    /// The address.
    pub address: String,
}

/// What has become of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// It is still to be sent, or will be tried again.
    Waiting,
    /// It was taken in.
    Sent,
    /// It was given up.
    Failed,
}

impl DeliveryState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Sent, Self::Failed];

    /// The stored and transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Failed => "failed",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// The latest message to a destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastDelivery {
    /// When it was sent or given up; until then, when it was written.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// What has become of it.
    pub state: DeliveryState,
    /// Whether it was only to show that messages arrive.
    pub test: bool,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last try failed, if it did.
    pub failure: Option<String>,
    /// When it is tried again, if it is.
    #[serde(default, with = "crate::moment")]
    pub next_attempt_at: Option<DateTime<Utc>>,
}

/// A destination as the provider sees it; never the secret of a webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertDestinationRow {
    /// Its id.
    pub id: AlertDestinationId,
    /// How messages get there.
    pub kind: DestinationKind,
    /// The address.
    pub address: String,
    /// When it was added.
    #[serde(with = "crate::moment")]
    pub created_at: DateTime<Utc>,
    /// The latest message to it; none where nothing has been sent.
    pub last: Option<LastDelivery>,
}

/// All destinations of a provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertDestinations {
    /// The destinations, the first that was added first.
    pub rows: Vec<AlertDestinationRow>,
    /// Whether the server can send e-mail.
    pub sends_email: bool,
}

/// A destination that was just added.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAlertDestination {
    /// What signs the requests of a webhook, told this once.
    pub secret: Option<String>,
    /// The same as the provider sees it from now on.
    pub row: AlertDestinationRow,
}

impl fmt::Debug for NewAlertDestination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewAlertDestination")
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_wrong_is_told_at_the_address() {
        for kind in DestinationKind::ALL {
            let wrong = DestinationAddress::parse(kind, "nowhere").unwrap_err();
            assert_eq!(wrong.field, "address");
            assert_eq!(DestinationKind::parse(kind.as_str()), Some(kind));
        }
        let email = DestinationAddress::parse(DestinationKind::Email, "Ops@Company.Example").unwrap();
        assert_eq!(
            (email.kind(), email.as_str()),
            (DestinationKind::Email, "ops@company.example")
        );
    }

    #[test]
    fn of_a_webhook_only_its_host_is_no_secret() {
        for text in [
            "https://hooks.company.example",
            "https://hooks.company.example:8443/T0/B0/x7f3a",
            "https://Hooks.Company.Example?token=x7f3a",
        ] {
            let webhook = DestinationAddress::parse(DestinationKind::Webhook, text).unwrap();
            assert_eq!(webhook.without_secrets(), "https://hooks.company.example", "{text}");
        }
        let email = DestinationAddress::parse(DestinationKind::Email, "ops@company.example").unwrap();
        assert_eq!(email.without_secrets(), "ops@company.example");
    }

    #[test]
    fn a_secret_is_never_printed() {
        let made = NewAlertDestination {
            secret: Some("whsec_told_once".to_owned()),
            row: AlertDestinationRow {
                id: AlertDestinationId(Uuid::nil()),
                kind: DestinationKind::Webhook,
                address: "https://hooks.company.example".to_owned(),
                created_at: DateTime::UNIX_EPOCH,
                last: None,
            },
        };
        let printed = format!("{made:?}");
        assert!(
            printed.contains("hooks.company") && !printed.contains("told_once"),
            "{printed}"
        );
    }
}
