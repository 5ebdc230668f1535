//! The destinations, what has become of the last message to each, and trying one out.

use chrono::{DateTime, Utc};
use domain::{
    alert::{AlertDestinationRow, AlertDestinations, DeliveryState, LastDelivery},
    ids::AlertDestinationId,
};
use icondata_lu as lu;
use leptos::{prelude::*, task::spawn_local};

use crate::{
    components::{date_time::DateAndTime, token_list::RemovalButton},
    erase::{Erase, Erased},
    server_fns::alert_destination::send_test_alert,
    ui::{Banner, Button, ButtonSize, Chip, EmptyState, Toasts, Tone, use_toasts},
    words,
};

/// Test messages from this page.
#[derive(Clone, Copy)]
pub(super) struct Testing {
    /// The destination that one is on its way to.
    under_way: RwSignal<Option<AlertDestinationId>>,
    /// Called when one was sent, or was not.
    changed: Callback<()>,
    toasts: Toasts,
}

impl Testing {
    pub(super) fn new(changed: Callback<()>) -> Self {
        Self {
            under_way: RwSignal::new(None),
            changed,
            toasts: use_toasts(),
        }
    }

    fn send(self, id: AlertDestinationId) {
        self.under_way.set(Some(id));
        let answer = send_test_alert(id);
        spawn_local(async move {
            match answer.await {
                Ok(row) => self.tell(&row),
                Err(error) => self.toasts.error(error.to_string()),
            }
            // Whoever waited may have gone elsewhere.
            let is_here = self.under_way.try_set(None).is_none();
            if is_here {
                self.changed.run(());
            }
        });
    }

    fn tell(self, row: &AlertDestinationRow) {
        let failure = row.last.as_ref().and_then(|last| last.failure.as_deref());
        match failure {
            None => self.toasts.success(words::provider::test_sent(&row.address)),
            Some(reason) => self.toasts.error(words::provider::test_failed(&row.address, reason)),
        }
    }
}

#[component]
pub(super) fn Destinations(
    found: AlertDestinations,
    removing: RwSignal<Option<AlertDestinationRow>>,
    testing: Testing,
) -> Erased {
    let no_mail =
        (!found.sends_email).then(|| view! { <Banner tone=Tone::Info text=words::provider::NO_MAIL_SERVER/> });
    view! {
        {no_mail}
        <DestinationList rows=found.rows removing testing/>
    }
    .erase()
}

#[component]
fn DestinationList(
    rows: Vec<AlertDestinationRow>,
    removing: RwSignal<Option<AlertDestinationRow>>,
    testing: Testing,
) -> Erased {
    if rows.is_empty() {
        let text = words::provider::NO_DESTINATIONS_TEXT.to_owned();
        return view! { <EmptyState icon=lu::LuBell title=words::provider::NO_DESTINATIONS text/> }.erase();
    }
    let items = rows
        .into_iter()
        .map(|row| view! { <DestinationItem row removing testing/> })
        .collect_view();
    view! {
        <ul class="token-list" aria-label=words::provider::DESTINATIONS>
            {items}
        </ul>
    }
    .erase()
}

#[component]
fn DestinationItem(
    row: AlertDestinationRow,
    removing: RwSignal<Option<AlertDestinationRow>>,
    testing: Testing,
) -> Erased {
    let (id, created_at, last) = (row.id, row.created_at, row.last.clone());
    let (address, kind) = (row.address.clone(), words::provider::destination_kind(row.kind));
    let to_it = words::provider::to_destination(&address);
    let row = StoredValue::new(row);
    view! {
        <li class="token-list__item">
            <div class="token-list__what">
                <span class="token-list__name">{address.clone()}</span>
                <span>{kind}</span>
            </div>
            <div class="token-list__facts">
                <span>{words::provider::DESTINATION_ADDED} " " <DateAndTime at=created_at/></span>
                <LastMessage last/>
            </div>
            <div class="token-list__actions token-list__actions--several">
                <Button
                    label=words::provider::SEND_TEST
                    context=to_it
                    icon=lu::LuSend
                    size=ButtonSize::Small
                    busy=Signal::derive(move || testing.under_way.get() == Some(id))
                    on_press=move |()| testing.send(id)
                />
                <RemovalButton
                    label=words::provider::REMOVE_DESTINATION
                    context=address
                    on_press=move |()| removing.set(Some(row.get_value()))
                />
            </div>
        </li>
    }
    .erase()
}

#[component]
fn LastMessage(last: Option<LastDelivery>) -> Erased {
    let Some(last) = last else {
        return view! { <span>{words::provider::NOTHING_SENT}</span> }.erase();
    };
    let tone = match last.state {
        DeliveryState::Waiting => Tone::Warning,
        DeliveryState::Sent => Tone::Success,
        DeliveryState::Failed => Tone::Danger,
    };
    let (before, state) = (
        words::provider::last_message(&last),
        words::provider::delivery_state(last.state),
    );
    let failure = last.failure.as_deref();
    let failure = failure.map(|reason| words::provider::delivery_failure(reason, last.attempts));
    let (at, again) = (last.at, last.next_attempt_at);
    view! {
        <span>{before} " " <Chip tone label=state/> " " <DateAndTime at/></span>
        {failure.map(|text| view! { <span>{text}</span> })}
        <TriedAgain at=again/>
    }
    .erase()
}

#[component]
fn TriedAgain(at: Option<DateTime<Utc>>) -> Erased {
    at.map(|at| view! { <span>{words::provider::TRIED_AGAIN} " " <DateAndTime at/></span> })
        .erase()
}
