//! Where alerts are sent.

use domain::{
    alert::{AlertDestinationInput, AlertDestinationRow, AlertDestinations, NewAlertDestination},
    ids::AlertDestinationId,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use crate::server_context::{respond, server_context};
use crate::{error::AppError, server_fns::wire::Binary};

/// All destinations of the provider.
///
/// # Errors
/// Signed out, no provider's admin, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "alert_destination/list", input = GetUrl, output = Binary)]
pub async fn list_alert_destinations() -> Result<AlertDestinations, AppError> {
    let context = server_context()?;
    respond(backend::services::alert_destination::list(&context.op, &context.backend).await)
}

/// Adds a destination; tells the secret of a webhook this once.
///
/// # Errors
/// It is no address, alerts go there already, there are too many, no provider's admin.
#[server(prefix = "/rpc", endpoint = "alert_destination/create", input = Binary, output = Binary)]
pub async fn create_alert_destination(input: AlertDestinationInput) -> Result<NewAlertDestination, AppError> {
    let context = server_context()?;
    respond(backend::services::alert_destination::create(&context.op, &context.backend, &input).await)
}

/// Removes a destination.
///
/// # Errors
/// No such destination, no provider's admin.
#[server(prefix = "/rpc", endpoint = "alert_destination/remove", input = Binary, output = Binary)]
pub async fn remove_alert_destination(id: AlertDestinationId) -> Result<(), AppError> {
    let context = server_context()?;
    respond(backend::services::alert_destination::remove(&context.op, &context.backend, id).await)
}

/// Sends a test message, and answers with what became of it.
///
/// # Errors
/// No such destination, no provider's admin.
#[server(prefix = "/rpc", endpoint = "alert_destination/send_test", input = Binary, output = Binary)]
pub async fn send_test_alert(id: AlertDestinationId) -> Result<AlertDestinationRow, AppError> {
    let context = server_context()?;
    respond(backend::services::alert_destination::send_test(&context.op, &context.backend, id).await)
}
