//! Undo of an offboarding: the button in its notice, and what is said afterwards. Notices stay when another page is
//! opened, so nothing here counts on the Users page; the tables follow by themselves.

use domain::{
    enterprise::EnterpriseSlug,
    error::Error,
    ids::TeamsUserId,
    teams_user::{UNDO_FOR, UndoneOffboarding},
};
use leptos::task::spawn_local;

use crate::{
    error::AppError,
    server_fns::teams_user::undo_offboarding,
    ui::{Toast, Toasts, use_toasts},
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
