//! The columns of the Groups table and the buttons of a row.

use domain::{
    access::{Action, Resource},
    phone::PhoneNumber,
    sms_group::{SmsGroupRow, TABLE},
};
use leptos::{either::Either, prelude::*};

use crate::{
    components::{
        data_table::{Column, Copied, RowAction},
        permission::refusal,
    },
    erase::{Erase, Erased},
    paths::GroupDialog,
    ui::{Chip, Tone},
    words,
};

pub(super) fn columns() -> Vec<Column<SmsGroupRow>> {
    let [name, members, numbers, owner, reachable] = TABLE.columns();
    vec![
        Column::new(name, words::groups::NAME, |row: &SmsGroupRow| row.name.clone())
            .opens(|row| GroupDialog::Update(row.id).parameters())
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
        Column::new(reachable, words::groups::REACHABLE, SmsGroupRow::reachable_count)
            .copied(|row| copied(words::groups::REACHABLE, row, row.reachable_count().to_string()))
            .hidden_at_first(),
    ]
}

pub(super) fn row_actions() -> Vec<RowAction<SmsGroupRow>> {
    let name = |row: &SmsGroupRow| row.name.clone();
    vec![
        RowAction::new(words::groups::UPDATE, name, |row| {
            GroupDialog::Update(row.id).parameters()
        })
        .refused(refusal(Action::Update, Resource::SmsGroup)),
        RowAction::new(words::groups::DELETE, name, |row| {
            GroupDialog::Delete(row.id).parameters()
        })
        .refused(refusal(Action::Delete, Resource::SmsGroup)),
    ]
}

/// The count last, so that counts stand below each other at the edge of the column.
fn members_cell(row: &SmsGroupRow) -> impl IntoView + use<> {
    let unreachable = (row.unreachable_count > 0).then(|| view! { {unreachable_mark(row)} " " });
    view! {
        {unreachable}
        {row.member_count}
    }
}

/// How many members messages do not reach; who and why is told on hover, focus and tap.
fn unreachable_mark(row: &SmsGroupRow) -> Erased {
    let label = words::groups::unreachable(row.unreachable_count);
    let who = words::groups::who_is_unreachable(&row.unreachable, row.unreachable_count);
    view! {
        <button class="chip-tip" type="button" aria-description=who.clone() data-tip=who>
            <Chip tone=Tone::Warning label/>
        </button>
    }
    .erase()
}

fn numbers_cell(row: &SmsGroupRow) -> impl IntoView + use<> {
    if row.numbers.is_empty() {
        return Either::Left(view! { <span class="text-muted">{words::groups::NO_NUMBERS}</span> });
    }
    let numbers = row
        .numbers
        .iter()
        .map(|number| view! { <li>{number.display()}</li> })
        .collect_view();
    Either::Right(view! { <ul class="value-list">{numbers}</ul> })
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
