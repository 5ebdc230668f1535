//! Who can sign in to an enterprise: inviting people, changing and taking away roles, disabling accounts, new passwords.
//!
//! A role belongs to its enterprise; an account may have roles elsewhere. Whoever runs a provider disables and resets only
//! accounts that have no role beyond that provider, so that nobody reaches into another provider's enterprises.

use domain::{
    access::{Action, Resource, Role},
    account::EmailAddress,
    audit::{AuditAction, AuditSubject},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{AccountId, InvitationId, MembershipId},
    invitation::{InviteInput, OneTimeLink, check_role},
    membership::{MemberRow, MemberState, TABLE},
    table::{Page, TableIndex, TableQuery, WHOLE_LIST_ROWS, WholeList},
};
use sea_orm::{DatabaseTransaction, DbErr};
use serde::Serialize;
use uuid::Uuid;

use super::invitation;
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    error::internal,
    store,
};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::Membership,
};

async fn rows(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<Vec<MemberRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::Membership).await?;
    store::membership::rows(backend.database(), &scope, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}

/// Few people sign in to one enterprise, so their table is answered in memory.
fn index(rows: &[MemberRow]) -> TableIndex {
    TableIndex::build(&TABLE, rows, MemberRow::indexed)
}

/// One page of the table of who can sign in.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Page<MemberRow>, Error> {
    let rows = rows(ctx, backend, enterprise).await?;
    Ok(index(&rows).evaluate(query, ctx.now).page_of(&rows))
}

/// All rows of the table, or those of `ids` if there are any; for browsers that answer queries by themselves.
///
/// # Errors
/// As [`list`].
pub async fn list_all(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    ids: &[Uuid],
) -> Result<WholeList<MemberRow>, Error> {
    let mut rows = rows(ctx, backend, enterprise).await?;
    if !ids.is_empty() {
        rows.retain(|row| ids.contains(&row.id));
    }
    if rows.len() as u64 > WHOLE_LIST_ROWS {
        return Ok(WholeList::TooLong);
    }
    Ok(WholeList::Rows((), rows))
}

/// The rows that `query` finds, in its order, whatever the page; for files.
///
/// # Errors
/// As [`list`].
pub async fn export(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Vec<MemberRow>, Error> {
    let rows = rows(ctx, backend, enterprise).await?;
    let places = index(&rows).matching(query, ctx.now);
    let found = places.into_iter().filter_map(|place| rows.get(place as usize).cloned());
    Ok(found.collect())
}

/// One row: a role or an invitation.
///
/// # Errors
/// As [`list`]; [`Error::NotFound`] when there is neither of that id at the enterprise.
pub async fn get(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: Uuid,
) -> Result<MemberRow, Error> {
    let rows = rows(ctx, backend, enterprise).await?;
    rows.into_iter().find(|row| row.id == id).ok_or(NOT_FOUND)
}

/// A change that is under way: its transaction, whose request it is, and where.
struct Change<'c> {
    db: DatabaseTransaction,
    ctx: &'c OpContext,
    scope: EnterpriseScope,
}

impl<'c> Change<'c> {
    /// Begins it, after asking for the permission. One change of people at a time within a provider.
    async fn begin(
        ctx: &'c OpContext,
        backend: &Backend,
        enterprise: &EnterpriseSlug,
        action: Action,
    ) -> Result<Self, Error> {
        let scope = authorize(ctx, backend, enterprise, action, Resource::Membership).await?;
        let failed = |error| internal(ctx, error);
        let db = store::begin_write(backend.database()).await.map_err(failed)?;
        store::provider::lock_people(&db, &scope).await.map_err(failed)?;
        Ok(Self { db, ctx, scope })
    }

    fn failed(&self, error: DbErr) -> Error {
        internal(self.ctx, error)
    }

    async fn find(&self, id: MembershipId) -> Result<(MemberRow, AccountId), Error> {
        let found = store::membership::find(&self.db, &self.scope, id)
            .await
            .map_err(|error| self.failed(error))?;
        let row = found.ok_or(NOT_FOUND)?;
        let account = row.account.ok_or(NOT_FOUND)?;
        Ok((row, account))
    }

    /// Refuses what takes the last admin of an enterprise away.
    async fn keeps_an_admin(&self, row: &MemberRow, account: AccountId, everywhere: bool) -> Result<(), Error> {
        let own = self.scope.enterprise();
        if row.state == MemberState::Disabled {
            return Ok(());
        }
        let admin_at = store::membership::admin_at(&self.db, &self.scope, account)
            .await
            .map_err(|error| self.failed(error))?;
        for enterprise in admin_at.into_iter().filter(|at| everywhere || *at == own) {
            let others = store::membership::other_admins(&self.db, &self.scope, enterprise, account)
                .await
                .map_err(|error| self.failed(error))?;
            if others == 0 {
                let message = if enterprise == own {
                    "This is the last admin of the enterprise. Add another admin first."
                } else {
                    "This is the last admin of another of your enterprises. Add another admin there first."
                };
                return Err(Error::conflict("account", message));
            }
        }
        Ok(())
    }

    async fn changed(self, before: &MemberRow, id: MembershipId) -> Result<MemberRow, Error> {
        let (after, _) = self.find(id).await?;
        audit_changed(&self.db, self.ctx, &self.scope, before, &after)
            .await
            .map_err(|error| self.failed(error))?;
        self.commit().await?;
        Ok(after)
    }

    async fn commit(self) -> Result<(), Error> {
        let Self { db, ctx, .. } = self;
        db.commit().await.map_err(|error| internal(ctx, error))
    }
}

/// Refuses what somebody would do to their own account.
fn not_oneself(ctx: &OpContext, account: AccountId) -> Result<(), Error> {
    if ctx.account_id() == Some(account) {
        let message = "This is your own account. Somebody else has to do this.";
        return Err(Error::conflict("account", message));
    }
    Ok(())
}

/// Refuses what reaches beyond the provider.
fn not_shared(row: &MemberRow) -> Result<(), Error> {
    if row.shared {
        let message = "This account also has a role beyond your enterprises. You can change or remove its role here.";
        return Err(Error::conflict("account", message));
    }
    Ok(())
}

/// Invites somebody; an unused invitation of theirs is replaced. The answer holds the link, which is told this once.
///
/// # Errors
/// As [`authorize`]; [`Error::Invalid`] when a rule is broken; [`Error::Conflict`] when the person has a role here already.
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
/// As [`authorize`]; [`Error::NotFound`] when there is no such invitation, or it was used.
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
/// As [`authorize`]; [`Error::NotFound`] when there is no such invitation, or it was used.
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

/// Changes the role that was `was`.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such role; [`Error::Conflict`] when it is not `was` any more, for
/// one's own account, and for the last admin.
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
/// As [`authorize`]; [`Error::NotFound`] when there is no such role; [`Error::Conflict`] for one's own account and for the
/// last admin.
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
/// As [`authorize`]; [`Error::NotFound`] when there is no such role; [`Error::Conflict`] for one's own account, for one with
/// a role beyond the provider, and for the last admin of an enterprise.
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
    not_shared(&before)?;
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

/// Takes the password of an account away, ends its sessions, and answers with a link to set a new one, which is told this
/// once.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such role; [`Error::Conflict`] for one's own account, for one with
/// a role beyond the provider, and for one that is disabled.
pub async fn reset_password(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: MembershipId,
) -> Result<OneTimeLink, Error> {
    let change = Change::begin(ctx, backend, enterprise, Action::Update).await?;
    let (before, account) = change.find(id).await?;
    not_oneself(ctx, account)?;
    not_shared(&before)?;
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

/// Ends the sessions of an account and voids its links.
async fn end_access(change: &Change<'_>, account: AccountId) -> Result<(), Error> {
    store::session::delete_of_account(&change.db, account)
        .await
        .map_err(|error| change.failed(error))?;
    store::invitation::delete_resets(&change.db, &change.scope, account)
        .await
        .map_err(|error| change.failed(error))
}

/// What the audit log is told of a role or an invitation; never a secret.
#[derive(Serialize)]
struct Told<'a> {
    id: Uuid,
    name: &'a str,
    email: &'a EmailAddress,
    role: Role,
    state: MemberState,
    expires_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl<'a> Told<'a> {
    fn of(row: &'a MemberRow) -> Self {
        Self {
            id: row.id,
            name: row.name(),
            email: &row.email,
            role: row.role,
            state: row.state,
            expires_at: row.expires_at,
        }
    }
}

/// Writes down that somebody came to a role.
pub(super) async fn audit_added(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    row: &MemberRow,
) -> Result<(), DbErr> {
    audit(db, ctx, scope, AuditAction::Create, (None, Some(&Told::of(row)))).await
}

/// Writes down what changed about somebody.
pub(super) async fn audit_changed(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    before: &MemberRow,
    after: &MemberRow,
) -> Result<(), DbErr> {
    let (before, after) = (Told::of(before), Told::of(after));
    audit(db, ctx, scope, AuditAction::Update, (Some(&before), Some(&after))).await
}

async fn audit_removed(change: &Change<'_>, row: &MemberRow) -> Result<(), Error> {
    let told = Told::of(row);
    audit(
        &change.db,
        change.ctx,
        &change.scope,
        AuditAction::Delete,
        (Some(&told), None),
    )
    .await
    .map_err(|error| change.failed(error))
}

async fn audit(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    action: AuditAction,
    (before, after): (Option<&Told<'_>>, Option<&Told<'_>>),
) -> Result<(), DbErr> {
    let subject = AuditSubject {
        action,
        resource: Resource::Membership,
        id: after.or(before).map(|told| told.id),
    };
    store::audit::write(db, ctx, scope, subject, before, after).await
}
