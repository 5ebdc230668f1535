//! SMS User Assignment: all changes of a person's own numbers in one transaction.

use domain::{
    access::{Action, Resource},
    audit::{AuditAction, AuditSubject},
    enterprise::EnterpriseSlug,
    error::{Error, FieldError},
    ids::{PhoneNumberId, TeamsUserId},
    number::{Assignee, CoolingOff, PhoneNumberRef, ReleaseCause},
    teams_user::{MAX_OWN_NUMBERS, TeamsUser, no_license},
};

use super::{Change, NOT_FOUND};
use crate::{
    Backend,
    access::authorize,
    context::OpContext,
    error::{internal, is_unique_violation},
    services::number::check_cooling_off,
    store,
};

const FIELD: &str = "number_ids";

/// Gives a person exactly these numbers of their own. `had` are the ones that the person was shown to have; whoever
/// decided from others has to decide again.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such person; [`Error::Outdated`] when the person has other
/// numbers than `had` by now; [`Error::Invalid`] when a number cannot be had or the person has no licence;
/// [`Error::Conflict`] when somebody else takes one of the numbers at this moment, and at [`domain::number::COOLING_OFF`]
/// while the cooling-off time of a new one runs, which [`CoolingOff::Confirmed`] passes over.
pub async fn set_numbers(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: TeamsUserId,
    had: &[PhoneNumberId],
    numbers: &[PhoneNumberId],
    cooling_off: CoolingOff,
) -> Result<TeamsUser, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::NumberAssignment).await?;
    let change = Change::begin(ctx, backend, &scope, id).await?;
    let before = change.read().await?;
    let (own, wanted) = (distinct(&before.number_ids()), distinct(numbers));
    if distinct(had) != own {
        return Err(change.outdated(&before));
    }
    if wanted.len() > MAX_OWN_NUMBERS {
        let message = format!("A person can have at most {MAX_OWN_NUMBERS} numbers of their own.");
        return Err(Error::invalid(FIELD, message));
    }
    let added = without(&wanted, &own);
    let removed = without(&own, &wanted);
    if added.is_empty() && removed.is_empty() {
        // Nothing was changed, so nothing is left behind, not even a higher version.
        return Ok(TeamsUser {
            version: before.version - 1,
            ..before
        });
    }
    change.lock(&[added.as_slice(), &removed].concat()).await?;
    change.check(&before, &added, cooling_off).await?;
    change.replace(&before, &added, &removed).await?;
    let after = change.read().await?;
    change.audit_numbers(&before, &after).await?;
    change.commit().await?;
    Ok(after)
}

/// The same for somebody who decided from the person that was read as `version`.
///
/// # Errors
/// As [`set_numbers`]; [`Error::Outdated`] when somebody changed what is the person's.
pub async fn set_numbers_of_version(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: TeamsUserId,
    version: i64,
    numbers: &[PhoneNumberId],
    cooling_off: CoolingOff,
) -> Result<TeamsUser, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::NumberAssignment).await?;
    let user = store::teams_user::find(backend.database(), &scope, id)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)?;
    if user.version != version {
        return Err(Error::Outdated {
            resource: Resource::TeamsUser,
            id: id.0,
            current_version: user.version,
        });
    }
    // Should the numbers change between here and there, that is noticed there.
    let had = user.number_ids();
    set_numbers(ctx, backend, enterprise, id, &had, numbers, cooling_off).await
}

impl Change<'_> {
    /// Checks what only the database knows: that the numbers exist here and can be had, that the person may have any, and
    /// that the numbers have rested or need not.
    async fn check(&self, user: &TeamsUser, added: &[PhoneNumberId], cooling_off: CoolingOff) -> Result<(), Error> {
        if !added.is_empty() && !user.can_have_numbers() {
            return Err(Error::invalid(FIELD, no_license(&user.person.display_name)));
        }
        let chosen = store::number::chosen_of(&self.db, self.scope, added)
            .await
            .map_err(|error| self.internal(error))?;
        let message = |id: &PhoneNumberId| {
            let Some(chosen) = chosen.get(id) else {
                return Some("One of the numbers no longer exists. Remove it and save again.".to_owned());
            };
            let shown = chosen.number.e164.display();
            match &chosen.number.assignee {
                Some(Assignee::SmsGroup { name, .. } | Assignee::TeamsUser { name, .. }) => {
                    Some(format!("{shown} belongs to {name} now. Remove it or choose another."))
                }
                None => (!chosen.sms_capable).then(|| format!("{shown} cannot do SMS. Choose another.")),
            }
        };
        let fields: Vec<FieldError> = added
            .iter()
            .filter_map(message)
            .map(|message| FieldError::new(FIELD, message))
            .collect();
        if !fields.is_empty() {
            return Err(Error::Invalid { fields });
        }
        check_cooling_off(self.ctx, self.scope, &self.db, &chosen, cooling_off).await
    }

    async fn replace(&self, user: &TeamsUser, added: &[PhoneNumberId], removed: &[PhoneNumberId]) -> Result<(), Error> {
        let (db, scope, now) = (&self.db, self.scope, self.ctx.now);
        let released = store::teams_user::numbers::release(db, scope, self.id, removed, now)
            .await
            .map_err(|error| self.internal(error))?;
        if !released {
            return Err(self.outdated(user));
        }
        let name = &user.person.display_name;
        store::number::mark_released(db, scope, removed, ReleaseCause::Unassigned, name, now)
            .await
            .map_err(|error| self.internal(error))?;
        store::teams_user::numbers::assign(db, scope, self.id, added, now)
            .await
            .map_err(|error| {
                if is_unique_violation(&error) {
                    let message = "Somebody else has just taken one of the numbers. Open the list again and choose.";
                    return Error::conflict(FIELD, message);
                }
                self.internal(error)
            })
    }

    /// One entry for each number, since each is a thing of its own in the log.
    async fn audit_numbers(&self, before: &TeamsUser, after: &TeamsUser) -> Result<(), Error> {
        for gone in only_in(before, after) {
            self.audit_number(AuditAction::Delete, gone, &free(gone)).await?;
        }
        for new in only_in(after, before) {
            self.audit_number(AuditAction::Create, &free(new), new).await?;
        }
        Ok(())
    }

    async fn audit_number(
        &self,
        action: AuditAction,
        before: &PhoneNumberRef,
        after: &PhoneNumberRef,
    ) -> Result<(), Error> {
        let subject = AuditSubject {
            action,
            resource: Resource::NumberAssignment,
            id: Some(after.id.0),
        };
        store::audit::write(&self.db, self.ctx, self.scope, subject, Some(before), Some(after))
            .await
            .map_err(|error| self.internal(error))
    }
}

/// The numbers that the person has in `one` but not in `other`.
fn only_in<'u>(one: &'u TeamsUser, other: &TeamsUser) -> Vec<&'u PhoneNumberRef> {
    let there = other.number_ids();
    one.numbers
        .iter()
        .filter(|number| !there.contains(&number.id))
        .collect()
}

/// The number when it serves nobody.
fn free(number: &PhoneNumberRef) -> PhoneNumberRef {
    PhoneNumberRef {
        assignee: None,
        ..number.clone()
    }
}

fn distinct(ids: &[PhoneNumberId]) -> Vec<PhoneNumberId> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What is in `these` but not in `those`.
fn without(these: &[PhoneNumberId], those: &[PhoneNumberId]) -> Vec<PhoneNumberId> {
    these.iter().filter(|id| !those.contains(id)).copied().collect()
}
