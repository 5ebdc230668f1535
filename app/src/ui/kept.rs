//! Values of the browser that a component keeps: listeners, timers, elements.

use leptos::prelude::*;

/// One such value or none. On the server there never is one: rendering moves between threads there, and these values must
/// end on the thread they were made on.
pub struct Kept<T: 'static>(Option<StoredValue<Option<T>, LocalStorage>>);

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Kept<T> {}

impl<T> Kept<T> {
    /// Keeps nothing yet.
    pub fn new() -> Self {
        Self(cfg!(feature = "hydrate").then(|| StoredValue::new_local(None)))
    }

    /// Keeps `value` instead of what was kept; nothing once the component is gone.
    pub fn set(&self, value: Option<T>) {
        if let Some(kept) = self.0 {
            // Given back when the component is gone; dropping it is what ends a listener or timer.
            drop(kept.try_set_value(value));
        }
    }

    /// Hands out what is kept.
    pub fn take(&self) -> Option<T> {
        self.0?.try_update_value(Option::take).flatten()
    }

    /// Whether something is kept.
    pub fn holds(&self) -> bool {
        self.0
            .is_some_and(|kept| kept.try_with_value(Option::is_some) == Some(true))
    }
}
