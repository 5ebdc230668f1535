//! The columns of the Groups table and the buttons of a row.

use std::sync::Arc;

use domain::{
    access::{Action, Resource},
    phone::PhoneNumber,
    sms_group::{SmsGroupRow, TABLE},
};
use leptos::{either::Either, prelude::*};

use crate::{
    components::{
        data_table::{Cell, Column, Copied, TableAddress},
        permission::refusal,
    },
    paths::GroupDialog,
    ui::{Appearance, ButtonSize, Chip, LinkButton, Tone, use_hydrated},
    words,
};

/// How many numbers a cell shows before it says how many more there are.
const NUMBERS_SHOWN: usize = 3;

pub(super) fn columns(address: TableAddress) -> Vec<Column<SmsGroupRow>> {
    let [name, members, numbers, owner] = TABLE.columns();
    vec![
        Column::new(name, words::groups::NAME, move |row| name_cell(row, address))
            .copied(|row| copied(words::groups::NAME, row, row.name.clone())),
        Column::new(members, words::groups::MEMBERS, members_cell)
            .copied(|row| copied(words::groups::MEMBERS, row, row.member_count.to_string())),
        Column::new(numbers, words::groups::NUMBERS, numbers_cell).copied(|row| {
            (!row.numbers.is_empty())
                .then(|| copied(words::groups::NUMBERS, row, e164_list(&row.numbers)))
                .flatten()
        }),
        Column::new(owner, words::groups::OWNER, owner_cell)
            .copied(|row| copied(words::groups::OWNER, row, row.owner_name.clone())),
    ]
}

pub(super) fn row_actions(address: TableAddress) -> Cell<SmsGroupRow> {
    let update_refused = refusal(Action::Update, Resource::SmsGroup);
    let delete_refused = refusal(Action::Delete, Resource::SmsGroup);
    Arc::new(move |row| {
        view! {
            <RowAction
                label=words::groups::UPDATE
                name=row.name.clone()
                dialog=GroupDialog::Update(row.id)
                refused=update_refused.clone()
                address
            />
            <RowAction
                label=words::groups::DELETE
                name=row.name.clone()
                dialog=GroupDialog::Delete(row.id)
                refused=delete_refused.clone()
                address
            />
        }
        .into_any()
    })
}

/// A link that opens a dialog; says why it cannot while the page is not ready or the role does not allow it.
#[component]
fn RowAction(
    label: &'static str,
    name: String,
    dialog: GroupDialog,
    refused: Option<String>,
    address: TableAddress,
) -> impl IntoView {
    let hydrated = use_hydrated();
    let href = Signal::derive(move || address.href_with(&dialog.parameters()));
    let disabled_reason = Signal::derive(move || match &refused {
        Some(reason) => Some(reason.clone()),
        None => (!hydrated.get()).then(|| words::shell::STILL_LOADING.to_owned()),
    });
    view! {
        <LinkButton href label appearance=Appearance::Subtle size=ButtonSize::Small context=name disabled_reason/>
    }
}

/// The name; opens Update SMS Group, once the page can.
fn name_cell(row: &SmsGroupRow, address: TableAddress) -> impl IntoView + use<> {
    let hydrated = use_hydrated();
    let name = row.name.clone();
    let dialog = GroupDialog::Update(row.id);
    move || {
        if hydrated.get() {
            let href = address.href_with(&dialog.parameters());
            Either::Left(view! {
                <a class="link" href=href>
                    {name.clone()}
                </a>
            })
        } else {
            Either::Right(name.clone())
        }
    }
}

fn members_cell(row: &SmsGroupRow) -> impl IntoView + use<> {
    let unreachable = (row.unreachable_count > 0).then(|| {
        view! { <Chip tone=Tone::Warning label=words::groups::unreachable(row.unreachable_count)/> }
    });
    view! {
        {row.member_count}
        " "
        {unreachable}
    }
}

fn numbers_cell(row: &SmsGroupRow) -> impl IntoView + use<> {
    if row.numbers.is_empty() {
        return Either::Left(view! { <span class="text-muted">{words::groups::NO_NUMBERS}</span> });
    }
    let shown = row
        .numbers
        .iter()
        .take(NUMBERS_SHOWN)
        .map(|number| view! { <li>{number.display()}</li> })
        .collect_view();
    let hidden: Vec<String> = row
        .numbers
        .iter()
        .skip(NUMBERS_SHOWN)
        .map(|number| number.display())
        .collect();
    let more = (!hidden.is_empty()).then(|| {
        view! {
            <li class="value-list__more" title=hidden.join(", ")>
                {words::groups::more_numbers(hidden.len())}
            </li>
        }
    });
    Either::Right(view! { <ul class="value-list">{shown} {more}</ul> })
}

fn owner_cell(row: &SmsGroupRow) -> impl IntoView + use<> {
    let mark = row
        .owner_unreachable
        .map(|why| view! { <Chip tone=Tone::Warning label=words::groups::why_unreachable(why)/> });
    view! {
        {row.owner_name.clone()}
        " "
        {mark}
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the shape a column wants")]
fn copied(what: &str, row: &SmsGroupRow, value: String) -> Option<Copied> {
    Some(Copied {
        label: words::table::copy(what, &row.name),
        value,
    })
}

/// The numbers as E.164, separated by a comma and a space.
fn e164_list(numbers: &[PhoneNumber]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
