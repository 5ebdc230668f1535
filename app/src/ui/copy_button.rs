//! Copies a value to the clipboard and says so.

use std::time::Duration;

use gloo_timers::callback::Timeout;
use icondata_lu as lu;
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{BrowserValue, Icon, dom, use_toasts};
use crate::{
    erase::{Erase, Erased, changing},
    words,
};

/// How long the button shows that it copied.
const SHOWN: Duration = Duration::from_secs(2);

/// A small button that copies `value`. Style sheets hide it until its row is hovered, it has the focus, or the device has
/// no hover; and wholly before hydration, since it could do nothing.
#[component]
pub fn CopyButton(
    /// Its name, for example "Copy group name Sales".
    #[prop(into)]
    label: Signal<String>,
    /// What is copied.
    #[prop(into)]
    value: Signal<String>,
) -> Erased {
    let toasts = use_toasts();
    let copied = RwSignal::new(false);
    let timer = BrowserValue::new();
    let show = move || {
        copied.set(true);
        toasts.announce(words::ui::COPIED);
        let shown = u32::try_from(SHOWN.as_millis()).unwrap_or(u32::MAX);
        timer.set(Timeout::new(shown, move || copied.set(false)));
    };
    let copy = move |_| {
        let text = value.get_untracked();
        leptos::task::spawn_local(async move {
            if write_clipboard(&text).await {
                show();
            } else {
                toasts.error(words::ui::COPY_FAILED);
            }
        });
    };
    view! {
        <button
            class="copy-button"
            type="button"
            aria-label=label
            data-copied=changing(move || copied.get().then_some(words::ui::COPIED))
            on:click=copy
        >
            {move || view! { <Icon icon=if copied.get() { lu::LuCheck } else { lu::LuCopy } /> }}
        </button>
    }
    .erase()
}

/// Puts `text` into the clipboard. False where the browser has none for this page (plain HTTP on another machine) or
/// refuses.
pub async fn write_clipboard(text: &str) -> bool {
    let navigator = window().navigator();
    let there = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| !clipboard.is_undefined());
    if !there {
        return false;
    }
    let written = JsFuture::from(navigator.clipboard().write_text(text)).await;
    let done = written.is_ok();
    dom::log_refusal(written);
    done
}
