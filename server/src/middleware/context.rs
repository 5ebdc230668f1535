//! From the session to who is asking.

use std::sync::Arc;

use app::server_context::ServerContext;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use backend::{
    auth::ACCOUNT_KEY,
    context::{Actor, OpContext, SignedIn},
};
use chrono::Utc;
use domain::{error::Error, ids::AccountId};
use tower_sessions::Session;

use super::{
    failure, peer, request_id,
    session::{RequestSession, SEEN_AT, SIGNED_IN_AT, failed},
};
use crate::state::AppState;

/// How often a session's last use is written down, in seconds: not with every request, but several times within the
/// limit after which an unused session ends.
const SEEN_EVERY: i64 = 60;
const SEEN_WITHIN_IDLE: i64 = 4;

/// Puts a [`ServerContext`] into the request.
pub async fn provide(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id = request_id::of(&request);
    let is_call = failure::is_call(&request);
    let Some(session) = request.extensions().get::<Session>().cloned() else {
        return failure::response(&state.assets, is_call, &Error::Internal { request_id: id.0 }, id);
    };
    let mut op = OpContext {
        actor: Actor::Anonymous,
        request_id: id,
        now: Utc::now(),
        peer: peer::of(&request, state.settings.trusted_proxy_hops),
    };
    match actor(&state, &op, &session).await {
        Ok(actor) => op.actor = actor,
        Err(error) => return failure::response(&state.assets, is_call, &error, id),
    }
    let session = Arc::new(RequestSession {
        session,
        request_id: id,
    });
    let context = ServerContext {
        backend: state.backend.clone(),
        op,
        session,
    };
    request.extensions_mut().insert(context);
    next.run(request).await
}

/// Who asks. Ends a session that stands for nobody any more, and writes down that it was used.
async fn actor(state: &AppState, op: &OpContext, session: &Session) -> Result<Actor, Error> {
    let read = |error| failed(op.request_id, &error);
    let Some(signed_in) = person(state, op, session).await? else {
        if session.get::<AccountId>(ACCOUNT_KEY).await.map_err(read)?.is_some() {
            session.flush().await.map_err(read)?;
        }
        return Ok(Actor::Anonymous);
    };
    let now = op.now.timestamp();
    let seen_at = session.get::<i64>(SEEN_AT).await.map_err(read)?.unwrap_or_default();
    let idle = i64::try_from(state.settings.session_idle.as_secs()).unwrap_or(i64::MAX);
    if now - seen_at >= SEEN_EVERY.min(idle / SEEN_WITHIN_IDLE) {
        session.insert(SEEN_AT, now).await.map_err(read)?;
    }
    Ok(Actor::Account(Arc::new(signed_in)))
}

/// The person behind the session; nobody when it is too old, or the account is gone or disabled.
///
/// # Errors
/// [`Error::Unavailable`] or [`Error::Internal`] when session or account cannot be read.
pub async fn person(state: &AppState, op: &OpContext, session: &Session) -> Result<Option<SignedIn>, Error> {
    let read = |error| failed(op.request_id, &error);
    let Some(account) = session.get::<AccountId>(ACCOUNT_KEY).await.map_err(read)? else {
        return Ok(None);
    };
    let signed_in_at = session
        .get::<i64>(SIGNED_IN_AT)
        .await
        .map_err(read)?
        .unwrap_or_default();
    let oldest = i64::try_from(state.settings.session_absolute.as_secs()).unwrap_or(i64::MAX);
    let found = backend::services::session::actor(op, &state.backend, account).await?;
    Ok(found.filter(|_| op.now.timestamp() - signed_in_at < oldest))
}
