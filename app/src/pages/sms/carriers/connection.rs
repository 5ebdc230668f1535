//! Test connection: tries the credentials and tells what they may see, or why they do not work.

use domain::{
    access::{Action, Resource as Subject},
    carrier_profile::{CarrierProfileDetails, ProfileCheck},
    ids::CarrierProfileId,
};
use leptos::{either::EitherOf3, prelude::*};

use super::Dialogs;
use crate::{
    components::{date_time::DateAndTime, permission::refusal},
    context::use_enterprise,
    erase::{Erase, Erased},
    paths::ProfileDialog,
    server_fns::carrier_profile::{CheckCarrierProfile, get_carrier_profile},
    ui::{Appearance, Banner, Button, Dialog, DialogBody, DialogFooter, DialogSize, Spinner, Tone},
    words,
};

#[component]
pub(super) fn TestDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(ProfileDialog::Test(id)) => Some(id),
        _ => None,
    });
    let open = Signal::derive(move || id.get().is_some());
    view! {
        <Dialog
            id="test-profile"
            title=words::carriers::TEST_TITLE
            open
            on_close=dialogs.close
            size=DialogSize::Small
        >
            {move || id.get().map(|id| view! { <Connection id dialogs/> })}
        </Dialog>
    }
    .erase()
}

#[component]
fn Connection(id: CarrierProfileId, dialogs: Dialogs) -> Erased {
    let slug = StoredValue::new(use_enterprise().slug);
    let first = LocalResource::new(move || get_carrier_profile(slug.get_value(), id));
    let check = ServerAction::<CheckCarrierProfile>::new();
    let test = move |()| {
        check.dispatch(CheckCarrierProfile {
            enterprise: slug.get_value(),
            id,
        });
    };
    let shown = move || match check.value().get().or_else(|| first.get()) {
        Some(Ok(profile)) => EitherOf3::A(view! { <Outcome profile/> }),
        Some(Err(error)) => EitherOf3::B(view! { <Banner tone=Tone::Danger text=error.to_string()/> }),
        None => EitherOf3::C(view! { <Spinner label=words::carriers::LOADING_ONE/> }),
    };
    view! {
        <DialogBody>{shown}</DialogBody>
        <DialogFooter>
            <Button label=words::dialogs::CLOSE on_press=dialogs.close/>
            <Button
                label=words::carriers::TEST
                appearance=Appearance::Primary
                busy=check.pending()
                disabled_reason=refusal(Action::Update, Subject::CarrierProfile)
                on_press=test
            />
        </DialogFooter>
    }
    .erase()
}

#[component]
fn Outcome(profile: CarrierProfileDetails) -> Erased {
    let name = profile.name;
    let outcome = match profile.check {
        Some(ProfileCheck { at, passed, message }) => {
            let tone = if passed { Tone::Success } else { Tone::Danger };
            view! {
                <Banner tone text=message/>
                <p class="text-muted">
                    {words::carriers::TESTED_ON} " " <DateAndTime at/>
                </p>
            }
            .erase()
        }
        None => view! { <p>{words::carriers::NEVER_TESTED}</p> }.erase(),
    };
    view! {
        <p>{name}</p>
        {outcome}
    }
    .erase()
}
