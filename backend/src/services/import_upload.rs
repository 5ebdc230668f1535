//! Importing files that were uploaded, or that a carrier's list was written into (`from_carrier`): receiving one, looking
//! at it, a dry run, and the task that imports it.
//!
//! A file lies in the database, so that any server can go on with it. It is removed a day after it came, its content with
//! the import already. What a row comes to is decided in `services::import`; here its answers are put down (`outcomes`),
//! those of a dry run beside it, those of an import in its own transaction.

mod file;
mod from_carrier;
mod outcomes;
mod receive;
mod run;

use chrono::TimeDelta;
use domain::{
    access::Action,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::ImportUploadId,
    import::{FileEncoding, FirstLine, ImportKind, ImportUpload, OutcomeRow, Separator},
    table::{Page, TableQuery},
};
use uuid::Uuid;

use self::file::{StoredFile, look_at};
pub(crate) use self::run::{Order, carry_out};
pub use self::{
    from_carrier::receive_from_carrier,
    receive::{ReceiveError, Receiving, receive},
    run::{apply, check},
};
use crate::{
    Backend,
    access::{EnterpriseScope, authorize, authorize_keeper},
    context::OpContext,
    error::internal,
    import::Reading,
    store::{self, import_upload::StoredUpload},
};

/// How long a file is kept after it came, and its outcomes after it was imported.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// How many files of an enterprise are kept, and as many may be on their way; with one more the oldest goes.
const MOST_FILES: u64 = 20;

/// May the asker import such files here?
async fn may(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    kind: ImportKind,
) -> Result<EnterpriseScope, Error> {
    match kind {
        ImportKind::Numbers => authorize_keeper(ctx, backend, enterprise, Action::Import).await,
        ImportKind::Users => authorize(ctx, backend, enterprise, Action::Import, kind.resource()).await,
    }
}

/// May the asker see such a file and what becomes of its rows? Those of numbers name carriers, in cells and reasons.
async fn may_read(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    kind: ImportKind,
) -> Result<EnterpriseScope, Error> {
    let (action, resource) = (Action::Read, kind.resource());
    let scope = authorize(ctx, backend, enterprise, action, resource).await?;
    match kind {
        ImportKind::Numbers if !scope.shows_carriers() => Err(Error::Forbidden { action, resource }),
        ImportKind::Numbers | ImportKind::Users => Ok(scope),
    }
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
        sample: upload.sample,
        shape: upload.shape,
        run: upload.run,
        summary: upload.summary,
        applied_at: upload.applied_at,
        expires_at: upload.expires_at,
        task: task.map(|task| backend.told_progress().of(task)),
    })
}

/// An uploaded file: how it is read, what the last dry run or the import came to, how far the import is.
///
/// # Errors
/// As [`authorize`]; [`Error::Forbidden`] for a file with numbers also where the asker has nothing to do with their
/// carriers; [`Error::Gone`] when there is no such file in this enterprise.
pub async fn get(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    kind: ImportKind,
    id: ImportUploadId,
) -> Result<ImportUpload, Error> {
    let scope = may_read(ctx, backend, enterprise, kind).await?;
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
    let scope = may_read(ctx, backend, enterprise, kind).await?;
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
    let scope = may_read(ctx, backend, enterprise, kind).await?;
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

fn imported_already() -> Error {
    Error::conflict("file", "This file was imported already.")
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
        return Err(imported_already());
    }
    let now = shown(ctx, backend, scope, upload.clone()).await?;
    if now.is_under_way() {
        return Err(Error::conflict("file", "This file is being imported."));
    }
    Ok(upload)
}

/// Reads the file in another encoding, with another separator, or with another first line. Its columns are told from its first line anew, and what a
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
    first_line: FirstLine,
) -> Result<ImportUpload, Error> {
    let scope = may(ctx, backend, enterprise, kind).await?;
    let upload = open_to_change(ctx, backend, &scope, kind, id).await?;
    let file = StoredFile::new(backend, scope, id, upload.size);
    let look = look_at(ctx, file, kind, Reading::of_text(encoding, separator, first_line)).await?;
    let told = (look.header.as_slice(), look.sample.as_slice());
    store::import_upload::set_look(backend.database(), &scope, id, told, &look.shape)
        .await
        .map_err(|error| internal(ctx, error))?;
    get(ctx, backend, enterprise, kind, id).await
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
