//! The dialog around a form, and waiting in it until the thing that it is about is read.

use std::sync::Arc;

use leptos::{either::EitherOf3, prelude::*};

use crate::{
    erase::{Content, Erase, Erased},
    error::AppError,
    ui::{Banner, Button, Dialog, DialogBody, DialogFooter, Spinner, Tone},
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
    form_dialog_boxed(id, title.into(), Signal::derive(open), on_close, Box::new(form))
}

/// A dialog with a form about the thing that `about` names; it is closed while that names none.
pub fn form_dialog_about<T>(
    id: &'static str,
    title: impl Into<Signal<String>>,
    about: Memo<Option<T>>,
    on_close: Callback<()>,
    form: impl Fn(T, RwSignal<bool>) -> Erased + Send + Sync + 'static,
) -> Erased
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let open = Signal::derive(move || about.read().is_some());
    let form = Arc::new(form);
    let shown = move |dirty: RwSignal<bool>| {
        let form = Arc::clone(&form);
        let shown: Box<dyn Fn() -> Option<Erased> + Send> =
            Box::new(move || about.get().map(|thing| form(thing, dirty)));
        shown.erase()
    };
    form_dialog_boxed(id, title.into(), open, on_close, Box::new(shown))
}

fn form_dialog_boxed(
    id: &'static str,
    title: Signal<String>,
    open: Signal<bool>,
    on_close: Callback<()>,
    form: Box<dyn Fn(RwSignal<bool>) -> Erased + Send + Sync>,
) -> Erased {
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
    loaded_boxed(Box::new(move || Some(read()?.map(&show))), loading, close)
}

fn loaded_boxed(
    read: Box<dyn Fn() -> Option<Result<Erased, AppError>> + Send>,
    loading: &'static str,
    close: Callback<()>,
) -> Erased {
    let shown = move || match read() {
        Some(Ok(thing)) => EitherOf3::A(thing),
        Some(Err(error)) => EitherOf3::B(view! {
            <OnlyToRead close>
                <Banner tone=Tone::Danger text=error.to_string()/>
            </OnlyToRead>
        }),
        None => EitherOf3::C(view! {
            <DialogBody>
                <Spinner label=loading/>
            </DialogBody>
        }),
    };
    shown.erase()
}

/// The content of a dialog in which there is nothing to do but to read it and to close it.
#[component]
pub fn OnlyToRead(
    /// Closes the dialog.
    close: Callback<()>,
    /// What there is to read.
    children: Content,
) -> Erased {
    view! {
        <DialogBody>{children.view()}</DialogBody>
        <DialogFooter>
            <Button label=words::dialogs::CLOSE on_press=close/>
        </DialogFooter>
    }
    .erase()
}
