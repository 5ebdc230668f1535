//! Where alerts are sent: who may say so, and that the secret of a webhook is told once.

use axum::http::StatusCode;
use backend::{
    crypto::KeySource,
    services::{alert_destination, keys::rotate},
    testing::{Engine, anonymous},
};
use chrono::TimeDelta;
use domain::{
    access::Resource,
    alert::{AlertDestinationInput, DeliveryState, DestinationKind, MAX_DESTINATIONS},
    carrier_profile::CarrierKind,
    error::Error,
};
use rstest::rstest;

use crate::{
    lab::{HOOK, Lab, OPERATIONS},
    webhook::Request,
};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::AlertDestination,
};

#[rstest]
#[tokio::test]
async fn the_secret_of_a_webhook_is_told_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let (row, secret) = lab.add_webhook().await;
    assert!(secret.starts_with("whsec_") && secret.len() > 40, "{secret}");
    assert_eq!(
        (row.kind, row.address.as_str(), &row.last),
        (DestinationKind::Webhook, HOOK, &None)
    );
    let listed = alert_destination::list(&lab.portal.provider_admin().await, &lab.backend)
        .await
        .unwrap();
    assert!(listed.sends_email);
    assert_eq!(listed.rows, [row]);
    let told = serde_json::to_string(&listed).unwrap();
    let key = secret.strip_prefix("whsec_").unwrap();
    assert!(!told.contains(key), "{told}");
    let entries = format!("SELECT COUNT(*) FROM audit_event WHERE after LIKE '%{key}%' OR before LIKE '%{key}%'");
    assert_eq!(lab.portal.number(&entries).await, 0);

    let mailbox = lab
        .add(DestinationKind::Email, "Operations@Company.Example")
        .await
        .unwrap();
    assert_eq!((mailbox.secret, mailbox.row.address.as_str()), (None, OPERATIONS));
}

#[rstest]
#[tokio::test]
async fn a_test_message_is_sent_at_once_and_its_fate_is_told(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = Lab::open(engine).await;
    let provider = lab.portal.provider_admin().await;
    let (row, secret) = lab.add_webhook().await;
    let last = async |id| {
        let tested = alert_destination::send_test(&provider, &lab.backend, id).await;
        tested.unwrap().last.unwrap()
    };
    let sent = last(row.id).await;
    assert_eq!((sent.state, sent.test, sent.failure), (DeliveryState::Sent, true, None));
    let [request]: [Request; 1] = lab.webhook.requests().try_into().unwrap();
    assert!(request.is_signed_with(&secret));
    assert_eq!(request.json()["type"], "test");

    lab.webhook.answer(StatusCode::GONE);
    let failed = last(row.id).await;
    assert_eq!(
        (failed.state, failed.attempts),
        (DeliveryState::Failed, 1),
        "nobody waits for another try"
    );
    assert_eq!(failed.failure.as_deref(), Some("The webhook answered with status 410."));

    let mailbox = lab.add_mailbox().await;
    assert_eq!(last(mailbox.id).await.state, DeliveryState::Sent);
    assert_eq!(lab.mail.subjects(), ["Test message from the Messaging Portal"]);
    let entries = "SELECT COUNT(*) FROM audit_event WHERE resource = 'alert_destination' AND action = 'update'";
    assert_eq!(lab.portal.number(entries).await, 3);
}

/// Path and query are often what lets messages in.
#[rstest]
#[tokio::test]
async fn the_audit_log_tells_only_the_host_of_a_webhook(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let provider = lab.portal.provider_admin().await;
    let (row, _) = lab.add_webhook().await;
    alert_destination::send_test(&provider, &lab.backend, row.id)
        .await
        .unwrap();
    alert_destination::remove(&provider, &lab.backend, row.id)
        .await
        .unwrap();
    lab.add_mailbox().await;
    for (subject, entries) in [("https://hooks.company.example", 3), (OPERATIONS, 1)] {
        let named = format!("SELECT COUNT(*) FROM audit_event WHERE subject = '{subject}'");
        assert_eq!(lab.portal.number(&named).await, entries, "{subject}");
    }
    let path = HOOK.strip_prefix("https://hooks.company.example").unwrap();
    let told = format!(
        "SELECT COUNT(*) FROM audit_event \
         WHERE subject LIKE '%{path}%' OR before LIKE '%{path}%' OR after LIKE '%{path}%'"
    );
    assert_eq!(lab.portal.number(&told).await, 0);
}

/// As when an alert is written while the answer to a test message is waited for.
#[rstest]
#[tokio::test]
async fn a_test_message_is_told_of_though_another_is_the_latest(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = Lab::open(engine).await;
    let provider = lab.portal.provider_admin().await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    clinic.domain("voice.example", profile, -1).await;
    let (row, _) = lab.add_webhook().await;
    lab.webhook.answer(StatusCode::GONE);
    lab.round().await;
    // Ids of later messages sort later.
    let last_id = match engine {
        Engine::Sqlite => format!("x'{}'", "f".repeat(32)),
        Engine::Postgres => format!("'{}'", "f".repeat(32)),
    };
    let latest = format!("UPDATE alert_delivery SET id = {last_id}");
    lab.portal.execute(&latest).await.unwrap();

    lab.webhook.answer(StatusCode::OK);
    let tested = alert_destination::send_test(&provider, &lab.backend, row.id).await;
    let told = tested.unwrap().last.unwrap();
    assert_eq!((told.state, told.test, told.failure), (DeliveryState::Sent, true, None));
    let recorded = "SELECT COUNT(*) FROM audit_event WHERE resource = 'alert_destination' AND after LIKE '%\"sent\"%'";
    assert_eq!(lab.portal.number(recorded).await, 1);
}

#[rstest]
#[tokio::test]
async fn what_cannot_be_a_destination_is_refused(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let field = async |kind, address: &str| {
        let refused = lab.add(kind, address).await.unwrap_err();
        refused.field_errors()[0].field.clone()
    };
    for (kind, address) in [
        (DestinationKind::Email, "nowhere"),
        (DestinationKind::Webhook, "http://hooks.company.example/"),
        (DestinationKind::Webhook, "https://127.0.0.1/"),
    ] {
        assert_eq!(field(kind, address).await, "address");
    }
    lab.add_mailbox().await;
    let again = lab.add(DestinationKind::Email, OPERATIONS).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    for n in 1..MAX_DESTINATIONS {
        let address = format!("operations{n}@company.example");
        lab.add(DestinationKind::Email, &address).await.unwrap();
    }
    let too_many = lab.add(DestinationKind::Email, "one-more@company.example").await;
    assert!(matches!(too_many, Err(Error::Conflict(_))), "{too_many:?}");
}

#[rstest]
#[tokio::test]
async fn a_destination_that_is_removed_gets_nothing_more(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let provider = lab.portal.provider_admin().await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    clinic.domain("voice.example", profile, -1).await;
    let (row, _) = lab.add_webhook().await;
    lab.webhook.answer(StatusCode::SERVICE_UNAVAILABLE);
    lab.round().await;
    alert_destination::remove(&provider, &lab.backend, row.id)
        .await
        .unwrap();
    lab.pass(TimeDelta::hours(1)).await;
    assert_eq!(lab.webhook.requests().len(), 1);
    let gone = alert_destination::remove(&provider, &lab.backend, row.id).await;
    assert_eq!(gone, Err(NOT_FOUND));
    let tested = alert_destination::send_test(&provider, &lab.backend, row.id).await;
    assert_eq!(tested, Err(NOT_FOUND));
}

#[rstest]
#[tokio::test]
async fn only_the_admins_of_a_provider_see_its_destinations(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = Lab::open(engine).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let elsewhere = lab.portal.enterprise_elsewhere("cedar-lines").await;
    let row = lab.add_mailbox().await;
    let no_provider = Error::NotFound {
        resource: Resource::Provider,
    };
    let input = AlertDestinationInput {
        kind: DestinationKind::Email,
        address: "mine@company.example".to_owned(),
    };
    for (who, expected) in [
        (anonymous(), Error::SignedOut),
        (clinic.viewer().await, no_provider.clone()),
        (clinic.admin().await, no_provider.clone()),
        (lab.portal.system(), no_provider),
    ] {
        let backend = &lab.backend;
        let refusals = [
            alert_destination::list(&who, backend).await.map(drop),
            alert_destination::get(&who, backend, row.id).await.map(drop),
            alert_destination::create(&who, backend, &input).await.map(drop),
            alert_destination::remove(&who, backend, row.id).await,
            alert_destination::send_test(&who, backend, row.id).await.map(drop),
        ];
        for refused in refusals {
            assert_eq!(refused, Err(expected.clone()));
        }
    }
    let other = elsewhere.provider_admin().await;
    assert_eq!(alert_destination::list(&other, &lab.backend).await.unwrap().rows, []);
    let read = alert_destination::get(&other, &lab.backend, row.id).await;
    assert_eq!(read, Err(NOT_FOUND));
    let removed = alert_destination::remove(&other, &lab.backend, row.id).await;
    assert_eq!(removed, Err(NOT_FOUND));
    let tested = alert_destination::send_test(&other, &lab.backend, row.id).await;
    assert_eq!(tested, Err(NOT_FOUND));
    assert_eq!(lab.destination().await, row);
    let own = alert_destination::get(&lab.portal.provider_admin().await, &lab.backend, row.id).await;
    assert_eq!(own, Ok(row));
}

#[rstest]
#[tokio::test]
async fn secrets_of_webhooks_get_the_new_key_too(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.keys");
    let lab = Lab::open_with_keys(engine, KeySource::File(path)).await;
    let (row, secret) = lab.add_webhook().await;
    let key = "SELECT key_id FROM alert_destination";
    let before = lab.portal.text(key).await;
    let rotation = rotate(&lab.portal.system(), &lab.backend, |_| {}).await.unwrap();
    assert_eq!((rotation.made, rotation.values), (true, 1));
    let after = lab.portal.text(key).await;
    assert_ne!(before, after);
    assert_eq!(after.as_deref(), Some(rotation.key_id.as_str()));

    let provider = lab.portal.provider_admin().await;
    alert_destination::send_test(&provider, &lab.backend, row.id)
        .await
        .unwrap();
    let [request]: [Request; 1] = lab.webhook.requests().try_into().unwrap();
    assert!(request.is_signed_with(&secret));
}
