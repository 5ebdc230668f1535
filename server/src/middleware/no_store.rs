//! Keeps pages and answers out of caches: they show a tenant's data. Assets say by themselves how long they keep.

use axum::{extract::Request, middleware::Next, response::Response};
use http::{HeaderValue, header};

/// Forbids storing what says nothing else.
pub async fn no_store(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}
