//! What dialogs with a form have in common: waiting until their thing is read, what is wrong, and the buttons.

use leptos::{either::EitherOf3, prelude::*};

use crate::{
    effect::effect,
    erase::{Content, Erase, Erased},
    error::AppError,
    ui::{Appearance, Banner, Button, ButtonKind, Dialog, DialogBody, DialogFooter, Spinner, Tone, use_dialog},
    words,
};

/// A dialog with a form, which `form` makes; it tells by the signal whether closing would lose typed changes.
pub fn form_dialog(
    id: &'static str,
    title: impl Into<Signal<String>>,
    open: impl Fn() -> bool + Send + Sync + 'static,
    on_close: Callback<()>,
    form: impl Fn(RwSignal<bool>) -> Erased + Send + Sync + 'static,
) -> Erased {
    let (title, open) = (title.into(), Signal::derive(open));
    let dirty = RwSignal::new(false);
    view! {
        <Dialog id title open on_close dirty>
            {form(dirty)}
        </Dialog>
    }
    .erase()
}

/// What a dialog shows of the thing that it is about: `show` of it once it is read, before that what `loading` says, and
/// why it could not be read.
pub fn loaded<T: 'static>(
    read: impl Fn() -> Option<Result<T, AppError>> + Send + 'static,
    loading: &'static str,
    close: Callback<()>,
    show: impl Fn(T) -> Erased + Send + 'static,
) -> Erased {
    let shown = move || match read() {
        Some(Ok(thing)) => EitherOf3::A(show(thing)),
        Some(Err(error)) => EitherOf3::B(view! {
            <DialogBody>
                <Banner tone=Tone::Danger text=error.to_string()/>
            </DialogBody>
            <DialogFooter>
                <Button label=words::dialogs::CLOSE on_press=close/>
            </DialogFooter>
        }),
        None => EitherOf3::C(view! {
            <DialogBody>
                <Spinner label=loading/>
            </DialogBody>
        }),
    };
    shown.erase()
}

/// Calls `done` with the answer once the server has done what was sent. The signal says why the last try failed.
pub fn on_answer<I, O>(sent: Action<I, Result<O, AppError>>, done: impl Fn(O) + 'static) -> Signal<Option<AppError>>
where
    I: Send + Sync + 'static,
    O: Clone + Send + Sync + 'static,
{
    effect(move || {
        if let Some(Ok(answer)) = sent.value().get() {
            done(answer);
        }
    });
    Signal::derive(move || sent.value().get().and_then(Result::err))
}

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

/// A form of one column in a dialog: what is wrong beyond its fields, the fields, and the buttons.
#[component]
pub fn DialogForm(
    /// Why the last try failed.
    error: Signal<Option<AppError>>,
    /// The fields that show what is wrong themselves.
    fields: &'static [&'static str],
    /// What sending it does.
    #[prop(default = words::dialogs::SAVE)]
    label: &'static str,
    /// Sends it.
    #[prop(into)]
    on_submit: Callback<()>,
    /// Whether it is being carried out.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it cannot be sent now.
    #[prop(optional, into)]
    disabled_reason: Option<Signal<Option<String>>>,
    /// The fields.
    children: Content,
) -> Erased {
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! {
        <form class="dialog__form" on:submit=submit novalidate>
            <DialogBody>
                <WhatElseIsWrong error fields/>
                <div class="form-grid">{children.view()}</div>
            </DialogBody>
            {buttons(label, busy, disabled_reason)}
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
