//! What dialogs with a form have in common: the dialog itself, waiting until its thing is read, what is sent, what is
//! wrong, and the buttons.

mod dialog;
mod sending;

use leptos::{ev, prelude::*};

pub use self::{
    dialog::{OnlyToRead, form_dialog, form_dialog_about, loaded},
    sending::{Sending, on_answer, split_outdated, use_sending},
};
use crate::{
    erase::{Content, Erase, Erased},
    error::AppError,
    ui::{
        Appearance, Banner, Button, ButtonKind, DialogBody, DialogFooter, SelectField, SelectOption, Tone, use_dialog,
    },
    words,
};

/// What is wrong at a field of the request.
pub fn at(error: Signal<Option<AppError>>, field: &str) -> Signal<Option<String>> {
    let field = field.to_owned();
    Signal::derive(move || {
        let error = error.get()?;
        let found = error.field_errors().iter().find(|error| error.field == field)?;
        Some(found.message.clone())
    })
}

/// What is wrong beyond the fields that are shown.
#[component]
pub fn WhatElseIsWrong(
    /// Why the last try failed.
    error: Signal<Option<AppError>>,
    /// The fields that show what is wrong themselves.
    fields: &'static [&'static str],
) -> Erased {
    let text = move || {
        let error = error.get()?;
        let mut others = error
            .field_errors()
            .iter()
            .filter(|error| !fields.contains(&error.field.as_str()));
        match (error.field_errors().is_empty(), others.next()) {
            (true, _) => Some(error.to_string()),
            (false, other) => other.map(|error| error.message.clone()),
        }
    };
    let banner = move || text().map(|text| view! { <Banner tone=Tone::Danger text/> });
    banner.erase()
}

/// A choice in a form, with what is wrong with it.
#[component]
pub fn ChoiceField(
    /// Unique in the page.
    id: &'static str,
    /// The field of the request.
    name: &'static str,
    /// What is chosen.
    label: &'static str,
    /// Why, or what follows from it.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// The choices in their order.
    options: Vec<SelectOption>,
    /// The chosen value.
    value: RwSignal<String>,
    /// Why the last try failed.
    error: Signal<Option<AppError>>,
) -> Erased {
    let hint = Signal::stored(hint.map(str::to_owned));
    view! { <SelectField id name label hint options value error=at(error, name)/> }.erase()
}

/// A form of one column in a dialog: what is wrong beyond its fields, the fields, and the buttons.
#[component]
pub fn DialogForm(
    /// What it sends.
    sending: Sending,
    /// The fields that show what is wrong themselves.
    fields: &'static [&'static str],
    /// What sending it does.
    #[prop(default = words::dialogs::SAVE)]
    label: &'static str,
    /// Why it cannot be sent now.
    #[prop(optional, into)]
    disabled_reason: Option<Signal<Option<String>>>,
    /// The fields.
    children: Content,
) -> Erased {
    let body = view! {
        <WhatElseIsWrong error=sending.error fields/>
        <div class="form-grid">{children.view()}</div>
    };
    form_with(sending, label, disabled_reason, body.erase())
}

/// A form in a dialog whose body is more than a column of fields, and the buttons.
#[component]
pub fn FreeForm(
    /// What it sends.
    sending: Sending,
    /// What sending it does.
    #[prop(default = words::dialogs::SAVE)]
    label: &'static str,
    /// Why it cannot be sent now.
    #[prop(optional, into)]
    disabled_reason: Option<Signal<Option<String>>>,
    /// The body.
    children: Content,
) -> Erased {
    form_with(sending, label, disabled_reason, children.view())
}

fn form_with(
    sending: Sending,
    label: &'static str,
    disabled_reason: Option<Signal<Option<String>>>,
    body: Erased,
) -> Erased {
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        sending.send();
    };
    view! {
        <form class="dialog__form" on:submit=submit novalidate>
            <DialogBody>{body}</DialogBody>
            {buttons(label, sending.busy.into(), disabled_reason)}
        </form>
    }
    .erase()
}

/// The buttons of a form in a dialog: away from it, and sending it.
#[component]
pub fn FormFooter(
    /// What sending it does.
    #[prop(default = words::dialogs::SAVE)]
    label: &'static str,
    /// Whether it is being carried out.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it cannot be sent now.
    #[prop(optional, into)]
    disabled_reason: Option<Signal<Option<String>>>,
) -> Erased {
    buttons(label, busy, disabled_reason)
}

fn buttons(label: &'static str, busy: Signal<bool>, disabled_reason: Option<Signal<Option<String>>>) -> Erased {
    let dialog = use_dialog();
    let (kind, appearance) = (ButtonKind::Submit, Appearance::Primary);
    let send = match disabled_reason {
        Some(disabled_reason) => view! { <Button label kind appearance busy disabled_reason/> },
        None => view! { <Button label kind appearance busy/> },
    };
    view! {
        <DialogFooter>
            <Button label=words::dialogs::CANCEL on_press=move |()| dialog.request_close()/>
            {send}
        </DialogFooter>
    }
    .erase()
}
