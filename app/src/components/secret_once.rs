//! A secret that is shown this once, and the dialog in which it is made.

use icondata_lu as lu;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    erase::{Erase, Erased},
    ui::{Appearance, Banner, Button, Dialog, DialogBody, DialogFooter, Tone, use_dialog, use_toasts, write_clipboard},
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

/// The making of something that may have a secret, in a dialog.
#[derive(Clone, Copy)]
pub struct Making {
    /// Whether closing the dialog would lose typed changes.
    pub dirty: RwSignal<bool>,
    open: RwSignal<bool>,
    secret: RwSignal<Option<String>>,
}

impl Making {
    /// It is made: shows the secret, or closes the dialog where there is none.
    pub fn made(self, secret: Option<String>) {
        self.dirty.set(false);
        if secret.is_some() {
            self.secret.set(secret);
        } else {
            self.close();
        }
    }

    fn close(self) {
        self.open.set(false);
        self.secret.set(None);
        self.dirty.set(false);
    }
}

/// A dialog with the form that `form` makes, then with the secret that came of it.
pub fn secret_dialog(
    id: &'static str,
    title: &'static str,
    open: RwSignal<bool>,
    told: SecretWords,
    form: Box<dyn Fn(Making) -> Erased + Send + Sync>,
) -> Erased {
    let making = Making {
        dirty: RwSignal::new(false),
        open,
        secret: RwSignal::new(None),
    };
    let form = StoredValue::new(form);
    let close = Callback::new(move |()| making.close());
    view! {
        <Dialog id title open on_close=close dirty=making.dirty>
            {move || match making.secret.get() {
                Some(secret) => view! { <SecretOnce secret told/> }.erase(),
                None => form.with_value(|form| form(making)),
            }}
        </Dialog>
    }
    .erase()
}

/// The content of a dialog: the secret, with a button that copies it.
#[component]
fn SecretOnce(
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
