//! The Carriers tab: carrier profiles. The provider keeps them here; the enterprise's own people read them.

mod add;
mod connection;
mod delete;
mod form;
mod update;

use domain::{
    access::{Action, Resource as Subject, Role},
    carrier_profile::{CarrierProfileRow, TABLE},
    enterprise::SmsTab,
    ids::CarrierProfileId,
    live::CARRIER_PROFILES,
};
use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};
use leptos_router::hooks::use_query_map;

use self::{add::AddDialog, connection::TestDialog, delete::DeleteDialog, update::UpdateDialog};
use super::{TabIntroduction, tone_of};
use crate::{
    components::{
        add_button::AddButton,
        data_table::{Column, DataTable, Feed, RowAction, TableAddress, TableSource, TableWords, use_table},
        date_time::DateAndTime,
        permission::refusal,
    },
    context::use_enterprise,
    erase::{Erase, Erased},
    layouts::sms::TabNotAvailable,
    paths::{HelpTopic, ProfileDialog},
    server_fns::carrier_profile::{list_all_carrier_profiles, list_carrier_profiles},
    ui::{Chip, Toast, Tone, use_toasts},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::carriers::CAPTION,
    one: words::carriers::ONE,
    many: words::carriers::MANY,
    empty_title: words::carriers::EMPTY_TITLE,
    empty_text: words::carriers::EMPTY_TEXT,
};
const WORDS_FOR_PROVIDER: TableWords = TableWords {
    empty_text: words::carriers::EMPTY_TEXT_FOR_PROVIDER,
    ..WORDS
};

/// The table, or why this enterprise has none.
#[component]
pub fn CarriersTab() -> Erased {
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
fn CarriersTable() -> Erased {
    let enterprise = use_enterprise();
    // Whoever keeps them has the buttons; to everybody else this is a table to read.
    let keeps = enterprise.role == Role::ProviderAdmin;
    let source = TableSource::<CarrierProfileRow>::of_enterprise(
        &enterprise.slug,
        list_carrier_profiles,
        list_all_carrier_profiles,
    )
    .made_of(CARRIER_PROFILES);
    let table = use_table(&TABLE, source, |row: &CarrierProfileRow| row.id.0);
    let dialogs = use_dialogs(table.address, table.feed);
    let add = move || {
        let on_press = move |()| dialogs.show.run(ProfileDialog::Add);
        keeps.then(|| view! { <AddButton label=words::carriers::ADD subject=Subject::CarrierProfile on_press/> })
    };
    view! {
        <DataTable
            id="carriers"
            words=if keeps { WORDS_FOR_PROVIDER } else { WORDS }
            schema=&TABLE
            columns=columns()
            row_actions=if keeps { row_actions() } else { Vec::new() }
            table
            actions=add
            first_action=add
        />
        {keeps
            .then(|| {
                view! {
                    <AddDialog dialogs/>
                    <UpdateDialog dialogs/>
                    <TestDialog dialogs/>
                    <DeleteDialog dialogs/>
                }
            })}
    }
    .erase()
}

/// Which dialog is open, and what happens when one has done its work.
#[derive(Clone, Copy)]
struct Dialogs {
    open: Memo<Option<ProfileDialog>>,
    show: Callback<ProfileDialog>,
    close: Callback<()>,
    /// Closes the dialog, shows the row as it is now and says what was done.
    done: Callback<(CarrierProfileId, String)>,
}

fn use_dialogs(address: TableAddress, feed: Feed) -> Dialogs {
    let parameters = use_query_map();
    let toasts = use_toasts();
    let close = Callback::new(move |()| address.open("", true));
    Dialogs {
        open: Memo::new(move |_| {
            let parameters = parameters.read();
            ProfileDialog::from_parameters(parameters.get_str("dialog"), parameters.get_str("id"))
        }),
        show: Callback::new(move |dialog: ProfileDialog| address.open(&dialog.parameters(), false)),
        close,
        done: Callback::new(move |(id, notice): (CarrierProfileId, String)| {
            close.run(());
            feed.changed(vec![id.0], move || toasts.show(Toast::success(notice)));
        }),
    }
}

fn row_actions() -> Vec<RowAction<CarrierProfileRow>> {
    let name = |row: &CarrierProfileRow| row.name.clone();
    vec![
        RowAction::new(words::carriers::UPDATE, name, |row| {
            ProfileDialog::Update(row.id).parameters()
        })
        .refused(refusal(Action::Update, Subject::CarrierProfile)),
        RowAction::new(words::carriers::TEST, name, |row| {
            ProfileDialog::Test(row.id).parameters()
        })
        .refused(refusal(Action::Update, Subject::CarrierProfile)),
        RowAction::new(words::carriers::DELETE, name, |row| {
            ProfileDialog::Delete(row.id).parameters()
        })
        .refused(refusal(Action::Delete, Subject::CarrierProfile)),
    ]
}

fn columns() -> Vec<Column<CarrierProfileRow>> {
    let [carrier, profile, numbers, domains, checked_at, check_result] = TABLE.columns();
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
        Column::new(
            check_result,
            words::carriers::LAST_CHECK_RESULT,
            |row: &CarrierProfileRow| words::carriers::check_result(row.check_passed),
        )
        .hidden_at_first(),
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
