//! One-line text input with label, hint and error.

use leptos::{ev, html, prelude::*};

use super::field::{FieldTexts, Required, field_label, field_notes, tie_value};
use crate::erase::{Erase, Erased};

/// What is typed into a text field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TextKind {
    /// Anything.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A password; never written into the page.
    Password,
    /// A web address.
    Url,
    /// A phone number.
    Tel,
    /// A number; typed as text with a numeric keyboard, because number inputs change by scrolling.
    Number,
}

impl TextKind {
    fn input_type(self) -> &'static str {
        match self {
            Self::Text | Self::Number => "text",
            Self::Email => "email",
            Self::Password => "password",
            Self::Url => "url",
            Self::Tel => "tel",
        }
    }

    fn input_mode(self) -> Option<&'static str> {
        (self == Self::Number).then_some("numeric")
    }
}

/// A labelled text input. With `value` it is tied to a signal, without it the form alone knows what was typed.
#[component]
pub fn TextField(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What the field is.
    #[prop(into)]
    label: Signal<String>,
    /// The text, as typed.
    #[prop(optional)]
    value: Option<RwSignal<String>>,
    /// The text at the beginning, where there is no `value`.
    #[prop(optional, into)]
    initial: String,
    /// Why, or in which form.
    #[prop(optional, into)]
    hint: Signal<Option<String>>,
    /// What is wrong with the text and what to do.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether it must be filled.
    #[prop(optional)]
    required: Required,
    /// Most characters that can be typed.
    #[prop(optional)]
    maxlength: Option<u32>,
    /// What is typed.
    #[prop(optional)]
    kind: TextKind,
    /// What browsers and password managers may fill in.
    #[prop(optional, into)]
    autocomplete: Option<String>,
    /// An example; never the only place where something is said.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Whether the field cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The input element.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> Erased {
    tie_value(node_ref, value);
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
    let initial = value.map_or(initial, |value| value.get_untracked());
    let initial = (kind != TextKind::Password && !initial.is_empty()).then_some(initial);
    view! {
        <div class="field">
            {field_label(&texts)}
            <input
                node_ref=node_ref
                class="input"
                id=id
                name=name
                type=kind.input_type()
                inputmode=kind.input_mode()
                value=initial
                maxlength=maxlength.map(|most| most.to_string())
                autocomplete=autocomplete.unwrap_or_else(|| "off".to_owned())
                placeholder=placeholder
                disabled=disabled
                aria-required=required.aria()
                aria-invalid=move || for_invalid.invalid()
                aria-describedby=move || for_described.described_by()
                on:input=keep
            />
            {field_notes(&texts)}
        </div>
    }
    .erase()
}
