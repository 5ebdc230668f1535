//! A tick box with its label beside it.

use leptos::{ev, prelude::*};

use crate::erase::{Erase, Erased};

/// A labelled tick box; the label belongs to the target.
#[component]
pub fn Checkbox(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// Name in the form.
    #[prop(optional, into)]
    name: Option<String>,
    /// What ticking means.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(optional)]
    checked: Option<RwSignal<bool>>,
    /// Called with whether it is ticked after each change.
    #[prop(optional, into)]
    on_change: Option<Callback<bool>>,
    /// What follows from ticking.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> Erased {
    let hint_id = format!("{id}-hint");
    let described_by = hint.with_untracked(Option::is_some).then(|| hint_id.clone());
    let keep = move |ev: ev::Event| {
        let ticked = event_target_checked(&ev);
        if let Some(checked) = checked {
            checked.set(ticked);
        }
        if let Some(on_change) = on_change {
            on_change.run(ticked);
        }
    };
    view! {
        <div class="checkbox">
            <input
                class="checkbox__box"
                type="checkbox"
                id=id.clone()
                name=name
                value="true"
                checked=checked.is_some_and(|checked| checked.get_untracked())
                prop:checked=move || checked.map(|checked| checked.get())
                disabled=disabled
                aria-describedby=described_by
                on:change=keep
            />
            <label class="checkbox__label" for=id>{label}</label>
            {move || hint.get().map(|hint| view! { <p class="field__hint" id=hint_id.clone()>{hint}</p> })}
        </div>
    }
    .erase()
}
