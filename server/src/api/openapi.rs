//! The OpenAPI document, made from the routes themselves, and the page that shows it.
//!
//! What holds for every operation (the token, the version, the forms of refusal) is added here once, by the method and
//! the path of each, so that handlers name only what is their own.

mod links;

use std::sync::LazyLock;

use axum::{
    Json, Router,
    extract::Request,
    middleware::{Next, from_fn},
    response::Response,
};
use domain::table::PageSize;
use http::{HeaderValue, header};
use serde_json::{Value, json};
use tower_http::compression::CompressionLayer;
use utoipa::openapi::{ComponentsBuilder, Info, OpenApi, Paths};
use utoipa_axum::router::OpenApiRouter;
use utoipa_swagger_ui::{Config, SwaggerUi};

use super::problem::{PROBLEM_JSON, Problem, ProblemField, ProblemType};

const VERSION: &str = "1.0";
const ABOUT: &str = "The same services as behind the pages of the portal. Make a token under API tokens in the menu under \
your name and send it as a bearer token. Every refusal is a problem in the form of RFC 9457.";
const DOCS: &str = "/api/docs";
const DOCUMENT_PATH: &str = "/api/v1/openapi.json";
/// Swagger UI sets styles in its markup and has its icons in data addresses; it runs no scripts but its own files.
const DOCS_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What `EnterpriseSlug` takes.
const SLUG: &str = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$";
/// The strong tag of one version, as `asked::IfMatch` reads it.
const VERSION_TAG: &str = "^\"[0-9]{1,18}\"$";

/// What the statuses of refusals mean, wherever they are answered.
const REFUSALS: [(u16, &str); 15] = [
    (400, "A part of the request could not be read."),
    (401, "The token is missing or wrong, was revoked, or has ended."),
    (403, "The token or the role of its account does not allow this."),
    (404, "It does not exist, or is not in reach."),
    (409, "Something stands in the way, such as a name that is taken."),
    (410, "It could be done for a while, and that time is over."),
    (
        412,
        "Somebody else changed it: the version of If-Match is not the current one.",
    ),
    (413, "The body is too large."),
    (415, "The body is not JSON, or does not say so."),
    (422, "Some fields break a rule; each is named."),
    (428, "If-Match is missing."),
    (429, "Too many requests; Retry-After tells when to go on."),
    (500, "A fault of the portal."),
    (501, "The portal cannot do this yet, whoever asks."),
    (503, "The portal is busy; nothing was changed."),
];

static DOCUMENT: LazyLock<Value> = LazyLock::new(make);

/// The document.
#[must_use]
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// Answers with the document.
pub(super) async fn document_as_json() -> Json<&'static Value> {
    Json(document())
}

/// The page that shows the document. Its files are part of the program.
pub(super) fn docs() -> Router {
    let config = Config::new([DOCUMENT_PATH])
        .validator_url("none")
        .display_request_duration(true);
    let pages: Router = SwaggerUi::new(DOCS).config(config).into();
    pages.layer(from_fn(add_policy)).layer(CompressionLayer::new())
}

async fn add_policy(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = HeaderValue::from_static(DOCS_POLICY);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

fn make() -> Value {
    let mut base = OpenApi::new(Info::new("Messaging Portal", VERSION), Paths::new());
    let components = ComponentsBuilder::new()
        .schema_from::<Problem>()
        .schema_from::<ProblemField>()
        .schema_from::<ProblemType>();
    base.components = Some(components.build());
    let described = OpenApiRouter::<()>::with_openapi(base)
        .nest("/api/v1", super::resources().merge(super::uploads()))
        .into_openapi();
    let mut document = serde_json::to_value(described).unwrap_or_default();
    complete(&mut document);
    document
}

/// Adds what holds for all operations.
fn complete(document: &mut Value) {
    document["info"]["description"] = json!(ABOUT);
    document["servers"] = json!([{ "url": "/" }]);
    document["security"] = json!([{ "token": [] }]);
    document["components"]["securitySchemes"] = json!({
        "token": { "type": "http", "scheme": "bearer", "bearerFormat": "mp_…" }
    });
    for (status, meaning) in REFUSALS {
        document["components"]["responses"][refusal(status)] = json!({
            "description": meaning,
            "content": { PROBLEM_JSON: { "schema": { "$ref": "#/components/schemas/Problem" } } }
        });
    }
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (path, item) in paths {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            complete_operation(path, method, operation);
        }
    }
    links::add(document);
}

fn refusal(status: u16) -> String {
    format!("Problem{status}")
}

fn complete_operation(path: &str, method: &str, operation: &mut Value) {
    let has_body = operation.get("requestBody").is_some();
    for (_, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        if response["description"].as_str().is_none_or(str::is_empty) {
            response["description"] = json!("Done.");
        }
    }
    for status in refusals_of(path, method, has_body) {
        let reference = format!("#/components/responses/{}", refusal(status));
        operation["responses"][status.to_string()] = json!({ "$ref": reference });
    }
    let own = operation["parameters"].take();
    let mut own = own.as_array().cloned().unwrap_or_default();
    own.iter_mut().for_each(complete_parameter);
    let all: Vec<Value> = parameters_of(path, method).into_iter().chain(own).collect();
    operation["parameters"] = json!(all);
}

/// Says of the parameters of tables which numbers they take, which their types cannot.
fn complete_parameter(parameter: &mut Value) {
    let name = parameter["name"].as_str().unwrap_or_default().to_owned();
    match name.as_str() {
        "page" => parameter["schema"] = json!({ "type": "integer", "minimum": 1 }),
        "page_size" => {
            let sizes = PageSize::ALL.map(PageSize::rows);
            parameter["schema"] = json!({ "type": "integer", "enum": sizes });
        }
        _ => {}
    }
}

/// The refusals that an operation may answer with.
fn refusals_of(path: &str, method: &str, has_body: bool) -> Vec<u16> {
    let mut statuses = vec![400, 401, 429, 500, 503];
    if path.contains('{') || is_of_a_provider(path) {
        statuses.push(404);
    }
    if method != "get" {
        statuses.extend([403, 409, 413, 422]);
    } else if is_read_by_a_provider(path) {
        statuses.push(403);
    }
    if needs_version(path, method) {
        statuses.extend([412, 428]);
    }
    let asks_a_carrier = match path.rsplit_once("/domains") {
        Some((_, "")) => method == "post",
        Some((_, "/{id}")) => method == "delete",
        Some((_, "/{id}/renew")) => true,
        _ => false,
    };
    if asks_a_carrier || path.contains("/from-carrier/") {
        statuses.push(501);
    }
    // Decisions that were made from an older state; a change by somebody else at the same moment.
    if path.contains("offboard") || path.ends_with("/renew") {
        statuses.push(412);
    }
    if path.ends_with("/restore") || path.ends_with("/undo-offboard") {
        statuses.push(410);
    }
    // What keeps or tries the credentials of a carrier; files, which are removed after a day.
    if path.contains("/carrier-profiles") && method != "get" {
        statuses.push(501);
    }
    // The secret of a webhook cannot be kept without keys.
    if path.ends_with("/alert-destinations") && method == "post" {
        statuses.push(501);
    }
    if path.contains("/imports/") && !takes_a_file(path, method) {
        statuses.push(410);
    }
    if has_body && !takes_a_file(path, method) {
        statuses.push(415);
    }
    statuses
}

/// What is about the provider as a whole: who runs none finds nothing there.
fn is_of_a_provider(path: &str) -> bool {
    path.starts_with("/api/v1/provider")
}

/// What of an enterprise only its provider reads.
fn is_read_by_a_provider(path: &str) -> bool {
    path.ends_with("/provider/enterprises/{enterprise}") || path.ends_with("/tokens")
}

fn takes_a_file(path: &str, method: &str) -> bool {
    path.ends_with("/imports/{kind}") && method == "post"
}

/// What has a version is changed and deleted by it. Roles, invitations, tokens and destinations of alerts have none: each
/// change of a role names what it was.
fn needs_version(path: &str, method: &str) -> bool {
    let has_none = ["/accounts/", "/invitations/", "/alert-destinations/"]
        .iter()
        .any(|part| path.contains(part));
    let is_change = matches!(method, "put" | "patch" | "delete") && !has_none;
    is_change || (path.starts_with("/api/v1/provider/enterprises/") && method == "post")
}

/// The parameters that follow from the path and the method.
fn parameters_of(path: &str, method: &str) -> Vec<Value> {
    let mut parameters = Vec::new();
    if path.contains("{enterprise}") {
        parameters.push(json!({
            "name": "enterprise", "in": "path", "required": true,
            "description": "The enterprise's name in addresses.",
            "schema": { "type": "string", "pattern": SLUG, "example": "alder-clinics" }
        }));
    }
    if path.contains("{id}") {
        parameters.push(json!({
            "name": "id", "in": "path", "required": true, "description": "The id.",
            "schema": { "type": "string", "format": "uuid" }
        }));
    }
    if path.contains("{kind}") {
        parameters.push(json!({
            "name": "kind", "in": "path", "required": true, "description": "What the file brings in.",
            "schema": { "type": "string", "enum": ["numbers", "users"] }
        }));
    }
    if path.contains("{resource}") {
        parameters.push(json!({
            "name": "resource", "in": "path", "required": true,
            "description": "The kind of thing, as the audit log calls it.",
            "schema": { "type": "string", "example": "sms_group" }
        }));
    }
    if path.contains("{token}") {
        parameters.push(json!({
            "name": "token", "in": "path", "required": true, "description": "The token's id.",
            "schema": { "type": "string", "format": "uuid" }
        }));
    }
    if needs_version(path, method) {
        parameters.push(json!({
            "name": "If-Match", "in": "header", "required": true,
            "description": "The version that was read, as its ETag told it.",
            "schema": { "type": "string", "pattern": VERSION_TAG, "example": "\"1\"" }
        }));
    }
    if method == "post" && !takes_a_file(path, method) {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "A key for this request: whoever sends it again within 24 hours gets the same answer.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" }
        }));
    }
    parameters
}
