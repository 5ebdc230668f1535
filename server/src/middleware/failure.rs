//! What is answered when the application cannot: after a panic, a time-out, a database that is away.

use app::{Assets, error::AppError};
use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use domain::{error::Error, ids::RequestId};
use http::{HeaderValue, StatusCode, header};

use crate::calls;

/// Whether the request is a server function's, which wants data rather than a page.
pub fn is_call(request: &Request) -> bool {
    request.uri().path().starts_with("/rpc/")
}

/// `error` as data for a server function, else as a plain page that needs nothing but the style sheet.
pub fn response(assets: &Assets, is_call: bool, error: &Error, id: RequestId) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if is_call {
        return calls::refusal(status, &AppError::Domain(error.clone()));
    }
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    (status, [(header::CONTENT_TYPE, kind)], page(assets, status, error, id)).into_response()
}

fn page(assets: &Assets, status: StatusCode, error: &Error, id: RequestId) -> String {
    let code = status.as_u16();
    let css = &assets.css;
    let error = escaped(&error.to_string());
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

/// `text` as it stands in a page: some errors quote what people have typed.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn what_an_error_quotes_is_text() {
        let assets = Assets {
            css: String::new(),
            js: String::new(),
            wasm: String::new(),
            parts: HashMap::new(),
        };
        let error = Error::conflict("name", "<img src=x> & more");
        let page = page(&assets, StatusCode::CONFLICT, &error, RequestId(uuid::Uuid::nil()));
        assert!(page.contains("&lt;img src=x&gt; &amp; more"), "{page}");
        assert!(!page.contains("<img"), "{page}");
    }
}
