//! Pictures from the Lucide set. Decorative unless they are given a label.

use icondata_core::Icon as IconData;
use leptos::prelude::*;

use crate::erase::{Erase, Erased};

/// How large an icon is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum IconSize {
    /// 16 px, beside text.
    #[default]
    Small,
    /// 20 px, alone in a button or beside a title.
    Medium,
    /// 32 px, in empty states.
    Large,
}

impl IconSize {
    fn class(self) -> &'static str {
        match self {
            Self::Small => "icon",
            Self::Medium => "icon icon--medium",
            Self::Large => "icon icon--large",
        }
    }
}

/// One icon, which stays as it is: rows of tables have many, and one that followed a signal would cost each of them four
/// effects. Without a label it is hidden from assistive technology: then the words beside it must say everything.
#[component]
pub fn Icon(
    /// The drawing, for example `icondata_lu::LuPlus`.
    icon: IconData,
    /// What the icon says where no words stand beside it.
    #[prop(optional, into)]
    label: Option<String>,
    /// How large it is drawn.
    #[prop(optional)]
    size: IconSize,
) -> Erased {
    view! {
        <svg
            class=size.class()
            viewBox=icon.view_box
            fill=icon.fill
            stroke=icon.stroke
            stroke-width="1.75"
            stroke-linecap="round"
            stroke-linejoin="round"
            focusable="false"
            role=label.as_ref().map(|_| "img")
            aria-hidden=label.is_none().then_some("true")
            aria-label=label
            inner_html=icon.data
        ></svg>
    }
    .erase()
}
