//! The popovers of a table: where they stand, and when what is in them is loaded. Each is right behind the button that
//! opens it, or behind what is around that.

use leptos::{ev, prelude::*, task::spawn_local, web_sys};
use wasm_bindgen::JsCast;

use crate::{
    erase::{Erase, Erased},
    parts::{self, Loading, Making},
    ui::set_length,
};

/// Distance from the button and least distance from the edge of the window, in CSS pixels.
const GAP: f64 = 4.0;
const MARGIN: f64 = 8.0;

/// Whether the popover that the event is about has just opened; puts it below its button, inside of the window, if so.
pub(super) fn place_below_button(event: &web_sys::Event) -> bool {
    let target = event.current_target().or_else(|| event.target());
    let Some(popover) = target.and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return false;
    };
    // A browser without popovers does not know the selector; there the element is never open.
    if !popover.matches(":popover-open").unwrap_or(false) {
        return false;
    }
    if let Some(button) = popover.previous_element_sibling() {
        place(&popover, &button);
    }
    true
}

fn place(popover: &web_sys::HtmlElement, button: &web_sys::Element) {
    // Without the scroll bar of the page, which lies over what floats.
    let page_width = document()
        .document_element()
        .map_or(f64::MAX, |root| f64::from(root.client_width()));
    let below = button.get_bounding_client_rect();
    let width = popover.get_bounding_client_rect().width();
    let left = below.left().min(page_width - width - MARGIN).max(MARGIN);
    set_length(popover, "left", left);
    set_length(popover, "top", below.bottom() + GAP);
}

/// What is in a popover: a part of the browser's module that is loaded when the popover is opened for the first time.
#[derive(Clone, Copy)]
pub(super) struct PopoverContent {
    load: fn() -> Loading,
    /// Whether it was asked for.
    asked: StoredValue<bool>,
    /// Whether the answer is there.
    there: RwSignal<bool>,
}

impl PopoverContent {
    /// What `load` loads.
    pub(super) fn new(load: fn() -> Loading) -> Self {
        Self {
            load,
            asked: StoredValue::new(false),
            there: RwSignal::new(false),
        }
    }

    /// Answers a press on the button of the popover. The first one waits for the content and is repeated then: in an empty
    /// popover there is nothing to go to.
    pub(super) fn press(self, event: &ev::MouseEvent) {
        if self.there.get_untracked() {
            return;
        }
        event.prevent_default();
        let target = event.current_target();
        let button = target.and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
        let asked = self.asked.try_update_value(|asked| std::mem::replace(asked, true));
        let Some(button) = button.filter(|_| asked == Some(false)) else {
            return;
        };
        spawn_local(async move {
            // Where it cannot be loaded, the popover says so.
            let _ = (self.load)().await;
            // The page may have been left.
            if self.there.try_set(true).is_none() {
                request_animation_frame(move || button.click());
            }
        });
    }

    /// The content, as soon as it is there.
    pub(super) fn view(self, make: impl Fn() -> Making + Clone + Send + 'static) -> Erased {
        let view = move || self.there.get().then(|| parts::show(self.load, make.clone()));
        view.erase()
    }
}
