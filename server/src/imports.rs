//! Files that are imported: taken in as they come, and handed out with their rejected rows; a template to begin with.
//!
//! A file comes as the whole body of a request, which is read piece by piece: what is in memory does not grow with it. Its
//! size is limited by what is received, not by the layer that limits the bodies of all other requests, so that the answer
//! can say what the limit is.

use app::{error::AppError, server_context::ServerContext, server_fns::wire};
use axum::{
    Extension, Router,
    body::{Body, HttpBody},
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use backend::{
    Backend,
    context::OpContext,
    import::MAX_FILE_BYTES,
    services::import_upload::{self, ReceiveError, RejectedFile},
};
use domain::{
    access::Resource,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::ImportUploadId,
    import::{ImportKind, ImportUpload},
};
use futures_util::stream::{self, StreamExt};
use http::{HeaderValue, StatusCode, header};
use serde::Deserialize;

use crate::{calls, middleware::failure, state::AppState};

/// Where files come in. Its address is that of `app::paths::import_upload`.
pub fn uploads(state: &AppState) -> Router {
    Router::new()
        .route("/rpc/import/upload/{enterprise}/{kind}", post(take_in))
        .with_state(state.clone())
}

/// What is downloaded. The addresses are those of `app::paths::import_rejected` and `app::paths::import_template`.
pub fn downloads(state: &AppState) -> Router {
    Router::new()
        .route("/e/{enterprise}/{kind}/import/template.csv", get(template))
        .route("/e/{enterprise}/{kind}/import/{upload}/rejected.csv", get(rejected))
        .with_state(state.clone())
}

/// What the browser tells of a file.
#[derive(Debug, Deserialize)]
struct Named {
    #[serde(default)]
    name: String,
}

async fn take_in(
    State(state): State<AppState>,
    Extension(context): Extension<ServerContext>,
    Path((enterprise, kind)): Path<(String, String)>,
    Query(named): Query<Named>,
    body: Body,
) -> Response {
    match receive(&context, &enterprise, &kind, &named.name, body).await {
        Ok(upload) => taken_in(&upload),
        Err(ReceiveError::Refused(error)) => failure::response(&state.assets, true, &error, context.op.request_id),
        Err(error @ ReceiveError::TooLarge) => {
            let why = AppError::Domain(Error::invalid("file", error.to_string()));
            calls::refusal(StatusCode::PAYLOAD_TOO_LARGE, &why)
        }
    }
}

fn taken_in(upload: &ImportUpload) -> Response {
    match wire::write(upload) {
        Ok(bytes) => calls::binary(StatusCode::OK, bytes),
        // Its type rules that out.
        Err(_) => calls::refusal(StatusCode::INTERNAL_SERVER_ERROR, &AppError::Interrupted),
    }
}

async fn receive(
    context: &ServerContext,
    enterprise: &str,
    kind: &str,
    name: &str,
    body: Body,
) -> Result<ImportUpload, ReceiveError> {
    let (enterprise, kind) = place(enterprise, kind)?;
    receive_body(&context.op, &context.backend, &enterprise, (kind, name), body).await
}

/// Takes in a file of that kind and name, which is the whole body of a request.
///
/// # Errors
/// As [`import_upload::receive`]; [`ReceiveError::TooLarge`]. Nothing is kept of the file then.
pub(crate) async fn receive_body(
    op: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    (kind, name): (ImportKind, &str),
    body: Body,
) -> Result<ImportUpload, ReceiveError> {
    let mut receiving = import_upload::receive(op, backend, enterprise, kind, name).await?;
    if body.size_hint().lower() > MAX_FILE_BYTES {
        receiving.abandon().await;
        return Err(ReceiveError::TooLarge);
    }
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let taken = match piece {
            Ok(piece) => receiving.write(&piece).await,
            // Nobody waits for the answer: the connection broke off.
            Err(_) => Err(Error::Unavailable.into()),
        };
        if let Err(error) = taken {
            receiving.abandon().await;
            return Err(error);
        }
    }
    Ok(receiving.finish().await?)
}

/// Which enterprise and what kind of file; what cannot be either is answered as what does not exist.
fn place(enterprise: &str, kind: &str) -> Result<(EnterpriseSlug, ImportKind), Error> {
    let enterprise = EnterpriseSlug::parse(enterprise).ok();
    enterprise.zip(ImportKind::parse(kind)).ok_or(Error::NotFound {
        resource: Resource::Enterprise,
    })
}

async fn rejected(
    State(state): State<AppState>,
    Extension(context): Extension<ServerContext>,
    Path((enterprise, kind, upload)): Path<(String, String, String)>,
) -> Response {
    match rejected_file(&context, &enterprise, &kind, &upload).await {
        Ok((kind, file)) => rejected_rows(kind, file),
        Err(error) => failure::response(&state.assets, false, &error, context.op.request_id),
    }
}

/// The rejected rows as a file, piece by piece.
pub(crate) fn rejected_rows(kind: ImportKind, file: RejectedFile) -> Response {
    let pieces = stream::try_unfold(file, |mut file| async move {
        let piece = file.next_piece().await?;
        Ok::<_, Error>(piece.map(|piece| (piece, file)))
    });
    csv_file(&format!("rejected-{}.csv", kind.as_str()), Body::from_stream(pieces))
}

async fn rejected_file(
    context: &ServerContext,
    enterprise: &str,
    kind: &str,
    upload: &str,
) -> Result<(ImportKind, RejectedFile), Error> {
    let (enterprise, kind) = place(enterprise, kind)?;
    // What is no id is as little there as an id that nothing has.
    let upload = upload.parse().unwrap_or(ImportUploadId(uuid::Uuid::nil()));
    let file = import_upload::rejected(&context.op, &context.backend, &enterprise, kind, upload).await?;
    Ok((kind, file))
}

/// The columns that a file can have, as its first line.
async fn template(
    State(state): State<AppState>,
    Extension(context): Extension<ServerContext>,
    Path((enterprise, kind)): Path<(String, String)>,
) -> Response {
    match place(&enterprise, &kind) {
        Ok((_, kind)) => {
            // Whether somebody may sign in is said once.
            let fields = kind.fields().iter().filter(|field| field.key != "blocked");
            let names: Vec<&str> = fields.map(|field| field.label).collect();
            let text = format!("\u{FEFF}{}\r\n", names.join(","));
            csv_file(&format!("{}-template.csv", kind.as_str()), Body::from(text))
        }
        Err(error) => failure::response(&state.assets, false, &error, context.op.request_id),
    }
}

fn csv_file(name: &str, body: Body) -> Response {
    let named = format!("attachment; filename=\"{name}\"");
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&named).unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
    ];
    (headers, body).into_response()
}
