//! Invite somebody to an enterprise.

use domain::{access::Role, invitation::InviteInput};
use leptos::prelude::*;

use super::{Dialogs, Done};
use crate::{
    components::form::{ChoiceField, DialogForm, at, form_dialog, use_sending},
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::MemberDialog,
    server_fns::membership::InviteMember,
    ui::{Required, SelectOption, TextField, TextKind},
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

/// The choice of a role from those that can be given at an enterprise.
#[component]
pub(super) fn RoleField(
    /// Unique in the page.
    id: &'static str,
    value: RwSignal<String>,
    /// Why the last try failed.
    error: Signal<Option<AppError>>,
) -> Erased {
    let options = [Role::EnterpriseAdmin, Role::EnterpriseViewer]
        .map(|role| SelectOption::new(role.as_str(), words::provider::role_choice(role)))
        .to_vec();
    view! { <ChoiceField id name="role" label=words::provider::ROLE options value error/> }.erase()
}

/// The role that was chosen.
pub(super) fn chosen_role(value: RwSignal<String>) -> Role {
    Role::parse(&value.read()).unwrap_or(Role::EnterpriseViewer)
}

#[component]
fn InviteForm(dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let email = RwSignal::new(String::new());
    let role = RwSignal::new(Role::EnterpriseAdmin.as_str().to_owned());
    effect(move || dirty.set(!email.read().trim().is_empty()));
    let input = move || InviteMember {
        enterprise: dialogs.enterprise.get_value(),
        input: InviteInput {
            email: email.get(),
            role: chosen_role(role),
        },
    };
    let sending = use_sending(*ServerAction::<InviteMember>::new(), input, move |link| {
        dialogs.done.run(Done {
            id: link.id.0,
            notice: String::new(),
            link: Some(link),
        });
    });
    let error = sending.error;
    view! {
        <DialogForm sending fields=&["email", "role"] label=words::provider::MAKE_LINK>
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
            <RoleField id="member-role" value=role error/>
        </DialogForm>
    }
    .erase()
}
