//! One-time links: inviting somebody, and a link to a new password. The answers hold the links, which are told this
//! once.

use domain::{
    access::{Action, Role},
    account::EmailAddress,
    audit::AuditAction,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{InvitationId, MembershipId},
    invitation::{InviteInput, OneTimeLink},
    membership::{MemberRow, MemberState},
};

use super::{
    Change, NOT_FOUND, end_access,
    entries::{Told, audit, audit_removed},
    not_oneself, within_reach,
};
use crate::{Backend, context::OpContext, services::invitation, store};

/// Invites somebody; an unused invitation of theirs is replaced. The answer holds the link, which is told this once.
///
/// # Errors
/// As [`crate::access::authorize`]; [`Error::Invalid`] when a rule is broken; [`Error::Conflict`] when the person has a
/// role here already.
pub async fn invite(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    input: &InviteInput,
) -> Result<OneTimeLink, Error> {
    let change = Change::begin(ctx, backend, enterprise, Action::Create).await?;
    let (email, role) = input.check().map_err(|fields| Error::Invalid { fields })?;
    let known = store::account::credentials(&change.db, &email)
        .await
        .map_err(|error| change.failed(error))?;
    if let Some(known) = known {
        let role = store::membership::of_account(&change.db, &change.scope, known.account.id)
            .await
            .map_err(|error| change.failed(error))?;
        if role.is_some() {
            return Err(Error::conflict(
                "email",
                "This person can sign in to this enterprise already.",
            ));
        }
    }
    linked(change, &email, role, AuditAction::Create).await
}

/// Makes a new link for somebody who is invited; the old one does not work any more.
///
/// # Errors
/// As [`crate::access::authorize`]; [`Error::NotFound`] when there is no such invitation, or it was used.
pub async fn renew_invitation(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: InvitationId,
) -> Result<OneTimeLink, Error> {
    let change = Change::begin(ctx, backend, enterprise, Action::Update).await?;
    let invited = invited(&change, id).await?;
    linked(change, &invited.email, invited.role, AuditAction::Update).await
}

async fn linked(
    change: Change<'_>,
    email: &EmailAddress,
    role: Role,
    action: AuditAction,
) -> Result<OneTimeLink, Error> {
    let Change { db, ctx, scope } = &change;
    store::invitation::delete_open_of(db, scope, email)
        .await
        .map_err(|error| change.failed(error))?;
    let link = invitation::make(db, ctx, scope, email, role, None).await?;
    let told = Told {
        id: link.id.0,
        name: email.as_str(),
        email,
        role,
        state: MemberState::Invited,
        expires_at: Some(link.expires_at),
        password_set_at: None,
    };
    audit(db, ctx, scope, action, (None, Some(&told)))
        .await
        .map_err(|error| change.failed(error))?;
    change.commit().await?;
    Ok(link)
}

async fn invited(change: &Change<'_>, id: InvitationId) -> Result<MemberRow, Error> {
    let open = store::invitation::open(&change.db, &change.scope)
        .await
        .map_err(|error| change.failed(error))?;
    let found = open.into_iter().find(|link| link.id == id).ok_or(NOT_FOUND)?;
    Ok(store::membership::invited_row(found, change.ctx.now))
}

/// Withdraws an invitation: its link does not work any more.
///
/// # Errors
/// As [`crate::access::authorize`]; [`Error::NotFound`] when there is no such invitation, or it was used.
pub async fn withdraw_invitation(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: InvitationId,
) -> Result<(), Error> {
    let change = Change::begin(ctx, backend, enterprise, Action::Delete).await?;
    let invited = invited(&change, id).await?;
    let deleted = store::invitation::delete_open(&change.db, &change.scope, id)
        .await
        .map_err(|error| change.failed(error))?;
    if !deleted {
        return Err(NOT_FOUND);
    }
    audit_removed(&change, &invited).await?;
    change.commit().await
}

/// Takes the password of an account away, ends its sessions, and answers with a link to set a new one, which is told
/// this once.
///
/// # Errors
/// As [`crate::access::authorize`]; [`Error::NotFound`] when there is no such role; [`Error::Conflict`] for one's own
/// account, for one with a role beyond the provider or the asker's reach, and for one that is disabled.
pub async fn reset_password(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: MembershipId,
) -> Result<OneTimeLink, Error> {
    let change = Change::begin(ctx, backend, enterprise, Action::Update).await?;
    let (before, account) = change.find(id).await?;
    not_oneself(ctx, account)?;
    within_reach(&change, &before, account).await?;
    if before.state == MemberState::Disabled {
        return Err(Error::conflict("account", "This account is disabled. Enable it first."));
    }
    end_access(&change, account).await?;
    store::account::set_password(&change.db, account, None)
        .await
        .map_err(|error| change.failed(error))?;
    let (db, scope) = (&change.db, &change.scope);
    let link = invitation::make(db, ctx, scope, &before.email, before.role, Some(account)).await?;
    change.changed(&before, id).await?;
    Ok(link)
}
