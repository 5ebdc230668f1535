//! Server functions over HTTP: which there are, and what the answers of Leptos lack.

use app::{
    error::AppError,
    server_fns::wire::{BinaryEncoding, is_another_form},
};
use axum::{
    body::Body,
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use leptos::server_fn::{ContentType, axum::server_fn_paths, error::FromServerFnError};
use leptos_axum::handle_server_fns_with_context;

use crate::provide_server_context;

/// Calls the server function at the request's path, if there is one for its method.
pub async fn answer(request: Request) -> Response {
    let path = request.uri().path();
    let methods: Vec<Method> = server_fn_paths()
        .filter(|(known, _)| *known == path)
        .map(|(_, method)| method)
        .collect();
    if methods.is_empty() {
        return not_understood(StatusCode::NOT_FOUND);
    }
    if !methods.contains(request.method()) {
        return wrong_method(&methods);
    }
    let called = handle_server_fns_with_context(provide_server_context, request).await;
    follow_location(called.into_response())
}

/// Refuses calls of pages of another build, which would take the answer for something else: they name the form of what
/// they accept, or of what they send where the answer is a stream.
pub(crate) async fn of_this_build(request: Request, next: Next) -> Response {
    if names_another_form(request.headers()) {
        return not_understood(StatusCode::BAD_REQUEST);
    }
    next.run(request).await
}

fn names_another_form(headers: &HeaderMap) -> bool {
    [header::ACCEPT, header::CONTENT_TYPE]
        .iter()
        .flat_map(|name| headers.get_all(name))
        .any(|kind| kind.to_str().is_ok_and(is_another_form))
}

/// Makes browsers go where an answer points. A plain form that was refused leads back to its page with the error in the
/// address, but would have the error's status, with which browsers stay on an empty page.
fn follow_location(mut response: Response) -> Response {
    let is_refused = response.status().is_client_error() || response.status().is_server_error();
    if is_refused && response.headers().contains_key(header::LOCATION) {
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    response
}

fn wrong_method(allowed: &[Method]) -> Response {
    let mut response = not_understood(StatusCode::METHOD_NOT_ALLOWED);
    let allowed: Vec<&str> = allowed.iter().map(Method::as_str).collect();
    if let Ok(value) = HeaderValue::from_str(&allowed.join(", ")) {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

fn not_understood(status: StatusCode) -> Response {
    refusal(status, &AppError::NotUnderstood)
}

/// `error` as server functions answer it.
pub(crate) fn refusal(status: StatusCode, error: &AppError) -> Response {
    binary(status, error.ser())
}

/// `body` in the form of the answers of server functions.
pub(crate) fn binary(status: StatusCode, body: impl Into<Body>) -> Response {
    let kind = HeaderValue::from_static(BinaryEncoding::CONTENT_TYPE);
    let body: Body = body.into();
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}
