//! The columns of the table of who can sign in and the buttons of a row.

use domain::{
    ids::AccountId,
    membership::{MemberRow, MemberState, TABLE},
};
use leptos::{either::Either, prelude::*};

use crate::{
    components::{
        data_table::{Column, RowAction},
        date_time::{DateAndTime, DateWithDistance},
    },
    erase::{Erase, Erased},
    paths::{MemberDeed, MemberDialog},
    ui::{Chip, Tone},
    words,
};

pub(super) fn columns() -> Vec<Column<MemberRow>> {
    let [email, name, role, state, last_signed_in] = TABLE.columns();
    vec![
        Column::new(email, words::provider::FIELD_EMAIL, |row: &MemberRow| {
            row.email.to_string()
        }),
        Column::new(name, words::provider::PERSON, |row: &MemberRow| {
            row.display_name
                .clone()
                .unwrap_or_else(|| words::provider::NO_NAME.to_owned())
        }),
        Column::new(role, words::provider::ROLE, |row: &MemberRow| {
            words::home::role(row.role)
        }),
        Column::new(state, words::provider::STATE, state_view),
        Column::new(
            last_signed_in,
            words::provider::LAST_SIGNED_IN,
            |row: &MemberRow| match row.last_signed_in_at {
                Some(at) => Either::Left(view! { <DateAndTime at/> }),
                None => Either::Right(words::provider::NEVER),
            },
        ),
    ]
}

/// Whether the person can sign in, and until when an invitation works.
fn state_view(row: &MemberRow) -> Erased {
    let tone = match row.state {
        MemberState::Active => Tone::Success,
        MemberState::Invited | MemberState::PasswordReset => Tone::Info,
        MemberState::Disabled => Tone::Neutral,
        MemberState::InvitationExpired => Tone::Warning,
    };
    let until = row.expires_at.map(|at| view! { <DateWithDistance at/> });
    view! {
        <Chip tone label=words::provider::member_state(row.state)/>
        " "
        {until}
    }
    .erase()
}

pub(super) fn row_actions(own: AccountId) -> Vec<RowAction<MemberRow>> {
    let name = |row: &MemberRow| row.name().to_owned();
    let is_role = |row: &MemberRow| !row.state.is_invitation();
    let own_account = move |row: &MemberRow| {
        let is_own = row.account == Some(own);
        is_own.then(|| words::provider::OWN_ACCOUNT.to_owned())
    };
    let beyond_reach = move |row: &MemberRow| {
        let shared = row.shared.then(|| words::provider::SHARED.to_owned());
        own_account(row).or(shared)
    };
    let ask = |deed: MemberDeed| move |row: &MemberRow| MemberDialog::Ask(deed, row.id).parameters();
    vec![
        RowAction::new(words::provider::CHANGE_ROLE, name, |row: &MemberRow| {
            MemberDialog::Role(row.id).parameters()
        })
        .only_where(is_role)
        .refused_by_row(None, own_account),
        RowAction::new(words::provider::TOKENS, name, |row: &MemberRow| {
            MemberDialog::Tokens(row.id).parameters()
        })
        .only_where(is_role)
        .refused_by_row(None, own_account),
        RowAction::new(words::provider::RESET_PASSWORD, name, ask(MemberDeed::Reset))
            .only_where(move |row| is_role(row) && row.state != MemberState::Disabled)
            .refused_by_row(None, beyond_reach),
        RowAction::new(words::provider::DISABLE, name, ask(MemberDeed::Disable))
            .only_where(move |row| is_role(row) && row.state != MemberState::Disabled)
            .refused_by_row(None, beyond_reach),
        RowAction::new(words::provider::ENABLE, name, ask(MemberDeed::Enable))
            .only_where(|row| row.state == MemberState::Disabled)
            .refused_by_row(None, beyond_reach),
        RowAction::new(words::provider::REMOVE, name, ask(MemberDeed::Remove))
            .only_where(is_role)
            .refused_by_row(None, own_account),
        RowAction::new(words::provider::NEW_LINK, name, ask(MemberDeed::Renew))
            .only_where(|row| row.state.is_invitation()),
        RowAction::new(words::provider::WITHDRAW, name, ask(MemberDeed::Withdraw))
            .only_where(|row| row.state.is_invitation()),
    ]
}
