//! Carrier profiles: the rows of the Carriers tab, and the provider's dialogs.

use domain::{
    carrier_profile::{CarrierForm, CarrierProfileDetails, CarrierProfileInput, CarrierProfileRow},
    enterprise::EnterpriseSlug,
    ids::CarrierProfileId,
    table::Page,
};
use leptos::{
    prelude::*,
    server_fn::codec::{ByteStream, GetUrl, Streaming},
};

use crate::{error::AppError, server_fns::wire::Binary};
#[cfg(feature = "ssr")]
use crate::{
    server_context::{respond, server_context},
    server_fns::{list::send, table_query},
};

/// One page of the Carriers table; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "carrier_profile/list", input = GetUrl, output = Binary)]
pub async fn list_carrier_profiles(
    enterprise: EnterpriseSlug,
    query: String,
) -> Result<Page<CarrierProfileRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::carrier_profile::TABLE);
    respond(backend::services::carrier_profile::list(&context.op, &context.backend, &enterprise, &query).await)
}

/// All rows of the Carriers table, or those of `ids` if there are any, in the form of [`super::list`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "carrier_profile/list_all", input = Binary, output = Streaming)]
pub async fn list_all_carrier_profiles(
    enterprise: EnterpriseSlug,
    ids: Vec<CarrierProfileId>,
) -> Result<ByteStream<AppError>, AppError> {
    let context = server_context()?;
    let list = backend::services::carrier_profile::list_all(&context.op, &context.backend, &enterprise, &ids).await;
    send(respond(list)?)
}

/// What to fill in for each kind of carrier.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "carrier_profile/forms", input = GetUrl, output = Binary)]
pub async fn list_carrier_forms(enterprise: EnterpriseSlug) -> Result<Vec<CarrierForm>, AppError> {
    let context = server_context()?;
    respond(backend::services::carrier_profile::forms(&context.op, &context.backend, &enterprise).await)
}

/// One profile; of its credentials only when they were set.
///
/// # Errors
/// Signed out, not in reach, no such profile, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "carrier_profile/get", input = GetUrl, output = Binary)]
pub async fn get_carrier_profile(
    enterprise: EnterpriseSlug,
    id: CarrierProfileId,
) -> Result<CarrierProfileDetails, AppError> {
    let context = server_context()?;
    respond(backend::services::carrier_profile::get(&context.op, &context.backend, &enterprise, id).await)
}

/// Adds a profile.
///
/// # Errors
/// A field breaks a rule, the name is taken, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "carrier_profile/create", input = Binary, output = Binary)]
pub async fn create_carrier_profile(
    enterprise: EnterpriseSlug,
    input: CarrierProfileInput,
) -> Result<CarrierProfileDetails, AppError> {
    let context = server_context()?;
    respond(backend::services::carrier_profile::create(&context.op, &context.backend, &enterprise, &input).await)
}

/// Changes the profile that was read as `version`.
///
/// # Errors
/// As for adding, and outdated when somebody saved a newer version.
#[server(prefix = "/rpc", endpoint = "carrier_profile/update", input = Binary, output = Binary)]
pub async fn update_carrier_profile(
    enterprise: EnterpriseSlug,
    id: CarrierProfileId,
    version: i64,
    input: CarrierProfileInput,
) -> Result<CarrierProfileDetails, AppError> {
    let context = server_context()?;
    let updated =
        backend::services::carrier_profile::update(&context.op, &context.backend, &enterprise, id, version, &input);
    respond(updated.await)
}

/// Deletes the profile that was read as `version`.
///
/// # Errors
/// Numbers or domains use it, outdated when somebody saved a newer version, no such profile, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "carrier_profile/delete", input = Binary, output = Binary)]
pub async fn delete_carrier_profile(
    enterprise: EnterpriseSlug,
    id: CarrierProfileId,
    version: i64,
) -> Result<(), AppError> {
    let context = server_context()?;
    respond(backend::services::carrier_profile::delete(&context.op, &context.backend, &enterprise, id, version).await)
}

/// Tries the credentials of a profile and answers with it; that they do not work is no error.
///
/// # Errors
/// No such profile, a carrier the portal cannot talk to, the role does not allow it.
#[server(prefix = "/rpc", endpoint = "carrier_profile/check", input = Binary, output = Binary)]
pub async fn check_carrier_profile(
    enterprise: EnterpriseSlug,
    id: CarrierProfileId,
) -> Result<CarrierProfileDetails, AppError> {
    let context = server_context()?;
    respond(backend::services::carrier_profile::check(&context.op, &context.backend, &enterprise, id).await)
}
