//! Phone numbers, one at a time. Many at once are in `number_bulk`.

mod wire;

use backend::services::number as numbers;
use domain::{
    ids::PhoneNumberId,
    number::{AssignTo, NumberInput, NumberPatch, PhoneNumberRow, TABLE},
};
use http::StatusCode;
use utoipa_axum::{router::OpenApiRouter, routes};

pub use self::wire::{
    Assignment, NewNumber, NumberCarrier, NumberChanges, NumberDetail, NumberRow, NumberSettings, Release,
    ReleaseCause, Target,
};
use super::{
    asked::{Asked, Id, IfMatch, Input, Rows, TableParams},
    common::cooling_off,
    problem::Problem,
    reply::{Created, PageOf, Reply, Versioned, page},
};

const TAG: &str = "Numbers";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_numbers, create_number))
        .routes(routes!(get_number, update_number, delete_number))
        .routes(routes!(assign_number))
}

/// Lists numbers.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/numbers",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<NumberRow>))
)]
async fn list_numbers(asked: Asked, rows: Rows) -> Reply<PageOf<NumberRow>> {
    let query = rows.of(&TABLE)?;
    let found = numbers::list(&asked.op, &asked.backend, &asked.enterprise, &query).await?;
    Ok(page(found))
}

/// Adds a number, where the asker keeps the numbers.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/numbers",
    tag = TAG,
    request_body = NewNumber,
    responses((status = 201, body = NumberRow))
)]
async fn create_number(asked: Asked, Input(input): Input<NewNumber>) -> Result<Created<NumberRow>, Problem> {
    let input = NumberInput {
        number: input.number,
        settings: input.settings.into(),
    };
    let row = numbers::create(&asked.op, &asked.backend, &asked.enterprise, &input).await?;
    Ok(Created {
        location: format!("/api/v1/enterprises/{}/numbers/{}", asked.enterprise, row.id),
        version: Some(row.version),
        body: row.into(),
    })
}

/// Reads a number.
#[utoipa::path(
    get,
    path = "/enterprises/{enterprise}/numbers/{id}",
    tag = TAG,
    responses((status = 200, body = NumberDetail))
)]
async fn get_number(asked: Asked, Id(id): Id<PhoneNumberId>) -> Result<Versioned<NumberDetail>, Problem> {
    let detail = numbers::get(&asked.op, &asked.backend, &asked.enterprise, id).await?;
    Ok(Versioned {
        version: detail.row.version,
        body: detail.into(),
    })
}

/// Changes what a number can do, where the asker keeps the numbers.
#[utoipa::path(
    patch,
    path = "/enterprises/{enterprise}/numbers/{id}",
    tag = TAG,
    request_body = NumberChanges,
    responses((status = 200, body = NumberRow))
)]
async fn update_number(
    asked: Asked,
    Id(id): Id<PhoneNumberId>,
    IfMatch(version): IfMatch,
    Input(changes): Input<NumberChanges>,
) -> Result<Versioned<NumberRow>, Problem> {
    let (op, backend) = (&asked.op, &asked.backend);
    let patch = NumberPatch::from(changes);
    let row = numbers::update(op, backend, &asked.enterprise, id, version, &patch).await?;
    Ok(versioned(row))
}

/// Deletes a number that serves nobody, where the asker keeps the numbers.
#[utoipa::path(
    delete,
    path = "/enterprises/{enterprise}/numbers/{id}",
    tag = TAG,
    responses((status = 204))
)]
async fn delete_number(
    asked: Asked,
    Id(id): Id<PhoneNumberId>,
    IfMatch(version): IfMatch,
) -> Result<StatusCode, Problem> {
    numbers::delete(&asked.op, &asked.backend, &asked.enterprise, id, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a number to a person or a group, whoever has it now, or to nobody.
#[utoipa::path(
    put,
    path = "/enterprises/{enterprise}/numbers/{id}/assignment",
    tag = TAG,
    request_body = Assignment,
    responses((status = 200, body = NumberRow))
)]
async fn assign_number(
    asked: Asked,
    Id(id): Id<PhoneNumberId>,
    IfMatch(version): IfMatch,
    Input(assignment): Input<Assignment>,
) -> Result<Versioned<NumberRow>, Problem> {
    let (op, backend, enterprise) = (&asked.op, &asked.backend, &asked.enterprise);
    let to = assignment.to.map(AssignTo::from);
    let cooling_off = cooling_off(assignment.in_cooling_off);
    let row = numbers::assign(op, backend, enterprise, id, version, to, cooling_off).await?;
    Ok(versioned(row))
}

fn versioned(row: PhoneNumberRow) -> Versioned<NumberRow> {
    Versioned {
        version: row.version,
        body: row.into(),
    }
}
