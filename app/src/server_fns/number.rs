//! Phone numbers, as pickers offer them.

use domain::{enterprise::EnterpriseSlug, ids::SmsGroupId, number::PhoneNumberRef};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::{respond, server_context};

/// The SMS-capable numbers that contain `search` and are free or already in `group`; at most
/// [`super::PICKER_LIMIT`].
///
/// # Errors
/// Signed out, not in reach, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "number/options_for_group", input = GetUrl)]
pub async fn number_options(
    enterprise: EnterpriseSlug,
    group: Option<SmsGroupId>,
    search: String,
) -> Result<Vec<PhoneNumberRef>, AppError> {
    let context = server_context()?;
    let limit = super::PICKER_LIMIT;
    respond(
        backend::services::number::options_for_group(&context.op, &context.backend, &enterprise, group, &search, limit)
            .await,
    )
}
