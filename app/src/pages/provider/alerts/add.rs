//! Add destination: the form, then the secret of a webhook, which is shown this once.

use domain::alert::{AlertDestinationInput, DestinationKind, WEBHOOK_URL_MAX};
use leptos::prelude::*;

use crate::{
    components::{
        form::{DialogForm, at, use_sending},
        secret_once::{Making, SecretWords, secret_dialog},
    },
    effect::effect,
    erase::{Erase, Erased},
    server_fns::alert_destination::CreateAlertDestination,
    ui::{Required, SelectField, SelectOption, TextField, use_toasts},
    words,
};

const SECRET: SecretWords = SecretWords {
    once: words::provider::SECRET_ONCE,
    label: words::provider::SECRET,
    copy: words::provider::COPY_SECRET,
    copied: words::provider::SECRET_COPIED,
    done: words::provider::SECRET_DONE,
};

#[component]
pub(super) fn AddDialog(
    open: RwSignal<bool>,
    /// Called when there is a new destination.
    changed: Callback<()>,
) -> Erased {
    secret_dialog(
        "add-destination",
        words::provider::ADD_DESTINATION,
        open,
        SECRET,
        Box::new(move |making| view! { <AddForm making changed/> }.erase()),
    )
}

#[component]
fn AddForm(making: Making, changed: Callback<()>) -> Erased {
    let toasts = use_toasts();
    let kind = RwSignal::new(DestinationKind::Email.as_str().to_owned());
    let address = RwSignal::new(String::new());
    effect(move || making.dirty.set(!address.read().trim().is_empty()));
    let chosen = move || DestinationKind::parse(&kind.read()).unwrap_or(DestinationKind::Email);
    let input = move || CreateAlertDestination {
        input: AlertDestinationInput {
            kind: chosen(),
            address: address.get(),
        },
    };
    let sending = use_sending(*ServerAction::<CreateAlertDestination>::new(), input, move |new| {
        toasts.success(words::provider::destination_added(&new.row.address));
        making.made(new.secret);
        changed.run(());
    });
    let options = DestinationKind::ALL
        .map(|kind| SelectOption::new(kind.as_str(), words::provider::destination_kind(kind)))
        .to_vec();
    let hint = Signal::derive(move || Some(words::provider::address_hint(chosen()).to_owned()));
    view! {
        <DialogForm sending fields=&["address"] label=words::provider::ADD_DESTINATION>
            <SelectField
                id="destination-kind"
                name="kind"
                label=words::provider::FIELD_KIND
                options
                value=kind
            />
            <TextField
                id="destination-address"
                name="address"
                label=words::provider::FIELD_ADDRESS
                hint
                value=address
                error=at(sending.error, "address")
                required=Required::Yes
                maxlength=u32::try_from(WEBHOOK_URL_MAX).unwrap_or(u32::MAX)
            />
        </DialogForm>
    }
    .erase()
}
