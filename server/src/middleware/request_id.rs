//! Gives each request an id, which the log, the answer's `x-request-id` and error pages carry.

use app::paths;
use axum::{extract::Request, middleware::Next, response::Response};
use domain::ids::RequestId;
use http::{HeaderValue, header::HeaderName};
use tracing::Instrument;
use uuid::Uuid;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// Assigns the id and logs the request with method, path (without its query, which may hold what people search for, and
/// without the secret of a one-time link), status and time.
pub async fn assign(mut request: Request, next: Next) -> Response {
    let id = RequestId(Uuid::now_v7());
    request.extensions_mut().insert(id);
    let span = tracing::info_span!("request", id = %id, method = %request.method(), path = paths::without_secrets(request.uri().path()));
    let started = std::time::Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let milliseconds = started.elapsed().as_secs_f64() * 1_000.0;
    span.in_scope(|| tracing::debug!(status = response.status().as_u16(), milliseconds, "answered"));
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

/// The request's id.
pub fn of(request: &Request) -> RequestId {
    request.extensions().get().copied().unwrap_or(RequestId(Uuid::nil()))
}
