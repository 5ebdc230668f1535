//! Adding, changing and deleting one number, by those who keep the numbers of an enterprise.

use domain::{
    access::{Action, Resource},
    audit::AuditAction,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::PhoneNumberId,
    number::{NumberInput, NumberPatch, NumberSettings, PhoneNumberRow, ProfileChoice},
    phone::PhoneNumber,
};
use serde::Serialize;

use super::Change;
use crate::{
    Backend,
    access::authorize_keeper,
    context::OpContext,
    error::{internal, is_unique_violation},
    import::read_number,
    store,
};

/// A number as the audit log holds it.
#[derive(Serialize)]
pub(super) struct Recorded {
    pub(super) e164: PhoneNumber,
    #[serde(flatten)]
    pub(super) settings: NumberSettings,
}

/// Adds a free number.
///
/// # Errors
/// As [`authorize_keeper`]; [`Error::Invalid`] when it is no number or there is no such carrier profile;
/// [`Error::Conflict`] when the enterprise has the number already.
pub async fn create(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    input: &NumberInput,
) -> Result<PhoneNumberRow, Error> {
    let scope = authorize_keeper(ctx, backend, enterprise, Action::Create).await?;
    let number = read_number(&input.number).map_err(|problem| Error::invalid("number", problem.to_string()))?;
    let settings = input.settings.applied_to(&NumberSettings::default());
    let change = Change::begin(ctx, backend, &scope).await?;
    change.check_profile(&input.settings).await?;
    let id = PhoneNumberId(store::new_id());
    store::number::insert(&change.db, &scope, id, number, &settings, ctx.now)
        .await
        .map_err(|error| {
            if is_unique_violation(&error) {
                return Error::conflict("number", "Your enterprise has this number already.");
            }
            internal(ctx, error)
        })?;
    let after = Recorded { e164: number, settings };
    change
        .audit(AuditAction::Create, Resource::PhoneNumber, id, None, Some(&after))
        .await?;
    let row = change.read(id).await?;
    change.commit().await?;
    Ok(row)
}

/// Changes what the number that was read as `version` can do, or its carrier profile.
///
/// # Errors
/// As [`create`]; [`Error::Outdated`] when somebody changed the number; [`Error::NotFound`] when it is gone;
/// [`Error::Conflict`] at `sms` when it serves somebody and SMS is to be taken from it.
pub async fn update(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: PhoneNumberId,
    version: i64,
    patch: &NumberPatch,
) -> Result<PhoneNumberRow, Error> {
    let scope = authorize_keeper(ctx, backend, enterprise, Action::Update).await?;
    let change = Change::begin(ctx, backend, &scope).await?;
    let row = change.read_version(id, version).await?;
    change.check_profile(patch).await?;
    let before = change.settings(id).await?;
    let after = patch.applied_to(&before);
    if let Some(assignee) = row.assignee.as_ref().filter(|_| before.sms && !after.sms) {
        let message = format!(
            "It serves {}. Unassign it before you take SMS from it.",
            assignee.name()
        );
        return Err(Error::conflict("sms", message));
    }
    if before == after {
        return Ok(row);
    }
    store::number::patch(&change.db, &scope, &[id], patch, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))?;
    let recorded = |settings| Recorded {
        e164: row.e164,
        settings,
    };
    let (before, after) = (recorded(before), recorded(after));
    change
        .audit(
            AuditAction::Update,
            Resource::PhoneNumber,
            id,
            Some(&before),
            Some(&after),
        )
        .await?;
    let row = change.read(id).await?;
    change.commit().await?;
    Ok(row)
}

/// Deletes the number that was read as `version`.
///
/// # Errors
/// As [`authorize_keeper`]; [`Error::Outdated`] when somebody changed the number; [`Error::NotFound`] when it is gone;
/// [`Error::Conflict`] when it serves somebody.
pub async fn delete(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: PhoneNumberId,
    version: i64,
) -> Result<(), Error> {
    let scope = authorize_keeper(ctx, backend, enterprise, Action::Delete).await?;
    let change = Change::begin(ctx, backend, &scope).await?;
    let row = change.read_version(id, version).await?;
    if let Some(assignee) = &row.assignee {
        let message = format!("It serves {}. Unassign it first.", assignee.name());
        return Err(Error::conflict("id", message));
    }
    let before = Recorded {
        e164: row.e164,
        settings: change.settings(id).await?,
    };
    store::number::delete(&change.db, &scope, &[id])
        .await
        .map_err(|error| internal(ctx, error))?;
    change
        .audit(AuditAction::Delete, Resource::PhoneNumber, id, Some(&before), None)
        .await?;
    change.commit().await
}

impl Change<'_> {
    /// Checks that the carrier profile is one of the enterprise's.
    pub(super) async fn check_profile(&self, patch: &NumberPatch) -> Result<(), Error> {
        let Some(ProfileChoice::Profile(profile)) = patch.carrier_profile else {
            return Ok(());
        };
        let exists = store::number::has_profile(&self.db, self.scope, profile.0)
            .await
            .map_err(|error| self.internal(error))?;
        if exists {
            return Ok(());
        }
        let message = "This carrier profile no longer exists. Choose another.";
        Err(Error::invalid("carrier_profile", message))
    }
}
