//! What changes of a domain share: reading its row, writing down what became of it, and whether its carrier can be asked.

use domain::{
    access::Resource,
    audit::{AuditAction, AuditSubject},
    carrier_profile::CarrierKind,
    domain_subscription::DomainSubscriptionRow,
    error::Error,
    ids::{CarrierProfileId, DomainSubscriptionId},
};
use sea_orm::{DatabaseTransaction, DbErr};

use super::NOT_FOUND;
use crate::{Backend, access::EnterpriseScope, context::OpContext, error::internal, store};

pub(super) async fn read(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    id: DomainSubscriptionId,
) -> Result<DomainSubscriptionRow, Error> {
    store::domain_subscription::find(db, scope, id, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)
}

pub(super) async fn audit(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    action: AuditAction,
    (before, after): (Option<&DomainSubscriptionRow>, Option<&DomainSubscriptionRow>),
) -> Result<(), DbErr> {
    let subject = AuditSubject {
        action,
        resource: Resource::DomainSubscription,
        id: after.or(before).map(|row| row.id.0),
    };
    store::audit::write(db, ctx, scope, subject, before, after).await
}

pub(super) fn outdated(row: &DomainSubscriptionRow) -> Error {
    Error::Outdated {
        resource: Resource::DomainSubscription,
        id: row.id.0,
        current_version: row.version,
    }
}

/// Whether the portal can talk to the carrier about subscriptions.
pub(super) fn can_reach(backend: &Backend, carrier: CarrierKind) -> bool {
    let adapter = backend.carriers().get(carrier);
    adapter.is_some_and(|adapter| adapter.subscriptions().is_some())
}

pub(super) fn no_adapter(carrier: CarrierKind) -> String {
    format!("The portal cannot talk to {} yet.", carrier.label())
}

/// Whether the profile has none of the credentials that its carrier asks for.
pub(super) async fn lacks_credentials(
    ctx: &OpContext,
    backend: &Backend,
    (db, scope): (&DatabaseTransaction, &EnterpriseScope),
    (carrier, profile): (CarrierKind, CarrierProfileId),
) -> Result<bool, Error> {
    let adapter = backend.carriers().get(carrier);
    let asks_for_some = adapter.is_some_and(|adapter| !adapter.credential_fields().is_empty());
    if !asks_for_some {
        return Ok(false);
    }
    let set = store::carrier_credential::of_profile(db, scope, profile)
        .await
        .map_err(|error| internal(ctx, error))?;
    Ok(set.is_empty())
}
