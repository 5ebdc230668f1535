//! What is answered in place of what was asked for: a problem (RFC 9457).

use axum::response::{IntoResponse, Response};
use domain::error::{Error, FieldError};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

/// The media type of a problem.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// The kind of every problem: the status and the code tell more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum ProblemType {
    /// Nothing more than the status tells.
    #[serde(rename = "about:blank")]
    AboutBlank,
}

/// What came in the way, in the form of RFC 9457.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status and `code` say what kind of problem it is.
    #[serde(rename = "type")]
    pub kind: ProblemType,
    /// The words of the status.
    #[schema(value_type = String)]
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What kind of problem it is, in one word for programs. New words may come.
    #[schema(value_type = String)]
    pub code: &'static str,
    /// What it is and what to do, a sentence for people.
    pub detail: String,
    /// Each field of the request that breaks a rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// The version that is stored now, where a request named an older one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_version: Option<i64>,
    /// After how many seconds to try again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

/// A field of the request that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProblemField {
    /// Its name in the request.
    pub field: String,
    /// What to do about it.
    pub message: String,
}

impl Problem {
    /// A problem of that status and kind.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            kind: ProblemType::AboutBlank,
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            code,
            detail: detail.into(),
            errors: Vec::new(),
            current_version: None,
            retry_after: None,
        }
    }

    /// The same with the fields that break rules.
    #[must_use]
    pub fn at(mut self, errors: Vec<ProblemField>) -> Self {
        self.errors = errors;
        self
    }

    /// Nothing is at this address.
    #[must_use]
    pub fn no_such_path() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address.")
    }
}

/// The status that REST answers an error with. Unlike server functions it tells a version that is not the current one
/// (412) from other conflicts (409), because the version comes in a header.
fn status(error: &Error) -> StatusCode {
    match error {
        Error::Outdated { .. } => StatusCode::PRECONDITION_FAILED,
        _ => StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

fn code(error: &Error) -> &'static str {
    match error {
        Error::SignedOut => "unauthenticated",
        Error::Forbidden { .. } => "forbidden",
        Error::NotFound { .. } => "not_found",
        Error::Outdated { .. } => "outdated",
        Error::Conflict(_) => "conflict",
        Error::Invalid { .. } => "invalid",
        Error::Gone { .. } => "gone",
        Error::TooManyRequests { .. } => "too_many_requests",
        Error::NotSupported { .. } => "not_supported",
        Error::Unavailable => "unavailable",
        Error::Internal { .. } => "internal",
    }
}

fn detail(error: &Error) -> String {
    match error {
        Error::SignedOut => "The token is missing or wrong, was revoked, or has ended.".to_owned(),
        Error::Forbidden { .. } => "The token or the role of its account does not allow this.".to_owned(),
        Error::Outdated { current_version, .. } => {
            format!("Somebody else changed this. Version {current_version} is stored now; read it, then decide again.")
        }
        other => other.to_string(),
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let fields = error.field_errors().iter().cloned().map(ProblemField::from).collect();
        let mut problem = Self::new(status(&error), code(&error), detail(&error)).at(fields);
        match error {
            Error::Outdated { current_version, .. } => problem.current_version = Some(current_version),
            Error::TooManyRequests { seconds } => problem.retry_after = Some(seconds),
            _ => {}
        }
        problem
    }
}

impl From<FieldError> for ProblemField {
    fn from(FieldError { field, message }: FieldError) -> Self {
        Self { field, message }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if let Some(version) = self.current_version {
            headers.extend(super::reply::etag(version).map(|tag| (header::ETAG, tag)));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Bearer realm=\"Messaging Portal\"");
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use domain::access::Resource;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn another_version_is_told_with_the_one_that_is_stored() {
        let response = Problem::from(Error::Outdated {
            resource: Resource::SmsGroup,
            id: Uuid::nil(),
            current_version: 7,
        })
        .into_response();
        assert_eq!(response.status(), StatusCode::PRECONDITION_FAILED);
        assert_eq!(response.headers()[header::ETAG], "\"7\"");
        assert_eq!(response.headers()[header::CONTENT_TYPE], PROBLEM_JSON);
    }

    #[test]
    fn a_problem_says_only_what_there_is_to_say() {
        let json = serde_json::to_value(Problem::from(Error::invalid("name", "Enter a name."))).unwrap();
        assert_eq!(
            json,
            serde_json::json!({
                "type": "about:blank",
                "title": "Unprocessable Entity",
                "status": 422,
                "code": "invalid",
                "detail": "Some fields need your attention.",
                "errors": [{"field": "name", "message": "Enter a name."}],
            })
        );
    }
}
