//! Knowing whether the browser's part of the program runs yet. Before that a press on a scripted control would be lost, so
//! such controls are disabled until it does.

use leptos::prelude::*;

use crate::effect::effect;

/// False on the server and until the component that asks has been hydrated, true from then on.
pub fn use_hydrated() -> Signal<bool> {
    let hydrated = RwSignal::new(false);
    // Effects run in the browser only, and only after the markup of the server has been taken over unchanged.
    effect(move || hydrated.set(true));
    hydrated.into()
}

/// Sets `data-hydrated` on the root element once the browser's part runs, for style sheets and tests. Render it once, last.
#[component]
pub fn HydrationMarker() -> impl IntoView {
    effect(|| {
        if let Some(root) = document().document_element() {
            super::dom::log_refusal(root.set_attribute("data-hydrated", ""));
        }
    });
}
