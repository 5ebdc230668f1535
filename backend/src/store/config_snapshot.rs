//! Snapshots of the effective configuration: publishing one, and what the working state is ahead of the last one. What
//! is published is read in `published`, what the pages work on in `working`; `compare` puts both side by side, `log` reads
//! who changed what since.

mod compare;
mod log;
mod published;
mod working;

use domain::{
    config_snapshot::{
        Configuration, ConfiguredRow, PendingChange, PendingChanges, Published, Snapshot, SnapshotHistory,
        SnapshotSummary, Touched, difference, rows as rows_of,
    },
    enterprise::ConnectorApp,
    ids::PhoneNumberId,
    table::{WHOLE_LIST_ROWS, WholeList},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use uuid::Uuid;

pub(crate) use self::log::touched_by_request;
use self::{
    compare::{Comparison, compare},
    log::Logged,
    published::Entry,
};
use super::{in_order, new_id, whole_list};
use crate::{access::EnterpriseScope, context::OpContext, entities::config_snapshot};

/// How many snapshots a history tells of, besides the last one.
const EARLIER: u64 = 50;

/// The tenant's snapshots, the latest first.
fn of(scope: &EnterpriseScope) -> Select<config_snapshot::Entity> {
    config_snapshot::Entity::find()
        .filter(config_snapshot::Column::EnterpriseId.eq(scope.enterprise().0))
        .order_by_desc(config_snapshot::Column::Number)
}

fn snapshot(row: config_snapshot::Model) -> Result<Snapshot, DbErr> {
    let summary: SnapshotSummary =
        serde_json::from_str(&row.content).map_err(|error| DbErr::Json(error.to_string()))?;
    Ok(Snapshot {
        number: row.number,
        published_at: row.created_at,
        published_by: row.published_by,
        summary,
    })
}

/// The snapshot that is live.
pub(crate) async fn last(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<Option<Snapshot>, DbErr> {
    of(scope).one(db).await?.map(snapshot).transpose()
}

/// The snapshot that is live, and those before.
pub(crate) async fn history(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<SnapshotHistory, DbErr> {
    let found = of(scope).limit(EARLIER + 1).all(db).await?;
    let mut snapshots = found.into_iter().map(snapshot);
    let current = snapshots.next().transpose()?;
    Ok(SnapshotHistory {
        current,
        earlier: snapshots.collect::<Result<_, _>>()?,
    })
}

/// Publishes what `touched` may have changed as the next snapshot, unless nothing differs. Needs the lock of
/// [`super::audit::lock`]: two who publish at once would give their snapshots one number.
pub(crate) async fn publish(
    db: &impl ConnectionTrait,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    connector_app: ConnectorApp,
    touched: &Touched,
) -> Result<Published, DbErr> {
    let last = last(db, scope).await?;
    let everything = Touched::Everything;
    let compared = compare(db, scope, if last.is_some() { touched } else { &everything }).await?;
    let (outdated, entries) = compared.entries()?;
    let number = last.as_ref().map_or(0, |last| last.number);
    if outdated.is_empty() && entries.is_empty() {
        return Ok(Published { number, changes: 0 });
    }
    let changes = difference(&compared.published, &compared.working).len() as u64;
    let next = Snapshot {
        number: number + 1,
        published_at: ctx.now,
        published_by: ctx.actor_name(),
        summary: summary(last.as_ref(), &compared, changes, connector_app),
    };
    insert(db, scope, &next).await?;
    published::replace(db, scope, next.number, &outdated, entries).await?;
    Ok(Published {
        number: next.number,
        changes,
    })
}

/// The figures of the next snapshot: those of the last one, and what the compared things add and take away.
fn summary(
    last: Option<&Snapshot>,
    compared: &Comparison,
    changes: u64,
    connector_app: ConnectorApp,
) -> SnapshotSummary {
    let Comparison { published, working } = compared;
    let (numbers, groups) = last.map_or((0, 0), |last| (last.summary.numbers, last.summary.groups));
    let next = |count: u64, before: usize, after: usize| (count + after as u64).saturating_sub(before as u64);
    SnapshotSummary {
        numbers: next(numbers, published.numbers.len(), working.numbers.len()),
        groups: next(groups, published.groups.len(), working.groups.len()),
        changes,
        connector_app,
    }
}

async fn insert(db: &impl ConnectionTrait, scope: &EnterpriseScope, snapshot: &Snapshot) -> Result<(), DbErr> {
    let row = config_snapshot::ActiveModel {
        id: Set(new_id()),
        enterprise_id: Set(scope.enterprise().0),
        number: Set(snapshot.number),
        content: Set(serde_json::to_string(&snapshot.summary).map_err(|error| DbErr::Json(error.to_string()))?),
        created_at: Set(snapshot.published_at),
        published_by: Set(snapshot.published_by.clone()),
    };
    row.insert(db).await.map(drop)
}

/// What the working state is ahead of the last snapshot, that snapshot, and the log since then; without who made the
/// changes.
async fn ahead(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
) -> Result<(Option<Snapshot>, Vec<Logged>, Vec<PendingChange>), DbErr> {
    let last = last(db, scope).await?;
    let log = log::since(db, scope, last.as_ref()).await?;
    let touched = match &last {
        Some(_) => log::touched(&log),
        None => Touched::Everything,
    };
    let compared = compare(db, scope, &touched).await?;
    Ok((last, log, difference(&compared.published, &compared.working)))
}

/// The changes that are not live yet with who made them and since when they wait, and the snapshot that is live.
pub(crate) async fn pending(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<PendingChanges, DbErr> {
    let (last, log, changes) = ahead(db, scope).await?;
    let log = log::after(log, last.as_ref());
    let total = changes.len() as u64;
    let shown = changes.into_iter().take(PendingChanges::SHOWN);
    Ok(PendingChanges {
        snapshot: last.as_ref().map(|last| last.number),
        published_at: last.map(|last| last.published_at),
        total,
        changes: shown.map(|change| change.found_in(&log)).collect(),
    })
}

/// How many changes are not live yet.
pub(crate) async fn pending_count(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<u64, DbErr> {
    let (_, _, changes) = ahead(db, scope).await?;
    Ok(changes.len() as u64)
}

/// What is live.
pub(crate) async fn configuration(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<Configuration, DbErr> {
    published::configuration(db, scope, None).await
}

/// The rows of all numbers that are live.
pub(crate) async fn table(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<Vec<ConfiguredRow>, DbErr> {
    Ok(rows_of(&configuration(db, scope).await?))
}

/// The rows of these numbers, in their order; those that are not live any more are left out.
pub(crate) async fn rows(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[Uuid],
) -> Result<Vec<ConfiguredRow>, DbErr> {
    let configuration = published::configuration(db, scope, Some(ids)).await?;
    Ok(in_order(ids, rows_of(&configuration), |row| row.id.0))
}

/// The rows of all numbers that are live, or those of `ids` if there are any.
pub(crate) async fn all(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    ids: &[PhoneNumberId],
) -> Result<WholeList<ConfiguredRow>, DbErr> {
    let there = last(db, scope).await?.map_or(0, |last| last.summary.numbers);
    if there > WHOLE_LIST_ROWS {
        return Ok(WholeList::TooLong);
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let wanted = (!ids.is_empty()).then_some(ids.as_slice());
    let configuration = published::configuration(db, scope, wanted).await?;
    Ok(whole_list((), rows_of(&configuration)))
}

/// The entries that a comparison closes, by the ids of their things, and those that it begins.
type Changed = (Vec<Uuid>, Vec<Entry>);

impl Comparison {
    /// What has to be written so that the working side is what is published.
    fn entries(&self) -> Result<Changed, DbErr> {
        let (mut outdated, mut entries) = (Vec::new(), Vec::new());
        let Self { published, working } = self;
        let numbers = compare::changed(&published.numbers, &working.numbers, |number| number.id.0);
        let groups = compare::changed(&published.groups, &working.groups, |group| group.id.0);
        outdated.extend(numbers.outdated);
        outdated.extend(groups.outdated);
        for number in numbers.new {
            entries.push(Entry::of_number(number)?);
        }
        for group in groups.new {
            entries.push(Entry::of_group(group)?);
        }
        Ok((outdated, entries))
    }
}
