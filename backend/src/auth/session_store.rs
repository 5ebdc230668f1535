//! Where sessions are kept: in the database, under the hash of their id, with the account they belong to.

use std::fmt;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use tower_sessions_core::{
    SessionStore as SessionStoreTrait,
    session::{Id, Record},
    session_store::{Error, Result},
};
use uuid::Uuid;

use super::LastUse;
use crate::{Backend, store};

/// The name under which a session's data holds the signed-in account's id.
pub const ACCOUNT_KEY: &str = "account_id";

/// Sessions in the database. Whoever reads the database cannot use them: only hashes of the ids are stored.
#[derive(Clone)]
pub struct SessionStore {
    backend: Backend,
}

impl SessionStore {
    pub(crate) fn new(backend: Backend) -> Self {
        Self { backend }
    }

    /// Removes sessions that have ended before `now`; tells how many. One whose last use is still to be written down has
    /// not ended.
    ///
    /// # Errors
    /// What the database says.
    pub async fn delete_expired(&self, now: DateTime<Utc>) -> Result<u64> {
        let in_use = self.backend.last_uses().sessions();
        store::session::delete_expired(self.backend.database(), now, in_use)
            .await
            .map_err(backend_error)
    }
}

impl fmt::Debug for SessionStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionStore").finish_non_exhaustive()
    }
}

#[async_trait]
impl SessionStoreTrait for SessionStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits collide only by a fault; then the insert fails rather than take over a session.
        store::session::insert(self.backend.database(), &stored(record)?)
            .await
            .map_err(backend_error)
    }

    /// Of a session that is there nothing changes but its last use: signing in makes a new one, and signing out deletes
    /// it. So this does not wait until it is written.
    async fn save(&self, record: &Record) -> Result<()> {
        LastUse::Session(stored(record)?).write_down(&self.backend);
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let id_hash = hash(*id);
        // Asked first: what is no longer to be written down by now stands in the row.
        let used_until = self.backend.last_uses().lasts_until(&id_hash);
        let found = store::session::find(self.backend.database(), &id_hash)
            .await
            .map_err(backend_error)?;
        let Some(found) = found else { return Ok(None) };
        let expires_at = used_until.map_or(found.expires_at, |until| until.max(found.expires_at));
        if expires_at <= Utc::now() {
            return Ok(None);
        }
        let data = serde_json::from_str(&found.data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = time::OffsetDateTime::from_unix_timestamp(expires_at.timestamp())
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        store::session::delete(self.backend.database(), &hash(*id))
            .await
            .map_err(backend_error)
    }
}

fn hash(id: Id) -> Vec<u8> {
    Sha256::digest(id.0.to_be_bytes()).to_vec()
}

fn stored(record: &Record) -> Result<store::session::StoredSession> {
    let account_id = record
        .data
        .get(ACCOUNT_KEY)
        .and_then(|value| value.as_str())
        .and_then(|text| Uuid::parse_str(text).ok());
    let expires_at = DateTime::from_timestamp(record.expiry_date.unix_timestamp(), 0)
        .ok_or_else(|| Error::Encode("expiry out of range".to_owned()))?;
    Ok(store::session::StoredSession {
        id_hash: hash(record.id),
        account_id,
        data: serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?,
        now: Utc::now(),
        expires_at,
    })
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn backend_error(error: sea_orm::DbErr) -> Error {
    Error::Backend(error.to_string())
}
