//! Where the alerts of a provider's enterprises are sent: listing, adding, removing, and trying one out.

mod deliver;

use chrono::TimeDelta;
use domain::{
    access::{Action, Resource},
    alert::{
        AlertDestinationInput, AlertDestinationRow, AlertDestinations, AlertMessage, DeliveryState, DestinationAddress,
        DestinationKind, LastDelivery, MAX_DESTINATIONS, NewAlertDestination,
    },
    audit::{AuditAction, AuditSubject},
    error::Error,
    ids::AlertDestinationId,
};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use secrecy::ExposeSecret;
use serde::Serialize;

pub(crate) use self::deliver::deliver;
use crate::{
    Backend,
    access::{ProviderScope, authorize_provider},
    alerts::new_secret,
    context::OpContext,
    crypto::{Place, Sealed, Secret},
    error::{fault, internal, is_unique_violation},
    store::{self, alert_destination::NewDestination},
};

/// For how long a test message is left to the request that sends it; longer than sending takes.
const OF_REQUEST: TimeDelta = TimeDelta::minutes(2);

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::AlertDestination,
};

/// A destination as the audit log holds it.
#[derive(Serialize)]
struct Recorded<'r> {
    name: String,
    kind: DestinationKind,
    /// What a test message came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<&'r str>,
}

impl<'r> Recorded<'r> {
    fn of(row: &AlertDestinationRow) -> Self {
        let address = DestinationAddress::parse(row.kind, &row.address);
        Self {
            // What is no address for this version of the program may hold secrets anywhere.
            name: address.map_or_else(|_| row.kind.as_str().to_owned(), |address| address.without_secrets()),
            kind: row.kind,
            test: None,
        }
    }

    /// With what the test message came to that is the row's last message.
    fn tested(row: &'r AlertDestinationRow) -> Self {
        let last = row.last.as_ref();
        Self {
            test: last.map(|last| last.failure.as_deref().unwrap_or(DeliveryState::Sent.as_str())),
            ..Self::of(row)
        }
    }
}

/// All destinations of the provider, and whether the server can send e-mail at all.
///
/// # Errors
/// As [`authorize_provider`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list(ctx: &OpContext, backend: &Backend) -> Result<AlertDestinations, Error> {
    let scope = authorize_provider(ctx, Action::Read, Resource::AlertDestination)?;
    let rows = store::alert_destination::list(backend.database(), &scope)
        .await
        .map_err(|error| internal(ctx, error))?;
    Ok(AlertDestinations {
        rows,
        sends_email: backend.messenger().sends_email(),
    })
}

/// One destination.
///
/// # Errors
/// As [`authorize_provider`]; [`Error::NotFound`] when the provider has no such destination.
pub async fn get(ctx: &OpContext, backend: &Backend, id: AlertDestinationId) -> Result<AlertDestinationRow, Error> {
    let scope = authorize_provider(ctx, Action::Read, Resource::AlertDestination)?;
    find(ctx, backend.database(), &scope, id).await
}

/// Adds a destination; tells the secret of a webhook this once.
///
/// # Errors
/// As [`authorize_provider`]; [`Error::Invalid`] when it is no address; [`Error::Conflict`] when alerts go there already
/// or there are too many destinations; [`Error::NotSupported`] for a webhook without keys.
pub async fn create(
    ctx: &OpContext,
    backend: &Backend,
    input: &AlertDestinationInput,
) -> Result<NewAlertDestination, Error> {
    let scope = authorize_provider(ctx, Action::Create, Resource::AlertDestination)?;
    let address = DestinationAddress::parse(input.kind, &input.address)
        .map_err(|wrong| Error::Invalid { fields: vec![wrong] })?;
    let id = AlertDestinationId(store::new_id());
    let secret = (address.kind() == DestinationKind::Webhook).then(new_secret);
    let sealed = match &secret {
        Some(secret) => Some(seal(ctx, backend, &scope, id, secret)?),
        None => None,
    };
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    if store::alert_destination::count(&db, &scope).await.map_err(failed)? >= MAX_DESTINATIONS {
        let message =
            format!("There are {MAX_DESTINATIONS} destinations already. Remove one that is no longer needed.");
        return Err(Error::conflict("address", message));
    }
    let new = NewDestination {
        id,
        address: &address,
        sealed,
    };
    let added = store::alert_destination::insert(&db, &scope, new, ctx.now).await;
    added.map_err(|error| {
        if is_unique_violation(&error) {
            return Error::conflict("address", "Alerts go to this address already.");
        }
        internal(ctx, error)
    })?;
    let row = find(ctx, &db, &scope, id).await?;
    let recorded = Recorded::of(&row);
    finish(ctx, db, &scope, (AuditAction::Create, id), (None, Some(&recorded))).await?;
    Ok(NewAlertDestination {
        secret: secret.map(|secret| secret.expose_secret().to_owned()),
        row,
    })
}

fn seal(
    ctx: &OpContext,
    backend: &Backend,
    scope: &ProviderScope,
    id: AlertDestinationId,
    secret: &Secret,
) -> Result<Sealed, Error> {
    let place = Place::of_webhook(scope.provider().0, id.0);
    backend
        .keys()?
        .seal(place, secret)
        .map_err(|error| fault(ctx, "the secret of a webhook cannot be encrypted", &error))
}

/// Removes a destination with the messages that were still to be sent to it.
///
/// # Errors
/// As [`authorize_provider`]; [`Error::NotFound`] when the provider has no such destination.
pub async fn remove(ctx: &OpContext, backend: &Backend, id: AlertDestinationId) -> Result<(), Error> {
    let scope = authorize_provider(ctx, Action::Delete, Resource::AlertDestination)?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let row = find(ctx, &db, &scope, id).await?;
    if !store::alert_destination::delete(&db, &scope, id)
        .await
        .map_err(failed)?
    {
        return Err(NOT_FOUND);
    }
    let recorded = Recorded::of(&row);
    finish(ctx, db, &scope, (AuditAction::Delete, id), (Some(&recorded), None)).await
}

/// Sends a test message, once, and answers with the destination and what became of the message. That it did not arrive is
/// an answer, not an error.
///
/// # Errors
/// As [`authorize_provider`]; [`Error::NotFound`] when the provider has no such destination.
pub async fn send_test(
    ctx: &OpContext,
    backend: &Backend,
    id: AlertDestinationId,
) -> Result<AlertDestinationRow, Error> {
    let scope = authorize_provider(ctx, Action::Update, Resource::AlertDestination)?;
    let failed = |error| internal(ctx, error);
    let payload = serde_json::to_string(&AlertMessage::test(ctx.now))
        .map_err(|error| fault(ctx, "a test message cannot be written", &error))?;
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let before = find(ctx, &db, &scope, id).await?;
    let due = (ctx.now, ctx.now + OF_REQUEST);
    let delivery = store::alert_delivery::add_test(&db, &scope, id, &payload, due)
        .await
        .map_err(failed)?
        .ok_or(NOT_FOUND)?;
    db.commit().await.map_err(failed)?;
    let failure = deliver(backend, &delivery, ctx.now).await.map_err(failed)?;
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let mut after = find(ctx, &db, &scope, id).await?;
    // An alert may have been written meanwhile, and be the latest message.
    after.last = Some(LastDelivery {
        at: ctx.now,
        state: match failure {
            None => DeliveryState::Sent,
            Some(_) => DeliveryState::Failed,
        },
        test: true,
        attempts: delivery.attempts,
        failure,
        next_attempt_at: None,
    });
    let recorded = (Recorded::of(&before), Recorded::tested(&after));
    let of = (AuditAction::Update, id);
    finish(ctx, db, &scope, of, (Some(&recorded.0), Some(&recorded.1))).await?;
    Ok(after)
}

async fn find(
    ctx: &OpContext,
    db: &impl ConnectionTrait,
    scope: &ProviderScope,
    id: AlertDestinationId,
) -> Result<AlertDestinationRow, Error> {
    store::alert_destination::find(db, scope, id)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)
}

/// Writes the audit entry and makes everything lasting.
async fn finish(
    ctx: &OpContext,
    db: DatabaseTransaction,
    scope: &ProviderScope,
    (action, id): (AuditAction, AlertDestinationId),
    (before, after): (Option<&Recorded<'_>>, Option<&Recorded<'_>>),
) -> Result<(), Error> {
    let failed = |error| internal(ctx, error);
    let subject = AuditSubject {
        action,
        resource: Resource::AlertDestination,
        id: Some(id.0),
    };
    store::audit::write_of_provider(&db, ctx, scope, subject, before, after)
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)
}
