//! The audit log as people read it: the table, one entry, the history of one thing.

use std::{borrow::Cow, sync::LazyLock};

use chrono::{DateTime, Utc};
use domain::{
    access::Resource,
    audit::{
        AuditEntry, AuditEventRow, AuditHistory, FieldChange, HISTORY_ENTRIES, TABLE, difference, kinds_about,
        shortened,
    },
    ids::{AuditEventId, RequestId},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr,
};
use uuid::Uuid;

use super::{chain, word};
use crate::{
    access::EnterpriseScope,
    entities::audit_event,
    store::{
        table::Tabular,
        table_sql::{SqlColumn, SqlTable},
    },
};

/// Where the columns of the audit log are found. What changed is worked out of the entry, so nothing asks for it in SQL.
static SQL_TABLE: LazyLock<SqlTable> = LazyLock::new(|| {
    let column = |column: audit_event::Column| Expr::col((audit_event::Entity, column));
    SqlTable::new(
        &TABLE,
        column(audit_event::Column::Id),
        [
            SqlColumn::Date(column(audit_event::Column::CreatedAt)),
            SqlColumn::Text(column(audit_event::Column::ActorSearch)),
            SqlColumn::Choice(column(audit_event::Column::Action)),
            SqlColumn::Choice(column(audit_event::Column::Resource)),
            SqlColumn::Text(column(audit_event::Column::SubjectSearch)),
            SqlColumn::Text(Expr::value("")),
            SqlColumn::Text(column(audit_event::Column::Peer)),
        ],
    )
});

/// The tenant's entries.
fn of(scope: &EnterpriseScope) -> Select<audit_event::Entity> {
    audit_event::Entity::find().filter(audit_event::Column::EnterpriseId.eq(scope.enterprise().0))
}

impl Tabular for AuditEventRow {
    const RESOURCE: Resource = Resource::AuditEvent;
    type Entity = audit_event::Entity;
    type Stored = audit_event::Model;

    fn columns(_scope: &EnterpriseScope, _now: DateTime<Utc>) -> Cow<'static, SqlTable> {
        Cow::Borrowed(LazyLock::force(&SQL_TABLE))
    }

    fn select(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Select<audit_event::Entity> {
        of(scope)
    }

    /// Says the head of the chain: counting a million entries takes longer than reading a page of them.
    async fn total(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<Option<u64>, DbErr> {
        chain::length(db, scope.enterprise().0).await.map(Some)
    }

    fn id_of(stored: &audit_event::Model) -> Uuid {
        stored.id
    }

    async fn complete(
        _db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        stored: Vec<audit_event::Model>,
        _now: DateTime<Utc>,
    ) -> Result<Vec<Self>, DbErr> {
        Ok(stored.into_iter().map(|event| row(scope, event)).collect())
    }
}

/// The same table with everything that changed, for files.
impl Tabular for AuditEntry {
    const RESOURCE: Resource = AuditEventRow::RESOURCE;
    type Entity = audit_event::Entity;
    type Stored = audit_event::Model;

    fn columns(scope: &EnterpriseScope, now: DateTime<Utc>) -> Cow<'static, SqlTable> {
        AuditEventRow::columns(scope, now)
    }

    fn select(scope: &EnterpriseScope, _now: DateTime<Utc>) -> Select<audit_event::Entity> {
        of(scope)
    }

    fn id_of(stored: &audit_event::Model) -> Uuid {
        stored.id
    }

    async fn complete(
        _db: &impl ConnectionTrait,
        scope: &EnterpriseScope,
        stored: Vec<audit_event::Model>,
        _now: DateTime<Utc>,
    ) -> Result<Vec<Self>, DbErr> {
        Ok(stored.into_iter().map(|event| entry(scope, event)).collect())
    }
}

/// One entry.
pub(crate) async fn find(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    id: AuditEventId,
) -> Result<Option<AuditEntry>, DbErr> {
    let event = of(scope).filter(audit_event::Column::Id.eq(id.0)).one(db).await?;
    Ok(event.map(|event| entry(scope, event)))
}

/// The latest entries about one thing.
pub(crate) async fn history(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    resource: Resource,
    id: Uuid,
) -> Result<AuditHistory, DbErr> {
    let kinds: Vec<String> = kinds_about(resource).iter().map(word).collect::<Result<_, _>>()?;
    let mut events = of(scope)
        .filter(audit_event::Column::ResourceId.eq(id))
        .filter(audit_event::Column::Resource.is_in(kinds))
        .order_by_desc(audit_event::Column::Sequence)
        .limit(HISTORY_ENTRIES + 1)
        .all(db)
        .await?;
    let older = events.len() as u64 > HISTORY_ENTRIES;
    if older {
        events.pop();
    }
    Ok(AuditHistory {
        entries: events.into_iter().map(|event| entry(scope, event)).collect(),
        older,
    })
}

/// What changed, as far as the asker has to do with it: for others than [`EnterpriseScope::shows_carriers`] a number has
/// no carrier.
fn changes(scope: &EnterpriseScope, event: &audit_event::Model) -> Vec<FieldChange> {
    const OF_NUMBERS: [&str; 2] = ["phone_number", "number_assignment"];
    const OF_CARRIERS: &[&str] = &["carrier", "carrier_profile"];
    let hides = !scope.shows_carriers() && OF_NUMBERS.contains(&event.resource.as_str());
    let hidden = if hides { OF_CARRIERS } else { &[] };
    difference(event.before.as_deref(), event.after.as_deref(), hidden)
}

fn row(scope: &EnterpriseScope, event: audit_event::Model) -> AuditEventRow {
    let (changes, more) = shortened(changes(scope, &event));
    AuditEventRow {
        id: AuditEventId(event.id),
        at: event.created_at,
        actor: event.actor,
        action: event.action,
        resource: event.resource,
        subject: event.subject,
        changes,
        more,
        peer: event.peer,
    }
}

fn entry(scope: &EnterpriseScope, event: audit_event::Model) -> AuditEntry {
    AuditEntry {
        changes: changes(scope, &event),
        id: AuditEventId(event.id),
        sequence: event.sequence,
        at: event.created_at,
        actor: event.actor,
        action: event.action,
        resource: event.resource,
        subject: event.subject,
        peer: event.peer,
        request: RequestId(event.request_id),
        hash: event.hash,
    }
}
