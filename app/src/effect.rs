//! Effects without their types, for a smaller module.

use leptos::prelude::*;

/// Runs `run` in the browser, once what was rendered is taken over and then whenever what it reads changes. Leptos'
/// `Effect::new` does the same, but all of it is compiled again for each closure.
pub(crate) fn effect(run: impl FnMut() + 'static) {
    begin(Box::new(run));
}

fn begin(mut run: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| run());
}
