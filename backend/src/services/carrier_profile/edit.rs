//! Adding, changing and deleting a carrier profile. Secrets go in and never come out.

use domain::{
    access::{Action, Resource},
    audit::{AuditAction, AuditSubject},
    carrier_profile::{
        CarrierForm, CarrierKind, CarrierProfileDetails, CarrierProfileDraft, CarrierProfileInput, NewSecret,
        ProfileRecord,
    },
    enterprise::EnterpriseSlug,
    error::Error,
    ids::CarrierProfileId,
};
use sea_orm::{DatabaseTransaction, DbErr};

use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    crypto::{CryptoError, Place, Secret},
    error::{fault, internal, is_foreign_key_violation, is_unique_violation},
    store,
};

pub(super) const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::CarrierProfile,
};

/// What to fill in for each kind of carrier, in the order of the kinds.
///
/// # Errors
/// As [`authorize`].
pub async fn forms(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<Vec<CarrierForm>, Error> {
    authorize(ctx, backend, enterprise, Action::Read, Resource::CarrierProfile).await?;
    let forms = CarrierKind::ALL.iter().map(|kind| CarrierForm {
        carrier: *kind,
        fields: backend
            .carriers()
            .get(*kind)
            .map(|adapter| adapter.credential_fields())
            .unwrap_or_default(),
    });
    Ok(forms.collect())
}

/// One profile; of its credentials only when they were set.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such profile in this enterprise.
pub async fn get(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: CarrierProfileId,
) -> Result<CarrierProfileDetails, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::CarrierProfile).await?;
    store::carrier_profile::details(backend.database(), &scope, id)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)
}

/// Adds a profile.
///
/// # Errors
/// As [`authorize`]; [`Error::Invalid`] when a field breaks a rule; [`Error::Conflict`] when the name is taken;
/// [`Error::NotSupported`] when there are credentials and no keys.
pub async fn create(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    input: &CarrierProfileInput,
) -> Result<CarrierProfileDetails, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Create, Resource::CarrierProfile).await?;
    let draft = input.check()?;
    check_secrets(backend, draft.carrier, &input.secrets, &[])?;
    let id = CarrierProfileId(store::new_id());
    let edit = Edit::begin(ctx, backend, &scope, id).await?;
    store::carrier_profile::insert(&edit.db, &scope, id, &draft, ctx.now)
        .await
        .map_err(|error| edit.refused(error))?;
    edit.set(&input.secrets).await?;
    let after = edit.read().await?;
    edit.finish(AuditAction::Create, None, Some(&after)).await?;
    Ok(after)
}

/// Changes the profile that was read as `version`. Credentials that are not named stay as they are, unless those named
/// are another way to sign in, or the host changes: then they have to be entered again, since nobody may send those of
/// somebody else to a host of their own.
///
/// # Errors
/// As [`create`]; [`Error::Outdated`] when somebody changed it; [`Error::NotFound`] when it is gone.
pub async fn update(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: CarrierProfileId,
    version: i64,
    input: &CarrierProfileInput,
) -> Result<CarrierProfileDetails, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::CarrierProfile).await?;
    let draft = input.check()?;
    let edit = Edit::begin(ctx, backend, &scope, id).await?;
    let before = edit.read().await?;
    if before.version != version {
        return Err(outdated(&before));
    }
    if before.carrier != draft.carrier {
        let message = "The carrier of a profile cannot be changed. Add another profile.";
        return Err(Error::invalid("carrier", message));
    }
    let kept = kept_credentials(backend, &before, &draft, &input.secrets)?;
    let updated = store::carrier_profile::update(&edit.db, &scope, id, version, &draft, ctx.now).await;
    if !updated.map_err(|error| edit.refused(error))? {
        return Err(outdated(&edit.read().await?));
    }
    edit.keep_only(&kept, &input.secrets).await?;
    edit.set(&input.secrets).await?;
    let is_other_access = !input.secrets.is_empty() || before.host != draft.host.as_ref().map(ToString::to_string);
    if is_other_access {
        edit.forget_check().await?;
    }
    let after = edit.read().await?;
    edit.finish(AuditAction::Update, Some(&before), Some(&after)).await?;
    Ok(after)
}

/// Deletes the profile that was read as `version`, with its credentials.
///
/// # Errors
/// As [`authorize`]; [`Error::Conflict`] with what uses it; [`Error::Outdated`] when somebody changed it;
/// [`Error::NotFound`] when it is gone.
pub async fn delete(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: CarrierProfileId,
    version: i64,
) -> Result<(), Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Delete, Resource::CarrierProfile).await?;
    let edit = Edit::begin(ctx, backend, &scope, id).await?;
    let before = edit.read().await?;
    if before.version != version {
        return Err(outdated(&before));
    }
    if before.is_used() {
        return Err(in_use(&before));
    }
    let deleted = store::carrier_profile::delete(&edit.db, &scope, id, version).await;
    if !deleted.map_err(|error| edit.refused(error))? {
        return Err(outdated(&edit.read().await?));
    }
    edit.finish(AuditAction::Delete, Some(&before), None).await
}

fn outdated(current: &CarrierProfileDetails) -> Error {
    Error::Outdated {
        resource: Resource::CarrierProfile,
        id: current.id.0,
        current_version: current.version,
    }
}

/// What uses a profile, by name as far as there is room.
fn in_use(profile: &CarrierProfileDetails) -> Error {
    let mut users: Vec<String> = profile
        .domains
        .iter()
        .map(|domain| format!("the domain {domain}"))
        .collect();
    users.extend(profile.numbers.iter().map(|number| number.display()));
    let named = u32::try_from(profile.numbers.len()).unwrap_or(u32::MAX);
    let more = profile.number_count.saturating_sub(named);
    if more > 0 {
        users.push(format!("{more} more numbers"));
    }
    let message = format!(
        "This profile is used by {}. Move them to another profile or delete them first.",
        users.join(", ")
    );
    Error::conflict("profile", message)
}

/// Which of the credentials that are set stay.
fn kept_credentials(
    backend: &Backend,
    before: &CarrierProfileDetails,
    draft: &CarrierProfileDraft,
    new: &[NewSecret],
) -> Result<Vec<String>, Error> {
    let set: Vec<&str> = before
        .credentials
        .iter()
        .map(|credential| credential.field.as_str())
        .collect();
    let same_host = before.host == draft.host.as_ref().map(ToString::to_string);
    if !same_host && !set.is_empty() {
        if new.is_empty() {
            let message = "Enter the credentials again: from now on they are sent to this host.";
            return Err(Error::invalid("host", message));
        }
        check_secrets(backend, draft.carrier, new, &[])?;
        return Ok(Vec::new());
    }
    if new.is_empty() {
        return Ok(set.into_iter().map(str::to_owned).collect());
    }
    if check_secrets(backend, draft.carrier, new, &[]).is_ok() {
        // A whole way to sign in by itself takes the place of the other.
        return Ok(Vec::new());
    }
    check_secrets(backend, draft.carrier, new, &set)?;
    Ok(set.into_iter().map(str::to_owned).collect())
}

/// Whether the carrier asks for these credentials, and whether they are a way to sign in together with those that are
/// `set` already. None at all are fine: the profile has none yet.
fn check_secrets(backend: &Backend, carrier: CarrierKind, new: &[NewSecret], set: &[&str]) -> Result<(), Error> {
    if new.is_empty() {
        return Ok(());
    }
    backend.keys()?;
    let Some(adapter) = backend.carriers().get(carrier) else {
        let message = format!(
            "The portal cannot talk to {} yet, so it keeps no credentials of it.",
            carrier.label()
        );
        return Err(Error::invalid("carrier", message));
    };
    let known = adapter.credential_fields();
    let mut all: Vec<&str> = set.to_vec();
    for secret in new {
        if !known.iter().any(|field| field.name == secret.field) {
            return Err(Error::invalid(
                secret.field.clone(),
                "This carrier asks for no such credential.",
            ));
        }
        if !all.contains(&secret.field.as_str()) {
            all.push(&secret.field);
        }
    }
    adapter
        .check(&all)
        .map_err(|wrong| Error::Invalid { fields: vec![wrong] })
}

/// One change of one profile, in its transaction.
struct Edit<'e> {
    ctx: &'e OpContext,
    backend: &'e Backend,
    scope: &'e EnterpriseScope,
    id: CarrierProfileId,
    db: DatabaseTransaction,
}

impl<'e> Edit<'e> {
    async fn begin(
        ctx: &'e OpContext,
        backend: &'e Backend,
        scope: &'e EnterpriseScope,
        id: CarrierProfileId,
    ) -> Result<Self, Error> {
        let db = store::begin_write(backend.database())
            .await
            .map_err(|error| internal(ctx, error))?;
        Ok(Self {
            ctx,
            backend,
            scope,
            id,
            db,
        })
    }

    fn internal(&self, error: DbErr) -> Error {
        internal(self.ctx, error)
    }

    /// Why the database refused the profile itself.
    fn refused(&self, error: DbErr) -> Error {
        if is_unique_violation(&error) {
            return Error::conflict("name", "Another carrier profile has this name already.");
        }
        if is_foreign_key_violation(&error) {
            return Error::conflict("profile", "Numbers or domains have begun to use this profile.");
        }
        self.internal(error)
    }

    async fn read(&self) -> Result<CarrierProfileDetails, Error> {
        store::carrier_profile::details(&self.db, self.scope, self.id)
            .await
            .map_err(|error| self.internal(error))?
            .ok_or(NOT_FOUND)
    }

    async fn set(&self, secrets: &[NewSecret]) -> Result<(), Error> {
        if secrets.is_empty() {
            return Ok(());
        }
        let keys = self.backend.keys()?;
        for new in secrets {
            let place = Place {
                enterprise: self.scope.enterprise().0,
                profile: self.id.0,
                field: &new.field,
            };
            let sealed = keys
                .seal(place, &Secret::from(new.value.expose()))
                .map_err(|error: CryptoError| fault(self.ctx, "a credential cannot be encrypted", &error))?;
            store::carrier_credential::set(&self.db, self.scope, self.id, &new.field, sealed, self.ctx.now)
                .await
                .map_err(|error| self.internal(error))?;
        }
        Ok(())
    }

    async fn keep_only(&self, kept: &[String], new: &[NewSecret]) -> Result<(), Error> {
        let mut fields: Vec<&str> = kept.iter().map(String::as_str).collect();
        fields.extend(new.iter().map(|secret| secret.field.as_str()));
        store::carrier_credential::keep_only(&self.db, self.scope, self.id, &fields)
            .await
            .map_err(|error| self.internal(error))
    }

    /// The last try was of other credentials, or at another host; what waits for a renewal is tried with these at once.
    async fn forget_check(&self) -> Result<(), Error> {
        store::carrier_profile::set_check(&self.db, self.scope, self.id, None)
            .await
            .map_err(|error| self.internal(error))?;
        store::carrier_renewal::wake(&self.db, self.scope, self.id, self.ctx.now)
            .await
            .map_err(|error| self.internal(error))
    }

    /// Writes the audit entry and makes everything lasting.
    async fn finish(
        self,
        action: AuditAction,
        before: Option<&CarrierProfileDetails>,
        after: Option<&CarrierProfileDetails>,
    ) -> Result<(), Error> {
        let (before, after) = (
            before.map(CarrierProfileDetails::record),
            after.map(CarrierProfileDetails::record),
        );
        let ctx = self.ctx;
        audit(
            &self.db,
            ctx,
            self.scope,
            self.id,
            action,
            (before.as_ref(), after.as_ref()),
        )
        .await
        .map_err(|error| internal(ctx, error))?;
        self.db.commit().await.map_err(|error| internal(ctx, error))
    }
}

pub(super) async fn audit(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    id: CarrierProfileId,
    action: AuditAction,
    (before, after): (Option<&ProfileRecord>, Option<&ProfileRecord>),
) -> Result<(), DbErr> {
    let subject = AuditSubject {
        action,
        resource: Resource::CarrierProfile,
        id: Some(id.0),
    };
    store::audit::write(db, ctx, scope, subject, before, after).await
}
