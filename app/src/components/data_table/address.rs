//! The state of a table in the page's address.

use domain::table::{TableQuery, TableSchema};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate},
};

use crate::{
    paths,
    ui::{Appearance, LinkButton},
    words,
};

/// The query a table shows, as the address says, and the addresses of other queries.
#[derive(Clone, Copy)]
pub struct TableAddress {
    /// What the address asks for.
    pub query: Memo<TableQuery>,
    path: Memo<String>,
    go: Callback<String>,
}

/// Reads the table's state from the address of the page.
#[must_use]
pub fn use_table_address(schema: &'static TableSchema) -> TableAddress {
    let location = use_location();
    let search = location.search;
    let pathname = location.pathname;
    let navigate = use_navigate();
    TableAddress {
        query: Memo::new(move |_| TableQuery::parse_lenient(&search.read(), schema)),
        path: Memo::new(move |_| pathname.get()),
        go: Callback::new(move |href: String| {
            navigate(
                &href,
                NavigateOptions {
                    replace: true,
                    scroll: false,
                    ..Default::default()
                },
            );
        }),
    }
}

impl TableAddress {
    /// The address that shows `query`.
    #[must_use]
    pub fn href(&self, query: &TableQuery) -> String {
        paths::with_query(&self.path.read(), &[&query.to_query_string()])
    }

    /// The address that shows the current query together with more parameters, such as an open dialog.
    #[must_use]
    pub fn href_with(&self, parameters: &str) -> String {
        paths::with_query(&self.path.read(), &[&self.query.read().to_query_string(), parameters])
    }

    /// Shows `query` without a new entry in the history, as for each key of a search.
    pub fn replace(&self, query: &TableQuery) {
        self.go.run(self.href(query));
    }

    /// The path of the page.
    #[must_use]
    pub fn path(&self) -> String {
        self.path.get()
    }
}

/// Clears search and filters; cannot be pressed when there are none.
#[component]
pub(super) fn ResetLink(address: TableAddress) -> impl IntoView {
    let href = move || address.href(&address.query.read().reset());
    let reason = Signal::derive(move || {
        (!address.query.read().is_filtered()).then(|| words::table::NOTHING_TO_RESET.to_owned())
    });
    view! {
        <LinkButton
            href=Signal::derive(href)
            label=words::table::RESET_FILTERS
            appearance=Appearance::Subtle
            disabled_reason=reason
        />
    }
}
