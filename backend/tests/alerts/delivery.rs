//! How messages are sent, and what becomes of those that are not taken in.

use axum::http::StatusCode;
use backend::{
    Parts,
    services::alert_destination,
    testing::{Engine, TestPortal},
};
use chrono::TimeDelta;
use domain::{
    alert::{AlertDestinationInput, DeliveryState, DestinationKind, LastDelivery},
    carrier_profile::CarrierKind,
};
use rstest::rstest;

use crate::{lab::Lab, webhook::Request};

/// An enterprise with a domain that has expired.
async fn expired(engine: Engine) -> Lab {
    let lab = Lab::open(engine).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    clinic.domain("voice.example", profile, -1).await;
    lab
}

/// The message about it was sent to a webhook, which has answered so.
async fn answered(engine: Engine, status: StatusCode) -> Lab {
    let lab = expired(engine).await;
    lab.add_webhook().await;
    lab.webhook.answer(status);
    lab.round().await;
    lab
}

/// The message about it was sent to a mailbox, which has refused it once.
async fn refused(engine: Engine, answer: &'static str) -> Lab {
    let lab = expired(engine).await;
    lab.add_mailbox().await;
    lab.mail.refuse(Some(answer));
    lab.round().await;
    lab.mail.refuse(None);
    lab
}

async fn last(lab: &Lab) -> LastDelivery {
    lab.destination().await.last.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_webhook_is_called_with_a_signature(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = expired(engine).await;
    let (_, secret) = lab.add_webhook().await;
    lab.round().await;

    let [request]: [Request; 1] = lab.webhook.requests().try_into().unwrap();
    assert_eq!(request.uri, "/alerts?from=portal");
    assert_eq!(request.header("content-type"), "application/json");
    assert_eq!(request.header("webhook-timestamp"), lab.now().timestamp().to_string());
    assert!(request.is_signed_with(&secret));
    let other = "whsec_MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=";
    assert!(!request.is_signed_with(other));
    let json = request.json();
    assert_eq!(json["type"], "alert.opened");
    assert_eq!(json["alert"]["kind"], "domain_expired");
    assert_eq!(json["alert"]["enterprise"], "alder-clinics");
    assert_eq!(json["alert"]["name"], "voice.example");
    assert_eq!(last(&lab).await.state, DeliveryState::Sent);
}

#[rstest]
#[tokio::test]
async fn what_is_not_taken_in_is_tried_again_under_the_same_id(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = answered(engine, StatusCode::SERVICE_UNAVAILABLE).await;
    lab.round().await;
    assert_eq!(lab.webhook.requests().len(), 1, "not before its time");
    let delivery = last(&lab).await;
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Waiting, 1));
    assert_eq!(
        delivery.failure.as_deref(),
        Some("The webhook answered with status 503.")
    );
    assert!(delivery.next_attempt_at.is_some_and(|at| at > lab.now()));

    lab.webhook.answer(StatusCode::OK);
    lab.pass(TimeDelta::minutes(1)).await;
    let [first, second]: [Request; 2] = lab.webhook.requests().try_into().unwrap();
    assert_eq!(first.header("webhook-id"), second.header("webhook-id"));
    assert_ne!(first.header("webhook-timestamp"), second.header("webhook-timestamp"));
    let delivery = last(&lab).await;
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Sent, 2));
    assert_eq!((delivery.failure, delivery.at), (None, lab.now()));
}

#[rstest]
#[tokio::test]
async fn after_ten_tries_a_message_has_failed_and_that_shows(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = answered(engine, StatusCode::FOUND).await;
    for _ in 0..12 {
        lab.pass(TimeDelta::hours(1)).await;
    }
    let requests = lab.webhook.requests();
    assert_eq!(requests.len(), 10);
    assert!(
        requests.iter().all(|request| request.uri == "/alerts?from=portal"),
        "nobody is followed elsewhere"
    );
    let delivery = last(&lab).await;
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Failed, 10));
    assert_eq!(
        delivery.failure.as_deref(),
        Some("The webhook answered with status 302.")
    );
    assert_eq!(delivery.next_attempt_at, None);
}

#[rstest]
#[case::for_good(
    "550 No such user",
    DeliveryState::Failed,
    "The mail server refused the message (code 550)."
)]
#[case::until_it_knows_the_portal(
    "535 Authentication credentials invalid",
    DeliveryState::Waiting,
    "The mail server did not let the portal sign in (code 535). Tell whoever runs the portal."
)]
#[case::for_now(
    "451 Try later",
    DeliveryState::Waiting,
    "The mail server did not take the message for now (code 451)."
)]
#[tokio::test]
async fn a_mail_server_may_say_no(
    #[case] answer: &'static str,
    #[case] state: DeliveryState,
    #[case] reason: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = refused(engine, answer).await;
    let delivery = last(&lab).await;
    assert_eq!((delivery.state, delivery.attempts), (state, 1));
    assert_eq!(delivery.failure.as_deref(), Some(reason));

    lab.pass(TimeDelta::minutes(1)).await;
    let taken = usize::from(state == DeliveryState::Waiting);
    assert_eq!(lab.mail.taken().len(), taken);
}

/// While servers are replaced by those of a newer version, the older ones find messages that they do not understand.
#[rstest]
#[tokio::test]
async fn what_a_newer_version_has_written_is_left_to_it(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = refused(engine, "451 Try later").await;
    let newer = "UPDATE alert_delivery SET payload = '{\"type\":\"alert.sung\",\"at\":\"2030-01-01T00:00:00Z\"}'";
    lab.portal.execute(newer).await.unwrap();
    lab.pass(TimeDelta::minutes(1)).await;
    let delivery = last(&lab).await;
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Waiting, 2));
    assert_eq!(lab.mail.taken(), []);
}

/// The mail server of the tests knows no SMTPUTF8 (RFC 6531).
#[rstest]
#[tokio::test]
async fn a_mail_server_may_lack_what_an_address_takes(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let added = lab
        .add(DestinationKind::Email, "operations@müller.example")
        .await
        .unwrap();
    let provider = lab.portal.provider_admin().await;
    let tested = alert_destination::send_test(&provider, &lab.backend, added.row.id).await;
    let last = tested.unwrap().last.unwrap();
    assert_eq!(last.state, DeliveryState::Failed);
    assert_eq!(
        last.failure.as_deref(),
        Some(
            "The mail server offers no safe connection (TLS), no way to sign in that the portal knows, or takes no \
             address with letters such as ü."
        )
    );
    assert_eq!(lab.mail.taken(), []);
}

#[rstest]
#[tokio::test]
async fn what_somebody_was_sending_when_they_were_killed_is_sent_by_the_next(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = refused(engine, "451 Try later").await;
    let later = (lab.now() + TimeDelta::minutes(1)).to_rfc3339();
    let taken = format!("UPDATE alert_delivery SET attempts = 2, next_attempt_at = '{later}'");
    lab.portal.execute(&taken).await.unwrap();
    lab.pass(TimeDelta::seconds(59)).await;
    assert_eq!(lab.mail.taken(), []);
    lab.pass(TimeDelta::seconds(1)).await;
    assert_eq!(lab.mail.taken().len(), 1);
    assert_eq!(last(&lab).await.attempts, 3);
}

#[rstest]
#[tokio::test]
async fn only_the_latest_of_old_messages_is_kept(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = expired(engine).await;
    lab.add_mailbox().await;
    lab.round().await;
    lab.renew().await;
    lab.round().await;
    let messages = "SELECT COUNT(*) FROM alert_delivery";
    assert_eq!(lab.portal.number(messages).await, 2);
    lab.pass(TimeDelta::days(89)).await;
    assert_eq!(lab.portal.number(messages).await, 2);
    lab.pass(TimeDelta::days(2)).await;
    assert_eq!(lab.portal.number(messages).await, 1);
    assert_eq!(last(&lab).await.state, DeliveryState::Sent);
}

#[rstest]
#[tokio::test]
async fn what_a_server_without_e_mail_cannot_send_is_left_to_the_others(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = expired(engine).await;
    lab.add_mailbox().await;
    let without = lab.portal.database().open_with_parts(Parts::default()).await;
    lab.alerts_of(&without).round().await.unwrap();
    let delivery = last(&lab).await;
    assert_eq!((delivery.state, delivery.attempts), (DeliveryState::Waiting, 1));
    let reason = "This portal sends no e-mail: whoever runs it has set no mail server.";
    assert_eq!(delivery.failure.as_deref(), Some(reason));
    lab.pass(TimeDelta::minutes(1)).await;
    assert_eq!(lab.mail.taken().len(), 1);
    assert_eq!(last(&lab).await.state, DeliveryState::Sent);
}

#[rstest]
#[tokio::test]
async fn an_address_that_is_none_keeps_no_other_from_being_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = expired(engine).await;
    let mailbox = lab.add_mailbox().await;
    lab.add_webhook().await;
    let broken = "UPDATE alert_destination SET address = 'nobody' WHERE kind = 'email'";
    lab.portal.execute(broken).await.unwrap();
    lab.round().await;
    assert_eq!(lab.webhook.requests().len(), 1);
    let provider = lab.portal.provider_admin().await;
    let row = alert_destination::get(&provider, &lab.backend, mailbox.id)
        .await
        .unwrap();
    assert_eq!(
        row.last.unwrap().failure.as_deref(),
        Some("This version of the portal cannot use this address. Add it again.")
    );
}

#[rstest]
#[tokio::test]
async fn without_a_mail_server_that_is_said(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let backend = portal.database().open_with_parts(Parts::default()).await;
    let provider = portal.provider_admin().await;
    let input = AlertDestinationInput {
        kind: DestinationKind::Email,
        address: "operations@company.example".to_owned(),
    };
    let added = alert_destination::create(&provider, &backend, &input).await.unwrap();
    assert!(!alert_destination::list(&provider, &backend).await.unwrap().sends_email);
    let tested = alert_destination::send_test(&provider, &backend, added.row.id).await;
    let last = tested.unwrap().last.unwrap();
    assert_eq!((last.state, last.test), (DeliveryState::Failed, true));
    let reason = "This portal sends no e-mail: whoever runs it has set no mail server.";
    assert_eq!(last.failure.as_deref(), Some(reason));
}
