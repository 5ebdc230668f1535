//! Subscribing a domain, and renewing one at once. Both are only asked for here: `jobs::renewal` talks to the carrier, at
//! its own pace, and the table shows what becomes of it.

use domain::{
    access::{Action, Resource},
    audit::AuditAction,
    carrier_profile::CarrierKind,
    domain_subscription::{DomainInput, DomainSubscriptionRow, RenewalStatus},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{CarrierProfileId, DomainSubscriptionId},
};
use sea_orm::{DatabaseTransaction, DbErr};

use super::{
    NOT_FOUND,
    rows::{audit, can_reach, lacks_credentials, no_adapter, outdated, read},
};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    carriers::CarrierError,
    context::OpContext,
    error::{internal, is_foreign_key_violation, is_unique_violation},
    store,
};

const NO_SUCH_PROFILE: &str = "This carrier profile no longer exists. Choose another.";

/// Adds a domain that is to be subscribed, and answers with its row as it waits for that.
///
/// # Errors
/// As [`authorize`]; [`Error::Invalid`] when a field breaks a rule, or nothing can be subscribed with the profile;
/// [`Error::Conflict`] when the enterprise has the domain already; [`Error::NotSupported`] when the portal has no address
/// for what comes in.
pub async fn subscribe(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    input: &DomainInput,
) -> Result<DomainSubscriptionRow, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Create, Resource::DomainSubscription).await?;
    let draft = input.check()?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    check_profile(ctx, backend, (&db, &scope), draft.carrier_profile_id).await?;
    check_inbound(backend)?;
    let id = DomainSubscriptionId(store::new_id());
    store::domain_subscription::insert(&db, &scope, id, &draft, ctx.now)
        .await
        .map_err(|error| not_added(ctx, error))?;
    let after = read(&db, ctx, &scope, id).await?;
    audit(&db, ctx, &scope, AuditAction::Create, (None, Some(&after)))
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    backend.renewal_wanted().notify_one();
    Ok(after)
}

/// Asks for a renewal at once, also of a subscription that is not about to end, and answers with the row as it waits for
/// that.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when it is gone; [`Error::Outdated`] when somebody changed it at the same time;
/// [`Error::Conflict`] when it is being renewed already, or its deletion has begun; [`Error::NotSupported`] when the
/// portal cannot renew it.
pub async fn renew(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: DomainSubscriptionId,
) -> Result<DomainSubscriptionRow, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::DomainSubscription).await?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let before = read(&db, ctx, &scope, id).await?;
    check_status(before.renewal)?;
    let at_carrier = store::domain_subscription::at_carrier(&db, &scope, id).await;
    let at = at_carrier.map_err(failed)?.ok_or(NOT_FOUND)?;
    let obstacle = obstacle(
        ctx,
        backend,
        (&db, &scope),
        (at.carrier, at.profile),
        at.host.as_deref(),
    )
    .await?;
    if let Some(why) = obstacle {
        return Err(Error::NotSupported {
            message: format!("{why} Nothing was changed."),
        });
    }
    check_inbound(backend)?;
    let asked = store::domain_subscription::ask_renewal(&db, &scope, id, before.version, ctx.now).await;
    if !asked.map_err(failed)? {
        return Err(outdated(&read(&db, ctx, &scope, id).await?));
    }
    let after = read(&db, ctx, &scope, id).await?;
    audit(&db, ctx, &scope, AuditAction::Update, (Some(&before), Some(&after)))
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    backend.renewal_wanted().notify_one();
    Ok(after)
}

/// Whether the profile is one of the enterprise's with which a domain can be subscribed.
async fn check_profile(
    ctx: &OpContext,
    backend: &Backend,
    (db, scope): (&DatabaseTransaction, &EnterpriseScope),
    profile: CarrierProfileId,
) -> Result<(), Error> {
    let wrong = |message: String| Error::invalid("carrier_profile_id", message);
    let head = store::carrier_profile::head(db, scope, profile)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or_else(|| wrong(NO_SUCH_PROFILE.to_owned()))?;
    if !head.carrier.is_netsapiens_type() {
        return Err(wrong(format!("{} needs no domains.", head.carrier.label())));
    }
    let obstacle = obstacle(ctx, backend, (db, scope), (head.carrier, profile), head.host.as_deref()).await?;
    match obstacle {
        Some(why) => Err(wrong(why)),
        None => Ok(()),
    }
}

/// Why the portal cannot ask the carrier of a profile, if so.
async fn obstacle(
    ctx: &OpContext,
    backend: &Backend,
    within: (&DatabaseTransaction, &EnterpriseScope),
    (carrier, profile): (CarrierKind, CarrierProfileId),
    host: Option<&str>,
) -> Result<Option<String>, Error> {
    if !can_reach(backend, carrier) {
        return Ok(Some(no_adapter(carrier)));
    }
    if host.is_none() {
        return Ok(Some(CarrierError::NoHost.to_string()));
    }
    let lacks_credentials = lacks_credentials(ctx, backend, within, (carrier, profile)).await?;
    Ok(lacks_credentials.then(|| CarrierError::NoCredentials.to_string()))
}

/// Without an address that carriers send to there is nothing to subscribe.
fn check_inbound(backend: &Backend) -> Result<(), Error> {
    match backend.inbound_url() {
        Some(_) => Ok(()),
        None => Err(Error::NotSupported {
            message: "The portal was started without an address that carriers send messages to, so it subscribes and \
                      renews no domains. Nothing was changed. Ask whoever runs the portal to set it."
                .to_owned(),
        }),
    }
}

/// Whether a renewal can be asked for.
fn check_status(status: RenewalStatus) -> Result<(), Error> {
    let message = match status {
        RenewalStatus::Idle | RenewalStatus::Failed => return Ok(()),
        RenewalStatus::Renewing => "This domain is being renewed already.",
        RenewalStatus::Deleting => "This domain is being deleted.",
        RenewalStatus::DeletionFailed => "The deletion of this domain has begun. Delete it first, then add it again.",
    };
    Err(Error::conflict("domain", message))
}

/// Why the database refused the row.
fn not_added(ctx: &OpContext, error: DbErr) -> Error {
    if is_unique_violation(&error) {
        return Error::conflict("domain", "This enterprise has this domain already.");
    }
    if is_foreign_key_violation(&error) {
        return Error::invalid("carrier_profile_id", NO_SUCH_PROFILE);
    }
    internal(ctx, error)
}
