//! Where the rows of a table come from: page by page from the server, or the whole list once.

use std::{future::Future, pin::Pin, sync::Arc};

use domain::{
    enterprise::EnterpriseSlug,
    live::TableContent,
    table::{Listed, Page, TableQuery, TableSchema},
};
use leptos::server_fn::codec::ByteStream;
use uuid::Uuid;

use super::{
    column::RowHandle,
    whole::{Whole, WholeTable},
};
use crate::{error::AppError, server_fns::list::receive};

type Answer<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;
type AskList = Arc<dyn Fn(Vec<Uuid>) -> Answer<Vec<u8>> + Send + Sync>;

/// How what takes a whole list over and answers queries from it is made.
type NewWhole = fn(&'static TableSchema) -> Box<dyn Whole>;

/// How to ask for the rows of a table.
pub struct TableSource<L: Listed> {
    page: Arc<dyn Fn(String) -> Answer<Page<L::Row>> + Send + Sync>,
    list: Option<AskList>,
    content: Option<TableContent>,
}

impl<L: Listed> Clone for TableSource<L> {
    fn clone(&self) -> Self {
        Self {
            page: self.page.clone(),
            list: self.list.clone(),
            content: self.content,
        }
    }
}

impl<L: Listed> TableSource<L> {
    /// `page` answers the text form of a query; `list` answers with all rows of the table, or with those of some ids, in
    /// the form of `server_fns::list`.
    pub fn new<I, P, W>(
        page: impl Fn(String) -> P + Send + Sync + 'static,
        list: impl Fn(Vec<I>) -> W + Send + Sync + 'static,
    ) -> Self
    where
        I: From<Uuid> + 'static,
        P: Future<Output = Result<Page<L::Row>, AppError>> + Send + 'static,
        W: Future<Output = Result<ByteStream<AppError>, AppError>> + Send + 'static,
    {
        let ask = move |ids: Vec<Uuid>| -> Answer<Vec<u8>> {
            let list = list(ids.into_iter().map(I::from).collect());
            Box::pin(async move { receive(list.await).await })
        };
        Self {
            page: Arc::new(move |query| Box::pin(page(query))),
            list: Some(Arc::new(ask)),
            content: None,
        }
    }

    /// The same of one enterprise, which both are told.
    pub fn of_enterprise<I, P, W>(
        slug: &EnterpriseSlug,
        page: impl Fn(EnterpriseSlug, String) -> P + Send + Sync + 'static,
        list: impl Fn(EnterpriseSlug, Vec<I>) -> W + Send + Sync + 'static,
    ) -> Self
    where
        I: From<Uuid> + 'static,
        P: Future<Output = Result<Page<L::Row>, AppError>> + Send + 'static,
        W: Future<Output = Result<ByteStream<AppError>, AppError>> + Send + 'static,
    {
        let (slug, all_of) = (slug.clone(), slug.clone());
        Self::new(
            move |query| page(slug.clone(), query),
            move |ids: Vec<I>| list(all_of.clone(), ids),
        )
    }

    /// `page` answers the text form of a query, and always does: for a table of which the whole list would be old again
    /// with each change of anything.
    pub fn page_by_page<P>(page: impl Fn(String) -> P + Send + Sync + 'static) -> Self
    where
        P: Future<Output = Result<Page<L::Row>, AppError>> + Send + 'static,
    {
        Self {
            page: Arc::new(move |query| Box::pin(page(query))),
            list: None,
            content: None,
        }
    }

    /// The rows are made of this: the table follows when any of it changes.
    #[must_use]
    pub fn made_of(mut self, content: TableContent) -> Self {
        self.content = Some(content);
        self
    }

    /// One page, typed, as the server renders it.
    pub(super) fn first_page(&self, query: &TableQuery) -> Answer<Page<L::Row>> {
        (self.page)(query.to_query_string())
    }

    pub(super) fn forget_type(self, id: fn(&L::Row) -> Uuid) -> AnySource {
        let Self { page, list, content } = self;
        AnySource {
            page: Arc::new(move |query| {
                let answer = page(query);
                Box::pin(async move { Ok(handles(answer.await?, 0, id)) })
            }),
            list,
            new_whole: |schema| Box::new(WholeTable::<L>::new(schema)),
            content,
        }
    }
}

/// The rows of a page without their type.
pub(super) fn handles<T: Send + Sync + 'static>(page: Page<T>, generation: u32, id: fn(&T) -> Uuid) -> Page<RowHandle> {
    page.map(|row| RowHandle {
        id: id(&row),
        generation,
        row: Arc::new(row),
    })
}

/// The same with the row's type forgotten.
#[derive(Clone)]
pub(super) struct AnySource {
    page: Arc<dyn Fn(String) -> Answer<Page<RowHandle>> + Send + Sync>,
    list: Option<AskList>,
    new_whole: NewWhole,
    content: Option<TableContent>,
}

impl AnySource {
    pub(super) fn page(&self, query: &TableQuery) -> Answer<Page<RowHandle>> {
        (self.page)(query.to_query_string())
    }

    /// All rows, or those of `ids` if there are any; none where the server answers every query.
    pub(super) fn list(&self, ids: Vec<Uuid>) -> Option<Answer<Vec<u8>>> {
        self.list.as_ref().map(|list| list(ids))
    }

    /// Whether the browser can take over all rows.
    pub(super) fn has_list(&self) -> bool {
        self.list.is_some()
    }

    /// What the rows are made of, if the table is to follow changes.
    pub(super) fn content(&self) -> Option<TableContent> {
        self.content
    }

    /// What takes over all rows, if the browser can.
    pub(super) fn new_whole(&self, schema: &'static TableSchema) -> Box<dyn Whole> {
        (self.new_whole)(schema)
    }
}
