//! Signing in and out, and who is signed in.

use domain::{
    account::SignedInAccount,
    enterprise::{EnterpriseSummary, ProviderContact},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::{
    context::{current_session, start_after_sign_in},
    paths,
    server_context::{respond, server_context},
};
use crate::{error::AppError, server_fns::wire::Binary};

/// The signed-in person and where they can go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrentSession {
    /// Who.
    pub account: SignedInAccount,
    /// Every enterprise in reach, by name.
    pub enterprises: Vec<EnterpriseSummary>,
    /// The provider whom the person runs, if they run one.
    pub provider: Option<ProviderContact>,
}

/// Who is signed in.
///
/// # Errors
/// Signed out, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "session/current", input = GetUrl, output = Binary)]
pub async fn load_session() -> Result<CurrentSession, AppError> {
    let context = server_context()?;
    respond(current_session(&context.op, &context.backend).await)
}

/// Signs in and leads to `next`.
///
/// # Errors
/// Wrong e-mail address or password, too many tries, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "session/sign_in", output = Binary)]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), AppError> {
    let context = server_context()?;
    let account = respond(backend::services::session::sign_in(&context.op, &context.backend, &email, &password).await)?;
    respond(context.session.start(account.id).await)?;
    let mut next = paths::after_sign_in(next.as_deref());
    if next == paths::home() {
        next = respond(start_after_sign_in(&context, account.id).await)?;
    }
    leptos_axum::redirect(&next);
    Ok(())
}

/// Signs out in this browser.
///
/// # Errors
/// The database cannot be reached.
#[server(prefix = "/rpc", endpoint = "session/sign_out", output = Binary)]
pub async fn sign_out() -> Result<(), AppError> {
    let context = server_context()?;
    respond(context.session.end().await)?;
    leptos_axum::redirect(&paths::sign_in());
    Ok(())
}

/// Signs out in every browser.
///
/// # Errors
/// Signed out already, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "session/sign_out_everywhere", output = Binary)]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    let context = server_context()?;
    respond(backend::services::session::sign_out_everywhere(&context.op, &context.backend).await)?;
    respond(context.session.end().await)?;
    leptos_axum::redirect(&paths::sign_in());
    Ok(())
}
