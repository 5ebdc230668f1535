//! The secret of a webhook is used in every way, and looked for in everything that left the process.

use std::fmt::Write as _;

use axum::http::StatusCode;
use backend::{
    services::{alert_destination, audit},
    testing::{Engine, Seen, TestLog},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use domain::{alert::DestinationKind, carrier_profile::CarrierKind, table::TableQuery};

use crate::lab::{HOOK, Lab};

/// A secret in the forms in which it could show.
struct Marks {
    text: String,
    bytes: Vec<u8>,
    printed: String,
}

impl Marks {
    fn of(secret: &str) -> Self {
        let text = secret.strip_prefix("whsec_").unwrap().to_owned();
        let bytes = STANDARD.decode(&text).unwrap();
        let printed = format!("{bytes:?}");
        Self { text, bytes, printed }
    }

    /// The first line with one of them.
    fn line_in<'t>(&self, text: &'t str) -> Option<&'t str> {
        text.lines()
            .find(|line| line.contains(&self.text) || line.contains(&self.printed))
    }

    fn are_in(&self, stored: &[u8]) -> bool {
        holds(stored, self.text.as_bytes()) || holds(stored, &self.bytes)
    }
}

fn holds(stored: &[u8], mark: &[u8]) -> bool {
    stored.windows(mark.len()).any(|window| window == mark)
}

#[tokio::test]
async fn the_secret_of_a_webhook_leaves_the_process_only_once() {
    let (log, guard) = TestLog::keep();
    let lab = Lab::open(Engine::Sqlite).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    clinic.domain("voice.example", profile, -1).await;
    let (provider, backend) = (lab.portal.provider_admin().await, &lab.backend);

    let made = lab.add(DestinationKind::Webhook, HOOK).await.unwrap();
    let (id, marks) = (made.row.id, Marks::of(made.secret.as_deref().unwrap()));
    let mut seen = Seen::default();
    writeln!(seen.0, "{made:?}").unwrap();
    seen.add(lab.add(DestinationKind::Webhook, HOOK).await);
    for status in [StatusCode::SERVICE_UNAVAILABLE, StatusCode::OK] {
        lab.webhook.answer(status);
        seen.add(alert_destination::send_test(&provider, backend, id).await);
        lab.pass(TimeDelta::minutes(10)).await;
    }
    let stored = lab.portal.database().stored();
    let unreadable = "UPDATE alert_destination SET sealed = zeroblob(64)";
    lab.portal.execute(unreadable).await.unwrap();
    seen.add(alert_destination::send_test(&provider, backend, id).await);
    seen.add(alert_destination::list(&provider, backend).await);
    seen.add(alert_destination::get(&provider, backend, id).await);
    seen.add(audit::list(&provider, backend, clinic.slug(), &TableQuery::default()).await);
    seen.add(alert_destination::remove(&provider, backend, id).await);
    drop(guard);

    let requests = lab.webhook.requests();
    assert_eq!(requests.len(), 4, "two tests, and an alert that was tried twice");
    writeln!(seen.0, "{requests:?}").unwrap();
    assert!(seen.0.contains("answered with status 503"), "{}", seen.0);
    assert_eq!(marks.line_in(&seen.0), None);
    let log = log.text();
    for line in ["was not delivered", "the secret of a webhook cannot be read"] {
        assert!(log.contains(line), "nothing was logged: {line}");
    }
    assert_eq!(marks.line_in(&log), None);
    for stored in [stored, lab.portal.database().stored()] {
        assert!(holds(&stored, HOOK.as_bytes()), "what is stored is found");
        assert!(!marks.are_in(&stored));
    }
}
