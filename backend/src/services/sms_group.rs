//! SMS groups: the table, and adding, changing and deleting groups.
//!
//! A change is one transaction with its audit entry. What a check in code could miss under load (two people taking one
//! number, or one name) the database's own constraints decide. Undoing a deletion is in `restore`.

mod restore;

use chrono::{DateTime, Utc};
use domain::{
    access::{Action, Resource},
    audit::{AuditAction, AuditSubject},
    enterprise::EnterpriseSlug,
    error::{Error, FieldError},
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{Assignee, ReleaseCause},
    sms_group::{ListedGroup, SmsGroup, SmsGroupDraft, SmsGroupInput, SmsGroupRow},
    table::{Page, TableQuery, WholeList},
};
use sea_orm::{DatabaseTransaction, DbErr};
use uuid::Uuid;

pub use self::restore::restore;
use super::{
    config_snapshot,
    export::{Export, Reading},
};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    error::{internal, is_unique_violation},
    store,
};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::SmsGroup,
};
const FIRST_VERSION: i64 = 1;

/// One page of the Groups table.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Page<SmsGroupRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::SmsGroup).await?;
    store::sms_group::list(backend.database(), &scope, query, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}

/// The rows of the Groups table that `query` finds, in its order, whatever the page; for files.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn export(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Export<SmsGroupRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::SmsGroup).await?;
    let ids = store::sms_group::matching(backend.database(), &scope, query, ctx.now).await;
    Export::new(ctx, backend, scope, ids, exported)
}

fn exported<'r>(
    backend: &'r Backend,
    scope: &'r EnterpriseScope,
    ids: &'r [Uuid],
    _now: DateTime<Utc>,
) -> Reading<'r, SmsGroupRow> {
    Box::pin(store::sms_group::rows(backend.database(), scope, ids))
}

/// All rows of the Groups table, or those of `ids` if there are any; for browsers that answer queries by themselves.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list_all(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    ids: &[SmsGroupId],
) -> Result<WholeList<ListedGroup>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::SmsGroup).await?;
    store::sms_group::all(backend.database(), &scope, ids)
        .await
        .map_err(|error| internal(ctx, error))
}

/// One group with everything in it.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such group in this enterprise.
pub async fn get(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: SmsGroupId,
) -> Result<SmsGroup, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::SmsGroup).await?;
    store::sms_group::find(backend.database(), &scope, id)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)
}

/// Adds a group.
///
/// # Errors
/// As [`authorize`]; [`Error::Invalid`] with every broken rule; [`Error::Conflict`] when the name or a number is taken.
pub async fn create(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    input: &SmsGroupInput,
) -> Result<SmsGroup, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Create, Resource::SmsGroup).await?;
    let draft = input.check().map_err(|fields| Error::Invalid { fields })?;
    let change = Change::begin(ctx, backend, &scope).await?;
    let id = SmsGroupId(store::new_id());
    change.lock_numbers(&[], &draft.number_ids).await?;
    change.check(None, &draft).await?;
    store::sms_group::insert(&change.db, &scope, id, FIRST_VERSION, &draft, ctx.now)
        .await
        .map_err(|error| change.name_error(error))?;
    change.members(id, &[], &draft.member_ids).await?;
    change.numbers(id, &[], &draft.number_ids).await?;
    let after = change.read(id).await?;
    change.audit(AuditAction::Create, id, None, Some(&after)).await?;
    change.commit().await?;
    Ok(after)
}

/// Changes the group that was read as `version`.
///
/// # Errors
/// As [`create`]; [`Error::Outdated`] when somebody saved a newer version; [`Error::NotFound`] when it is gone.
pub async fn update(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: SmsGroupId,
    version: i64,
    input: &SmsGroupInput,
) -> Result<SmsGroup, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::SmsGroup).await?;
    let draft = input.check().map_err(|fields| Error::Invalid { fields })?;
    let change = Change::begin(ctx, backend, &scope).await?;
    let before = change.read_version(id, version).await?;
    let old = before.input();
    change.lock_numbers(&old.number_ids, &draft.number_ids).await?;
    change.check(Some(id), &draft).await?;
    let updated = store::sms_group::update(&change.db, &scope, id, version, &draft, ctx.now)
        .await
        .map_err(|error| change.name_error(error))?;
    if !updated {
        return Err(change.outdated(id).await?);
    }
    change.members(id, &old.member_ids, &draft.member_ids).await?;
    change.numbers(id, &old.number_ids, &draft.number_ids).await?;
    let (_, released) = difference(&old.number_ids, &draft.number_ids);
    change
        .released(&released, ReleaseCause::GroupUpdated, &before.name)
        .await?;
    let after = change.read(id).await?;
    change
        .audit(AuditAction::Update, id, Some(&before), Some(&after))
        .await?;
    change.commit().await?;
    Ok(after)
}

/// Deletes the group that was read as `version`; its numbers are free afterwards.
///
/// # Errors
/// As [`authorize`]; [`Error::Outdated`] when somebody saved a newer version; [`Error::NotFound`] when it is gone.
pub async fn delete(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: SmsGroupId,
    version: i64,
) -> Result<(), Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Delete, Resource::SmsGroup).await?;
    let change = Change::begin(ctx, backend, &scope).await?;
    let before = change.read_version(id, version).await?;
    let numbers = before.input().number_ids;
    change.lock_numbers(&numbers, &[]).await?;
    let deleted = store::sms_group::delete(&change.db, &scope, id, version)
        .await
        .map_err(|error| internal(ctx, error))?;
    if !deleted {
        return Err(change.outdated(id).await?);
    }
    store::number::count_up(&change.db, &scope, &numbers, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))?;
    change
        .released(&numbers, ReleaseCause::GroupDeleted, &before.name)
        .await?;
    change.audit(AuditAction::Delete, id, Some(&before), None).await?;
    change.commit().await
}

/// A transaction on one enterprise's groups. Dropped without [`Change::commit`] it leaves nothing behind.
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

    async fn commit(self) -> Result<(), Error> {
        config_snapshot::changed(&self.db, self.ctx, self.scope)
            .await
            .map_err(|error| self.internal(error))?;
        self.db.commit().await.map_err(|error| internal(self.ctx, error))
    }

    fn internal(&self, error: DbErr) -> Error {
        internal(self.ctx, error)
    }

    async fn read(&self, id: SmsGroupId) -> Result<SmsGroup, Error> {
        store::sms_group::find(&self.db, self.scope, id)
            .await
            .map_err(|error| self.internal(error))?
            .ok_or(NOT_FOUND)
    }

    /// The group, if it is still `version`.
    async fn read_version(&self, id: SmsGroupId, version: i64) -> Result<SmsGroup, Error> {
        let group = self.read(id).await?;
        if group.version == version {
            Ok(group)
        } else {
            Err(outdated(id, group.version))
        }
    }

    /// Why a version was not hit: somebody saved a newer one, or deleted the group.
    async fn outdated(&self, id: SmsGroupId) -> Result<Error, Error> {
        let current = store::sms_group::current_version(&self.db, self.scope, id)
            .await
            .map_err(|error| self.internal(error))?;
        Ok(current.map_or(NOT_FOUND, |version| outdated(id, version)))
    }

    /// Keeps others from assigning the numbers that may change hands; see `store::number::lock`.
    async fn lock_numbers(&self, old: &[PhoneNumberId], new: &[PhoneNumberId]) -> Result<(), Error> {
        store::number::lock(&self.db, self.scope, &[old, new].concat())
            .await
            .map_err(|error| self.internal(error))
    }

    /// Writes down that the group called `name` has lost these numbers.
    async fn released(&self, ids: &[PhoneNumberId], cause: ReleaseCause, name: &str) -> Result<(), Error> {
        store::number::mark_released(&self.db, self.scope, ids, cause, name, self.ctx.now)
            .await
            .map_err(|error| self.internal(error))
    }

    /// Checks what only the database knows: that people and numbers exist here, and that the numbers can be had.
    async fn check(&self, group: Option<SmsGroupId>, draft: &SmsGroupDraft) -> Result<(), Error> {
        let mut errors = self.check_people(draft).await?;
        errors.extend(self.check_numbers(group, &draft.number_ids).await?);
        if errors.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid { fields: errors })
        }
    }

    async fn check_people(&self, draft: &SmsGroupDraft) -> Result<Vec<FieldError>, Error> {
        let mut ids: Vec<TeamsUserId> = draft.member_ids.clone();
        ids.push(draft.owner_id);
        let existing = store::teams_user::existing(&self.db, self.scope, &ids)
            .await
            .map_err(|error| self.internal(error))?;
        let mut errors = Vec::new();
        if !existing.contains(&draft.owner_id) {
            errors.push(FieldError::new(
                "owner_id",
                "This person no longer exists. Choose somebody else.",
            ));
        }
        if draft.member_ids.iter().any(|id| !existing.contains(id)) {
            errors.push(FieldError::new(
                "member_ids",
                "One of the members no longer exists. Remove them and save again.",
            ));
        }
        Ok(errors)
    }

    async fn check_numbers(&self, group: Option<SmsGroupId>, ids: &[PhoneNumberId]) -> Result<Vec<FieldError>, Error> {
        let chosen = store::number::chosen_of(&self.db, self.scope, ids)
            .await
            .map_err(|error| self.internal(error))?;
        let cooling_off = store::number::cooling_off(&self.db, self.scope)
            .await
            .map_err(|error| self.internal(error))?;
        let message = |id: &PhoneNumberId| {
            let Some(chosen) = chosen.get(id) else {
                return Some("One of the numbers no longer exists. Remove it and save again.".to_owned());
            };
            let number = chosen.number.e164.display();
            match &chosen.number.assignee {
                Some(Assignee::SmsGroup { id, .. }) if Some(*id) == group => None,
                Some(Assignee::SmsGroup { name, .. } | Assignee::TeamsUser { name, .. }) => {
                    Some(format!("{number} belongs to {name} now. Remove it or choose another."))
                }
                None if !chosen.sms_capable => Some(format!("{number} cannot do SMS. Choose another.")),
                None => super::number::cooling_off_until(chosen.released_at, cooling_off, self.ctx.now)
                    .map(|until| super::number::still_cooling_off(chosen.number.e164, until)),
            }
        };
        Ok(ids
            .iter()
            .filter_map(message)
            .map(|message| FieldError::new("number_ids", message))
            .collect())
    }

    /// The answer to a failed write of the group itself, whose only uniqueness rule that can break is the name.
    fn name_error(&self, error: DbErr) -> Error {
        if is_unique_violation(&error) {
            return Error::conflict("name", "Another group already has this name. Choose another.");
        }
        self.internal(error)
    }

    async fn members(&self, id: SmsGroupId, old: &[TeamsUserId], new: &[TeamsUserId]) -> Result<(), Error> {
        let (added, removed) = difference(old, new);
        store::sms_group::change_members(&self.db, self.scope, id, &added, &removed)
            .await
            .map_err(|error| self.internal(error))
    }

    async fn numbers(&self, id: SmsGroupId, old: &[PhoneNumberId], new: &[PhoneNumberId]) -> Result<(), Error> {
        let (added, removed) = difference(old, new);
        store::sms_group::change_numbers(&self.db, self.scope, id, &added, &removed, self.ctx.now)
            .await
            .map_err(|error| {
                if is_unique_violation(&error) {
                    let message = "Somebody else has just taken one of the numbers. Open the list again and choose.";
                    return Error::conflict("number_ids", message);
                }
                self.internal(error)
            })
    }

    async fn audit(
        &self,
        action: AuditAction,
        id: SmsGroupId,
        before: Option<&SmsGroup>,
        after: Option<&SmsGroup>,
    ) -> Result<(), Error> {
        let subject = AuditSubject {
            action,
            resource: Resource::SmsGroup,
            id: Some(id.0),
        };
        store::audit::write(&self.db, self.ctx, self.scope, subject, before, after)
            .await
            .map_err(|error| self.internal(error))
    }
}

fn outdated(id: SmsGroupId, current_version: i64) -> Error {
    Error::Outdated {
        resource: Resource::SmsGroup,
        id: id.0,
        current_version,
    }
}

/// What is in `new` but not in `old`, and the other way round.
fn difference<T: Copy + Ord>(old: &[T], new: &[T]) -> (Vec<T>, Vec<T>) {
    let only = |these: &[T], those: &[T]| these.iter().filter(|id| !those.contains(id)).copied().collect();
    (only(new, old), only(old, new))
}
