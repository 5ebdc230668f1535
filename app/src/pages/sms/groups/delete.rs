//! Delete SMS Group: the consequences by name, then the deed.

use domain::{
    access::{Action, Resource as Subject},
    ids::SmsGroupId,
    sms_group::SmsGroup,
};
use leptos::{either::EitherOf3, prelude::*};

use super::{Deed, Dialogs, Done, news::use_group_news};
use crate::{
    components::{confirm_dialog::ConfirmDialog, permission::refusal},
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    paths::GroupDialog,
    server_fns::sms_group::{DeleteSmsGroup, get_sms_group},
    ui::{Banner, Spinner, Tone},
    words,
};

#[component]
pub(super) fn DeleteDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(GroupDialog::Delete(id)) => Some(id),
        _ => None,
    });
    let slug = StoredValue::new(use_enterprise().slug);
    // What the person was shown; only that version is deleted.
    let shown = RwSignal::new(None::<SmsGroup>);
    let delete = ServerAction::<DeleteSmsGroup>::new();
    effect(move || {
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
    let error = Signal::derive(move || delete.value().get().and_then(Result::err));
    let deleting = Signal::derive(move || delete.pending().get() || matches!(delete.value().get(), Some(Ok(()))));
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
            {move || id.get().map(|id| view! { <Consequences id shown deleting/> })}
        </ConfirmDialog>
    }
    .erase()
}

/// What deleting the group does, also after somebody else has changed it: only what is shown is deleted.
#[component]
fn Consequences(
    id: SmsGroupId,
    shown: RwSignal<Option<SmsGroup>>,
    /// Whether the person has confirmed; what is heard of the group from then on is their own deed.
    deleting: Signal<bool>,
) -> Erased {
    let slug = use_enterprise().slug;
    shown.set(None);
    let news = use_group_news(id);
    let first = LocalResource::new(move || get_sms_group(slug.clone(), id));
    let latest = move || {
        let first = first.get();
        let Some(Ok(group)) = &first else { return first };
        let version = group.version;
        match news.latest.get() {
            Some(latest) if latest.version > version => Some(Ok(latest)),
            _ => first,
        }
    };
    let changed = move || matches!((first.get(), latest()), (Some(Ok(first)), Some(Ok(latest))) if first != latest);
    effect(move || {
        if let Some(Ok(group)) = latest() {
            shown.set(Some(group));
        }
    });
    let consequences = move || {
        if news.deleted.get() && !deleting.get() {
            let text = words::groups::DELETED_ALREADY;
            return EitherOf3::B(view! { <Banner tone=Tone::Danger text/> });
        }
        match latest() {
            Some(Ok(group)) => {
                let consequences = words::groups::consequences(&group)
                    .into_iter()
                    .map(|text| view! { <li>{text}</li> })
                    .collect_view();
                let note = changed().then(|| {
                    view! { <Banner tone=Tone::Warning text=words::groups::CHANGED_BEFORE_DELETING/> }
                });
                EitherOf3::A(view! {
                    {note}
                    <ul class="consequences">{consequences}</ul>
                })
            }
            Some(Err(error)) => {
                let text = error.to_string();
                EitherOf3::B(view! { <Banner tone=Tone::Danger text/> })
            }
            None => EitherOf3::C(view! { <Spinner label=words::groups::LOADING_ONE/> }),
        }
    };
    consequences.erase()
}
