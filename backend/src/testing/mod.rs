//! What tests stand on: a database of their own on either engine, people who ask, and builders for the things in it.
//!
//! A test names the engine, opens a [`TestPortal`], makes what it needs and calls services as anybody would:
//!
//! ```text
//! let portal = TestPortal::open(Engine::Sqlite).await;
//! let clinic = portal.enterprise("alder-clinics").await;
//! let ada = clinic.user("Ada Brandt").insert().await;
//! let admin = clinic.admin().await;
//! ```
//!
//! Only tests use this (feature `testing`); a failure here is a failure of the test, so it panics.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot be set up has failed"
)]

mod actors;
mod carrier;
mod database;
mod enterprise;
mod log;
mod seen;
mod tasks;
mod writing;

pub use self::{
    actors::anonymous,
    carrier::FakeCarrier,
    database::{Engine, TestDb},
    enterprise::{NewTestGroup, NewTestNumber, NewTestUser, TestEnterprise},
    log::TestLog,
    seen::Seen,
    writing::Writing,
};

use std::sync::Arc;

use chrono::Utc;
use domain::{
    access::{Action, Resource, Role},
    carrier_profile::CarrierKind,
    enterprise::{ConnectorApp, EnterpriseSlug, EnterpriseSwitches},
    ids::ProviderId,
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend,
    access::authorize,
    carriers::Carriers,
    context::{Actor, OpContext},
    store,
};

/// Everything switched on, and the unified app.
const ALL_ON: EnterpriseSwitches = EnterpriseSwitches {
    sms: true,
    group_texting: true,
    secure_sms: true,
    manages_own_numbers: true,
    connector_app: ConnectorApp::Unified,
};

/// Everything switched off, and the unified app: what the switches of an enterprise differ from in most tests of them.
pub const ALL_OFF: EnterpriseSwitches = EnterpriseSwitches {
    sms: false,
    group_texting: false,
    secure_sms: false,
    manages_own_numbers: false,
    connector_app: ConnectorApp::Unified,
};

/// A core on a database of its own, with one provider in it. The database goes away with this value.
pub struct TestPortal {
    backend: Backend,
    provider: ProviderId,
    carrier: FakeCarrier,
    database: TestDb,
}

impl TestPortal {
    /// A new database with one provider, and a fake carrier in the place of NetSapiens.
    pub async fn open(engine: Engine) -> Self {
        let database = TestDb::new(engine).await;
        let carrier = FakeCarrier::new(CarrierKind::NetSapiens);
        let backend = database
            .open_with(Carriers::default().with(Arc::new(carrier.clone())))
            .await;
        let provider = new_provider(&backend).await;
        Self {
            backend,
            provider,
            carrier,
            database,
        }
    }

    /// A new database with one provider, for a program that can talk to these carriers.
    pub async fn open_with(engine: Engine, carriers: Carriers) -> Self {
        let database = TestDb::new(engine).await;
        let backend = database.open_with(carriers).await;
        let provider = new_provider(&backend).await;
        Self {
            backend,
            provider,
            carrier: FakeCarrier::new(CarrierKind::NetSapiens),
            database,
        }
    }

    /// The core.
    #[must_use]
    pub fn backend(&self) -> &Backend {
        &self.backend
    }

    /// What stands in for NetSapiens; there is no other carrier.
    #[must_use]
    pub fn carrier(&self) -> &FakeCarrier {
        &self.carrier
    }

    /// The database below it, for opening it a second time.
    #[must_use]
    pub fn database(&self) -> &TestDb {
        &self.database
    }

    /// An enterprise of the provider with everything switched on and the unified app.
    pub async fn enterprise(&self, slug: &'static str) -> TestEnterprise {
        self.enterprise_with(slug, ALL_ON).await
    }

    /// An enterprise of the provider with everything switched on and the legacy app.
    pub async fn legacy_enterprise(&self, slug: &'static str) -> TestEnterprise {
        let switches = EnterpriseSwitches {
            connector_app: ConnectorApp::Legacy,
            ..ALL_ON
        };
        self.enterprise_with(slug, switches).await
    }

    /// An enterprise of the provider with everything switched on, whose numbers the provider manages.
    pub async fn enterprise_without_numbers(&self, slug: &'static str) -> TestEnterprise {
        let switches = EnterpriseSwitches {
            manages_own_numbers: false,
            ..ALL_ON
        };
        self.enterprise_with(slug, switches).await
    }

    /// An enterprise of the provider with everything switched off.
    pub async fn enterprise_without_sms(&self, slug: &'static str) -> TestEnterprise {
        self.enterprise_with(slug, ALL_OFF).await
    }

    /// An enterprise of the provider with these switches.
    pub async fn enterprise_with(&self, slug: &'static str, switches: EnterpriseSwitches) -> TestEnterprise {
        TestEnterprise::insert(&self.backend, self.provider, slug, switches).await
    }

    /// An enterprise of another provider.
    pub async fn enterprise_elsewhere(&self, slug: &'static str) -> TestEnterprise {
        let provider = new_provider(&self.backend).await;
        let switches = EnterpriseSwitches {
            sms: true,
            connector_app: ConnectorApp::Legacy,
            ..ALL_OFF
        };
        TestEnterprise::insert(&self.backend, provider, slug, switches).await
    }

    /// Somebody who runs the provider asks.
    pub async fn provider_admin(&self) -> OpContext {
        actors::account(&self.backend, self.provider, None).await
    }

    /// A new account that can sign in, at the provider or at an enterprise; tells its password.
    pub async fn account(&self, email: &str, at: Option<(&EnterpriseSlug, Role)>) -> String {
        let Some((slug, role)) = at else {
            return actors::with_password(&self.backend, self.provider, email, None).await;
        };
        let (action, resource) = (Action::Create, Resource::Membership);
        let scope = authorize(&self.system(), &self.backend, slug, action, resource)
            .await
            .expect("the enterprise is there");
        let at = Some((scope.enterprise(), role));
        actors::with_password(&self.backend, scope.provider(), email, at).await
    }

    /// The program itself asks, as the command line does.
    #[must_use]
    pub fn system(&self) -> OpContext {
        actors::context(Actor::System("test"))
    }

    /// Writes until what comes back is ended, as an import does for minutes: on SQLite nobody else can meanwhile.
    pub async fn writing(&self) -> Writing {
        Writing::begin(self.backend.database()).await
    }

    /// Waits until the last use of every session and token so far is written down.
    pub async fn last_uses_written(&self) {
        self.backend.last_uses().written().await;
    }

    /// Runs one SQL statement past every rule of the program, to see what the database itself refuses.
    ///
    /// # Errors
    /// What the database says.
    pub async fn execute(&self, sql: &str) -> Result<(), String> {
        let done = self.backend.database().execute_unprepared(sql).await;
        done.map(drop).map_err(|error| error.to_string())
    }

    /// The first column of the first row that `sql` finds, as a number; for counting rows.
    pub async fn number(&self, sql: &str) -> i64 {
        database::first(self.backend.database(), sql).await
    }

    /// The first column of the first row that `sql` finds, as a text, if there is one.
    pub async fn text(&self, sql: &str) -> Option<String> {
        database::first(self.backend.database(), sql).await
    }
}

async fn new_provider(backend: &Backend) -> ProviderId {
    store::account::insert_provider(backend.database(), "Test Voice", Utc::now())
        .await
        .expect("a provider can be added")
}
