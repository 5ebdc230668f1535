//! Tables as files: `…/groups/export.csv` answers what the page `…/groups` shows under the same query, on all its pages.
//!
//! The answer is CSV (RFC 4180: commas, CRLF, quotation marks where they are needed) in UTF-8 with a byte order mark, by
//! which spreadsheets know the encoding. It is written piece by piece as the database hands the rows out. When that fails
//! in the middle the connection is cut, so that no browser takes half of a file for the whole.

mod cell;
mod tables;

use app::server_context::ServerContext;
use axum::{
    BoxError, Extension, Router,
    body::Body,
    extract::{Path, RawQuery, State, rejection::PathRejection},
    response::{IntoResponse, Response},
    routing::get,
};
use backend::{
    context::OpContext,
    services::{carrier_profile, domain_subscription, export::Export, sms_group},
};
use domain::{
    access::Resource,
    enterprise::EnterpriseSlug,
    error::Error,
    table::{TableQuery, TableSchema},
};
use futures_util::stream::{self, StreamExt};
use http::{HeaderValue, header};

use self::{
    cell::{BYTE_ORDER_MARK, Cell, lines},
    tables::{DOMAINS, GROUPS, NUMBERS, PROFILES, USERS},
};
use crate::{middleware::failure, state::AppState};

/// A table as a file.
struct Sheet<R> {
    /// What the file is called, before the day.
    name: &'static str,
    /// The headings, in the words of the table on the page.
    headings: &'static [&'static str],
    /// The cells of a row, one for each heading.
    cells: fn(&R) -> Vec<Cell>,
}

/// The exports of all tables. Their addresses are those of `app::paths::export`.
pub fn router(state: &AppState) -> Router {
    Router::new()
        .route("/e/{enterprise}/services/sms/groups/export.csv", get(groups))
        .route("/e/{enterprise}/services/sms/carriers/export.csv", get(profiles))
        .route("/e/{enterprise}/services/sms/domains/export.csv", get(domains))
        .route(
            "/e/{enterprise}/numbers/export.csv",
            get(|asked: Asked| file(asked, &NUMBERS)),
        )
        .route(
            "/e/{enterprise}/users/export.csv",
            get(|asked: Asked| file(asked, &USERS)),
        )
        .with_state(state.clone())
}

async fn groups(
    State(state): State<AppState>,
    Extension(context): Extension<ServerContext>,
    enterprise: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Response {
    let ServerContext { op, backend, .. } = context;
    let export = match asked(enterprise, query, &domain::sms_group::TABLE) {
        Ok((enterprise, query)) => sms_group::export(&op, &backend, &enterprise, &query).await,
        Err(error) => Err(error),
    };
    answer(&state, &op, &GROUPS, export)
}

async fn profiles(
    State(state): State<AppState>,
    Extension(context): Extension<ServerContext>,
    enterprise: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Response {
    let ServerContext { op, backend, .. } = context;
    let export = match asked(enterprise, query, &domain::carrier_profile::TABLE) {
        Ok((enterprise, query)) => carrier_profile::export(&op, &backend, &enterprise, &query).await,
        Err(error) => Err(error),
    };
    answer(&state, &op, &PROFILES, export)
}

async fn domains(
    State(state): State<AppState>,
    Extension(context): Extension<ServerContext>,
    enterprise: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Response {
    let ServerContext { op, backend, .. } = context;
    let export = match asked(enterprise, query, &domain::domain_subscription::TABLE) {
        Ok((enterprise, query)) => domain_subscription::export(&op, &backend, &enterprise, &query).await,
        Err(error) => Err(error),
    };
    answer(&state, &op, &DOMAINS, export)
}

/// Which enterprise and which rows. What is garbled in the query is left out, as on the page; what cannot be the name of
/// an enterprise is answered as one that does not exist.
fn asked(
    enterprise: Result<Path<String>, PathRejection>,
    query: Option<String>,
    table: &TableSchema,
) -> Result<(EnterpriseSlug, TableQuery), Error> {
    let enterprise = enterprise.ok().and_then(|Path(name)| EnterpriseSlug::parse(&name).ok());
    let enterprise = enterprise.ok_or(Error::NotFound {
        resource: Resource::Enterprise,
    })?;
    let query = TableQuery::parse_lenient(query.as_deref().unwrap_or_default(), table);
    Ok((enterprise, query))
}

/// The file, or why there is none.
fn answer<R: Send + 'static>(
    state: &AppState,
    op: &OpContext,
    sheet: &'static Sheet<R>,
    export: Result<Export<R>, Error>,
) -> Response {
    let export = match export {
        Ok(export) => export,
        Err(error) => return failure::response(&state.assets, false, &error, op.request_id),
    };
    let name = format!(
        "attachment; filename=\"{}-{}.csv\"",
        sheet.name,
        op.now.format("%Y-%m-%d")
    );
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
    ];
    (headers, body(sheet, export)).into_response()
}

fn body<R: Send + 'static>(sheet: &'static Sheet<R>, export: Export<R>) -> Body {
    let headings: Vec<Cell> = sheet.headings.iter().copied().map(Cell::words).collect();
    let head = lines([headings]).map(|line| [BYTE_ORDER_MARK, &line].concat());
    let rows = stream::try_unfold(export, move |mut export| async move {
        let Some(rows) = export.next_piece().await? else {
            return Ok(None);
        };
        let piece = lines(rows.iter().map(sheet.cells))?;
        Ok::<_, BoxError>(Some((piece, export)))
    });
    let head = stream::once(std::future::ready(head.map_err(BoxError::from)));
    Body::from_stream(head.chain(rows))
}
