//! Test connection: whether the credentials of a profile work, and what they may see.

use std::time::Duration;

use domain::{
    access::{Action, Resource},
    audit::AuditAction,
    carrier_profile::{CarrierProfileDetails, ProfileCheck},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::CarrierProfileId,
};
use sea_orm::DbErr;

use super::{
    access_of,
    edit::{NOT_FOUND, audit},
};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    carriers::CarrierError,
    context::OpContext,
    error::internal,
    store,
};

/// How long all requests of one check may take together; shorter than the request that asks for it may.
const PATIENCE: Duration = Duration::from_secs(25);

/// Tries the credentials, writes down what came of it and answers with the profile. That they do not work is an answer,
/// not an error.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such profile; [`Error::NotSupported`] when the portal cannot
/// talk to its carrier.
pub async fn check(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: CarrierProfileId,
) -> Result<CarrierProfileDetails, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::CarrierProfile).await?;
    let (carrier, access) = access_of(backend, &scope, id)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)?;
    let adapter = backend.carriers().get(carrier).ok_or_else(|| Error::NotSupported {
        message: format!(
            "The portal cannot talk to {} yet. Nothing was changed.",
            carrier.label()
        ),
    })?;
    let outcome = match access {
        Ok(access) => tokio::time::timeout(PATIENCE, adapter.verify(&access))
            .await
            .unwrap_or(Err(CarrierError::Transient)),
        Err(error) => Err(error),
    };
    let check = ProfileCheck {
        at: ctx.now,
        passed: outcome.is_ok(),
        message: outcome.unwrap_or_else(|error| error.to_string()),
    };
    write(ctx, backend, &scope, id, &check)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)
}

async fn write(
    ctx: &OpContext,
    backend: &Backend,
    scope: &EnterpriseScope,
    id: CarrierProfileId,
    check: &ProfileCheck,
) -> Result<Option<CarrierProfileDetails>, DbErr> {
    let db = store::begin_write(backend.database()).await?;
    let Some(before) = store::carrier_profile::details(&db, scope, id).await? else {
        return Ok(None);
    };
    store::carrier_profile::set_check(&db, scope, id, Some(check)).await?;
    if check.passed {
        store::carrier_renewal::wake(&db, scope, id, ctx.now).await?;
    }
    let Some(after) = store::carrier_profile::details(&db, scope, id).await? else {
        return Ok(None);
    };
    let records = (before.record(), after.record());
    audit(
        &db,
        ctx,
        scope,
        id,
        AuditAction::Update,
        (Some(&records.0), Some(&records.1)),
    )
    .await?;
    db.commit().await?;
    Ok(Some(after))
}
