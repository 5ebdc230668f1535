//! Status chips: a tone, an icon and a word, never colour alone.

use icondata_core::Icon as IconData;
use icondata_lu as lu;
use leptos::prelude::*;

use super::Icon;
use crate::erase::{Erase, Erased};

/// What a chip, badge or banner means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tone {
    /// Neither good nor bad.
    #[default]
    Neutral,
    /// As it should be.
    Success,
    /// Needs attention soon.
    Warning,
    /// Broken or blocked.
    Danger,
    /// Worth knowing.
    Info,
}

impl Tone {
    /// The name style sheets know the tone by.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
            Self::Info => "info",
        }
    }

    /// The icon that carries the tone where colour does not reach.
    pub(super) fn icon(self) -> IconData {
        match self {
            Self::Neutral => lu::LuCircleMinus,
            Self::Success => lu::LuCircleCheck,
            Self::Warning => lu::LuTriangleAlert,
            Self::Danger => lu::LuOctagonAlert,
            Self::Info => lu::LuInfo,
        }
    }
}

/// A state in one or two words, which stays as it is: a closure around it shows another.
#[component]
pub fn Chip(
    /// What the state means.
    #[prop(optional)]
    tone: Tone,
    /// The state itself.
    #[prop(into)]
    label: String,
    /// An icon other than that of the tone.
    #[prop(optional)]
    icon: Option<IconData>,
) -> Erased {
    view! {
        <span class="chip" data-tone=tone.name()>
            <Icon icon=icon.unwrap_or_else(|| tone.icon()) />
            <span>{label}</span>
        </span>
    }
    .erase()
}

/// A small number beside a word, such as the count in a tab.
#[component]
pub fn CountBadge(
    /// The number.
    #[prop(into)]
    count: Signal<usize>,
    /// What is counted, for those who only hear the number.
    #[prop(into)]
    label: Signal<String>,
) -> Erased {
    view! {
        <span class="count-badge">{count}<span class="visually-hidden">" "{label}</span></span>
    }
    .erase()
}
