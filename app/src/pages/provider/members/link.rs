//! A link that was just made, told once.

use domain::invitation::OneTimeLink;
use leptos::prelude::*;

use super::Dialogs;
use crate::{
    components::date_time::DateWithDistance,
    erase::{Erase, Erased},
    paths,
    ui::{
        Appearance, Banner, Button, CopyButton, Description, DescriptionList, Dialog, DialogBody, DialogFooter, Tone,
    },
    words,
};

#[component]
pub(super) fn LinkDialog(dialogs: Dialogs) -> Erased {
    let link = dialogs.link;
    let close = Callback::new(move |()| link.set(None));
    view! {
        <Dialog
            id="one-time-link"
            title=words::provider::LINK_TITLE
            open=Signal::derive(move || link.read().is_some())
            on_close=close
        >
            <DialogBody>
                <Banner tone=Tone::Warning text=words::provider::LINK_ONCE/>
                {move || link.get().map(|link| view! { <Told link/> })}
            </DialogBody>
            <DialogFooter>
                <Button label=words::dialogs::CLOSE appearance=Appearance::Primary on_press=close/>
            </DialogFooter>
        </Dialog>
    }
    .erase()
}

#[component]
fn Told(link: OneTimeLink) -> Erased {
    // Dialogs are drawn in the browser only, which knows the portal's address.
    let origin = window().location().origin().unwrap_or_default();
    let address = format!("{origin}{}", paths::invitation(&link.token));
    let copied = address.clone();
    let (email, at) = (link.email.to_string(), link.expires_at);
    view! {
        <DescriptionList>
            <Description term=words::provider::LINK_FOR>{email}</Description>
            <Description term=words::provider::LINK_UNTIL>
                <DateWithDistance at/>
            </Description>
            <Description term=words::provider::LINK>
                <span class="one-time-link">
                    <code>{address}</code>
                    <CopyButton label=words::provider::COPY_LINK value=copied/>
                </span>
            </Description>
        </DescriptionList>
    }
    .erase()
}
