//! Keyboard shortcuts of every page: what the keys do, and the dialog that lists them and turns them off, which is a part of
//! the browser's module that is loaded with its first use.

use leptos::{
    ev,
    prelude::*,
    web_sys::{Element, HtmlInputElement},
};
use wasm_bindgen::JsCast;

use super::palette::{self, Palette};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    parts::{self, Making, part},
    ui::{Button, Checkbox, Description, DescriptionList, Dialog, DialogBody, DialogFooter, DialogSize, storage},
    words,
};

const TO_SEARCH: &str = "/";
const LIST: &str = "?";

/// Where a character is a part of what somebody types or chooses.
const FIELDS: &str = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
/// What has the keyboard for itself while it is open.
const DIALOGS: &str = "dialog[open], [role=dialog]:popover-open";
/// The quick search of a table.
const SEARCH: &str = "main input[type=search]";

/// Under which name this device remembers that keys of one character do nothing, and what it remembers then.
const KEY: &str = "keyboard-shortcuts";
const OFF: &str = "off";

/// The shortcuts and the list of them.
#[derive(Clone, Copy)]
pub(super) struct Shortcuts {
    listed: RwSignal<bool>,
    /// Whether the keys do something; those of one character must be able to rest (WCAG 2.1.4).
    on: RwSignal<bool>,
    palette: Palette,
}

/// Listens for the shortcuts, and lets everything below show the list of them.
pub(super) fn provide_shortcuts(palette: Palette) -> Shortcuts {
    let shortcuts = Shortcuts {
        listed: RwSignal::new(false),
        on: RwSignal::new(true),
        palette,
    };
    effect(move || {
        shortcuts.on.set(storage::read(KEY).as_deref() != Some(OFF));
        let listener = window_event_listener(ev::keydown, move |event| shortcuts.answer(&event));
        on_cleanup(move || listener.remove());
    });
    provide_context(shortcuts);
    shortcuts
}

/// The shortcuts; only below `SignedInLayout`.
pub(super) fn use_shortcuts() -> Shortcuts {
    expect_context()
}

part!(
    finder,
    shortcuts_dialog,
    load_shortcuts_dialog,
    (shortcuts: Shortcuts) => view! { <ShortcutsDialog shortcuts/> }.erase()
);

impl Shortcuts {
    /// The dialog, from the first time that it is asked for.
    pub(super) fn dialog(self) -> Erased {
        let make = move || -> Making { Box::pin(shortcuts_dialog(self)) };
        let close = Callback::new(move |()| self.close());
        parts::show_dialog(|| Box::pin(load_shortcuts_dialog()), make, self.listed.into(), close)
    }

    /// Shows what there is.
    pub(super) fn list(self) {
        self.listed.set(true);
    }

    fn close(self) {
        self.listed.set(false);
    }

    /// Whether the keys do something.
    pub(super) fn are_on(self) -> bool {
        self.on.get()
    }

    fn answer(self, event: &ev::KeyboardEvent) {
        if palette::is_asked_for(event) {
            self.find(event);
            return;
        }
        let key = event.key();
        if !matches!(key.as_str(), TO_SEARCH | LIST) || !self.on.get_untracked() || is_taken(event) {
            return;
        }
        if key == LIST {
            self.list();
        } else if !focus_search() {
            return;
        }
        // The character is not typed into the field that has the focus now.
        event.prevent_default();
    }

    /// Opens the palette, or closes it. Also from within a field; but another dialog keeps the keyboard for itself, and
    /// what was typed there. As long as the palette's code is missing no dialog is open, and the keys try again.
    fn find(self, event: &ev::KeyboardEvent) {
        if !self.on.get_untracked() || event.default_prevented() {
            return;
        }
        if is_dialog_open() {
            if !self.palette.is_open() {
                return;
            }
            self.palette.close();
        } else if !self.palette.show() {
            return;
        }
        // Browsers have a use for these keys, too.
        event.prevent_default();
    }
}

fn is_dialog_open() -> bool {
    document().query_selector(DIALOGS).ok().flatten().is_some()
}

/// Whether the key belongs to something else: a field, an open dialog, a shortcut of the browser.
fn is_taken(event: &ev::KeyboardEvent) -> bool {
    let with_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    if with_modifier || event.default_prevented() {
        return true;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let in_field = target.is_some_and(|target| target.closest(FIELDS).ok().flatten().is_some());
    in_field || is_dialog_open()
}

/// Goes to the search with its text selected; false on pages that have none.
fn focus_search() -> bool {
    let search = document().query_selector(SEARCH).ok().flatten();
    let Some(search) = search.and_then(|search| search.dyn_into::<HtmlInputElement>().ok()) else {
        return false;
    };
    // A field that is there can take the focus.
    drop(search.focus());
    search.select();
    true
}

/// The list of shortcuts, and the choice to do without them.
#[component]
fn ShortcutsDialog(shortcuts: Shortcuts) -> Erased {
    let close = Callback::new(move |()| shortcuts.close());
    let remember = Callback::new(|on: bool| storage::write(KEY, if on { "" } else { OFF }));
    view! {
        <Dialog
            id="shortcuts"
            title=words::shortcuts::TITLE
            open=shortcuts.listed
            on_close=close
            size=DialogSize::Small
        >
            <DialogBody>
                <div class="shortcuts">
                    <DescriptionList>
                        <Description term=words::shortcuts::TO_SEARCH>
                            <kbd class="key">{TO_SEARCH}</kbd>
                        </Description>
                        <Description term=words::shortcuts::FIND>
                            <kbd class="key">{words::shortcuts::CONTROL}</kbd>
                            " + "
                            <kbd class="key">{words::shortcuts::FIND_KEY}</kbd>
                        </Description>
                        <Description term=words::shortcuts::LIST>
                            <kbd class="key">{LIST}</kbd>
                        </Description>
                        <Description term=words::shortcuts::ADD_SORT>
                            <kbd class="key">{words::shortcuts::SHIFT}</kbd>
                            " + "
                            <kbd class="key">{words::shortcuts::ENTER}</kbd>
                        </Description>
                        <Description term=words::shortcuts::CLOSE>
                            <kbd class="key">{words::shortcuts::ESCAPE}</kbd>
                        </Description>
                    </DescriptionList>
                </div>
                <Checkbox
                    id="shortcuts-on"
                    label=words::shortcuts::USE
                    hint=words::shortcuts::HINT_USE
                    checked=shortcuts.on
                    on_change=remember
                />
            </DialogBody>
            <DialogFooter>
                <Button label=words::dialogs::CLOSE on_press=close/>
            </DialogFooter>
        </Dialog>
    }
    .erase()
}
