//! What the audit log tells of the changes since a snapshot.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    audit::AuditSubject,
    config_snapshot::{RecordedChange, Snapshot, Touched},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};
use uuid::Uuid;

use crate::{access::EnterpriseScope, context::OpContext, entities::audit_event};

/// How far before a snapshot the reading begins: an entry bears the time at which its request or task began, which may
/// lie before a snapshot that was published while it was under way. Comparing too much does no harm.
const BEFORE: TimeDelta = TimeDelta::hours(1);

/// The most entries that are read. With more the configuration is compared as a whole.
const ENTRIES: u64 = 20_000;

/// The tenant's entries, the latest first.
fn of(scope: &EnterpriseScope) -> Select<audit_event::Entity> {
    audit_event::Entity::find()
        .filter(audit_event::Column::EnterpriseId.eq(scope.enterprise().0))
        .order_by_desc(audit_event::Column::CreatedAt)
        .order_by_desc(audit_event::Column::Id)
}

/// What was done since a snapshot, or ever; the latest first.
pub(super) async fn since(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    snapshot: Option<&Snapshot>,
) -> Result<Vec<RecordedChange>, DbErr> {
    let rows: Vec<(String, String, Option<Uuid>, String, DateTime<Utc>)> = of(scope)
        .apply_if(snapshot, |select, snapshot| {
            select.filter(audit_event::Column::CreatedAt.gte(snapshot.published_at - BEFORE))
        })
        .limit(ENTRIES)
        .select_only()
        .columns([audit_event::Column::Action, audit_event::Column::Resource])
        .columns([audit_event::Column::ResourceId, audit_event::Column::Actor])
        .column(audit_event::Column::CreatedAt)
        .into_tuple()
        .all(db)
        .await?;
    let recorded = |(action, resource, id, by, at): (String, String, Option<Uuid>, String, DateTime<Utc>)| {
        let subject = AuditSubject::from_words(&action, &resource, id);
        RecordedChange { subject, by, at }
    };
    Ok(rows.into_iter().map(recorded).collect())
}

/// What these deeds may have changed.
pub(super) fn touched(log: &[RecordedChange]) -> Touched {
    if log.len() as u64 >= ENTRIES {
        return Touched::Everything;
    }
    Touched::by(log.iter().map(|recorded| recorded.subject))
}

/// What the request has done so far, in this transaction or one before. A request that has written nothing down may have
/// changed anything.
pub(crate) async fn touched_by_request(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &EnterpriseScope,
) -> Result<Touched, DbErr> {
    let rows: Vec<(String, String, Option<Uuid>)> = of(scope)
        .filter(audit_event::Column::CreatedAt.eq(ctx.now))
        .filter(audit_event::Column::RequestId.eq(ctx.request_id.0))
        .select_only()
        .columns([audit_event::Column::Action, audit_event::Column::Resource])
        .column(audit_event::Column::ResourceId)
        .into_tuple()
        .all(db)
        .await?;
    if rows.is_empty() {
        return Ok(Touched::Everything);
    }
    let subjects = rows
        .into_iter()
        .map(|(action, resource, id)| AuditSubject::from_words(&action, &resource, id));
    Ok(Touched::by(subjects))
}
