//! One-time links, as whoever has one uses it.

use domain::invitation::InvitationDetails;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::{
    context::start_after_sign_in,
    server_context::{respond, server_context},
};
use crate::{error::AppError, server_fns::wire::Binary};

/// What a link is for. The token is a secret, and addresses stand in the logs of proxies: so it comes in a body.
///
/// # Errors
/// It does not work any more, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "invitation/get", input = Binary, output = Binary)]
pub async fn get_invitation(token: String) -> Result<InvitationDetails, AppError> {
    let context = server_context()?;
    respond(backend::services::invitation::details(&context.op, &context.backend, &token).await)
}

/// Uses a link, signs the person in and leads to where they work. A plain form sends it.
///
/// # Errors
/// It does not work any more, name or password break a rule, the password is wrong.
#[server(prefix = "/rpc", endpoint = "invitation/accept", output = Binary)]
pub async fn accept_invitation(token: String, display_name: Option<String>, password: String) -> Result<(), AppError> {
    let context = server_context()?;
    let input = domain::invitation::AcceptInput {
        display_name: display_name.unwrap_or_default(),
        password,
    };
    let account = backend::services::invitation::accept(&context.op, &context.backend, &token, &input).await;
    let account = respond(account)?;
    respond(context.session.start(account.id).await)?;
    leptos_axum::redirect(&respond(start_after_sign_in(&context, account.id).await)?);
    Ok(())
}
