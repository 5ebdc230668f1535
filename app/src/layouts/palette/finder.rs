//! What the palette holds while somebody looks for something, and what keys do to it.

use domain::enterprise::EnterpriseContext;
use gloo_timers::callback::Timeout;
use leptos::{ev, prelude::*, task::spawn_local, web_sys::HtmlElement};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;

use super::{
    Palette,
    entry::{self, Entry, Kind, Opening},
    pages,
};
use crate::{context::use_session, error::AppError, server_fns::finder::find_anything, ui::BrowserValue, words};

/// How long the server is not asked after a key, in milliseconds: about as long as most people need for the next one.
const PAUSE: u32 = 120;

/// What the server found for a text.
#[derive(Clone, Debug, PartialEq)]
struct Answer {
    text: String,
    found: Result<Vec<Entry>, AppError>,
}

/// The state of the open palette.
#[derive(Clone, Copy)]
pub(super) struct Finder {
    palette: Palette,
    enterprise: StoredValue<Option<EnterpriseContext>>,
    typed: RwSignal<String>,
    /// What is offered: the pages for what is typed, then what the server found last.
    pub(super) entries: Memo<Vec<Entry>>,
    answer: RwSignal<Option<Answer>>,
    /// Where the entry leads that somebody has moved to; the first one while nobody has.
    moved_to: RwSignal<Option<String>>,
    /// Somebody has pressed Enter before the answer was there.
    opens_soon: StoredValue<bool>,
    pause: BrowserValue<Timeout>,
    go: Callback<String>,
}

impl Finder {
    pub(super) fn new(palette: Palette, enterprise: StoredValue<Option<EnterpriseContext>>) -> Self {
        let pages = enterprise.with_value(|enterprise| pages::pages(enterprise.as_ref(), &use_session()));
        let navigate = use_navigate();
        let typed = RwSignal::new(String::new());
        let answer = RwSignal::new(None::<Answer>);
        let entries = Memo::new(move |_| {
            let mut entries = typed.with(|typed| pages::matching(&pages, typed));
            answer.with(|answer| {
                if let Some(Answer { found: Ok(found), .. }) = answer {
                    entries.extend(found.iter().cloned());
                }
            });
            entries
        });
        Self {
            palette,
            enterprise,
            typed,
            entries,
            answer,
            moved_to: RwSignal::new(None),
            opens_soon: StoredValue::new(false),
            pause: BrowserValue::new(),
            go: Callback::new(move |href: String| navigate(&href, NavigateOptions::default())),
        }
    }

    /// Whether there is an enterprise to find things in.
    pub(super) fn has_enterprise(self) -> bool {
        self.enterprise.with_value(Option::is_some)
    }

    /// Whether the answer to what is typed is still to come.
    pub(super) fn waits(self) -> bool {
        let typed = self.typed.with(|typed| typed.trim().to_owned());
        let is_answered = |answer: &Option<Answer>| answer.as_ref().is_some_and(|answer| answer.text == typed);
        self.has_enterprise() && !typed.is_empty() && !self.answer.with(is_answered)
    }

    /// Why there is no answer, if the server could not give one.
    pub(super) fn failure(self) -> Option<String> {
        self.answer.with(|answer| {
            let error = answer.as_ref()?.found.as_ref().err()?;
            Some(error.to_string())
        })
    }

    /// The place of the entry that Enter opens.
    pub(super) fn active(self) -> Option<usize> {
        let moved_to = self.moved_to.get();
        self.entries.with(|entries| {
            let place = moved_to.and_then(|href| entries.iter().position(|entry| entry.href == href));
            place.or_else(|| (!entries.is_empty()).then_some(0))
        })
    }

    /// What assistive technology is told while somebody types.
    pub(super) fn said(self) -> String {
        if self.typed.with(|typed| typed.trim().is_empty()) {
            String::new()
        } else if self.waits() {
            words::ui::SEARCHING.to_owned()
        } else if self.failure().is_some() {
            words::palette::FAILED.to_owned()
        } else {
            words::palette::results(self.entries.with(Vec::len))
        }
    }

    pub(super) fn type_text(self, text: String) {
        self.opens_soon.set_value(false);
        self.moved_to.set(None);
        self.typed.set(text);
        self.ask(PAUSE);
    }

    /// Asks again after the server could not answer.
    pub(super) fn ask_again(self) {
        self.answer.set(None);
        self.ask(0);
    }

    fn ask(self, pause: u32) {
        let Some(enterprise) = self.enterprise.get_value() else {
            return;
        };
        let text = self.typed.with_untracked(|typed| typed.trim().to_owned());
        self.pause.clear();
        if text.is_empty() {
            self.answer.set(None);
        } else if untrack(|| self.waits()) {
            self.pause.set(Timeout::new(pause, move || self.send(enterprise, text)));
        }
    }

    fn send(self, enterprise: EnterpriseContext, text: String) {
        spawn_local(async move {
            let found = find_anything(enterprise.slug.clone(), text.clone()).await;
            // The palette may have been closed meanwhile, or somebody has typed on.
            if self.typed.try_with_untracked(|typed| typed.trim() == text) != Some(true) {
                return;
            }
            let found = found.map(|found| entry::of_found(found, &enterprise));
            self.answer.set(Some(Answer { text, found }));
            if self.opens_soon.get_value() {
                self.opens_soon.set_value(false);
                self.enter();
            }
        });
    }

    pub(super) fn key(self, event: &ev::KeyboardEvent) {
        if event.is_composing() {
            return;
        }
        let count = self.entries.with_untracked(Vec::len);
        match (event.key().as_str(), untrack(|| self.active())) {
            ("Enter", _) => self.enter(),
            ("ArrowDown", Some(at)) => self.move_to((at + 1) % count),
            ("ArrowUp", Some(at)) => self.move_to((at + count - 1) % count),
            _ => return,
        }
        event.prevent_default();
    }

    /// Makes the entry at `at` the one that Enter opens.
    pub(super) fn move_to(self, at: usize) {
        let href = self
            .entries
            .with_untracked(|entries| entries.get(at).map(|entry| entry.href.clone()));
        if self.moved_to.with_untracked(|before| *before != href) {
            self.moved_to.set(href);
        }
    }

    /// Opens the active entry. One that was found for an earlier text is not meant unless somebody has moved to it: what is
    /// best for the text as it is now opens as soon as it is known.
    fn enter(self) {
        let active = untrack(|| self.active());
        let entry = active.and_then(|at| self.entries.with_untracked(|entries| entries.get(at).cloned()));
        let waits = untrack(|| self.waits());
        let was_moved_to = self.moved_to.with_untracked(Option::is_some);
        match entry {
            Some(entry) if !waits || was_moved_to || entry.kind == Kind::Page => self.open(&entry),
            _ => self.opens_soon.set_value(waits),
        }
    }

    pub(super) fn open(self, entry: &Entry) {
        let go = self.go;
        self.palette.close();
        match entry.opening {
            // A refusal leaves the person where they are.
            Opening::Anew => drop(window().location().set_href(&entry.href)),
            Opening::Within => go.run(entry.href.clone()),
        }
        if entry.kind == Kind::Page {
            request_animation_frame(focus_main);
        }
    }
}

/// A page is read from its main part on; whatever had the focus before belongs to another page.
fn focus_main() {
    let main = document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        // An element that is there can take the focus.
        drop(main.focus());
    }
}
