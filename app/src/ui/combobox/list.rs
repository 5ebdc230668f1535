//! The list under a picker.

use icondata_lu as lu;
use leptos::{ev, html, prelude::*};

use super::{ComboBadge, ComboMode, ComboOption, picker::Picker};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    ui::{
        BrowserValue, Chip, Icon,
        dom::{self, Listener},
    },
    words,
};

/// The floating list. It never takes the focus: the keyboard stays in the input.
#[component]
pub(super) fn Popup(picker: Picker, label: Signal<String>, loading: Signal<bool>, empty_text: String) -> Erased {
    let popup = NodeRef::<html::Div>::new();
    float_while_open(picker, popup);
    let options = move || {
        let shown = if picker.open.get() {
            picker.found.get().shown
        } else {
            Vec::new()
        };
        shown
            .into_iter()
            .enumerate()
            .map(|(at, option)| view! { <Choice picker at option /> })
            .collect_view()
    };
    let nothing = move || picker.found.with(|found| found.total == 0);
    let note = move || {
        let (shown, total) = picker.found.with(|found| (found.shown.len(), found.total));
        if loading.get() {
            Some(words::ui::SEARCHING.to_owned())
        } else if total == 0 {
            Some(empty_text.clone())
        } else {
            (total > shown).then(|| words::ui::more_options(total - shown))
        }
    };
    let multiple = (picker.mode == ComboMode::Multiple).then_some("true");
    view! {
        <div
            node_ref=popup
            class="combobox__popup"
            popover="manual"
            on:mousedown=|ev: ev::MouseEvent| ev.prevent_default()
        >
            <ul
                class="combobox__list"
                id=picker.list_id()
                role="listbox"
                aria-label=label
                aria-multiselectable=multiple
                hidden=nothing
            >
                {options}
            </ul>
            {move || note().map(|note| view! { <p class="combobox__note">{note}</p> })}
        </div>
    }
    .erase()
}

/// Shows the popup in the top layer while the list is open and keeps it at the control while the page moves.
fn float_while_open(picker: Picker, popup: NodeRef<html::Div>) {
    let listeners = BrowserValue::new();
    let above = StoredValue::new(false);
    let put = move || {
        let control = dom::present(picker.root).and_then(|root| dom::first_match(&root, ".combobox__control"));
        if let (Some(control), Some(popup)) = (control, dom::present(popup)) {
            let stay_above = above.try_get_value().unwrap_or_default();
            above.try_set_value(dom::stretch(&control, &popup, stay_above));
        }
    };
    effect(move || {
        let Some(element) = popup.get() else { return };
        if !picker.open.get() {
            listeners.clear();
            // Fails where it was never shown, which is what is wanted.
            let _ = element.hide_popover();
        } else if element.show_popover().is_ok() {
            above.set_value(false);
            let scrolled = Listener::new(document().into(), "scroll", move |_| put());
            let resized = Listener::new(window().into(), "resize", move |_| put());
            listeners.set(vec![scrolled, resized]);
        }
    });
    effect(move || {
        // Chips and options change the height of control and list.
        picker.found.track();
        picker.selected.track();
        if picker.open.get() {
            request_animation_frame(put);
        }
    });
}

#[component]
fn Choice(picker: Picker, at: usize, option: ComboOption) -> Erased {
    let ComboOption {
        id,
        label,
        detail,
        badges,
        disabled_reason,
    } = option;
    let chosen = Memo::new(move |_| picker.selected.with(|ids| ids.contains(&id)));
    let blocked = disabled_reason.is_some();
    let badges = self::badges(badges);
    let second = disabled_reason.unwrap_or(detail);
    view! {
        <li
            class="combobox__option"
            id=picker.option_id(at)
            role="option"
            aria-selected=move || chosen.get().to_string()
            aria-disabled=move || (blocked && !chosen.get()).then_some("true")
            data-active=move || (picker.active.get() == Some(at)).then_some("true")
            on:click=move |_| picker.choose(at)
            on:mousemove=move |_| {
                if picker.active.get_untracked() != Some(at) {
                    picker.active.set(Some(at));
                }
            }
        >
            <span class="combobox__check">{move || chosen.get().then(|| view! { <Icon icon=lu::LuCheck /> })}</span>
            <span class="combobox__texts">
                <span class="combobox__label">{label}</span>
                {(!second.is_empty()).then(|| view! { " " <span class="combobox__detail">{second}</span> })}
            </span>
            <span class="combobox__badges">{badges}</span>
        </li>
    }
    .erase()
}

/// The words beside an option, chosen or not.
pub(super) fn badges(badges: Vec<ComboBadge>) -> Vec<Erased> {
    badges
        .into_iter()
        .map(|badge| view! { " " <Chip tone=badge.tone label=badge.label /> }.erase())
        .collect()
}
