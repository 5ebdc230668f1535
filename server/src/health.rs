//! Whether the server lives and whether it can work, for whoever watches it.

use axum::extract::State;
use http::StatusCode;

use crate::state::AppState;

/// The program runs.
pub async fn live() -> &'static str {
    "live"
}

/// The database answers; 503 when it does not.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    match state.backend.ready().await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
