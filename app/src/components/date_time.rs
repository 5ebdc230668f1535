//! Dates and times: in UTC as the server renders them, in the reader's own zone once the browser's part runs.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::{
    context::use_time_of_visit,
    erase::{Erase, Erased, changing},
    ui::{TipHost, use_hydrated},
    words,
};

/// A moment, such as "23 Nov 2026, 14:05"; the zone is told on hover.
#[component]
pub fn DateAndTime(
    /// The moment.
    at: DateTime<Utc>,
) -> Erased {
    let hydrated = use_hydrated();
    let shown = move || if hydrated.get() { local(at) } else { Shown::utc(at) };
    view! {
        <time class="numeric" datetime=at.to_rfc3339() title=changing(move || shown().zone)>
            {move || shown().text}
        </time>
    }
    .erase()
}

/// A moment with how far away it is: "23 Nov 2026, 14:05" and "in 5 days". The zone is told on hover, focus and tap.
#[component]
pub fn DateWithDistance(
    /// The moment.
    at: DateTime<Utc>,
) -> Erased {
    let hydrated = use_hydrated();
    let shown = move || if hydrated.get() { local(at) } else { Shown::utc(at) };
    view! {
        <span class="date-with-note">
            <TipHost text=Signal::derive(move || Some(shown().zone))>
                <time
                    class="numeric"
                    datetime=at.to_rfc3339()
                    tabindex="0"
                    aria-description=changing(move || shown().zone)
                >
                    {move || shown().text}
                </time>
            </TipHost>
            <span class="date-with-note__note">
                <Distance at/>
            </span>
        </span>
    }
    .erase()
}

/// A moment within a sentence, in the reader's own zone; for what is drawn only once the browser's part runs.
#[must_use]
pub fn within_text(at: DateTime<Utc>) -> String {
    local(at).text
}

/// How far away a moment is, such as "in 5 days" or "3 hours ago".
#[component]
pub fn Distance(
    /// The moment.
    at: DateTime<Utc>,
) -> Erased {
    let distance = distance(at);
    (move || distance.get()).erase()
}

/// How far away a moment is, for a sentence; none where the time is not known.
pub fn distance(at: DateTime<Utc>) -> Signal<Option<String>> {
    let hydrated = use_hydrated();
    let visit = use_time_of_visit();
    let now = move || if hydrated.get() { time_of_browser() } else { visit };
    Signal::derive(move || now().map(|now| words::time::distance(at, now)))
}

/// The time by the clock of this browser; none on the server.
#[cfg(feature = "hydrate")]
pub(crate) fn time_of_browser() -> Option<DateTime<Utc>> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds of any date in reach fit")]
    let milliseconds = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(milliseconds)
}

/// The server does not know the time of any browser.
#[cfg(not(feature = "hydrate"))]
pub(crate) fn time_of_browser() -> Option<DateTime<Utc>> {
    None
}

struct Shown {
    text: String,
    zone: String,
}

impl Shown {
    fn utc(at: DateTime<Utc>) -> Self {
        Self {
            text: at.format("%-d %b %Y, %H:%M").to_string(),
            zone: "UTC".to_owned(),
        }
    }
}

/// The moment in the zone of this browser. The month names stay those of the interface's language.
#[cfg(feature = "hydrate")]
fn local(at: DateTime<Utc>) -> Shown {
    use chrono::FixedOffset;

    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of any date in reach are exact in f64"
    )]
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at.timestamp_millis() as f64));
    // JavaScript counts minutes west of Greenwich.
    #[expect(clippy::cast_possible_truncation, reason = "offsets are below 24 hours")]
    let east_seconds = -(date.get_timezone_offset() as i32) * 60;
    match FixedOffset::east_opt(east_seconds) {
        Some(zone) => Shown {
            text: at.with_timezone(&zone).format("%-d %b %Y, %H:%M").to_string(),
            zone: format!("UTC{zone}"),
        },
        None => Shown::utc(at),
    }
}

#[cfg(not(feature = "hydrate"))]
fn local(at: DateTime<Utc>) -> Shown {
    Shown::utc(at)
}
