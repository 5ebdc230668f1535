//! The elements of HTML that the pages use, in the place of Leptos' own.

pub use leptos_itself::tachys::html::element::*;

use super::Element;

macro_rules! elements {
    ($($tag:ident),* ; $($void:ident),*) => {
        $(
            #[doc = concat!("An element `", stringify!($tag), "`.")]
            pub fn $tag() -> Element {
                Element::new(stringify!($tag))
            }
        )*
        $(
            #[doc = concat!("An element `", stringify!($void), "`, which can hold nothing.")]
            pub fn $void() -> Element {
                Element::new(stringify!($void))
            }
        )*
    };
}

elements!(
    a, article, aside, b, button, caption, code, dd, details, dialog, div, dl, dt, em, fieldset, footer, form, h1, h2, h3,
    header, kbd, label, legend, li, main, nav, ol, option, output, p, pre, progress, section, select, small, span, strong,
    summary, table, tbody, td, tfoot, th, thead, time, tr, ul;
    br, hr, img, input
);
