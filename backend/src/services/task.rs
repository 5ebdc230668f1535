//! Tasks: the table, starting a sync, trying a failed one again. The work itself is done in `crate::jobs`.

use domain::{
    access::{Action, Resource},
    audit::{AuditAction, AuditSubject},
    enterprise::{ConnectorApp, EnterpriseSlug},
    error::Error,
    ids::TaskId,
    table::{Page, TableQuery, WholeList},
    task::{TaskKind, TaskRow},
};
use sea_orm::{DatabaseTransaction, DbErr};
use serde::Serialize;

use super::{export::Export, table};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::{Actor, OpContext},
    error::{internal, is_unique_violation},
    store::{
        self,
        task::{NewTask, UploadToImport},
    },
};

const NOT_FOUND: Error = Error::NotFound {
    resource: Resource::Task,
};

/// One page of the Tasks table.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Page<TaskRow>, Error> {
    let mut page = table::list::<TaskRow>(ctx, backend, enterprise, query).await?;
    page.rows = as_far_as_known(backend, page.rows);
    Ok(page)
}

/// The tasks with the progress that only this program knows.
fn as_far_as_known(backend: &Backend, tasks: Vec<TaskRow>) -> Vec<TaskRow> {
    let told = backend.told_progress();
    tasks.into_iter().map(|task| told.of(task)).collect()
}

/// The rows of the Tasks table that `query` finds, in its order, whatever the page; for files.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn export(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    query: &TableQuery,
) -> Result<Export<TaskRow>, Error> {
    table::export::<TaskRow>(ctx, backend, enterprise, query).await
}

/// All rows of the Tasks table, or those of `ids` if there are any; for browsers that answer queries by themselves.
///
/// # Errors
/// As [`authorize`]; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn list_all(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    ids: &[TaskId],
) -> Result<WholeList<TaskRow>, Error> {
    Ok(match table::list_all::<TaskRow>(ctx, backend, enterprise, ids).await? {
        WholeList::Rows((), rows) => WholeList::Rows((), as_far_as_known(backend, rows)),
        WholeList::TooLong => WholeList::TooLong,
    })
}

/// One task.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such task in this enterprise.
pub async fn get(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: TaskId,
) -> Result<TaskRow, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, Resource::Task).await?;
    let task = store::task::find(backend.database(), &scope, id)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or(NOT_FOUND)?;
    Ok(backend.told_progress().of(task))
}

/// Publishes the enterprise's configuration to its connectors, soon. While a sync has not ended, asking for one again
/// starts no other: the answer is the one that is under way.
///
/// # Errors
/// As [`authorize`]; [`Error::Conflict`] where changes are live at once.
pub async fn start_sync(ctx: &OpContext, backend: &Backend, enterprise: &EnterpriseSlug) -> Result<TaskRow, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Create, Resource::Task).await?;
    let failed = |error| internal(ctx, error);
    let app = store::enterprise::connector_app(backend.database(), &scope)
        .await
        .map_err(failed)?;
    if app == ConnectorApp::Unified {
        let message = "With the unified app every change is live at once. There is nothing to sync.";
        return Err(Error::conflict("connector_app", message));
    }
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let wanted = Wanted {
        kind: TaskKind::Sync,
        payload: &(),
        once: Some(enterprise.as_str()),
        file: None,
    };
    let task = enqueue(&db, ctx, &scope, wanted).await.map_err(failed)?;
    db.commit().await.map_err(failed)?;
    backend.task_wanted().notify_one();
    // One that has ended between the two looks at it: another press starts the next.
    task.ok_or(Error::Unavailable)
}

/// A task that somebody wants to be done.
pub(crate) struct Wanted<'w, P> {
    /// What it does.
    pub(crate) kind: TaskKind,
    /// What its job needs to know.
    pub(crate) payload: &'w P,
    /// What it is about, where no second one may be unfinished about the same.
    pub(crate) once: Option<&'w str>,
    /// The file that it imports, if it is an import of one.
    pub(crate) file: Option<UploadToImport<'w>>,
}

/// Adds a task in the transaction of the change that wants it, with its audit entry; wake a runner when that is committed
/// ([`Backend::task_wanted`]). Tells which task there is now: the unfinished one, where there is one about the same; none
/// if that one ends at this moment.
pub(crate) async fn enqueue<P: Serialize>(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    wanted: Wanted<'_, P>,
) -> Result<Option<TaskRow>, DbErr> {
    let id = TaskId(store::new_id());
    let new = NewTask {
        id,
        kind: wanted.kind,
        payload: serde_json::to_string(wanted.payload).map_err(|error| DbErr::Json(error.to_string()))?,
        idempotency_key: wanted.once.map(|about| format!("{}:{about}", wanted.kind.as_str())),
        upload: wanted.file,
        started_by: ctx.account_id(),
        started_by_name: starter(ctx),
        token: ctx.token(),
    };
    let task = store::task::enqueue(db, scope, new, ctx.now).await?;
    if task.as_ref().is_some_and(|task| task.id == id) {
        audit(db, ctx, scope, AuditAction::Create, None, task.as_ref()).await?;
    }
    Ok(task)
}

/// Lets a failed task be tried again, from its beginning.
///
/// # Errors
/// As [`authorize`]; [`Error::NotFound`] when there is no such task in this enterprise; [`Error::Conflict`] when it has
/// not failed, or another one about the same is unfinished.
pub async fn retry(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    id: TaskId,
) -> Result<TaskRow, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Update, Resource::Task).await?;
    let failed = |error| internal(ctx, error);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let before = store::task::find(&db, &scope, id)
        .await
        .map_err(failed)?
        .ok_or(NOT_FOUND)?;
    let retried = store::task::retry(&db, &scope, id, ctx.now).await.map_err(|error| {
        if is_unique_violation(&error) {
            return Error::conflict(
                "state",
                "Another one is already under way. There is no need to try this one again.",
            );
        }
        internal(ctx, error)
    })?;
    if !retried {
        return Err(Error::conflict("state", "Only a failed task can be tried again."));
    }
    let after = store::task::find(&db, &scope, id)
        .await
        .map_err(failed)?
        .ok_or(NOT_FOUND)?;
    audit(&db, ctx, &scope, AuditAction::Update, Some(&before), Some(&after))
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    backend.task_wanted().notify_one();
    Ok(after)
}

async fn audit(
    db: &DatabaseTransaction,
    ctx: &OpContext,
    scope: &EnterpriseScope,
    action: AuditAction,
    before: Option<&TaskRow>,
    after: Option<&TaskRow>,
) -> Result<(), DbErr> {
    let subject = AuditSubject {
        action,
        resource: Resource::Task,
        id: after.map(|task| task.id.0),
    };
    store::audit::write(db, ctx, scope, subject, before, after).await
}

/// The name that the table shows.
fn starter(ctx: &OpContext) -> &str {
    match &ctx.actor {
        Actor::Account(signed_in) => &signed_in.account.display_name,
        Actor::System(part) => part,
        Actor::Anonymous => "",
    }
}
