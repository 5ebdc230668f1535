//! The audit log: written in the transaction of the change, never changed afterwards. How entries are chained is in
//! `chain`, the table and the history of a thing in `table`.

mod chain;
mod table;

use chrono::{DateTime, SubsecRound, Utc};
use domain::{
    access::Resource,
    audit::{AuditAction, AuditSubject, chain::chain_of, name_of},
    ids::{EnterpriseId, ProviderId},
    table::fold,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

pub(crate) use self::{
    chain::{VerifiedChain, chains, verify},
    table::{find, history},
};
use super::new_id;
use crate::{
    access::{EnterpriseScope, ProviderScope},
    context::OpContext,
    entities::audit_event,
};

/// Writes who did what to which thing, with the thing before and after. Neither may hold a secret.
///
/// From here until the transaction ends nobody else writes an entry of this enterprise. So it comes last: a transaction
/// that has written an entry and then waits for a row that another one has locked could keep both waiting for good.
pub(crate) async fn write<B: Serialize + Sync, A: Serialize + Sync>(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    subject: AuditSubject,
    before: Option<&B>,
    after: Option<&A>,
) -> Result<(), DbErr> {
    let log = Log {
        enterprise: Some(scope.enterprise()),
        provider: Some(scope.provider()),
    };
    write_to(db, ctx, log, subject, before, after).await
}

/// Whose log an entry is in: an enterprise's, or else a provider's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Log {
    pub(crate) enterprise: Option<EnterpriseId>,
    pub(crate) provider: Option<ProviderId>,
}

/// The same about a provider itself, in the log of no enterprise.
pub(crate) async fn write_of_provider<B: Serialize + Sync, A: Serialize + Sync>(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &ProviderScope,
    subject: AuditSubject,
    before: Option<&B>,
    after: Option<&A>,
) -> Result<(), DbErr> {
    let log = Log {
        enterprise: None,
        provider: Some(scope.provider()),
    };
    write_to(db, ctx, log, subject, before, after).await
}

/// Writes an entry as [`write`] does, into any log; for what a person does with their own account.
pub(crate) async fn write_to<B: Serialize + Sync, A: Serialize + Sync>(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    log: Log,
    subject: AuditSubject,
    before: Option<&B>,
    after: Option<&A>,
) -> Result<(), DbErr> {
    let (before, after) = (before.map(json).transpose()?, after.map(json).transpose()?);
    let (enterprise, provider) = (log.enterprise.map(|id| id.0), log.provider.map(|id| id.0));
    let (actor, name) = (ctx.actor_name(), name_of(before.as_deref(), after.as_deref()));
    let event = audit_event::Model {
        id: new_id(),
        enterprise_id: enterprise,
        provider_id: provider,
        account_id: ctx.account_id().map(|id| id.0),
        actor_search: fold(&actor),
        actor,
        action: word(&subject.action)?,
        resource: word(&subject.resource)?,
        resource_id: subject.id,
        subject_search: name.as_deref().map(fold),
        subject: name,
        before,
        after,
        request_id: ctx.request_id.0,
        peer: ctx.peer.map(|peer| peer.to_string()),
        // PostgreSQL keeps no more, and what is hashed must come back as it was.
        created_at: ctx.now.trunc_subsecs(6),
        chain_id: chain_of(enterprise, provider),
        // Both are settled by the chain.
        sequence: 0,
        hash: String::new(),
    };
    chain::append(db, event).await
}

/// Keeps others from writing entries of the enterprise, and so from committing changes of it, until the transaction ends.
/// SQLite has one writer at a time anyway.
pub(crate) async fn lock(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<(), DbErr> {
    chain::lock(db, chain_of(Some(scope.enterprise().0), Some(scope.provider().0))).await
}

/// An entry without its content.
pub(crate) struct Recorded {
    pub(crate) id: Uuid,
    pub(crate) of: Log,
    /// None when a newer program wrote it.
    pub(crate) subject: Option<AuditSubject>,
}

/// The columns of a [`Recorded`].
type RecordedParts = (Uuid, Option<Uuid>, Option<Uuid>, String, String, Option<Uuid>);

/// The entries of all enterprises and providers whose ids are `from` or later, by id. Needs no scope: it serves nobody in
/// particular, and whoever asks hands each entry to those who may see its enterprise.
pub(crate) async fn recorded_from(db: &impl ConnectionTrait, from: Uuid) -> Result<Vec<Recorded>, DbErr> {
    let rows: Vec<RecordedParts> = audit_event::Entity::find()
        .filter(audit_event::Column::Id.gte(from))
        .order_by_asc(audit_event::Column::Id)
        .select_only()
        .column(audit_event::Column::Id)
        .column(audit_event::Column::EnterpriseId)
        .column(audit_event::Column::ProviderId)
        .column(audit_event::Column::Action)
        .column(audit_event::Column::Resource)
        .column(audit_event::Column::ResourceId)
        .into_tuple()
        .all(db)
        .await?;
    let recorded = |(id, enterprise, provider, action, resource, subject): RecordedParts| Recorded {
        id,
        of: Log {
            enterprise: enterprise.map(EnterpriseId),
            provider: provider.map(ProviderId),
        },
        subject: AuditSubject::from_words(&action, &resource, subject),
    };
    Ok(rows.into_iter().map(recorded).collect())
}

/// When something was last done to the thing of that id, and the thing as it was before; none if that was never written
/// down.
pub(crate) async fn last_before<B: DeserializeOwned>(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    action: AuditAction,
    resource: Resource,
    id: Uuid,
) -> Result<Option<(DateTime<Utc>, B)>, DbErr> {
    let found: Option<(DateTime<Utc>, Option<String>)> = audit_event::Entity::find()
        .filter(audit_event::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(audit_event::Column::ResourceId.eq(id))
        .filter(audit_event::Column::Resource.eq(word(&resource)?))
        .filter(audit_event::Column::Action.eq(word(&action)?))
        .order_by_desc(audit_event::Column::Sequence)
        .select_only()
        .columns([audit_event::Column::CreatedAt, audit_event::Column::Before])
        .into_tuple()
        .one(db)
        .await?;
    let Some((at, Some(before))) = found else {
        return Ok(None);
    };
    let before = serde_json::from_str(&before).map_err(|error| DbErr::Json(error.to_string()))?;
    Ok(Some((at, before)))
}

/// The transmitted word of an action or a resource.
fn word(value: &impl Serialize) -> Result<String, DbErr> {
    Ok(json(value)?.trim_matches('"').to_owned())
}

fn json(value: &impl Serialize) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Json(error.to_string()))
}
