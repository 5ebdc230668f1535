//! A native choice of one from a few, with label, hint and error.

use icondata_lu as lu;
use leptos::{ev, html, prelude::*};

use super::{
    Icon,
    field::{FieldTexts, Required, field_label, field_notes},
};
use crate::erase::{Erase, Erased};

/// One choice of a [`SelectField`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectOption {
    /// What the form sends.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl SelectOption {
    /// A choice with its value and label.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
        }
    }
}

/// A labelled native select. With `value` it is tied to a signal, without it the form alone knows the choice.
#[component]
pub fn SelectField(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The choices in their order.
    #[prop(into)]
    options: Signal<Vec<SelectOption>>,
    /// The chosen value.
    #[prop(optional)]
    value: Option<RwSignal<String>>,
    /// The choice at the beginning, where there is no `value`.
    #[prop(optional, into)]
    initial: String,
    /// Why, or what follows from it.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether something must be chosen.
    #[prop(optional)]
    required: Required,
    /// Whether the choice cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The select element.
    #[prop(optional)]
    node_ref: NodeRef<html::Select>,
) -> Erased {
    let texts = FieldTexts {
        id: id.clone(),
        label,
        hint,
        error,
        required,
    };
    let (for_described, for_invalid) = (texts.clone(), texts.clone());
    let keep = move |ev: ev::Event| {
        if let Some(value) = value {
            value.set(event_target_value(&ev));
        }
    };
    // Options have no value of their own to tie: the one that is chosen says `selected`.
    let chosen = move || value.map_or_else(|| initial.clone(), |value| value.get());
    let shown = move || {
        let chosen = chosen();
        let option = |option: SelectOption| {
            let selected = option.value == chosen;
            view! { <option value=option.value selected=selected prop:selected=selected>{option.label}</option> }
        };
        options.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="field">
            {field_label(&texts)}
            <span class="select">
                <select
                    node_ref=node_ref
                    class="select__control"
                    id=id
                    name=name
                    disabled=disabled
                    aria-required=required.aria()
                    aria-invalid=move || for_invalid.invalid()
                    aria-describedby=move || for_described.described_by()
                    on:change=keep
                >
                    {shown}
                </select>
                <Icon icon=lu::LuChevronDown />
            </span>
            {field_notes(&texts)}
        </div>
    }
    .erase()
}
