//! Read-only switches.

use icondata_lu as lu;
use leptos::prelude::*;

use super::Icon;
use crate::{
    erase::{Erase, Erased, changing},
    words,
};

/// Whether something is switched on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IndicatorState {
    /// Switched on.
    On,
    /// Switched off.
    Off,
}

impl From<bool> for IndicatorState {
    fn from(on: bool) -> Self {
        if on { Self::On } else { Self::Off }
    }
}

/// Shows On or Off as icon and word; it cannot be pressed.
#[component]
pub fn Indicator(
    /// What is shown.
    #[prop(into)]
    state: Signal<IndicatorState>,
) -> Erased {
    let (on, off) = (
        (lu::LuCircleCheck, words::ui::ON, "on"),
        (lu::LuCircleOff, words::ui::OFF, "off"),
    );
    let shown = move || if state.get() == IndicatorState::On { on } else { off };
    view! {
        <span class="indicator" data-state=changing(move || shown().2)>
            <Icon icon=move || shown().0 />
            <span>{move || shown().1}</span>
        </span>
    }
    .erase()
}
