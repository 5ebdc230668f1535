//! Finds out what a page needs before it is rendered.

use app::{context::prepare_visit, server_context::ServerContext};
use axum::{extract::Request, middleware::Next, response::Response};

use super::sign_in_redirect::is_visit;

/// Puts an [`app::context::Visit`] into page visits.
pub async fn prepare(mut request: Request, next: Next) -> Response {
    let context = request.extensions().get::<ServerContext>().cloned();
    if let Some(context) = context.filter(|_| is_visit(&request)) {
        let visit = prepare_visit(&context, request.uri().path()).await;
        request.extensions_mut().insert(visit);
    }
    next.run(request).await
}
