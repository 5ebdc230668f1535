//! The browser's part: takes over the page that the server has rendered.

#![recursion_limit = "512"]

use wasm_bindgen::{JsError, prelude::wasm_bindgen};

/// Makes the rendered page live; called once by the document's loader, with the name of the part that the page consists
/// of, or nothing.
///
/// # Errors
/// The part could not be loaded.
#[wasm_bindgen]
pub async fn hydrate(part: &str) -> Result<(), JsError> {
    console_error_panic_hook::set_once();
    app::parts::load(part).await?;
    leptos::mount::hydrate_body(app::App);
    Ok(())
}
