//! The state of a table and its copy in the page's address.
//!
//! What the table shows lives in a signal, so that a key press is answered at once; the address follows after a pause,
//! and a link or Back that changes the address changes the table. Who leaves the page before that finds the last step
//! in the history all the same.

use domain::table::{PageSize, TableQuery, TableSchema};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use super::leaving::before_leaving;
use crate::{effect::effect, paths, ui::BrowserValue};

/// How a change of the table enters the history of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One step that Back undoes: a sort, a page, a cleared filter.
    Single,
    /// One of many keys; what is typed without leaving the field is one step.
    Typing,
    /// One of several fields of this column's filter; filling them in is one step.
    Filling(&'static str),
}

impl Step {
    /// How long the address waits for more, in milliseconds. Not at once even for a single step: the router's work must
    /// not come before the answer is painted.
    fn pause(self, goes_on: bool) -> u32 {
        match self {
            Self::Typing if goes_on => 150,
            Self::Single | Self::Typing | Self::Filling(_) => 30,
        }
    }
}

/// The query a table shows, and the addresses of other queries.
#[derive(Clone, Copy)]
pub struct TableAddress {
    query: RwSignal<TableQuery>,
    /// The same to read; made once, since a signal cannot be made of one whose page has been left.
    shown: Signal<TableQuery>,
    path: StoredValue<String>,
    schema: &'static TableSchema,
    /// What this table has put into the address; anything else there came by a link or by Back.
    written: StoredValue<TableQuery>,
    /// How the last change was put into the address.
    last: StoredValue<Step>,
    /// A step that is shown already and waits for its place in the address.
    pending: BrowserValue<(Step, Timeout)>,
    go: Callback<(String, bool)>,
    /// Is set each time that a dialog is asked for: one whose parameters are in the address already changes nothing else.
    asked: RwSignal<()>,
    /// Is set each time that what the table shows is in the address.
    rested: RwSignal<()>,
}

/// Reads the table's state from the address of the page and keeps both the same.
#[must_use]
pub fn use_table_address(schema: &'static TableSchema) -> TableAddress {
    let location = use_location();
    let (search, pathname) = (location.search, location.pathname);
    let asked = TableQuery::parse_lenient(&search.read_untracked(), schema);
    let navigate = use_navigate();
    let query = RwSignal::new(asked.clone());
    let address = TableAddress {
        query,
        shown: query.into(),
        path: StoredValue::new(pathname.get_untracked()),
        schema,
        written: StoredValue::new(asked),
        last: StoredValue::new(Step::Single),
        pending: BrowserValue::new(),
        go: Callback::new(move |(href, replace): (String, bool)| {
            let options = NavigateOptions {
                replace,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&href, options);
        }),
        asked: RwSignal::new(()),
        rested: RwSignal::new(()),
    };
    effect(move || {
        let here = address.path.with_value(|path| *pathname.read() == *path);
        if here {
            address.follow(TableQuery::parse_lenient(&search.read(), schema));
        }
    });
    before_leaving(move || address.rest());
    address
}

impl TableAddress {
    /// What the table shows.
    #[must_use]
    pub fn query(&self) -> Signal<TableQuery> {
        self.shown
    }

    /// The address that shows `query`.
    #[must_use]
    pub fn href(&self, query: &TableQuery) -> String {
        self.path
            .with_value(|path| paths::with_query(path, &[&query.to_query_string()]))
    }

    /// An address that `href` makes of what is shown. While somebody types it stays as it was, and follows once there is a
    /// pause, so that no key waits for the links of all headings and pages.
    pub(super) fn link(&self, href: impl Fn() -> String + 'static) -> Signal<String> {
        self.follow_at_rest(Box::new(href))
    }

    fn follow_at_rest(&self, href: Box<dyn Fn() -> String>) -> Signal<String> {
        let address = *self;
        let link = RwSignal::new(untrack(&href));
        effect(move || {
            address.rested.track();
            if address.pending.is_set() {
                return;
            }
            let href = href();
            if *link.read_untracked() != href {
                link.set(href);
            }
        });
        link.into()
    }

    /// Puts what is shown into the address now, and the links to what it leads to: one of them may be followed.
    pub(super) fn rest(&self) {
        self.settle(|_| true);
    }

    /// The address that shows the current query together with more parameters, such as an open dialog. Not reactive:
    /// ask at the moment of use.
    #[must_use]
    pub fn href_with(&self, parameters: &str) -> String {
        let query = self.query.read_untracked().to_query_string();
        self.path
            .with_value(|path| paths::with_query(path, &[&query, parameters]))
    }

    /// The address of all rows that `query` finds, whatever its page, as a file.
    #[must_use]
    pub fn export_href(&self, query: &TableQuery) -> String {
        let query = query.with_size(PageSize::default()).to_query_string();
        self.path.with_value(|path| paths::export(path, &query))
    }

    /// The path of the page.
    #[must_use]
    pub fn path(&self) -> String {
        self.path.get_value()
    }

    /// Whether the page of the table is still open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.query.try_with_untracked(|_| ()).is_some()
    }

    /// Shows `query` now and puts it into the address soon. Does nothing once the page of the table has been left, as by
    /// a notice that is still there.
    pub fn show(&self, query: TableQuery, step: Step) {
        let is_other = self.query.try_with_untracked(|shown| *shown != query);
        if is_other != Some(true) {
            return;
        }
        self.settle(|waiting| waiting != step || step == Step::Single);
        self.query.set(query);
        let address = *self;
        let pause = step.pause(self.last.get_value() == step);
        let write = Timeout::new(pause, move || address.write(step));
        self.pending.set((step, write));
    }

    /// Puts the step that waits into the address now, if it is one of `those`, so that the next is a step of its own.
    fn settle(&self, those: impl FnOnce(Step) -> bool) {
        let waiting = self.pending.with(|(waiting, _)| *waiting);
        if let Some(waiting) = waiting.filter(|waiting| those(*waiting)) {
            self.write(waiting);
        }
    }

    /// Shows what the search part of a link within this table asks for.
    pub(super) fn show_link(&self, search: &str) {
        self.show(TableQuery::parse_lenient(search, self.schema), Step::Single);
    }

    /// Opens a dialog over the table, or closes it: puts `parameters` behind the query, as a step that Back undoes unless
    /// it replaces the last one.
    pub fn open(&self, parameters: &str, replace: bool) {
        self.settle(|_| !replace);
        self.pending.clear();
        self.come_to_rest(self.query.get_untracked());
        self.go.run((self.href_with(parameters), replace));
        self.asked.set(());
    }

    /// Follows each time that a dialog is asked for, also of one that is asked for already.
    pub fn track_asked(&self) {
        self.asked.track();
    }

    fn write(&self, step: Step) {
        self.pending.clear();
        let replace = step != Step::Single && self.last.get_value() == step;
        self.last.set_value(step);
        let query = self.query.get_untracked();
        let href = self.href(&query);
        self.come_to_rest(query);
        self.go.run((href, replace));
    }

    /// `query` is what the address says now, or is about to.
    fn come_to_rest(&self, query: TableQuery) {
        self.written.set_value(query);
        self.rested.set(());
    }

    /// The address asks for `asked`.
    fn follow(&self, asked: TableQuery) {
        if self.written.with_value(|written| *written == asked) {
            return;
        }
        self.pending.clear();
        self.last.set_value(Step::Single);
        self.come_to_rest(asked.clone());
        self.query.set(asked);
    }
}
