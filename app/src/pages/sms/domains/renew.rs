//! Renew now: what the carrier is asked, then the deed.

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
    server_fns::domain_subscription::RenewDomain,
    ui::{Appearance, Banner, Button, Dialog, DialogBody, DialogFooter, DialogKind, DialogSize, Spinner, Tone},
    words,
};

#[component]
pub(super) fn RenewDialog(dialogs: Dialogs) -> AnyView {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(DomainDialog::Renew(id)) => Some(id),
        _ => None,
    });
    let slug = StoredValue::new(use_enterprise().slug);
    let refused = StoredValue::new(refusal(Action::Update, Subject::DomainSubscription));
    let found: Found = RwSignal::new(None);
    let renew = ServerAction::<RenewDomain>::new();
    Effect::new(move |_| {
        if let Some(Ok(row)) = renew.value().get() {
            renew.clear();
            let notice = words::domains::renewal_begun(row.domain.as_str());
            dialogs.done.run((row.id, notice));
        }
    });
    let close = Callback::new(move |()| {
        renew.clear();
        dialogs.close.run(());
    });
    let confirm = Callback::new(move |()| {
        if let Some(Ok(shown)) = found.get_untracked() {
            renew.dispatch(RenewDomain {
                enterprise: slug.get_value(),
                id: shown.row.id,
            });
        }
    });
    let title = move || match found.get() {
        Some(Ok(shown)) => words::domains::renew_title(shown.row.domain.as_str()),
        _ => words::domains::RENEW.to_owned(),
    };
    let error = move || renew.value().get().and_then(Result::err).map(|error| error.to_string());
    view! {
        <Dialog
            id="renew-domain"
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
                    label=words::domains::RENEW
                    appearance=Appearance::Primary
                    busy=renew.pending()
                    disabled_reason=refused.get_value()
                    on_press=confirm
                />
            </DialogFooter>
        </Dialog>
    }
    .erase()
}

/// What the carrier is asked.
#[component]
fn Asked(id: DomainSubscriptionId, found: Found) -> AnyView {
    follow(id, found);
    let asked = move || match found.get() {
        Some(Ok(details)) => {
            let text = words::domains::what_renewing_does(&details.row);
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
