//! Offboarding: one step that hands over a person's groups, ends their memberships and releases or passes on their
//! numbers.

use domain::{
    access::{Action, Resource, allowed},
    audit::AuditSubject,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    number::ReleaseCause,
    teams_user::{Consequence, GroupFate, GroupOfUser, OffboardInput, OffboardRecord, Offboarding, TeamsUser},
};
use sea_orm::{ConnectionTrait, DbErr};

use super::{Change, NOT_FOUND};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    error::internal,
    store::{self, teams_user::offboarding},
};

/// What else than changing a person an offboarding does.
const ALSO: [(Action, Resource); 3] = [
    (Action::Update, Resource::SmsGroup),
    (Action::Delete, Resource::SmsGroup),
    (Action::Update, Resource::NumberAssignment),
];

/// Authorizes an offboarding, or undoing one, with everything that belongs to it.
pub(super) async fn authorize_all(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
) -> Result<EnterpriseScope, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::TeamsUser).await?;
    for (action, resource) in ALSO {
        if !allowed(scope.role(), action, resource) {
            return Err(Error::Forbidden { action, resource });
        }
    }
    Ok(scope)
}

/// Everything that these decisions would do; nothing is changed.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such person; [`Error::Outdated`] when the decisions were made
/// from something else than the person has by now; [`Error::Invalid`] with everything that is still to be decided.
pub async fn offboard_preview(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: TeamsUserId,
    input: &OffboardInput,
) -> Result<Offboarding, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::TeamsUser).await?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_read(backend.database()).await.map_err(failed)?;
    let user = store::teams_user::find(&db, &scope, id)
        .await
        .map_err(failed)?
        .ok_or(NOT_FOUND)?;
    if !input.was_made_from(&user) {
        return Err(Error::Outdated {
            resource: Resource::TeamsUser,
            id: id.0,
            current_version: user.version,
        });
    }
    let people = store::teams_user::references_of(&db, &scope, &input.people())
        .await
        .map_err(failed)?;
    let consequences = input
        .consequences(&user, &people)
        .map_err(|fields| Error::Invalid { fields })?;
    let rest_days = rest_days(&db, &scope, &consequences).await.map_err(failed)?;
    Ok(Offboarding {
        person: user.person,
        consequences,
        rest_days,
    })
}

/// Carries these decisions out, all or nothing.
///
/// # Errors
/// As [`offboard_preview`]; [`Error::Forbidden`] as well when the role may not change groups or assignments.
pub async fn offboard(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: TeamsUserId,
    input: &OffboardInput,
) -> Result<Offboarding, Error> {
    let scope = authorize_all(ctx, backend, enterprise).await?;
    let change = Change::begin(ctx, backend, &scope, id).await?;
    let user = change.read().await?;
    if !input.was_made_from(&user) {
        return Err(change.outdated(&user));
    }
    let people = store::teams_user::references_of(&change.db, &scope, &input.people())
        .await
        .map_err(|error| change.internal(error))?;
    let consequences = input
        .consequences(&user, &people)
        .map_err(|fields| Error::Invalid { fields })?;
    change.lock(&numbers_at_stake(&user, input)).await?;
    for group in &user.groups {
        change.leave(&user, group, input.fate_of(group.id)).await?;
    }
    change.give_up_numbers(&user, input.numbers_to).await?;
    let rest_days = rest_days(&change.db, &scope, &consequences)
        .await
        .map_err(|error| change.internal(error))?;
    let record = OffboardRecord {
        left: change.read().await?,
        offboarded: input.clone(),
    };
    change.audit_offboarding(&user, &record).await?;
    change.commit().await?;
    Ok(Offboarding {
        person: user.person,
        consequences,
        rest_days,
    })
}

/// For how many days the numbers should rest that these consequences make free.
async fn rest_days(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    consequences: &[Consequence],
) -> Result<Option<i64>, DbErr> {
    if !consequences.iter().any(Consequence::frees_numbers) {
        return Ok(None);
    }
    let time = store::number::cooling_off(db, scope).await?;
    Ok(time.map(|time| time.num_days()))
}

/// The numbers that change hands.
pub(super) fn numbers_at_stake(user: &TeamsUser, input: &OffboardInput) -> Vec<PhoneNumberId> {
    let deleted = user
        .groups
        .iter()
        .filter(|group| input.fate_of(group.id) == Some(GroupFate::Delete));
    let of_groups = deleted.flat_map(|group| &group.numbers);
    user.numbers.iter().chain(of_groups).map(|number| number.id).collect()
}

impl Change<'_> {
    /// Takes the person out of a group as was decided and checked.
    async fn leave(&self, user: &TeamsUser, group: &GroupOfUser, fate: Option<GroupFate>) -> Result<(), Error> {
        let (db, scope, now) = (&self.db, self.scope, self.ctx.now);
        let failed = |error| self.internal(error);
        if fate == Some(GroupFate::Delete) {
            let numbers: Vec<PhoneNumberId> = group.numbers.iter().map(|number| number.id).collect();
            let deleted = store::sms_group::delete(db, scope, group.id, group.version)
                .await
                .map_err(failed)?;
            store::number::count_up(db, scope, &numbers, now)
                .await
                .map_err(failed)?;
            store::number::mark_released(db, scope, &numbers, ReleaseCause::GroupDeleted, &group.name, now)
                .await
                .map_err(failed)?;
            return if deleted { Ok(()) } else { Err(self.outdated(user)) };
        }
        let to = match fate {
            Some(GroupFate::HandOver { to }) => Some(to),
            Some(GroupFate::Leave | GroupFate::Delete) | None => None,
        };
        let owner = to.filter(|_| group.part.owns());
        let held = offboarding::hand_over(db, scope, group.id, group.version, owner, now)
            .await
            .map_err(failed)?;
        if !held {
            return Err(self.outdated(user));
        }
        if let Some(member) = to.filter(|_| group.is_left_empty()) {
            offboarding::join(db, scope, group.id, member).await.map_err(failed)?;
        }
        self.end_membership(group.id).await
    }

    async fn end_membership(&self, group: SmsGroupId) -> Result<(), Error> {
        store::sms_group::change_members(&self.db, self.scope, group, &[], &[self.id])
            .await
            .map_err(|error| self.internal(error))
    }

    async fn give_up_numbers(&self, user: &TeamsUser, to: Option<TeamsUserId>) -> Result<(), Error> {
        let (db, scope, now) = (&self.db, self.scope, self.ctx.now);
        let numbers = user.number_ids();
        let done = match to {
            Some(to) => store::teams_user::numbers::pass_on(db, scope, self.id, to, &numbers, now).await,
            None => store::teams_user::numbers::release(db, scope, self.id, &numbers, now).await,
        };
        if !done.map_err(|error| self.internal(error))? {
            return Err(self.outdated(user));
        }
        let name = &user.person.display_name;
        store::number::mark_released(db, scope, &numbers, ReleaseCause::Offboarded, name, now)
            .await
            .map_err(|error| self.internal(error))
    }

    async fn audit_offboarding(&self, before: &TeamsUser, record: &OffboardRecord) -> Result<(), Error> {
        let subject = AuditSubject {
            action: offboarding::OFFBOARDED,
            resource: Resource::TeamsUser,
            id: Some(self.id.0),
        };
        store::audit::write(&self.db, self.ctx, self.scope, subject, Some(before), Some(record))
            .await
            .map_err(|error| self.internal(error))
    }
}
