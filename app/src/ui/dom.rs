//! The few things the components need from the browser beyond what a view can say: focus, placement of floating parts,
//! listeners in the capture phase. Only called from effects and event handlers, never while rendering.

use js_sys::Number;
use leptos::{
    prelude::*,
    web_sys::{self, AddEventListenerOptions, Element, EventTarget, HtmlElement},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Distance between a floating part and what it belongs to, in CSS pixels.
const GAP: f64 = 6.0;
/// Least distance of a floating part from the edge of the window, in CSS pixels.
const MARGIN: f64 = 8.0;
/// The most that a floating list takes, where the window is at least twice as high, in CSS pixels.
const MOST_HEIGHT: f64 = 320.0;
/// With so much room below, a part that could be higher still is not put above its anchor, in CSS pixels.
const ENOUGH_ROOM: f64 = 160.0;
/// What a floating part takes even where it has not so much room, in CSS pixels.
const LEAST_ROOM: f64 = 96.0;

/// Writes a refusal of the browser to its console: none of them keeps the page from working.
pub(super) fn log_refusal<T>(answer: Result<T, JsValue>) {
    if let Err(reason) = answer {
        leptos::logging::warn!("the browser refused: {reason:?}");
    }
}

/// Sets a length of the element's own style, in CSS pixels. The browser writes the number: what writes fractions in Rust
/// is larger than all that is done with them here.
pub fn set_length(element: &HtmlElement, property: &str, pixels: f64) {
    let set = |digits| {
        element
            .style()
            .set_property(property, &format!("{}px", String::from(digits)))
    };
    log_refusal(Number::from(pixels).to_string_with_radix(10).and_then(set));
}

/// Moves the focus to `element`.
pub fn focus(element: &HtmlElement) {
    log_refusal(element.focus());
}

/// The element that has the focus, unless it is the page itself.
pub(super) fn focused() -> Option<HtmlElement> {
    let active = document().active_element()?;
    (active.tag_name() != "BODY").then(|| active.dyn_into().ok()).flatten()
}

/// Whether the focus is on `element` or inside of it.
pub fn holds_focus(element: &HtmlElement) -> bool {
    focused().is_some_and(|focused| holds(element, Some(focused.into())))
}

/// Gives the focus back to `opener` so that it is never lost: where the opener cannot take it, to the nearest around it
/// that can; where it is gone, to the main part of the page.
pub fn return_focus(opener: Option<&HtmlElement>) {
    let mut next = opener.filter(|element| element.is_connected()).cloned();
    while let Some(element) = next {
        focus(&element);
        if focused().as_ref() == Some(&element) {
            return;
        }
        next = focusable_around(&element);
    }
    let main = document().query_selector("main").ok().flatten();
    if let Some(main) = main.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        focus(&main);
    }
}

/// The nearest element around `element` that is meant to take the focus.
fn focusable_around(element: &HtmlElement) -> Option<HtmlElement> {
    let around = element.parent_element()?.closest("[tabindex]").ok().flatten()?;
    around.dyn_into().ok()
}

/// The first element inside `root` that matches `selector` and can take the focus now.
pub(super) fn first_match(root: &Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// The element of `node`, unless it or its component is gone. Removing an element from the page still tells it that focus
/// and pointer have left, and by then there is nothing left to ask.
pub(super) fn present<E>(node: NodeRef<E>) -> Option<E::Output>
where
    E: leptos::html::ElementType,
    E::Output: JsCast + Clone + 'static,
{
    node.try_get_untracked().flatten()
}

/// Whether `target` of an event lies inside `root`.
pub(super) fn holds(root: &Element, target: Option<EventTarget>) -> bool {
    let node = target.and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    root.contains(node.as_ref())
}

/// A listener in the capture phase; it is removed when this value is dropped.
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    call: Closure<dyn FnMut(web_sys::Event)>,
}

impl Listener {
    /// Calls `call` for every `event` at `target`, before the elements below it are asked.
    pub fn new(target: EventTarget, event: &'static str, call: impl FnMut(web_sys::Event) + 'static) -> Self {
        let call = Closure::<dyn FnMut(web_sys::Event)>::new(call);
        let options = AddEventListenerOptions::new();
        options.set_capture(true);
        log_refusal(target.add_event_listener_with_callback_and_add_event_listener_options(
            event,
            call.as_ref().unchecked_ref(),
            &options,
        ));
        Self { target, event, call }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        log_refusal(self.target.remove_event_listener_with_callback_and_bool(
            self.event,
            self.call.as_ref().unchecked_ref(),
            true,
        ));
    }
}

/// Puts `float` (position: fixed) above `anchor` and centred within the window; below when there is no room above.
pub fn place_above(anchor: &Element, float: &HtmlElement) {
    let (at, size) = (anchor.get_bounding_client_rect(), float.get_bounding_client_rect());
    let above = at.top() - GAP - size.height();
    let top = if above >= MARGIN { above } else { at.bottom() + GAP };
    put(float, at.left() + (at.width() - size.width()) / 2.0, top);
}

/// Puts `float` (position: fixed) below `anchor` from edge to edge, or above it where it has no room below. In a dialog
/// it does not lie over the buttons at the dialog's end. The most it may take is in its property `--room`. Says whether
/// it is above; `stay_above` keeps it there whatever its size is by now.
pub(super) fn stretch(anchor: &Element, float: &HtmlElement, stay_above: bool) -> bool {
    let (_, window_height) = window_size();
    let at = anchor.get_bounding_client_rect();
    set_length(float, "width", at.width());
    let rooms = Rooms {
        above: at.top() - GAP - MARGIN,
        below: lower_edge(anchor).min(window_height) - MARGIN - GAP - at.bottom(),
    };
    let most = MOST_HEIGHT.min(window_height / 2.0);
    // With all of its content, of which it may show a part now; its borders are the difference of the other two.
    let height = f64::from(float.scroll_height() + float.offset_height() - float.client_height()).min(most);
    let above = stay_above || rooms.is_better_above(height);
    let room = if above { rooms.above } else { rooms.below };
    let room = room.max(LEAST_ROOM).min(most);
    set_length(float, "--room", room);
    let top = if above {
        (at.top() - GAP - height.min(room)).max(MARGIN)
    } else {
        at.bottom() + GAP
    };
    put(float, at.left(), top);
    above
}

/// Where the buttons at the end of the dialog around `anchor` begin; nowhere outside of dialogs.
fn lower_edge(anchor: &Element) -> f64 {
    let dialog = anchor.closest("dialog").ok().flatten();
    let buttons = dialog.and_then(|dialog| dialog.query_selector(".dialog__footer").ok().flatten());
    buttons.map_or(f64::MAX, |buttons| buttons.get_bounding_client_rect().top())
}

/// How high a floating part may be on either side of its anchor, in CSS pixels.
#[derive(Clone, Copy)]
struct Rooms {
    above: f64,
    below: f64,
}

impl Rooms {
    /// Whether a part of that height is better off above its anchor than below it.
    fn is_better_above(self, height: f64) -> bool {
        height > self.below && self.below < ENOUGH_ROOM && self.above > self.below
    }
}

fn put(float: &HtmlElement, left: f64, top: f64) {
    let (width, _) = window_size();
    let left = left.min(width - float.get_bounding_client_rect().width() - MARGIN);
    set_length(float, "left", left.max(MARGIN));
    set_length(float, "top", top);
}

fn window_size() -> (f64, f64) {
    let number = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).unwrap_or(f64::MAX);
    (number(window().inner_width()), number(window().inner_height()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_lies_above_only_where_it_has_too_little_room_below() {
        for (why, height, above, below, is_above) in [
            ("it fits below", 100.0, 400.0, 120.0, false),
            ("enough of it fits below", 300.0, 400.0, 200.0, false),
            ("there is more room above", 300.0, 400.0, 60.0, true),
            ("there is even less room above", 300.0, 40.0, 60.0, false),
            ("the buttons lie over the anchor", 300.0, 200.0, -20.0, true),
        ] {
            assert_eq!(Rooms { above, below }.is_better_above(height), is_above, "{why}");
        }
    }
}
