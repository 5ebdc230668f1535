//! Invite somebody to an enterprise.

use domain::{access::Role, invitation::InviteInput};
use leptos::prelude::*;

use super::{Dialogs, Done};
use crate::{
    components::form::{DialogForm, at, form_dialog, on_answer},
    effect::effect,
    erase::{Erase, Erased},
    paths::MemberDialog,
    server_fns::membership::InviteMember,
    ui::{Required, SelectField, SelectOption, TextField, TextKind},
    words,
};

#[component]
pub(super) fn InviteDialog(dialogs: Dialogs) -> Erased {
    let title = words::provider::invite_to(&dialogs.name.get_value());
    form_dialog(
        "invite-member",
        title,
        move || dialogs.open.get() == Some(MemberDialog::Invite),
        dialogs.close,
        move |dirty| view! { <InviteForm dialogs dirty/> }.erase(),
    )
}

/// The roles that can be given at an enterprise.
pub(super) fn role_options() -> Vec<SelectOption> {
    [Role::EnterpriseAdmin, Role::EnterpriseViewer]
        .map(|role| SelectOption::new(role.as_str(), words::provider::role_choice(role)))
        .to_vec()
}

/// The role that was chosen.
pub(super) fn chosen_role(value: RwSignal<String>) -> Role {
    Role::parse(&value.read_untracked()).unwrap_or(Role::EnterpriseViewer)
}

#[component]
fn InviteForm(dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let email = RwSignal::new(String::new());
    let role = RwSignal::new(Role::EnterpriseAdmin.as_str().to_owned());
    effect(move || dirty.set(!email.read().trim().is_empty()));
    let save = ServerAction::<InviteMember>::new();
    let error = on_answer(*save, move |link| {
        dialogs.done.run(Done {
            id: link.id.0,
            notice: String::new(),
            link: Some(link),
        });
    });
    let on_submit = move |()| {
        save.dispatch(InviteMember {
            enterprise: dialogs.enterprise.get_value(),
            input: InviteInput {
                email: email.get_untracked(),
                role: chosen_role(role),
            },
        });
    };
    view! {
        <DialogForm error fields=&["email", "role"] label=words::provider::MAKE_LINK busy=save.pending() on_submit>
            <TextField
                id="member-email"
                name="email"
                label=words::provider::FIELD_EMAIL
                hint=words::provider::HINT_INVITE
                value=email
                error=at(error, "email")
                required=Required::Yes
                kind=TextKind::Email
                autocomplete="off"
            />
            <SelectField
                id="member-role"
                name="role"
                label=words::provider::ROLE
                options=role_options()
                value=role
                error=at(error, "role")
            />
        </DialogForm>
    }
    .erase()
}
