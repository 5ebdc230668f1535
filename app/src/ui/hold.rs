//! What keeps the page as it is while somebody is in the middle of something, such as an open dialog.

use leptos::prelude::*;

use crate::effect::effect;

/// How many hold the page, and what there is to say while a change of it waits for them.
#[derive(Clone, Copy)]
struct Hold {
    holders: RwSignal<u32>,
    notice: Signal<Option<String>>,
}

/// Lets everything below hold the page. Whoever provides it makes the page anew only while there are no `holders`.
pub fn provide_hold(holders: RwSignal<u32>, notice: Signal<Option<String>>) {
    provide_context(Hold { holders, notice });
}

/// Holds the page around whoever asks while `held` says so, and not longer than they are there.
pub fn hold_while(held: Signal<bool>) {
    let Some(hold) = use_context::<Hold>() else { return };
    effect(move || {
        if held.get() {
            hold.holders.update(|holders| *holders += 1);
            on_cleanup(move || {
                // The page may be gone as a whole.
                hold.holders.try_update(|holders| *holders = holders.saturating_sub(1));
            });
        }
    });
}

/// What there is to say while a change of the page waits until nothing holds it.
pub fn use_hold_notice() -> Signal<Option<String>> {
    use_context::<Hold>().map_or_else(|| Signal::stored(None), |hold| hold.notice)
}
