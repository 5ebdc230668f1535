//! The tables as files: each `.csv` address answers what its list answers under the same search, filters and order, on all
//! pages, in the form of the files that the pages export.

use axum::response::Response;
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    asked::{Asked, Asker, Rows},
    problem::Problem,
};
use crate::exports::{Sheet, file_of, tables};

const TAG: &str = "Tables as files";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(export_groups))
        .routes(routes!(export_users))
        .routes(routes!(export_numbers))
        .routes(routes!(export_carrier_profiles))
        .routes(routes!(export_domains))
        .routes(routes!(export_tasks))
        .routes(routes!(export_configured_numbers))
        .routes(routes!(export_audit_entries))
        .routes(routes!(export_accounts))
        .routes(routes!(export_enterprises))
        .routes(routes!(export_requests))
}

/// Parameters of every file.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FileParams {
    /// A text that must stand somewhere in the row.
    pub search: Option<String>,
    /// A condition, as in the list. Several must all hold.
    pub filter: Option<Vec<String>>,
    /// The columns to sort by, as in the list.
    pub sort: Option<String>,
}

async fn file<R: Send + 'static>(asked: Asked, rows: Rows, sheet: &'static Sheet<R>) -> Result<Response, Problem> {
    let query = rows.of(sheet.schema())?;
    Ok(file_of(&asked.op, &asked.backend, Some(&asked.enterprise), &query, sheet).await?)
}

async fn file_of_provider<R: Send + 'static>(
    Asker { op, backend }: Asker,
    rows: Rows,
    sheet: &'static Sheet<R>,
) -> Result<Response, Problem> {
    let query = rows.of(sheet.schema())?;
    Ok(file_of(&op, &backend, None, &query, sheet).await?)
}

/// Groups as a file.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/groups.csv",
    tag = TAG,
    params(FileParams),
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_groups(asked: Asked, rows: Rows) -> Result<Response, Problem> {
    file(asked, rows, &tables::GROUPS).await
}

/// Teams users as a file.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/users.csv",
    tag = TAG,
    params(FileParams),
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_users(asked: Asked, rows: Rows) -> Result<Response, Problem> {
    file(asked, rows, &tables::USERS).await
}

/// Numbers as a file.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/numbers.csv",
    tag = TAG,
    params(FileParams),
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_numbers(asked: Asked, rows: Rows) -> Result<Response, Problem> {
    file(asked, rows, &tables::NUMBERS).await
}

/// Carrier profiles as a file.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/carrier-profiles.csv",
    tag = TAG,
    params(FileParams),
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_carrier_profiles(asked: Asked, rows: Rows) -> Result<Response, Problem> {
    file(asked, rows, &tables::PROFILES).await
}

/// Domains as a file.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/domains.csv",
    tag = TAG,
    params(FileParams),
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_domains(asked: Asked, rows: Rows) -> Result<Response, Problem> {
    file(asked, rows, &tables::DOMAINS).await
}

/// Tasks as a file.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/tasks.csv",
    tag = TAG,
    params(FileParams),
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_tasks(asked: Asked, rows: Rows) -> Result<Response, Problem> {
    file(asked, rows, &tables::TASKS).await
}

/// The numbers of the published configuration as a file.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/configuration.csv",
    tag = TAG,
    params(FileParams),
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_configured_numbers(asked: Asked, rows: Rows) -> Result<Response, Problem> {
    file(asked, rows, &tables::CONFIGURATION).await
}

/// The audit log as a file.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/audit.csv",
    tag = TAG,
    params(FileParams),
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_audit_entries(asked: Asked, rows: Rows) -> Result<Response, Problem> {
    file(asked, rows, &tables::AUDIT).await
}

/// Who can sign in as a file.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/accounts.csv",
    tag = TAG,
    params(FileParams),
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_accounts(asked: Asked, rows: Rows) -> Result<Response, Problem> {
    file(asked, rows, &tables::MEMBERS).await
}

/// The enterprises of the provider as a file.
#[utoipa::path(
    get,
    path = "/provider/enterprises.csv",
    tag = TAG,
    params(FileParams),
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_enterprises(asker: Asker, rows: Rows) -> Result<Response, Problem> {
    file_of_provider(asker, rows, &tables::ENTERPRISES).await
}

/// The provider's queue of requests as a file.
#[utoipa::path(
    get,
    path = "/provider/requests.csv",
    tag = TAG,
    params(FileParams),
    responses((status = 200, description = "The rows as CSV.", body = String, content_type = "text/csv"))
)]
async fn export_requests(asker: Asker, rows: Rows) -> Result<Response, Problem> {
    file_of_provider(asker, rows, &tables::REQUESTS).await
}
