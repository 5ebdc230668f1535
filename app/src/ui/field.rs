//! What all form fields share: label, hint, error and how they are tied to the control.

use icondata_lu as lu;
use leptos::{html, prelude::*};

use super::{Icon, dom::log_refusal};
use crate::effect::effect;

/// Whether a form can be sent without the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Required {
    /// It must be filled.
    Yes,
    /// It may stay empty.
    #[default]
    No,
}

impl Required {
    /// For `aria-required`; the browser's own message bubbles are not wanted.
    pub(super) fn aria(self) -> Option<&'static str> {
        (self == Self::Yes).then_some("true")
    }
}

/// The texts around a control.
#[derive(Clone)]
pub(super) struct FieldTexts {
    pub(super) id: String,
    pub(super) label: Signal<String>,
    pub(super) hint: Signal<Option<String>>,
    pub(super) error: Signal<Option<String>>,
    pub(super) required: Required,
}

impl FieldTexts {
    fn hint_id(&self) -> String {
        format!("{}-hint", self.id)
    }

    fn error_id(&self) -> String {
        format!("{}-error", self.id)
    }

    /// Value of `aria-describedby`: the error before the hint, since it matters more.
    pub(super) fn described_by(&self) -> Option<String> {
        let error = self.error.with(Option::is_some).then(|| self.error_id());
        let hint = self.hint.with(Option::is_some).then(|| self.hint_id());
        let ids: Vec<String> = error.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Value of `aria-invalid`.
    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.error.with(Option::is_some).then_some("true")
    }
}

/// The label above a control.
pub(super) fn field_label(texts: &FieldTexts) -> impl IntoView + use<> {
    let required = texts.required == Required::Yes;
    view! {
        <label class="field__label" for=texts.id.clone()>
            {texts.label}
            {required.then(|| view! { <span class="field__required" aria-hidden="true">"*"</span> })}
        </label>
    }
}

/// Hint and error below a control.
pub(super) fn field_notes(texts: &FieldTexts) -> impl IntoView + use<> {
    let (hint, error) = (texts.hint, texts.error);
    let (hint_id, error_id) = (texts.hint_id(), texts.error_id());
    let error = move || {
        error.get().map(|text| {
            view! {
                <p class="field__error" id=error_id.clone()>
                    <Icon icon=lu::LuCircleAlert />
                    <span>{text}</span>
                </p>
            }
        })
    };
    let hint = move || {
        hint.get()
            .map(|text| view! { <p class="field__hint" id=hint_id.clone()>{text}</p> })
    };
    view! {
        {error}
        {hint}
    }
}

/// Set on an input that is tied to a signal. A form that is shown anew may get the input of the one before it.
const TIED: &str = "data-tied";

/// Keeps an input and a signal alike without ever writing over what was typed before hydration: that is taken into the
/// signal first. (`prop:value` would replace it with the value of the server.)
pub(super) fn tie_value(input: NodeRef<html::Input>, value: Option<RwSignal<String>>) {
    let Some(value) = value else { return };
    effect(move || {
        let Some(element) = input.get() else { return };
        let is_tied = element.has_attribute(TIED);
        log_refusal(element.set_attribute(TIED, ""));
        let wanted = value.get();
        let shown = element.value();
        if shown == wanted {
            return;
        }
        if is_tied || element.default_value() == shown {
            element.set_value(&wanted);
        } else {
            value.set(shown);
        }
    });
}
