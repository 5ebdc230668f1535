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
        form::{DialogForm, at, form_dialog, use_sending},
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::NumberDialog,
    server_fns::number::CreateNumber,
    ui::{Required, TextField, TextKind},
    words,
};

/// Most characters of a number as people write it.
const MAX_TYPED: u32 = 40;

#[component]
pub(super) fn AddDialog(dialogs: Dialogs) -> Erased {
    form_dialog(
        "add-number",
        words::numbers::ADD,
        move || dialogs.open.get() == Some(NumberDialog::Add),
        dialogs.close,
        move |dirty| view! { <AddForm dialogs dirty/> }.erase(),
    )
}

#[component]
fn AddForm(dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let slug = use_enterprise().slug;
    let number = RwSignal::new(String::new());
    let form = SettingsForm::of(&NumberSettings {
        sms: true,
        ..NumberSettings::default()
    });
    effect(move || dirty.set(!number.read().trim().is_empty() || form.differs()));
    let input = move || CreateNumber {
        enterprise: slug.clone(),
        input: NumberInput {
            number: number.get(),
            settings: form.patch(),
        },
    };
    let sending = use_sending(*ServerAction::<CreateNumber>::new(), input, move |row| {
        dialogs.done.run(Done {
            number: row.id,
            notice: words::numbers::added(row.e164),
            deed: Deed::Saved,
        });
    });
    let error = sending.error;
    view! {
        <DialogForm
            sending
            fields=&["number", "carrier_profile"]
            disabled_reason=refusal(Action::Create, Subject::PhoneNumber)
        >
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
        </DialogForm>
    }
    .erase()
}
