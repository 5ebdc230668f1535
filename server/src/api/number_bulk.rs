//! Many numbers at once. Each answer tells what became of each number.

use axum::Json;
use backend::services::number as numbers;
use domain::{
    ids::PhoneNumberId,
    number::{self, NumberPatch, TABLE, WhySkipped},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Input, query_problem, strict_query},
    common::all,
    number::NumberChanges,
    problem::{Problem, ProblemField},
    reply::Reply,
};

const TAG: &str = "Numbers";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(update_many_numbers))
        .routes(routes!(delete_many_numbers))
}

/// Which numbers: either `ids` or `query`.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// These.
    #[serde(default)]
    pub ids: Option<Vec<Uuid>>,
    /// All that this query of the list finds, on whatever page, for example `filter=services:in:free`.
    #[serde(default)]
    pub query: Option<String>,
}

impl TryFrom<Selection> for number::Selection {
    type Error = Problem;

    fn try_from(selection: Selection) -> Result<Self, Problem> {
        let wrong = |errors: Vec<ProblemField>| {
            let detail = "Some fields need your attention.";
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail).at(errors)
        };
        match (selection.ids, selection.query) {
            (Some(ids), None) => Ok(Self::Ids(ids.into_iter().map(PhoneNumberId).collect())),
            (None, Some(query)) => {
                strict_query(&query, &TABLE).map_err(|problems| {
                    let told = problems.iter().map(|problem| query_problem("selection.query", problem));
                    wrong(told.collect())
                })?;
                Ok(Self::Query(query))
            }
            _ => Err(wrong(vec![ProblemField {
                field: "selection".to_owned(),
                message: "Name either the ids or a query.".to_owned(),
            }])),
        }
    }
}

/// What is changed about many numbers.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkUpdate {
    /// Which numbers.
    pub selection: Selection,
    /// What is changed.
    pub changes: NumberChanges,
}

/// Many numbers to delete.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkDelete {
    /// Which numbers.
    pub selection: Selection,
}

/// Why a number was left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// It serves somebody.
    Assigned,
    /// It is like that already.
    Unchanged,
    /// It does not exist any more.
    Gone,
}

/// A number that was left as it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Skipped {
    /// Its id.
    pub id: Uuid,
    /// The number in E.164 form; null when it is gone.
    pub number: Option<String>,
    /// Why.
    pub reason: SkipReason,
    /// The person or group it serves.
    pub serves: Option<String>,
}

/// What became of each number.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkAnswer {
    /// Those it was done to.
    pub done: Vec<Uuid>,
    /// Those it was not done to, and why.
    pub skipped: Vec<Skipped>,
}

impl From<number::SkippedNumber> for Skipped {
    fn from(skipped: number::SkippedNumber) -> Self {
        let (reason, serves) = match skipped.why {
            WhySkipped::Assigned(name) => (SkipReason::Assigned, Some(name)),
            WhySkipped::Unchanged => (SkipReason::Unchanged, None),
            WhySkipped::Gone => (SkipReason::Gone, None),
        };
        Self {
            id: skipped.id.0,
            number: skipped.number.map(|number| number.to_string()),
            reason,
            serves,
        }
    }
}

impl From<number::BulkAnswer> for BulkAnswer {
    fn from(answer: number::BulkAnswer) -> Self {
        Self {
            done: all(answer.done),
            skipped: all(answer.skipped),
        }
    }
}

/// Changes many numbers alike, where the asker keeps the numbers: 5,000 at most, all of them or none.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/numbers/bulk-update",
    tag = TAG,
    request_body = BulkUpdate,
    responses((status = 200, body = BulkAnswer))
)]
async fn update_many_numbers(asked: Asked, Input(input): Input<BulkUpdate>) -> Reply<BulkAnswer> {
    let (op, backend) = (&asked.op, &asked.backend);
    let selection = number::Selection::try_from(input.selection)?;
    let patch = NumberPatch::from(input.changes);
    let answer = numbers::update_many(op, backend, &asked.enterprise, &selection, &patch).await?;
    Ok(Json(answer.into()))
}

/// Deletes many numbers, except those that serve somebody, where the asker keeps the numbers: 5,000 at most.
#[utoipa::path(
    post,
    path = "/enterprises/{enterprise}/numbers/bulk-delete",
    tag = TAG,
    request_body = BulkDelete,
    responses((status = 200, body = BulkAnswer))
)]
async fn delete_many_numbers(asked: Asked, Input(input): Input<BulkDelete>) -> Reply<BulkAnswer> {
    let selection = number::Selection::try_from(input.selection)?;
    let answer = numbers::delete_many(&asked.op, &asked.backend, &asked.enterprise, &selection).await?;
    Ok(Json(answer.into()))
}
