//! Who can sign in to an enterprise: inviting people, changing and taking away roles, disabling accounts, new passwords.
//!
//! A role belongs to its enterprise; an account may have roles elsewhere. Whoever runs a provider disables and resets only
//! accounts that have no role beyond that provider, so that nobody reaches into another provider's enterprises; and through
//! a token that reaches single enterprises only those that have no role beyond the one it works on.

mod entries;
mod links;
mod roles;
mod tokens;

use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{AccountId, MembershipId},
    membership::{MemberRow, MemberState, TABLE},
    table::{Page, TableIndex, TableQuery, WHOLE_LIST_ROWS, WholeList},
};
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

pub(super) use self::entries::{audit_added, audit_changed, audit_password};
pub use self::{
    links::{invite, renew_invitation, reset_password, withdraw_invitation},
    roles::{remove, set_disabled, set_role},
    tokens::{list_tokens, revoke_token},
};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize, runs_provider},
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

/// Refuses what reaches beyond the provider, or beyond the enterprise through a token that reaches no other.
async fn within_reach(change: &Change<'_>, row: &MemberRow, account: AccountId) -> Result<(), Error> {
    not_shared(row)?;
    let Change { db, ctx, scope } = change;
    if runs_provider(ctx, scope) {
        return Ok(());
    }
    let elsewhere = store::membership::is_elsewhere(db, scope, account).await;
    if elsewhere.map_err(|error| change.failed(error))? {
        let message =
            "This account also has a role at another enterprise, and your token does not reach all of the provider.";
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

/// Ends the sessions of an account and voids its links.
async fn end_access(change: &Change<'_>, account: AccountId) -> Result<(), Error> {
    store::session::delete_of_account(&change.db, account)
        .await
        .map_err(|error| change.failed(error))?;
    store::invitation::delete_resets(&change.db, &change.scope, account)
        .await
        .map_err(|error| change.failed(error))
}
