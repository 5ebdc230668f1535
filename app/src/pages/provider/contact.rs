//! The provider's own contact details, which its enterprises see on their General tab.

use domain::enterprise::{ContactInput, ProviderDetails};
use leptos::{either::Either, prelude::*};

use super::form::ReloadNotice;
use crate::{
    components::{
        form::{WhatElseIsWrong, at, use_sending},
        page_title::PageTitle,
    },
    erase::{Erase, Erased},
    sent_along::Sent,
    server_fns::provider::{UpdateProvider, get_provider},
    ui::{Appearance, Banner, Button, ButtonKind, Required, Spinner, TextField, TextKind, Tone, use_toasts},
    words,
};

/// The form.
#[component]
pub fn ContactPage() -> Erased {
    let details = Sent::new(get_provider);
    let save = ServerAction::<UpdateProvider>::new();
    let reload = Callback::new(move |()| {
        save.clear();
        details.refetch();
    });
    let shown = move || {
        Suspend::new(async move {
            match details.read().await {
                Ok(details) => Either::Left(view! { <ContactForm details save reload/> }),
                Err(error) => {
                    let text = error.to_string();
                    Either::Right(view! { <Banner tone=Tone::Danger text/> })
                }
            }
        })
    };
    view! {
        <PageTitle title=words::provider::CONTACT/>
        <p class="page-header__lead">{words::provider::CONTACT_LEAD}</p>
        <Transition fallback=|| view! { <Spinner label=words::shell::LOADING/> }>{shown}</Transition>
    }
    .erase()
}

#[component]
fn ContactForm(details: ProviderDetails, save: ServerAction<UpdateProvider>, reload: Callback<()>) -> Erased {
    let ProviderDetails { contact, version } = details;
    let version = RwSignal::new(version);
    let name = RwSignal::new(contact.name);
    let email = RwSignal::new(contact.email.unwrap_or_default());
    let phone = RwSignal::new(contact.phone.unwrap_or_default());
    let toasts = use_toasts();
    let input = move || UpdateProvider {
        version: version.get(),
        input: ContactInput {
            name: name.get(),
            email: email.get(),
            phone: phone.get(),
        },
    };
    let sending = use_sending(*save, input, move |saved| {
        version.set(saved.version);
        toasts.success(words::provider::CONTACT_SAVED);
    });
    let (outdated, sending) = sending.split_outdated();
    let error = sending.error;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        sending.send();
    };
    view! {
        <form class="form-grid provider-form" on:submit=submit novalidate>
            {move || outdated.get().then(|| view! { <ReloadNotice reload/> })}
            <WhatElseIsWrong error fields=&["name", "email", "phone"]/>
            <TextField
                id="provider-name"
                name="name"
                label=words::provider::FIELD_PROVIDER_NAME
                value=name
                error=at(error, "name")
                required=Required::Yes
            />
            <TextField
                id="provider-email"
                name="email"
                label=words::provider::FIELD_EMAIL
                value=email
                error=at(error, "email")
                kind=TextKind::Email
            />
            <TextField
                id="provider-phone"
                name="phone"
                label=words::provider::FIELD_PHONE
                value=phone
                error=at(error, "phone")
                kind=TextKind::Tel
            />
            <div>
                <Button
                    label=words::dialogs::SAVE
                    kind=ButtonKind::Submit
                    appearance=Appearance::Primary
                    busy=sending.busy
                />
            </div>
        </form>
    }
    .erase()
}
