//! The table of every page: search, filters, sort, paging, four empty states, with its state in the address.
//!
//! A page declares its columns once ([`Column`]) and where its rows come from ([`TableSource`]). All of the table can be
//! read and used before the browser's part has arrived, since search, sort and paging are plain forms and links. After
//! that the whole list is taken over once and every query is answered without a request.
//!
//! Rows lose their type at the border of this module, so that the table is compiled once and not once per page.

mod address;
mod body;
mod clicks;
mod column;
mod feed;
mod filter;
mod footer;
mod head;
mod layout;
mod leaving;
mod popover;
mod ready_filter;
mod selection;
mod source;
mod tips;
mod toolbar;
mod view_options;
mod waiting;
mod whole;

use domain::table::{Listed, Page, TableQuery, TableSchema};
use icondata_lu as lu;
use leptos::prelude::*;
use uuid::Uuid;

pub use self::{
    address::{Step, TableAddress, use_table_address},
    column::{Column, Copied, RowAction},
    feed::{Feed, Place},
    ready_filter::ReadyFilter,
    selection::{BulkActions, Chosen, RowSelection, use_row_selection},
    source::TableSource,
};
use self::{
    body::{Body, Cells},
    clicks::use_clicks,
    filter::FilterChips,
    footer::Footer,
    head::Head,
    layout::{Layout, use_layout},
    selection::AnyBulk,
    tips::use_tips,
    toolbar::{ResetLink, Toolbar},
};
use crate::{
    erase::{Content, Erase, Erased, changing},
    error::AppError,
    sent_along::Sent,
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

/// The rows of a table: what it shows, and how it learns of changes.
pub struct Table<L: Listed> {
    /// The state in the address.
    pub address: TableAddress,
    /// The rows.
    pub feed: Feed,
    first: Sent<Page<L::Row>>,
    id: fn(&L::Row) -> Uuid,
}

/// Prepares a table for the page that asks: its state from the address, its first page, and the rest as it is needed.
#[must_use]
pub fn use_table<L: Listed>(schema: &'static TableSchema, source: TableSource<L>, id: fn(&L::Row) -> Uuid) -> Table<L> {
    let address = use_table_address(schema);
    let asked = source.clone();
    let first = Sent::new(move || asked.first_page(&address.query().read_untracked()));
    Table {
        address,
        feed: Feed::new(address, schema, source.forget_type(id)),
        first,
        id,
    }
}

/// A table.
#[component]
pub fn DataTable<L: Listed>(
    /// The prefix of the element ids inside.
    id: &'static str,
    /// What it is called and says.
    words: TableWords,
    /// How the query model knows it.
    schema: &'static TableSchema,
    /// Its columns, in the order of the schema; the first one names the row.
    columns: Vec<Column<L::Row>>,
    /// Its rows.
    table: Table<L>,
    /// The buttons of one row.
    #[prop(default = Vec::new())]
    row_actions: Vec<RowAction<L::Row>>,
    /// The buttons above the table.
    #[prop(optional, into)]
    actions: ViewFn,
    /// What to offer while there is nothing at all.
    #[prop(optional, into)]
    first_action: ViewFn,
    /// What can be done to many rows at once; rows can be selected only where there is something.
    #[prop(default = None)]
    bulk: Option<BulkActions<L::Row>>,
    /// Whether it is wider than most windows, and so scrolls sideways in all of them.
    #[prop(optional)]
    wide: bool,
) -> Erased {
    let cells = Cells {
        columns: columns.into_iter().map(Column::forget_type).collect(),
        actions: row_actions.into_iter().map(RowAction::forget_type).collect(),
        bulk: bulk.map(BulkActions::forget_type),
    };
    let Table {
        address,
        feed,
        first,
        id: row_id,
    } = table;
    let begin = move |answer: Result<Page<L::Row>, AppError>| match answer {
        Ok(page) => {
            feed.begin(source::handles(page, 0, row_id));
            Ok(())
        }
        Err(error) => Err(error),
    };
    let width = cells.columns.len() + usize::from(!cells.actions.is_empty()) + usize::from(cells.bulk.is_some());
    let frame = Frame {
        id,
        words,
        schema,
        address,
        feed,
        cells: StoredValue::new(cells),
        first_action: StoredValue::new(first_action),
        wide,
    };
    let rows = move || {
        Suspend::new(async move {
            match begin(first.read().await) {
                Ok(()) => view! { <Filled frame/> }.erase(),
                Err(error) => view! { <NotLoaded error retry=move |()| first.refetch()/> }.erase(),
            }
        })
    };
    view! {
        <Surroundings frame actions>
            <Transition fallback=move || view! { <Skeleton width/> }>{rows}</Transition>
        </Surroundings>
    }
    .erase()
}

/// What the parts of one table share.
#[derive(Clone, Copy)]
struct Frame {
    id: &'static str,
    words: TableWords,
    schema: &'static TableSchema,
    address: TableAddress,
    feed: Feed,
    cells: StoredValue<Cells>,
    first_action: StoredValue<ViewFn>,
    wide: bool,
}

/// Everything around the rows.
#[component]
fn Surroundings(frame: Frame, actions: ViewFn, children: Content) -> Erased {
    let Frame {
        id,
        words,
        schema,
        address,
        feed,
        cells,
        ..
    } = frame;
    let columns = cells.with_value(|cells| cells.columns.iter().map(|c| (c.spec.id, c.heading)).collect::<Vec<_>>());
    let hidden_at_first = cells.with_value(|cells| {
        let hidden = cells.columns.iter().filter(|column| column.hidden_at_first);
        hidden.map(|column| column.spec.id).collect()
    });
    let headings = columns.clone();
    let can_hide: Vec<_> = columns.into_iter().skip(1).collect();
    let layout = use_layout(
        id,
        can_hide.iter().map(|(column, _)| *column).collect(),
        hidden_at_first,
    );
    provide_context(layout);
    let clicks = use_clicks(address, feed, cells);
    let tips = use_tips(feed);
    let bulk_view: Option<AnyBulk> = cells.with_value(|cells| cells.bulk.clone());
    let answer = bulk_view.as_ref().map(AnyBulk::answer);
    view! {
        <section
            class="data-table"
            data-loading=changing(move || feed.loading.get().then_some("true"))
            data-density=changing(move || layout.density())
            data-feed=changing(move || feed.answers.get().name())
            on:pointerdown=move |_| address.rest()
            on:click=move |event| clicks.answer(&event)
            on:mouseover=move |event| tips.hovered(&event)
            on:mouseleave=move |_| tips.left()
            on:focusin=move |event| {
                address.rest();
                tips.focused(&event);
            }
            on:focusout=move |_| tips.blurred()
            on:change=move |event| {
                if let Some(answer) = answer {
                    answer(&event);
                }
            }
        >
            <Toolbar id words address layout columns=can_hide actions/>
            <FilterChips address schema columns=headings/>
            {bulk_view.map(|bulk| bulk.bar(feed, words))}
            {children.view()}
            {tips.view()}
        </section>
    }
    .erase()
}

#[component]
fn Skeleton(width: usize) -> Erased {
    view! {
        <table class="data-table__table" aria-hidden="true">
            <tbody class="data-table__skeleton">
                <SkeletonRows columns=width rows=10/>
            </tbody>
        </table>
    }
    .erase()
}

#[component]
fn Filled(frame: Frame) -> Erased {
    let Frame {
        id,
        words,
        schema,
        address,
        feed,
        cells,
        first_action,
        wide,
    } = frame;
    let layout = expect_context::<Layout>();
    let caption_id = format!("{id}-caption");
    let region_label = caption_id.clone();
    let retry = Callback::new(move |()| feed.retry());
    // Whether a failure stands in the place of the rows; above them, they are those of the query.
    let lost = Memo::new(move |_| feed.failed.read().is_some() && feed.shown.read().rows.is_empty());
    let failure = move |in_place: bool| {
        let error = feed.failed.get().filter(|_| lost.get() == in_place);
        error.map(|error| view! { <NotLoaded error retry busy=feed.loading/> })
    };
    let counted = move || {
        if lost.get() {
            return String::new();
        }
        let shown = feed.shown.read();
        words::table::count(shown.matching, shown.total, words.one, words.many)
    };
    let nothing_yet = Memo::new(move |_| feed.shown.read().total == 0);
    let no_rows = Memo::new(move |_| feed.shown.read().matching == 0 && !lost.get());
    let (columns, has_actions) = cells.with_value(|cells| (cells.columns.clone(), !cells.actions.is_empty()));
    let page_box = cells.with_value(|cells| cells.bulk.as_ref().map(AnyBulk::page_box));
    view! {
        <p class="data-table__count" role="status">
            {counted}
        </p>
        {move || failure(false)}
        <div
            class="data-table__scroll"
            role="region"
            aria-labelledby=region_label
            tabindex="0"
            data-wide=wide.then_some("true")
            hidden=changing(move || nothing_yet.get())
        >
            <table class="data-table__table">
                <caption id=caption_id class="visually-hidden">
                    {words.caption}
                </caption>
                <Head id schema columns address layout has_actions page_box/>
                <Body cells feed address layout/>
            </table>
        </div>
        {move || failure(true)}
        {move || (no_rows.get() && !nothing_yet.get()).then(|| view! { <NothingMatches words address/> })}
        {move || {
            (no_rows.get() && nothing_yet.get()).then(|| {
                view! {
                    <div class="data-table__empty">
                        <EmptyState icon=lu::LuInbox title=words.empty_title text=words.empty_text>
                            {first_action.with_value(|action| action.run())}
                        </EmptyState>
                    </div>
                }
                .erase()
            })
        }}
        <Footer id address feed/>
    }
    .erase()
}

#[component]
fn NothingMatches(words: TableWords, address: TableAddress) -> Erased {
    view! {
        <div class="data-table__empty">
            <EmptyState
                icon=lu::LuSearchX
                title=words::table::nothing_matches(words.many)
                text=words::table::NOTHING_MATCHES_TEXT
            >
                <ResetLink address/>
            </EmptyState>
        </div>
    }
    .erase()
}

/// The table could not be read: why, and another try. Somebody who may not read it gets no button.
#[component]
fn NotLoaded(
    error: AppError,
    #[prop(into)] retry: Callback<()>,
    /// Whether another try is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
) -> Erased {
    let forbidden = matches!(error, AppError::Domain(domain::error::Error::Forbidden { .. }));
    let title = if forbidden {
        words::errors::FORBIDDEN
    } else {
        words::table::NOT_LOADED
    };
    view! {
        <div class="data-table__empty" role="alert">
            <EmptyState icon=lu::LuCircleAlert title text=error.to_string()>
                {(!forbidden).then(|| view! { <Button label=words::table::RETRY busy on_press=retry/> })}
            </EmptyState>
        </div>
    }
    .erase()
}

/// The rest of a query, for forms that are sent before the browser's part has arrived.
fn hidden_fields(query: &TableQuery) -> impl IntoView + use<> {
    query
        .to_pairs()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}
