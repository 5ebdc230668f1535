//! A change of one group: its transaction, its checks and its parts.

use std::collections::HashMap;

use domain::{
    access::Resource,
    audit::{AuditAction, AuditSubject},
    error::{Error, FieldError},
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{Assignee, CoolingOff, ReleaseCause},
    sms_group::{SmsGroup, SmsGroupDraft},
};
use sea_orm::{DatabaseTransaction, DbErr};

use super::NOT_FOUND;
use crate::{
    Backend,
    access::EnterpriseScope,
    context::OpContext,
    error::{internal, is_unique_violation},
    services::{config_snapshot, number::check_cooling_off},
    store::{self, number::ChosenNumber},
};

/// A transaction on one enterprise's groups. Dropped without [`Change::commit`] it leaves nothing behind.
pub(super) struct Change<'c> {
    pub(super) ctx: &'c OpContext,
    pub(super) scope: &'c EnterpriseScope,
    pub(super) db: DatabaseTransaction,
}

impl<'c> Change<'c> {
    pub(super) async fn begin(
        ctx: &'c OpContext,
        backend: &Backend,
        scope: &'c EnterpriseScope,
    ) -> Result<Self, Error> {
        let db = store::begin_write(backend.database())
            .await
            .map_err(|error| internal(ctx, error))?;
        Ok(Self { ctx, scope, db })
    }

    pub(super) async fn commit(self) -> Result<(), Error> {
        config_snapshot::changed(&self.db, self.ctx, self.scope)
            .await
            .map_err(|error| self.internal(error))?;
        self.db.commit().await.map_err(|error| internal(self.ctx, error))
    }

    pub(super) fn internal(&self, error: DbErr) -> Error {
        internal(self.ctx, error)
    }

    pub(super) async fn read(&self, id: SmsGroupId) -> Result<SmsGroup, Error> {
        store::sms_group::find(&self.db, self.scope, id)
            .await
            .map_err(|error| self.internal(error))?
            .ok_or(NOT_FOUND)
    }

    /// The group, if it is still `version`.
    pub(super) async fn read_version(&self, id: SmsGroupId, version: i64) -> Result<SmsGroup, Error> {
        let group = self.read(id).await?;
        if group.version == version {
            Ok(group)
        } else {
            Err(outdated(id, group.version))
        }
    }

    /// Why a version was not hit: somebody saved a newer one, or deleted the group.
    pub(super) async fn outdated(&self, id: SmsGroupId) -> Result<Error, Error> {
        let current = store::sms_group::current_version(&self.db, self.scope, id)
            .await
            .map_err(|error| self.internal(error))?;
        Ok(current.map_or(NOT_FOUND, |version| outdated(id, version)))
    }

    /// Keeps others from assigning the numbers that may change hands; see `store::number::lock`.
    pub(super) async fn lock_numbers(&self, old: &[PhoneNumberId], new: &[PhoneNumberId]) -> Result<(), Error> {
        store::number::lock(&self.db, self.scope, &[old, new].concat())
            .await
            .map_err(|error| self.internal(error))
    }

    /// Writes down that the group called `name` has lost these numbers.
    pub(super) async fn released(&self, ids: &[PhoneNumberId], cause: ReleaseCause, name: &str) -> Result<(), Error> {
        store::number::mark_released(&self.db, self.scope, ids, cause, name, self.ctx.now)
            .await
            .map_err(|error| self.internal(error))
    }

    /// Checks what only the database knows: that people and numbers exist here, that the numbers can be had, and that
    /// those that are new in the group have rested or need not.
    pub(super) async fn check(
        &self,
        group: Option<SmsGroupId>,
        draft: &SmsGroupDraft,
        cooling_off: CoolingOff,
    ) -> Result<(), Error> {
        let mut errors = self.check_people(draft).await?;
        let chosen = store::number::chosen_of(&self.db, self.scope, &draft.number_ids)
            .await
            .map_err(|error| self.internal(error))?;
        errors.extend(check_numbers(group, &draft.number_ids, &chosen));
        if !errors.is_empty() {
            return Err(Error::Invalid { fields: errors });
        }
        check_cooling_off(self.ctx, self.scope, &self.db, &chosen, cooling_off).await
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

    /// The answer to a failed write of the group itself, whose only uniqueness rule that can break is the name.
    pub(super) fn name_error(&self, error: DbErr) -> Error {
        if is_unique_violation(&error) {
            return Error::conflict("name", "Another group already has this name. Choose another.");
        }
        self.internal(error)
    }

    pub(super) async fn members(&self, id: SmsGroupId, old: &[TeamsUserId], new: &[TeamsUserId]) -> Result<(), Error> {
        let (added, removed) = difference(old, new);
        store::sms_group::change_members(&self.db, self.scope, id, &added, &removed)
            .await
            .map_err(|error| self.internal(error))
    }

    pub(super) async fn numbers(
        &self,
        id: SmsGroupId,
        old: &[PhoneNumberId],
        new: &[PhoneNumberId],
    ) -> Result<(), Error> {
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

    pub(super) async fn audit(
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

/// What is wrong with the choice of numbers for a group.
fn check_numbers(
    group: Option<SmsGroupId>,
    ids: &[PhoneNumberId],
    chosen: &HashMap<PhoneNumberId, ChosenNumber>,
) -> Vec<FieldError> {
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
            None => (!chosen.sms_capable).then(|| format!("{number} cannot do SMS. Choose another.")),
        }
    };
    ids.iter()
        .filter_map(message)
        .map(|message| FieldError::new("number_ids", message))
        .collect()
}

fn outdated(id: SmsGroupId, current_version: i64) -> Error {
    Error::Outdated {
        resource: Resource::SmsGroup,
        id: id.0,
        current_version,
    }
}

/// What is in `new` but not in `old`, and the other way round.
pub(super) fn difference<T: Copy + Ord>(old: &[T], new: &[T]) -> (Vec<T>, Vec<T>) {
    let only = |these: &[T], those: &[T]| these.iter().filter(|id| !those.contains(id)).copied().collect();
    (only(new, old), only(old, new))
}
