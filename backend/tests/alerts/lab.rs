//! A core that sends to a mail server and a webhook of the test's own, by a clock that the test moves.

use std::sync::{Arc, Mutex};

use backend::{
    Backend, Parts,
    alerts::{MailSettings, Messenger},
    carriers::CarrierSettings,
    crypto::{KeySource, Secret},
    jobs::{Alerts, Clock},
    services::{alert_destination, health},
    testing::{Engine, TestEnterprise, TestPortal},
};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{
    alert::{AlertDestinationInput, AlertDestinationRow, DestinationKind, NewAlertDestination, OpenAlert},
    error::Error,
};

use crate::{mail_server::MailServer, webhook::Webhook};

const KEY: &str = "test:7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a7f3a";
/// Where the webhook of the test is reached.
pub(crate) const HOOK: &str = "https://hooks.company.example/alerts?from=portal";
pub(crate) const OPERATIONS: &str = "operations@company.example";

/// E-mail through the server at that address, without authorities beside those that everybody trusts.
pub(crate) fn mail_settings(server: &str) -> MailSettings {
    MailSettings {
        server: Secret::from(server),
        from: "Messaging Portal <portal@company.example>".to_owned(),
        ca_file: None,
    }
}

pub(crate) struct Lab {
    pub(crate) portal: TestPortal,
    pub(crate) backend: Backend,
    pub(crate) mail: MailServer,
    pub(crate) webhook: Webhook,
    now: Arc<Mutex<DateTime<Utc>>>,
}

impl Lab {
    pub(crate) async fn open(engine: Engine) -> Self {
        Self::open_with_keys(engine, KeySource::Given(Secret::from(KEY))).await
    }

    pub(crate) async fn open_with_keys(engine: Engine, keys: KeySource) -> Self {
        let mail = MailServer::start().await;
        let settings = mail_settings(&mail.url());
        Self::open_with(engine, keys, mail, &settings).await
    }

    /// Sends e-mail as these settings say, which lead to that server.
    pub(crate) async fn open_to(engine: Engine, mail: MailServer, settings: &MailSettings) -> Self {
        Self::open_with(engine, KeySource::Given(Secret::from(KEY)), mail, settings).await
    }

    async fn open_with(engine: Engine, keys: KeySource, mail: MailServer, settings: &MailSettings) -> Self {
        let webhook = Webhook::start().await;
        let hosts = CarrierSettings {
            stand_in: Some(webhook.address),
            ..CarrierSettings::default()
        };
        let portal = TestPortal::open(engine).await;
        let parts = Parts {
            keys: Some(keys),
            messenger: Messenger::new(&hosts, Some(settings)).unwrap(),
            ..Parts::default()
        };
        Self {
            backend: portal.database().open_with_parts(parts).await,
            portal,
            mail,
            webhook,
            now: Arc::new(Mutex::new(Utc::now().trunc_subsecs(0))),
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }

    /// What notices and sends, as each server has it.
    pub(crate) fn alerts(&self) -> Alerts {
        self.alerts_of(&self.backend)
    }

    /// The same of another server.
    pub(crate) fn alerts_of(&self, backend: &Backend) -> Alerts {
        let now = Arc::clone(&self.now);
        Alerts::new(backend).with_clock(Clock::new(move || *now.lock().unwrap()))
    }

    /// Looks everywhere once, and sends what is due.
    pub(crate) async fn round(&self) {
        self.alerts().round().await.unwrap();
    }

    /// Lets time pass, and does a round.
    pub(crate) async fn pass(&self, time: TimeDelta) {
        *self.now.lock().unwrap() += time;
        self.round().await;
    }

    /// Adds a destination, as an admin of the provider.
    pub(crate) async fn add(&self, kind: DestinationKind, address: &str) -> Result<NewAlertDestination, Error> {
        let input = AlertDestinationInput {
            kind,
            address: address.to_owned(),
        };
        alert_destination::create(&self.portal.provider_admin().await, &self.backend, &input).await
    }

    /// Adds the mailbox that most tests look into.
    pub(crate) async fn add_mailbox(&self) -> AlertDestinationRow {
        self.add(DestinationKind::Email, OPERATIONS).await.unwrap().row
    }

    /// Adds the webhook of the test; its secret.
    pub(crate) async fn add_webhook(&self) -> (AlertDestinationRow, String) {
        let added = self.add(DestinationKind::Webhook, HOOK).await.unwrap();
        (added.row, added.secret.unwrap())
    }

    /// The only destination.
    pub(crate) async fn destination(&self) -> AlertDestinationRow {
        let list = alert_destination::list(&self.portal.provider_admin().await, &self.backend).await;
        let mut rows = list.unwrap().rows;
        assert_eq!(rows.len(), 1, "{rows:?}");
        rows.remove(0)
    }

    /// What the Dashboard of an enterprise shows.
    pub(crate) async fn open_alerts(&self, of: &TestEnterprise) -> Vec<OpenAlert> {
        let summary = health::summary(&of.viewer().await, &self.backend, of.slug()).await;
        summary.unwrap().alerts.rows
    }

    /// Moves the end of every subscription, as a renewal does.
    pub(crate) async fn renew(&self) {
        let end = (self.now() + TimeDelta::days(365)).to_rfc3339();
        let renewed =
            format!("UPDATE domain_subscription SET expires_at = '{end}', renewal_status = 'idle', failure = NULL");
        self.portal.execute(&renewed).await.unwrap();
    }

    /// How many audit entries there are about alerts that are so.
    pub(crate) async fn entries(&self, action: &str) -> i64 {
        let counted = format!("SELECT COUNT(*) FROM audit_event WHERE resource = 'alert' AND action = '{action}'");
        self.portal.number(&counted).await
    }
}
