//! What the audit log tells of the changes since a snapshot.

use std::cmp::Reverse;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{
    access::Resource,
    audit::{AuditAction, AuditSubject},
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

/// Its place in the log, action, resource, its id, actor, when.
type LogColumns = (i64, String, String, Option<Uuid>, String, DateTime<Utc>);

/// A deed and its place in the log: the entries of an enterprise are numbered in the order in which they were committed.
pub(super) struct Logged {
    sequence: i64,
    recorded: RecordedChange,
}

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
) -> Result<Vec<Logged>, DbErr> {
    let rows: Vec<LogColumns> = of(scope)
        .apply_if(snapshot, |select, snapshot| {
            select.filter(audit_event::Column::CreatedAt.gte(snapshot.published_at - BEFORE))
        })
        .limit(ENTRIES)
        .select_only()
        .column(audit_event::Column::Sequence)
        .columns([audit_event::Column::Action, audit_event::Column::Resource])
        .columns([audit_event::Column::ResourceId, audit_event::Column::Actor])
        .column(audit_event::Column::CreatedAt)
        .into_tuple()
        .all(db)
        .await?;
    let logged = |(sequence, action, resource, id, by, at): LogColumns| Logged {
        sequence,
        recorded: RecordedChange {
            subject: AuditSubject::from_words(&action, &resource, id),
            by,
            at,
        },
    };
    Ok(rows.into_iter().map(logged).collect())
}

/// The deeds that are not in the snapshot, the latest first. Of more than [`ENTRIES`] the oldest are not among them.
pub(super) fn after(log: Vec<Logged>, snapshot: Option<&Snapshot>) -> Vec<RecordedChange> {
    let place = snapshot.and_then(|snapshot| place_of(&log, snapshot));
    let is_after = |logged: &Logged| match (place, snapshot) {
        (Some(place), _) => logged.sequence > place,
        (None, Some(snapshot)) => logged.recorded.at > snapshot.published_at,
        (None, None) => true,
    };
    let mut after: Vec<Logged> = log.into_iter().filter(is_after).collect();
    after.sort_unstable_by_key(|logged| Reverse(logged.sequence));
    after.into_iter().map(|logged| logged.recorded).collect()
}

/// The place of the entry that the snapshot was published with: that of the sync, or else the last one of the change that
/// was live at once; none if nothing was written down then.
fn place_of(log: &[Logged], snapshot: &Snapshot) -> Option<i64> {
    // The log keeps no more of a moment.
    let at = snapshot.published_at.trunc_subsecs(6);
    let then = || log.iter().filter(move |logged| logged.recorded.at == at);
    let sync = then().filter(|logged| logged.recorded.subject.is_some_and(publishes));
    let last = sync.map(|logged| logged.sequence).max();
    last.or_else(|| then().map(|logged| logged.sequence).max())
}

fn publishes(subject: AuditSubject) -> bool {
    (subject.action, subject.resource) == (AuditAction::Publish, Resource::ConfigSnapshot)
}

/// What these deeds may have changed.
pub(super) fn touched(log: &[Logged]) -> Touched {
    if log.len() as u64 >= ENTRIES {
        return Touched::Everything;
    }
    Touched::by(log.iter().map(|logged| logged.recorded.subject))
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
