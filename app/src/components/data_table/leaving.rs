//! Noticing that somebody is about to leave the page, while what waits can still be written into its address.
//!
//! The router and the browser change the history before the page is taken down, so that is too late.

use leptos::{ev, prelude::*, web_sys};
use wasm_bindgen::JsCast;

use crate::{
    effect::effect,
    ui::{BrowserValue, Listener},
};

/// The lowest number of a mouse's buttons for Back and Forward.
const SIDE_BUTTONS: i16 = 3;

/// Calls `call` before a link is followed, and before a key or button of the mouse that may lead elsewhere does so. The
/// router answers links at the window, after everything that listens in the capture phase.
pub(super) fn before_leaving(call: impl Fn() + Copy + 'static) {
    let listeners = BrowserValue::<Vec<Listener>>::new();
    effect(move || {
        let listen = |event, leads_away: fn(&web_sys::Event) -> bool| {
            Listener::new(window().into(), event, move |event| {
                if leads_away(&event) {
                    call();
                }
            })
        };
        listeners.set(vec![
            listen("click", is_on_link),
            listen("keydown", is_chord),
            listen("mousedown", is_of_side_button),
        ]);
    });
}

fn is_on_link(event: &web_sys::Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    // The selector is valid.
    target.is_some_and(|target| target.closest("a[href]").is_ok_and(|link| link.is_some()))
}

/// Whether it is a key with another, such as Alt+Left for Back and Ctrl+K for the palette.
fn is_chord(event: &web_sys::Event) -> bool {
    event
        .dyn_ref::<ev::KeyboardEvent>()
        .is_some_and(|key| key.alt_key() || key.ctrl_key() || key.meta_key())
}

fn is_of_side_button(event: &web_sys::Event) -> bool {
    event
        .dyn_ref::<ev::MouseEvent>()
        .is_some_and(|press| press.button() >= SIDE_BUTTONS)
}
