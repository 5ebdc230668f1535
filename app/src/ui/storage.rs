//! What this browser remembers for this site. Only called from effects and event handlers. A browser that refuses to
//! remember (private windows) forgets; nothing else depends on it.

use leptos::prelude::window;

/// What was written under `key`, if anything.
#[must_use]
pub fn read(key: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(key).ok()?
}

/// Remembers `value` under `key`.
pub fn write(key: &str, value: &str) {
    if let Ok(Some(storage)) = window().local_storage() {
        super::dom::log_refusal(storage.set_item(key, value));
    }
}
