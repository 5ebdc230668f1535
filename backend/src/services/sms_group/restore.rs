//! Undoing a deletion: the group comes back from its entry in the audit log.

use std::collections::HashMap;

use domain::{
    access::{Action, Resource},
    audit::AuditAction,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{Assignee, PhoneNumberRef},
    sms_group::{GroupName, LostNumber, NotRestored, RestoredGroup, SmsGroup, SmsGroupDraft, UNDO_FOR},
};
use sea_orm::DbErr;

use super::{Change, NOT_FOUND};
use crate::{
    Backend,
    access::authorize,
    context::OpContext,
    error::{fault, internal, is_unique_violation},
    store::{self, number::ChosenNumber},
};

/// Brings back a group that was deleted no longer than [`UNDO_FOR`] ago, under its old id, so that links to it work
/// again: its name, its owner, the members who still exist and the numbers that are still free. The answer names what is
/// missing. The version goes on from the deleted one, so that a dialog that was open all the time overwrites nothing
/// unseen.
///
/// Whoever may add groups may do so, not only who deleted it.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when no such group was deleted in this enterprise; [`Error::Gone`] when that was
/// too long ago; [`Error::Conflict`] when the group is back already, another group has its name, or its owner or all of
/// its members no longer exist.
pub async fn restore(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: SmsGroupId,
) -> Result<RestoredGroup, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Create, Resource::SmsGroup).await?;
    let change = Change::begin(ctx, backend, &scope).await?;
    let before = change.deleted(id).await?;
    let (draft, mut missing) = change.what_is_left(&before).await?;
    let version = before.version + 1;
    let inserted = store::sms_group::insert(&change.db, &scope, id, version, &draft, ctx.now).await;
    if let Err(error) = inserted {
        return Err(change.not_inserted(backend, id, &draft.name, error).await);
    }
    change.members(id, &[], &draft.member_ids).await?;
    store::sms_group::take_free_numbers(&change.db, &scope, id, &draft.number_ids, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))?;
    let group = change.read(id).await?;
    missing.extend(change.lost_numbers(&before, &group).await?);
    change.audit(AuditAction::Restore, id, None, Some(&group)).await?;
    change.commit().await?;
    Ok(RestoredGroup { group, missing })
}

impl Change<'_> {
    /// The group as it was before its last deletion.
    async fn deleted(&self, id: SmsGroupId) -> Result<SmsGroup, Error> {
        let there = store::sms_group::current_version(&self.db, self.scope, id)
            .await
            .map_err(|error| self.internal(error))?;
        if there.is_some() {
            return Err(back_already());
        }
        let found = store::audit::last_before(&self.db, self.scope, AuditAction::Delete, Resource::SmsGroup, id.0)
            .await
            .map_err(|error| self.internal(error))?;
        let (deleted_at, before) = found.ok_or(NOT_FOUND)?;
        if self.ctx.now - deleted_at > UNDO_FOR {
            return Err(too_late());
        }
        Ok(before)
    }

    /// What can be brought back, as far as nobody is taking it at this moment, and the members who cannot.
    async fn what_is_left(&self, before: &SmsGroup) -> Result<(SmsGroupDraft, Vec<NotRestored>), Error> {
        let name = GroupName::parse(&before.name)
            .map_err(|error| fault(self.ctx, "a deleted group has a name that cannot be one", &error))?;
        let (member_ids, gone) = self.members_left(before).await?;
        let mut number_ids: Vec<PhoneNumberId> = self
            .numbers_of(before)
            .await?
            .into_values()
            .filter(|chosen| chosen.sms_capable)
            .map(|chosen| chosen.number.id)
            .collect();
        // In one order for all, so that nobody waits for somebody who waits for them.
        number_ids.sort_unstable();
        let draft = SmsGroupDraft {
            name,
            owner_id: before.owner.id,
            member_ids,
            number_ids,
        };
        Ok((draft, gone))
    }

    /// The members who still exist, and the others.
    async fn members_left(&self, before: &SmsGroup) -> Result<(Vec<TeamsUserId>, Vec<NotRestored>), Error> {
        let mut people: Vec<TeamsUserId> = before.members.iter().map(|member| member.id).collect();
        people.push(before.owner.id);
        let existing = store::teams_user::existing(&self.db, self.scope, &people)
            .await
            .map_err(|error| self.internal(error))?;
        if !existing.contains(&before.owner.id) {
            return Err(owner_is_gone(&before.owner.display_name));
        }
        let (mut left, mut gone) = (Vec::new(), Vec::new());
        for member in &before.members {
            if existing.contains(&member.id) {
                left.push(member.id);
            } else {
                gone.push(NotRestored::Member {
                    name: member.display_name.clone(),
                });
            }
        }
        if left.is_empty() {
            return Err(members_are_gone());
        }
        Ok((left, gone))
    }

    /// The numbers that the group had and has not got back, and why.
    async fn lost_numbers(&self, before: &SmsGroup, after: &SmsGroup) -> Result<Vec<NotRestored>, Error> {
        let now = self.numbers_of(before).await?;
        let is_back = |lost: &PhoneNumberRef| after.numbers.iter().any(|number| number.id == lost.id);
        let mut missing = Vec::new();
        for number in before.numbers.iter().filter(|number| !is_back(number)) {
            missing.push(NotRestored::Number {
                number: number.e164,
                why: why_lost(now.get(&number.id)),
            });
        }
        Ok(missing)
    }

    /// The numbers of a group of some time ago, as they are now.
    async fn numbers_of(&self, group: &SmsGroup) -> Result<HashMap<PhoneNumberId, ChosenNumber>, Error> {
        let ids: Vec<PhoneNumberId> = group.numbers.iter().map(|number| number.id).collect();
        store::number::chosen_of(&self.db, self.scope, &ids)
            .await
            .map_err(|error| self.internal(error))
    }

    /// Why the group could not be added: somebody else has just brought it back, or another one has its name.
    async fn not_inserted(self, backend: &Backend, id: SmsGroupId, name: &GroupName, error: DbErr) -> Error {
        let Self { ctx, scope, db } = self;
        if !is_unique_violation(&error) {
            return internal(ctx, error);
        }
        // On PostgreSQL a transaction with a failed statement answers nothing more.
        if let Err(error) = db.rollback().await {
            return internal(ctx, error);
        }
        match store::sms_group::current_version(backend.database(), scope, id).await {
            Ok(Some(_)) => back_already(),
            Ok(None) => name_is_taken(name),
            Err(error) => internal(ctx, error),
        }
    }
}

fn why_lost(number: Option<&ChosenNumber>) -> LostNumber {
    let Some(chosen) = number else {
        return LostNumber::Gone;
    };
    match &chosen.number.assignee {
        Some(Assignee::TeamsUser { name, .. } | Assignee::SmsGroup { name, .. }) => LostNumber::Taken(name.clone()),
        None => LostNumber::WithoutSms,
    }
}

fn back_already() -> Error {
    Error::conflict("id", "The group is back already; somebody has restored it.")
}

fn too_late() -> Error {
    let minutes = UNDO_FOR.num_minutes();
    Error::Gone {
        message: format!("A deletion can be undone for {minutes} minutes, and they are over. Add the group anew."),
    }
}

fn name_is_taken(name: &GroupName) -> Error {
    let message = format!("Another group is called {name} now. Rename that one, then undo again.");
    Error::conflict("name", message)
}

fn owner_is_gone(owner: &str) -> Error {
    let message = format!("Its owner, {owner}, no longer exists. Add the group anew with another owner.");
    Error::conflict("owner_id", message)
}

fn members_are_gone() -> Error {
    let message = "None of its members exists any more. Add the group anew.";
    Error::conflict("member_ids", message)
}
