//! The audit log: the table of entries and the dialog with one of them.

mod columns;
mod entry;

use domain::{
    audit::{AuditEventRow, TABLE},
    live::AUDIT_LOG,
};
use leptos::prelude::*;

use self::entry::EntryDialog;
use crate::{
    components::{
        data_table::{DataTable, TableSource, TableWords, use_table},
        page_header::PageHeader,
        page_title::PageTitle,
    },
    context::use_enterprise,
    erase::{Erase, Erased},
    paths::{self, HelpTopic},
    server_fns::audit::list_audit_events,
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::audit::CAPTION,
    one: words::audit::ONE,
    many: words::audit::MANY,
    empty_title: words::audit::EMPTY_TITLE,
    empty_text: words::audit::EMPTY_TEXT,
};

/// The table and its dialog. The server answers every query: each change of anything in the enterprise is a new row, and
/// logs are long.
#[component]
pub fn AuditPage() -> Erased {
    let enterprise = use_enterprise();
    let slug = enterprise.slug;
    let source = TableSource::<AuditEventRow>::page_by_page(move |query| list_audit_events(slug.clone(), query))
        .made_of(AUDIT_LOG);
    let table = use_table(&TABLE, source, |row: &AuditEventRow| row.id.0);
    let address = table.address;
    view! {
        <PageTitle title=format!("{} · {}", words::audit::TITLE, enterprise.name)/>
        <PageHeader title=words::audit::TITLE lead=words::audit::LEAD/>
        <p class="text-muted">
            <a class="link" href=paths::help(HelpTopic::AuditLog)>
                {words::audit::HELP_LINK}
            </a>
        </p>
        <DataTable
            id="audit"
            words=WORDS
            schema=&TABLE
            columns=columns::columns()
            row_actions=columns::row_actions()
            table
        />
        <EntryDialog address/>
    }
    .erase()
}
