//! Delete SMS Group: the consequences by name, then the deed.

use domain::{
    access::{Action, Resource as Subject},
    ids::SmsGroupId,
    sms_group::SmsGroup,
};
use leptos::{either::EitherOf3, prelude::*};

use super::{Deed, Dialogs, Done};
use crate::{
    components::{confirm_dialog::ConfirmDialog, permission::refusal},
    context::use_enterprise,
    paths::GroupDialog,
    server_fns::sms_group::{DeleteSmsGroup, get_sms_group},
    ui::{Banner, Spinner, Tone},
    words,
};

#[component]
pub(super) fn DeleteDialog(dialogs: Dialogs) -> impl IntoView {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(GroupDialog::Delete(id)) => Some(id),
        _ => None,
    });
    let slug = StoredValue::new(use_enterprise().slug);
    // What the person was shown; only that version is deleted.
    let shown = RwSignal::new(None::<SmsGroup>);
    let delete = ServerAction::<DeleteSmsGroup>::new();
    Effect::new(move |_| {
        if let Some(Ok(())) = delete.value().get() {
            let deleted = shown.get_untracked();
            delete.clear();
            if let Some(group) = deleted {
                dialogs.done.run(Done {
                    group: group.id,
                    name: group.name,
                    deed: Deed::Deleted,
                });
            }
        }
    });
    let close = Callback::new(move |()| {
        delete.clear();
        dialogs.close.run(());
    });
    let on_confirm = Callback::new(move |()| {
        if let Some(group) = shown.get_untracked() {
            delete.dispatch(DeleteSmsGroup {
                enterprise: slug.get_value(),
                id: group.id,
                version: group.version,
            });
        }
    });
    let title = move || {
        let shown = shown.read();
        shown.as_ref().map_or_else(
            || words::groups::DELETE_TITLE.to_owned(),
            |group| words::groups::delete_title(&group.name),
        )
    };
    let error = Signal::derive(move || {
        delete
            .value()
            .get()
            .and_then(Result::err)
            .map(|error| error.to_string())
    });
    view! {
        <ConfirmDialog
            id="delete-group"
            title=Signal::derive(title)
            open=Signal::derive(move || id.get().is_some())
            confirm=words::groups::DELETE_CONFIRM
            refused=refusal(Action::Delete, Subject::SmsGroup)
            busy=delete.pending()
            error
            on_confirm
            on_close=close
        >
            {move || id.get().map(|id| view! { <Consequences id shown/> })}
        </ConfirmDialog>
    }
}

#[component]
fn Consequences(id: SmsGroupId, shown: RwSignal<Option<SmsGroup>>) -> impl IntoView {
    let slug = use_enterprise().slug;
    shown.set(None);
    let group = LocalResource::new(move || get_sms_group(slug.clone(), id));
    Effect::new(move |_| {
        if let Some(Ok(group)) = group.get() {
            shown.set(Some(group));
        }
    });
    move || match group.get() {
        Some(Ok(group)) => {
            let consequences = words::groups::consequences(&group)
                .into_iter()
                .map(|text| view! { <li>{text}</li> })
                .collect_view();
            EitherOf3::A(view! { <ul class="consequences">{consequences}</ul> })
        }
        Some(Err(error)) => EitherOf3::B(view! { <Banner tone=Tone::Danger text=error.to_string()/> }),
        None => EitherOf3::C(view! { <Spinner label=words::groups::LOADING_ONE/> }),
    }
}
