//! Roles and accounts: changing and taking away a role, disabling and enabling an account.

use domain::{
    access::{Action, Role},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::MembershipId,
    invitation::check_role,
    membership::MemberRow,
};

use super::{Change, end_access, entries::audit_removed, not_oneself, within_reach};
use crate::{Backend, context::OpContext, error::internal, store};

/// Changes the role that was `was`.
///
/// # Errors
/// As [`crate::access::authorize`]; [`Error::NotFound`] when there is no such role; [`Error::Conflict`] when it is not
/// `was` any more, for one's own account, and for the last admin.
pub async fn set_role(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: MembershipId,
    was: Role,
    role: Role,
) -> Result<MemberRow, Error> {
    let change = Change::begin(ctx, backend, enterprise, Action::Update).await?;
    check_role(role).map_err(|fields| Error::Invalid { fields })?;
    let (before, account) = change.find(id).await?;
    not_oneself(ctx, account)?;
    if role != Role::EnterpriseAdmin {
        change.keeps_an_admin(&before, account, false).await?;
    }
    let hit = store::membership::set_role(&change.db, &change.scope, id, was, role)
        .await
        .map_err(|error| change.failed(error))?;
    if !hit {
        let message = "Somebody else has changed this role in the meantime.";
        return Err(Error::conflict("role", message));
    }
    change.changed(&before, id).await
}

/// Takes a role away. The account stays, with the roles it has elsewhere.
///
/// # Errors
/// As [`crate::access::authorize`]; [`Error::NotFound`] when there is no such role; [`Error::Conflict`] for one's own
/// account and for the last admin.
pub async fn remove(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: MembershipId,
) -> Result<(), Error> {
    let change = Change::begin(ctx, backend, enterprise, Action::Delete).await?;
    let (before, account) = change.find(id).await?;
    not_oneself(ctx, account)?;
    change.keeps_an_admin(&before, account, false).await?;
    store::membership::delete(&change.db, &change.scope, id)
        .await
        .map_err(|error| change.failed(error))?;
    audit_removed(&change, &before).await?;
    change.commit().await
}

/// Disables an account, which ends its sessions and voids its ways to a new password, or enables it again.
///
/// # Errors
/// As [`crate::access::authorize`]; [`Error::NotFound`] when there is no such role; [`Error::Conflict`] for one's own
/// account, for one with a role beyond the provider or the asker's reach, and for the last admin of an enterprise.
pub async fn set_disabled(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: MembershipId,
    disabled: bool,
) -> Result<MemberRow, Error> {
    let change = Change::begin(ctx, backend, enterprise, Action::Update).await?;
    let (before, account) = change.find(id).await?;
    not_oneself(ctx, account)?;
    within_reach(&change, &before, account).await?;
    let failed = |error| internal(ctx, error);
    if disabled {
        change.keeps_an_admin(&before, account, true).await?;
        end_access(&change, account).await?;
    }
    store::account::set_disabled(&change.db, account, disabled)
        .await
        .map_err(failed)?;
    change.changed(&before, id).await
}
