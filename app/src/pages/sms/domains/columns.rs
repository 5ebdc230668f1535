//! The columns of the Domains table and the buttons of a row.

use chrono::{DateTime, Utc};
use domain::{
    access::{Action, Resource},
    domain_subscription::{DomainSubscriptionRow, RenewalStatus, TABLE, told_of_request},
};
use leptos::{either::Either, prelude::*};

use super::super::tone_of;
use crate::{
    components::{
        data_table::{Column, Copied, RowAction},
        date_time::{DateWithDistance, Distance},
        permission::refusal,
        unbroken::unbroken,
    },
    erase::{Erase, Erased},
    paths::DomainDialog,
    ui::{Chip, Tone},
    words,
};

pub(super) fn columns() -> Vec<Column<DomainSubscriptionRow>> {
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
            unbroken(row.domain.to_string())
        })
        .opens(|row| DomainDialog::Details(row.id).parameters())
        .copied(|row| copied(words::domains::DOMAIN, row, Some(row.domain.to_string()))),
        Column::new(
            profile,
            words::domains::CARRIER_PROFILE,
            |row: &DomainSubscriptionRow| unbroken(row.carrier_profile.clone()),
        )
        .copied(|row| copied(words::domains::CARRIER_PROFILE, row, Some(row.carrier_profile.clone()))),
        Column::new(
            subscription_id,
            words::domains::SUBSCRIPTION_ID,
            |row: &DomainSubscriptionRow| unbroken(or_none(row.subscription_id.as_ref())),
        )
        .copied(|row| copied(words::domains::SUBSCRIPTION_ID, row, row.subscription_id.clone())),
        Column::new(
            subscribed_at,
            words::domains::SUBSCRIPTION_DATE,
            |row: &DomainSubscriptionRow| moment(row.subscribed_at),
        )
        .copied(|row| copied_moment(words::domains::SUBSCRIPTION_DATE, row, row.subscribed_at)),
        Column::new(
            expires_at,
            words::domains::EXPIRY_DATE,
            |row: &DomainSubscriptionRow| moment(row.expires_at),
        )
        .copied(|row| copied_moment(words::domains::EXPIRY_DATE, row, row.expires_at)),
        Column::new(state, words::domains::STATE, state_view),
        Column::new(numbers, words::domains::NUMBERS, |row: &DomainSubscriptionRow| {
            row.number_count
        }),
    ]
}

/// The buttons of a row; renewing is there for whoever keeps the domains.
pub(super) fn row_actions(keeps: bool) -> Vec<RowAction<DomainSubscriptionRow>> {
    let name = |row: &DomainSubscriptionRow| row.domain.to_string();
    let renew = RowAction::new(words::domains::RENEW, name, |row| {
        DomainDialog::Renew(row.id).parameters()
    })
    .refused_by_row(refusal(Action::Update, Resource::DomainSubscription), |row| {
        words::domains::why_not_renewed(row.renewal).map(str::to_owned)
    });
    let request = RowAction::new(words::domains::REQUEST, name, |row| {
        DomainDialog::Request(row.id).parameters()
    })
    .only_where(DomainSubscriptionRow::can_be_requested)
    .refused_by_row(refusal(Action::Create, Resource::ResubscriptionRequest), |row| {
        row.open_request().map(|_| words::domains::REQUEST_IS_OPEN.to_owned())
    });
    let delete = RowAction::new(words::domains::DELETE, name, |row| {
        DomainDialog::Delete(row.id).parameters()
    })
    .refused_by_row(refusal(Action::Delete, Resource::DomainSubscription), |row| {
        row.is_being_deleted()
            .then(|| words::domains::IS_BEING_DELETED.to_owned())
    });
    let renew = keeps.then_some(renew);
    renew.into_iter().chain([request, delete]).collect()
}

fn copied(what: &str, row: &DomainSubscriptionRow, value: Option<String>) -> Option<Copied> {
    value.map(|value| Copied {
        label: words::table::copy(what, row.domain.as_str()),
        value,
    })
}

fn copied_moment(what: &str, row: &DomainSubscriptionRow, at: Option<DateTime<Utc>>) -> Option<Copied> {
    copied(what, row, at.map(|at| at.to_rfc3339()))
}

pub(super) fn or_none(text: Option<&String>) -> String {
    text.cloned().unwrap_or_else(|| words::domains::NONE.to_owned())
}

/// A moment and how far away it is.
pub(super) fn moment(at: Option<DateTime<Utc>>) -> impl IntoView {
    match at {
        Some(at) => Either::Left(view! { <DateWithDistance at/> }),
        None => Either::Right(words::domains::NONE),
    }
}

/// How the subscription stands, why its renewal or deletion failed if it did, and what was asked of the provider.
pub(super) fn state_view(row: &DomainSubscriptionRow) -> Erased {
    let tone = match row.renewal {
        RenewalStatus::Deleting => Tone::Neutral,
        RenewalStatus::Renewing => Tone::Info,
        RenewalStatus::Idle | RenewalStatus::Failed | RenewalStatus::DeletionFailed => tone_of(row.state),
    };
    let label = words::domains::state(row.renewal, row.state);
    let failure = row
        .what_failed()
        .map(|text| view! { <span class="domain-state__note">{text}</span> });
    let request = request_note(row);
    view! {
        <span class="domain-state">
            <Chip tone label/>
            {failure}
            {request}
        </span>
    }
    .erase()
}

/// What became of the last request, and when.
fn request_note(row: &DomainSubscriptionRow) -> Option<Erased> {
    let request = row.shown_request()?;
    let at = request.answered_at.unwrap_or(request.requested_at);
    let text = told_of_request(request.state, request.answer.as_deref());
    let note = view! {
        <span class="domain-state__note">
            {text} " ("
            <Distance at/>
            ")"
        </span>
    };
    Some(note.erase())
}
