//! The chosen options of a picker for many, as chips that can be taken away.

use icondata_lu as lu;
use leptos::prelude::*;

use super::{list::badges, picker::Picker};
use crate::{
    erase::{Erase, Erased},
    ui::Icon,
    words,
};

/// The chips before the input. Only the last one is a tab stop; the arrow keys lead to the others.
#[component]
pub(super) fn Chips(picker: Picker, label: Signal<String>, enabled: Signal<bool>) -> Erased {
    let chip = move |at: usize, id: String, last: bool| {
        let option = Memo::new(move |_| picker.chosen(&id));
        let label = Signal::derive(move || option.with(|option| option.label.clone()));
        view! {
            <li class="combobox__chip">
                <span class="combobox__chip-label">{label}</span>
                {move || badges(option.with(|option| option.badges.clone()))}
                <button
                    class="combobox__chip-remove"
                    type="button"
                    id=picker.chip_id(at)
                    tabindex=if last { "0" } else { "-1" }
                    aria-label=move || words::ui::remove(&label.get())
                    disabled=move || !enabled.get()
                    on:click=move |_| picker.remove_chip(at)
                    on:keydown=move |ev| picker.chip_key(&ev, at)
                >
                    <Icon icon=lu::LuX />
                </button>
            </li>
        }
    };
    let shown = move || {
        let ids = picker.selected.get();
        let count = ids.len();
        (count > 0).then(|| {
            let chips = ids
                .into_iter()
                .enumerate()
                .map(|(at, id)| chip(at, id, at + 1 == count))
                .collect_view();
            view! {
                <ul class="combobox__chips" aria-label=move || words::ui::chosen(&label.get())>{chips}</ul>
            }
        })
    };
    shown.erase()
}
