//! Leads whoever visits a page without a session to the sign-in page, and back afterwards.

use app::{paths, server_context::ServerContext};
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use backend::context::Actor;
use http::Method;

/// Whether a person opens a page.
pub fn is_visit(request: &Request) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD) && !super::failure::is_call(request)
}

/// Redirects page visits of people who are not signed in. Server functions answer by themselves.
pub async fn redirect(request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_page = is_visit(&request) && path != paths::sign_in() && !paths::is_invitation(path);
    let signed_out = request
        .extensions()
        .get::<ServerContext>()
        .is_none_or(|context| matches!(context.op.actor, Actor::Anonymous));
    if is_page && signed_out {
        let visited = request.uri().path_and_query().map_or("/", |path| path.as_str());
        // Whoever has just signed in wants to see a page; the file is one press away from it.
        let page = paths::page_of_export(visited);
        return Redirect::to(&paths::sign_in_and_return(&page)).into_response();
    }
    next.run(request).await
}
