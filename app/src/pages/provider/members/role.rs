//! Change somebody's role at the enterprise.

use domain::{ids::MembershipId, membership::MemberRow};
use leptos::prelude::*;

use super::{
    Dialogs, Done, follow,
    invite::{RoleField, chosen_role},
};
use crate::{
    components::form::{DialogForm, form_dialog, loaded, use_sending},
    effect::effect,
    erase::{Erase, Erased},
    paths::MemberDialog,
    server_fns::membership::SetMemberRole,
    words,
};

#[component]
pub(super) fn RoleDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(MemberDialog::Role(id)) => Some(id),
        _ => None,
    });
    let found = follow(dialogs, id);
    form_dialog(
        "member-role-dialog",
        words::provider::CHANGE_ROLE,
        move || id.get().is_some(),
        dialogs.close,
        move |dirty| {
            loaded(
                move || found.get(),
                words::shell::LOADING,
                dialogs.close,
                move |row| view! { <RoleForm row dialogs dirty/> }.erase(),
            )
        },
    )
}

#[component]
fn RoleForm(row: MemberRow, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let was = row.role;
    let role = RwSignal::new(was.as_str().to_owned());
    effect(move || dirty.set(role.read().as_str() != was.as_str()));
    let (id, name) = (MembershipId(row.id), row.name().to_owned());
    let input = move || SetMemberRole {
        enterprise: dialogs.enterprise.get_value(),
        id,
        was,
        role: chosen_role(role),
    };
    let sending = use_sending(*ServerAction::<SetMemberRole>::new(), input, move |row| {
        dialogs.done.run(Done {
            id: row.id,
            notice: words::provider::role_changed(row.name(), row.role),
            link: None,
        });
    });
    view! {
        <DialogForm sending fields=&["role"]>
            <p>{name}</p>
            <RoleField id="member-new-role" value=role error=sending.error/>
        </DialogForm>
    }
    .erase()
}
