//! What stands where rows or a page would, when there are none.

use icondata_core::Icon as IconData;
use leptos::prelude::*;

use super::{Icon, IconSize};
use crate::erase::{Content, Erase, Erased};

/// How much room an empty state takes.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptySize {
    /// In place of a table or list.
    #[default]
    Panel,
    /// In place of a page's whole content.
    Page,
}

/// Says what is missing, why, and offers the next step.
#[component]
pub fn EmptyState(
    /// A picture of what is missing.
    icon: IconData,
    /// What is the matter.
    #[prop(into)]
    title: Signal<String>,
    /// Why, or what to do about it.
    #[prop(optional, into)]
    text: Signal<Option<String>>,
    /// How much room it takes.
    #[prop(optional)]
    size: EmptySize,
    /// Buttons or links for the next step.
    #[prop(optional)]
    children: Option<Content>,
) -> Erased {
    let class = match size {
        EmptySize::Panel => "empty-state",
        EmptySize::Page => "empty-state empty-state--page",
    };
    view! {
        <div class=class>
            <span class="empty-state__icon"><Icon icon size=IconSize::Large /></span>
            <p class="empty-state__title">{title}</p>
            {move || text.get().map(|text| view! { <p class="empty-state__text">{text}</p> }.erase())}
            {children.map(|children| view! { <div class="empty-state__actions">{children.view()}</div> })}
        </div>
    }
    .erase()
}
