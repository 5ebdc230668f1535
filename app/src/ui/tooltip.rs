//! Short explanations that appear on hover, focus and tap, stay while they are hovered and leave with Esc (WCAG 1.4.13).

use icondata_lu as lu;
use leptos::{ev, html, prelude::*, web_sys::EventTarget};
use wasm_bindgen::JsCast;

use super::{
    BrowserValue, Icon,
    dom::{self, Listener},
};
use crate::{
    effect::effect,
    erase::{Content, Erase, Erased},
};

/// Wraps a control and shows `text` beside it on hover and focus. The text must also reach assistive technology through
/// the control itself (name or description) unless `id` is given and named in the control's `aria-describedby`.
#[component]
pub fn TipHost(
    /// What is shown; nothing appears while there is none.
    text: Signal<Option<String>>,
    /// Id of the bubble, where the control refers to it.
    #[prop(optional)]
    id: Option<String>,
    /// While this holds nothing is shown: a popover of the control is open, and Esc is to close that.
    #[prop(optional, into)]
    held_back: Signal<bool>,
    /// The control.
    children: Content,
) -> Erased {
    let (host, bubble) = (NodeRef::<html::Span>::new(), NodeRef::<html::Span>::new());
    let open = RwSignal::new(false);
    let hovered = RwSignal::new(false);
    let show = move || {
        if held_back.try_get_untracked() == Some(false) {
            open.set(true);
        }
    };
    effect(move || {
        if held_back.get() {
            open.set(false);
        }
    });
    show_while_open(open, host, bubble);
    let leave = move |_| {
        let Some(host) = dom::present(host) else { return };
        hovered.set(false);
        open.set(dom::holds_focus(&host) && open.get_untracked());
    };
    let focus_left = move |_| {
        if let Some(hovered) = hovered.try_get_untracked() {
            open.set(hovered && open.get_untracked());
        }
    };
    let hidden = id.is_none().then_some("true");
    view! {
        <span
            node_ref=host
            class="tip"
            on:mouseenter=move |_| {
                hovered.set(true);
                show();
            }
            on:mouseleave=leave
            on:focusin=move |_| show()
            on:focusout=focus_left
            on:click=move |_| show()
        >
            {children.view()}
            {move || {
                text.get()
                    .map(|text| {
                        view! {
                            <span
                                node_ref=bubble
                                class="tip__bubble"
                                id=id.clone()
                                role="tooltip"
                                popover="manual"
                                aria-hidden=hidden
                            >
                                {text}
                            </span>
                        }
                        .erase()
                    })
            }}
        </span>
    }
    .erase()
}

/// Puts the bubble into the top layer while `open`, and lets Esc and touches elsewhere close it.
fn show_while_open(open: RwSignal<bool>, host: NodeRef<html::Span>, bubble: NodeRef<html::Span>) {
    let listeners = BrowserValue::new();
    let begun = StoredValue::new(false);
    effect(move || {
        let (Some(host), Some(bubble)) = (host.get(), bubble.get()) else {
            return;
        };
        // The page may have got the focus before it came to life, and a row that is drawn anew keeps it.
        if !begun.get_value() && dom::holds_focus(&host) {
            open.set(true);
        }
        begun.set_value(true);
        if !open.get() {
            listeners.clear();
            // Fails where it was never shown, which is what is wanted.
            let _ = bubble.hide_popover();
            return;
        }
        if bubble.show_popover().is_err() {
            return;
        }
        dom::place_above(&host, &bubble);
        let is_part = move |target| dom::holds(&host, target);
        listeners.set(bubble_closers(is_part, move || open.set(false)));
    });
}

/// What closes a bubble in the top layer: Esc, scrolling, and touching what is no part of what the bubble tells about.
pub fn bubble_closers(
    is_part: impl Fn(Option<EventTarget>) -> bool + 'static,
    close: impl Fn() + Copy + 'static,
) -> Vec<Listener> {
    let escape = Listener::new(document().into(), "keydown", move |ev| {
        let escape = ev.dyn_ref::<ev::KeyboardEvent>().is_some_and(|ev| ev.key() == "Escape");
        if escape {
            // A dialog around the control must stay open.
            ev.prevent_default();
            ev.stop_propagation();
            close();
        }
    });
    let elsewhere = Listener::new(document().into(), "pointerdown", move |ev| {
        if !is_part(ev.target()) {
            close();
        }
    });
    let scrolled = Listener::new(document().into(), "scroll", move |_| close());
    vec![escape, elsewhere, scrolled]
}

/// A small round button that explains what stands before it.
#[component]
pub fn InfoTip(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// Name of the button, for example "About Group Texting".
    #[prop(into)]
    label: Signal<String>,
    /// The explanation, in a sentence.
    #[prop(into)]
    text: Signal<String>,
) -> Erased {
    let described_by = id.clone();
    view! {
        <TipHost text=Signal::derive(move || Some(text.get())) id>
            <button class="info-tip" type="button" aria-label=label aria-describedby=described_by>
                <Icon icon=lu::LuInfo />
            </button>
        </TipHost>
    }
    .erase()
}
