//! The Carriers tab: carrier profiles, read-only; the provider keeps them.

use domain::{
    carrier_profile::{CarrierProfileRow, TABLE},
    enterprise::SmsTab,
    ids::CarrierProfileId,
    live::CARRIER_PROFILES,
};
use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};

use super::{TabIntroduction, tone_of};
use crate::{
    components::{
        data_table::{Column, DataTable, TableSource, TableWords, use_table},
        date_time::DateAndTime,
    },
    context::use_enterprise,
    erase::Erase,
    layouts::sms::TabNotAvailable,
    paths::HelpTopic,
    server_fns::{
        carrier_profile::{list_all_carrier_profiles, list_carrier_profiles},
        list::receive,
    },
    ui::{Chip, Tone},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::carriers::CAPTION,
    one: words::carriers::ONE,
    many: words::carriers::MANY,
    empty_title: words::carriers::EMPTY_TITLE,
    empty_text: words::carriers::EMPTY_TEXT,
};

/// The table, or why this enterprise has none.
#[component]
pub fn CarriersTab() -> AnyView {
    let enterprise = use_enterprise();
    if enterprise.sms_tabs().contains(&SmsTab::Carriers) {
        view! {
            <TabIntroduction enterprise tab=SmsTab::Carriers help=HelpTopic::SmsCarriers/>
            <CarriersTable/>
        }
        .erase()
    } else {
        view! { <TabNotAvailable tab=SmsTab::Carriers/> }.erase()
    }
}

#[component]
fn CarriersTable() -> AnyView {
    let slug = use_enterprise().slug;
    let all_of = slug.clone();
    let source = TableSource::<CarrierProfileRow>::new(
        move |query| list_carrier_profiles(slug.clone(), query),
        move |ids| {
            let list = list_all_carrier_profiles(all_of.clone(), ids.into_iter().map(CarrierProfileId).collect());
            async { receive(list.await).await }
        },
    )
    .made_of(CARRIER_PROFILES);
    let table = use_table(&TABLE, source, |row: &CarrierProfileRow| row.id.0);
    view! { <DataTable id="carriers" words=WORDS schema=&TABLE columns=columns() table/> }.erase()
}

fn columns() -> Vec<Column<CarrierProfileRow>> {
    let [carrier, profile, numbers, domains, checked_at] = TABLE.columns();
    vec![
        Column::new(carrier, words::carriers::CARRIER_NAME, |row: &CarrierProfileRow| {
            row.carrier.label()
        }),
        Column::new(profile, words::carriers::CARRIER_PROFILE, |row: &CarrierProfileRow| {
            row.name.clone()
        }),
        Column::new(numbers, words::carriers::NUMBERS, |row: &CarrierProfileRow| {
            row.number_count
        }),
        Column::new(domains, words::carriers::DOMAIN_STATE, worst_domain),
        Column::new(checked_at, words::carriers::LAST_CHECK, last_check),
    ]
}

/// How the worst domain stands; a dash where there is none.
fn worst_domain(row: &CarrierProfileRow) -> impl IntoView + use<> {
    match row.worst_domain {
        Some(state) => {
            let label = words::domains::subscription_state(state);
            EitherOf3::A(view! { <Chip tone=tone_of(state) label/> })
        }
        None if row.carrier.is_netsapiens_type() => {
            EitherOf3::B(view! { <span class="text-muted">{words::carriers::NO_DOMAINS}</span> })
        }
        None => EitherOf3::C(view! {
            <span aria-hidden="true">"–"</span>
            <span class="visually-hidden">{words::carriers::NEEDS_NO_DOMAINS}</span>
        }),
    }
}

/// When the credentials were last tried, and whether they worked.
fn last_check(row: &CarrierProfileRow) -> impl IntoView + use<> {
    match (row.checked_at, row.check_passed) {
        (Some(at), Some(passed)) => {
            let tone = if passed { Tone::Success } else { Tone::Danger };
            let label = words::carriers::check_result(Some(passed));
            Either::Left(view! {
                <Chip tone label/>
                " "
                <DateAndTime at/>
            })
        }
        _ => Either::Right(view! { <Chip tone=Tone::Neutral label=words::carriers::check_result(None)/> }),
    }
}
