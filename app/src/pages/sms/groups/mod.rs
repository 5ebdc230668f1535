//! The Groups tab: the table of SMS groups and its three dialogs.

mod add;
mod columns;
mod conflict;
mod delete;
mod fields;
mod form;
mod update;

use domain::{
    access::{Action, Resource as Subject},
    enterprise::SmsTab,
    sms_group::TABLE,
};
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_query_map},
};

use self::{add::AddDialog, delete::DeleteDialog, update::UpdateDialog};
use super::tab_page;
use crate::{
    components::{
        data_table::{DataTable, TableAddress, TableWords, use_table_address},
        permission::refusal,
    },
    context::use_slug,
    paths::{GroupDialog, HelpTopic},
    server_fns::sms_group::list_sms_groups,
    ui::{Appearance, Button, Toast, use_toasts},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::groups::CAPTION,
    one: words::groups::ONE,
    many: words::groups::MANY,
    empty_title: words::groups::EMPTY_TITLE,
    empty_text: words::groups::EMPTY_TEXT,
};

/// The table and its dialogs.
#[component]
pub fn GroupsTab() -> impl IntoView {
    let slug = use_slug();
    let address = use_table_address(&TABLE);
    let changes = RwSignal::new(0_u32);
    let rows = Resource::new(
        move || (slug.get(), address.query.get(), changes.get()),
        |(slug, query, _)| async move { list_sms_groups(slug?, query.to_query_string()).await },
    );
    let dialogs = use_dialogs(address, changes);
    tab_page(SmsTab::Groups, HelpTopic::SmsGroups, move || {
        view! {
            <DataTable
                id="groups"
                words=WORDS
                schema=&TABLE
                columns=columns::columns(address)
                address
                rows
                row_actions=columns::row_actions(address)
                actions=move || view! { <AddButton dialogs/> }
                first_action=move || view! { <AddButton dialogs/> }
            />
            <AddDialog dialogs/>
            <UpdateDialog dialogs/>
            <DeleteDialog dialogs/>
        }
        .into_any()
    })
}

/// Which dialog is open, and what happens when one has done its work.
#[derive(Clone, Copy)]
struct Dialogs {
    open: Memo<Option<GroupDialog>>,
    show: Callback<GroupDialog>,
    close: Callback<()>,
    done: Callback<String>,
}

fn use_dialogs(address: TableAddress, changes: RwSignal<u32>) -> Dialogs {
    let parameters = use_query_map();
    let toasts = use_toasts();
    let navigate = StoredValue::new(use_navigate());
    let go = move |href: String, replace: bool| {
        let options = NavigateOptions {
            replace,
            scroll: false,
            ..Default::default()
        };
        navigate.with_value(|navigate| navigate(&href, options));
    };
    let close = Callback::new(move |()| go(address.href_with(""), true));
    Dialogs {
        open: Memo::new(move |_| {
            let parameters = parameters.read();
            GroupDialog::from_parameters(parameters.get_str("dialog"), parameters.get_str("id"))
        }),
        show: Callback::new(move |dialog: GroupDialog| go(address.href_with(dialog.parameters().as_str()), false)),
        close,
        done: Callback::new(move |notice: String| {
            changes.update(|changes| *changes += 1);
            close.run(());
            toasts.show(Toast::success(notice));
        }),
    }
}

#[component]
fn AddButton(dialogs: Dialogs) -> impl IntoView {
    view! {
        <Button
            label=words::groups::ADD
            icon=lu::LuPlus
            appearance=Appearance::Primary
            disabled_reason=refusal(Action::Create, Subject::SmsGroup)
            on_press=move |()| dialogs.show.run(GroupDialog::Add)
        />
    }
}
