//! HTTP around the core: the router, its middleware, and what the command line starts. No business rules.
//!
//! Pages and server functions come from `app`. What answers with something else is here: the REST interface (`api`),
//! tables as files (`exports`), uploads (`imports`), streams of live updates (`live`), built files (`assets`) and
//! `health`. What carries all of it is in `connections`.

pub mod api;
pub mod assets;
pub mod calls;
pub mod commands;
pub mod connections;
pub mod exports;
pub mod health;
pub mod imports;
pub mod live;
pub mod logging;
pub mod middleware;
pub mod settings;
pub mod state;

use app::shell;
use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get},
};
use leptos::prelude::{provide_context, use_context};
use leptos_axum::render_app_async_with_context;
use tower_http::{CompressionLevel, compression::CompressionLayer, csrf::CsrfLayer, limit::RequestBodyLimitLayer};

use crate::{middleware as layers, state::AppState};

/// How well what is made for each request is compressed: for pages a tenth smaller than the usual level 4, in about the
/// same time; from 6 on it takes longer for next to nothing.
const PAGE_COMPRESSION: CompressionLevel = CompressionLevel::Precise(5);

/// Everything the server answers, with all of its middleware; what `serve` binds and what tests call.
pub fn build_router(state: AppState) -> Router {
    // Leptos renders with tasks of this runtime. It refuses only when it has been told so before, as by another test.
    drop(any_spawner::Executor::init_tokio());
    let shell_assets = state.assets.clone();
    let pages = get(render_app_async_with_context(provide_server_context, move || {
        shell(shell_assets.clone())
    }));
    let pages_and_calls = Router::new()
        .route("/rpc/live/{enterprise}", get(live::listen).with_state(state.clone()))
        .route(
            "/rpc/provider_live",
            get(live::listen_as_provider).with_state(state.clone()),
        )
        .route("/rpc/{*function}", any(calls::answer))
        .merge(exports::router(&state))
        .merge(imports::downloads(&state))
        .fallback_service(pages);
    let signed_in_part = signed_in(pages_and_calls, state.settings.limits.body_bytes, &state).merge(signed_in(
        imports::uploads(&state),
        usize::MAX,
        &state,
    ));
    Router::new()
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .with_state(state.clone())
        .merge(assets::router(&state))
        .merge(api::router(&state))
        .merge(signed_in_part)
        .layer(from_fn(layers::no_store::no_store))
        .layer(from_fn_with_state(state, layers::security_headers::add))
        .layer(from_fn(layers::request_id::assign))
}

/// Around `part`: who asks, how large a body may be, and how long the answer may take.
fn signed_in(part: Router, body_bytes: usize, state: &AppState) -> Router {
    part.layer(from_fn(layers::visit::prepare))
        .layer(from_fn(layers::sign_in_redirect::redirect))
        .layer(from_fn_with_state(state.clone(), layers::context::provide))
        .layer(layers::session::layer(state))
        .layer(from_fn(calls::of_this_build))
        .layer(RequestBodyLimitLayer::new(body_bytes))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(state.clone(), layers::timeout::limit))
        .layer(from_fn_with_state(state.clone(), layers::panic::catch))
        .layer(CompressionLayer::new().quality(PAGE_COMPRESSION))
}

/// Hands the request's server context to Leptos.
fn provide_server_context() {
    let Some(parts) = use_context::<http::request::Parts>() else {
        return;
    };
    if let Some(context) = parts.extensions.get::<app::server_context::ServerContext>() {
        provide_context(context.clone());
    }
    if let Some(visit) = parts.extensions.get::<app::context::Visit>() {
        provide_context(visit.clone());
    }
}
