//! A question before something that should not happen by accident, most often because it cannot be taken back.

use leptos::prelude::*;

use crate::{
    erase::{ContentFn, Erase, Erased},
    error::AppError,
    ui::{Appearance, Banner, Button, Dialog, DialogBody, DialogFooter, DialogKind, DialogSize, Tone},
    words,
};

/// Asks, states the consequences (the children) and carries out on confirmation.
#[component]
pub fn ConfirmDialog(
    /// The dialog's element id.
    id: &'static str,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// What the confirming button says: the deed, not "OK".
    confirm: &'static str,
    /// How much that button stands out.
    #[prop(default = Appearance::Danger)]
    appearance: Appearance,
    /// Why the person may not do it, if they may not.
    refused: Option<String>,
    /// Whether it is being carried out.
    #[prop(into)]
    busy: Signal<bool>,
    /// Why it could not be carried out.
    error: Signal<Option<AppError>>,
    /// Carries it out.
    on_confirm: Callback<()>,
    /// Closes the dialog.
    on_close: Callback<()>,
    /// The consequences.
    children: ContentFn,
) -> Erased {
    let (children, refused) = (StoredValue::new(children), StoredValue::new(refused));
    view! {
        <Dialog id title open on_close kind=DialogKind::Confirm size=DialogSize::Small>
            <DialogBody>
                {move || error.get().map(|error| view! { <Banner tone=Tone::Danger text=error.to_string()/> })}
                {children.with_value(ContentFn::view)}
            </DialogBody>
            <DialogFooter>
                <Button label=words::dialogs::CANCEL on_press=on_close/>
                <Button
                    label=confirm
                    appearance
                    busy
                    disabled_reason=refused.get_value()
                    on_press=on_confirm
                />
            </DialogFooter>
        </Dialog>
    }
    .erase()
}
