//! The Domains tab: the event subscriptions of NetSapiens domains.

use chrono::{DateTime, Utc};
use domain::{
    domain_subscription::{DomainSubscriptionRow, RenewalStatus, SubscriptionState, TABLE},
    enterprise::SmsTab,
    ids::DomainSubscriptionId,
    live::DOMAIN_SUBSCRIPTIONS,
};
use leptos::{either::Either, prelude::*};

use super::TabIntroduction;
use crate::{
    components::{
        data_table::{Column, Copied, DataTable, TableSource, TableWords, use_table},
        date_time::DateAndTime,
    },
    context::use_enterprise,
    erase::Erase,
    layouts::sms::TabNotAvailable,
    paths::HelpTopic,
    server_fns::{
        domain_subscription::{list_all_domain_subscriptions, list_domain_subscriptions},
        list::receive,
    },
    ui::{Chip, Tone},
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
    let slug = use_enterprise().slug;
    let all_of = slug.clone();
    let source = TableSource::<DomainSubscriptionRow>::new(
        move |query| list_domain_subscriptions(slug.clone(), query),
        move |ids| {
            let list =
                list_all_domain_subscriptions(all_of.clone(), ids.into_iter().map(DomainSubscriptionId).collect());
            async { receive(list.await).await }
        },
    )
    .made_of(DOMAIN_SUBSCRIPTIONS);
    let table = use_table(&TABLE, source, |row: &DomainSubscriptionRow| row.id.0);
    view! { <DataTable id="domains" words=WORDS schema=&TABLE columns=columns() table/> }.erase()
}

fn columns() -> Vec<Column<DomainSubscriptionRow>> {
    let [
        domain,
        profile,
        subscription_id,
        subscribed_at,
        expires_at,
        state,
        numbers,
    ] = TABLE.columns();
    vec![
        Column::new(domain, words::domains::DOMAIN, |row: &DomainSubscriptionRow| {
            row.domain.to_string()
        })
        .copied(|row| copied(words::domains::DOMAIN, row, Some(row.domain.to_string()))),
        Column::new(
            profile,
            words::domains::CARRIER_PROFILE,
            |row: &DomainSubscriptionRow| row.carrier_profile.clone(),
        )
        .copied(|row| copied(words::domains::CARRIER_PROFILE, row, Some(row.carrier_profile.clone()))),
        Column::new(
            subscription_id,
            words::domains::SUBSCRIPTION_ID,
            |row: &DomainSubscriptionRow| {
                row.subscription_id
                    .clone()
                    .unwrap_or_else(|| words::domains::NONE.to_owned())
            },
        )
        .copied(|row| copied(words::domains::SUBSCRIPTION_ID, row, row.subscription_id.clone())),
        Column::new(
            subscribed_at,
            words::domains::SUBSCRIPTION_DATE,
            |row: &DomainSubscriptionRow| moment(row.subscribed_at),
        )
        .copied(|row| {
            copied(
                words::domains::SUBSCRIPTION_DATE,
                row,
                row.subscribed_at.map(|at| at.to_rfc3339()),
            )
        }),
        Column::new(
            expires_at,
            words::domains::EXPIRY_DATE,
            |row: &DomainSubscriptionRow| moment(row.expires_at),
        )
        .copied(|row| {
            copied(
                words::domains::EXPIRY_DATE,
                row,
                row.expires_at.map(|at| at.to_rfc3339()),
            )
        }),
        Column::new(state, words::domains::STATE, state_cell),
        Column::new(numbers, words::domains::NUMBERS, |row: &DomainSubscriptionRow| {
            row.number_count
        }),
    ]
}

fn copied(what: &str, row: &DomainSubscriptionRow, value: Option<String>) -> Option<Copied> {
    value.map(|value| Copied {
        label: words::table::copy(what, row.domain.as_str()),
        value,
    })
}

fn moment(at: Option<DateTime<Utc>>) -> impl IntoView {
    match at {
        Some(at) => Either::Left(view! { <DateAndTime at/> }),
        None => Either::Right(words::domains::NONE),
    }
}

/// How the subscription stands, and why its renewal failed if it did.
fn state_cell(row: &DomainSubscriptionRow) -> impl IntoView + use<> {
    let tone = match (row.renewal, row.state) {
        (RenewalStatus::Deleting, _) => Tone::Neutral,
        (RenewalStatus::Renewing, _) => Tone::Info,
        (_, SubscriptionState::Expired | SubscriptionState::Missing) => Tone::Danger,
        (_, SubscriptionState::Expiring) => Tone::Warning,
        (_, SubscriptionState::Active) => Tone::Success,
    };
    let label = words::domains::state(row.renewal, row.state);
    let failure = (row.renewal == RenewalStatus::Failed)
        .then(|| row.failure.clone())
        .flatten()
        .map(|reason| view! { <span class="text-muted">{words::domains::renewal_failed(&reason)}</span> });
    view! {
        <Chip tone label/>
        {failure}
    }
}
