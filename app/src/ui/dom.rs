//! The few things the components need from the browser beyond what a view can say: focus, placement of floating parts,
//! listeners in the capture phase. Only called from effects and event handlers, never while rendering.

use leptos::{
    prelude::*,
    web_sys::{self, AddEventListenerOptions, DomRect, Element, EventTarget, HtmlElement},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Distance between a floating part and what it belongs to, in CSS pixels.
const GAP: f64 = 6.0;
/// Least distance of a floating part from the edge of the window, in CSS pixels.
const MARGIN: f64 = 8.0;

/// Writes a refusal of the browser to its console: none of them keeps the page from working.
pub(super) fn log_refusal<T>(answer: Result<T, JsValue>) {
    if let Err(reason) = answer {
        leptos::logging::warn!("the browser refused: {reason:?}");
    }
}

/// Moves the focus to `element`.
pub(super) fn focus(element: &HtmlElement) {
    log_refusal(element.focus());
}

/// The element that has the focus, unless it is the page itself.
pub(super) fn focused() -> Option<HtmlElement> {
    let active = document().active_element()?;
    (active.tag_name() != "BODY").then(|| active.dyn_into().ok()).flatten()
}

/// Gives the focus back to `opener`, or to the main part of the page when the opener is gone, so that it is never lost.
pub(super) fn return_focus(opener: Option<&HtmlElement>) {
    if let Some(opener) = opener.filter(|element| element.is_connected()) {
        focus(opener);
        if focused().is_some() {
            return;
        }
    }
    let main = document().query_selector("main").ok().flatten();
    if let Some(main) = main.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        focus(&main);
    }
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
pub(super) struct Listener {
    target: EventTarget,
    event: &'static str,
    call: Closure<dyn FnMut(web_sys::Event)>,
}

impl Listener {
    /// Calls `call` for every `event` at `target`, before the elements below it are asked.
    pub(super) fn new(target: EventTarget, event: &'static str, call: impl FnMut(web_sys::Event) + 'static) -> Self {
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

/// How a floating part lies against its anchor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Placement {
    /// Above and centred, below when there is no room above.
    Above,
    /// Below, from edge to edge of the anchor; above when there is more room there.
    Stretched,
}

/// Puts `float` (position: fixed) beside `anchor` within the window.
pub(super) fn place(anchor: &Element, float: &HtmlElement, placement: Placement) {
    let style = float.style();
    let at = anchor.get_bounding_client_rect();
    if placement == Placement::Stretched {
        log_refusal(style.set_property("width", &format!("{}px", at.width())));
    }
    let (left, top) = position(&at, &float.get_bounding_client_rect(), window_size(), placement);
    log_refusal(style.set_property("left", &format!("{left}px")));
    log_refusal(style.set_property("top", &format!("{top}px")));
}

fn window_size() -> (f64, f64) {
    let number = |value: Result<JsValue, JsValue>| value.ok().and_then(|value| value.as_f64()).unwrap_or(f64::MAX);
    (number(window().inner_width()), number(window().inner_height()))
}

fn position(anchor: &DomRect, float: &DomRect, (width, height): (f64, f64), placement: Placement) -> (f64, f64) {
    let (above, below) = (anchor.top() - GAP - float.height(), anchor.bottom() + GAP);
    let fits_below = below + float.height() + MARGIN <= height;
    let (left, top) = match placement {
        Placement::Above => {
            let centred = anchor.left() + (anchor.width() - float.width()) / 2.0;
            (centred, if above >= MARGIN { above } else { below })
        }
        Placement::Stretched => {
            let roomier_above = anchor.top() > height - anchor.bottom();
            (
                anchor.left(),
                if !fits_below && roomier_above {
                    above.max(MARGIN)
                } else {
                    below
                },
            )
        }
    };
    (left.min(width - float.width() - MARGIN).max(MARGIN), top)
}
