//! Add destination: the form, then the secret of a webhook, which is shown this once.

use domain::alert::{AlertDestinationInput, DestinationKind, NewAlertDestination, WEBHOOK_URL_MAX};
use leptos::prelude::*;

use crate::{
    components::{
        form::{DialogForm, at, on_answer},
        secret_once::{SecretOnce, SecretWords},
    },
    effect::effect,
    erase::{Erase, Erased},
    server_fns::alert_destination::CreateAlertDestination,
    ui::{Dialog, Required, SelectField, SelectOption, TextField, use_toasts},
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
    let toasts = use_toasts();
    let secret = RwSignal::new(None::<String>);
    let dirty = RwSignal::new(false);
    let close = Callback::new(move |()| {
        open.set(false);
        secret.set(None);
        dirty.set(false);
    });
    let on_added = Callback::new(move |new: NewAlertDestination| {
        dirty.set(false);
        toasts.success(words::provider::destination_added(&new.row.address));
        match new.secret {
            Some(told) => secret.set(Some(told)),
            None => close.run(()),
        }
        changed.run(());
    });
    view! {
        <Dialog id="add-destination" title=words::provider::ADD_DESTINATION open on_close=close dirty>
            {move || match secret.get() {
                Some(secret) => view! { <SecretOnce secret told=SECRET/> }.erase(),
                None => view! { <AddForm dirty on_added/> }.erase(),
            }}
        </Dialog>
    }
    .erase()
}

#[component]
fn AddForm(dirty: RwSignal<bool>, on_added: Callback<NewAlertDestination>) -> Erased {
    let kind = RwSignal::new(DestinationKind::Email.as_str().to_owned());
    let address = RwSignal::new(String::new());
    effect(move || dirty.set(!address.read().trim().is_empty()));
    let chosen = move || DestinationKind::parse(&kind.read()).unwrap_or(DestinationKind::Email);
    let save = ServerAction::<CreateAlertDestination>::new();
    let error = on_answer(*save, move |new| on_added.run(new));
    let on_submit = move |()| {
        save.dispatch(CreateAlertDestination {
            input: AlertDestinationInput {
                kind: untrack(chosen),
                address: address.get_untracked(),
            },
        });
    };
    let options = DestinationKind::ALL
        .map(|kind| SelectOption::new(kind.as_str(), words::provider::destination_kind(kind)))
        .to_vec();
    let hint = Signal::derive(move || Some(words::provider::address_hint(chosen()).to_owned()));
    view! {
        <DialogForm error fields=&["address"] label=words::provider::ADD_DESTINATION busy=save.pending() on_submit>
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
                error=at(error, "address")
                required=Required::Yes
                maxlength=u32::try_from(WEBHOOK_URL_MAX).unwrap_or(u32::MAX)
            />
        </DialogForm>
    }
    .erase()
}
