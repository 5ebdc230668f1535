//! Undo of an offboarding: the button in its notice and the one in the person's dialog, and what is said afterwards.
//! Notices stay when another page is opened, so what they do does not count on the Users page; the tables follow by
//! themselves.

use domain::{
    access::{Action, Resource as Subject},
    enterprise::EnterpriseSlug,
    error::Error,
    ids::TeamsUserId,
    teams_user::{TeamsUserRef, UNDO_FOR, UndoableOffboarding, UndoneOffboarding},
};
use leptos::{prelude::*, task::spawn_local};

use crate::{
    components::{date_time::distance, permission::refusal},
    context::use_enterprise,
    erase::{Erase, Erased},
    error::AppError,
    paths::{self, AuditDialog},
    server_fns::teams_user::undo_offboarding,
    ui::{Banner, Button, ButtonSize, Toast, Toasts, Tone, use_toasts},
    words,
};

/// Undoes offboardings in one enterprise.
#[derive(Clone)]
pub(super) struct Undo {
    enterprise: EnterpriseSlug,
    toasts: Toasts,
}

pub(super) fn use_undo(enterprise: EnterpriseSlug) -> Undo {
    Undo {
        enterprise,
        toasts: use_toasts(),
    }
}

impl Undo {
    /// The notice of an offboarding, which offers to undo it for as long as that can be done.
    pub(super) fn offer(&self, id: TeamsUserId, name: String) -> Toast {
        let time = UNDO_FOR.to_std().unwrap_or_default();
        self.with_button(Toast::success(words::users::offboarded(&name)).for_time(time), id, name)
    }

    fn with_button(&self, toast: Toast, id: TeamsUserId, name: String) -> Toast {
        let undo = self.clone();
        toast.action(words::users::UNDO, move || undo.run(id, name.clone()))
    }

    fn run(&self, id: TeamsUserId, name: String) {
        let undo = self.clone();
        spawn_local(async move {
            match undo_offboarding(undo.enterprise.clone(), id).await {
                Ok(undone) => undo.tell(&undone),
                Err(error) => undo.tell_failure(id, name, &error),
            }
        });
    }

    fn tell(&self, undone: &UndoneOffboarding) {
        let name = &undone.person.display_name;
        self.toasts.show(Toast::success(words::users::undone(name)));
        if !undone.missing.is_empty() {
            let text = words::users::came_back_without(name, &undone.missing);
            self.toasts.show(Toast::warning(text).until_dismissed());
        }
    }

    fn tell_failure(&self, id: TeamsUserId, name: String, error: &AppError) {
        let toast = Toast::error(words::users::not_undone(&name, &error.to_string()));
        let toast = match error {
            AppError::Interrupted | AppError::Domain(Error::Unavailable | Error::Internal { .. }) => {
                self.with_button(toast, id, name)
            }
            AppError::NotUnderstood | AppError::Domain(_) => toast,
        };
        self.toasts.show(toast);
    }
}

/// In the dialog of a person: who offboarded them and how long ago, and Undo. What comes of it is said in a notice, which
/// an open dialog would stand before.
#[component]
pub(super) fn UndoOffer(
    /// The person.
    person: TeamsUserRef,
    /// What can be undone.
    offboarded: UndoableOffboarding,
    /// Closes the dialog.
    close: Callback<()>,
) -> Erased {
    let slug = use_enterprise().slug;
    let entry = AuditDialog::Entry(offboarded.event).parameters();
    let href = paths::with_query(&paths::audit(&slug), &[&entry]);
    let undo = use_undo(slug);
    let ago = distance(offboarded.at);
    let by = offboarded.by;
    let text = Signal::derive(move || words::users::offboarded_by(ago.get().as_deref(), &by));
    let press = move |()| {
        undo.run(person.id, person.display_name.clone());
        close.run(());
    };
    view! {
        <Banner tone=Tone::Info text href link_label=words::users::WHAT_WAS_DONE>
            <div class="banner__actions">
                <Button
                    label=words::users::UNDO
                    size=ButtonSize::Small
                    disabled_reason=refusal(Action::Update, Subject::TeamsUser)
                    on_press=press
                />
            </div>
        </Banner>
    }
    .erase()
}
