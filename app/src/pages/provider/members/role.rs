//! Change somebody's role at the enterprise.

use domain::{ids::MembershipId, membership::MemberRow};
use leptos::prelude::*;

use super::{
    Dialogs, Done, follow,
    invite::{chosen_role, role_options},
};
use crate::{
    components::form::{DialogForm, at, loaded, on_answer},
    effect::effect,
    erase::{Erase, Erased},
    paths::MemberDialog,
    server_fns::membership::SetMemberRole,
    ui::{Dialog, SelectField},
    words,
};

#[component]
pub(super) fn RoleDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(MemberDialog::Role(id)) => Some(id),
        _ => None,
    });
    let found = follow(dialogs, id);
    let dirty = RwSignal::new(false);
    view! {
        <Dialog
            id="member-role-dialog"
            title=words::provider::CHANGE_ROLE
            open=Signal::derive(move || id.get().is_some())
            on_close=dialogs.close
            dirty
        >
            {loaded(
                move || found.get(),
                words::shell::LOADING,
                dialogs.close,
                move |row| view! { <RoleForm row dialogs dirty/> }.erase(),
            )}
        </Dialog>
    }
    .erase()
}

#[component]
fn RoleForm(row: MemberRow, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    let was = row.role;
    let role = RwSignal::new(was.as_str().to_owned());
    effect(move || dirty.set(role.read().as_str() != was.as_str()));
    let save = ServerAction::<SetMemberRole>::new();
    let error = on_answer(*save, move |row| {
        dialogs.done.run(Done {
            id: row.id,
            notice: words::provider::role_changed(row.name(), row.role),
            link: None,
        });
    });
    let id = MembershipId(row.id);
    let on_submit = move |()| {
        save.dispatch(SetMemberRole {
            enterprise: dialogs.enterprise.get_value(),
            id,
            was,
            role: chosen_role(role),
        });
    };
    let name = row.name().to_owned();
    view! {
        <DialogForm error fields=&["role"] busy=save.pending() on_submit>
            <p>{name}</p>
            <SelectField
                id="member-new-role"
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
