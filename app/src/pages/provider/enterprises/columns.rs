//! The columns of the table of enterprises and the buttons of a row.

use domain::enterprise::{EnterpriseRow, TABLE};
use leptos::{either::Either, prelude::*};

use crate::{
    components::data_table::{Column, RowAction},
    erase::{Erase, Erased},
    paths::{self, EnterpriseDialog},
    ui::{Chip, Indicator, IndicatorState, Tone},
    words,
};

pub(super) fn columns() -> Vec<Column<EnterpriseRow>> {
    let [name, slug, state, sms, app, expired, expiring, users, numbers, groups] = TABLE.columns();
    vec![
        Column::new(name, words::provider::NAME, |row: &EnterpriseRow| {
            row.record.name.clone()
        })
        .opens(|row| EnterpriseDialog::Update(row.record.slug.clone()).parameters()),
        Column::new(slug, words::provider::PAGES, pages),
        Column::new(state, words::provider::STATE, |row: &EnterpriseRow| {
            let (tone, label) = if row.record.suspended {
                (Tone::Warning, words::provider::SUSPENDED)
            } else {
                (Tone::Success, words::provider::ACTIVE)
            };
            view! { <Chip tone label/> }
        }),
        Column::new(sms, words::provider::SMS, |row: &EnterpriseRow| {
            let state = IndicatorState::from(row.record.switches.sms);
            view! { <Indicator state/> }
        }),
        Column::new(app, words::general::CONNECTOR_APP, |row: &EnterpriseRow| {
            words::general::connector_app(row.record.switches.connector_app)
        }),
        Column::new(expired, words::provider::EXPIRED, |row: &EnterpriseRow| {
            domains(row.expired_domains, Tone::Danger)
        }),
        Column::new(expiring, words::provider::EXPIRING, |row: &EnterpriseRow| {
            domains(row.expiring_domains, Tone::Warning)
        }),
        Column::new(users, words::provider::USERS, |row: &EnterpriseRow| row.user_count),
        Column::new(numbers, words::provider::NUMBERS, |row: &EnterpriseRow| {
            row.number_count
        }),
        Column::new(groups, words::provider::GROUPS, |row: &EnterpriseRow| row.group_count),
    ]
}

/// The ways to the enterprise's own pages and to who can sign in there.
fn pages(row: &EnterpriseRow) -> Erased {
    let record = &row.record;
    let (whose_pages, whose_accounts) = (
        words::provider::pages_of(&record.name),
        words::provider::accounts_of(&record.name),
    );
    view! {
        <span class="provider-links">
            // The whole page anew, as when somebody switches between enterprises.
            <a class="link" href=paths::enterprise(&record.slug) rel="external">
                {words::provider::OPEN}
                <span class="visually-hidden">{whose_pages}</span>
            </a>
            <a class="link" href=paths::provider_members(&record.slug)>
                {words::provider::ACCOUNTS}
                <span class="visually-hidden">{whose_accounts}</span>
            </a>
        </span>
    }
    .erase()
}

/// A count of domains that stands out unless it is nought.
fn domains(count: u32, tone: Tone) -> Erased {
    let shown = if count == 0 {
        Either::Left(count)
    } else {
        Either::Right(view! { <Chip tone label=count.to_string()/> })
    };
    shown.erase()
}

pub(super) fn row_actions() -> Vec<RowAction<EnterpriseRow>> {
    let name = |row: &EnterpriseRow| row.record.name.clone();
    let suspend = |row: &EnterpriseRow| EnterpriseDialog::Suspend(row.record.slug.clone()).parameters();
    vec![
        RowAction::new(words::provider::UPDATE, name, |row| {
            EnterpriseDialog::Update(row.record.slug.clone()).parameters()
        }),
        RowAction::new(words::provider::SUSPEND, name, suspend).only_where(|row| !row.record.suspended),
        RowAction::new(words::provider::RESUME, name, suspend).only_where(|row| row.record.suspended),
    ]
}
