//! Teams users: the table, pickers, one person with everything that is theirs.
//!
//! Giving numbers to a person is in `numbers`, what happens when a person leaves in `offboard`, undoing that in `undo`.
//! Each change is one transaction with its audit entries, and the database settles races.

mod numbers;
mod offboard;
mod undo;

use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{PhoneNumberId, TeamsUserId},
    table::searchable,
    teams_user::{ListedUser, TeamsUser, TeamsUserDetails, TeamsUserRef, TeamsUserRow},
};
use sea_orm::{DatabaseTransaction, DbErr};

pub use self::{
    numbers::{set_numbers, set_numbers_of_version},
    offboard::{offboard, offboard_preview},
    undo::undo_offboard,
};
use super::{config_snapshot, table::table_services};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    error::internal,
    store,
};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::TeamsUser,
};

/// The people whose name or sign-in name contains `search`, by name; at most `limit`.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn options(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    search: &str,
    limit: u64,
) -> Result<Vec<TeamsUserRef>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::TeamsUser).await?;
    store::teams_user::options(backend.database(), &scope, &searchable(search), limit)
        .await
        .map_err(|error| internal(ctx, error))
}

table_services!("Users", TeamsUserRow, ListedUser, TeamsUserId);

/// One person with everything that is theirs.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such person in this enterprise.
pub async fn get(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: TeamsUserId,
) -> Result<TeamsUser, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::TeamsUser).await?;
    store::teams_user::find(backend.database(), &scope, id)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)
}

/// The same, and the person's offboarding while it can be undone; by whoever may, not only by who did it.
///
/// # Errors
/// As [`get`].
pub async fn details(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: TeamsUserId,
) -> Result<TeamsUserDetails, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::TeamsUser).await?;
    let (db, failed) = (backend.database(), |error| internal(ctx, error));
    let user = store::teams_user::find(db, &scope, id).await.map_err(failed)?;
    let offboarded = store::teams_user::offboarding::undoable(db, &scope, id, ctx.now)
        .await
        .map_err(failed)?;
    Ok(TeamsUserDetails {
        user: user.ok_or(NOT_FOUND)?,
        offboarded,
    })
}

/// A transaction on what is one person's. Dropped without [`Change::commit`] it leaves nothing behind.
struct Change<'c> {
    ctx: &'c OpContext,
    scope: &'c EnterpriseScope,
    id: TeamsUserId,
    db: DatabaseTransaction,
}

impl<'c> Change<'c> {
    /// Begins, and keeps others from changing what is this person's until the end.
    async fn begin(
        ctx: &'c OpContext,
        backend: &Backend,
        scope: &'c EnterpriseScope,
        id: TeamsUserId,
    ) -> Result<Self, Error> {
        let db = store::begin_write(backend.database())
            .await
            .map_err(|error| internal(ctx, error))?;
        let change = Self { ctx, scope, id, db };
        let found = store::teams_user::count_up(&change.db, scope, id, ctx.now)
            .await
            .map_err(|error| change.internal(error))?;
        if found { Ok(change) } else { Err(NOT_FOUND) }
    }

    /// Publishes the change where changes are live at once, and ends.
    async fn commit(self) -> Result<(), Error> {
        config_snapshot::changed(&self.db, self.ctx, self.scope)
            .await
            .map_err(|error| internal(self.ctx, error))?;
        self.db.commit().await.map_err(|error| internal(self.ctx, error))
    }

    fn internal(&self, error: DbErr) -> Error {
        internal(self.ctx, error)
    }

    /// Keeps others from assigning the numbers that may change hands; see `store::number::lock`.
    async fn lock(&self, numbers: &[PhoneNumberId]) -> Result<(), Error> {
        store::number::lock(&self.db, self.scope, numbers)
            .await
            .map_err(|error| self.internal(error))
    }

    async fn read(&self) -> Result<TeamsUser, Error> {
        store::teams_user::find(&self.db, self.scope, self.id)
            .await
            .map_err(|error| self.internal(error))?
            .ok_or(NOT_FOUND)
    }

    /// What the person has is no longer what the change was made from. Nothing of the version that is told was changed
    /// by this transaction, which counted it up for itself.
    fn outdated(&self, current: &TeamsUser) -> Error {
        Error::Outdated {
            resource: Resource::TeamsUser,
            id: self.id.0,
            current_version: current.version - 1,
        }
    }
}
