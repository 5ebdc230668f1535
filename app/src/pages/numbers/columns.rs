//! The columns of the Numbers table and the buttons of a row.

use domain::{
    access::{Action, Resource},
    enterprise::EnterpriseSlug,
    number::{Assignee, NumberService, PhoneNumberRow, TABLE},
};
use icondata_lu as lu;
use leptos::{either::Either, prelude::*};

use crate::{
    components::{
        data_table::{Column, Copied, RowAction},
        date_time::DateAndTime,
        permission::refusal,
        unbroken::unbroken,
    },
    paths::{self, NumberDialog},
    ui::{Chip, Tone},
    words,
};

/// The columns; that of the carrier only for those who have to do with `carriers`.
pub(super) fn columns(slug: &EnterpriseSlug, carriers: bool) -> Vec<Column<PhoneNumberRow>> {
    let [number, assigned_to, carrier, services, released] = TABLE.columns();
    let slug = slug.clone();
    let mut columns = vec![
        Column::new(number, words::numbers::NUMBER, |row: &PhoneNumberRow| {
            unbroken(row.e164.display())
        })
        .copied(|row| {
            Some(Copied {
                label: words::table::copy(words::numbers::NUMBER, &row.e164.display()),
                value: row.e164.to_string(),
            })
        }),
        Column::new(assigned_to, words::numbers::ASSIGNED_TO, move |row: &PhoneNumberRow| {
            assignee_cell(&slug, row)
        }),
    ];
    if carriers {
        columns.push(Column::new(carrier, words::numbers::CARRIER, carrier_cell));
    }
    columns.push(
        Column::new(services, words::numbers::SERVICES, service_cell)
            .opens_if(|row| (row.service() == NumberService::Free).then(|| NumberDialog::Assign(row.id).parameters())),
    );
    columns.push(Column::new(released, words::numbers::RELEASED, released_cell));
    columns
}

/// The buttons; those that change the number itself only for who `keeps` the numbers.
pub(super) fn row_actions(keeps: bool) -> Vec<RowAction<PhoneNumberRow>> {
    let name = |row: &PhoneNumberRow| row.e164.display();
    let mut actions = vec![
        RowAction::new(words::numbers::ASSIGN, name, |row| {
            NumberDialog::Assign(row.id).parameters()
        })
        .refused(refusal(Action::Update, Resource::NumberAssignment)),
    ];
    if keeps {
        actions.push(
            RowAction::new(words::numbers::UPDATE, name, |row| {
                NumberDialog::Update(row.id).parameters()
            })
            .refused(refusal(Action::Update, Resource::PhoneNumber)),
        );
        actions.push(
            RowAction::new(words::numbers::DELETE, name, |row| {
                NumberDialog::Delete(row.id).parameters()
            })
            .refused(refusal(Action::Delete, Resource::PhoneNumber)),
        );
    }
    actions
}

/// Leads to the person or the group.
fn assignee_cell(slug: &EnterpriseSlug, row: &PhoneNumberRow) -> impl IntoView + use<> {
    let Some(assignee) = &row.assignee else {
        return Either::Left(view! { <span class="text-muted">{words::numbers::UNASSIGNED}</span> });
    };
    let (href, name) = match assignee {
        Assignee::TeamsUser { id, name } => (paths::user(slug, *id), name.clone()),
        Assignee::SmsGroup { id, name } => (paths::group(slug, *id), name.clone()),
    };
    Either::Right(view! {
        <a class="link" href=href>
            {name}
        </a>
    })
}

fn carrier_cell(row: &PhoneNumberRow) -> impl IntoView + use<> {
    match &row.carrier {
        Some(carrier) => Either::Left(view! {
            <span class="person">
                <span class="person__name">{carrier.profile.clone()}</span>
                <span class="person__detail">{carrier.kind.label()}</span>
            </span>
        }),
        None => Either::Right(view! { <span class="text-muted">{words::numbers::NO_PROFILE}</span> }),
    }
}

fn service_cell(row: &PhoneNumberRow) -> impl IntoView + use<> {
    let service = row.service();
    let (tone, icon) = match service {
        NumberService::NotCapable => (Tone::Neutral, lu::LuBan),
        NumberService::Free => (Tone::Info, lu::LuCircleHelp),
        NumberService::Assigned => (Tone::Success, lu::LuCircleCheck),
    };
    let deed = (service == NumberService::Free)
        .then(|| view! { <span class="visually-hidden">{words::numbers::assign_this(row.e164)}</span> });
    view! {
        <Chip tone label=words::numbers::service(service) icon/>
        {deed}
    }
}

/// When somebody last lost the number, and how.
fn released_cell(row: &PhoneNumberRow) -> impl IntoView + use<> {
    match &row.released {
        Some(released) => Either::Left(view! {
            <span class="date-with-note">
                <DateAndTime at=released.at/>
                <span class="date-with-note__note">{words::numbers::cause(released)}</span>
            </span>
        }),
        None => Either::Right(view! { <span class="text-muted">{words::numbers::NEVER_RELEASED}</span> }),
    }
}
