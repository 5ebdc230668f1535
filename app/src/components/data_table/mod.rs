//! The table of every page: search, sort, paging, four empty states, with its state in the address.
//!
//! A page declares its columns once ([`Column`]) and feeds the table with one page of rows; all of the table can be read
//! and used before the browser's part has arrived, since search, sort and paging are plain forms and links.

mod address;
mod body;
mod column;
mod filter;
mod footer;
mod head;
mod toolbar;

use domain::table::{Page, TableSchema};
use icondata_lu as lu;
use leptos::{either::EitherOf3, prelude::*};

pub use self::{
    address::{TableAddress, use_table_address},
    column::{Cell, Column, Copied},
};
use self::{body::Body, filter::FilterChips, footer::Footer, head::Head, toolbar::Toolbar};
use crate::{
    error::AppError,
    ui::{Button, EmptyState, SkeletonRows},
    words,
};

/// What a table is called and what it says.
#[derive(Clone, Copy, Debug)]
pub struct TableWords {
    /// The caption, such as "SMS groups".
    pub caption: &'static str,
    /// One of the things in it, such as "group".
    pub one: &'static str,
    /// Many of them, such as "groups".
    pub many: &'static str,
    /// What stands there while there is nothing at all.
    pub empty_title: &'static str,
    /// And what to do about it.
    pub empty_text: &'static str,
}

/// The rows, or why there are none; the page keys the resource on the address and on its own changes.
pub type Rows<T> = Resource<Result<Page<T>, AppError>>;

/// A table of `T`.
#[component]
pub fn DataTable<T>(
    /// The prefix of the element ids inside.
    id: &'static str,
    /// What it is called and says.
    words: TableWords,
    /// How the query model knows it.
    schema: &'static TableSchema,
    /// Its columns, in the order of the schema; the first one names the row.
    columns: Vec<Column<T>>,
    /// Its state in the address.
    address: TableAddress,
    /// What to show.
    rows: Rows<T>,
    /// The buttons of one row.
    #[prop(optional)]
    row_actions: Option<Cell<T>>,
    /// The buttons above the table.
    #[prop(optional, into)]
    actions: ViewFn,
    /// What to offer while there is nothing at all.
    #[prop(optional, into)]
    first_action: ViewFn,
) -> impl IntoView
where
    T: Clone + Send + Sync + serde::Serialize + serde::de::DeserializeOwned + 'static,
{
    let columns = StoredValue::new(columns);
    let row_actions = StoredValue::new(row_actions);
    let (loading, set_loading) = signal(false);
    let width = columns.with_value(Vec::len) + usize::from(row_actions.with_value(Option::is_some));
    let skeleton = move || {
        view! {
            <table class="data-table__table" aria-hidden="true">
                <tbody class="data-table__skeleton">
                    <SkeletonRows columns=width rows=10/>
                </tbody>
            </table>
        }
    };
    let first_action = StoredValue::new(first_action);
    let headings = columns.with_value(|columns| columns.iter().map(|column| column.heading).collect::<Vec<_>>());
    view! {
        <section class="data-table" data-loading=move || loading.get().then_some("true")>
            <Toolbar id words address actions/>
            <FilterChips address schema headings/>
            <Transition fallback=skeleton set_pending=set_loading>
                {move || Suspend::new(async move {
                    match rows.await {
                        Ok(page) if page.total == 0 => EitherOf3::A(view! {
                            <div class="data-table__empty">
                                <EmptyState icon=lu::LuInbox title=words.empty_title text=words.empty_text>
                                    {first_action.with_value(|action| action.run())}
                                </EmptyState>
                            </div>
                        }),
                        Ok(page) => EitherOf3::B(view! { <Filled id words schema address columns row_actions page/> }),
                        Err(error) => EitherOf3::C(view! { <NotLoaded error retry=move |()| rows.refetch()/> }),
                    }
                })}
            </Transition>
        </section>
    }
    .into_any()
}

#[component]
fn Filled<T>(
    id: &'static str,
    words: TableWords,
    schema: &'static TableSchema,
    address: TableAddress,
    columns: StoredValue<Vec<Column<T>>>,
    row_actions: StoredValue<Option<Cell<T>>>,
    page: Page<T>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let (matching, total) = (page.matching, page.total);
    let caption_id = format!("{id}-caption");
    let region_label = caption_id.clone();
    let counted = words::table::count(matching, total, words.one, words.many);
    let nothing_matches = page.rows.is_empty();
    let rows = page.rows;
    view! {
        <p class="data-table__count" role="status">
            {counted}
        </p>
        <div class="data-table__scroll" role="region" aria-labelledby=region_label tabindex="0">
            <table class="data-table__table">
                <caption id=caption_id class="visually-hidden">
                    {words.caption}
                </caption>
                <Head id schema columns address has_actions=row_actions.with_value(Option::is_some)/>
                <Body columns row_actions rows/>
            </table>
        </div>
        {nothing_matches
            .then(|| {
                view! {
                    <div class="data-table__empty">
                        <EmptyState
                            icon=lu::LuSearchX
                            title=words::table::nothing_matches(words.many)
                            text=words::table::NOTHING_MATCHES_TEXT
                        >
                            <address::ResetLink address/>
                        </EmptyState>
                    </div>
                }
            })}
        <Footer id address matching/>
    }
    .into_any()
}

/// The table could not be read: why, and another try. Somebody who may not read it gets no button.
#[component]
fn NotLoaded(error: AppError, #[prop(into)] retry: Callback<()>) -> impl IntoView {
    let forbidden = matches!(error, AppError::Domain(domain::error::Error::Forbidden { .. }));
    let title = if forbidden {
        words::errors::FORBIDDEN
    } else {
        words::table::NOT_LOADED
    };
    view! {
        <div class="data-table__empty" role="alert">
            <EmptyState icon=lu::LuCircleAlert title text=error.to_string()>
                {(!forbidden).then(|| view! { <Button label=words::table::RETRY on_press=retry/> })}
            </EmptyState>
        </div>
    }
}
