//! The REST interface: thin handlers around the same services that pages call, below `/api/v1`.
//!
//! One file per resource, with the handlers and the wire form of what they read and write. The wire form is a promise to
//! scripts, so it is written down here and not taken from the types of `domain`, which may change with any page. What
//! holds for all of them is told in `docs/API-DESIGN.md`.

pub mod account;
pub mod account_token;
pub mod alert;
pub mod alert_destination;
pub mod asked;
pub mod audit;
pub mod carrier_profile;
pub mod common;
pub mod config_snapshot;
pub mod configured_number;
pub mod domain_subscription;
pub mod enterprise;
mod gate;
pub mod health;
mod idempotent;
pub mod import_upload;
pub mod invitation;
pub mod number;
pub mod number_bulk;
pub mod openapi;
pub mod problem;
pub mod provider;
pub mod provider_enterprise;
pub mod provider_request;
mod rate_limit;
pub mod reply;
pub mod sms_group;
pub mod table_file;
pub mod task;
pub mod teams_user;
pub mod teams_user_offboard;

use axum::{
    Router,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use http::StatusCode;
use tower_http::compression::CompressionLayer;
use utoipa_axum::router::OpenApiRouter;

use self::{gate::Gate, problem::Problem};
use crate::state::AppState;

/// Everything below `/api`.
pub fn router(state: &AppState) -> Router {
    Router::new()
        .nest_service("/api", service(state))
        .merge(openapi::docs())
}

fn service(state: &AppState) -> Router {
    let gate = Gate::new(state);
    let (resources, _) = resources().split_for_parts();
    let (uploads, _) = uploads().split_for_parts();
    // The last layer is the first that a request passes. These two are only for requests that lead somewhere, so what
    // leads nowhere is told as that, with or without a token.
    let resources = resources
        .route_layer(from_fn(idempotent::once))
        .route_layer(from_fn_with_state(gate.clone(), gate::read_body))
        .route_layer(from_fn_with_state(gate.clone(), gate::authenticate));
    // Files are larger than what is held in memory, so they have no idempotency keys either.
    let uploads = uploads.route_layer(from_fn_with_state(gate.clone(), gate::authenticate));
    Router::new()
        .nest("/v1", resources.merge(uploads))
        .route("/v1/openapi.json", get(openapi::document_as_json))
        .fallback(nothing_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(gate.clone(), gate::limit_address))
        .layer(from_fn_with_state(gate, gate::answer_in_time))
        .layer(CompressionLayer::new())
}

/// The paths of all resources, without their beginning.
fn resources() -> OpenApiRouter {
    OpenApiRouter::new()
        .merge(enterprise::routes())
        .merge(health::routes())
        .merge(alert::routes())
        .merge(teams_user::routes())
        .merge(teams_user_offboard::routes())
        .merge(number::routes())
        .merge(number_bulk::routes())
        .merge(sms_group::routes())
        .merge(carrier_profile::routes())
        .merge(domain_subscription::routes())
        .merge(task::routes())
        .merge(config_snapshot::routes())
        .merge(configured_number::routes())
        .merge(import_upload::routes())
        .merge(audit::routes())
        .merge(account::routes())
        .merge(invitation::routes())
        .merge(account_token::routes())
        .merge(provider::routes())
        .merge(provider_enterprise::routes())
        .merge(provider_request::routes())
        .merge(alert_destination::routes())
        .merge(table_file::routes())
}

/// The paths at which files come in.
fn uploads() -> OpenApiRouter {
    import_upload::uploads()
}

async fn nothing_here() -> Problem {
    Problem::no_such_path()
}

async fn wrong_method() -> Problem {
    let detail = "This address does not take this method. The Allow header tells which it takes.";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "wrong_method", detail)
}
