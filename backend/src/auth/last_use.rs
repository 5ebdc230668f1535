//! Writing down when sessions and tokens were last used, beside the requests that use them.
//!
//! SQLite lets one write at a time, and an import does so for minutes. Whoever only reads must not wait for that, so no
//! answer waits for this write or fails with it. Until it is done, a session lasts by the use that waits here: the import
//! may take longer than an unused session lasts.

use std::{collections::HashMap, net::IpAddr, sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use domain::ids::ApiTokenId;
use sea_orm::{ConnAcquireErr, DbErr};
use tokio::sync::{Semaphore, watch};

use crate::{
    Backend,
    error::is_busy,
    store::{self, session::StoredSession},
};

/// How long to wait before a busy database is asked again. On SQLite each try waits for up to ten seconds itself.
const PAUSE: Duration = Duration::from_secs(1);

/// A use of a session or of a token.
pub(crate) enum LastUse {
    /// The session as it is from now on.
    Session(StoredSession),
    /// A token.
    Token {
        id: ApiTokenId,
        at: DateTime<Utc>,
        from: Option<IpAddr>,
    },
}

impl LastUse {
    /// Has this written down as soon as the database can. Of several uses of the same that wait, the latest counts.
    /// What still waits when the program ends is written by [`Backend::close`], if the database lets it.
    pub(crate) fn write_down(self, backend: &Backend) {
        let whose = self.whose();
        let mut is_first = false;
        backend.last_uses().pending.send_modify(|pending| {
            is_first = pending.insert(whose.clone(), Arc::new(self)).is_none();
        });
        if is_first {
            let pending = Pending {
                backend: backend.clone(),
                whose,
                written: false,
            };
            tokio::spawn(pending.write());
        }
    }

    /// What tells one session or token from all others: a hash of 32 bytes, or an id of 16.
    fn whose(&self) -> Vec<u8> {
        match self {
            Self::Session(session) => session.id_hash.clone(),
            Self::Token { id, .. } => id.0.as_bytes().to_vec(),
        }
    }

    async fn write(&self, backend: &Backend) -> Result<(), DbErr> {
        let db = backend.database();
        match self {
            Self::Session(session) => store::session::update(db, session).await,
            Self::Token { id, at, from } => store::api_token::used(db, *id, *at, *from).await,
        }
    }
}

/// The uses that are still to be written down.
pub(crate) struct LastUses {
    pending: watch::Sender<HashMap<Vec<u8>, Arc<LastUse>>>,
    /// One is written at a time: however many wait for a busy database, they keep one connection from those who read.
    turn: Semaphore,
}

impl LastUses {
    pub(crate) fn new() -> Self {
        Self {
            pending: watch::Sender::new(HashMap::new()),
            turn: Semaphore::new(1),
        }
    }

    /// Until when the session of that hash lasts by a use that is still to be written down.
    pub(crate) fn lasts_until(&self, id_hash: &[u8]) -> Option<DateTime<Utc>> {
        match self.pending.borrow().get(id_hash)?.as_ref() {
            LastUse::Session(session) => Some(session.expires_at),
            LastUse::Token { .. } => None,
        }
    }

    /// The hashes of the sessions with a use that is still to be written down.
    pub(crate) fn sessions(&self) -> Vec<Vec<u8>> {
        let pending = self.pending.borrow();
        let sessions = pending.values().filter_map(|latest| match latest.as_ref() {
            LastUse::Session(session) => Some(session.id_hash.clone()),
            LastUse::Token { .. } => None,
        });
        sessions.collect()
    }

    /// Waits until nothing is to be written down any more.
    pub(crate) async fn written(&self) {
        let mut pending = self.pending.subscribe();
        drop(pending.wait_for(|pending| pending.is_empty()).await);
    }
}

/// A session or token with a use to write down. It is forgotten when this is dropped, so that a later use begins anew.
struct Pending {
    backend: Backend,
    whose: Vec<u8>,
    written: bool,
}

impl Pending {
    /// Writes down the latest use when it is its turn. Tries again for as long as the database is busy: giving up could
    /// end a session that is in use.
    async fn write(mut self) {
        let backend = self.backend.clone();
        let _turn = backend.last_uses().turn.acquire().await;
        while let Some(latest) = self.latest() {
            match latest.write(&backend).await {
                Ok(()) if self.end(&latest) => return,
                Ok(()) => {}
                Err(error) if is_busy(&error) && !is_closed(&error) => {
                    tracing::debug!(%error, "a last use waits to be written down: the database is busy");
                    tokio::time::sleep(PAUSE).await;
                }
                Err(error) => {
                    tracing::debug!(%error, "a last use was not written down");
                    return;
                }
            }
        }
    }

    fn latest(&self) -> Option<Arc<LastUse>> {
        self.backend.last_uses().pending.borrow().get(&self.whose).cloned()
    }

    /// Forgets the use that was written; false when there was a later one meanwhile.
    fn end(&mut self, written: &Arc<LastUse>) -> bool {
        self.written = self.backend.last_uses().pending.send_if_modified(|pending| {
            let is_latest = pending
                .get(&self.whose)
                .is_some_and(|latest| Arc::ptr_eq(latest, written));
            if is_latest {
                pending.remove(&self.whose);
            }
            is_latest
        });
        self.written
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        // What stands there once it is written is a later use, which somebody else writes.
        if !self.written {
            let uses = self.backend.last_uses();
            uses.pending.send_modify(|pending| {
                pending.remove(&self.whose);
            });
        }
    }
}

/// Whether the program is ending, so that no further try will help.
fn is_closed(error: &DbErr) -> bool {
    matches!(error, DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
}
