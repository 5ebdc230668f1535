//! What is answered when the application cannot: after a panic, a time-out, a database that is away.

use std::{any::Any, sync::Arc};

use app::{Assets, error::AppError};
use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use domain::{error::Error, ids::RequestId};
use http::{HeaderValue, StatusCode, header};
use tower_http::catch_panic::ResponseForPanic;
use uuid::Uuid;

use crate::state::AppState;

/// Whether the request is a server function's, which wants data rather than a page.
pub fn is_call(request: &Request) -> bool {
    request.uri().path().starts_with("/rpc/")
}

/// `error` as data for a server function, else as a plain page that needs nothing but the style sheet.
pub fn response(assets: &Assets, is_call: bool, error: &Error, id: RequestId) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if is_call {
        let body = serde_json::to_string(&AppError::Domain(error.clone())).unwrap_or_default();
        let kind = HeaderValue::from_static("application/json");
        return (status, [(header::CONTENT_TYPE, kind)], body).into_response();
    }
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    (status, [(header::CONTENT_TYPE, kind)], page(assets, status, error, id)).into_response()
}

fn page(assets: &Assets, status: StatusCode, error: &Error, id: RequestId) -> String {
    let code = status.as_u16();
    let css = &assets.css;
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Something went wrong · Messaging Portal</title><link rel=\"stylesheet\" href=\"{css}\"></head>\
         <body class=\"app\"><main class=\"page page--center\" id=\"main\"><div class=\"error-page\">\
         <p class=\"error-page__code\">{code}</p><h1 class=\"error-page__title\">Something went wrong</h1>\
         <p class=\"error-page__text\">{error}</p>\
         <div class=\"error-page__actions\"><a class=\"link\" href=\"/\">Go to the start page</a></div>\
         <p class=\"error-page__reference\">Reference: <code>{id}</code></p></div></main></body></html>"
    )
}

/// The answer to a panic: our own fault, with an id that leads to the log.
#[derive(Clone)]
pub struct PanicResponse {
    assets: Arc<Assets>,
}

impl PanicResponse {
    /// Pages in the look of the others.
    pub fn new(state: &AppState) -> Self {
        Self {
            assets: state.assets.clone(),
        }
    }
}

impl ResponseForPanic for PanicResponse {
    type ResponseBody = Body;

    fn response_for_panic(&mut self, panic: Box<dyn Any + Send + 'static>) -> Response {
        let what = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("a panic without a text");
        // The layer does not show the request, so this fault gets an id of its own.
        let id = RequestId(Uuid::now_v7());
        tracing::error!(request_id = %id, panic = what, "a handler panicked");
        response(&self.assets, false, &Error::Internal { request_id: id.0 }, id)
    }
}
