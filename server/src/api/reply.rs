//! How answers are put together: the version of a thing as its ETag, the address of a new one.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use domain::table::Page;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::Problem;

/// What a handler answers.
pub type Reply<T> = Result<Json<T>, Problem>;

/// The tag of a version.
pub(super) fn etag(version: i64) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("\"{version}\"")).ok()
}

/// A thing with its version as the ETag.
#[derive(Clone, Debug)]
pub struct Versioned<T> {
    /// The version.
    pub version: i64,
    /// The thing.
    pub body: T,
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.body).into_response();
        let tag = etag(self.version).map(|tag| (header::ETAG, tag));
        response.headers_mut().extend(tag);
        response
    }
}

/// A thing that was just made, with its address.
#[derive(Clone, Debug)]
pub struct Created<T> {
    /// Where it is.
    pub location: String,
    /// The version, of things that have one.
    pub version: Option<i64>,
    /// The thing.
    pub body: T,
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let mut response = (StatusCode::CREATED, Json(self.body)).into_response();
        let headers = response.headers_mut();
        headers.extend(self.version.and_then(etag).map(|tag| (header::ETAG, tag)));
        let location = HeaderValue::from_str(&self.location);
        headers.extend(location.ok().map(|location| (header::LOCATION, location)));
        response
    }
}

/// One page of the rows that match a query.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PageOf<T> {
    /// The rows of the page, in order.
    pub rows: Vec<T>,
    /// How many rows there are without search and filters.
    pub total: u64,
    /// How many of them match.
    pub matching: u64,
    /// Which page this is, counted from 1; never behind the last one.
    pub page: u64,
    /// How many rows a full page has.
    pub page_size: u64,
}

/// The page with each row in its wire form.
pub(super) fn page<R, T: From<R>>(page: Page<R>) -> Json<PageOf<T>> {
    Json(PageOf {
        total: page.total,
        matching: page.matching,
        page: page.page,
        page_size: page.size.rows(),
        rows: page.rows.into_iter().map(T::from).collect(),
    })
}
