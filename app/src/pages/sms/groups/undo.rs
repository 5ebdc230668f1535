//! Undo of a deletion: the button in its notice, and what is said afterwards. Notices stay when another tab is opened, so
//! nothing here counts on the tab that the group was deleted in. A page that was loaded anew offers again what it can
//! (`deletions`).

use std::{pin::Pin, time::Duration};

use domain::{
    access::{Action, Resource as Subject},
    enterprise::{EnterpriseSlug, SmsTab},
    error::Error,
    ids::SmsGroupId,
    sms_group::{RestoredGroup, UNDO_FOR},
    table::TableQuery,
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    Deed, Done,
    deletions::{self, Deletion},
    notice,
};
use crate::{
    components::{
        data_table::{Feed, TableAddress},
        permission::refusal,
    },
    effect::effect,
    error::AppError,
    parts::part,
    paths,
    server_fns::sms_group::restore_sms_group,
    ui::{Toast, Toasts, use_toasts},
    words,
};

/// What the page knows for as long as it is not loaded anew.
#[derive(Clone, Copy)]
struct Known {
    /// The Groups tab that was opened last: what is brought back is told to it, if it is still open.
    last_tab: StoredValue<Option<Tab>>,
    /// The deletions whose Undo has been offered.
    offered: StoredValue<Vec<SmsGroupId>>,
}

#[derive(Clone)]
struct Tab {
    enterprise: EnterpriseSlug,
    address: TableAddress,
    feed: Feed,
}

/// Makes deletions undoable from every page; call it once in the root component.
pub fn provide_undo() {
    provide_context(Known {
        last_tab: StoredValue::new(None),
        offered: StoredValue::new(Vec::new()),
    });
}

/// Undoes deletions in one enterprise.
#[derive(Clone)]
pub(super) struct Undo {
    enterprise: EnterpriseSlug,
    known: Known,
    toasts: Toasts,
}

/// Undoing for the tab that asks, which is the open one from now on. What was deleted before the page was loaded is offered
/// again.
pub(super) fn use_undo(enterprise: EnterpriseSlug, address: TableAddress, feed: Feed) -> Undo {
    let known = expect_context::<Known>();
    known.last_tab.set_value(Some(Tab {
        enterprise: enterprise.clone(),
        address,
        feed,
    }));
    let undo = Undo {
        enterprise,
        known,
        toasts: use_toasts(),
    };
    // Somebody else may use the browser by now.
    if refusal(Action::Create, Subject::SmsGroup).is_none() {
        let undo = undo.clone();
        effect(move || undo.offer_again());
    }
    undo
}

type Undoing = Pin<Box<dyn Future<Output = ()>>>;

// It is there with the dialog that deleted the group.
part!(
    people,
    undo_deletion,
    load_undo_deletion,
    (undo: Undo, id: SmsGroupId, name: String) -> Undoing => Box::pin(undo.restore(id, name))
);
part!(
    people,
    remember_deletion,
    load_remember_deletion,
    (enterprise: EnterpriseSlug, id: SmsGroupId, name: String) -> () => deletions::remember(&enterprise, id, &name)
);
part!(
    people,
    remembered_deletions,
    load_remembered_deletions,
    (enterprise: EnterpriseSlug) -> Vec<Deletion> => deletions::remembered(&enterprise)
);

impl Undo {
    /// The notice of the deletion `done`, which offers to undo it for as long as that can be done.
    pub(super) fn offer(&self, done: &Done) -> Toast {
        let (enterprise, id, name) = (self.enterprise.clone(), done.group, done.name.clone());
        spawn_local(async move {
            // Where the part does not come the notice offers Undo all the same, only not once more after a reload.
            drop(remember_deletion(enterprise, id, name).await);
        });
        self.offering(done.group, done.name.clone(), UNDO_FOR.to_std().unwrap_or_default())
    }

    fn offer_again(&self) {
        if !deletions::are_remembered() {
            return;
        }
        let undo = self.clone();
        spawn_local(async move {
            // The part that is missing is told of by whatever needs it next.
            let deletions = remembered_deletions(undo.enterprise.clone()).await.unwrap_or_default();
            for Deletion { id, name, left } in deletions {
                if !undo.known.offered.with_value(|offered| offered.contains(&id)) {
                    undo.toasts.show(undo.offering(id, name, left));
                }
            }
        });
    }

    fn offering(&self, id: SmsGroupId, name: String, time: Duration) -> Toast {
        self.known.offered.update_value(|offered| offered.push(id));
        let toast = Toast::success(words::groups::deleted(&name)).for_time(time);
        self.with_button(toast, id, name)
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
            Err(error) => {
                if !may_succeed_later(&error) {
                    deletions::forget(id);
                }
                self.tell_failure(id, name, &error);
            }
        }
    }

    /// Shows the row where the table is open, and says what came back and what did not.
    fn tell(self, restored: RestoredGroup) {
        let RestoredGroup { group, missing } = restored;
        deletions::forget(group.id);
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
        let last = self.known.last_tab.try_get_value().flatten();
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
