//! What the keys do to a picker. Which step a key is says `keys`.

use leptos::{ev, prelude::*};

use super::Picker;
use crate::ui::combobox::{
    ComboMode,
    keys::{self, ChipStep, KeyState, Step},
};

impl Picker {
    pub(in crate::ui::combobox) fn key(&self, ev: &ev::KeyboardEvent) {
        let step = if ev.is_composing() {
            Step::Pass
        } else {
            keys::in_input(&ev.key(), self.key_state())
        };
        self.chooses_found.set_value(step == Step::ChooseFound);
        if step == Step::Pass {
            return;
        }
        ev.prevent_default();
        ev.stop_propagation();
        match step {
            Step::Pass => {}
            Step::Open(active) => self.show(active),
            Step::Move(active) => self.active.set(Some(active)),
            Step::Choose(at) => self.choose(at),
            Step::ChooseFound => {}
            Step::Close => self.open.set(false),
            Step::ClearText => self.search(None),
            Step::RemoveLast => self.remove(self.selected.with_untracked(Vec::len).saturating_sub(1), None),
            Step::FocusChip(at) => self.focus_chip(at),
        }
    }

    pub(in crate::ui::combobox) fn chip_key(&self, ev: &ev::KeyboardEvent, at: usize) {
        let step = keys::on_chip(&ev.key(), at, self.selected.with_untracked(Vec::len));
        if step != ChipStep::Pass {
            ev.prevent_default();
        }
        match step {
            ChipStep::Pass => {}
            ChipStep::Focus(chip) => self.focus_chip(chip),
            ChipStep::FocusInput => self.focus_input(),
            ChipStep::Remove(chip) => self.remove_chip(chip),
        }
    }

    fn key_state(&self) -> KeyState {
        let typed = self
            .typed
            .with_untracked(|typed| typed.as_ref().is_some_and(|text| !text.is_empty()));
        let cursor = self
            .input
            .get_untracked()
            .and_then(|input| input.selection_end().ok().flatten());
        let multiple = self.mode == ComboMode::Multiple;
        KeyState {
            open: self.open.get_untracked(),
            active: self.active.get_untracked(),
            count: self.found.with_untracked(|found| found.shown.len()),
            typed,
            at_start: cursor.unwrap_or(0) == 0,
            chips: if multiple {
                self.selected.with_untracked(Vec::len)
            } else {
                0
            },
            searching: self.is_typing() && self.loading.get_untracked(),
        }
    }
}
