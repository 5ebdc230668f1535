//! Importing files that were uploaded: receiving one, looking at it, a dry run, and the task that imports it.
//!
//! A file lies in the database, so that any server can go on with it. It is removed a day after it came, its content with
//! the import already. What a row comes to is decided in `services::import`; here its answers are put down (`outcomes`),
//! those of a dry run beside it, those of an import in its own transaction.

mod file;
mod outcomes;
mod receive;

use chrono::TimeDelta;
use domain::{
    access::Action,
    enterprise::EnterpriseSlug,
    error::{Error, FieldError},
    ids::ImportUploadId,
    import::{FileEncoding, FileShape, ImportKind, ImportUpload, OutcomeRow, Separator, UserImportSummary},
    table::{Page, TableQuery},
};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use self::receive::{ReceiveError, Receiving, receive};
use self::{
    file::{StoredFile, look_at, open},
    outcomes::Outcomes,
};
use super::{
    import::{self, ImportError, ImportMode, ImportOptions, MissingUsers},
    task::{self, Wanted},
};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize},
    context::OpContext,
    error::internal,
    import::{NumberColumns, Reading, UserColumns},
    jobs::Work,
    store::{self, import_upload::StoredUpload},
};

/// How long a file is kept after it came, and its outcomes after it was imported.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// How many files of an enterprise are kept; with one more the oldest goes.
const MOST_FILES: u64 = 20;

/// What the task that imports a file is told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    upload: ImportUploadId,
    kind: ImportKind,
    /// Whether people who are not in the file are disabled.
    disable_missing: bool,
}

/// May the asker import such files here?
async fn may(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    kind: ImportKind,
) -> Result<EnterpriseScope, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Import, kind.resource()).await?;
    if kind == ImportKind::Numbers {
        import::keeps_numbers(ctx, backend, &scope).await?;
    }
    Ok(scope)
}

fn gone() -> Error {
    Error::Gone {
        message: "This file is not there any more: files are removed a day after they were uploaded. Upload it again."
            .to_owned(),
    }
}

async fn find(
    ctx: &OpContext,
    backend: &Backend,
    scope: &EnterpriseScope,
    kind: ImportKind,
    id: ImportUploadId,
) -> Result<StoredUpload, Error> {
    store::import_upload::find(backend.database(), scope, kind, id)
        .await
        .map_err(|error| internal(ctx, error))?
        .filter(|upload| upload.expires_at > ctx.now || upload.task.is_some())
        .ok_or_else(gone)
}

/// What people see of a file.
async fn shown(
    ctx: &OpContext,
    backend: &Backend,
    scope: &EnterpriseScope,
    upload: StoredUpload,
) -> Result<ImportUpload, Error> {
    let task = match upload.task {
        Some(task) => store::task::find(backend.database(), scope, task)
            .await
            .map_err(|error| internal(ctx, error))?,
        None => None,
    };
    Ok(ImportUpload {
        id: upload.id,
        kind: upload.kind,
        file_name: upload.file_name,
        bytes: upload.size,
        header: upload.header,
        shape: upload.shape,
        summary: upload.summary,
        applied_at: upload.applied_at,
        expires_at: upload.expires_at,
        task: task.map(|task| backend.told_progress().of(task)),
    })
}

/// An uploaded file: how it is read, what the last dry run or the import came to, how far the import is.
///
/// # Errors
/// As [`authorize`]; [`Error::Gone`] when there is no such file in this enterprise.
pub async fn get(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    kind: ImportKind,
    id: ImportUploadId,
) -> Result<ImportUpload, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, kind.resource()).await?;
    let upload = find(ctx, backend, &scope, kind, id).await?;
    shown(ctx, backend, &scope, upload).await
}

/// One page of what becomes of the rows of a file, by its last dry run, or became of them.
///
/// # Errors
/// As [`get`].
pub async fn outcomes(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    kind: ImportKind,
    id: ImportUploadId,
    query: &TableQuery,
) -> Result<Page<OutcomeRow>, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, kind.resource()).await?;
    let upload = find(ctx, backend, &scope, kind, id).await?;
    store::import_upload::outcome::list(backend.database(), &scope, id, upload.run, query, ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}

/// The file with the rejected rows, piece by piece.
pub struct RejectedFile {
    ctx: OpContext,
    backend: Backend,
    scope: EnterpriseScope,
    upload: ImportUploadId,
    run: Uuid,
    next: i32,
}

impl RejectedFile {
    /// The next piece; none after the last one.
    ///
    /// # Errors
    /// [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
    pub async fn next_piece(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let (db, number) = (self.backend.database(), self.next);
        self.next += 1;
        store::import_upload::outcome::rejected(db, &self.scope, self.upload, self.run, number)
            .await
            .map_err(|error| internal(&self.ctx, error))
    }
}

/// The rejected rows of a file with their own columns and the reason, to be mended and imported again.
///
/// # Errors
/// As [`get`]; [`Error::Gone`] also before the first dry run.
pub async fn rejected(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    kind: ImportKind,
    id: ImportUploadId,
) -> Result<RejectedFile, Error> {
    let scope = authorize(ctx, backend, enterprise, Action::Read, kind.resource()).await?;
    let upload = find(ctx, backend, &scope, kind, id).await?;
    Ok(RejectedFile {
        ctx: ctx.clone(),
        backend: backend.clone(),
        scope,
        upload: id,
        run: upload.run.ok_or_else(gone)?,
        next: 0,
    })
}

/// The file, if it may be read another way or tried again.
async fn open_to_change(
    ctx: &OpContext,
    backend: &Backend,
    scope: &EnterpriseScope,
    kind: ImportKind,
    id: ImportUploadId,
) -> Result<StoredUpload, Error> {
    let upload = find(ctx, backend, scope, kind, id).await?;
    if upload.applied_at.is_some() {
        return Err(Error::conflict("file", "This file was imported already."));
    }
    let now = shown(ctx, backend, scope, upload.clone()).await?;
    if now.is_under_way() {
        return Err(Error::conflict("file", "This file is being imported."));
    }
    Ok(upload)
}

/// Reads the file in another encoding or with another separator. Its columns are told from its first line anew, and what a
/// dry run told is forgotten.
///
/// # Errors
/// As [`authorize`] for an import; [`Error::Gone`]; [`Error::Conflict`] when it is or was imported; [`Error::Invalid`]
/// when it cannot be read so.
pub async fn read_as(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    (kind, id): (ImportKind, ImportUploadId),
    encoding: FileEncoding,
    separator: Separator,
) -> Result<ImportUpload, Error> {
    let scope = may(ctx, backend, enterprise, kind).await?;
    let upload = open_to_change(ctx, backend, &scope, kind, id).await?;
    let file = StoredFile::new(backend, scope, id, upload.size);
    let look = look_at(ctx, file, kind, Reading::of_text(encoding, separator)).await?;
    store::import_upload::set_shape(backend.database(), &scope, id, &look.header, &look.shape)
        .await
        .map_err(|error| internal(ctx, error))?;
    get(ctx, backend, enterprise, kind, id).await
}

/// Tells what would become of each row if the columns hold what is said here; changes nothing in the enterprise.
///
/// # Errors
/// As [`read_as`]; [`Error::Invalid`] also when a column that must be there is not said.
pub async fn check(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    (kind, id): (ImportKind, ImportUploadId),
    columns: Vec<Option<u32>>,
) -> Result<ImportUpload, Error> {
    let scope = may(ctx, backend, enterprise, kind).await?;
    let mut upload = open_to_change(ctx, backend, &scope, kind, id).await?;
    upload.shape.columns = columns;
    check_columns(kind, &upload.header, &upload.shape)?;
    let failed = |error| internal(ctx, error);
    store::import_upload::set_shape(backend.database(), &scope, id, &upload.header, &upload.shape)
        .await
        .map_err(failed)?;
    let run = Run {
        ctx,
        backend,
        enterprise,
        scope,
        upload: &upload,
        mode: ImportMode::DryRun,
        missing: MissingUsers::Keep,
        work: None,
    };
    let (run, summary, dry) = run.carry_out().await?;
    dry.rollback().await.map_err(failed)?;
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    store::import_upload::set_run(&db, &scope, id, run, &summary)
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    get(ctx, backend, enterprise, kind, id).await
}

/// Whether the file can be read so: each column that must be there is said, is one of the file's, and is said once.
fn check_columns(kind: ImportKind, header: &[String], shape: &FileShape) -> Result<(), Error> {
    let fields = kind.fields();
    if shape.columns.len() != fields.len() {
        return Err(Error::invalid("columns", "These are not the columns of such a file."));
    }
    let mut faults = Vec::new();
    for (place, (field, column)) in fields.iter().zip(&shape.columns).enumerate() {
        let fault = match column {
            None if field.needed => Some(format!("Choose the column that holds {}.", field.label)),
            None => None,
            Some(column) if usize::try_from(*column).is_ok_and(|column| column >= header.len()) => {
                Some("The file has no such column.".to_owned())
            }
            Some(_) if shape.columns.iter().take(place).any(|other| other == column) => {
                Some("This column is chosen for something else already.".to_owned())
            }
            Some(_) => None,
        };
        faults.extend(fault.map(|fault| FieldError::new(field.key, fault)));
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid { fields: faults })
    }
}

/// Has a file imported by a task, soon; the task that is under way if there is one. `disable_missing` says whether people
/// who are not in a file with users are disabled.
///
/// # Errors
/// As [`authorize`] for an import; [`Error::Gone`]; [`Error::Conflict`] when it was imported already, or there was no dry
/// run.
pub async fn apply(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    (kind, id): (ImportKind, ImportUploadId),
    disable_missing: bool,
) -> Result<ImportUpload, Error> {
    let scope = may(ctx, backend, enterprise, kind).await?;
    let upload = find(ctx, backend, &scope, kind, id).await?;
    if upload.applied_at.is_some() {
        return Err(Error::conflict("file", "This file was imported already."));
    }
    if upload.summary.is_none() {
        return Err(Error::conflict("file", "Check the file first."));
    }
    let failed = |error| internal(ctx, error);
    let order = Order {
        upload: id,
        kind,
        disable_missing,
    };
    let about = id.to_string();
    let wanted = Wanted {
        kind: kind.task(),
        payload: &order,
        once: Some(&about),
    };
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let task = task::enqueue(&db, ctx, &scope, wanted).await.map_err(failed)?;
    let task = task.ok_or(Error::Unavailable)?;
    store::import_upload::set_task(&db, &scope, id, task.id)
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    backend.task_wanted().notify_one();
    get(ctx, backend, enterprise, kind, id).await
}

/// Imports a file; the transaction is still open in which everything was done, and ends with the task's result.
///
/// # Errors
/// [`ImportError`]; nothing was changed then.
pub(crate) async fn carry_out(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    order: Order,
    work: &Work,
) -> Result<(UserImportSummary, DatabaseTransaction), ImportError> {
    let scope = may(ctx, backend, enterprise, order.kind).await?;
    let upload = find(ctx, backend, &scope, order.kind, order.upload).await?;
    if upload.applied_at.is_some() {
        return Err(Error::conflict("file", "This file was imported already.").into());
    }
    let run = Run {
        ctx,
        backend,
        enterprise,
        scope,
        upload: &upload,
        mode: ImportMode::Apply,
        missing: if order.disable_missing {
            MissingUsers::Disable
        } else {
            MissingUsers::Keep
        },
        work: Some(work),
    };
    let (run, summary, db) = run.carry_out().await?;
    let failed = |error| internal(ctx, error);
    store::import_upload::set_run(&db, &scope, upload.id, run, &summary)
        .await
        .map_err(failed)?;
    store::import_upload::set_applied(&db, &scope, upload.id, ctx.now, ctx.now + KEPT)
        .await
        .map_err(failed)?;
    Ok((summary, db))
}

/// One dry run or import of a file.
struct Run<'r> {
    ctx: &'r OpContext,
    backend: &'r Backend,
    enterprise: &'r EnterpriseSlug,
    scope: EnterpriseScope,
    upload: &'r StoredUpload,
    mode: ImportMode,
    missing: MissingUsers,
    /// The task it is done for.
    work: Option<&'r Work>,
}

impl Run<'_> {
    /// The id of the run, what it came to, and its transaction.
    async fn carry_out(self) -> Result<(Uuid, UserImportSummary, DatabaseTransaction), ImportError> {
        let Self {
            ctx,
            backend,
            enterprise,
            upload,
            ..
        } = self;
        let options = ImportOptions {
            file_name: upload.file_name.clone(),
            mode: self.mode,
        };
        let stored = StoredFile::new(backend, self.scope, upload.id, upload.size);
        let reading = Reading::from(&upload.shape);
        match upload.kind {
            ImportKind::Numbers => {
                let file = open::<NumberColumns>(ctx, stored, (), reading).await?;
                let mut outcomes = Outcomes::new(&self, file.header(), file.delimiter())?;
                let (rows, db) =
                    import::numbers_within(ctx, backend, enterprise, file, &options, &mut outcomes).await?;
                let summary = UserImportSummary {
                    rows,
                    ..UserImportSummary::default()
                };
                Ok((outcomes.finish(&db).await?, summary, db))
            }
            ImportKind::Users => {
                let file = open::<UserColumns>(ctx, stored, backend.teams_licenses(), reading).await?;
                let mut outcomes = Outcomes::new(&self, file.header(), file.delimiter())?;
                let (summary, db) =
                    import::users_within(ctx, backend, enterprise, file, self.missing, &options, &mut outcomes).await?;
                Ok((outcomes.finish(&db).await?, summary, db))
            }
        }
    }
}

/// Removes the files of all enterprises whose time is over, but none that a task is still to read; tells how many.
///
/// # Errors
/// [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn delete_expired(ctx: &OpContext, backend: &Backend) -> Result<u64, Error> {
    store::import_upload::delete_expired(backend.database(), ctx.now)
        .await
        .map_err(|error| internal(ctx, error))
}
