//! Server functions that misbehave, registered in this test program only, under `/rpc/test/`.

use app::error::AppError;
use leptos::prelude::server;

/// Where they are.
pub(crate) const PREFIX: &str = "/rpc/test/";

/// Panics.
#[server(prefix = "/rpc", endpoint = "test/panic")]
pub(crate) async fn panics() -> Result<(), AppError> {
    panic!("the password is hunter2");
}

/// Never answers.
#[server(prefix = "/rpc", endpoint = "test/wait")]
pub(crate) async fn waits() -> Result<(), AppError> {
    std::future::pending().await
}
