//! Views that stay while the list around them changes.

use std::sync::Arc;

use leptos::prelude::*;

use crate::erase::{Erase, Erased};

/// One view for each of the keys, made once for as long as its key is there. Leptos compiles all of `<For>` again for each
/// kind of key and view, so there is one kind.
pub fn keyed(
    keys: impl Fn() -> Vec<usize> + Send + Sync + 'static,
    view: impl Fn(usize) -> Erased + Send + Sync + 'static,
) -> Erased {
    shown(Box::new(keys), Arc::new(view))
}

fn shown(keys: Box<dyn Fn() -> Vec<usize> + Send + Sync>, view: Arc<dyn Fn(usize) -> Erased + Send + Sync>) -> Erased {
    view! { <For each=keys key=|key| *key children=move |key| view(key)/> }.erase()
}
