//! Answers for a handler that panicked, so that nobody waits in vain.

use std::{any::Any, panic::AssertUnwindSafe};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use domain::error::Error;
use futures_util::FutureExt;

use super::{failure, request_id};
use crate::state::AppState;

/// Answers a panic as our own fault; the log has its text under the request's id, the answer does not.
pub async fn catch(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_call = failure::is_call(&request);
    let id = request_id::of(&request);
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => {
            tracing::error!(request_id = %id, panic = text(panic.as_ref()), "a handler panicked");
            failure::response(&state.assets, is_call, &Error::Internal { request_id: id.0 }, id)
        }
    }
}

/// What a panic says, for the log only.
#[must_use]
pub fn text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without a text")
}
