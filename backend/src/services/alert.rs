//! Alerts: telling which are open, noticing what has changed in an enterprise since people were last told, and telling
//! them.
//!
//! The change of an alert, the messages about it and the audit entry are one transaction, so that nobody is told twice and
//! nothing goes untold; the messages are sent behind it. Nobody but the system asks for that.

use chrono::{DateTime, Utc};
use domain::{
    access::{Action, Resource},
    alert::{AlertChange, AlertEvent, AlertKind, AlertList, AlertMessage, changes},
    audit::{AuditAction, AuditSubject},
    enterprise::EnterpriseSlug,
    error::Error,
};
use sea_orm::{ConnectionTrait, DbErr};
use serde::Serialize;

use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    error::internal,
    store,
};

/// An alert as the audit log holds it.
#[derive(Serialize)]
struct Recorded<'c> {
    name: &'c str,
    kind: AlertKind,
    since: DateTime<Utc>,
}

/// The alerts of an enterprise that are open: the newest, and how many there are.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list_open(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<AlertList, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::Alert).await?;
    store::alert::newest(backend.database(), &scope)
        .await
        .map_err(|error| internal(ctx, error))
}

/// Tells people what has changed in an enterprise; says how many changes there were. Others may do the same at the same
/// time: each change is told by one of them.
pub(crate) async fn settle(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: (&EnterpriseSlug, &str),
) -> Result<usize, DbErr> {
    // Gone meanwhile, or the database does not answer, which is in the log.
    let Ok(scope) = authorize(ctx, backend, enterprise.0, Action::Read, Resource::Alert).await else {
        return Ok(0);
    };
    if look(backend.database(), &scope, ctx.now).await?.is_empty() {
        return Ok(0);
    }
    let db = store::begin_write(backend.database()).await?;
    let mut told = Vec::new();
    for change in look(&db, &scope, ctx.now).await? {
        if write(&db, &scope, &change, ctx.now).await? {
            told.push(change);
        }
    }
    for change in &told {
        let message = AlertMessage::of_change(change, enterprise, ctx.now);
        let payload = serde_json::to_string(&message).map_err(|error| DbErr::Json(error.to_string()))?;
        store::alert_delivery::add_to_all(&db, &scope, &payload, ctx.now).await?;
    }
    for change in &told {
        audit(&db, ctx, &scope, change).await?;
    }
    db.commit().await?;
    Ok(told.len())
}

/// What people have to be told.
async fn look(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    now: DateTime<Utc>,
) -> Result<Vec<AlertChange>, DbErr> {
    let open = store::alert::open(db, scope).await?;
    let things = store::alert::watched(db, scope, now).await?;
    Ok(changes(&open, &things, now))
}

/// Writes that people are told; false when somebody else has written it.
async fn write(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    change: &AlertChange,
    now: DateTime<Utc>,
) -> Result<bool, DbErr> {
    match (change.event, change.before) {
        (AlertEvent::Opened, None) => store::alert::add(db, scope, change, now).await,
        (AlertEvent::Opened, Some(before)) => store::alert::replace(db, scope, change, before, now).await,
        (AlertEvent::Recovered | AlertEvent::Removed, Some(before)) => {
            store::alert::remove(db, scope, change.thing, before).await
        }
        (AlertEvent::Recovered | AlertEvent::Removed, None) | (AlertEvent::Test, _) => Ok(false),
    }
}

async fn audit(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    change: &AlertChange,
) -> Result<(), DbErr> {
    let recorded = |kind| Recorded {
        name: &change.name,
        kind,
        since: change.since,
    };
    let before = change.before.map(recorded);
    let after = (change.event == AlertEvent::Opened).then(|| recorded(change.kind));
    let subject = AuditSubject {
        action: match (&before, &after) {
            (None, _) => AuditAction::Create,
            (Some(_), Some(_)) => AuditAction::Update,
            (Some(_), None) => AuditAction::Delete,
        },
        resource: Resource::Alert,
        id: Some(change.thing),
    };
    store::audit::write(db, ctx, scope, subject, before.as_ref(), after.as_ref()).await
}
