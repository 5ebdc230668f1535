//! Uploaded files: how they are read, a dry run, the import. The file itself comes in by `server::imports`, or from a
//! carrier.

use domain::{
    enterprise::EnterpriseSlug,
    ids::{CarrierProfileId, ImportUploadId},
    import::{FileEncoding, FirstLine, ImportKind, ImportUpload, OutcomeRow, Separator},
    table::Page,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

use crate::{error::AppError, server_fns::wire::Binary};
#[cfg(feature = "ssr")]
use crate::{
    server_context::{respond, server_context},
    server_fns::table_query,
};

/// Has the carrier of a profile list its numbers, and keeps them as a file that can be checked and imported.
///
/// # Errors
/// No such profile; a conflict with why the carrier lists nothing; a carrier the portal cannot talk to; the role does not
/// allow it.
#[server(prefix = "/rpc", endpoint = "import/from_carrier", input = Binary, output = Binary)]
pub async fn import_from_carrier(
    enterprise: EnterpriseSlug,
    profile: CarrierProfileId,
) -> Result<ImportUpload, AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::import_upload::receive_from_carrier(op, backend, &enterprise, profile).await)
}

/// An uploaded file: how it is read, what the last dry run or the import came to, how far the import is.
///
/// # Errors
/// Signed out, not in reach, the file is gone, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "import/get", input = GetUrl, output = Binary)]
pub async fn get_import_upload(
    enterprise: EnterpriseSlug,
    kind: ImportKind,
    id: ImportUploadId,
) -> Result<ImportUpload, AppError> {
    let context = server_context()?;
    respond(backend::services::import_upload::get(&context.op, &context.backend, &enterprise, kind, id).await)
}

/// One page of what becomes of the rows of a file; `query` is the text form of a table query.
///
/// # Errors
/// Signed out, not in reach, the file is gone, or the database cannot be reached.
#[server(prefix = "/rpc", endpoint = "import/outcomes", input = GetUrl, output = Binary)]
pub async fn list_import_outcomes(
    enterprise: EnterpriseSlug,
    kind: ImportKind,
    id: ImportUploadId,
    query: String,
) -> Result<Page<OutcomeRow>, AppError> {
    let context = server_context()?;
    let query = table_query(&query, &domain::import::TABLE);
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::import_upload::outcomes(op, backend, &enterprise, kind, id, &query).await)
}

/// Reads a file in another encoding, with another separator, or with another first line.
///
/// # Errors
/// The file is gone, is or was imported, or cannot be read so; the role does not allow it.
#[server(prefix = "/rpc", endpoint = "import/read_as", input = Binary, output = Binary)]
pub async fn read_import_as(
    enterprise: EnterpriseSlug,
    kind: ImportKind,
    id: ImportUploadId,
    encoding: FileEncoding,
    separator: Separator,
    first_line: FirstLine,
) -> Result<ImportUpload, AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    let which = (kind, id);
    respond(
        backend::services::import_upload::read_as(op, backend, &enterprise, which, encoding, separator, first_line)
            .await,
    )
}

/// Tells what would become of each row if the columns hold what is said.
///
/// # Errors
/// As for reading it another way; a column that must be there is not said.
#[server(prefix = "/rpc", endpoint = "import/check", input = Binary, output = Binary)]
pub async fn check_import(
    enterprise: EnterpriseSlug,
    kind: ImportKind,
    id: ImportUploadId,
    columns: Vec<Option<u32>>,
) -> Result<ImportUpload, AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::import_upload::check(op, backend, &enterprise, (kind, id), columns).await)
}

/// Has a file imported by a task, as the dry run `run` told.
///
/// # Errors
/// The file is gone, was imported already or not checked; a conflict at `domain::import::OTHER_RUN` when it was checked anew;
/// the role does not allow it.
#[server(prefix = "/rpc", endpoint = "import/apply", input = Binary, output = Binary)]
pub async fn apply_import(
    enterprise: EnterpriseSlug,
    kind: ImportKind,
    id: ImportUploadId,
    run: Uuid,
    disable_missing: bool,
) -> Result<ImportUpload, AppError> {
    let context = server_context()?;
    let (op, backend) = (&context.op, &context.backend);
    respond(backend::services::import_upload::apply(op, backend, &enterprise, (kind, id), run, disable_missing).await)
}
