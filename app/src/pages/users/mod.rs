//! The Users page: the table of Teams users and the dialogs of one person.

mod columns;
mod conflict;
mod numbers;
mod offboard;
mod offboard_form;
mod person;
mod person_picker;
mod undo;

use domain::{
    access::{Action, Resource as Subject},
    enterprise::EnterpriseSlug,
    ids::TeamsUserId,
    import::ImportKind,
    live::TEAMS_USERS,
    teams_user::{ListedUser, TABLE, TeamsUser, TeamsUserRow},
};
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::{
    columns::columns,
    numbers::AssignmentDialog,
    offboard::OffboardDialog,
    person::PersonDialog,
    undo::{Undo, use_undo},
};
use crate::{
    components::{
        data_table::{DataTable, Feed, TableAddress, TableSource, TableWords, use_table},
        form,
        page_header::PageHeader,
        page_title::PageTitle,
        permission::refusal,
    },
    context::use_enterprise,
    erase::{Erase, Erased},
    error::AppError,
    paths::{self, HelpTopic, UserDialog},
    server_fns::teams_user::{get_teams_user, list_all_teams_users, list_teams_users},
    ui::{LinkButton, Toast, use_toasts},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::users::CAPTION,
    one: words::users::ONE,
    many: words::users::MANY,
    empty_title: words::users::EMPTY_TITLE,
    empty_text: words::users::EMPTY_TEXT,
};

/// The table and its dialogs. It opens with SMS off, too: then nothing about numbers can be changed.
#[component]
pub fn UsersPage() -> Erased {
    let enterprise = use_enterprise();
    let table = use_table(&TABLE, source(&enterprise.slug), |row: &TeamsUserRow| row.id.0);
    let undo = use_undo(enterprise.slug.clone());
    let dialogs = use_dialogs(table.address, table.feed, undo);
    view! {
        <PageTitle title=format!("{} · {}", words::users::TITLE, enterprise.name)/>
        <PageHeader title=words::users::TITLE lead=words::users::LEAD/>
        <p class="text-muted">
            <a class="link" href=paths::help(HelpTopic::Users)>
                {words::users::HELP}
            </a>
        </p>
        <DataTable
            id="users"
            words=WORDS
            schema=&TABLE
            columns=columns(&enterprise, table.feed.ready())
            table
            actions=|| view! { <ImportButton/> }
            first_action=|| view! { <ImportButton/> }
        />
        <PersonDialog dialogs/>
        <AssignmentDialog dialogs/>
        <OffboardDialog dialogs/>
    }
    .erase()
}

#[component]
fn ImportButton() -> Erased {
    view! {
        <LinkButton
            href=paths::import(&use_enterprise().slug, ImportKind::Users)
            label=words::imports::IMPORT
            icon=lu::LuUpload
            disabled_reason=refusal(Action::Import, Subject::TeamsUser)
        />
    }
    .erase()
}

fn source(slug: &EnterpriseSlug) -> TableSource<ListedUser> {
    TableSource::of_enterprise(slug, list_teams_users, list_all_teams_users).made_of(TEAMS_USERS)
}

/// Which dialog is open, and what happens when one has done its work.
#[derive(Clone, Copy)]
struct Dialogs {
    open: Memo<Option<UserDialog>>,
    show: Callback<UserDialog>,
    close: Callback<()>,
    done: Callback<Done>,
}

/// What was done to a person.
struct Done {
    id: TeamsUserId,
    name: String,
    deed: Deed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    NumbersSaved,
    Offboarded,
}

fn use_dialogs(address: TableAddress, feed: Feed, undo: Undo) -> Dialogs {
    let parameters = use_query_map();
    let toasts = use_toasts();
    let close = Callback::new(move |()| address.open("", true));
    Dialogs {
        open: Memo::new(move |_| {
            let parameters = parameters.read();
            UserDialog::from_parameters(parameters.get_str("dialog"), parameters.get_str("id"))
        }),
        show: Callback::new(move |dialog: UserDialog| address.open(&dialog.parameters(), false)),
        close,
        done: Callback::new(move |done: Done| {
            close.run(());
            let undo = undo.clone();
            feed.changed(vec![done.id.0], move || {
                toasts.show(match done.deed {
                    Deed::NumbersSaved => Toast::success(words::users::numbers_saved(&done.name)),
                    Deed::Offboarded => undo.offer(done.id, done.name),
                });
            });
        }),
    }
}

impl Dialogs {
    /// The person whose dialog of one kind is open.
    fn open_of(self, kind: fn(TeamsUserId) -> UserDialog) -> Memo<Option<TeamsUserId>> {
        Memo::new(move |_| {
            let (UserDialog::User(id) | UserDialog::Numbers(id) | UserDialog::Offboard(id)) = self.open.get()?;
            (self.open.get() == Some(kind(id))).then_some(id)
        })
    }
}

type LoadedUser = LocalResource<Result<TeamsUser, AppError>>;

fn load(id: TeamsUserId) -> LoadedUser {
    let slug = use_enterprise().slug;
    LocalResource::new(move || {
        let asked = get_teams_user(slug.clone(), id);
        async move { asked.await.map(|details| details.user) }
    })
}

/// What a dialog shows of a person once they are loaded, and until then.
fn loaded(user: LoadedUser, dialogs: Dialogs, show: impl Fn(TeamsUser) -> Erased + Send + 'static) -> Erased {
    form::loaded(move || user.get(), words::users::LOADING_ONE, dialogs.close, show)
}

/// Why nothing about numbers can be changed here, if so.
fn sms_off() -> Option<String> {
    (!use_enterprise().switches.sms).then(|| words::users::SMS_OFF.to_owned())
}
