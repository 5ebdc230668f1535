//! Sending alerts: signed requests to webhooks, and e-mail. Knows no database: what it sends, and where, it is given with
//! each message.

mod email;
mod signature;
mod webhook;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::alert::DestinationAddress;
use thiserror::Error;
use uuid::Uuid;

pub use self::email::{MailSettings, MailSettingsError};
pub(crate) use self::signature::new_secret;
use self::{email::Mailer, webhook::WebhookClient};
use crate::{carriers::CarrierSettings, crypto::Secret};

/// What sends messages. By default it can send none. Cloning it is cheap.
#[derive(Clone, Default)]
pub struct Messenger {
    webhooks: Option<Arc<WebhookClient>>,
    mailer: Option<Arc<Mailer>>,
}

/// A message on its way to one address.
pub(crate) struct Outgoing<'m> {
    /// The same with each try, so that whoever gets the message twice can tell.
    pub(crate) id: Uuid,
    pub(crate) address: &'m DestinationAddress,
    /// What signs it on its way to a webhook.
    pub(crate) secret: Option<Secret>,
    /// The message as JSON.
    pub(crate) payload: &'m str,
    /// The time of this try.
    pub(crate) at: DateTime<Utc>,
}

/// Why a message was not taken in: a sentence for the provider's admin, without anything secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub(crate) enum Undelivered {
    /// No server for e-mail is set.
    #[error("This portal sends no e-mail: whoever runs it has set no mail server.")]
    NoMailServer,
    /// The program cannot call webhooks.
    #[error("This portal calls no webhooks.")]
    NoWebhooks,
    /// The secret of the webhook cannot be decrypted.
    #[error(
        "The secret of this webhook cannot be read: the key it was encrypted with is missing. Add the webhook again."
    )]
    NoSecret,
    /// The stored address is none, or one of another version of the program.
    #[error("This version of the portal cannot use this address. Add it again.")]
    NoAddress,
    /// The message was written by another version of the program.
    #[error("This version of the portal does not understand the message.")]
    Garbled,
    /// The address leads into a private network.
    #[error("The webhook's host has a private address. The portal does not connect to those.")]
    PrivateHost,
    /// The host does not exist, takes no connection, or cannot prove who it is.
    #[error("The webhook's host cannot be reached, or offers no safe connection (TLS).")]
    Unreachable,
    /// It took the connection and did not answer in time.
    #[error("The webhook did not answer.")]
    NoAnswer,
    /// It answered that it did not take the message in.
    #[error("The webhook answered with status {0}.")]
    Status(u16),
    /// The mail server cannot be reached, or did not answer in time.
    #[error("The mail server did not answer.")]
    NoMailAnswer,
    /// The mail server was reached and cannot do what sending the message takes.
    #[error(
        "The mail server offers no safe connection (TLS), no way to sign in that the portal knows, or takes no address \
         with letters such as ü."
    )]
    MailServerLacks,
    /// The mail server's certificate does not prove that it is the one the settings name.
    #[error(
        "The mail server cannot prove who it is: its certificate has expired, is for another name, or comes from an \
         authority that the portal does not trust. Tell whoever runs the portal."
    )]
    MailServerUnproven,
    /// The mail server does not know the portal: its settings have to be mended, and the message waits for that.
    #[error("The mail server did not let the portal sign in (code {0}). Tell whoever runs the portal.")]
    MailNotSignedIn(u16),
    /// The mail server refused the message for now.
    #[error("The mail server did not take the message for now (code {0}).")]
    MailDelayed(u16),
    /// The mail server refused the message for good.
    #[error("The mail server refused the message (code {0}).")]
    MailRefused(u16),
    /// The address cannot be written into an e-mail.
    #[error("No e-mail can be sent to this address.")]
    NotAnAddress,
}

impl Undelivered {
    /// Whether no further try will help.
    pub(crate) fn is_final(self) -> bool {
        match self {
            Self::NoWebhooks | Self::MailRefused(_) | Self::NotAnAddress => true,
            // Another server may be the next to try: one of the other version, or with a mail server.
            Self::NoMailServer
            | Self::NoAddress
            | Self::Garbled
            | Self::NoSecret
            | Self::PrivateHost
            | Self::Unreachable
            | Self::NoAnswer
            | Self::Status(_)
            | Self::NoMailAnswer
            | Self::MailServerLacks
            | Self::MailServerUnproven
            | Self::MailNotSignedIn(_)
            | Self::MailDelayed(_) => false,
        }
    }
}

impl Messenger {
    /// One that calls webhooks, by the rules for the hosts of carriers, and sends e-mail where a server is set.
    ///
    /// # Errors
    /// [`SetUpError`], one sentence for whoever starts the program.
    pub fn new(hosts: &CarrierSettings, mail: Option<&MailSettings>) -> Result<Self, SetUpError> {
        Ok(Self {
            webhooks: Some(Arc::new(WebhookClient::new(hosts)?)),
            mailer: mail.map(Mailer::new).transpose()?.map(Arc::new),
        })
    }

    /// Whether it can send e-mail.
    #[must_use]
    pub fn sends_email(&self) -> bool {
        self.mailer.is_some()
    }

    /// Sends a message once.
    pub(crate) async fn send(&self, message: Outgoing<'_>) -> Result<(), Undelivered> {
        match message.address {
            DestinationAddress::Email(address) => {
                let mailer = self.mailer.as_ref().ok_or(Undelivered::NoMailServer)?;
                mailer.send(message.id, address, message.payload).await
            }
            DestinationAddress::Webhook(address) => {
                let webhooks = self.webhooks.as_ref().ok_or(Undelivered::NoWebhooks)?;
                let secret = message.secret.as_ref().ok_or(Undelivered::NoSecret)?;
                let signed = signature::sign(secret, message.id, message.at, message.payload)?;
                webhooks.call(address, &signed, message.payload).await
            }
        }
    }
}

/// Why messages cannot be sent at all.
#[derive(Debug, Error)]
pub enum SetUpError {
    /// The system's own fault: TLS or name resolution cannot be set up.
    #[error("Connections to webhooks cannot be set up: {0}.")]
    Webhooks(#[from] reqwest::Error),
    /// The settings for e-mail cannot be used.
    #[error(transparent)]
    Mail(#[from] MailSettingsError),
}
