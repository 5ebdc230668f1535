//! What marks in the rows tell on hover, focus and tap (WCAG 1.4.13). One bubble serves all marks of a table, and the
//! table listens for them, so that drawing a row anew is quick. A mark has what it tells in `data-tip`, and once more for
//! assistive technology in its description.

use leptos::{
    ev, html,
    prelude::*,
    web_sys::{Element, EventTarget, HtmlElement},
};
use wasm_bindgen::JsCast;

use super::{Feed, clicks::closest};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    ui::{BrowserValue, Listener, bubble_closers, holds_focus, place_above},
};

const MARK: &str = "[data-tip]";

/// The bubble of a table, and the mark that it belongs to now.
#[derive(Clone, Copy)]
pub(super) struct Tips {
    told: RwSignal<Option<String>>,
    mark: BrowserValue<HtmlElement>,
    bubble: NodeRef<html::Span>,
    listeners: BrowserValue<Vec<Listener>>,
}

pub(super) fn use_tips(feed: Feed) -> Tips {
    let tips = Tips {
        told: RwSignal::new(None),
        mark: BrowserValue::new(),
        bubble: NodeRef::new(),
        listeners: BrowserValue::new(),
    };
    effect(move || {
        // The mark may stand in another row then, or be gone.
        feed.shown.track();
        tips.hide();
    });
    effect(move || tips.show());
    tips
}

impl Tips {
    /// The bubble.
    pub(super) fn view(self) -> Erased {
        view! {
            <span node_ref=self.bubble class="tip__bubble" role="tooltip" popover="manual">
                {move || self.told.get()}
            </span>
        }
        .erase()
    }

    /// The pointer is over something in the table. Over the bubble, that stays.
    pub(super) fn hovered(self, event: &ev::MouseEvent) {
        let Some(target) = target(event.target()) else { return };
        match closest(&target, MARK) {
            Some(mark) => self.tell(mark),
            None if closest(&target, ".tip__bubble").is_none() => self.left(),
            None => {}
        }
    }

    /// The pointer has left the mark. What the keyboard is at stays.
    pub(super) fn left(self) {
        if self.mark.with(holds_focus) == Some(false) {
            self.hide();
        }
    }

    /// The focus is on something in the table.
    pub(super) fn focused(self, event: &ev::FocusEvent) {
        if let Some(mark) = target(event.target()).and_then(|target| closest(&target, MARK)) {
            self.tell(mark);
        }
    }

    /// The focus has left something. What the pointer is over stays.
    pub(super) fn blurred(self) {
        let is_hovered = |mark: &HtmlElement| mark.matches(":hover").unwrap_or_default();
        if self.mark.with(is_hovered) == Some(false) {
            self.hide();
        }
    }

    fn tell(self, mark: Element) {
        let Ok(mark) = mark.dyn_into::<HtmlElement>() else {
            return;
        };
        if self.mark.with(|told| *told == mark) != Some(true) {
            let text = mark.get_attribute("data-tip");
            self.mark.set(mark);
            self.told.set(text);
        }
    }

    fn hide(self) {
        self.mark.clear();
        if self.told.try_with_untracked(Option::is_some) == Some(true) {
            self.told.set(None);
        }
    }

    /// Puts the bubble into the top layer while it tells something, and lets Esc, touches elsewhere and scrolling close it.
    fn show(self) {
        let is_open = self.told.read().is_some();
        let Some(bubble) = self.bubble.get() else { return };
        if !is_open {
            self.listeners.clear();
            // Fails where it was never shown, which is what is wanted.
            let _ = bubble.hide_popover();
            return;
        }
        if !self.listeners.is_set() {
            if bubble.show_popover().is_err() {
                return;
            }
            let is_part = |event| target(event).is_some_and(|target| closest(&target, MARK).is_some());
            self.listeners.set(bubble_closers(is_part, move || self.hide()));
        }
        self.mark.with(|mark| place_above(mark, &bubble));
    }
}

fn target(target: Option<EventTarget>) -> Option<Element> {
    target?.dyn_into().ok()
}
