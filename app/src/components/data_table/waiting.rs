//! What waits until a table shows what has changed, such as the notice that says so.

use leptos::task::spawn_local;

use crate::ui::BrowserValue;

/// What waits for one table. It is done when the table says so, and also when the table is gone: notices are for the whole
/// application.
#[derive(Clone, Copy)]
pub(super) struct Waiting(BrowserValue<Vec<Deed>>);

/// Done when it is dropped.
struct Deed(Option<Box<dyn FnOnce()>>);

impl Waiting {
    /// Nothing yet, for the component that asks.
    pub(super) fn new() -> Self {
        Self(BrowserValue::new())
    }

    /// Lets something wait.
    pub(super) fn add(self, deed: impl FnOnce() + 'static) {
        let deed = Deed(Some(Box::new(deed)));
        if !self.0.is_set() {
            self.0.set(Vec::new());
        }
        // Where there is no place any more, it is dropped here.
        self.0.update(move |waiting| waiting.push(deed));
    }

    /// Does everything that waits.
    pub(super) fn end(self) {
        self.0.clear();
    }
}

impl Drop for Deed {
    fn drop(&mut self) {
        if let Some(deed) = self.0.take() {
            // Not at once: this may be in the middle of taking a page away.
            spawn_local(async move { deed() });
        }
    }
}
