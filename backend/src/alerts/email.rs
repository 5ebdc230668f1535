//! Sending e-mail through the server that the settings name.

mod authorities;

use std::{
    borrow::Cow,
    error::Error as _,
    io,
    net::IpAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use domain::{account::EmailAddress, alert::AlertMessage};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{self, client::Tls},
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
    /// A file with certificates (PEM) of authorities that may vouch for the server, beside those that Mozilla trusts.
    pub ca_file: Option<PathBuf>,
}

/// Why the settings for e-mail cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
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
    /// The file with the authorities cannot be read, or holds none.
    #[error("The file with the authorities of the mail server, {path}, cannot be used: {cause}.")]
    Authorities {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// There are authorities for the certificate of a server that is asked for none.
    #[error(
        "The mail server is asked for no certificate, so a file with authorities has no use: write smtps:// at the \
         beginning of its address, or ?tls=required at its end."
    )]
    AuthoritiesInClear,
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
        let mut transport =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(server).map_err(|_| MailSettingsError::Server)?;
        let server = Url::parse(server).map_err(|_| MailSettingsError::Server)?;
        if shows_password(&server) {
            return Err(MailSettingsError::PasswordInClear);
        }
        if let Some(ca_file) = &settings.ca_file {
            transport = transport.tls(trusting(&server, ca_file)?);
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

/// TLS as the address of the server asks for it, by the authorities in this file too.
fn trusting(server: &Url, ca_file: &Path) -> Result<Tls, MailSettingsError> {
    let kind = match (server.scheme(), tls_setting(server).as_deref()) {
        ("smtps", _) => Tls::Wrapper,
        (_, Some("required")) => Tls::Required,
        (_, Some("opportunistic")) => Tls::Opportunistic,
        _ => return Err(MailSettingsError::AuthoritiesInClear),
    };
    let host = server.host_str().ok_or(MailSettingsError::Server)?;
    authorities::parameters(host, ca_file).map(kind)
}

fn tls_setting(server: &Url) -> Option<Cow<'_, str>> {
    let mut settings = server.query_pairs();
    settings.find(|(name, _)| name == "tls").map(|(_, value)| value)
}

/// Whether the password would leave this computer without TLS, or may: a server, or who pretends to be it, need not
/// offer what is only `opportunistic`.
fn shows_password(server: &Url) -> bool {
    let is_safe = server.scheme() == "smtps" || tls_setting(server).as_deref() == Some("required");
    server.password().is_some() && !is_safe && !server.host_str().is_some_and(is_this_computer)
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
        match tls_failure(error) {
            Some(rustls::Error::InvalidCertificate(_)) => Undelivered::MailServerUnproven,
            Some(_) => Undelivered::MailServerLacks,
            None => Undelivered::NoMailAnswer,
        }
    }
}

/// What TLS finds fault with, if it is that.
fn tls_failure(error: &smtp::Error) -> Option<&rustls::Error> {
    let mut cause = error.source();
    while let Some(current) = cause {
        // An error of input or output is silent about what it was made of.
        if let Some(error) = current.downcast_ref::<io::Error>() {
            return error.get_ref()?.downcast_ref();
        }
        cause = current.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_up(server: &str, from: &str) -> Result<(), MailSettingsError> {
        let settings = MailSettings {
            server: Secret::from(server),
            from: from.to_owned(),
            ca_file: None,
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
