//! Sending e-mail through the server that the settings name.

use std::time::Duration;

use domain::{account::EmailAddress, alert::AlertMessage};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp,
};
use secrecy::ExposeSecret;
use thiserror::Error;
use uuid::Uuid;

use super::Undelivered;
use crate::crypto::Secret;

/// How long the server may take for one command.
const COMMAND_TIME: Duration = Duration::from_secs(10);
/// How long sending one message may take.
const TIME: Duration = Duration::from_secs(20);
/// With these a server refuses whoever sends and not what is sent: the password is wrong, or there is none (RFC 4954, 6).
const NOT_SIGNED_IN: [u16; 4] = [530, 534, 535, 538];

/// How e-mail is sent.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// The server: `smtps://USER:PASSWORD@HOST`, or `smtp://USER:PASSWORD@HOST?tls=required`.
    pub server: Secret,
    /// Who it is from: an address, perhaps with a name before it.
    pub from: String,
}

/// Why the settings for e-mail cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MailSettingsError {
    /// The address of the server is none.
    #[error(
        "The mail server must be written as smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST:PORT?tls=required, \
         with signs such as @ and / in a password percent-encoded."
    )]
    Server,
    /// The address of the sender is none.
    #[error("The sender of e-mail must be an address, such as portal@company.example.")]
    From,
}

/// Sends e-mail.
pub(super) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    pub(super) fn new(settings: &MailSettings) -> Result<Self, MailSettingsError> {
        let from: Mailbox = settings.from.parse().map_err(|_| MailSettingsError::From)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(settings.server.expose_secret())
            .map_err(|_| MailSettingsError::Server)?
            .timeout(Some(COMMAND_TIME))
            .build();
        Ok(Self { transport, from })
    }

    /// Sends the message of that payload.
    pub(super) async fn send(&self, id: Uuid, to: &EmailAddress, payload: &str) -> Result<(), Undelivered> {
        let message: AlertMessage = serde_json::from_str(payload).map_err(|_| Undelivered::Garbled)?;
        let to: Mailbox = to.as_str().parse().map_err(|_| Undelivered::NotAnAddress)?;
        let email = Message::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .subject(message.subject())
            .header(ContentType::TEXT_PLAIN)
            .body(message.text())
            .map_err(|_| Undelivered::NotAnAddress)?;
        let sent = tokio::time::timeout(TIME, self.transport.send(email)).await;
        match sent {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(failure(&error)),
            Err(_) => Err(Undelivered::NoMailAnswer),
        }
    }
}

/// Why the message was not taken. What the server says of it beyond its code stays out of what people read.
fn failure(error: &smtp::Error) -> Undelivered {
    let code = error.status().map_or(0, u16::from);
    if NOT_SIGNED_IN.contains(&code) {
        Undelivered::MailNotSignedIn(code)
    } else if error.is_permanent() {
        Undelivered::MailRefused(code)
    } else if error.is_transient() {
        Undelivered::MailDelayed(code)
    } else if error.is_client() {
        Undelivered::MailServerLacks
    } else {
        Undelivered::NoMailAnswer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_up(server: &str, from: &str) -> Result<(), MailSettingsError> {
        let settings = MailSettings {
            server: Secret::from(server),
            from: from.to_owned(),
        };
        Mailer::new(&settings).map(drop)
    }

    #[test]
    fn settings_that_cannot_be_used_are_told() {
        let from = "Messaging Portal <portal@company.example>";
        assert_eq!(set_up("smtp://mail.company.example:25", from), Ok(()));
        assert_eq!(
            set_up("smtps://u:p%40x@mail.company.example", "portal@company.example"),
            Ok(())
        );
        for server in ["mail.company.example", "https://mail.company.example", ""] {
            assert_eq!(set_up(server, from), Err(MailSettingsError::Server), "{server}");
        }
        assert_eq!(
            set_up("smtp://mail.company.example", "nobody"),
            Err(MailSettingsError::From)
        );
    }
}
