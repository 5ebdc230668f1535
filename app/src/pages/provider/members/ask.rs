//! The question before somebody is disabled, enabled or removed, before a password is taken away, and before a link of an
//! invitation is replaced or withdrawn.

use domain::{
    enterprise::EnterpriseSlug,
    ids::{InvitationId, MembershipId},
    invitation::OneTimeLink,
};
use leptos::{either::EitherOf3, prelude::*, task::spawn_local};
use uuid::Uuid;

use super::{Dialogs, Done, follow};
use crate::{
    erase::{Erase, Erased},
    error::AppError,
    paths::{MemberDeed, MemberDialog},
    server_fns::membership::{
        remove_member, renew_invitation, reset_member_password, set_member_disabled, withdraw_invitation,
    },
    ui::{Appearance, Banner, Button, Dialog, DialogBody, DialogFooter, DialogKind, DialogSize, Spinner, Tone},
    words,
};

#[component]
pub(super) fn AskDialog(dialogs: Dialogs) -> Erased {
    let asked = Memo::new(move |_| match dialogs.open.get() {
        Some(MemberDialog::Ask(deed, id)) => Some((deed, id)),
        _ => None,
    });
    let found = follow(dialogs, Memo::new(move |_| asked.get().map(|(_, id)| id)));
    let busy = RwSignal::new(false);
    let failed: RwSignal<Option<AppError>> = RwSignal::new(None);
    let close = Callback::new(move |()| {
        failed.set(None);
        dialogs.close.run(());
    });
    let confirm = Callback::new(move |()| {
        let (Some((deed, id)), Some(Ok(row))) = (asked.get_untracked(), found.get_untracked()) else {
            return;
        };
        busy.set(true);
        failed.set(None);
        let enterprise = dialogs.enterprise.get_value();
        spawn_local(async move {
            let answer = carry_out(enterprise, deed, id).await;
            busy.try_set(false);
            match answer {
                Ok(link) => {
                    let notice = words::provider::done(deed, row.name());
                    dialogs.done.try_run(Done { id, notice, link });
                }
                Err(error) => {
                    failed.try_set(Some(error));
                }
            }
        });
    });
    let title = move || match (asked.get(), found.get()) {
        (Some((deed, _)), Some(Ok(row))) => words::provider::question(deed, row.name()),
        _ => words::provider::MEMBERS.to_owned(),
    };
    let deed = Signal::derive(move || {
        asked
            .get()
            .map_or(words::dialogs::CLOSE, |(deed, _)| words::provider::deed(deed))
            .to_owned()
    });
    let consequences = move || match (asked.get(), found.get()) {
        (Some((deed, _)), Some(Ok(_))) => EitherOf3::A(view! { <p>{words::provider::what_follows(deed)}</p> }),
        (_, Some(Err(error))) => {
            let text = error.to_string();
            EitherOf3::B(view! { <Banner tone=Tone::Danger text/> })
        }
        _ => EitherOf3::C(view! { <Spinner label=words::shell::LOADING/> }),
    };
    view! {
        <Dialog
            id="ask-member"
            title=Signal::derive(title)
            open=Signal::derive(move || asked.get().is_some())
            on_close=close
            kind=DialogKind::Confirm
            size=DialogSize::Small
        >
            <DialogBody>
                {move || {
                    failed.get().map(|error| view! { <Banner tone=Tone::Danger text=error.to_string()/> })
                }}
                {consequences}
            </DialogBody>
            <DialogFooter>
                <Button label=words::dialogs::CANCEL on_press=close/>
                <Button label=deed appearance=Appearance::Danger busy on_press=confirm/>
            </DialogFooter>
        </Dialog>
    }
    .erase()
}

async fn carry_out(enterprise: EnterpriseSlug, deed: MemberDeed, id: Uuid) -> Result<Option<OneTimeLink>, AppError> {
    let role = MembershipId(id);
    match deed {
        MemberDeed::Remove => remove_member(enterprise, role).await.map(|()| None),
        MemberDeed::Disable => set_member_disabled(enterprise, role, true).await.map(|_| None),
        MemberDeed::Enable => set_member_disabled(enterprise, role, false).await.map(|_| None),
        MemberDeed::Reset => reset_member_password(enterprise, role).await.map(Some),
        MemberDeed::Renew => renew_invitation(enterprise, InvitationId(id)).await.map(Some),
        MemberDeed::Withdraw => withdraw_invitation(enterprise, InvitationId(id)).await.map(|()| None),
    }
}
