//! Giving a number to a person or a group, to somebody else, or to nobody. One transaction with its audit entry; of two
//! who want a number at the same moment the database's own constraint lets one have it.

use chrono::{DateTime, Utc};
use domain::{
    access::{Action, Resource},
    audit::AuditAction,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::{AssignTo, Assignee, CoolingOff, PhoneNumberRef, PhoneNumberRow, ReleaseCause},
    teams_user::LicenseState,
};
use sea_orm::SqlErr;

use super::{
    Change,
    cooling_off::{cooling_off_until, still_resting},
};
use crate::{
    Backend,
    access::authorize,
    context::OpContext,
    error::{internal, is_unique_violation},
    store,
};

/// Gives the number that was read as `version` to somebody, whoever has it now, or to nobody. The answer is the number as
/// it is then. Giving it to whom it serves already changes nothing.
///
/// # Errors
/// As [`authorize`]; [`Error::Outdated`] when somebody changed the number; [`Error::NotFound`] when it is gone;
/// [`Error::Invalid`] at `to` when it cannot be given to them; [`Error::Conflict`] at [`domain::number::COOLING_OFF`] while
/// its cooling-off time runs, which [`CoolingOff::Confirmed`] passes over.
pub async fn assign(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: PhoneNumberId,
    version: i64,
    to: Option<AssignTo>,
    cooling_off: CoolingOff,
) -> Result<PhoneNumberRow, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::NumberAssignment).await?;
    let change = Change::begin(ctx, backend, &scope).await?;
    let before = change.read_version(id, version).await?;
    if before.assignee.as_ref().map(Assignee::target) == to {
        return Ok(before);
    }
    if let Some(to) = to {
        change.check_target(&before, to).await?;
        if cooling_off == CoolingOff::Heeded {
            change.check_cooling_off(&before).await?;
        }
    }
    change.release(&before, to).await?;
    change.give(id, to).await?;
    change.count_up(&before, to).await?;
    let after = change.read(id).await?;
    change.audit_assignment(&before, &after).await?;
    change.commit().await?;
    Ok(after)
}

impl Change<'_> {
    /// Checks that the number can be given to them.
    async fn check_target(&self, number: &PhoneNumberRow, to: AssignTo) -> Result<(), Error> {
        match to {
            AssignTo::TeamsUser(user) => self.check_user(user).await?,
            AssignTo::SmsGroup(group) => self.check_group(group).await?,
        }
        if number.sms {
            return Ok(());
        }
        let number = number.e164.display();
        Err(Error::invalid(
            "to",
            format!("{number} cannot do SMS. Choose another number."),
        ))
    }

    async fn check_user(&self, id: TeamsUserId) -> Result<(), Error> {
        let license = store::number::license_of(&self.db, self.scope, id)
            .await
            .map_err(|error| self.internal(error))?;
        match license {
            None => Err(Error::invalid(
                "to",
                "This person no longer exists. Choose somebody else.",
            )),
            Some(LicenseState::Unlicensed) => Err(Error::invalid(
                "to",
                "This person has no Teams license, so messages would not arrive. Choose somebody else.",
            )),
            Some(LicenseState::Licensed | LicenseState::Unknown) => Ok(()),
        }
    }

    async fn check_group(&self, id: SmsGroupId) -> Result<(), Error> {
        let name = store::number::group_name(&self.db, self.scope, id)
            .await
            .map_err(|error| self.internal(error))?;
        match name {
            Some(_) => Ok(()),
            None => Err(Error::invalid("to", "This group no longer exists. Choose another.")),
        }
    }

    /// Refuses while the cooling-off time runs. A number that changes hands directly is released at this moment, so its
    /// time would only begin.
    async fn check_cooling_off(&self, number: &PhoneNumberRow) -> Result<(), Error> {
        match self.cooling_off_until(number).await? {
            Some(until) => still_resting(&[(number.e164, until)]),
            None => Ok(()),
        }
    }

    /// Until when the number should not be given to anybody else, if it should not be now.
    pub(super) async fn cooling_off_until(&self, number: &PhoneNumberRow) -> Result<Option<DateTime<Utc>>, Error> {
        let time = store::number::cooling_off(&self.db, self.scope)
            .await
            .map_err(|error| self.internal(error))?;
        let released_at = match &number.assignee {
            Some(_) => Some(self.ctx.now),
            None => number.released.as_ref().map(|released| released.at),
        };
        Ok(cooling_off_until(released_at, time, self.ctx.now))
    }

    /// Takes the number from whoever has it and writes that down.
    async fn release(&self, before: &PhoneNumberRow, to: Option<AssignTo>) -> Result<(), Error> {
        let Some(assignee) = &before.assignee else {
            return Ok(());
        };
        let cause = if to.is_some() {
            ReleaseCause::Reassigned
        } else {
            ReleaseCause::Unassigned
        };
        store::number::unassign(&self.db, self.scope, before.id)
            .await
            .map_err(|error| self.internal(error))?;
        store::number::mark_released(&self.db, self.scope, &[before.id], cause, assignee.name(), self.ctx.now)
            .await
            .map_err(|error| self.internal(error))
    }

    async fn give(&self, id: PhoneNumberId, to: Option<AssignTo>) -> Result<(), Error> {
        let Some(to) = to else { return Ok(()) };
        store::number::assign(&self.db, self.scope, id, to, self.ctx.now)
            .await
            .map_err(|error| {
                if is_unique_violation(&error) {
                    return Error::conflict("to", "Somebody else has just given this number away. Open it again.");
                }
                if matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))) {
                    return Error::invalid("to", "Somebody has just deleted this person or group. Choose another.");
                }
                internal(self.ctx, error)
            })
    }

    /// Counts the versions up of the number and of the groups that lose or get it.
    async fn count_up(&self, before: &PhoneNumberRow, to: Option<AssignTo>) -> Result<(), Error> {
        let from = before.assignee.as_ref().map(Assignee::target);
        let groups: Vec<SmsGroupId> = [from, to]
            .into_iter()
            .filter_map(|target| match target? {
                AssignTo::SmsGroup(group) => Some(group),
                AssignTo::TeamsUser(_) => None,
            })
            .collect();
        store::number::count_up(&self.db, self.scope, &[before.id], self.ctx.now)
            .await
            .map_err(|error| self.internal(error))?;
        store::number::count_groups_up(&self.db, self.scope, &groups, self.ctx.now)
            .await
            .map_err(|error| self.internal(error))
    }

    async fn audit_assignment(&self, before: &PhoneNumberRow, after: &PhoneNumberRow) -> Result<(), Error> {
        let action = match (&before.assignee, &after.assignee) {
            (None, _) => AuditAction::Create,
            (Some(_), Some(_)) => AuditAction::Update,
            (Some(_), None) => AuditAction::Delete,
        };
        let (before, after) = (reference(before), reference(after));
        self.audit(
            action,
            Resource::NumberAssignment,
            before.id,
            Some(&before),
            Some(&after),
        )
        .await
    }
}

/// The number and whom it serves.
fn reference(row: &PhoneNumberRow) -> PhoneNumberRef {
    PhoneNumberRef {
        id: row.id,
        e164: row.e164,
        assignee: row.assignee.clone(),
    }
}
