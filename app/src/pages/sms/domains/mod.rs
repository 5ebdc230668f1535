//! The Domains tab: the event subscriptions of NetSapiens domains, and their dialogs. The provider adds and renews them
//! here.

mod add;
mod columns;
mod delete;
mod details;
mod follow;
mod question;
mod renew;
mod request;

use domain::{
    access::{Resource as Subject, Role},
    domain_subscription::{DomainSubscriptionRow, TABLE},
    enterprise::{EnterpriseSlug, SmsTab},
    ids::DomainSubscriptionId,
    live::DOMAIN_SUBSCRIPTIONS,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::{add::AddDialog, delete::DeleteDialog, details::DetailsDialog, renew::RenewDialog, request::RequestDialog};
use super::TabIntroduction;
use crate::{
    components::{
        add_button::AddButton,
        data_table::{DataTable, Feed, TableAddress, TableSource, TableWords, use_table},
    },
    context::use_enterprise,
    erase::{Erase, Erased},
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
const WORDS_FOR_PROVIDER: TableWords = TableWords {
    empty_text: words::domains::EMPTY_TEXT_FOR_PROVIDER,
    ..WORDS
};

/// The table, or why this enterprise has none.
#[component]
pub fn DomainsTab() -> Erased {
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
fn DomainsTable() -> Erased {
    let enterprise = use_enterprise();
    // Whoever keeps them adds and renews them; everybody else reads, asks and gives them up.
    let keeps = enterprise.role == Role::ProviderAdmin;
    let table = use_table(&TABLE, source(&enterprise.slug), |row: &DomainSubscriptionRow| row.id.0);
    let dialogs = use_dialogs(table.address, table.feed);
    let add = move || {
        let on_press = move |()| dialogs.show.run(DomainDialog::Add);
        keeps.then(|| view! { <AddButton label=words::domains::ADD subject=Subject::DomainSubscription on_press/> })
    };
    view! {
        <DataTable
            id="domains"
            words=if keeps { WORDS_FOR_PROVIDER } else { WORDS }
            schema=&TABLE
            columns=columns::columns()
            row_actions=columns::row_actions(keeps)
            table
            actions=add
            first_action=add
            wide=true
        />
        {keeps
            .then(|| {
                view! {
                    <AddDialog dialogs/>
                    <RenewDialog dialogs/>
                }
            })}
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
    show: Callback<DomainDialog>,
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
        show: Callback::new(move |dialog: DomainDialog| address.open(&dialog.parameters(), false)),
        close,
        done: Callback::new(move |(id, notice): (DomainSubscriptionId, String)| {
            close.run(());
            feed.changed(vec![id.0], move || toasts.show(Toast::success(notice)));
        }),
    }
}
