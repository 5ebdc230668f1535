//! The queue of requests to subscribe domains again, of all the provider's enterprises.

mod answer;

use domain::{
    ids::ResubscriptionRequestId,
    live::RESUBSCRIPTION_REQUESTS,
    resubscription_request::{FILED_BY_SYSTEM, NOT_ANSWERED, RequestRow, RequestState, TABLE},
};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_query_map;

use self::answer::AnswerDialog;
use crate::{
    components::{
        data_table::{Column, DataTable, RowAction, TableSource, TableWords, use_table},
        date_time::DateWithDistance,
        page_title::PageTitle,
    },
    erase::{Erase, Erased},
    paths::{self, RequestDialog},
    server_fns::resubscription_request::{list_all_resubscription_requests, list_resubscription_requests},
    ui::{Chip, Tone, use_toasts},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::provider::REQUESTS,
    one: words::provider::REQUEST_ONE,
    many: words::provider::REQUEST_MANY,
    empty_title: words::provider::NO_REQUESTS,
    empty_text: words::provider::NO_REQUESTS_TEXT,
};

/// The table and its dialog.
#[component]
pub fn RequestsPage() -> Erased {
    let source = TableSource::<RequestRow>::new(list_resubscription_requests, list_all_resubscription_requests)
        .made_of(RESUBSCRIPTION_REQUESTS);
    let table = use_table(&TABLE, source, |row: &RequestRow| row.id.0);
    let (address, feed) = (table.address, table.feed);
    let parameters = use_query_map();
    let toasts = use_toasts();
    let open = Memo::new(move |_| {
        let parameters = parameters.read();
        RequestDialog::from_parameters(parameters.get_str("dialog"), parameters.get_str("id"))
            .map(|RequestDialog::Answer(id)| id)
    });
    let close = Callback::new(move |()| address.open("", true));
    let done = Callback::new(move |(id, notice): (ResubscriptionRequestId, String)| {
        close.run(());
        feed.changed(vec![id.0], move || toasts.success(notice));
    });
    view! {
        <PageTitle title=words::provider::REQUESTS/>
        <DataTable id="requests" words=WORDS schema=&TABLE columns=columns() row_actions=row_actions() table/>
        <AnswerDialog open close done/>
    }
    .erase()
}

fn columns() -> Vec<Column<RequestRow>> {
    let [
        domain,
        enterprise,
        state,
        requested_at,
        requested_by,
        answered_at,
        answer,
    ] = TABLE.columns();
    vec![
        Column::new(domain, words::domains::DOMAIN, |row: &RequestRow| row.domain.clone()),
        Column::new(enterprise, words::provider::ENTERPRISE, |row: &RequestRow| {
            let (href, name) = (paths::enterprise(&row.enterprise), row.enterprise_name.clone());
            // The whole page anew, as when somebody switches between enterprises.
            view! {
                <a class="link" href=href rel="external">
                    {name}
                </a>
            }
        }),
        Column::new(state, words::provider::STATE, |row: &RequestRow| {
            let tone = match row.state {
                RequestState::Open => Tone::Warning,
                RequestState::Done => Tone::Success,
                RequestState::Declined => Tone::Neutral,
            };
            let label = words::provider::request_state(row.state);
            view! { <Chip tone label/> }
        }),
        Column::new(requested_at, words::provider::REQUESTED, |row: &RequestRow| {
            let at = row.requested_at;
            view! { <DateWithDistance at/> }
        }),
        Column::new(requested_by, words::provider::REQUESTED_BY, |row: &RequestRow| {
            row.requested_by.clone().unwrap_or_else(|| FILED_BY_SYSTEM.to_owned())
        }),
        Column::new(answered_at, words::provider::ANSWERED, |row: &RequestRow| {
            match row.answered_at {
                Some(at) => Either::Left(view! { <DateWithDistance at/> }),
                None => Either::Right(NOT_ANSWERED),
            }
        }),
        Column::new(answer, words::provider::ANSWER, |row: &RequestRow| {
            row.answer.clone().unwrap_or_default()
        }),
    ]
}

fn row_actions() -> Vec<RowAction<RequestRow>> {
    vec![
        RowAction::new(
            words::provider::ANSWER,
            |row: &RequestRow| words::provider::request_of(&row.domain),
            |row| RequestDialog::Answer(row.id).parameters(),
        )
        .only_where(|row| row.state == RequestState::Open),
    ]
}
