//! Where alerts go: the e-mail addresses and webhooks of a provider.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{account::EmailAddress, carrier_profile::CarrierHost, error::FieldError, ids::AlertDestinationId};

/// The most destinations of a provider, a bound for its list and for what one alert sends.
pub const MAX_DESTINATIONS: u64 = 20;
/// The most characters of a webhook's address.
pub const WEBHOOK_URL_MAX: usize = 500;

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

/// The address of a webhook: `https`, the name of a host, perhaps a port, a path and a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookUrl {
    text: String,
    host: CarrierHost,
    /// Where the path begins in the text.
    path: usize,
}

/// A text is no address that a webhook can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "Enter an address that begins with https:// and the name of a host, such as https://hooks.company.example/alerts: no \
     user name, IP address or #, and at most {WEBHOOK_URL_MAX} characters."
)]
pub struct NotAWebhookUrl;

impl WebhookUrl {
    /// Reads an address. Only names are taken, since what they lead to is looked at with each connection.
    ///
    /// # Errors
    /// [`NotAWebhookUrl`] for anything else.
    pub fn parse(text: &str) -> Result<Self, NotAWebhookUrl> {
        let text = text.trim();
        let odd = |c: char| !c.is_ascii_graphic() || "\\#\"<>^`{|}".contains(c);
        let scheme = text.get(..8).ok_or(NotAWebhookUrl)?;
        if text.len() > WEBHOOK_URL_MAX || text.contains(odd) || !scheme.eq_ignore_ascii_case("https://") {
            return Err(NotAWebhookUrl);
        }
        let rest = text.get(8..).ok_or(NotAWebhookUrl)?;
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse::<u16>().map_err(|_| NotAWebhookUrl)?)),
            None => (authority, None),
        };
        let host = CarrierHost::parse(host).map_err(|_| NotAWebhookUrl)?;
        let before = match port {
            Some(0) => return Err(NotAWebhookUrl),
            Some(port) => format!("https://{host}:{port}"),
            None => format!("https://{host}"),
        };
        Ok(Self {
            path: before.len(),
            text: before + path,
            host,
        })
    }

    /// The text of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The name of the host.
    #[must_use]
    pub fn host(&self) -> &CarrierHost {
        &self.host
    }

    /// What follows host and port.
    #[must_use]
    pub fn path_and_query(&self) -> &str {
        self.text.get(self.path..).unwrap_or_default()
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
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    #[rstest]
    #[case("https://hooks.company.example", "https://hooks.company.example", "")]
    #[case(
        " HTTPS://Hooks.Company.Example/A?b=C ",
        "https://hooks.company.example/A?b=C",
        "/A?b=C"
    )]
    #[case("https://hooks.company.example:8443/x", "https://hooks.company.example:8443/x", "/x")]
    #[case("https://hooks.company.example?x=@", "https://hooks.company.example?x=@", "?x=@")]
    fn an_address_is_read(#[case] text: &str, #[case] expected: &str, #[case] path: &str) {
        let address = WebhookUrl::parse(text).unwrap();
        assert_eq!((address.as_str(), address.path_and_query()), (expected, path));
        assert_eq!(address.host().as_str(), "hooks.company.example");
    }

    #[rstest]
    #[case("")]
    #[case("https://")]
    #[case("http://hooks.company.example/")]
    #[case("hooks.company.example")]
    #[case("https://localhost/")]
    #[case("https://127.0.0.1/")]
    #[case("https://[::1]/")]
    #[case("https://0x7f.1/")]
    #[case("https://user@hooks.company.example/")]
    #[case("https://hooks.company.example:0/")]
    #[case("https://hooks.company.example:99999/")]
    #[case("https://hooks.company.example:/")]
    #[case("https://hooks.company.example/#x")]
    #[case("https://hooks.company.example\\@evil.example/")]
    #[case("https://hooks.company.example/a b")]
    #[case("https://hööks.company.example/")]
    fn anything_else_is_refused(#[case] text: &str) {
        assert_eq!(WebhookUrl::parse(text), Err(NotAWebhookUrl));
    }

    #[test]
    fn an_address_ends_somewhere() {
        let long = format!("https://hooks.company.example/{}", "x".repeat(WEBHOOK_URL_MAX));
        assert_eq!(WebhookUrl::parse(&long), Err(NotAWebhookUrl));
    }

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
