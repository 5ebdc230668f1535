//! Add Number.

use domain::{
    access::{Action, Resource as Subject},
    number::{NumberInput, NumberSettings},
};
use leptos::prelude::*;

use super::{
    Deed, Dialogs, Done,
    fields::{SettingsFields, SettingsForm},
};
use crate::{
    components::{
        form::{FormFooter, WhatElseIsWrong, at},
        permission::refusal,
    },
    context::use_enterprise,
    erase::Erase,
    paths::NumberDialog,
    server_fns::number::CreateNumber,
    ui::{Dialog, DialogBody, Required, TextField, TextKind},
    words,
};

/// Most characters of a number as people write it.
const MAX_TYPED: u32 = 40;

#[component]
pub(super) fn AddDialog(dialogs: Dialogs) -> AnyView {
    let open = Signal::derive(move || dialogs.open.get() == Some(NumberDialog::Add));
    let dirty = RwSignal::new(false);
    view! {
        <Dialog id="add-number" title=words::numbers::ADD open on_close=dialogs.close dirty>
            <AddForm dialogs dirty/>
        </Dialog>
    }
    .erase()
}

#[component]
fn AddForm(dialogs: Dialogs, dirty: RwSignal<bool>) -> AnyView {
    let slug = use_enterprise().slug;
    let number = RwSignal::new(String::new());
    let form = SettingsForm::of(&NumberSettings {
        sms: true,
        ..NumberSettings::default()
    });
    Effect::new(move |_| dirty.set(!number.read().trim().is_empty() || form.differs()));
    let save = ServerAction::<CreateNumber>::new();
    Effect::new(move |_| {
        if let Some(Ok(row)) = save.value().get() {
            dialogs.done.run(Done {
                number: row.id,
                notice: words::numbers::added(row.e164),
                deed: Deed::Saved,
            });
        }
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save.dispatch(CreateNumber {
            enterprise: slug.clone(),
            input: NumberInput {
                number: number.get_untracked(),
                settings: untrack(|| form.patch()),
            },
        });
    };
    let error = Signal::derive(move || save.value().get().and_then(Result::err));
    view! {
        <form class="dialog__form" on:submit=submit novalidate>
            <DialogBody>
                <WhatElseIsWrong error fields=&["number", "carrier_profile"]/>
                <div class="form-grid">
                    <TextField
                        id="number-number"
                        name="number"
                        label=words::numbers::FIELD_NUMBER
                        hint=words::numbers::HINT_NUMBER
                        value=number
                        error=at(error, "number")
                        required=Required::Yes
                        maxlength=MAX_TYPED
                        kind=TextKind::Tel
                        autocomplete="off"
                    />
                    <SettingsFields form error/>
                </div>
            </DialogBody>
            <FormFooter busy=save.pending() disabled_reason=refusal(Action::Create, Subject::PhoneNumber)/>
        </form>
    }
    .erase()
}
