//! Picking one or many from a list by typing: the editable combobox with listbox of the ARIA Authoring Practices.

use leptos::{ev, prelude::*};

mod chips;
mod keys;
mod list;
mod model;
mod picker;

use self::{
    chips::Chips,
    list::{Popup, badges},
    picker::Picker,
};
use super::{
    Required,
    field::{FieldTexts, field_label, field_notes},
    use_hydrated,
};
use crate::{
    erase::{Erase, Erased},
    words,
};

pub use self::model::{ComboBadge, ComboOption};

/// How many options can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ComboMode {
    /// One, shown as the text of the input.
    #[default]
    Single,
    /// Any number, shown as chips before the input.
    Multiple,
}

/// A picker. In a form it sends one hidden input per chosen id.
#[component]
pub fn Combobox(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// Name in the form.
    #[prop(optional, into)]
    name: Option<String>,
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// What can be chosen; with `on_search`, what the server found.
    #[prop(into)]
    options: Signal<Vec<ComboOption>>,
    /// Ids of what is chosen, in the order of choosing.
    selected: RwSignal<Vec<String>>,
    /// Options that are chosen from the beginning but may be missing from `options`.
    #[prop(optional, into)]
    selected_options: Signal<Vec<ComboOption>>,
    /// How many can be chosen.
    #[prop(optional)]
    mode: ComboMode,
    /// Why, or what follows from it.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether something must be chosen.
    #[prop(optional)]
    required: Required,
    /// Shown while nothing is typed.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Whether the choice cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Shown when nothing matches.
    #[prop(optional, into)]
    empty_text: Option<String>,
    /// Called with the typed text; then `options` is taken as the answer and not filtered again.
    #[prop(optional, into)]
    on_search: Option<Callback<String>>,
    /// Whether an answer is on its way.
    #[prop(optional, into)]
    loading: Signal<bool>,
) -> Erased {
    let hydrated = use_hydrated();
    let enabled = Signal::derive(move || hydrated.get() && !disabled.get());
    let texts = FieldTexts {
        id: id.clone(),
        label,
        hint,
        error,
        required,
    };
    let picker = Picker::new(&id, mode, options, selected, selected_options, on_search, loading);
    let hidden = move || {
        let input = |name: &String| {
            let inputs = selected.get().into_iter().map(|id| {
                let name = name.clone();
                view! { <input type="hidden" name=name value=id /> }
            });
            inputs.collect_view()
        };
        name.as_ref().map(input)
    };
    let empty_text = empty_text.unwrap_or_else(|| words::ui::NO_MATCHES.to_owned());
    view! {
        <div
            node_ref=picker.root
            class="field combobox"
            data-mode=if mode == ComboMode::Multiple { "multiple" } else { "single" }
            on:focusout=move |ev| picker.focus_left(&ev)
        >
            {field_label(&texts)}
            <div class="combobox__control" data-disabled=move || (!enabled.get()).then_some("true")>
                <div class="combobox__field">
                    {(mode == ComboMode::Multiple).then(|| view! { <Chips picker label enabled /> })}
                    <TypedText picker texts=texts.clone() placeholder enabled />
                    {(mode == ComboMode::Single).then(|| view! { <ChoiceBadges picker /> })}
                </div>
                {(mode == ComboMode::Single).then(|| view! { <ClearChoice picker enabled /> })}
                <button
                    class="combobox__toggle"
                    type="button"
                    tabindex="-1"
                    aria-hidden="true"
                    disabled=move || !enabled.get()
                    on:mousedown=|ev: ev::MouseEvent| ev.prevent_default()
                    on:click=move |_| picker.toggle()
                >
                    <super::Icon icon=icondata_lu::LuChevronDown />
                </button>
            </div>
            <Popup picker label loading empty_text />
            {field_notes(&texts)}
            <span class="visually-hidden" role="status">{move || picker.said()}</span>
            {hidden}
        </div>
    }
    .erase()
}

/// The text input, which carries the role and all keys.
#[component]
fn TypedText(picker: Picker, texts: FieldTexts, placeholder: Option<String>, enabled: Signal<bool>) -> Erased {
    let (for_described, for_invalid) = (texts.clone(), texts.clone());
    let multiple = picker.mode == ComboMode::Multiple;
    let described_by = move || {
        let badges = (!picker.badges().is_empty()).then(|| picker.badges_id());
        let ids: Vec<String> = badges.into_iter().chain(for_described.described_by()).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    };
    let placeholder = move || {
        let wanted = !multiple || picker.selected.with(Vec::is_empty);
        wanted.then(|| placeholder.clone()).flatten()
    };
    view! {
        <input
            node_ref=picker.input
            class="combobox__input"
            type="text"
            id=texts.id
            role="combobox"
            autocomplete="off"
            spellcheck="false"
            aria-autocomplete="list"
            aria-expanded=move || picker.open.get().to_string()
            aria-controls=picker.list_id()
            aria-activedescendant=move || picker.active_id()
            aria-required=texts.required.aria()
            aria-invalid=move || for_invalid.invalid()
            aria-describedby=described_by
            placeholder=placeholder
            disabled=move || !enabled.get()
            prop:value=move || picker.text()
            on:input=move |ev: ev::Event| picker.type_text(event_target_value(&ev))
            on:click=move |_| picker.show(None)
            on:keydown=move |ev| picker.key(&ev)
        />
    }
    .erase()
}

/// What is to be known about the single choice.
#[component]
fn ChoiceBadges(picker: Picker) -> Erased {
    let known = Memo::new(move |_| picker.badges());
    let shown = move || {
        let known = known.get();
        (!known.is_empty()).then(|| {
            view! { <span class="combobox__badges" id=picker.badges_id()>{badges(known)}</span> }
        })
    };
    shown.erase()
}

/// Empties a single choice.
#[component]
fn ClearChoice(picker: Picker, enabled: Signal<bool>) -> Erased {
    let chosen = Memo::new(move |_| enabled.get() && !picker.selected.with(Vec::is_empty));
    let shown = move || {
        chosen.get().then(|| {
            view! {
                <button
                    class="combobox__clear"
                    type="button"
                    aria-label=words::ui::CLEAR_CHOICE
                    on:click=move |_| picker.clear()
                >
                    <super::Icon icon=icondata_lu::LuX />
                </button>
            }
        })
    };
    shown.erase()
}
