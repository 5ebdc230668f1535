//! The title of the browser's tab.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::{
    erase::{Erase, Erased},
    words,
};

/// Sets the document's title: what the page is, then the product.
#[component]
pub fn PageTitle(
    /// What the page is, the most particular part first.
    #[prop(into)]
    title: Signal<String>,
) -> Erased {
    let text = move || {
        let title = title.get();
        if title == words::shell::PRODUCT {
            title
        } else {
            format!("{title} · {}", words::shell::PRODUCT)
        }
    };
    // On the server it is written when the signals of the page may be gone already, and Leptos does not escape it.
    #[cfg(feature = "ssr")]
    let text = {
        let text = text().replace('&', "&amp;").replace('<', "&lt;");
        move || text.clone()
    };
    view! { <Title text/> }.erase()
}
