//! What is known about a domain: also its last renewal, the next attempt, the last request and the subscriptions of others.

use domain::{
    access::Resource as Subject,
    domain_subscription::{DomainSubscriptionDetails, ForeignSubscriptions, told_of_request},
    ids::DomainSubscriptionId,
    resubscription_request::ResubscriptionRequest,
};
use leptos::{either::EitherOf3, prelude::*};

use super::{
    Dialogs,
    columns::{moment, or_none, state_view},
    follow::{Found, follow},
};
use crate::{
    components::{date_time::DateWithDistance, form::OnlyToRead, history::History},
    erase::{Erase, Erased},
    paths::DomainDialog,
    ui::{Banner, Description, DescriptionList, Dialog, DialogKind, Spinner, Tone},
    words,
};

#[component]
pub(super) fn DetailsDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(DomainDialog::Details(id)) => Some(id),
        _ => None,
    });
    let found: Found = RwSignal::new(None);
    let title = move || match found.get() {
        Some(Ok(shown)) => shown.row.domain.to_string(),
        _ => words::domains::DETAILS_TITLE.to_owned(),
    };
    view! {
        <Dialog
            id="domain-details"
            title=Signal::derive(title)
            open=Signal::derive(move || id.get().is_some())
            on_close=dialogs.close
            kind=DialogKind::Form
        >
            <OnlyToRead close=dialogs.close>
                {move || id.get().map(|id| view! { <Content id found/> })}
            </OnlyToRead>
        </Dialog>
    }
    .erase()
}

/// What changes with the domain, and the history, which stays open meanwhile.
#[component]
fn Content(id: DomainSubscriptionId, found: Found) -> Erased {
    view! {
        <Known id found/>
        <History resource=Subject::DomainSubscription id=id.0/>
    }
    .erase()
}

#[component]
fn Known(id: DomainSubscriptionId, found: Found) -> Erased {
    follow(id, found);
    let known = move || match found.get() {
        Some(Ok(details)) => EitherOf3::A(view! { <Facts details/> }),
        Some(Err(error)) => {
            let text = error.to_string();
            EitherOf3::B(view! { <Banner tone=Tone::Danger text/> })
        }
        None => EitherOf3::C(view! { <Spinner label=words::domains::LOADING_ONE/> }),
    };
    known.erase()
}

#[component]
fn Facts(details: DomainSubscriptionDetails) -> Erased {
    let DomainSubscriptionDetails { row, foreign, .. } = details;
    let stands = state_view(&row);
    let (profile, subscription_id) = (row.carrier_profile, or_none(row.subscription_id.as_ref()));
    let (subscribed_at, expires_at) = (row.subscribed_at, row.expires_at);
    let (renewed_at, next_at) = (row.last_renewed_at, row.next_attempt_at);
    let numbers = row.number_count;
    view! {
        <DescriptionList>
            <Description term=words::domains::STATE>{stands}</Description>
            <Description term=words::domains::EXPIRY_DATE>{moment(expires_at)}</Description>
            <Description term=words::domains::LAST_RENEWAL>{moment(renewed_at)}</Description>
            <Description term=words::domains::NEXT_ATTEMPT>{next_attempt(next_at)}</Description>
            <Description term=words::domains::SUBSCRIPTION_DATE>{moment(subscribed_at)}</Description>
            <Description term=words::domains::SUBSCRIPTION_ID>{subscription_id}</Description>
            <Description term=words::domains::CARRIER_PROFILE>{profile}</Description>
            <Description term=words::domains::NUMBERS>{numbers}</Description>
            {row.request.map(|request| view! { <LastRequest request/> })}
            {(foreign.count > 0).then(|| view! { <Foreign foreign/> })}
        </DescriptionList>
    }
    .erase()
}

fn next_attempt(at: Option<chrono::DateTime<chrono::Utc>>) -> Erased {
    match at {
        Some(at) => view! { <DateWithDistance at/> }.erase(),
        None => words::domains::NO_NEXT_ATTEMPT.erase(),
    }
}

/// What others have subscribed on the domain.
#[component]
fn Foreign(foreign: ForeignSubscriptions) -> Erased {
    let not_named = u64::from(foreign.count).saturating_sub(foreign.named.len() as u64);
    let more = (not_named > 0).then(|| words::domains::more_numbers(not_named));
    let list: Vec<Erased> = foreign
        .named
        .iter()
        .map(words::domains::foreign_one)
        .chain(more)
        .map(|text| view! { <li>{text}</li> }.erase())
        .collect();
    let note = words::domains::foreign(foreign.count);
    view! {
        <Description term=words::domains::FOREIGN>
            <p>{note}</p>
            <ul class="consequences__numbers">{list}</ul>
        </Description>
    }
    .erase()
}

#[component]
fn LastRequest(request: ResubscriptionRequest) -> Erased {
    let (at, by) = (
        request.requested_at,
        words::domains::filed_by(request.requested_by.as_deref()),
    );
    let became = told_of_request(request.state, request.answer.as_deref());
    view! {
        <Description term=words::domains::LAST_REQUEST>
            <p>{became}</p>
            <p class="text-muted">{by} " " <DateWithDistance at/></p>
        </Description>
    }
    .erase()
}
