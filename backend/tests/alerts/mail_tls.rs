//! E-mail over TLS, from the beginning or by STARTTLS: only to a server that proves who it is.

use backend::{alerts::MailSettings, services::alert_destination, testing::Engine};
use domain::alert::{DeliveryState, LastDelivery};
use rstest::rstest;
use tokio_rustls::TlsAcceptor;

use crate::{
    authority::Authority,
    lab::{Lab, mail_settings},
    mail_server::{MailServer, Security},
};

/// Where the mail server of the test is reached.
const HOST: &str = "127.0.0.1";
const UNPROVEN: &str = "The mail server cannot prove who it is: its certificate has expired, is for another name, or comes \
                        from an authority that the portal does not trust. Tell whoever runs the portal.";
const LACKS: &str = "The mail server offers no safe connection (TLS), no way to sign in that the portal knows, or takes no \
                     address with letters such as ü.";

/// A portal that trusts this authority too, and sends to that server.
async fn trusting(engine: Engine, authority: &Authority, mail: MailServer) -> Lab {
    let ca_file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(ca_file.path(), &authority.pem).unwrap();
    let settings = MailSettings {
        ca_file: Some(ca_file.path().to_owned()),
        ..mail_settings(&mail.url())
    };
    Lab::open_to(engine, mail, &settings).await
}

/// What becomes of one message.
async fn sent(lab: &Lab) -> LastDelivery {
    let mailbox = lab.add_mailbox().await;
    let provider = lab.portal.provider_admin().await;
    let tested = alert_destination::send_test(&provider, &lab.backend, mailbox.id).await;
    tested.unwrap().last.unwrap()
}

/// Nothing was sent, and the provider's admin reads why.
async fn assert_refused(lab: &Lab, reason: &str) {
    let last = sent(lab).await;
    assert_eq!(last.state, DeliveryState::Failed);
    assert_eq!(last.failure.as_deref(), Some(reason));
    assert_eq!(lab.mail.taken(), []);
}

#[rstest]
#[case::from_the_beginning(Security::Tls)]
#[case::by_starttls(Security::StartTls)]
#[tokio::test]
async fn a_server_that_an_authority_of_the_settings_vouches_for_gets_e_mail(
    #[case] security: fn(TlsAcceptor) -> Security,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let authority = Authority::new();
    let mail = MailServer::start_with(security(authority.vouch_for(HOST))).await;
    let lab = trusting(engine, &authority, mail).await;
    let last = sent(&lab).await;
    assert_eq!((last.state, last.failure), (DeliveryState::Sent, None));
    assert_eq!(lab.mail.taken().len(), 1);
}

#[rstest]
#[case::from_the_beginning(Security::Tls)]
#[case::by_starttls(Security::StartTls)]
#[tokio::test]
async fn a_server_that_nobody_known_vouches_for_gets_nothing(
    #[case] security: fn(TlsAcceptor) -> Security,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mail = MailServer::start_with(security(Authority::new().vouch_for(HOST))).await;
    let settings = mail_settings(&mail.url());
    let lab = Lab::open_to(engine, mail, &settings).await;
    assert_refused(&lab, UNPROVEN).await;
}

#[rstest]
#[tokio::test]
async fn no_authority_vouches_for_what_another_has_signed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let mail = MailServer::start_with(Security::StartTls(Authority::new().vouch_for(HOST))).await;
    let lab = trusting(engine, &Authority::new(), mail).await;
    assert_refused(&lab, UNPROVEN).await;
}

#[rstest]
#[tokio::test]
async fn a_certificate_for_another_name_proves_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let authority = Authority::new();
    let mail = MailServer::start_with(Security::Tls(authority.vouch_for("mail.company.example"))).await;
    let lab = trusting(engine, &authority, mail).await;
    assert_refused(&lab, UNPROVEN).await;
}

/// The server is one that speaks in the clear only, or somebody in between who would like it to.
#[rstest]
#[case::from_the_beginning("smtps://ADDRESS")]
#[case::by_starttls("smtp://ADDRESS?tls=required")]
#[tokio::test]
async fn where_tls_is_required_nothing_is_sent_without(
    #[case] server: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let mail = MailServer::start().await;
    let settings = mail_settings(&server.replace("ADDRESS", &mail.address.to_string()));
    let lab = Lab::open_to(engine, mail, &settings).await;
    assert_refused(&lab, LACKS).await;
}
