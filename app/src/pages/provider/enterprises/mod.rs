//! The enterprises of the provider: the table and its dialogs.

mod columns;
mod fields;
mod settings;
mod suspend;

use domain::{
    enterprise::{EnterpriseRecord, EnterpriseRow, TABLE},
    live::ENTERPRISES,
};
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::{
    settings::{AddDialog, UpdateDialog},
    suspend::SuspendDialog,
};
use crate::{
    components::{
        data_table::{DataTable, Feed, TableAddress, TableSource, TableWords, use_table},
        page_title::PageTitle,
    },
    erase::{Erase, Erased},
    paths::EnterpriseDialog,
    server_fns::enterprise::{list_all_enterprises, list_enterprises},
    ui::{Appearance, Button, use_toasts},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::provider::ENTERPRISES,
    one: words::provider::ENTERPRISE_ONE,
    many: words::provider::ENTERPRISE_MANY,
    empty_title: words::provider::NO_ENTERPRISES,
    empty_text: words::provider::NO_ENTERPRISES_TEXT,
};

/// The table and its dialogs.
#[component]
pub fn EnterprisesPage() -> Erased {
    let source = TableSource::<EnterpriseRow>::new(list_enterprises, list_all_enterprises).made_of(ENTERPRISES);
    let table = use_table(&TABLE, source, |row: &EnterpriseRow| row.record.id.0);
    let dialogs = use_dialogs(table.address, table.feed);
    let add = move || view! { <AddButton dialogs/> };
    view! {
        <PageTitle title=words::provider::TITLE/>
        <DataTable
            id="enterprises"
            words=WORDS
            schema=&TABLE
            columns=columns::columns()
            row_actions=columns::row_actions()
            table
            actions=add
            first_action=add
            wide=true
        />
        <AddDialog dialogs/>
        <UpdateDialog dialogs/>
        <SuspendDialog dialogs/>
    }
    .erase()
}

#[component]
fn AddButton(dialogs: Dialogs) -> Erased {
    view! {
        <Button
            label=words::provider::ADD_ENTERPRISE
            icon=lu::LuPlus
            appearance=Appearance::Primary
            on_press=move |()| dialogs.show.run(EnterpriseDialog::Add)
        />
    }
    .erase()
}

/// Which dialog is open, and what happens when one has done its work.
#[derive(Clone, Copy)]
struct Dialogs {
    open: Memo<Option<EnterpriseDialog>>,
    show: Callback<EnterpriseDialog>,
    close: Callback<()>,
    /// Closes the dialog, shows the row as it is now and says what was done.
    done: Callback<(EnterpriseRecord, String)>,
}

fn use_dialogs(address: TableAddress, feed: Feed) -> Dialogs {
    let parameters = use_query_map();
    let toasts = use_toasts();
    let close = Callback::new(move |()| address.open("", true));
    Dialogs {
        open: Memo::new(move |_| {
            let parameters = parameters.read();
            EnterpriseDialog::from_parameters(parameters.get_str("dialog"), parameters.get_str("id"))
        }),
        show: Callback::new(move |dialog: EnterpriseDialog| address.open(&dialog.parameters(), false)),
        close,
        done: Callback::new(move |(record, notice): (EnterpriseRecord, String)| {
            close.run(());
            feed.changed(vec![record.id.0], move || toasts.success(notice));
        }),
    }
}
