//! Values that belong to the browser: listeners, timers, elements. They cannot move between threads, and a server that
//! renders does move what a page holds; so there is none of them on the server, not even an empty one.

use leptos::prelude::*;

/// A place for one value of the browser's part, empty at first. On the server it stays empty and holds on to nothing.
pub struct BrowserValue<T: 'static>(Option<StoredValue<Option<T>, LocalStorage>>);

impl<T: 'static> Clone for BrowserValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Copy for BrowserValue<T> {}

impl<T: 'static> BrowserValue<T> {
    /// An empty place, owned by the component that asks.
    #[must_use]
    pub fn new() -> Self {
        Self(cfg!(feature = "hydrate").then(|| StoredValue::new_local(None)))
    }

    /// Puts a value in, or nothing, and drops the one before.
    pub fn set(&self, value: impl Into<Option<T>>) {
        self.replace(value.into());
    }

    /// Drops the value.
    pub fn clear(&self) {
        self.replace(None);
    }

    /// Takes the value out. Nothing is left to take once the component that owns the place is gone.
    pub fn take(&self) -> Option<T> {
        self.replace(None)
    }

    /// Whether there is a value.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.with(|_| ()).is_some()
    }

    /// Reads the value, if there is one.
    pub fn with<R>(&self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.0?.try_with_value(|value| value.as_ref().map(read)).flatten()
    }

    /// Changes the value, if there is one.
    pub fn update<R>(&self, change: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.0?.try_update_value(|value| value.as_mut().map(change)).flatten()
    }

    fn replace(&self, value: Option<T>) -> Option<T> {
        self.0?
            .try_update_value(|place| std::mem::replace(place, value))
            .flatten()
    }
}

impl<T: 'static> Default for BrowserValue<T> {
    fn default() -> Self {
        Self::new()
    }
}
