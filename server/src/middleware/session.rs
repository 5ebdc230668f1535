//! The session cookie, and what server functions may do with the session.

use app::server_context::SessionControl;
use async_trait::async_trait;
use backend::auth::{ACCOUNT_KEY, SessionStore};
use chrono::Utc;
use domain::{
    error::Error,
    ids::{AccountId, RequestId},
};
use tower_sessions::{Expiry, Session, SessionManagerLayer, cookie::SameSite};

use crate::state::AppState;

/// When somebody signed in and was last seen, in seconds since 1970.
pub(super) const SIGNED_IN_AT: &str = "signed_in_at";
pub(super) const SEEN_AT: &str = "seen_at";

/// The cookie: out of reach for scripts, sent to this host only, over TLS only. Browsers count loopback as secure; for
/// plain HTTP elsewhere there is a setting, which gives up the prefix.
pub fn layer(state: &AppState) -> SessionManagerLayer<SessionStore> {
    let secure = !state.settings.insecure_cookies;
    let idle = time::Duration::try_from(state.settings.session_idle).unwrap_or(time::Duration::HOUR);
    SessionManagerLayer::new(state.backend.session_store())
        .with_name(if secure { "__Host-session" } else { "session" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(idle))
}

/// The session of one request.
pub(super) struct RequestSession {
    pub(super) session: Session,
    pub(super) request_id: RequestId,
}

#[async_trait]
impl SessionControl for RequestSession {
    async fn start(&self, account: AccountId) -> Result<(), Error> {
        let now = Utc::now().timestamp();
        let started = async {
            self.session.clear().await;
            // A new id: whoever planted the old one in this browser cannot use it.
            self.session.cycle_id().await?;
            self.session.insert(ACCOUNT_KEY, account).await?;
            self.session.insert(SIGNED_IN_AT, now).await?;
            self.session.insert(SEEN_AT, now).await
        };
        started.await.map_err(|error| failed(self.request_id, &error))
    }

    async fn end(&self) -> Result<(), Error> {
        self.session
            .flush()
            .await
            .map_err(|error| failed(self.request_id, &error))
    }
}

/// Logs why the session could not be read or written.
pub(super) fn failed(request_id: RequestId, error: &tower_sessions::session::Error) -> Error {
    tracing::error!(%request_id, %error, "the session store failed");
    Error::Unavailable
}
