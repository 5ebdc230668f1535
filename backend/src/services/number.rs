//! Phone numbers, as pickers offer them.

use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::SmsGroupId,
    number::PhoneNumberRef,
    table::searchable,
};

use crate::{Backend, access::authorize, context::OpContext, error::internal, store};

/// The SMS-capable numbers that contain `search` in any usual form and are free or already in `group`, ascending; at
/// most `limit`.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn options_for_group(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    group: Option<SmsGroupId>,
    search: &str,
    limit: u64,
) -> Result<Vec<PhoneNumberRef>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::PhoneNumber).await?;
    store::number::options_for_group(backend.database(), &scope, group, &searchable(search), limit)
        .await
        .map_err(|error| internal(ctx, error))
}
