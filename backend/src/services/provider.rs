//! Providers: their own details, which the pages of their enterprises show.

use domain::{
    access::{Action, Resource},
    audit::{AuditAction, AuditSubject},
    enterprise::{ContactInput, ProviderContact, ProviderDetails},
    error::Error,
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend,
    access::{ProviderScope, authorize_provider},
    context::OpContext,
    error::internal,
    store,
};

/// The provider whom the signed-in person runs, if they run one.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn mine(ctx: &OpContext, backend: &Backend) -> Result<Option<ProviderContact>, Error> {
    match authorize_provider(ctx, Action::Read, Resource::Provider) {
        Ok(scope) => Ok(Some(read(ctx, backend.database(), &scope).await?.contact)),
        Err(Error::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The provider's own details.
///
/// # Errors
/// As [`authorize_provider`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn details(ctx: &OpContext, backend: &Backend) -> Result<ProviderDetails, Error> {
    let scope = authorize_provider(ctx, Action::Read, Resource::Provider)?;
    read(ctx, backend.database(), &scope).await
}

/// Changes the details that were read as `version`.
///
/// # Errors
/// As [`authorize_provider`]; [`Error::Invalid`] when a rule is broken; [`Error::Outdated`] when somebody changed them
/// meanwhile.
pub async fn update(
    ctx: &OpContext,
    backend: &Backend,
    version: i64,
    input: &ContactInput,
) -> Result<ProviderDetails, Error> {
    let scope = authorize_provider(ctx, Action::Update, Resource::Provider)?;
    let contact = input.check().map_err(|fields| Error::Invalid { fields })?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let before = read(ctx, &db, &scope).await?;
    let hit = store::provider::update(&db, &scope, version, &contact)
        .await
        .map_err(failed)?;
    let after = read(ctx, &db, &scope).await?;
    let subject = AuditSubject {
        action: AuditAction::Update,
        resource: Resource::Provider,
        id: Some(scope.provider().0),
    };
    if !hit {
        return Err(Error::Outdated {
            resource: Resource::Provider,
            id: scope.provider().0,
            current_version: after.version,
        });
    }
    store::audit::write_of_provider(&db, ctx, &scope, subject, Some(&before.contact), Some(&after.contact))
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    Ok(after)
}

async fn read(ctx: &OpContext, db: &impl ConnectionTrait, scope: &ProviderScope) -> Result<ProviderDetails, Error> {
    store::provider::details(db, scope)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(Error::NotFound {
            resource: Resource::Provider,
        })
}
