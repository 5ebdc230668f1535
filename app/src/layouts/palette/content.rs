//! What the palette shows: the editable combobox with a grouped listbox of the ARIA Authoring Practices.

use domain::enterprise::EnterpriseContext;
use icondata_lu as lu;
use leptos::{
    either::EitherOf3,
    ev,
    prelude::*,
    web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition},
};

use super::{
    Palette,
    entry::{Entry, Kind},
    finder::Finder,
};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    ui::{Button, ButtonSize, Icon},
    words,
};

const INPUT: &str = "palette-text";
const LIST: &str = "palette-list";

fn option_id(at: usize) -> String {
    format!("palette-option-{at}")
}

/// The input, what it finds, and what the keys do.
#[component]
pub(super) fn PaletteContent(palette: Palette, enterprise: StoredValue<Option<EnterpriseContext>>) -> Erased {
    let finder = Finder::new(palette, enterprise);
    effect(move || {
        let option = finder.active().map(option_id);
        if let Some(option) = option.and_then(|id| document().get_element_by_id(&id)) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    view! {
        <div class="palette">
            <TypedText finder/>
            <div class="palette__results">
                <Results finder/>
                <Note finder/>
            </div>
            <Keys/>
            <span class="visually-hidden" role="status">
                {move || finder.said()}
            </span>
        </div>
    }
    .erase()
}

/// The input, which carries the role and all keys.
#[component]
fn TypedText(finder: Finder) -> Erased {
    let expanded = move || finder.entries.with(|entries| !entries.is_empty()).to_string();
    view! {
        <div class="palette__field">
            <label class="visually-hidden" for=INPUT>
                {words::palette::LABEL}
            </label>
            <Icon icon=lu::LuSearch/>
            <input
                class="palette__input"
                type="text"
                id=INPUT
                role="combobox"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                enterkeyhint="go"
                aria-autocomplete="list"
                aria-expanded=expanded
                aria-controls=LIST
                aria-activedescendant=move || finder.active().map(option_id)
                placeholder=words::palette::LABEL
                on:input=move |event: ev::Event| finder.type_text(event_target_value(&event))
                on:keydown=move |event| finder.key(&event)
            />
        </div>
    }
    .erase()
}

#[component]
fn Results(finder: Finder) -> Erased {
    let nothing = move || finder.entries.with(Vec::is_empty);
    let sections = move || {
        let entries: Vec<(usize, Entry)> = finder.entries.get().into_iter().enumerate().collect();
        let section = |kind: Kind| {
            let of_kind = entries.iter().filter(|(_, entry)| entry.kind == kind);
            let entries: Vec<(usize, Entry)> = of_kind.cloned().collect();
            (!entries.is_empty()).then(|| view! { <Section finder kind entries/> })
        };
        Kind::ALL.into_iter().filter_map(section).collect_view()
    };
    view! {
        <div
            class="palette__list"
            id=LIST
            role="listbox"
            // Browsers would make what scrolls a stop of the Tab key.
            tabindex="-1"
            aria-label=words::palette::RESULTS
            hidden=nothing
            data-outdated=move || finder.waits().then_some("true")
            // The focus stays in the input.
            on:mousedown=|event: ev::MouseEvent| event.prevent_default()
        >
            {sections}
        </div>
    }
    .erase()
}

/// The entries of one kind under their heading.
#[component]
fn Section(finder: Finder, kind: Kind, entries: Vec<(usize, Entry)>) -> Erased {
    let heading = format!("palette-kind-{kind:?}");
    let labelled_by = heading.clone();
    let options = entries
        .into_iter()
        .map(|(at, entry)| view! { <Choice finder at entry/> })
        .collect_view();
    view! {
        <div class="palette__section" role="group" aria-labelledby=labelled_by>
            <div class="palette__heading" id=heading role="presentation">
                {kind.heading()}
            </div>
            {options}
        </div>
    }
    .erase()
}

#[component]
fn Choice(finder: Finder, at: usize, entry: Entry) -> Erased {
    let (icon, label, detail) = (entry.kind.icon(), entry.label.clone(), entry.detail.clone());
    let data_kind = (entry.kind == Kind::Page).then_some("page");
    view! {
        <div
            class="palette__option"
            id=option_id(at)
            role="option"
            aria-selected=move || (finder.active() == Some(at)).to_string()
            data-kind=data_kind
            on:click=move |_| finder.open(&entry)
            on:mousemove=move |_| finder.move_to(at)
        >
            <Icon icon/>
            <span class="palette__label">{label}</span>
            {(!detail.is_empty()).then(|| view! { " " <span class="palette__detail">{detail}</span> })}
        </div>
    }
    .erase()
}

/// What stands under the entries, or in their place.
#[component]
fn Note(finder: Finder) -> Erased {
    let note = move || {
        if finder.waits() {
            return Some(EitherOf3::A(view! {
                <p class="palette__note palette__note--waiting">{words::ui::SEARCHING}</p>
            }));
        }
        if let Some(reason) = finder.failure() {
            return Some(EitherOf3::B(view! {
                <div class="palette__note">
                    <p>{words::palette::FAILED} " " {reason}</p>
                    <Button
                        label=words::shell::TRY_AGAIN
                        size=ButtonSize::Small
                        on_press=move |()| finder.ask_again()
                    />
                </div>
            }));
        }
        let nothing = finder.entries.with(Vec::is_empty);
        let text = match (finder.has_enterprise(), nothing) {
            (true, true) => Some(words::palette::NOTHING),
            (true, false) => None,
            (false, _) => Some(words::palette::NO_ENTERPRISE),
        };
        text.map(|text| EitherOf3::C(view! { <p class="palette__note">{text}</p> }))
    };
    note.erase()
}

/// For the eye: assistive technology knows a combobox.
#[component]
fn Keys() -> Erased {
    view! {
        <p class="palette__keys" aria-hidden="true">
            <span>
                <kbd class="key">{words::palette::UP}</kbd>
                " "
                <kbd class="key">{words::palette::DOWN}</kbd>
                " "
                {words::palette::TO_MOVE}
            </span>
            <span>
                <kbd class="key">{words::shortcuts::ENTER}</kbd>
                " "
                {words::palette::TO_OPEN}
            </span>
            <span>
                <kbd class="key">{words::shortcuts::ESCAPE}</kbd>
                " "
                {words::palette::TO_CLOSE}
            </span>
        </p>
    }
    .erase()
}
