//! Who can sign in to an enterprise: the table and its dialogs.

mod ask;
mod columns;
mod invite;
mod link;
mod role;
mod tokens;

use domain::{
    enterprise::EnterpriseSlug,
    invitation::OneTimeLink,
    live::MEMBERSHIPS,
    membership::{MemberRow, TABLE},
};
use icondata_lu as lu;
use leptos::{either::Either, prelude::*, task::spawn_local};
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use self::{ask::AskDialog, invite::InviteDialog, link::LinkDialog, role::RoleDialog, tokens::TokensDialog};
use crate::{
    components::{
        data_table::{DataTable, Feed, TableAddress, TableSource, TableWords, use_table},
        error_page::ErrorPage,
        page_title::PageTitle,
    },
    context::{no_such_enterprise, use_session},
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::{self, MemberDialog},
    server_fns::membership::{get_member, list_all_members, list_members},
    ui::{Appearance, Button, use_toasts},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::provider::MEMBERS,
    one: words::provider::MEMBER_ONE,
    many: words::provider::MEMBER_MANY,
    empty_title: words::provider::NO_MEMBERS,
    empty_text: words::provider::NO_MEMBERS_TEXT,
};

/// The table of the enterprise in the address.
#[component]
pub fn MembersPage() -> Erased {
    let parameters = use_params_map();
    let asked = Memo::new(move |_| parameters.read().get("enterprise").unwrap_or_default());
    let shown = move || match EnterpriseSlug::parse(&asked.get()) {
        Ok(enterprise) => Either::Left(view! { <Members enterprise/> }),
        Err(_) => Either::Right(view! { <ErrorPage error=no_such_enterprise()/> }),
    };
    shown.erase()
}

#[component]
fn Members(enterprise: EnterpriseSlug) -> Erased {
    let session = use_session();
    // One that was added a moment ago is not known to the session yet.
    let known = session.enterprises.into_iter().find(|known| known.slug == enterprise);
    let name = known.map_or_else(|| enterprise.to_string(), |known| known.name);
    let title = words::provider::members_of(&name);
    let table = use_table(&TABLE, source(&enterprise), |row: &MemberRow| row.id);
    let dialogs = use_dialogs(enterprise.clone(), name, table.address, table.feed);
    let invite = move || view! { <InviteButton dialogs/> };
    view! {
        <PageTitle title=title.clone()/>
        <div class="provider-heading">
            <h2>{title}</h2>
            <a class="link" href=paths::provider()>
                {words::provider::ALL_ENTERPRISES}
            </a>
            <a class="link" href=paths::enterprise(&enterprise) rel="external">
                {words::provider::OPEN_PAGES}
            </a>
        </div>
        <DataTable
            id="members"
            words=WORDS
            schema=&TABLE
            columns=columns::columns()
            row_actions=columns::row_actions(session.account.id)
            table
            actions=invite
            first_action=invite
        />
        <InviteDialog dialogs/>
        <RoleDialog dialogs/>
        <TokensDialog dialogs/>
        <AskDialog dialogs/>
        <LinkDialog dialogs/>
    }
    .erase()
}

fn source(slug: &EnterpriseSlug) -> TableSource<MemberRow> {
    TableSource::of_enterprise(slug, list_members, list_all_members).made_of(MEMBERSHIPS)
}

#[component]
fn InviteButton(dialogs: Dialogs) -> Erased {
    view! {
        <Button
            label=words::provider::INVITE
            icon=lu::LuUserPlus
            appearance=Appearance::Primary
            on_press=move |()| dialogs.show.run(MemberDialog::Invite)
        />
    }
    .erase()
}

/// Which dialog is open, and what happens when one has done its work.
#[derive(Clone, Copy)]
struct Dialogs {
    enterprise: StoredValue<EnterpriseSlug>,
    /// The enterprise's name for people.
    name: StoredValue<String>,
    open: Memo<Option<MemberDialog>>,
    show: Callback<MemberDialog>,
    close: Callback<()>,
    /// The link that is told now. It is in no address: it is a secret.
    link: RwSignal<Option<OneTimeLink>>,
    done: Callback<Done>,
}

/// What was done.
struct Done {
    /// To which row.
    id: Uuid,
    /// The sentence about it.
    notice: String,
    /// The link that came of it.
    link: Option<OneTimeLink>,
}

fn use_dialogs(enterprise: EnterpriseSlug, name: String, address: TableAddress, feed: Feed) -> Dialogs {
    let parameters = use_query_map();
    let toasts = use_toasts();
    let close = Callback::new(move |()| address.open("", true));
    let link = RwSignal::new(None);
    Dialogs {
        enterprise: StoredValue::new(enterprise),
        name: StoredValue::new(name),
        open: Memo::new(move |_| {
            let parameters = parameters.read();
            MemberDialog::from_parameters(parameters.get_str("dialog"), parameters.get_str("id"))
        }),
        show: Callback::new(move |dialog: MemberDialog| address.open(&dialog.parameters(), false)),
        close,
        link,
        done: Callback::new(move |done: Done| {
            close.run(());
            // A new link of an invitation is a new row, and the old one is gone.
            let mut rows = vec![done.id];
            rows.extend(done.link.as_ref().map(|link| link.id.0));
            let has_link = done.link.is_some();
            link.set(done.link);
            let notice = done.notice;
            feed.changed(rows, move || {
                if !has_link {
                    toasts.success(notice);
                }
            });
        }),
    }
}

/// The row of an open dialog; nothing until the server has answered.
type Found = RwSignal<Option<Result<MemberRow, AppError>>>;

/// Keeps `found` the row that `id` names.
fn follow(dialogs: Dialogs, id: Memo<Option<Uuid>>) -> Found {
    let found: Found = RwSignal::new(None);
    effect(move || {
        found.set(None);
        let Some(asked) = id.get() else { return };
        let answer = get_member(dialogs.enterprise.get_value(), asked);
        spawn_local(async move {
            let answer = answer.await;
            if id.try_get_untracked() == Some(Some(asked)) {
                found.set(Some(answer));
            }
        });
    });
    found
}
