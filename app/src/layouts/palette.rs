//! Find anything: the palette over every page of a signed-in person. Here is how it opens; the palette itself is a part of
//! the browser's module that is loaded with its first use.

mod content;
mod entry;
mod finder;
mod pages;

use domain::enterprise::EnterpriseContext;
use icondata_lu as lu;
use leptos::{ev, prelude::*};

use self::content::PaletteContent;
use super::shortcuts::use_shortcuts;
use crate::{
    erase::{Erase, Erased, changing},
    parts::{self, Making, part},
    ui::{Dialog, DialogBody, Icon, use_hydrated},
    words,
};

/// Whether the palette is open.
#[derive(Clone, Copy)]
pub(super) struct Palette {
    open: RwSignal<bool>,
    /// How many pages have a place for it: one, none, or two for a moment while one follows another.
    places: StoredValue<u32>,
}

/// Lets everything below open the palette.
pub(super) fn provide_palette() -> Palette {
    let palette = Palette {
        open: RwSignal::new(false),
        places: StoredValue::new(0),
    };
    provide_context(palette);
    palette
}

/// The palette; only below `SignedInLayout`.
fn use_palette() -> Palette {
    expect_context()
}

impl Palette {
    /// Whether it is open now, or will be as soon as its code has come.
    pub(super) fn is_open(self) -> bool {
        self.open.get_untracked()
    }

    /// Opens it; false on a page that has none.
    pub(super) fn show(self) -> bool {
        let is_here = self.places.try_get_value().unwrap_or_default() > 0;
        if is_here {
            self.open.set(true);
        }
        is_here
    }

    /// Closes it. It may have been left already, together with everything else.
    pub(super) fn close(self) {
        let _ = self.open.try_set(false);
    }
}

/// Whether the keys ask for the palette: Ctrl + K, and on a Mac ⌘ + K.
pub(super) fn is_asked_for(event: &ev::KeyboardEvent) -> bool {
    let with_one = event.ctrl_key() != event.meta_key();
    with_one && !event.alt_key() && !event.shift_key() && event.key().eq_ignore_ascii_case("k")
}

part!(
    finder,
    palette_dialog,
    load_palette_dialog,
    (palette: Palette, enterprise: StoredValue<Option<EnterpriseContext>>) => view! {
        <PaletteDialog palette enterprise/>
    }
    .erase()
);

/// The place of the palette, which is there from the first time that it is asked for. `enterprise` is the one whose pages
/// are open, if any: without one there are only pages to find.
#[component]
pub(super) fn PalettePlace(enterprise: Option<EnterpriseContext>) -> Erased {
    let palette = use_palette();
    let enterprise = StoredValue::new(enterprise);
    palette.places.update_value(|places| *places += 1);
    on_cleanup(move || {
        palette
            .places
            .try_update_value(|places| *places = places.saturating_sub(1));
        // Whoever goes elsewhere with Back has not asked for the palette there.
        palette.close();
    });
    let make = move || -> Making { Box::pin(palette_dialog(palette, enterprise)) };
    let close = Callback::new(move |()| palette.close());
    parts::show_dialog(|| Box::pin(load_palette_dialog()), make, palette.open.into(), close)
}

#[component]
fn PaletteDialog(palette: Palette, enterprise: StoredValue<Option<EnterpriseContext>>) -> Erased {
    let close = Callback::new(move |()| palette.close());
    view! {
        <Dialog id="palette" title=words::palette::TITLE open=palette.open on_close=close>
            <DialogBody>
                <PaletteContent palette enterprise/>
            </DialogBody>
        </Dialog>
    }
    .erase()
}

/// Opens the palette.
#[component]
pub(super) fn FindButton() -> Erased {
    let palette = use_palette();
    let shortcuts = use_shortcuts();
    let hydrated = use_hydrated();
    let title = move || {
        if shortcuts.are_on() {
            words::palette::FIND_TITLE_WITH_KEYS
        } else {
            words::palette::TITLE
        }
    };
    let press = move |_| {
        palette.show();
    };
    view! {
        <button
            class="top-bar__find"
            type="button"
            title=changing(title)
            aria-haspopup="dialog"
            aria-keyshortcuts=changing(move || shortcuts.are_on().then_some(words::palette::ARIA_KEYS))
            disabled=changing(move || !hydrated.get())
            on:click=press
        >
            <Icon icon=lu::LuSearch/>
            <span class="top-bar__find-label">{words::palette::FIND}</span>
        </button>
    }
    .erase()
}
