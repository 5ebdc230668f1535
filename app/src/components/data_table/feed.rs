//! Answers the queries of one table: from the whole list once the browser has taken it over, from the server until then
//! and for lists that are too long.

use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::{
    live::Stale,
    table::{Page, PageSize, TableQuery, TableSchema, WHOLE_LIST_ROWS},
};
use gloo_timers::{callback::Timeout, future::TimeoutFuture};
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

use super::{
    TableAddress,
    column::RowHandle,
    source::AnySource,
    waiting::Waiting,
    whole::{Begun, Progress, Whole},
};
use crate::{
    context::on_news,
    effect::effect,
    error::AppError,
    server_fns::list::NotAList,
    ui::{BrowserValue, use_hydrated},
};

/// How long typing must pause before the server is asked; below what is felt as waiting.
const TYPING_PAUSE: Duration = Duration::from_millis(120);
/// How long the list waits after the page has come to life, so that the first paint and the first key come first.
const LIST_PAUSE: Duration = Duration::from_millis(60);

/// Where a row stands in what the table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On this page of the current query.
    OnPage(u64),
    /// The search or a filter hides it.
    Hidden,
    /// Not in sight: the search or a filter may hide it, or it is on another page.
    PerhapsHidden,
    /// Only the server could tell.
    Unknown,
}

/// Who answers the queries of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answers {
    /// The server, one page at a time.
    Server,
    /// The browser, from the whole list.
    Whole,
}

impl Answers {
    /// What the page calls it, for tests and measurements.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Whole => "whole",
        }
    }
}

/// The rows of a table and how they are kept up to date.
#[derive(Clone, Copy)]
pub struct Feed {
    address: TableAddress,
    schema: &'static TableSchema,
    source: StoredValue<AnySource>,
    pub(super) shown: RwSignal<Page<RowHandle>>,
    /// Why the last question has no answer. Rows that are shown all the same are those of the query.
    pub(super) failed: RwSignal<Option<AppError>>,
    pub(super) loading: RwSignal<bool>,
    /// Whether what is shown is the answer to an earlier query.
    outdated: StoredValue<bool>,
    /// The row that was just added or changed.
    pub(super) fresh: RwSignal<Option<Uuid>>,
    /// Who answers.
    pub(super) answers: RwSignal<Answers>,
    whole: BrowserValue<Box<dyn Whole>>,
    /// Counts the questions to the server; only the last one's answer is shown.
    asked: StoredValue<u32>,
    question: BrowserValue<Timeout>,
    /// Begins to take over the list; no question may come in its place.
    beginning: BrowserValue<Timeout>,
    work: StoredValue<Work>,
    waiting: Waiting,
    ready: Signal<bool>,
}

/// What is still to be taken over from the server.
#[derive(Default)]
struct Work {
    running: bool,
    all: bool,
    ids: Vec<Uuid>,
}

impl Feed {
    pub(super) fn new(address: TableAddress, schema: &'static TableSchema, source: AnySource) -> Self {
        let content = source.content();
        let feed = Self {
            address,
            schema,
            source: StoredValue::new(source),
            shown: RwSignal::new(nothing()),
            failed: RwSignal::new(None),
            loading: RwSignal::new(false),
            outdated: StoredValue::new(false),
            fresh: RwSignal::new(None),
            answers: RwSignal::new(Answers::Server),
            whole: BrowserValue::new(),
            asked: StoredValue::new(0),
            question: BrowserValue::new(),
            beginning: BrowserValue::new(),
            work: StoredValue::new(Work::default()),
            waiting: Waiting::new(),
            ready: use_hydrated(),
        };
        let mut before: Option<TableQuery> = None;
        effect(move || {
            let query = address.query().get();
            let before = before.replace(query.clone());
            if let Some(before) = before.filter(|before| *before != query) {
                feed.fresh.set(None);
                feed.outdated.set_value(true);
                feed.answer(&query, before.search != query.search);
            }
        });
        if let Some(content) = content {
            on_news(move |news| feed.follow(content.stale_after(&news)));
        }
        feed
    }

    /// Shows the page that came with the document or with the first question, and begins to take over the list.
    pub(super) fn begin(self, page: Page<RowHandle>) {
        let short_enough = self.can_be_whole(page.total);
        self.shown.set(page);
        // A question that is under way may be for what has been typed meanwhile.
        self.outdated.set_value(self.loading.get_untracked());
        self.failed.set(None);
        if cfg!(feature = "hydrate") && short_enough {
            let pause = u32::try_from(LIST_PAUSE.as_millis()).unwrap_or_default();
            self.beginning
                .set(Timeout::new(pause, move || self.catch_up(|work| work.all = true)));
        }
    }

    /// The rows of `ids` have changed, come or gone: shows them as they are now, then calls `after`.
    pub fn changed(self, ids: Vec<Uuid>, after: impl FnOnce() + 'static) {
        self.fresh.set(ids.first().copied().filter(|_| ids.len() == 1));
        if !self.whole.with(|whole| whole.is_ready()).unwrap_or_default() {
            self.ask_server(&self.address.query().get_untracked(), Duration::ZERO);
        }
        self.catch_up(|work| work.ids.extend(ids));
        self.waiting.add(after);
        self.settle();
    }

    /// Somebody else, a job or the command line has changed something, or this page has a moment ago: shows the rows as
    /// they are now, and leaves everything else as it is.
    fn follow(self, stale: Stale) {
        if stale == Stale::Nothing {
            return;
        }
        let ready = self.whole.with(|whole| whole.is_ready()).unwrap_or_default();
        if !ready {
            // Whatever is on its way was perhaps read before the change.
            self.ask_server(&self.address.query().get_untracked(), Duration::ZERO);
        }
        if ready || self.can_be_whole(self.shown.read_untracked().total) {
            self.catch_up(|work| match stale {
                Stale::Rows(ids) if ready => work.ids.extend(ids),
                _ => work.all = true,
            });
        }
    }

    /// Whether the links of the rows can open dialogs: the page has come to life.
    #[must_use]
    pub fn ready(&self) -> Signal<bool> {
        self.ready
    }

    /// Where the row stands in what the table shows now.
    #[must_use]
    pub fn place_of(&self, id: Uuid) -> Place {
        let Some(query) = self.address.query().try_get_untracked() else {
            return Place::Unknown;
        };
        let ready = self.whole.with(|whole| whole.is_ready()).unwrap_or_default();
        if ready {
            let page = self.whole.update(|whole| whole.page_with(&query, now(), id)).flatten();
            return page.map_or(Place::Hidden, Place::OnPage);
        }
        let shown = self.shown.read_untracked();
        if shown.rows.iter().any(|row| row.id == id) {
            return Place::OnPage(shown.page);
        }
        let all_in_sight = shown.page_count() == 1 && self.failed.read_untracked().is_none();
        match (query.is_filtered(), all_in_sight) {
            (true, true) => Place::Hidden,
            (true, false) => Place::PerhapsHidden,
            (false, _) => Place::Unknown,
        }
    }

    /// Whether the browser can take over a list of so many rows.
    fn can_be_whole(self, rows: u64) -> bool {
        rows <= WHOLE_LIST_ROWS && self.source.with_value(AnySource::has_list)
    }

    /// Does what waits for the table to show what has changed, unless there is more to come.
    fn settle(self) {
        if !self.is_busy() {
            self.waiting.end();
        }
    }

    fn is_busy(&self) -> bool {
        self.loading.try_get_untracked() == Some(true)
            || self
                .work
                .try_with_value(|work| work.running || work.all || !work.ids.is_empty())
                == Some(true)
    }

    fn answer(self, query: &TableQuery, typed: bool) {
        let page = self.whole.update(|whole| whole.page(query, now())).flatten();
        match page {
            Some(page) => {
                self.asked.update_value(|asked| *asked += 1);
                self.show(page);
            }
            None => self.ask_server(query, if typed { TYPING_PAUSE } else { Duration::ZERO }),
        }
    }

    fn show(self, page: Page<RowHandle>) {
        self.shown.set(page);
        self.outdated.set_value(false);
        if self.loading.get_untracked() {
            self.loading.set(false);
        }
        if self.failed.read_untracked().is_some() {
            self.failed.set(None);
        }
        self.settle();
    }

    /// Asks the server after a pause, unless another question comes first.
    fn ask_server(self, query: &TableQuery, pause: Duration) {
        let question = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        self.loading.set(true);
        let answer = self.source.with_value(|source| source.page(query));
        let ask = move || {
            spawn_local(async move {
                let answer = answer.await;
                if self.asked.try_get_value() != question {
                    return;
                }
                match answer {
                    Ok(page) => self.show(with_generation(page, question.unwrap_or_default())),
                    Err(error) => {
                        if self.outdated.get_value() {
                            self.shown.update(|shown| shown.rows.clear());
                        }
                        self.loading.set(false);
                        self.failed.set(Some(error));
                        self.settle();
                    }
                }
            });
        };
        self.question
            .set(Timeout::new(u32::try_from(pause.as_millis()).unwrap_or_default(), ask));
    }

    /// Asks the server once more after a failure, which is told until there is an answer.
    pub(super) fn retry(self) {
        self.ask_server(&self.address.query().get_untracked(), Duration::ZERO);
    }

    /// Adds to what is to be taken over and does it, one answer after the other.
    fn catch_up(self, add: impl FnOnce(&mut Work)) {
        let start = self.work.try_update_value(|work| {
            add(work);
            !std::mem::replace(&mut work.running, true)
        });
        if start == Some(true) {
            spawn_local(async move {
                while let Some(ids) = self.next_work() {
                    // Without a list before there is nothing on the screen that a failure makes old.
                    let changed = !ids.is_empty() || self.whole.is_set();
                    if let Err(error) = self.take_over(ids).await {
                        // The table goes on asking the server.
                        leptos::logging::warn!("the list could not be taken over: {error}");
                        self.whole.clear();
                        self.tell_who_answers();
                        if let Some(query) = self.address.query().try_get_untracked().filter(|_| changed) {
                            self.answer(&query, false);
                        }
                    }
                }
                self.settle();
            });
        }
    }

    /// The ids to take over next, none of them for all; nothing when all is done.
    fn next_work(self) -> Option<Vec<Uuid>> {
        self.work.try_update_value(|work| {
            let ready = self.whole.with(|whole| whole.is_ready()).unwrap_or_default();
            let ids = std::mem::take(&mut work.ids);
            if std::mem::take(&mut work.all) {
                return Some(Vec::new());
            }
            if ids.is_empty() || !ready {
                work.running = false;
                return None;
            }
            Some(ids)
        })?
    }

    async fn take_over(self, ids: Vec<Uuid>) -> Result<(), AppError> {
        let Some(answer) = self.source.try_with_value(|source| source.list(ids.clone())).flatten() else {
            return Ok(());
        };
        let answer = answer.await?;
        if !self.whole.is_set() {
            self.whole
                .set(self.source.try_with_value(|source| source.new_whole(self.schema)));
        }
        let garbled = |_: NotAList| AppError::NotUnderstood;
        let begun = self
            .whole
            .update(|whole| whole.begin(answer, &ids))
            .unwrap_or(Ok(Begun::TooLong));
        if begun.map_err(garbled)? == Begun::Rows {
            while self
                .whole
                .update(|whole| whole.work())
                .unwrap_or(Ok(Progress::Done))
                .map_err(garbled)?
                == Progress::More
            {
                TimeoutFuture::new(0).await;
            }
        }
        if let Some(query) = self.address.query().try_get_untracked() {
            self.answer(&query, false);
        }
        self.tell_who_answers();
        Ok(())
    }

    fn tell_who_answers(self) {
        let ready = self.whole.with(|whole| whole.is_ready()).unwrap_or_default();
        self.answers.set(if ready { Answers::Whole } else { Answers::Server });
    }
}

fn with_generation(page: Page<RowHandle>, generation: u32) -> Page<RowHandle> {
    page.map(|row| RowHandle { generation, ..row })
}

fn nothing() -> Page<RowHandle> {
    Page {
        rows: Vec::new(),
        total: 0,
        matching: 0,
        page: 1,
        size: PageSize::default(),
    }
}

/// The time of this browser.
fn now() -> DateTime<Utc> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of any date in reach fit")]
    let milliseconds = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(milliseconds).unwrap_or(DateTime::UNIX_EPOCH)
}
