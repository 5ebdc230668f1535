//! Ends requests that take too long.

use app::paths;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use domain::error::Error;

use super::{failure, request_id};
use crate::state::AppState;

/// Answers "busy" when the handler is not done in time. What it had begun in a transaction is rolled back with it.
pub async fn limit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_call = failure::is_call(&request);
    let id = request_id::of(&request);
    let limits = state.settings.limits;
    let longest = if request.uri().path().starts_with(paths::IMPORT_CALLS) {
        limits.import_time
    } else {
        limits.request_time
    };
    match tokio::time::timeout(longest, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            tracing::warn!(request_id = %id, "the request took too long");
            failure::response(&state.assets, is_call, &Error::Unavailable, id)
        }
    }
}
