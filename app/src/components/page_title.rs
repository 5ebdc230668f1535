//! The title of the browser's tab.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::words;

/// Sets the document's title: what the page is, then the product.
#[component]
pub fn PageTitle(
    /// What the page is, the most particular part first.
    #[prop(into)]
    title: Signal<String>,
) -> impl IntoView {
    let text = move || {
        let title = title.get();
        if title == words::shell::PRODUCT {
            title
        } else {
            format!("{title} · {}", words::shell::PRODUCT)
        }
    };
    view! { <Title text/> }
}
