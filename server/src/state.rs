//! What all requests share.

use std::{path::PathBuf, sync::Arc};

use app::Assets;
use backend::Backend;

use crate::{live::Streams, settings::WebSettings};

/// Shared by all requests; cloning it is cheap.
#[derive(Clone)]
pub struct AppState {
    /// The core.
    pub backend: Backend,
    /// The addresses of the built files.
    pub assets: Arc<Assets>,
    /// The folder with the built files.
    pub site_dir: Arc<PathBuf>,
    /// How to answer.
    pub settings: Arc<WebSettings>,
    /// The streams of live updates that are open.
    pub streams: Streams,
}
