//! The built files: wasm, JavaScript, style sheet, icon. Their names carry the hash of their content, so browsers keep
//! them for ever.

use std::path::{Path, PathBuf};

use app::Assets;
use axum::{Router, response::IntoResponse, routing::get};
use http::{HeaderValue, StatusCode, header};
use thiserror::Error;
use tower::ServiceBuilder;
use tower_http::services::ServeDir;

use crate::state::AppState;

const ICON: &str = include_str!("../../style/icons/favicon.svg");
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Why the built files cannot be served.
#[derive(Debug, Error)]
pub enum AssetsError {
    /// There is no list of them.
    #[error("The folder {0} has no manifest.json. Build the site first: cargo xtask build.")]
    Missing(PathBuf),
    /// The list cannot be read.
    #[error("The file {path} cannot be read: {cause}.")]
    Unreadable {
        /// The list.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
}

/// Reads the list of built files that the build wrote to `manifest.json`.
///
/// # Errors
/// [`AssetsError`], a sentence for whoever starts the program.
pub fn read_manifest(site_dir: &Path) -> Result<Assets, AssetsError> {
    let path = site_dir.join("manifest.json");
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(AssetsError::Missing(site_dir.to_owned()));
        }
        Err(error) => {
            return Err(AssetsError::Unreadable {
                path,
                cause: error.to_string(),
            });
        }
    };
    serde_json::from_str(&text).map_err(|error| AssetsError::Unreadable {
        path,
        cause: error.to_string(),
    })
}

/// `/assets/…` from the site folder, the compressed twin where the browser takes it, and the icon.
pub fn router(state: &AppState) -> Router {
    let files = ServeDir::new(state.site_dir.join("assets"))
        .precompressed_br()
        .precompressed_gzip()
        .call_fallback_on_method_not_allowed(false);
    let files = ServiceBuilder::new().map_response(keep_if_found).service(files);
    Router::new()
        .nest_service("/assets", files)
        .route("/favicon.svg", get(icon))
}

/// Files that exist are kept for ever; that one does not exist may change.
fn keep_if_found<B>(mut response: http::Response<B>) -> http::Response<B> {
    let caching = match response.status() {
        status if status.is_success() || status == StatusCode::NOT_MODIFIED => FOR_EVER,
        _ => HeaderValue::from_static("no-store"),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, caching);
    response
}

async fn icon() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
    ];
    (headers, ICON)
}
