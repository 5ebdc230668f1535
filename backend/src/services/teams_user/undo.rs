//! Undoing an offboarding: the person gets back, from the entry in the audit log, what nobody else has got meanwhile.

use std::collections::HashMap;

use domain::{
    access::Resource,
    audit::AuditSubject,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{PhoneNumberId, TeamsUserId},
    number::{Assignee, PhoneNumberRef},
    sms_group::{GroupName, LostNumber, SmsGroupDraft},
    teams_user::{GroupFate, GroupOfUser, LostGroup, NotUndone, OffboardInput, TeamsUser, UNDO_FOR, UndoneOffboarding},
};

use super::{
    Change, NOT_FOUND,
    offboard::{authorize_all, numbers_at_stake},
};
use crate::{
    Backend,
    context::OpContext,
    error::fault,
    store::{
        self,
        number::ChosenNumber,
        teams_user::offboarding::{self, LastDeed},
    },
};

/// Gives a person who was offboarded no longer than [`UNDO_FOR`] ago their groups and numbers back, as far as that is
/// still possible: a group that has yet another owner by now keeps that one, a number that somebody else was given stays
/// there. The answer names what is missing.
///
/// Whoever may offboard may do so, not only who did it.
///
/// # Errors
/// As [`super::offboard()`]; [`Error::NotFound`] when no such person was offboarded in this enterprise; [`Error::Gone`] when
/// that was too long ago; [`Error::Conflict`] when it has been undone already.
pub async fn undo_offboard(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: TeamsUserId,
) -> Result<UndoneOffboarding, Error> {
    let scope = authorize_all(ctx, backend, enterprise).await?;
    let change = Change::begin(ctx, backend, &scope, id).await?;
    let (before, input) = change.offboarded().await?;
    change.lock(&numbers_at_stake(&before, &input)).await?;
    let without = change.read().await?;
    let mut missing = Vec::new();
    for group in &before.groups {
        let lost = change.rejoin(group, input.fate_of(group.id)).await?;
        missing.extend(lost.map(|why| NotUndone::Group {
            name: group.name.clone(),
            why,
        }));
    }
    change.take_numbers_back(&before, &input).await?;
    let after = change.read().await?;
    missing.extend(change.lost_numbers(&before, &after, &input).await?);
    change.audit_undone(&without, &after).await?;
    change.commit().await?;
    Ok(UndoneOffboarding {
        person: after.person,
        missing,
    })
}

impl Change<'_> {
    /// The person as they were before they were offboarded, and what was decided.
    async fn offboarded(&self) -> Result<(TeamsUser, OffboardInput), Error> {
        let last = offboarding::last_deed(&self.db, self.scope, self.id)
            .await
            .map_err(|error| self.internal(error))?;
        match last {
            None => Err(NOT_FOUND),
            Some(LastDeed::Undone) => Err(undone_already()),
            Some(LastDeed::Offboarded(at, ..)) if self.ctx.now - at > UNDO_FOR => Err(too_late()),
            Some(LastDeed::Offboarded(_, before, input)) => Ok((*before, input)),
        }
    }

    /// Puts the person back into a group, and says what stands in the way of their old place.
    async fn rejoin(&self, group: &GroupOfUser, fate: Option<GroupFate>) -> Result<Option<LostGroup>, Error> {
        if fate == Some(GroupFate::Delete) {
            return self.revive(group).await;
        }
        let (db, scope) = (&self.db, self.scope);
        let failed = |error| self.internal(error);
        let owner = offboarding::hold(db, scope, group.id, self.ctx.now)
            .await
            .map_err(failed)?;
        let Some((owner, owner_name)) = owner else {
            return Ok(Some(LostGroup::Gone));
        };
        if group.part.belongs() {
            offboarding::join(db, scope, group.id, self.id).await.map_err(failed)?;
        }
        let Some(GroupFate::HandOver { to }) = fate else {
            return Ok(None);
        };
        if group.is_left_empty() {
            // They were only there so that the group had a member.
            store::sms_group::change_members(db, scope, group.id, &[], &[to])
                .await
                .map_err(failed)?;
        }
        if !group.part.owns() || owner == self.id {
            return Ok(None);
        }
        if owner != to {
            return Ok(Some(LostGroup::Owned(owner_name)));
        }
        offboarding::set_owner(db, scope, group.id, self.id)
            .await
            .map_err(failed)?;
        Ok(None)
    }

    /// Adds a group again that was deleted because nobody was left in it.
    async fn revive(&self, group: &GroupOfUser) -> Result<Option<LostGroup>, Error> {
        let name = GroupName::parse(&group.name)
            .map_err(|error| fault(self.ctx, "a deleted group has a name that cannot be one", &error))?;
        let owner = store::teams_user::references_of(&self.db, self.scope, &[group.owner_id])
            .await
            .map_err(|error| self.internal(error))?;
        if owner.is_empty() {
            return Ok(Some(LostGroup::OwnerGone));
        }
        let numbers = self.chosen(&ids(&group.numbers)).await?;
        let mut number_ids: Vec<PhoneNumberId> = numbers
            .into_values()
            .filter(|chosen| chosen.sms_capable)
            .map(|chosen| chosen.number.id)
            .collect();
        // In one order for all, so that nobody waits for somebody who waits for them.
        number_ids.sort_unstable();
        let draft = SmsGroupDraft {
            name,
            owner_id: group.owner_id,
            member_ids: vec![self.id],
            number_ids,
        };
        let (version, now) = (group.version + 1, self.ctx.now);
        let revived = offboarding::revive(&self.db, self.scope, group.id, version, &draft, now)
            .await
            .map_err(|error| self.internal(error))?;
        Ok((!revived).then_some(LostGroup::NameTaken))
    }

    /// Takes the numbers back that are free, or still with whom they were passed on to.
    async fn take_numbers_back(&self, before: &TeamsUser, input: &OffboardInput) -> Result<(), Error> {
        let (db, scope, now) = (&self.db, self.scope, self.ctx.now);
        let now_there = self.chosen(&before.number_ids()).await?;
        let (mut passed_on, mut free) = (Vec::new(), Vec::new());
        for chosen in now_there.into_values() {
            match chosen.number.assignee {
                Some(Assignee::TeamsUser { id, .. }) if Some(id) == input.numbers_to => {
                    passed_on.push(chosen.number.id)
                }
                None if chosen.sms_capable => free.push(chosen.number.id),
                _ => {}
            }
        }
        passed_on.sort_unstable();
        free.sort_unstable();
        if let Some(to) = input.numbers_to.filter(|_| !passed_on.is_empty()) {
            // Whoever takes one of them away at this moment keeps it; what is missing is told.
            store::teams_user::numbers::pass_on(db, scope, to, self.id, &passed_on, now)
                .await
                .map_err(|error| self.internal(error))?;
        }
        store::teams_user::numbers::take_free(db, scope, self.id, &free, now)
            .await
            .map_err(|error| self.internal(error))
    }

    /// The numbers that did not come back, to the person or to a group that was deleted, and why.
    async fn lost_numbers(
        &self,
        before: &TeamsUser,
        after: &TeamsUser,
        input: &OffboardInput,
    ) -> Result<Vec<NotUndone>, Error> {
        let mut lost = lost_of(&before.numbers, &after.numbers);
        for group in &before.groups {
            let deleted = input.fate_of(group.id) == Some(GroupFate::Delete);
            let revived = after.groups.iter().find(|known| known.id == group.id);
            if let Some(revived) = revived.filter(|_| deleted) {
                lost.extend(lost_of(&group.numbers, &revived.numbers));
            }
        }
        let now = self.chosen(&ids(&lost)).await?;
        Ok(lost
            .into_iter()
            .map(|number| NotUndone::Number {
                number: number.e164,
                why: why_lost(now.get(&number.id)),
            })
            .collect())
    }

    async fn chosen(&self, ids: &[PhoneNumberId]) -> Result<HashMap<PhoneNumberId, ChosenNumber>, Error> {
        store::number::chosen_of(&self.db, self.scope, ids)
            .await
            .map_err(|error| self.internal(error))
    }

    async fn audit_undone(&self, before: &TeamsUser, after: &TeamsUser) -> Result<(), Error> {
        let subject = AuditSubject {
            action: offboarding::UNDONE,
            resource: Resource::TeamsUser,
            id: Some(self.id.0),
        };
        store::audit::write(&self.db, self.ctx, self.scope, subject, Some(before), Some(after))
            .await
            .map_err(|error| self.internal(error))
    }
}

fn ids(numbers: &[PhoneNumberRef]) -> Vec<PhoneNumberId> {
    numbers.iter().map(|number| number.id).collect()
}

/// The numbers of `before` that are not in `after`.
fn lost_of(before: &[PhoneNumberRef], after: &[PhoneNumberRef]) -> Vec<PhoneNumberRef> {
    let there = ids(after);
    before
        .iter()
        .filter(|number| !there.contains(&number.id))
        .cloned()
        .collect()
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

fn undone_already() -> Error {
    Error::conflict("id", "This has been undone already.")
}

fn too_late() -> Error {
    let minutes = UNDO_FOR.num_minutes();
    Error::Gone {
        message: format!("Offboarding can be undone for {minutes} minutes, and they are over."),
    }
}
