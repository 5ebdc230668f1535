//! Finds out what a page needs before it is rendered, and leads on from addresses that are only ways to a page: rendered,
//! they would make a page that is left at once.

use app::{
    context::{leads_on, prepare_visit},
    server_context::ServerContext,
};
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use super::sign_in_redirect::is_visit;

/// Puts an [`app::context::Visit`] into page visits.
pub async fn prepare(mut request: Request, next: Next) -> Response {
    let context = request.extensions().get::<ServerContext>().cloned();
    if let Some(context) = context.filter(|_| is_visit(&request)) {
        let path = request.uri().path();
        let visit = prepare_visit(&context, path).await;
        if let Some(page) = leads_on(&context, &visit, path).await {
            return Redirect::to(&page).into_response();
        }
        request.extensions_mut().insert(visit);
    }
    next.run(request).await
}
