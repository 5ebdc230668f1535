//! Imports of files: uploading one or having a carrier list its numbers, saying how it is read, a dry run, the import as a
//! task.

mod wire;

use axum::{
    Json,
    body::Body,
    extract::{FromRequestParts, Query, rejection::QueryRejection},
    response::Response,
};
use backend::services::import_upload::{self as imports, ReceiveError};
use domain::{
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{CarrierProfileId, ImportUploadId},
    import::{self, TABLE},
};
use http::{HeaderValue, StatusCode, header, request::Parts};
use utoipa_axum::{router::OpenApiRouter, routes};

pub use self::wire::{
    FileEncoding, FileName, FirstLine, Import, ImportApply, ImportCheck, ImportColumn, ImportKind, ImportOutcome,
    ImportReading, ImportSummary, OutcomeKind, Separator,
};
use super::{
    asked::{Asked, Id, Input, Rows, TableParams, parameter},
    problem::Problem,
    reply::{Created, PageOf, Reply, page},
    task::Task,
};
use crate::imports::{receive_body, rejected_rows};

const TAG: &str = "Imports";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(import_from_carrier))
        .routes(routes!(get_import))
        .routes(routes!(list_import_outcomes))
        .routes(routes!(export_rejected_rows))
        .routes(routes!(read_import_as))
        .routes(routes!(check_import))
        .routes(routes!(apply_import))
}

/// Where files come in: their bodies are not read before as a whole.
pub(super) fn uploads() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(upload_import))
}

/// What kind of file the address names.
struct Kind(import::ImportKind);

impl<S: Send + Sync> FromRequestParts<S> for Kind {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let word: Option<String> = parameter(parts, state, "kind").await;
        let kind = word.and_then(|word| import::ImportKind::parse(&word));
        kind.map(Self).ok_or_else(Problem::no_such_path)
    }
}

/// Which import the address names: what kind of file, and its id.
struct Named(import::ImportKind, ImportUploadId);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Kind(kind) = Kind::from_request_parts(parts, state).await?;
        let Id(id) = Id::<ImportUploadId>::from_request_parts(parts, state).await?;
        Ok(Self(kind, id))
    }
}

impl From<ReceiveError> for Problem {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Refused(error) => error.into(),
            ReceiveError::TooLarge => Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", error.to_string()),
        }
    }
}

/// Takes in a file with numbers or users, the whole body of the request, and tells how it would be read. Nothing is imported
/// yet. A file can have 50 MB and is removed after a day.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/imports/{kind}",
    tag = TAG,
    params(FileName),
    request_body(content = String, description = "The file.", content_type = "text/csv"),
    responses((status = 201, body = Import))
)]
async fn upload_import(
    asked: Asked,
    Kind(kind): Kind,
    named: Result<Query<FileName>, QueryRejection>,
    body: Body,
) -> Result<Created<Import>, Problem> {
    let Query(FileName { name }) =
        named.map_err(|rejection| Problem::new(StatusCode::BAD_REQUEST, "bad_query", rejection.body_text()))?;
    let (op, backend, enterprise) = (&asked.op, &asked.backend, &asked.enterprise);
    let name = name.unwrap_or_default();
    let upload = receive_body(op, backend, enterprise, (kind, &name), body).await?;
    Ok(taken_in(enterprise, upload))
}

/// A file that is all there now, and where it is.
fn taken_in(enterprise: &EnterpriseSlug, upload: import::ImportUpload) -> Created<Import> {
    let (kind, id) = (upload.kind.as_str(), upload.id);
    Created {
        location: format!("/api/v1/enterprises/{enterprise}/imports/{kind}/{id}"),
        version: None,
        body: upload.into(),
    }
}

/// Has the carrier of a profile list its numbers, and keeps them as a file, as if it had been uploaded. Nothing is imported
/// yet. With many numbers it takes longer than other requests.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/imports/numbers/from-carrier/{id}",
    tag = TAG,
    responses((status = 201, body = Import))
)]
async fn import_from_carrier(asked: Asked, Id(id): Id<CarrierProfileId>) -> Result<Created<Import>, Problem> {
    let upload = imports::receive_from_carrier(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(taken_in(&asked.enterprise, upload))
}

/// Reads how an uploaded file is read, what its last dry run or its import came to, and how far the import is.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/imports/{kind}/{id}",
    tag = TAG,
    responses((status = 200, body = Import))
)]
async fn get_import(asked: Asked, Named(kind, id): Named) -> Reply<Import> {
    let upload = imports::get(&asked.op, &asked.backend, &asked.enterprise, kind, id).await?;
    Ok(Json(upload.into()))
}

/// Lists what becomes of the rows by the last dry run, or became of them.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/imports/{kind}/{id}/outcomes",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<ImportOutcome>))
)]
async fn list_import_outcomes(asked: Asked, Named(kind, id): Named, rows: Rows) -> Reply<PageOf<ImportOutcome>> {
    let query = rows.of(&TABLE)?;
    let found = imports::outcomes(&asked.op, &asked.backend, &asked.enterprise, kind, id, &query).await?;
    Ok(page(found))
}

/// The rejected rows as a file, with their own columns and the reason, to be mended and imported again.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/imports/{kind}/{id}/rejected.csv",
    tag = TAG,
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_rejected_rows(asked: Asked, Named(kind, id): Named) -> Result<Response, Problem> {
    let file = imports::rejected(&asked.op, &asked.backend, &asked.enterprise, kind, id).await?;
    Ok(rejected_rows(kind, file))
}

/// Reads the file in another encoding, with another separator or another first line. What its columns hold is told anew,
/// and a dry run is forgotten.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/imports/{kind}/{id}/read-as",
    tag = TAG,
    request_body = ImportReading,
    responses((status = 200, body = Import))
)]
async fn read_import_as(asked: Asked, Named(kind, id): Named, Input(reading): Input<ImportReading>) -> Reply<Import> {
    let (op, backend) = (&asked.op, &asked.backend);
    let (encoding, separator) = (reading.encoding.into(), reading.separator.into());
    let (which, first_line) = ((kind, id), reading.first_line.into());
    let upload = imports::read_as(op, backend, &asked.enterprise, which, encoding, separator, first_line).await?;
    Ok(Json(upload.into()))
}

/// Tells what would become of each row; changes nothing in the enterprise. A large file takes longer than other requests.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/imports/{kind}/{id}/check",
    tag = TAG,
    request_body = ImportCheck,
    responses((status = 200, body = Import))
)]
async fn check_import(asked: Asked, Named(kind, id): Named, Input(check): Input<ImportCheck>) -> Reply<Import> {
    let columns = check.columns_of(kind)?;
    let upload = imports::check(&asked.op, &asked.backend, &asked.enterprise, (kind, id), columns).await?;
    Ok(Json(upload.into()))
}

/// Has the file imported by a task, as the dry run told; all or nothing. While the import has not ended, asking again starts
/// no other.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/imports/{kind}/{id}/apply",
    tag = TAG,
    request_body = ImportApply,
    responses((status = 202, body = Task))
)]
async fn apply_import(
    asked: Asked,
    Named(kind, id): Named,
    Input(apply): Input<ImportApply>,
) -> Result<(StatusCode, [(header::HeaderName, HeaderValue); 1], Json<Task>), Problem> {
    let (op, backend, enterprise) = (&asked.op, &asked.backend, &asked.enterprise);
    let applied = imports::apply(op, backend, enterprise, (kind, id), apply.run, apply.disable_missing).await?;
    let task = applied.task.ok_or(Error::Unavailable)?;
    let location = format!("/api/v1/enterprises/{enterprise}/tasks/{}", task.id);
    let location = HeaderValue::try_from(location).unwrap_or_else(|_| HeaderValue::from_static("/api/v1"));
    Ok((StatusCode::ACCEPTED, [(header::LOCATION, location)], Json(task.into())))
}
