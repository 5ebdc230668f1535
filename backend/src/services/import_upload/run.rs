//! A dry run, and the task that imports a file: the same run of `services::import` over a file in the database.

use domain::{
    enterprise::EnterpriseSlug,
    error::{Error, FieldError},
    ids::ImportUploadId,
    import::{FileShape, ImportKind, ImportUpload, OTHER_RUN, UserImportSummary},
};
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    KEPT,
    file::{StoredFile, open},
    find, get, imported_already, may, open_to_change,
    outcomes::Outcomes,
};
use crate::{
    Backend,
    access::EnterpriseScope,
    context::OpContext,
    error::internal,
    import::{NumberColumns, Reading, UserColumns},
    jobs::Work,
    services::{
        import::{self, ImportError, ImportMode, ImportOptions, MissingUsers},
        task::{self, Wanted},
    },
    store::{self, import_upload::StoredUpload, task::UploadToImport},
};

/// What the task that imports a file is told.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    upload: ImportUploadId,
    kind: ImportKind,
    /// The dry run that was looked at.
    run: Uuid,
    /// Whether people who are not in the file are disabled.
    disable_missing: bool,
}

/// Tells what would become of each row if the columns hold what is said here; changes nothing in the enterprise. Waits for its
/// turn while others are told.
///
/// # Errors
/// As [`super::read_as`]; [`Error::Invalid`] also when a column that must be there is not said.
pub async fn check(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    (kind, id): (ImportKind, ImportUploadId),
    columns: Vec<Option<u32>>,
) -> Result<ImportUpload, Error> {
    let scope = may(ctx, backend, enterprise, kind).await?;
    // Whoever waits here holds no connection.
    let _turn = backend.dry_runs().of(scope.enterprise()).await?;
    let mut upload = open_to_change(ctx, backend, &scope, kind, id).await?;
    upload.shape.columns = columns;
    check_columns(kind, &upload.header, &upload.shape)?;
    let failed = |error| internal(ctx, error);
    store::import_upload::set_shape(backend.database(), &scope, id, &upload.shape)
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

/// Has a file imported by a task, soon; the task that is under way if there is one. `run` is the dry run that was looked at;
/// `disable_missing` says whether people who are not in a file with users are disabled.
///
/// # Errors
/// As `authorize` for an import; [`Error::Gone`]; [`Error::Conflict`] when it was imported already, or there was no dry
/// run, and at [`OTHER_RUN`] when there was another one since.
pub async fn apply(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    (kind, id): (ImportKind, ImportUploadId),
    run: Uuid,
    disable_missing: bool,
) -> Result<ImportUpload, Error> {
    let scope = may(ctx, backend, enterprise, kind).await?;
    let upload = find(ctx, backend, &scope, kind, id).await?;
    if upload.applied_at.is_some() {
        return Err(imported_already());
    }
    if upload.summary.is_none() {
        return Err(Error::conflict("file", "Check the file first."));
    }
    same_run(&upload, run)?;
    let failed = |error| internal(ctx, error);
    let order = Order {
        upload: id,
        kind,
        run,
        disable_missing,
    };
    let about = id.to_string();
    let wanted = Wanted {
        kind: kind.task(),
        payload: &order,
        once: Some(&about),
        file: Some(UploadToImport {
            id,
            file_name: &upload.file_name,
        }),
    };
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    let task = task::enqueue(&db, ctx, &scope, wanted).await.map_err(failed)?;
    let task = task.ok_or(Error::Unavailable)?;
    // The import that was under way may have ended since the file was looked up; then there is no other one to begin.
    let upload = store::import_upload::find(&db, &scope, kind, id)
        .await
        .map_err(failed)?;
    if upload.is_none_or(|upload| upload.applied_at.is_some()) {
        return Err(imported_already());
    }
    store::import_upload::set_task(&db, &scope, id, task.id)
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    backend.task_wanted().notify_one();
    get(ctx, backend, enterprise, kind, id).await
}

/// Somebody else may have said meanwhile that its columns hold other things.
fn same_run(upload: &StoredUpload, run: Uuid) -> Result<(), Error> {
    if upload.run == Some(run) {
        return Ok(());
    }
    Err(Error::conflict(
        OTHER_RUN,
        "This file was checked or read anew since you looked at it. Nothing was imported.",
    ))
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
        return Err(imported_already().into());
    }
    // A check may have been under way when the import was asked for.
    same_run(&upload, order.run)?;
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
pub(super) struct Run<'r> {
    pub(super) ctx: &'r OpContext,
    pub(super) backend: &'r Backend,
    enterprise: &'r EnterpriseSlug,
    pub(super) scope: EnterpriseScope,
    pub(super) upload: &'r StoredUpload,
    pub(super) mode: ImportMode,
    missing: MissingUsers,
    /// The task it is done for.
    pub(super) work: Option<&'r Work>,
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
