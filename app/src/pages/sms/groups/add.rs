//! Add SMS Group.

use domain::access::{Action, Resource as Subject};
use leptos::prelude::*;

use super::{Deed, Dialogs, Done, fields::GroupFields, form::GroupForm};
use crate::{
    components::{
        form::{FormFooter, form_dialog, on_answer},
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::GroupDialog,
    server_fns::sms_group::CreateSmsGroup,
    ui::DialogBody,
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
    let save = ServerAction::<CreateSmsGroup>::new();
    let error = on_answer(*save, move |group| {
        dialogs.done.run(Done {
            group: group.id,
            name: group.name,
            deed: Deed::Added,
        });
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save.dispatch(CreateSmsGroup {
            enterprise: slug.clone(),
            input: form.input(),
        });
    };
    view! {
        <form class="dialog__form" on:submit=submit novalidate>
            <DialogBody>
                <GroupFields form error/>
            </DialogBody>
            <FormFooter busy=save.pending() disabled_reason=refusal(Action::Create, Subject::SmsGroup)/>
        </form>
    }
    .erase()
}
