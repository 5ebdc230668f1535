//! A search input with a button that empties it. Works inside a plain form that is sent with GET.

use icondata_lu as lu;
use leptos::{ev, html, prelude::*};

use super::{Icon, dom, field::tie_value, use_hydrated};
use crate::{
    erase::{Erase, Erased, changing},
    words,
};

/// A search input. Its label is not drawn: the magnifier and the placeholder stand for it.
#[component]
pub fn SearchField(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// Name in the form and the address.
    #[prop(into)]
    name: String,
    /// What is searched.
    #[prop(into)]
    label: Signal<String>,
    /// The text, as typed.
    #[prop(optional)]
    value: Option<RwSignal<String>>,
    /// The text at the beginning, where there is no `value`.
    #[prop(optional, into)]
    initial: String,
    /// Shown while empty; the label if there is none.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Called with the text after each change.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// Called after the text was emptied with the button.
    #[prop(optional, into)]
    on_clear: Option<Callback<()>>,
    /// Where the X leads before hydration: the same page without the search.
    #[prop(optional, into)]
    clear_href: Option<String>,
    /// The input element.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> Erased {
    let initial = value.map_or(initial, |value| value.get_untracked());
    let text = value.unwrap_or_else(|| RwSignal::new(initial.clone()));
    tie_value(node_ref, Some(text));
    let tell = move |typed: String| {
        text.set(typed.clone());
        if let Some(on_input) = on_input {
            on_input.run(typed);
        }
    };
    let clear = move || {
        tell(String::new());
        if let Some(on_clear) = on_clear {
            on_clear.run(());
        }
        if let Some(input) = node_ref.get_untracked() {
            dom::focus(&input);
        }
    };
    view! {
        <div class="search-field" data-filled=changing(move || (!text.with(String::is_empty)).then_some("true"))>
            <label class="visually-hidden" for=id.clone()>{label}</label>
            <Icon icon=lu::LuSearch />
            <input
                node_ref=node_ref
                class="search-field__input"
                type="search"
                id=id
                name=name
                value=initial
                placeholder=changing(move || placeholder.clone().unwrap_or_else(|| label.get()))
                autocomplete="off"
                spellcheck="false"
                on:input=move |ev: ev::Event| tell(event_target_value(&ev))
            />
            <ClearButton text clear clear_href />
        </div>
    }
    .erase()
}

/// The X: a link until the browser's part runs, a button from then on; absent while there is nothing to clear.
#[component]
fn ClearButton(
    text: RwSignal<String>,
    clear: impl Fn() + Copy + Send + Sync + 'static,
    clear_href: Option<String>,
) -> Erased {
    let hydrated = use_hydrated();
    let filled = Memo::new(move |_| !text.with(String::is_empty));
    let link = move |href: String| {
        view! {
            <a class="search-field__clear" href=href aria-label=words::ui::CLEAR_SEARCH><Icon icon=lu::LuX /></a>
        }
    };
    let button = move || {
        view! {
            <button
                class="search-field__clear"
                type="button"
                aria-label=words::ui::CLEAR_SEARCH
                on:click=move |_| clear()
            >
                <Icon icon=lu::LuX />
            </button>
        }
    };
    let shown = move || match (filled.get(), hydrated.get()) {
        (false, _) => None,
        (true, true) => Some(button().erase()),
        (true, false) => clear_href.clone().map(|href| link(href).erase()),
    };
    shown.erase()
}
