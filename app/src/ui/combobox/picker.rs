//! The state of one picker in the page, and what happens to it. The rules are in `keys` and `model`; what keys do is in
//! `keyboard`.

mod keyboard;

use std::collections::HashMap;

use leptos::{
    ev, html,
    prelude::*,
    web_sys::{HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition},
};
use wasm_bindgen::JsCast;

use super::{
    ComboBadge, ComboMode, ComboOption, keys,
    model::{Found, find},
};
use crate::{effect::effect, ui::dom, words};

#[derive(Clone, Copy)]
pub(super) struct Picker {
    id: StoredValue<String>,
    pub(super) mode: ComboMode,
    pub(super) selected: RwSignal<Vec<String>>,
    pub(super) found: Memo<Found>,
    /// Whether the list is shown.
    pub(super) open: RwSignal<bool>,
    pub(super) active: RwSignal<Option<usize>>,
    pub(super) root: NodeRef<html::Div>,
    pub(super) input: NodeRef<html::Input>,
    options: Signal<Vec<ComboOption>>,
    selected_options: Signal<Vec<ComboOption>>,
    on_search: Option<Callback<String>>,
    /// Whether the answer to what is typed is on its way.
    loading: Signal<bool>,
    /// Whether Enter came before that answer.
    chooses_found: StoredValue<bool>,
    /// What is typed; none while the input shows the single choice.
    typed: RwSignal<Option<String>>,
    /// What was done last, for assistive technology.
    done: RwSignal<String>,
    /// Options that were chosen and may since have left `options`.
    seen: StoredValue<HashMap<String, ComboOption>>,
}

impl Picker {
    pub(super) fn new(
        id: &str,
        mode: ComboMode,
        options: Signal<Vec<ComboOption>>,
        selected: RwSignal<Vec<String>>,
        selected_options: Signal<Vec<ComboOption>>,
        on_search: Option<Callback<String>>,
        loading: Signal<bool>,
    ) -> Self {
        let typed = RwSignal::new(None::<String>);
        let found = Memo::new(move |_| {
            // What the server has found is shown as it is. Until it answers, of what it found before only what fits, so
            // that nobody presses what is about to go away.
            let text = typed.with(|typed| typed.clone().filter(|_| on_search.is_none() || loading.get()));
            options.with(|options| find(options, &text.unwrap_or_default()))
        });
        let picker = Self {
            id: StoredValue::new(id.to_owned()),
            mode,
            selected,
            found,
            open: RwSignal::new(false),
            active: RwSignal::new(None),
            root: NodeRef::new(),
            input: NodeRef::new(),
            options,
            selected_options,
            on_search,
            loading,
            chooses_found: StoredValue::new(false),
            typed,
            done: RwSignal::new(String::new()),
            seen: StoredValue::new(HashMap::new()),
        };
        effect(move || picker.scroll_to_active());
        effect(move || {
            if !loading.get() {
                picker.take_answer();
            }
        });
        picker
    }

    pub(super) fn list_id(&self) -> String {
        self.id.with_value(|id| format!("{id}-list"))
    }

    pub(super) fn option_id(&self, at: usize) -> String {
        self.id.with_value(|id| format!("{id}-option-{at}"))
    }

    pub(super) fn badges_id(&self) -> String {
        self.id.with_value(|id| format!("{id}-badges"))
    }

    pub(super) fn chip_id(&self, at: usize) -> String {
        self.id.with_value(|id| format!("{id}-chip-{at}"))
    }

    /// Id of the option the keyboard is at, while the list shows it.
    pub(super) fn active_id(&self) -> Option<String> {
        let count = self.found.with(|found| found.shown.len());
        let active = self.active.get().filter(|active| self.open.get() && *active < count);
        active.map(|active| self.option_id(active))
    }

    /// A chosen option; nothing but its id where nobody knows it.
    pub(super) fn chosen(&self, id: &str) -> ComboOption {
        let within = |options: &Vec<ComboOption>| options.iter().find(|option| option.id == id).cloned();
        let seen = || self.seen.with_value(|seen| seen.get(id).cloned());
        self.options
            .with(within)
            .or_else(|| self.selected_options.with(within))
            .or_else(seen)
            .unwrap_or_else(|| ComboOption::new(id, id))
    }

    /// Badges of the single choice, while the input shows it.
    pub(super) fn badges(&self) -> Vec<ComboBadge> {
        if self.mode == ComboMode::Multiple || self.typed.with(Option::is_some) {
            return Vec::new();
        }
        self.selected
            .with(|ids| ids.first().map(|id| self.chosen(id).badges))
            .unwrap_or_default()
    }

    /// What stands in the input.
    pub(super) fn text(&self) -> String {
        match (self.typed.get(), self.mode) {
            (Some(typed), _) => typed,
            (None, ComboMode::Multiple) => String::new(),
            (None, ComboMode::Single) => self
                .selected
                .with(|ids| ids.first().map(|id| self.chosen(id).label))
                .unwrap_or_default(),
        }
    }

    /// What is told to assistive technology: how many options fit while typing, as soon as that is known, otherwise what
    /// was done.
    pub(super) fn said(&self) -> String {
        let typing = self.open.get()
            && self
                .typed
                .with(|typed| typed.as_ref().is_some_and(|text| !text.is_empty()));
        if typing && self.loading.get() {
            String::new()
        } else if typing {
            words::ui::options_found(self.found.with(|found| found.total))
        } else {
            self.done.get()
        }
    }

    pub(super) fn show(&self, active: Option<usize>) {
        self.open.set(true);
        self.active.set(active);
    }

    pub(super) fn toggle(&self) {
        if self.open.get_untracked() {
            self.open.set(false);
        } else {
            self.show(None);
        }
        self.focus_input();
    }

    pub(super) fn focus_left(&self, ev: &ev::FocusEvent) {
        let root = dom::present(self.root);
        if root.is_some_and(|root| !dom::holds(&root, ev.related_target())) {
            self.open.set(false);
            self.search(None);
        }
    }

    pub(super) fn type_text(&self, text: String) {
        if self.mode == ComboMode::Single && text.is_empty() {
            self.selected.set(Vec::new());
        }
        self.search(Some(text));
        // Until the answer comes, the list is that of another text, and Enter must not choose from it.
        let known = self.is_typing() && !self.loading.get_untracked();
        self.show(known.then(|| self.first_choice()));
    }

    fn is_typing(&self) -> bool {
        self.typed
            .with_untracked(|typed| typed.as_ref().is_some_and(|text| !text.trim().is_empty()))
    }

    fn first_choice(&self) -> usize {
        self.found.with_untracked(|found| {
            let choice = found.shown.iter().position(|option| option.disabled_reason.is_none());
            choice.unwrap_or(0)
        })
    }

    /// The list is what the typed text finds.
    fn take_answer(&self) {
        if self.open.get_untracked() && self.is_typing() {
            let first = self.first_choice();
            self.active.set(Some(first));
            if self.chooses_found.get_value() {
                self.choose(first);
            }
        }
    }

    /// Chooses or, among several, takes back the option at `at` of the list.
    pub(super) fn choose(&self, at: usize) {
        let Some(option) = self.found.with_untracked(|found| found.shown.get(at).cloned()) else {
            return;
        };
        let chosen = self.selected.with_untracked(|ids| ids.contains(&option.id));
        if let Some(reason) = option.disabled_reason.as_ref().filter(|_| !chosen) {
            self.done.set(reason.clone());
            return;
        }
        self.seen.update_value(|seen| {
            seen.insert(option.id.clone(), option.clone());
        });
        match self.mode {
            ComboMode::Single => {
                self.selected.set(vec![option.id]);
                self.open.set(false);
            }
            ComboMode::Multiple if chosen => self.selected.update(|ids| ids.retain(|id| *id != option.id)),
            ComboMode::Multiple => self.selected.update(|ids| ids.push(option.id)),
        }
        let say = if chosen && self.mode == ComboMode::Multiple {
            words::ui::removed
        } else {
            words::ui::added
        };
        self.done.set(say(&option.label));
        self.search(None);
        self.active.set(None);
    }

    /// Takes chip `at` away; the focus goes to its neighbour or to the input.
    pub(super) fn remove(&self, at: usize, focus: Option<usize>) {
        let Some(id) = self.selected.with_untracked(|ids| ids.get(at).cloned()) else {
            return;
        };
        self.done.set(words::ui::removed(&untrack(|| self.chosen(&id).label)));
        self.selected.update(|ids| ids.retain(|other| *other != id));
        let picker = *self;
        request_animation_frame(move || {
            let root = dom::present(picker.root);
            let moved_on =
                dom::focused().is_some_and(|now| root.is_none_or(|root| !dom::holds(&root, Some(now.into()))));
            match focus {
                // Whoever has gone on to another field meanwhile is left there.
                _ if moved_on => {}
                Some(chip) => picker.focus_chip(chip),
                None => picker.focus_input(),
            }
        });
    }

    /// Takes chip `at` away when it was pressed or a key on it said so. Whoever did is done with the list, which may lie
    /// over the next field.
    pub(super) fn remove_chip(&self, at: usize) {
        self.open.set(false);
        let left = self.selected.with_untracked(Vec::len).saturating_sub(1);
        self.remove(at, keys::after_removal(at, left));
    }

    pub(super) fn clear(&self) {
        self.selected.set(Vec::new());
        self.search(None);
        self.focus_input();
    }

    pub(super) fn focus_input(&self) {
        if let Some(input) = self.input.get_untracked() {
            dom::focus(&input);
        }
    }

    fn focus_chip(&self, at: usize) {
        let chip = document().get_element_by_id(&self.chip_id(at));
        if let Some(chip) = chip.and_then(|chip| chip.dyn_into::<HtmlElement>().ok()) {
            dom::focus(&chip);
        }
    }

    /// Takes over the typed text, and tells the server when it is the one that searches.
    fn search(&self, text: Option<String>) {
        let wanted = text.clone().unwrap_or_default();
        let before = self.typed.with_untracked(|typed| typed.clone().unwrap_or_default());
        self.typed.set(text);
        self.chooses_found.set_value(false);
        if let Some(on_search) = self.on_search.filter(|_| wanted != before) {
            on_search.run(wanted);
        }
    }

    fn scroll_to_active(&self) {
        if let Some(option) = self.active_id().and_then(|id| document().get_element_by_id(&id)) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
}
