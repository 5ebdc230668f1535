//! The rows of the Carriers tab.

use domain::{carrier_profile::CarrierProfileRow, enterprise::EnterpriseSlug, table::Page};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::{
    server_context::{respond, server_context},
    server_fns::table_query,
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
