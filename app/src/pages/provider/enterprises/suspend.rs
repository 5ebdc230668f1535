//! Suspend and Resume: what follows, then the deed.

use domain::enterprise::EnterpriseRecord;
use leptos::{either::EitherOf3, prelude::*, task::spawn_local};

use super::Dialogs;
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::EnterpriseDialog,
    server_fns::enterprise::{SuspendEnterprise, get_enterprise},
    ui::{Appearance, Banner, Button, Dialog, DialogBody, DialogFooter, DialogKind, DialogSize, Spinner, Tone},
    words,
};

#[component]
pub(super) fn SuspendDialog(dialogs: Dialogs) -> Erased {
    let slug = Memo::new(move |_| match dialogs.open.get() {
        Some(EnterpriseDialog::Suspend(slug)) => Some(slug),
        _ => None,
    });
    // What the person was shown; only that version is suspended.
    let found: RwSignal<Option<Result<EnterpriseRecord, AppError>>> = RwSignal::new(None);
    effect(move || {
        found.set(None);
        let Some(asked) = slug.get() else { return };
        spawn_local(async move {
            let answer = get_enterprise(asked.clone()).await;
            if slug.try_get_untracked() == Some(Some(asked)) {
                found.set(Some(answer));
            }
        });
    });
    let save = ServerAction::<SuspendEnterprise>::new();
    effect(move || {
        if let Some(Ok(record)) = save.value().get() {
            save.clear();
            let notice = words::provider::suspended_or_resumed(&record);
            dialogs.done.run((record, notice));
        }
    });
    let close = Callback::new(move |()| {
        save.clear();
        dialogs.close.run(());
    });
    let confirm = Callback::new(move |()| {
        if let Some(Ok(record)) = found.get_untracked() {
            save.dispatch(SuspendEnterprise {
                enterprise: record.slug,
                version: record.version,
                suspended: !record.suspended,
            });
        }
    });
    let title = move || match found.get() {
        Some(Ok(record)) => words::provider::suspend_title(&record),
        _ => words::provider::SUSPEND.to_owned(),
    };
    let deed = Signal::derive(move || match found.get() {
        Some(Ok(record)) if record.suspended => words::provider::RESUME.to_owned(),
        _ => words::provider::SUSPEND.to_owned(),
    });
    let error = move || save.value().get().and_then(Result::err).map(|error| error.to_string());
    view! {
        <Dialog
            id="suspend-enterprise"
            title=Signal::derive(title)
            open=Signal::derive(move || slug.get().is_some())
            on_close=close
            kind=DialogKind::Confirm
            size=DialogSize::Small
        >
            <DialogBody>
                {move || error().map(|text| view! { <Banner tone=Tone::Danger text/> })}
                {move || match found.get() {
                    Some(Ok(record)) => {
                        EitherOf3::A(view! { <p>{words::provider::what_suspending_does(&record)}</p> })
                    }
                    Some(Err(error)) => {
                        let text = error.to_string();
                        EitherOf3::B(view! { <Banner tone=Tone::Danger text/> })
                    }
                    None => EitherOf3::C(view! { <Spinner label=words::shell::LOADING/> }),
                }}
            </DialogBody>
            <DialogFooter>
                <Button label=words::dialogs::CANCEL on_press=close/>
                <Button label=deed appearance=Appearance::Danger busy=save.pending() on_press=confirm/>
            </DialogFooter>
        </Dialog>
    }
    .erase()
}
