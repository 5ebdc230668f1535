//! Request re-subscription: what is asked of the provider, then the deed.

use domain::{
    access::{Action, Resource as Subject},
    ids::DomainSubscriptionId,
};
use leptos::{either::EitherOf3, prelude::*};

use super::{
    Dialogs,
    follow::{Found, follow},
};
use crate::{
    components::permission::refusal,
    context::use_enterprise,
    erase::Erase,
    paths::DomainDialog,
    server_fns::resubscription_request::FileResubscriptionRequest,
    ui::{Appearance, Banner, Button, Dialog, DialogBody, DialogFooter, DialogKind, DialogSize, Spinner, Tone},
    words,
};

#[component]
pub(super) fn RequestDialog(dialogs: Dialogs) -> AnyView {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(DomainDialog::Request(id)) => Some(id),
        _ => None,
    });
    let slug = StoredValue::new(use_enterprise().slug);
    let refused = StoredValue::new(refusal(Action::Create, Subject::ResubscriptionRequest));
    let found: Found = RwSignal::new(None);
    let file = ServerAction::<FileResubscriptionRequest>::new();
    Effect::new(move |_| {
        if let Some(Ok(_)) = file.value().get() {
            file.clear();
            if let Some(Ok(shown)) = found.get_untracked() {
                let notice = words::domains::requested(shown.row.domain.as_str());
                dialogs.done.run((shown.row.id, notice));
            }
        }
    });
    let close = Callback::new(move |()| {
        file.clear();
        dialogs.close.run(());
    });
    let confirm = Callback::new(move |()| {
        if let Some(Ok(shown)) = found.get_untracked() {
            file.dispatch(FileResubscriptionRequest {
                enterprise: slug.get_value(),
                id: shown.row.id,
            });
        }
    });
    let title = move || match found.get() {
        Some(Ok(shown)) => words::domains::request_title(shown.row.domain.as_str()),
        _ => words::domains::REQUEST.to_owned(),
    };
    let error = move || file.value().get().and_then(Result::err).map(|error| error.to_string());
    view! {
        <Dialog
            id="request-resubscription"
            title=Signal::derive(title)
            open=Signal::derive(move || id.get().is_some())
            on_close=close
            kind=DialogKind::Confirm
            size=DialogSize::Small
        >
            <DialogBody>
                {move || error().map(|text| view! { <Banner tone=Tone::Danger text/> })}
                {move || id.get().map(|id| view! { <Asked id found/> })}
            </DialogBody>
            <DialogFooter>
                <Button label=words::dialogs::CANCEL on_press=close/>
                <Button
                    label=words::domains::REQUEST_CONFIRM
                    appearance=Appearance::Primary
                    busy=file.pending()
                    disabled_reason=refused.get_value()
                    on_press=confirm
                />
            </DialogFooter>
        </Dialog>
    }
    .erase()
}

/// What is asked, and of whom.
#[component]
fn Asked(id: DomainSubscriptionId, found: Found) -> AnyView {
    let provider = use_enterprise().provider.name;
    follow(id, found);
    let asked = move || match found.get() {
        Some(Ok(details)) => {
            let text = words::domains::what_is_asked(&provider, &details);
            EitherOf3::A(view! { <p>{text}</p> })
        }
        Some(Err(error)) => {
            let text = error.to_string();
            EitherOf3::B(view! { <Banner tone=Tone::Danger text/> })
        }
        None => EitherOf3::C(view! { <Spinner label=words::domains::LOADING_ONE/> }),
    };
    asked.erase()
}
