//! SMS groups: the table, and adding, changing and deleting groups.
//!
//! A change is one transaction with its audit entry. What a check in code could miss under load (two people taking one
//! number, or one name) the database's own constraints decide. Undoing a deletion is in `restore`.

mod change;
mod restore;

use domain::{
    access::{Action, Resource},
    audit::AuditAction,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::SmsGroupId,
    number::ReleaseCause,
    sms_group::{ListedGroup, SmsGroup, SmsGroupInput, SmsGroupRow},
};

use self::change::{Change, difference};
pub use self::restore::restore;
use super::table::table_services;
use crate::{Backend, access::authorize, context::OpContext, error::internal, store};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::SmsGroup,
};
const FIRST_VERSION: i64 = 1;

table_services!("Groups", SmsGroupRow, ListedGroup, SmsGroupId);

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
/// As [`authorize`]; [`Error::Invalid`] with every broken rule; [`Error::Conflict`] when the name or a number is taken, and
/// at [`domain::number::COOLING_OFF`] while the cooling-off time of a number runs that is new in the group, unless the
/// input says that this is known.
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
    change.check(None, &draft, input.cooling_off).await?;
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
    change.check(Some(id), &draft, input.cooling_off).await?;
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
