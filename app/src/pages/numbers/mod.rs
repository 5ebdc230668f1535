//! The Numbers page: the table of phone numbers and its dialogs.

mod add;
mod assign;
mod columns;
mod delete;
mod fields;
mod filters;
mod selected;
mod serving;
mod update;

use domain::{
    access::{Action, Resource as Subject},
    enterprise::{EnterpriseContext, EnterpriseSlug},
    ids::PhoneNumberId,
    import::ImportKind,
    live::PHONE_NUMBERS,
    number::{ListedNumber, PhoneNumberRow, TABLE},
};
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub use self::assign::AssignNumberDialog;
use self::{
    add::AddDialog,
    delete::DeleteDialog,
    filters::ReadyFilters,
    selected::{BulkButtons, DeleteSelectedDialog, UpdateSelectedDialog},
    update::UpdateDialog,
};
use crate::{
    components::{
        add_button::AddButton,
        data_table::{
            BulkActions, DataTable, Feed, Place, RowSelection, Step, TableAddress, TableSource, TableWords,
            use_row_selection, use_table,
        },
        page_header::PageHeader,
        page_title::PageTitle,
        permission::refusal,
    },
    context::use_enterprise,
    erase::{Erase, Erased},
    layouts::sms::SmsOff,
    paths::{self, HelpTopic, NumberDialog},
    server_fns::number::{list_all_numbers, list_numbers},
    ui::{LinkButton, Toast, use_toasts},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::numbers::CAPTION,
    one: words::numbers::ONE,
    many: words::numbers::MANY,
    empty_title: words::numbers::EMPTY_TITLE,
    empty_text: words::numbers::EMPTY_TEXT_PROVIDER,
};

const KEEPER_WORDS: TableWords = TableWords {
    empty_text: words::numbers::EMPTY_TEXT_KEEPER,
    ..WORDS
};

/// The page, or why this enterprise has none.
#[component]
pub fn NumbersPage() -> Erased {
    let enterprise = use_enterprise();
    if !enterprise.switches.sms {
        return view! { <SmsOff enterprise/> }.erase();
    }
    let title = format!("{} · {}", words::numbers::TITLE, enterprise.name);
    view! {
        <PageTitle title/>
        <PageHeader title=words::numbers::TITLE lead=words::numbers::LEAD/>
        <p class="text-muted">
            <a class="link" href=paths::help(HelpTopic::Numbers)>
                {words::numbers::HELP_LINK}
            </a>
        </p>
        <Numbers enterprise/>
    }
    .erase()
}

#[component]
fn Numbers(enterprise: EnterpriseContext) -> Erased {
    let (keeps, carriers) = (enterprise.keeps_numbers(), enterprise.shows_carriers());
    let slug = enterprise.slug.clone();
    let table = use_table(&TABLE, source(&slug), |row: &PhoneNumberRow| row.id.0);
    let (address, feed) = (table.address, table.feed);
    let selection = use_row_selection(address, feed);
    let dialogs = use_dialogs(address, feed, selection);
    let bulk = keeps.then(|| {
        BulkActions::new(
            selection,
            |row: &PhoneNumberRow| row.e164.display(),
            move || view! { <BulkButtons dialogs/> },
        )
    });
    let add = move || {
        let on_press = move |()| dialogs.show.run(NumberDialog::Add);
        keeps.then(|| {
            view! {
                <AddButton label=words::numbers::ADD subject=Subject::PhoneNumber on_press/>
                <ImportButton/>
            }
        })
    };
    view! {
        <ReadyFilters address carriers/>
        <DataTable
            id="numbers"
            words=if keeps { KEEPER_WORDS } else { WORDS }
            schema=&TABLE
            columns=columns::columns(&slug, carriers)
            row_actions=columns::row_actions(keeps)
            table
            actions=add
            first_action=add
            bulk
        />
        <AssignDialog dialogs/>
        {keeps.then(|| {
            view! {
                <AddDialog dialogs/>
                <UpdateDialog dialogs/>
                <DeleteDialog dialogs/>
                <UpdateSelectedDialog dialogs/>
                <DeleteSelectedDialog dialogs/>
            }
        })}
    }
    .erase()
}

fn source(slug: &EnterpriseSlug) -> TableSource<ListedNumber> {
    TableSource::of_enterprise(slug, list_numbers, list_all_numbers).made_of(PHONE_NUMBERS)
}

/// Which dialog is open, what is selected, and what happens when a dialog has done its work.
#[derive(Clone, Copy)]
struct Dialogs {
    open: Memo<Option<NumberDialog>>,
    show: Callback<NumberDialog>,
    close: Callback<()>,
    selection: RowSelection,
    done: Callback<Done>,
    /// These rows have changed or are gone; the dialog stays open to say so.
    changed: Callback<Vec<PhoneNumberId>>,
}

/// What was done to a number.
struct Done {
    number: PhoneNumberId,
    /// The sentence about it.
    notice: String,
    deed: Deed,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// It is there, perhaps elsewhere in the table.
    Saved,
    /// It is gone.
    Deleted,
}

fn use_dialogs(address: TableAddress, feed: Feed, selection: RowSelection) -> Dialogs {
    let parameters = use_query_map();
    let toasts = use_toasts();
    let close = Callback::new(move |()| address.open("", true));
    Dialogs {
        open: Memo::new(move |_| {
            let parameters = parameters.read();
            NumberDialog::from_parameters(parameters.get_str("dialog"), parameters.get_str("id"))
        }),
        show: Callback::new(move |dialog: NumberDialog| address.open(&dialog.parameters(), false)),
        close,
        selection,
        done: Callback::new(move |done: Done| {
            close.run(());
            let id = done.number.0;
            feed.changed(vec![id], move || {
                toasts.show(notice(&done, feed.place_of(id), address));
            });
        }),
        changed: Callback::new(move |ids: Vec<PhoneNumberId>| {
            selection.clear();
            feed.changed(ids.into_iter().map(|id| id.0).collect(), || {});
        }),
    }
}

/// Says what was done, and where the number is if it is not in sight.
fn notice(done: &Done, place: Place, address: TableAddress) -> Toast {
    let notice = done.notice.clone();
    if done.deed == Deed::Deleted {
        return Toast::success(notice);
    }
    // The page may have been left meanwhile.
    let query = address.query().try_get_untracked().unwrap_or_default();
    match place {
        Place::Hidden | Place::PerhapsHidden => {
            let text = if place == Place::Hidden {
                words::numbers::hidden(&notice)
            } else {
                words::table::perhaps_hidden(&notice)
            };
            Toast::success(text).action(words::table::RESET_FILTERS, move || {
                address.show(query.reset(), Step::Single)
            })
        }
        Place::OnPage(page) if page != query.page => Toast::success(notice).action(words::numbers::SHOW, move || {
            address.show(query.with_page(page), Step::Single)
        }),
        Place::OnPage(_) | Place::Unknown => Toast::success(notice),
    }
}

#[component]
fn ImportButton() -> Erased {
    view! {
        <LinkButton
            href=paths::import(&use_enterprise().slug, ImportKind::Numbers)
            label=words::imports::IMPORT
            icon=lu::LuUpload
            disabled_reason=refusal(Action::Import, Subject::PhoneNumber)
        />
    }
    .erase()
}

#[component]
fn AssignDialog(dialogs: Dialogs) -> Erased {
    let number = Signal::derive(move || match dialogs.open.get() {
        Some(NumberDialog::Assign(id)) => Some(id),
        _ => None,
    });
    let on_done = Callback::new(move |row: PhoneNumberRow| {
        dialogs.done.run(Done {
            number: row.id,
            notice: words::numbers::assigned(row.e164, row.assignee.as_ref()),
            deed: Deed::Saved,
        });
    });
    view! { <AssignNumberDialog number on_done on_close=dialogs.close/> }.erase()
}
