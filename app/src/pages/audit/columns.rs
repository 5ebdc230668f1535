//! The columns of the audit log and the button of a row.

use domain::audit::{AuditEventRow, TABLE, action_label, resource_label};
use leptos::prelude::*;

use crate::{
    components::{
        data_table::{Column, RowAction},
        date_time::DateAndTime,
        difference::DifferenceList,
    },
    paths::AuditDialog,
    ui::{Chip, Tone},
    words,
};

pub(super) fn columns() -> Vec<Column<AuditEventRow>> {
    let [at, actor, action, resource, subject, changes, peer] = TABLE.columns();
    vec![
        Column::new(at, words::audit::WHEN, |row: &AuditEventRow| {
            view! { <DateAndTime at=row.at/> }
        })
        .opens(opens),
        Column::new(actor, words::audit::WHO, |row: &AuditEventRow| row.actor.clone()),
        Column::new(action, words::audit::ACTION, action_cell),
        Column::new(resource, words::audit::KIND, |row: &AuditEventRow| {
            resource_label(&row.resource).to_owned()
        }),
        Column::new(subject, words::audit::THING, |row: &AuditEventRow| {
            words::audit::thing(row.subject.as_deref())
        }),
        Column::new(changes, words::audit::CHANGES, |row: &AuditEventRow| {
            view! { <DifferenceList changes=row.changes.clone() more=row.more/> }
        }),
        Column::new(peer, words::audit::FROM, |row: &AuditEventRow| {
            words::audit::from(row.peer.as_deref())
        }),
    ]
}

pub(super) fn row_actions() -> Vec<RowAction<AuditEventRow>> {
    vec![RowAction::new(words::audit::DETAILS, words::audit::details_of, opens)]
}

fn opens(row: &AuditEventRow) -> String {
    AuditDialog::Entry(row.id).parameters()
}

fn action_cell(row: &AuditEventRow) -> impl IntoView + use<> {
    let tone = match row.action.as_str() {
        "create" | "restore" => Tone::Success,
        "delete" => Tone::Danger,
        "import" => Tone::Info,
        _ => Tone::Neutral,
    };
    view! { <Chip tone label=action_label(&row.action).to_owned()/> }
}
