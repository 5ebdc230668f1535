//! The rows of the Carriers tab.

use domain::{carrier_profile::CarrierProfileRow, enterprise::EnterpriseSlug, ids::CarrierProfileId, table::Page};
use leptos::{
    prelude::*,
    server_fn::codec::{ByteStream, GetUrl, Json, Streaming},
};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    server_context::{respond, server_context},
    server_fns::{list::send, table_query},
};

/// One page of the Carriers table; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "carrier_profile/list", input = GetUrl)]
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
#[server(prefix = "/rpc", endpoint = "carrier_profile/list_all", input = Json, output = Streaming)]
pub async fn list_all_carrier_profiles(
    enterprise: EnterpriseSlug,
    ids: Vec<CarrierProfileId>,
) -> Result<ByteStream<AppError>, AppError> {
    let context = server_context()?;
    let list = backend::services::carrier_profile::list_all(&context.op, &context.backend, &enterprise, &ids).await;
    send(respond(list)?)
}
