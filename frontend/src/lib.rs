//! The browser's part: takes over the page that the server has rendered.

#![recursion_limit = "512"]

use app::server_fns::wire::FORM;
use wasm_bindgen::{JsError, prelude::wasm_bindgen};

/// Makes the rendered page live; called once by the document's loader, with the name of the part that the page consists
/// of, or nothing, and with the form of what the server sends along.
///
/// # Errors
/// The part could not be loaded, or the server is of another build than this.
#[wasm_bindgen]
pub async fn hydrate(part: &str, form: &str) -> Result<(), JsError> {
    console_error_panic_hook::set_once();
    if form != FORM {
        return Err(JsError::new(
            "the server and the files of its pages are of different builds",
        ));
    }
    app::parts::load(part).await?;
    leptos::mount::hydrate_body(app::App);
    Ok(())
}
