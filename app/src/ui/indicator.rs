//! Read-only switches.

use icondata_lu as lu;
use leptos::prelude::*;

use super::Icon;
use crate::{
    erase::{Erase, Erased},
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
    state: IndicatorState,
) -> Erased {
    let (icon, word, name) = match state {
        IndicatorState::On => (lu::LuCircleCheck, words::ui::ON, "on"),
        IndicatorState::Off => (lu::LuCircleOff, words::ui::OFF, "off"),
    };
    view! {
        <span class="indicator" data-state=name>
            <Icon icon />
            <span>{word}</span>
        </span>
    }
    .erase()
}
