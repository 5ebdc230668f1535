//! The numbers that are live, and whom they serve.

use domain::{
    config_snapshot::{ConfiguredRow, TABLE},
    enterprise::EnterpriseSlug,
    live::CONFIGURATION,
};
use leptos::prelude::*;
use uuid::Uuid;

use crate::{
    components::{
        data_table::{Column, Copied, TableSource, TableWords},
        unbroken::unbroken,
    },
    server_fns::config_snapshot::{list_all_configured_numbers, list_configured_numbers},
    ui::TipHost,
    words,
};

/// How many receivers a cell shows before it says how many more there are.
const RECEIVERS_SHOWN: usize = 3;

pub(super) const WORDS: TableWords = TableWords {
    caption: words::configuration::CAPTION,
    one: words::configuration::ONE,
    many: words::configuration::MANY,
    empty_title: words::configuration::EMPTY_TITLE,
    empty_text: words::configuration::EMPTY_TEXT,
};

pub(super) fn id(row: &ConfiguredRow) -> Uuid {
    row.id.0
}

pub(super) fn source(slug: &EnterpriseSlug) -> TableSource<ConfiguredRow> {
    TableSource::of_enterprise(slug, list_configured_numbers, list_all_configured_numbers).made_of(CONFIGURATION)
}

pub(super) fn columns() -> Vec<Column<ConfiguredRow>> {
    let [number, serves, kind, receivers] = TABLE.columns();
    vec![
        Column::new(number, words::configuration::NUMBER, |row: &ConfiguredRow| {
            unbroken(row.number.display())
        })
        .copied(|row| copied(words::configuration::NUMBER, row, row.number.to_string())),
        Column::new(serves, words::configuration::SERVES, |row: &ConfiguredRow| {
            row.serves.clone()
        })
        .copied(|row| copied(words::configuration::SERVES, row, row.serves.clone())),
        Column::new(kind, words::configuration::KIND, |row: &ConfiguredRow| row.kind().label),
        Column::new(receivers, words::configuration::RECEIVERS, receivers_cell)
            .copied(|row| copied(words::configuration::RECEIVERS, row, row.receivers.join(", "))),
    ]
}

fn receivers_cell(row: &ConfiguredRow) -> impl IntoView + use<> {
    let shown = row
        .receivers
        .iter()
        .take(RECEIVERS_SHOWN)
        .map(|name| view! { <li>{name.clone()}</li> })
        .collect_view();
    let hidden: Vec<String> = row.receivers.iter().skip(RECEIVERS_SHOWN).cloned().collect();
    let more = (!hidden.is_empty()).then(|| {
        let (count, names) = (hidden.len() as u64, hidden.join(", "));
        let id = format!("receivers-{}", row.id);
        let described_by = id.clone();
        view! {
            <li>
                <TipHost text=Signal::stored(Some(names)) id>
                    <button class="value-list__more" type="button" aria-describedby=described_by>
                        {words::configuration::more(count)}
                    </button>
                </TipHost>
            </li>
        }
    });
    view! { <ul class="value-list">{shown} {more}</ul> }
}

#[expect(clippy::unnecessary_wraps, reason = "the shape a column wants")]
fn copied(what: &str, row: &ConfiguredRow, value: String) -> Option<Copied> {
    Some(Copied {
        label: words::table::copy(what, &row.number.display()),
        value,
    })
}
