//! Placing the popovers of a table: each stands right behind the button that opens it, or behind what
//! is around that.

use leptos::{prelude::*, web_sys};
use wasm_bindgen::JsCast;

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
    let style = popover.style();
    // Setting a known property of an element's own style cannot fail.
    drop(style.set_property("left", &format!("{left}px")));
    drop(style.set_property("top", &format!("{}px", below.bottom() + GAP)));
}
