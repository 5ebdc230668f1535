//! Menus of the top bar: a disclosure over `<details>`, so that they open without scripts. With scripts they also close on
//! Esc, on a press elsewhere, when the focus leaves and when something was chosen.

use icondata_core::Icon as IconData;
use icondata_lu as lu;
use leptos::{ev, html, prelude::*, web_sys::HtmlDetailsElement};
use wasm_bindgen::JsCast;

use super::{
    BrowserValue, Icon,
    dom::{self, Listener},
    use_hydrated,
};
use crate::erase::{Content, Erase, Erased, changing};

/// Which edges of the button and its panel are in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum MenuAlign {
    /// The first ones.
    #[default]
    Start,
    /// The last ones, for menus at the end of the bar.
    End,
}

/// A button that opens a panel of links and choices.
#[component]
pub fn Menu(
    /// What the panel holds.
    #[prop(into)]
    label: Signal<String>,
    /// An icon before the label.
    #[prop(optional)]
    icon: Option<IconData>,
    /// Where the panel lies.
    #[prop(optional)]
    align: MenuAlign,
    /// Whether the page shown is one of the panel's.
    #[prop(optional, into)]
    current: Signal<bool>,
    /// [`MenuList`]s, [`MenuSection`]s and [`MenuText`]s.
    children: Content,
) -> Erased {
    let details = NodeRef::<html::Details>::new();
    let elsewhere = BrowserValue::<Listener>::new();
    let close = move || {
        if let Some(details) = details.get_untracked() {
            details.set_open(false);
        }
    };
    let toggled = move |_| {
        let Some(element) = details.get_untracked() else { return };
        elsewhere.set(element.open().then(|| {
            Listener::new(document().into(), "pointerdown", move |ev| {
                if details
                    .get_untracked()
                    .is_some_and(|details| !dom::holds(&details, ev.target()))
                {
                    close();
                }
            })
        }));
    };
    let escape = move |ev: ev::KeyboardEvent| {
        let Some(element) = details.get_untracked().filter(|details| details.open()) else {
            return;
        };
        if ev.key() == "Escape" {
            ev.prevent_default();
            leave(&element);
        }
    };
    let left = move |ev: ev::FocusEvent| {
        let target = ev.related_target();
        if target.is_some() && dom::present(details).is_some_and(|details| !dom::holds(&details, target)) {
            close();
        }
    };
    let chosen = move |ev: ev::MouseEvent| {
        let element = ev
            .target()
            .and_then(|target| target.dyn_into::<leptos::web_sys::Element>().ok());
        if element
            .and_then(|element| element.closest("a[href]").ok().flatten())
            .is_some()
        {
            close();
        }
    };
    let panel = if align == MenuAlign::End {
        "menu__panel menu__panel--end"
    } else {
        "menu__panel"
    };
    view! {
        <details
            node_ref=details
            class="menu"
            data-current=changing(move || current.get().then_some("true"))
            on:toggle=toggled
            on:keydown=escape
            on:focusout=left
        >
            <summary class="menu__button">
                {icon.map(|icon| view! { <Icon icon size=super::IconSize::Medium /> })}
                <span class="menu__label">{label}</span>
                <Icon icon=lu::LuChevronDown />
            </summary>
            <div class=panel on:click=chosen>
                {children.view()}
            </div>
        </details>
    }
    .erase()
}

/// Closes a menu and goes back to its button.
fn leave(menu: &HtmlDetailsElement) {
    menu.set_open(false);
    if let Some(button) = dom::first_match(menu, "summary") {
        dom::focus(&button);
    }
}

/// A list of [`MenuLink`]s, [`MenuButton`]s or of other list items.
#[component]
pub fn MenuList(
    /// The items.
    children: Content,
) -> Erased {
    view! { <ul class="menu__list">{children.view()}</ul> }.erase()
}

/// A link in a menu.
#[component]
pub fn MenuLink(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// Its words.
    #[prop(into)]
    label: Signal<String>,
    /// An icon before the words.
    #[prop(optional)]
    icon: Option<IconData>,
    /// Whether its page is the one shown.
    #[prop(optional, into)]
    current: Signal<bool>,
    /// What kind of link it is; `external` has the browser load the page as a whole.
    #[prop(optional)]
    rel: Option<&'static str>,
) -> Erased {
    view! {
        <li>
            <a class="menu__item" href=href rel=rel aria-current=changing(move || current.get().then_some("page"))>
                {icon.map(|icon| view! { <Icon icon /> })}
                <span>{label}</span>
            </a>
        </li>
    }
    .erase()
}

/// Something in a menu that is done at once. The menu closes first and its button has the focus, so that a dialog which
/// is opened gives it back there.
#[component]
pub fn MenuButton(
    /// What pressing does.
    #[prop(into)]
    label: Signal<String>,
    /// An icon before the words.
    #[prop(optional)]
    icon: Option<IconData>,
    /// What it opens, such as a dialog (`aria-haspopup`).
    #[prop(optional, into)]
    opens: Option<String>,
    /// Called when it is pressed.
    #[prop(into)]
    on_press: Callback<()>,
) -> Erased {
    let hydrated = use_hydrated();
    let button = NodeRef::<html::Button>::new();
    let press = move |_| {
        let menu = button
            .get_untracked()
            .and_then(|button| button.closest("details").ok().flatten());
        if let Some(menu) = menu.and_then(|menu| menu.dyn_into::<HtmlDetailsElement>().ok()) {
            leave(&menu);
        }
        on_press.run(());
    };
    view! {
        <li>
            <button
                node_ref=button
                class="menu__item"
                type="button"
                disabled=changing(move || !hydrated.get())
                aria-haspopup=opens
                on:click=press
            >
                {icon.map(|icon| view! { <Icon icon /> })}
                <span>{label}</span>
            </button>
        </li>
    }
    .erase()
}

/// A part of a menu under a heading of its own.
#[component]
pub fn MenuSection(
    /// What the part holds.
    #[prop(into)]
    label: Signal<String>,
    /// Its items.
    children: Content,
) -> Erased {
    view! {
        <div class="menu__section">
            <p class="menu__heading">{label}</p>
            {children.view()}
        </div>
    }
    .erase()
}

/// A line of text in a menu, such as who is signed in.
#[component]
pub fn MenuText(
    /// The words.
    children: Content,
) -> Erased {
    view! { <p class="menu__text">{children.view()}</p> }.erase()
}
