//! Undo of a deletion: the button in its notice, and what is said afterwards. Notices stay when another tab is opened, so
//! nothing here counts on the tab that the group was deleted in.

use std::pin::Pin;

use domain::{
    enterprise::{EnterpriseSlug, SmsTab},
    error::Error,
    ids::SmsGroupId,
    sms_group::{RestoredGroup, UNDO_FOR},
    table::TableQuery,
};
use leptos::{prelude::*, task::spawn_local};

use super::{Deed, Done, notice};
use crate::{
    components::data_table::{Feed, TableAddress},
    error::AppError,
    parts::part,
    paths,
    server_fns::sms_group::restore_sms_group,
    ui::{Toast, Toasts, use_toasts},
    words,
};

/// The Groups tab that was opened last: what is brought back is told to it, if it is still open.
#[derive(Clone, Copy)]
struct LastTab(StoredValue<Option<Tab>>);

#[derive(Clone)]
struct Tab {
    enterprise: EnterpriseSlug,
    address: TableAddress,
    feed: Feed,
}

/// Makes deletions undoable from every page; call it once in the root component.
pub fn provide_undo() {
    provide_context(LastTab(StoredValue::new(None)));
}

/// Undoes deletions in one enterprise.
#[derive(Clone)]
pub(super) struct Undo {
    enterprise: EnterpriseSlug,
    last_tab: LastTab,
    toasts: Toasts,
}

/// Undoing for the tab that asks, which is the open one from now on.
pub(super) fn use_undo(enterprise: EnterpriseSlug, address: TableAddress, feed: Feed) -> Undo {
    let last_tab = expect_context::<LastTab>();
    last_tab.0.set_value(Some(Tab {
        enterprise: enterprise.clone(),
        address,
        feed,
    }));
    Undo {
        enterprise,
        last_tab,
        toasts: use_toasts(),
    }
}

type Undoing = Pin<Box<dyn Future<Output = ()>>>;

// It is there with the dialog that deleted the group.
part!(
    people,
    undo_deletion,
    load_undo_deletion,
    (undo: Undo, id: SmsGroupId, name: String) -> Undoing => Box::pin(undo.restore(id, name))
);

impl Undo {
    /// The notice of the deletion `done`, which offers to undo it for as long as that can be done.
    pub(super) fn offer(&self, done: &Done) -> Toast {
        let time = UNDO_FOR.to_std().unwrap_or_default();
        self.with_button(
            Toast::success(done.words()).for_time(time),
            done.group,
            done.name.clone(),
        )
    }

    fn with_button(&self, toast: Toast, id: SmsGroupId, name: String) -> Toast {
        let undo = self.clone();
        toast.action(words::groups::UNDO, move || undo.run(id, name.clone()))
    }

    fn run(&self, id: SmsGroupId, name: String) {
        let undo = self.clone();
        spawn_local(async move {
            match undo_deletion(undo.clone(), id, name.clone()).await {
                Ok(undoing) => undoing.await,
                Err(_) => undo.tell_failure(id, name, &AppError::Interrupted),
            }
        });
    }

    async fn restore(self, id: SmsGroupId, name: String) {
        match restore_sms_group(self.enterprise.clone(), id).await {
            Ok(restored) => self.tell(restored),
            Err(error) => self.tell_failure(id, name, &error),
        }
    }

    /// Shows the row where the table is open, and says what came back and what did not.
    fn tell(self, restored: RestoredGroup) {
        let RestoredGroup { group, missing } = restored;
        let done = Done {
            group: group.id,
            name: group.name,
            deed: Deed::Restored,
        };
        let lost = (!missing.is_empty()).then(|| words::groups::came_back_without(&done.name, &missing));
        let lost = lost.map(|text| Toast::warning(text).until_dismissed());
        let toasts = self.toasts;
        let Some(Tab { address, feed, .. }) = self.open_tab() else {
            toasts.show(Toast::success(done.words()).link(words::groups::SHOW, self.address_of(&done.name)));
            lost.into_iter().for_each(|lost| toasts.show(lost));
            return;
        };
        let id = done.group.0;
        feed.changed(vec![id], move || {
            toasts.show(notice(&done, feed.place_of(id), address, &self));
            lost.into_iter().for_each(|lost| toasts.show(lost));
        });
    }

    fn tell_failure(&self, id: SmsGroupId, name: String, error: &AppError) {
        let toast = Toast::error(words::groups::not_restored(&name, &error.to_string()));
        let toast = if may_succeed_later(error) {
            self.with_button(toast, id, name)
        } else {
            toast
        };
        self.toasts.show(toast);
    }

    fn open_tab(&self) -> Option<Tab> {
        let last = self.last_tab.0.try_get_value().flatten();
        last.filter(|tab| tab.enterprise == self.enterprise && tab.address.is_open())
    }

    /// Where the group of that name is shown.
    fn address_of(&self, name: &str) -> String {
        let query = TableQuery::default().with_search(name).to_query_string();
        paths::with_query(&paths::sms_tab(&self.enterprise, SmsTab::Groups), &[&query])
    }
}

/// Whether another try can have another answer.
fn may_succeed_later(error: &AppError) -> bool {
    match error {
        AppError::Interrupted | AppError::Domain(Error::Unavailable | Error::Internal { .. }) => true,
        AppError::Domain(Error::Conflict(field)) => field.field == "name",
        AppError::NotUnderstood | AppError::Domain(_) => false,
    }
}
