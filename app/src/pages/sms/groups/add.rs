//! Add SMS Group.

use domain::{
    access::{Action, Resource as Subject},
    number::CoolingOff,
};
use leptos::prelude::*;

use super::{Deed, Dialogs, Done, fields::GroupFields, form::GroupForm};
use crate::{
    components::{
        cooling_off::{CoolingOffNotice, ask_about_cooling_off},
        form::{FreeForm, form_dialog, use_sending},
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::GroupDialog,
    server_fns::sms_group::CreateSmsGroup,
    words,
};

#[component]
pub(super) fn AddDialog(dialogs: Dialogs) -> Erased {
    form_dialog(
        "add-group",
        words::groups::ADD,
        move || dialogs.open.get() == Some(GroupDialog::Add),
        dialogs.close,
        move |dirty| view! { <AddForm dialogs dirty/> }.erase(),
    )
}

#[component]
fn AddForm(dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let slug = use_enterprise().slug;
    let form = GroupForm::empty();
    let changed = form.dirty();
    effect(move || dirty.set(changed.get()));
    let answer = StoredValue::new(CoolingOff::Heeded);
    let input = move || CreateSmsGroup {
        enterprise: slug.clone(),
        input: form.answered(answer.get_value()),
    };
    let sending = use_sending(*ServerAction::<CreateSmsGroup>::new(), input, move |group| {
        dialogs.done.run(Done {
            group: group.id,
            name: group.name,
            deed: Deed::Added,
        });
    });
    let (question, sending) = ask_about_cooling_off(sending, answer, move || form.numbers.get());
    view! {
        <FreeForm sending disabled_reason=refusal(Action::Create, Subject::SmsGroup)>
            <CoolingOffNotice question label=words::numbers::SAVE_ANYWAY/>
            <GroupFields form error=sending.error/>
        </FreeForm>
    }
    .erase()
}
