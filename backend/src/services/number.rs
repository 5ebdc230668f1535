//! Phone numbers: the table, single numbers and what pickers offer. Giving numbers to people and groups is in `assign`, how
//! long they should rest before in `cooling_off`, adding, changing and deleting one in `edit`, the same with many in `bulk`.

mod assign;
mod bulk;
mod cooling_off;
mod edit;

use domain::{
    access::{Action, Resource},
    audit::{AuditAction, AuditSubject},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{ListedNumber, NumberDetail, NumberOption, NumberSettings, PhoneNumberRow},
    table::searchable,
};
use sea_orm::{DatabaseTransaction, DbErr};
use serde::Serialize;

pub(super) use self::cooling_off::check_cooling_off;
use self::cooling_off::rests_until;
pub use self::{
    assign::assign,
    bulk::{delete_many, update_many},
    edit::{create, delete, update},
};
use super::table::table_services;
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    error::internal,
    store::{self, number::ChosenNumber},
};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::PhoneNumber,
};

table_services!("Numbers", PhoneNumberRow, ListedNumber, PhoneNumberId);

/// One number with everything about it; for those who have nothing to do with carriers it has none.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such number in this enterprise.
pub async fn get(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: PhoneNumberId,
) -> Result<NumberDetail, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::PhoneNumber).await?;
    let db = store::begin_read(backend.database())
        .await
        .map_err(|error| internal(ctx, error))?;
    let change = Change { ctx, scope: &scope, db };
    let row = change.read(id).await?;
    let mut settings = change.settings(id).await?;
    if !scope.shows_carriers() {
        settings.carrier_profile = None;
    }
    let cooling_off_until = change.cooling_off_until(&row).await?;
    Ok(NumberDetail {
        row,
        settings,
        cooling_off_until,
    })
}

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
) -> Result<Vec<NumberOption>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::PhoneNumber).await?;
    options(ctx, backend, &scope, group, search, limit).await
}

/// The SMS-capable numbers that contain `search` in any usual form and that `user` could be given, because nobody has
/// them, ascending; at most `limit`.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such person in this enterprise.
pub async fn options_for_user(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    user: TeamsUserId,
    search: &str,
    limit: u64,
) -> Result<Vec<NumberOption>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::PhoneNumber).await?;
    let existing = store::teams_user::existing(backend.database(), &scope, &[user])
        .await
        .map_err(|error| internal(ctx, error))?;
    if !existing.contains(&user) {
        return Err(Error::NotFound {
            resource: Resource::TeamsUser,
        });
    }
    options(ctx, backend, &scope, None, search, limit).await
}

async fn options(
    ctx: &OpContext,
    backend: &Backend,
    scope: &EnterpriseScope,
    group: Option<SmsGroupId>,
    search: &str,
    limit: u64,
) -> Result<Vec<NumberOption>, Error> {
    let failed = |error| internal(ctx, error);
    let db = backend.database();
    let time = store::number::cooling_off(db, scope).await.map_err(failed)?;
    let found = store::number::options_for_group(db, scope, group, &searchable(search), limit)
        .await
        .map_err(failed)?;
    let option = |chosen: &ChosenNumber| NumberOption {
        id: chosen.number.id,
        e164: chosen.number.e164,
        cooling_off_until: rests_until(chosen, time, ctx.now),
    };
    Ok(found.iter().map(option).collect())
}

/// A transaction on one enterprise's numbers. Dropped without [`Change::commit`] it leaves nothing behind.
struct Change<'c> {
    ctx: &'c OpContext,
    scope: &'c EnterpriseScope,
    db: DatabaseTransaction,
}

impl<'c> Change<'c> {
    async fn begin(ctx: &'c OpContext, backend: &Backend, scope: &'c EnterpriseScope) -> Result<Self, Error> {
        let db = store::begin_write(backend.database())
            .await
            .map_err(|error| internal(ctx, error))?;
        Ok(Self { ctx, scope, db })
    }

    /// Makes the change live where changes are live at once, and ends the transaction.
    async fn commit(self) -> Result<(), Error> {
        super::config_snapshot::changed(&self.db, self.ctx, self.scope)
            .await
            .map_err(|error| internal(self.ctx, error))?;
        self.db.commit().await.map_err(|error| internal(self.ctx, error))
    }

    fn internal(&self, error: DbErr) -> Error {
        internal(self.ctx, error)
    }

    async fn lock(&self, ids: &[PhoneNumberId]) -> Result<(), Error> {
        store::number::lock(&self.db, self.scope, ids)
            .await
            .map_err(|error| self.internal(error))
    }

    async fn read(&self, id: PhoneNumberId) -> Result<PhoneNumberRow, Error> {
        store::number::find(&self.db, self.scope, id)
            .await
            .map_err(|error| self.internal(error))?
            .ok_or(NOT_FOUND)
    }

    /// The number, locked, if it is still `version`.
    async fn read_version(&self, id: PhoneNumberId, version: i64) -> Result<PhoneNumberRow, Error> {
        self.lock(&[id]).await?;
        let row = self.read(id).await?;
        if row.version == version {
            return Ok(row);
        }
        Err(Error::Outdated {
            resource: Resource::PhoneNumber,
            id: id.0,
            current_version: row.version,
        })
    }

    async fn settings(&self, id: PhoneNumberId) -> Result<NumberSettings, Error> {
        let mut settings = store::number::settings(&self.db, self.scope, &[id])
            .await
            .map_err(|error| self.internal(error))?;
        settings.remove(&id).ok_or(NOT_FOUND)
    }

    async fn audit<T: Serialize + Sync>(
        &self,
        action: AuditAction,
        resource: Resource,
        id: PhoneNumberId,
        before: Option<&T>,
        after: Option<&T>,
    ) -> Result<(), Error> {
        let subject = AuditSubject {
            action,
            resource,
            id: Some(id.0),
        };
        store::audit::write(&self.db, self.ctx, self.scope, subject, before, after)
            .await
            .map_err(|error| self.internal(error))
    }
}
