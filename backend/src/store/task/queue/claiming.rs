//! Claiming what is due, and taking tasks from those who did not keep them.

use chrono::{DateTime, Utc};
use domain::{
    enterprise::EnterpriseSlug,
    ids::{AccountId, ApiTokenId, TaskId},
    task::{TaskKind, TaskState},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, EntityTrait,
    FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Condition, Expr, ExprTrait, LockBehavior, LockType, SubQueryStatement},
};
use uuid::Uuid;

use super::{Lease, without_lease};
use crate::{
    context::TokenInUse,
    entities::{enterprise, task},
    store::{self, new_id, unknown_value},
};

/// PostgreSQL's lock that programs hold while they claim a task; any number that nothing else in the database uses.
const CLAIM_LOCK: i64 = 0x6d73_6770_636c_6169;

/// A task that was claimed.
pub(crate) struct Claim {
    pub(crate) lease: Lease,
    pub(crate) kind: TaskKind,
    pub(crate) enterprise: EnterpriseSlug,
    pub(crate) payload: String,
    /// How often it was tried, this try included.
    pub(crate) attempts: u32,
    pub(crate) started_by: Option<AccountId>,
    /// The token that a script started it with in their name.
    pub(crate) token: Option<TokenInUse>,
    pub(crate) started_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct ClaimedRow {
    id: Uuid,
    kind: String,
    slug: String,
    payload: String,
    attempts: i32,
    started_by: Option<Uuid>,
    started_by_token: Option<Uuid>,
    started_by_token_name: Option<String>,
}

/// The kinds that this program knows; those of a newer one are left to it.
fn known() -> Condition {
    Condition::all().add(task::Column::Kind.is_in(TaskKind::ALL.map(TaskKind::as_str)))
}

/// The kinds that may last minutes and that people can ask for as often as they like.
const IMPORTS: [&str; 2] = [TaskKind::ImportNumbers.as_str(), TaskKind::ImportUsers.as_str()];

/// No import of an enterprise that has one running: the imports of one would leave no room for the tasks of others.
fn in_turn() -> Condition {
    let importing = task::Entity::find()
        .select_only()
        .column(task::Column::EnterpriseId)
        .filter(task::Column::Kind.is_in(IMPORTS))
        .filter(task::Column::State.eq(TaskState::Running.as_str()))
        .into_query();
    Condition::any()
        .add(task::Column::Kind.is_not_in(IMPORTS))
        .add(task::Column::EnterpriseId.not_in_subquery(importing))
}

/// What waits and may be tried now.
fn due(now: DateTime<Utc>) -> Condition {
    known()
        .add(task::Column::State.eq(TaskState::Waiting.as_str()))
        .add(task::Column::NextAttemptAt.lte(now))
        .add(in_turn())
}

/// What somebody claimed and did not keep.
fn orphaned(now: DateTime<Utc>) -> Condition {
    known()
        .add(task::Column::State.eq(TaskState::Running.as_str()))
        .add(task::Column::LeaseUntil.lte(now))
}

/// Whether there is anything to claim or to take from somebody who is gone; writes nothing, so that idle runners do not
/// hold up anybody.
pub(crate) async fn is_anything_to_do(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<bool, DbErr> {
    let found: Option<Uuid> = task::Entity::find()
        .filter(Condition::any().add(due(now)).add(orphaned(now)))
        .select_only()
        .column(task::Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Claims the task that has waited longest, until `until`. Programs claim one after the other, so that none overlooks an
/// import that another has just begun: SQLite has one writer at a time, PostgreSQL a lock for it.
pub(crate) async fn claim(
    database: &DatabaseConnection,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Claim>, DbErr> {
    let db = store::begin_write(database).await?;
    let claim = claim_within(&db, now, until).await?;
    db.commit().await?;
    Ok(claim)
}

async fn claim_within(
    db: &DatabaseTransaction,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Claim>, DbErr> {
    if db.get_database_backend() == DbBackend::Postgres {
        let lock = format!("SELECT pg_advisory_xact_lock({CLAIM_LOCK})");
        db.execute_unprepared(&lock).await?;
    }
    let owner = new_id().simple().to_string();
    let next = task::Entity::find()
        .filter(due(now))
        .select_only()
        .column(task::Column::Id)
        .order_by_asc(task::Column::NextAttemptAt)
        .order_by_asc(task::Column::Id)
        .limit(1)
        .into_query()
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .take();
    let claimed = task::Entity::update_many()
        .col_expr(task::Column::State, Expr::value(TaskState::Running.as_str()))
        .col_expr(task::Column::LeaseOwner, Expr::value(owner.clone()))
        .col_expr(task::Column::LeaseUntil, Expr::value(until))
        .col_expr(task::Column::Attempts, Expr::col(task::Column::Attempts).add(1_i32))
        .col_expr(task::Column::StartedAt, Expr::value(now))
        .col_expr(task::Column::UpdatedAt, Expr::value(now))
        .filter(Expr::col((task::Entity, task::Column::Id)).eq(Expr::from(SubQueryStatement::from(next))))
        .filter(task::Column::State.eq(TaskState::Waiting.as_str()))
        .exec(db)
        .await?;
    if claimed.rows_affected == 0 {
        return Ok(None);
    }
    claimed_by(db, owner, now).await
}

/// What a claim got; none if it has lost it already.
async fn claimed_by(db: &impl ConnectionTrait, owner: String, now: DateTime<Utc>) -> Result<Option<Claim>, DbErr> {
    let row: Option<ClaimedRow> = task::Entity::find()
        .filter(task::Column::LeaseOwner.eq(owner.as_str()))
        .join(
            JoinType::InnerJoin,
            task::Entity::belongs_to(enterprise::Entity)
                .from(task::Column::EnterpriseId)
                .to(enterprise::Column::Id)
                .into(),
        )
        .select_only()
        .columns([
            task::Column::Id,
            task::Column::Kind,
            task::Column::Payload,
            task::Column::Attempts,
            task::Column::StartedBy,
            task::Column::StartedByToken,
            task::Column::StartedByTokenName,
        ])
        .column(enterprise::Column::Slug)
        .into_model()
        .one(db)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let token = row.started_by_token.zip(row.started_by_token_name);
    Ok(Some(Claim {
        lease: Lease {
            task: TaskId(row.id),
            owner,
        },
        kind: TaskKind::parse(&row.kind).ok_or_else(|| unknown_value("kind of task", &row.kind))?,
        enterprise: EnterpriseSlug::parse(&row.slug).map_err(|_| unknown_value("slug", &row.slug))?,
        payload: row.payload,
        attempts: u32::try_from(row.attempts).unwrap_or_default(),
        started_by: row.started_by.map(AccountId),
        token: token.map(|(id, name)| TokenInUse {
            id: ApiTokenId(id),
            name,
        }),
        started_at: now,
    }))
}

/// Takes tasks from those who did not keep them: they wait again, or have failed with `reason` when they were tried
/// `most` times. Tells how many.
pub(crate) async fn recover(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    most: u32,
    reason: &str,
) -> Result<u64, DbErr> {
    let most = i32::try_from(most).unwrap_or(i32::MAX);
    let given_up = without_lease(TaskState::Failed, now)
        .col_expr(task::Column::Failure, Expr::value(reason))
        .col_expr(task::Column::FinishedAt, Expr::value(now))
        .filter(orphaned(now))
        .filter(task::Column::Attempts.gte(most))
        .exec(db)
        .await?;
    let waiting = without_lease(TaskState::Waiting, now)
        .col_expr(task::Column::NextAttemptAt, Expr::value(now))
        .filter(orphaned(now))
        .exec(db)
        .await?;
    Ok(given_up.rows_affected + waiting.rows_affected)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use rstest::rstest;

    use super::*;
    use crate::{
        store::task::queue::{Ending, end},
        testing::{Engine, TestPortal},
    };

    #[rstest]
    #[tokio::test]
    async fn an_enterprise_imports_one_file_at_a_time_and_others_go_on(
        #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
    ) {
        let portal = TestPortal::open(engine).await;
        let clinic = portal.enterprise("alder-clinics").await;
        let freight = portal.enterprise("borealis-freight").await;
        let first = clinic.import_task().await;
        let second = clinic.import_task().await;
        let sync = clinic.task().await;
        let theirs = freight.import_task().await;
        let (db, now) = (portal.backend().database(), Utc::now() + TimeDelta::seconds(1));
        let next = || claim(db, now, now + TimeDelta::seconds(30));

        let importing = next().await.unwrap().unwrap().lease;
        assert_eq!(importing.task, first);
        for expected in [sync, theirs] {
            assert_eq!(next().await.unwrap().unwrap().lease.task, expected);
        }
        assert!(!is_anything_to_do(db, now).await.unwrap());
        assert!(next().await.unwrap().is_none());

        let ending = Ending::Failed("There is no file.".to_owned());
        assert!(end(db, &importing, ending, now, now).await.unwrap());
        assert_eq!(next().await.unwrap().unwrap().lease.task, second);
    }

    /// On SQLite nobody else writes meanwhile.
    #[tokio::test]
    async fn a_program_that_claims_waits_for_one_that_is_just_claiming() {
        let portal = TestPortal::open(Engine::Postgres).await;
        let clinic = portal.enterprise("alder-clinics").await;
        let (first, second) = (clinic.import_task().await, clinic.import_task().await);
        let (db, now) = (portal.backend().database(), Utc::now() + TimeDelta::seconds(1));
        let until = now + TimeDelta::seconds(30);
        let claiming = store::begin_write(db).await.unwrap();
        let claimed = claim_within(&claiming, now, until).await.unwrap().unwrap();
        assert_eq!(claimed.lease.task, first);

        let another = {
            let db = db.clone();
            tokio::spawn(async move { claim(&db, now, until).await })
        };
        let waiting = "SELECT COUNT(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database \
                       WHERE datname = current_database() AND locktype = 'advisory' AND NOT granted";
        while portal.number(waiting).await == 0 {
            assert!(!another.is_finished(), "it did not wait");
            tokio::task::yield_now().await;
        }
        claiming.commit().await.unwrap();
        assert!(
            another.await.unwrap().unwrap().is_none(),
            "{second:?} is to wait for its turn"
        );
    }
}
