//! The Domains tab: the event subscriptions of NetSapiens domains, and their dialogs.

mod columns;
mod delete;
mod details;
mod follow;
mod request;

use domain::{
    domain_subscription::{DomainSubscriptionRow, TABLE},
    enterprise::{EnterpriseSlug, SmsTab},
    ids::DomainSubscriptionId,
    live::DOMAIN_SUBSCRIPTIONS,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::{delete::DeleteDialog, details::DetailsDialog, request::RequestDialog};
use super::TabIntroduction;
use crate::{
    components::data_table::{DataTable, Feed, TableAddress, TableSource, TableWords, use_table},
    context::use_enterprise,
    erase::Erase,
    layouts::sms::TabNotAvailable,
    paths::{DomainDialog, HelpTopic},
    server_fns::domain_subscription::{list_all_domain_subscriptions, list_domain_subscriptions},
    ui::{Toast, use_toasts},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::domains::CAPTION,
    one: words::domains::ONE,
    many: words::domains::MANY,
    empty_title: words::domains::EMPTY_TITLE,
    empty_text: words::domains::EMPTY_TEXT,
};

/// The table, or why this enterprise has none.
#[component]
pub fn DomainsTab() -> AnyView {
    let enterprise = use_enterprise();
    if enterprise.sms_tabs().contains(&SmsTab::Domains) {
        view! {
            <TabIntroduction enterprise tab=SmsTab::Domains help=HelpTopic::SmsDomains/>
            <DomainsTable/>
        }
        .erase()
    } else {
        view! { <TabNotAvailable tab=SmsTab::Domains/> }.erase()
    }
}

#[component]
fn DomainsTable() -> AnyView {
    let table = use_table(&TABLE, source(&use_enterprise().slug), |row: &DomainSubscriptionRow| {
        row.id.0
    });
    let dialogs = use_dialogs(table.address, table.feed);
    view! {
        <DataTable
            id="domains"
            words=WORDS
            schema=&TABLE
            columns=columns::columns()
            row_actions=columns::row_actions()
            table
            wide=true
        />
        <DetailsDialog dialogs/>
        <RequestDialog dialogs/>
        <DeleteDialog dialogs/>
    }
    .erase()
}

fn source(slug: &EnterpriseSlug) -> TableSource<DomainSubscriptionRow> {
    TableSource::of_enterprise(slug, list_domain_subscriptions, list_all_domain_subscriptions)
        .made_of(DOMAIN_SUBSCRIPTIONS)
}

/// Which dialog is open, and what happens when one has done its work.
#[derive(Clone, Copy)]
struct Dialogs {
    open: Memo<Option<DomainDialog>>,
    close: Callback<()>,
    /// Closes the dialog, shows the row as it is now and says what was done.
    done: Callback<(DomainSubscriptionId, String)>,
}

fn use_dialogs(address: TableAddress, feed: Feed) -> Dialogs {
    let parameters = use_query_map();
    let toasts = use_toasts();
    let close = Callback::new(move |()| address.open("", true));
    Dialogs {
        open: Memo::new(move |_| {
            let parameters = parameters.read();
            DomainDialog::from_parameters(parameters.get_str("dialog"), parameters.get_str("id"))
        }),
        close,
        done: Callback::new(move |(id, notice): (DomainSubscriptionId, String)| {
            close.run(());
            feed.changed(vec![id.0], move || toasts.show(Toast::success(notice)));
        }),
    }
}
