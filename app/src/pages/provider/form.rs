//! What the forms of the console share.

use leptos::prelude::*;

use crate::{
    erase::{Erase, Erased},
    ui::{Banner, Button, Tone},
    words,
};

/// Somebody else has changed it: says so, and reads it again.
#[component]
pub(super) fn ReloadNotice(
    /// Reads it again, which drops what was typed.
    reload: Callback<()>,
) -> Erased {
    view! {
        <Banner tone=Tone::Warning text=words::provider::OUTDATED>
            <div class="banner__actions">
                <Button label=words::provider::RELOAD on_press=reload/>
            </div>
        </Banner>
    }
    .erase()
}
