//! The table of what becomes of each row, or became of it.

use chrono::{DateTime, Utc};
use domain::{
    import::{OutcomeKind, OutcomeRow, TABLE, UserImportSummary},
    table::{Condition, TableQuery},
};
use icondata_lu as lu;
use leptos::prelude::*;
use uuid::Uuid;

use super::file::FileState;
use crate::{
    components::data_table::{Column, DataTable, ReadyFilter, TableAddress, TableSource, TableWords, use_table},
    erase::{Erase, Erased},
    paths,
    server_fns::import_upload::list_import_outcomes,
    ui::{Chip, LinkButton, Tone},
    words,
};

const WORDS: TableWords = TableWords {
    caption: words::imports::CAPTION,
    one: words::imports::ONE,
    many: words::imports::MANY,
    empty_title: words::imports::EMPTY_TITLE,
    empty_text: words::imports::EMPTY_TEXT,
};

/// What the last run came to, when the file was imported, and which run it is.
type Run = (Option<UserImportSummary>, Option<DateTime<Utc>>, Option<Uuid>);

/// The server answers every query: a file may have half a million rows.
#[component]
pub(super) fn Outcomes(file: FileState) -> Erased {
    let source = TableSource::<OutcomeRow>::page_by_page(move |query| {
        list_import_outcomes(file.slug.get_value(), file.kind, file.id, query)
    });
    let table = use_table(&TABLE, source, OutcomeRow::key);
    let (address, feed) = (table.address, table.feed);
    let run = file.read(|upload| (upload.summary, upload.applied_at, upload.run));
    Effect::new(move |before: Option<Run>| {
        let now = run.get();
        if before.is_some_and(|before| before != now) {
            feed.changed(Vec::new(), || {});
        }
        now
    });
    let missing = Memo::new(move |_| {
        let summary = run.get().0;
        summary.and_then(|summary| summary.missing).unwrap_or_default()
    });
    let title = move || match run.get().1 {
        Some(_) => words::imports::OUTCOMES_AFTER,
        None => words::imports::OUTCOMES_TITLE,
    };
    let rejected = StoredValue::new(paths::import_rejected(&file.slug.get_value(), file.kind, file.id));
    let download = move || {
        let any = run.get().0.is_some_and(|summary| summary.rows.rejected > 0);
        any.then(|| {
            view! {
                <LinkButton
                    href=rejected.get_value()
                    label=words::imports::REJECTED_FILE
                    icon=lu::LuDownload
                    rel="external"
                />
            }
        })
    };
    view! {
        <h2 class="section-title">{title}</h2>
        <Problems address missing/>
        <DataTable id="outcomes" words=WORDS schema=&TABLE columns=columns() table actions=download/>
    }
    .erase()
}

/// Links to all rows, to those that are rejected, and to the people who are not in the file, if there are any.
#[component]
fn Problems(address: TableAddress, missing: Memo<u64>) -> Erased {
    let missing_people = move || {
        (missing.get() > 0).then(|| {
            let label = words::imports::filter_missing(missing.get());
            view! { <ReadyFilter address label wanted=only(OutcomeKind::Missing)/> }
        })
    };
    view! {
        <nav class="ready-filters" aria-label=words::imports::READY_FILTERS>
            <ul class="ready-filters__list">
                <ReadyFilter address label=words::imports::FILTER_ALL wanted=TableQuery::default()/>
                <ReadyFilter
                    address
                    label=words::imports::FILTER_REJECTED
                    wanted=only(OutcomeKind::Rejected)
                />
                {missing_people}
            </ul>
        </nav>
    }
    .erase()
}

fn only(kind: OutcomeKind) -> TableQuery {
    let [_, _, outcome, _] = TABLE.columns();
    TableQuery::default().with_filter(outcome.id, Condition::Choice(vec![kind.as_str().to_owned()]))
}

fn columns() -> Vec<Column<OutcomeRow>> {
    let [line, subject, outcome, details] = TABLE.columns();
    vec![
        Column::new(line, words::imports::LINE, |row: &OutcomeRow| {
            row.line
                .map_or_else(|| words::imports::NO_LINE.to_owned(), |line| line.to_string())
        }),
        Column::new(subject, words::imports::SUBJECT, |row: &OutcomeRow| row.subject.clone()),
        Column::new(outcome, words::imports::OUTCOME, |row: &OutcomeRow| {
            let (tone, label) = (tone(row.outcome), row.outcome.label());
            view! { <Chip tone label/> }
        }),
        Column::new(details, words::imports::DETAILS, |row: &OutcomeRow| row.reason.clone()),
    ]
}

fn tone(outcome: OutcomeKind) -> Tone {
    match outcome {
        OutcomeKind::Added => Tone::Success,
        OutcomeKind::Updated => Tone::Info,
        OutcomeKind::Unchanged => Tone::Neutral,
        OutcomeKind::Rejected => Tone::Danger,
        OutcomeKind::Missing => Tone::Warning,
    }
}
