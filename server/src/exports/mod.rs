//! Tables as files: `…/groups/export.csv` answers what the page `…/groups` shows under the same query, on all its pages.
//!
//! The answer is CSV (RFC 4180: commas, CRLF, quotation marks where they are needed) in UTF-8 with a byte order mark, by
//! which spreadsheets know the encoding. It is written piece by piece as the database hands the rows out. When that fails
//! in the middle the connection is cut, so that no browser takes half of a file for the whole.

mod cell;
pub(crate) mod tables;

use std::pin::Pin;

use app::server_context::ServerContext;
use axum::{
    BoxError, Extension, Router,
    body::Body,
    extract::{
        FromRequestParts, Path,
        rejection::{ExtensionRejection, PathRejection},
    },
    response::{IntoResponse, Response},
    routing::{MethodRouter, get},
};
use backend::{Backend, context::OpContext, services::export::Export};
use domain::{
    access::Resource,
    enterprise::EnterpriseSlug,
    error::Error,
    table::{TableQuery, TableSchema},
};
use futures_util::stream::{self, StreamExt};
use http::{HeaderName, HeaderValue, header, request::Parts};

use self::cell::{BYTE_ORDER_MARK, Cell, lines};
use crate::{middleware::failure, state::AppState};

/// A table as a file.
pub(crate) struct Sheet<R> {
    /// What the file is called, before the day.
    name: &'static str,
    /// The headings, in the words of the table on the page.
    headings: &'static [&'static str],
    /// Those of the headings that are only in the files of people who have to do with the carriers of numbers.
    of_carriers: &'static [&'static str],
    /// The cells of a row, one for each heading.
    cells: fn(&R) -> Vec<Cell>,
    /// How the query model knows the table.
    schema: &'static TableSchema,
    /// The service that settles the rows.
    ask: Ask<R>,
}

impl<R> Sheet<R> {
    /// How the query model knows the table.
    pub(crate) fn schema(&self) -> &'static TableSchema {
        self.schema
    }
}

/// How a table is read.
enum Ask<R> {
    /// The table of an enterprise, piece by piece.
    Pieces(AskPieces<R>),
    /// A table of the provider's console. Such tables are short and read at once.
    Whole(AskWhole<R>),
}

type AskPieces<R> = for<'a> fn(
    &'a OpContext,
    &'a Backend,
    &'a EnterpriseSlug,
    &'a TableQuery,
) -> Pin<Box<dyn Future<Output = Result<Export<R>, Error>> + Send + 'a>>;

type AskWhole<R> = for<'a> fn(
    &'a OpContext,
    &'a Backend,
    Option<&'a EnterpriseSlug>,
    &'a TableQuery,
) -> Pin<Box<dyn Future<Output = Result<Vec<R>, Error>> + Send + 'a>>;

/// The exports of all tables. Their addresses are those of `app::paths::export`.
pub fn router(state: &AppState) -> Router {
    Router::new()
        .route(
            "/e/{enterprise}/services/sms/groups/export.csv",
            export(&tables::GROUPS),
        )
        .route(
            "/e/{enterprise}/services/sms/carriers/export.csv",
            export(&tables::PROFILES),
        )
        .route(
            "/e/{enterprise}/services/sms/domains/export.csv",
            export(&tables::DOMAINS),
        )
        .route(
            "/e/{enterprise}/configuration/export.csv",
            export(&tables::CONFIGURATION),
        )
        .route("/e/{enterprise}/audit/export.csv", export(&tables::AUDIT))
        .route("/e/{enterprise}/numbers/export.csv", export(&tables::NUMBERS))
        .route("/e/{enterprise}/dashboard/export.csv", export(&tables::TASKS))
        .route("/e/{enterprise}/users/export.csv", export(&tables::USERS))
        .route("/provider/export.csv", export(&tables::ENTERPRISES))
        .route("/provider/requests/export.csv", export(&tables::REQUESTS))
        .route(
            "/provider/enterprises/{enterprise}/export.csv",
            export(&tables::MEMBERS),
        )
        .with_state(state.clone())
}

fn export<R: Send + 'static>(sheet: &'static Sheet<R>) -> MethodRouter<AppState> {
    get(move |asked: Asked| file(asked, sheet))
}

/// The file of a table, or why there is none. What is garbled in the query is left out, as on the page.
async fn file<R: Send + 'static>(asked: Asked, sheet: &'static Sheet<R>) -> Response {
    let ServerContext { op, backend, .. } = &asked.context;
    let query = TableQuery::parse_lenient(&asked.query, sheet.schema);
    let file = file_of(op, backend, asked.enterprise.as_ref(), &query, sheet).await;
    file.unwrap_or_else(|error| failure::response(&asked.state.assets, false, &error, op.request_id))
}

/// The file of a table: the rows that `query` finds, of one enterprise where the table is of one. No enterprise is answered
/// there as one that does not exist.
///
/// # Errors
/// As the service of the table.
pub(crate) async fn file_of<R: Send + 'static>(
    op: &OpContext,
    backend: &Backend,
    enterprise: Option<&EnterpriseSlug>,
    query: &TableQuery,
    sheet: &'static Sheet<R>,
) -> Result<Response, Error> {
    let content = match sheet.ask {
        Ask::Pieces(ask) => {
            let enterprise = enterprise.ok_or(Error::NotFound {
                resource: Resource::Enterprise,
            })?;
            streamed(sheet, ask(op, backend, enterprise, query).await?)
        }
        Ask::Whole(ask) => whole(sheet, op, &ask(op, backend, enterprise, query).await?)?,
    };
    Ok((headers(sheet.name, op), content).into_response())
}

/// Who asks, and for which rows of which enterprise.
struct Asked {
    state: AppState,
    context: ServerContext,
    /// None when it cannot be the name of an enterprise.
    enterprise: Option<EnterpriseSlug>,
    query: String,
}

impl FromRequestParts<AppState> for Asked {
    type Rejection = ExtensionRejection;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Self::Rejection> {
        let Extension(context) = Extension::from_request_parts(parts, state).await?;
        let enterprise: Result<Path<String>, PathRejection> = Path::from_request_parts(parts, state).await;
        Ok(Self {
            state: state.clone(),
            context,
            enterprise: enterprise.ok().and_then(|Path(name)| EnterpriseSlug::parse(&name).ok()),
            query: parts.uri.query().unwrap_or_default().to_owned(),
        })
    }
}

/// What the browser is told about a file.
fn headers(name: &str, op: &OpContext) -> [(HeaderName, HeaderValue); 2] {
    let name = format!("attachment; filename=\"{name}-{}.csv\"", op.now.format("%Y-%m-%d"));
    [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/csv; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&name).unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
    ]
}

/// The headings and how a row becomes a line, both without the columns that are not for who asks.
fn columns<R>(sheet: &'static Sheet<R>, with_carriers: bool) -> (Vec<Cell>, impl Fn(&R) -> Vec<Cell>) {
    let shown: Vec<bool> = sheet
        .headings
        .iter()
        .map(|heading| with_carriers || !sheet.of_carriers.contains(heading))
        .collect();
    let headings = only(sheet.headings.iter().copied().map(Cell::words), &shown);
    (headings, move |row: &R| only((sheet.cells)(row), &shown))
}

/// Those of the cells that are shown.
fn only(cells: impl IntoIterator<Item = Cell>, shown: &[bool]) -> Vec<Cell> {
    let cells = cells.into_iter().zip(shown);
    cells.filter_map(|(cell, shown)| shown.then_some(cell)).collect()
}

fn whole<R>(sheet: &'static Sheet<R>, op: &OpContext, rows: &[R]) -> Result<Body, Error> {
    let (headings, cells) = columns(sheet, true);
    let written = lines(std::iter::once(headings).chain(rows.iter().map(cells)));
    let text = written.map_err(|error| {
        tracing::error!(request_id = %op.request_id, %error, "a file could not be written");
        Error::Internal {
            request_id: op.request_id.0,
        }
    })?;
    Ok(Body::from([BYTE_ORDER_MARK, &text].concat()))
}

fn streamed<R: Send + 'static>(sheet: &'static Sheet<R>, export: Export<R>) -> Body {
    let (headings, cells) = columns(sheet, export.shows_carriers());
    let head = lines([headings]).map(|line| [BYTE_ORDER_MARK, &line].concat());
    let rows = stream::try_unfold((export, cells), |(mut export, cells)| async move {
        let Some(rows) = export.next_piece().await? else {
            return Ok(None);
        };
        let piece = lines(rows.iter().map(&cells))?;
        Ok::<_, BoxError>(Some((piece, (export, cells))))
    });
    let head = stream::once(std::future::ready(head.map_err(BoxError::from)));
    Body::from_stream(head.chain(rows))
}
