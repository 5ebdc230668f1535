//! Sending e-mail through the server that the settings name.

use std::{net::IpAddr, time::Duration};

use domain::{account::EmailAddress, alert::AlertMessage};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp,
};
use reqwest::Url;
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
    /// The password would be sent to the server without TLS.
    #[error(
        "The password for the mail server would be sent in the clear: write smtps:// at the beginning of its address, \
         or ?tls=required at its end."
    )]
    PasswordInClear,
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
        let server = settings.server.expose_secret();
        let transport =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(server).map_err(|_| MailSettingsError::Server)?;
        if shows_password(server) {
            return Err(MailSettingsError::PasswordInClear);
        }
        let transport = transport.timeout(Some(COMMAND_TIME)).build();
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

/// Whether the password would leave this computer without TLS, or may: a server, or who pretends to be it, need not
/// offer what is only `opportunistic`.
fn shows_password(server: &str) -> bool {
    let Ok(url) = Url::parse(server) else { return false };
    let mut settings = url.query_pairs();
    let requires_tls = settings
        .find(|(name, _)| name == "tls")
        .is_some_and(|(_, tls)| tls == "required");
    let is_safe = url.scheme() == "smtps" || requires_tls;
    url.password().is_some() && !is_safe && !url.host_str().is_some_and(is_this_computer)
}

fn is_this_computer(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
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

    #[test]
    fn a_password_is_not_sent_in_the_clear() {
        let from = "portal@company.example";
        for server in [
            "smtp://u:p@mail.company.example",
            "smtp://u:p@mail.company.example?tls=opportunistic",
            "smtp://u:p@192.0.2.1:25",
        ] {
            assert_eq!(
                set_up(server, from),
                Err(MailSettingsError::PasswordInClear),
                "{server}"
            );
        }
        for server in [
            "smtp://u:p@mail.company.example?tls=required",
            "smtps://u:p@mail.company.example",
            "smtp://u:p@localhost",
            "smtp://u:p@127.0.0.1:25",
            "smtp://u:p@[::1]:25",
            "smtp://mail.company.example",
        ] {
            assert_eq!(set_up(server, from), Ok(()), "{server}");
        }
    }
}
