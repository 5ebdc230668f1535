//! What pressing something in a table does. The table listens once for all its rows and links, so that drawing a row
//! anew hangs no listeners on it.

use domain::table::SortMode;
use gloo_timers::callback::Timeout;
use leptos::{
    ev,
    prelude::*,
    web_sys::{Element, HtmlTableRowElement},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

use super::{Feed, Step, TableAddress, body::Cells};
use crate::{
    ui::{BrowserValue, Toasts, use_toasts, write_clipboard},
    words,
};

/// How long a copy button shows that it copied, in milliseconds.
const COPIED_SHOWN: u32 = 2_000;

/// Answers presses inside of a table.
#[derive(Clone, Copy)]
pub(super) struct Clicks {
    address: TableAddress,
    feed: Feed,
    cells: StoredValue<Cells>,
    toasts: Toasts,
    copied: BrowserValue<(Element, Timeout)>,
}

pub(super) fn use_clicks(address: TableAddress, feed: Feed, cells: StoredValue<Cells>) -> Clicks {
    Clicks {
        address,
        feed,
        cells,
        toasts: use_toasts(),
        copied: BrowserValue::new(),
    }
}

impl Clicks {
    /// Answers a press if it is on a copy button or on a link of the table; leaves all others to the page.
    pub(super) fn answer(self, event: &ev::MouseEvent) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
            return;
        };
        if let Some(button) = closest(&target, "[data-copy]") {
            self.copy(button);
        } else if let Some(link) = closest(&target, "a[href]") {
            self.follow(&link, event);
        }
    }

    /// Follows a link within the page at once. With a modifier key it is the browser's, but Shift on a heading adds to the
    /// sort order.
    fn follow(self, link: &Element, event: &ev::MouseEvent) {
        let other_button = event.button() != 0 || event.ctrl_key() || event.meta_key() || event.alt_key();
        if other_button || event.default_prevented() {
            return;
        }
        if let Some(column) = link.get_attribute("data-sort").filter(|_| event.shift_key()) {
            event.prevent_default();
            let query = self.address.query().get_untracked();
            self.address
                .show(query.with_sort_toggled(&column, SortMode::Add), Step::Single);
            return;
        }
        if event.shift_key() {
            return;
        }
        let Some(href) = link.get_attribute("href") else { return };
        let (path, search) = href.split_once('?').unwrap_or((&href, ""));
        if link.has_attribute("data-dialog") {
            event.prevent_default();
            self.address.open(search, false);
        } else if path == self.address.path() {
            event.prevent_default();
            self.address.show_link(search);
        }
    }

    fn copy(self, button: Element) {
        let Some(text) = self.copied(&button) else { return };
        spawn_local(async move {
            if write_clipboard(&text).await {
                self.show_copied(button);
            } else {
                self.toasts.error(words::ui::COPY_FAILED);
            }
        });
    }

    /// What a button copies: the rows would be slower to draw if each had it written in it.
    fn copied(self, button: &Element) -> Option<String> {
        let column = button.get_attribute("data-copy")?;
        let row: HtmlTableRowElement = closest(button, "tr")?.dyn_into().ok()?;
        let place = usize::try_from(row.section_row_index()).ok()?;
        let row = self.feed.shown.read_untracked().rows.get(place)?.clone();
        self.cells.with_value(|cells| cells.copied(&column, &row))
    }

    fn show_copied(self, button: Element) {
        self.clear_copied();
        mark(&button, Some(words::ui::COPIED));
        self.toasts.announce(words::ui::COPIED);
        let clear = Timeout::new(COPIED_SHOWN, move || self.clear_copied());
        self.copied.set((button, clear));
    }

    fn clear_copied(self) {
        if let Some((button, timeout)) = self.copied.take() {
            mark(&button, None);
            drop(timeout);
        }
    }
}

pub(super) fn closest(target: &Element, selector: &str) -> Option<Element> {
    // The selectors are constants of this module and valid.
    target.closest(selector).ok().flatten()
}

/// Style sheets draw what `data-copied` says beside the button.
fn mark(button: &Element, copied: Option<&str>) {
    let marked = match copied {
        Some(word) => button.set_attribute("data-copied", word),
        None => button.remove_attribute("data-copied"),
    };
    // Setting a valid attribute of an element cannot fail.
    drop(marked);
}
