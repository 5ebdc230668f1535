//! What the server hands to every page and server function: the core, who is asking, and the session.
//!
//! The server's middleware puts a [`ServerContext`] into the request's extensions and provides it to Leptos; only
//! `server_fns` reads it.

use std::sync::Arc;

use async_trait::async_trait;
use backend::{Backend, context::OpContext};
use domain::{error::Error, ids::AccountId};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use crate::error::AppError;

/// The core, who is asking, and the session.
#[derive(Clone)]
pub struct ServerContext {
    /// The core.
    pub backend: Backend,
    /// Who is asking, from where, when.
    pub op: OpContext,
    /// The session of the browser that asks.
    pub session: Arc<dyn SessionControl>,
}

/// What a server function may do with the browser's session.
#[async_trait]
pub trait SessionControl: Send + Sync {
    /// Signs `account` in, under a new session id.
    ///
    /// # Errors
    /// [`Error::Internal`] or [`Error::Unavailable`] when the session cannot be stored.
    async fn start(&self, account: AccountId) -> Result<(), Error>;

    /// Ends the session; its id is of no use afterwards.
    ///
    /// # Errors
    /// [`Error::Internal`] or [`Error::Unavailable`] when the session cannot be removed.
    async fn end(&self) -> Result<(), Error>;
}

/// The context of the request being answered.
///
/// # Errors
/// [`AppError::Interrupted`] outside a request, which the server's set-up rules out.
pub fn server_context() -> Result<ServerContext, AppError> {
    use_context::<ServerContext>().ok_or(AppError::Interrupted)
}

/// Passes `result` on and gives the answer the status that belongs to its error: Leptos would answer 500 to all.
///
/// # Errors
/// The error in `result`.
pub fn respond<T>(result: Result<T, Error>) -> Result<T, AppError> {
    result.map_err(|error| {
        set_status(error.status());
        AppError::Domain(error)
    })
}

/// Gives the answer this HTTP status.
pub fn set_status(code: u16) {
    if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), http::StatusCode::from_u16(code)) {
        response.set_status(status);
    }
}
