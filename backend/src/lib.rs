//! The server-only core: what server functions, the REST interface and the command line all call.
//!
//! `services` holds the use cases and is the only part a transport calls; `store` holds the queries and is the only part
//! that names a table. Neither Leptos nor axum belongs here.

pub mod access;
pub mod auth;
pub mod carriers;
pub mod config;
pub mod context;
mod database;
pub mod entities;
mod error;
pub mod import;
mod live;
pub mod services;
mod store;
#[cfg(feature = "testing")]
pub mod testing;

use std::sync::Arc;

use sea_orm::DatabaseConnection;

pub use self::database::StartError;
use self::{
    auth::{PasswordHasher, SessionStore, SignInThrottle},
    carriers::Carriers,
    config::DatabaseSettings,
    live::Changes,
};

/// The core: the database and what is shared between requests. Cloning it is cheap.
#[derive(Clone)]
pub struct Backend {
    inner: Arc<Inner>,
}

struct Inner {
    database: DatabaseConnection,
    passwords: PasswordHasher,
    throttle: SignInThrottle,
    changes: Arc<Changes>,
    carriers: Carriers,
}

impl Backend {
    /// Opens the database and, if the settings say so, brings its schema up to date.
    ///
    /// # Errors
    /// [`StartError`], one clear sentence for whoever starts the program.
    pub async fn open(settings: &DatabaseSettings) -> Result<Self, StartError> {
        Self::open_with(settings, Carriers::default()).await
    }

    /// The same, with these carriers in place of those the program can talk to.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_with(settings: &DatabaseSettings, carriers: Carriers) -> Result<Self, StartError> {
        let database = database::open(settings).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                database,
                passwords: PasswordHasher::new(),
                throttle: SignInThrottle::default(),
                changes: Arc::default(),
                carriers,
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

    pub(crate) fn changes(&self) -> &Arc<Changes> {
        &self.inner.changes
    }
}
