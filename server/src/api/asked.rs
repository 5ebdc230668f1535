//! What handlers are told: who asks, about which enterprise and which thing, with which version, query and body.

use std::{convert::Infallible, fmt, marker::PhantomData, str::FromStr};

use axum::{
    Json,
    extract::{FromRequest, FromRequestParts, RawPathParams, Request},
};
use backend::{Backend, context::OpContext};
use domain::{
    access::Resource,
    enterprise::EnterpriseSlug,
    error::Error,
    table::{QueryProblem, TableQuery, TableSchema},
};
use http::{StatusCode, header, request::Parts};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};
use utoipa::IntoParams;

use super::problem::{Problem, ProblemField};

/// Who asks, and the core. The middleware that reads the token puts it into the request.
#[derive(Clone)]
pub struct Asker {
    /// Who asks.
    pub op: OpContext,
    /// The core.
    pub backend: Backend,
}

impl<S: Send + Sync> FromRequestParts<S> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Problem::from(Error::SignedOut))
    }
}

/// Who asks about which enterprise.
pub struct Asked {
    /// Who asks.
    pub op: OpContext,
    /// The core.
    pub backend: Backend,
    /// The enterprise that the address names.
    pub enterprise: EnterpriseSlug,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Asker { op, backend } = Asker::from_request_parts(parts, state).await?;
        let enterprise = parameter(parts, state, "enterprise").await.ok_or_else(|| {
            // What cannot be the name of an enterprise is answered as one that does not exist.
            Problem::from(Error::NotFound {
                resource: Resource::Enterprise,
            })
        })?;
        Ok(Self {
            op,
            backend,
            enterprise,
        })
    }
}

/// The thing that the address names. What cannot be an id is answered as one that nothing has.
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: FromStr + Send> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let id = parameter(parts, state, "id").await;
        id.map(Self).ok_or_else(Problem::no_such_path)
    }
}

pub(super) async fn parameter<S: Send + Sync, T: FromStr + Send>(
    parts: &mut Parts,
    state: &S,
    name: &str,
) -> Option<T> {
    let parameters = RawPathParams::from_request_parts(parts, state).await.ok()?;
    let (_, value) = parameters.iter().find(|(known, _)| *known == name)?;
    value.parse().ok()
}

/// The version that the request was made from, as its `If-Match` names it.
pub struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Some(value) = parts.headers.get(header::IF_MATCH) else {
            return Err(Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "version_required",
                "Name the version that you have read, as its ETag told: If-Match: \"3\".",
            ));
        };
        let version = value.to_str().ok().and_then(version_of);
        version.map(Self).ok_or_else(|| {
            let detail = "If-Match must name one version as an ETag told it, such as \"3\".";
            Problem::new(StatusCode::BAD_REQUEST, "bad_request", detail)
        })
    }
}

fn version_of(tag: &str) -> Option<i64> {
    let digits = tag.trim().strip_prefix('"')?.strip_suffix('"')?;
    let well_formed = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| well_formed)
}

/// The query of the address, to be read as that of a table.
pub struct Rows(String);

impl<S: Send + Sync> FromRequestParts<S> for Rows {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.uri.query().unwrap_or_default().to_owned()))
    }
}

impl Rows {
    /// The query, if the table can answer all of it. Pages leave out what cannot be answered; a program should hear of
    /// its mistakes.
    ///
    /// # Errors
    /// 400 with everything that is wrong.
    pub fn of(&self, table: &TableSchema) -> Result<TableQuery, Problem> {
        strict_query(&self.0, table).map_err(|problems| {
            let detail = "The query cannot be answered as it is.";
            let errors = problems.iter().map(|problem| query_problem("query", problem)).collect();
            Problem::new(StatusCode::BAD_REQUEST, "bad_query", detail).at(errors)
        })
    }
}

/// The query, or everything that is wrong with it.
pub(super) fn strict_query(text: &str, table: &TableSchema) -> Result<TableQuery, Vec<QueryProblem>> {
    let checked = TableQuery::parse_query_string(text, table);
    if checked.problems.is_empty() {
        Ok(checked.query)
    } else {
        Err(checked.problems)
    }
}

/// A problem of a query, told at `field`.
pub(super) fn query_problem(field: &str, problem: &QueryProblem) -> ProblemField {
    ProblemField {
        field: field.to_owned(),
        message: format!("The query {problem}."),
    }
}

/// The body.
pub struct Input<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let read: Result<Json<Object<T>>, _> = Json::from_request(request, state).await;
        match read {
            Ok(Json(Object(body))) => Ok(Self(body)),
            Err(rejection) => Err(Problem::new(rejection.status(), "bad_body", rejection.body_text())),
        }
    }
}

/// A JSON object. Read by itself, a type with named fields takes an array too, with the values in the order of its
/// fields; the document promises no such thing.
struct Object<T>(T);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData)).map(Self)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(fields))
    }
}

/// Parameters of every table.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TableParams {
    /// A text that must stand somewhere in the row.
    pub search: Option<String>,
    /// A condition, `column:operator:value`, as the pages write it in their address, for example `name:contains:desk`
    /// or `members:gt:3`. Several must all hold.
    pub filter: Option<Vec<String>>,
    /// The columns to sort by, with commas between; a minus before a column turns it around.
    pub sort: Option<String>,
    /// The page, counted from 1.
    pub page: Option<u64>,
    /// How many rows a page has: 25, 50, 100 or 200.
    pub page_size: Option<u64>,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("\"3\"", Some(3))]
    #[case(" \"12\" ", Some(12))]
    #[case("3", None)]
    #[case("W/\"3\"", None)]
    #[case("*", None)]
    #[case("\"-3\"", None)]
    #[case("\"3\", \"4\"", None)]
    #[case("\"\"", None)]
    #[case("\"99999999999999999999\"", None)]
    fn a_version_is_one_strong_tag(#[case] tag: &str, #[case] version: Option<i64>) {
        assert_eq!(version_of(tag), version);
    }
}
