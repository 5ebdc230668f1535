//! The elements of SVG that the pages use, in the place of Leptos' own.

pub use leptos_itself::tachys::svg::*;

use super::Element;

macro_rules! elements {
    ($($tag:ident),*) => {
        $(
            #[doc = concat!("An element `", stringify!($tag), "`.")]
            pub fn $tag() -> Element {
                Element::svg(stringify!($tag))
            }
        )*
    };
}

elements!(circle, g, line, path, rect, svg);
