//! A secret that is shown this once.

use icondata_lu as lu;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    erase::{Erase, Erased},
    ui::{Appearance, Banner, Button, DialogBody, DialogFooter, Tone, use_dialog, use_toasts, write_clipboard},
    words,
};

/// What is said of a secret.
#[derive(Clone, Copy, Debug)]
pub struct SecretWords {
    /// That it is not shown again.
    pub once: &'static str,
    /// What it is.
    pub label: &'static str,
    /// The button that copies it.
    pub copy: &'static str,
    /// The notice that it is copied.
    pub copied: &'static str,
    /// The button that closes the dialog.
    pub done: &'static str,
}

/// The content of a dialog: the secret, with a button that copies it.
#[component]
pub fn SecretOnce(
    /// The secret.
    secret: String,
    /// What is said of it.
    told: SecretWords,
) -> Erased {
    let toasts = use_toasts();
    let shown = secret.clone();
    let copy = move |()| {
        let secret = secret.clone();
        spawn_local(async move {
            if write_clipboard(&secret).await {
                toasts.success(told.copied);
            } else {
                toasts.error(words::ui::COPY_FAILED);
            }
        });
    };
    let dialog = use_dialog();
    view! {
        <DialogBody>
            <Banner tone=Tone::Warning text=told.once/>
            <p class="token-secret">
                <span class="token-secret__label">{told.label}</span>
                <code class="token-secret__text">{shown}</code>
            </p>
        </DialogBody>
        <DialogFooter>
            <Button label=told.copy icon=lu::LuCopy appearance=Appearance::Primary on_press=copy/>
            <Button label=told.done on_press=move |()| dialog.request_close()/>
        </DialogFooter>
    }
    .erase()
}
