//! The server-only core: what server functions, the REST interface and the command line all call.
//!
//! `services` holds the use cases and is the only part a transport calls; `store` holds the queries and is the only part
//! that names a table. `jobs` does what takes longer than a request, `carriers` talks to carriers, `alerts` sends
//! them, `import` reads files; `access`, `auth`, `crypto`, `live` and `turns` are what services stand on. Neither Leptos
//! nor axum belongs here.

pub mod access;
pub mod alerts;
pub mod auth;
pub mod carriers;
pub mod config;
pub mod context;
pub mod crypto;
mod database;
pub mod entities;
mod error;
pub mod import;
pub mod jobs;
mod live;
pub mod services;
mod store;
#[cfg(feature = "testing")]
pub mod testing;
mod turns;

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use domain::error::Error;
use sea_orm::DatabaseConnection;
use tokio::sync::Notify;

pub use self::database::StartError;
use self::{
    alerts::Messenger,
    auth::{LastUses, PasswordHasher, SessionStore, SignInThrottle},
    carriers::Carriers,
    config::DatabaseSettings,
    crypto::{KeyRing, KeySource},
    import::TeamsLicenses,
    jobs::ToldProgress,
    live::Changes,
    turns::Turns,
};

/// How many dry runs of imports go on at once. Each may last minutes and holds two or three connections, so these leave some
/// to everybody else even of the eight to a SQLite file.
const DRY_RUNS_AT_ONCE: usize = 2;
/// How many carriers list their numbers at once. Each may take minutes, and fills the database all the while.
const LISTINGS_AT_ONCE: usize = 4;

/// How long closing waits for last uses to be written down, and then for what else is under way in the database.
const CLOSING: Duration = Duration::from_secs(3);

/// What the core is given beside its database.
#[derive(Default)]
pub struct Parts {
    /// The carriers it can talk to.
    pub carriers: Carriers,
    /// Where the keys come from that secrets are encrypted with; without, none can be stored.
    pub keys: Option<KeySource>,
    /// Where carriers send what comes in, without a slash at the end; without, no domain can be subscribed.
    pub inbound_url: Option<String>,
    /// What sends alerts.
    pub messenger: Messenger,
}

/// The core: the database and what is shared between requests. Cloning it is cheap.
#[derive(Clone)]
pub struct Backend {
    inner: Arc<Inner>,
}

struct Inner {
    database: DatabaseConnection,
    passwords: PasswordHasher,
    throttle: SignInThrottle,
    last_uses: LastUses,
    changes: Arc<Changes>,
    carriers: Carriers,
    keys: Option<KeyRing>,
    inbound_url: Option<String>,
    messenger: Messenger,
    task_wanted: Notify,
    renewal_wanted: Notify,
    told_progress: Arc<ToldProgress>,
    teams_licenses: OnceLock<TeamsLicenses>,
    dry_runs: Turns,
    listings: Turns,
}

impl Backend {
    /// Opens the database and, if the settings say so, brings its schema up to date.
    ///
    /// # Errors
    /// [`StartError`], one clear sentence for whoever starts the program.
    pub async fn open(settings: &DatabaseSettings) -> Result<Self, StartError> {
        Self::open_with(settings, Parts::default()).await
    }

    /// The same with these parts.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_with(settings: &DatabaseSettings, parts: Parts) -> Result<Self, StartError> {
        let database = database::open(settings).await?;
        // Only then: a database that cannot be used leaves no keys behind.
        let keys = parts.keys.map(KeyRing::open).transpose()?;
        Ok(Self {
            inner: Arc::new(Inner {
                database,
                passwords: PasswordHasher::new(),
                throttle: SignInThrottle::default(),
                last_uses: LastUses::new(),
                changes: Arc::default(),
                carriers: parts.carriers,
                keys,
                inbound_url: parts.inbound_url,
                messenger: parts.messenger,
                task_wanted: Notify::new(),
                renewal_wanted: Notify::new(),
                told_progress: Arc::default(),
                teams_licenses: OnceLock::new(),
                dry_runs: Turns::new(DRY_RUNS_AT_ONCE),
                listings: Turns::new(LISTINGS_AT_ONCE),
            }),
        })
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// [`StartError::Unreachable`] when it does not.
    pub async fn ready(&self) -> Result<(), StartError> {
        self.inner.database.ping().await.map_err(StartError::unreachable)
    }

    /// Writes down what is known of last uses, and closes the database once what is under way has given its connections
    /// back. Three seconds are the most that either may take. The last one to close a SQLite file leaves everything in that
    /// file.
    pub async fn close(&self) {
        let written = tokio::time::timeout(CLOSING, self.inner.last_uses.written()).await;
        if written.is_err() {
            tracing::warn!(
                "the last uses of sessions and tokens were not written down: the database was busy for {} s",
                CLOSING.as_secs()
            );
        }
        match tokio::time::timeout(CLOSING, self.inner.database.close_by_ref()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the database could not be closed"),
            Err(_) => tracing::warn!(
                "the database was not closed: it was still in use after {} s",
                CLOSING.as_secs()
            ),
        }
    }

    /// Where sessions are kept.
    #[must_use]
    pub fn session_store(&self) -> SessionStore {
        SessionStore::new(self.clone())
    }

    pub(crate) fn database(&self) -> &DatabaseConnection {
        &self.inner.database
    }

    pub(crate) fn passwords(&self) -> &PasswordHasher {
        &self.inner.passwords
    }

    pub(crate) fn throttle(&self) -> &SignInThrottle {
        &self.inner.throttle
    }

    pub(crate) fn carriers(&self) -> &Carriers {
        &self.inner.carriers
    }

    /// What secrets are encrypted with.
    ///
    /// # Errors
    /// [`Error::NotSupported`] when the program was started without keys.
    pub(crate) fn keys(&self) -> Result<&KeyRing, Error> {
        self.inner.keys.as_ref().ok_or_else(|| Error::NotSupported {
            message: "The portal was started without keys, so it can keep no credentials. Nothing was changed. Ask \
                      whoever runs the portal to set a key file."
                .to_owned(),
        })
    }

    /// Where carriers send what comes in.
    pub(crate) fn inbound_url(&self) -> Option<&str> {
        self.inner.inbound_url.as_deref()
    }

    /// What sends alerts.
    pub(crate) fn messenger(&self) -> &Messenger {
        &self.inner.messenger
    }

    /// The uses of sessions and tokens that are still to be written down.
    pub(crate) fn last_uses(&self) -> &LastUses {
        &self.inner.last_uses
    }

    pub(crate) fn changes(&self) -> &Arc<Changes> {
        &self.inner.changes
    }

    /// Says which of Microsoft's licences include Teams, for imports of users; counts the first time, and without it the
    /// names that the program knows do.
    pub fn set_teams_licenses(&self, licenses: TeamsLicenses) {
        let _ = self.inner.teams_licenses.set(licenses);
    }

    pub(crate) fn teams_licenses(&self) -> TeamsLicenses {
        self.inner.teams_licenses.get().cloned().unwrap_or_default()
    }

    /// What a dry run of an import has a turn of while it goes on.
    pub(crate) fn dry_runs(&self) -> &Turns {
        &self.inner.dry_runs
    }

    /// What listing the numbers of a carrier has a turn of while it goes on.
    pub(crate) fn listings(&self) -> &Turns {
        &self.inner.listings
    }

    /// How far tasks are whose progress the database cannot be told.
    pub(crate) fn told_progress(&self) -> &Arc<ToldProgress> {
        &self.inner.told_progress
    }

    /// Wakes a runner of this program; told after a task has been added.
    pub(crate) fn task_wanted(&self) -> &Notify {
        &self.inner.task_wanted
    }

    /// Wakes the renewal of domains in this program; told after somebody has asked for one.
    pub(crate) fn renewal_wanted(&self) -> &Notify {
        &self.inner.renewal_wanted
    }
}
