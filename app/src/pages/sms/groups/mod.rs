//! The Groups tab: the table of SMS groups and its three dialogs.

mod add;
mod columns;
mod conflict;
mod delete;
mod deletions;
pub(in crate::pages) mod fields;
pub(in crate::pages) mod form;
mod news;
mod not_live;
mod undo;
mod update;

use domain::{
    access::Resource as Subject,
    enterprise::{EnterpriseSlug, SmsTab},
    ids::SmsGroupId,
    live::SMS_GROUPS,
    sms_group::{ListedGroup, SmsGroupRow, TABLE},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub use self::undo::provide_undo;
use self::{
    add::AddDialog,
    delete::DeleteDialog,
    not_live::{NotLive, NotLiveBanner, use_not_live},
    undo::{Undo, use_undo},
    update::UpdateDialog,
};
use super::TabIntroduction;
use crate::{
    components::{
        add_button::AddButton,
        data_table::{DataTable, Feed, Place, Step, TableAddress, TableSource, TableWords, use_table},
    },
    context::use_enterprise,
    erase::{Erase, Erased},
    parts::{self, Making, part},
    paths::{GroupDialog, HelpTopic},
    server_fns::sms_group::{list_all_sms_groups, list_sms_groups},
    ui::{Toast, use_toasts},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::groups::CAPTION,
    one: words::groups::ONE,
    many: words::groups::MANY,
    empty_title: words::groups::EMPTY_TITLE,
    empty_text: words::groups::EMPTY_TEXT,
};

/// The table and its dialogs.
#[component]
pub fn GroupsTab() -> Erased {
    let enterprise = use_enterprise();
    let table = use_table(&TABLE, source(&enterprise.slug), |row: &SmsGroupRow| row.id.0);
    let undo = use_undo(enterprise.slug.clone(), table.address, table.feed);
    let not_live = use_not_live(&enterprise);
    let dialogs = use_dialogs(table.address, table.feed, undo, not_live);
    let add = move || {
        let on_press = move |()| dialogs.show.run(GroupDialog::Add);
        view! { <AddButton label=words::groups::ADD subject=Subject::SmsGroup on_press/> }
    };
    view! {
        <TabIntroduction enterprise tab=SmsTab::Groups help=HelpTopic::SmsGroups/>
        <NotLiveBanner not_live/>
        <DataTable
            id="groups"
            words=WORDS
            schema=&TABLE
            columns=columns::columns()
            row_actions=columns::row_actions()
            table
            actions=add
            first_action=add
        />
        {dialogs.views()}
    }
    .erase()
}

fn source(slug: &EnterpriseSlug) -> TableSource<ListedGroup> {
    TableSource::of_enterprise(slug, list_sms_groups, list_all_sms_groups).made_of(SMS_GROUPS)
}

/// Which dialog is open, and what happens when one has done its work.
#[derive(Clone, Copy)]
struct Dialogs {
    address: TableAddress,
    open: Memo<Option<GroupDialog>>,
    show: Callback<GroupDialog>,
    close: Callback<()>,
    done: Callback<Done>,
}

/// What was done to a group.
struct Done {
    group: SmsGroupId,
    name: String,
    deed: Deed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Added,
    Updated,
    Deleted,
    Restored,
}

impl Done {
    fn words(&self) -> String {
        match self.deed {
            Deed::Added => words::groups::added(&self.name),
            Deed::Updated => words::groups::updated(&self.name),
            Deed::Deleted => words::groups::deleted(&self.name),
            Deed::Restored => words::groups::restored(&self.name),
        }
    }
}

part!(people, group_dialogs, load_group_dialogs, (dialogs: Dialogs) => view! {
    <AddDialog dialogs/>
    <UpdateDialog dialogs/>
    <DeleteDialog dialogs/>
}
.erase());

impl Dialogs {
    /// The dialogs, from the first time that one of them is opened.
    fn views(self) -> Erased {
        let open = Signal::derive(move || {
            self.address.track_asked();
            self.open.read().is_some()
        });
        let make = move || -> Making { Box::pin(group_dialogs(self)) };
        parts::show_dialog(|| Box::pin(load_group_dialogs()), make, open, self.close)
    }
}

fn use_dialogs(address: TableAddress, feed: Feed, undo: Undo, not_live: NotLive) -> Dialogs {
    let parameters = use_query_map();
    let toasts = use_toasts();
    let close = Callback::new(move |()| address.open("", true));
    Dialogs {
        address,
        open: Memo::new(move |_| {
            let parameters = parameters.read();
            GroupDialog::from_parameters(parameters.get_str("dialog"), parameters.get_str("id"))
        }),
        show: Callback::new(move |dialog: GroupDialog| address.open(&dialog.parameters(), false)),
        close,
        done: Callback::new(move |done: Done| {
            close.run(());
            not_live.count_again();
            let (id, undo) = (done.group.0, undo.clone());
            feed.changed(vec![id], move || {
                toasts.show(notice(&done, feed.place_of(id), address, &undo));
            });
        }),
    }
}

/// Says what was done, and where the group is if it is not in sight; offers to undo a deletion.
fn notice(done: &Done, place: Place, address: TableAddress, undo: &Undo) -> Toast {
    if done.deed == Deed::Deleted {
        return undo.offer(done);
    }
    // The tab may have been left meanwhile.
    let query = address.query().try_get_untracked().unwrap_or_default();
    match place {
        Place::Hidden | Place::PerhapsHidden => {
            let text = if place == Place::Hidden {
                words::groups::hidden(&done.words())
            } else {
                words::table::perhaps_hidden(&done.words())
            };
            Toast::success(text).action(words::table::RESET_FILTERS, move || {
                address.show(query.reset(), Step::Single)
            })
        }
        Place::OnPage(page) if page != query.page => Toast::success(done.words())
            .action(words::groups::SHOW, move || {
                address.show(query.with_page(page), Step::Single)
            }),
        Place::OnPage(_) | Place::Unknown => Toast::success(done.words()),
    }
}
