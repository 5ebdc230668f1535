//! Finding the element of a dialog that gets the focus, also when the content arrives after the opening.

use js_sys::Array;
use leptos::{
    prelude::*,
    web_sys::{HtmlDialogElement, HtmlElement, MutationObserver, MutationObserverInit},
};
use wasm_bindgen::{JsCast, closure::Closure};

use super::{DialogKind, dom};

const FIELDS: &str = ".dialog__body :is(input:not([type=hidden]), select, textarea):not(:disabled)";
const BUTTONS: &str = ".dialog__footer :is(button:not(:disabled), a[href])";
const TITLE: &str = ".dialog__title";

/// Waits for the element that is to have the focus, until it is there or the person has moved on. Dropping it ends the
/// waiting.
pub(super) struct FirstField {
    observer: MutationObserver,
    _call: Closure<dyn FnMut(Array, MutationObserver)>,
}

impl FirstField {
    /// Focuses what is to have the focus in `dialog`, or its title until that appears.
    pub(super) fn seek(dialog: &HtmlDialogElement, kind: DialogKind) -> Option<Self> {
        let seeker = dialog.clone();
        let call = Closure::<dyn FnMut(Array, MutationObserver)>::new(move |_, observer: MutationObserver| {
            if settle_focus(&seeker, kind) {
                observer.disconnect();
            }
        });
        let observer = MutationObserver::new(call.as_ref().unchecked_ref()).ok()?;
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        options.set_attributes(true);
        dom::log_refusal(observer.observe_with_options(dialog, &options));
        let first = dialog.clone();
        request_animation_frame(move || {
            settle_focus(&first, kind);
        });
        Some(Self { observer, _call: call })
    }
}

impl Drop for FirstField {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Moves the focus while it is nowhere better than the title or the close button that the browser chose. True once it is
/// settled.
fn settle_focus(dialog: &HtmlDialogElement, kind: DialogKind) -> bool {
    let waits = |element: &HtmlElement| {
        let class = element.class_name();
        element == dialog.unchecked_ref::<HtmlElement>() || class == "dialog__title" || class == "dialog__close"
    };
    if !dialog.open() || dom::focused().is_some_and(|element| !waits(&element)) {
        return true;
    }
    let wanted = dom::first_match(dialog, if kind == DialogKind::Form { FIELDS } else { BUTTONS });
    match wanted.as_ref().or(dom::first_match(dialog, TITLE).as_ref()) {
        Some(element) if dom::focused().as_ref() != Some(element) => dom::focus(element),
        _ => {}
    }
    wanted.is_some()
}
