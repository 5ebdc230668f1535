//! Light, dark or as the system has it. The choice lives in a cookie that the server reads while it writes the first
//! byte, so no script and no style has to run before the first paint:
//! `<html lang="en" data-theme=theme.attribute()>`. Without the attribute the style sheets follow the system.

use icondata_core::Icon as IconData;
use icondata_lu as lu;
use leptos::{prelude::*, web_sys::HtmlDocument};
use wasm_bindgen::JsCast;

use super::{Icon, dom, use_hydrated};
use crate::{
    effect::effect,
    erase::{Erase, Erased, changing},
    words,
};

/// Name of the cookie.
const COOKIE: &str = "theme";
/// How long the choice is kept, in seconds: a year.
const MAX_AGE: u32 = 365 * 24 * 60 * 60;
/// Attribute of the root element that style sheets look at.
const ATTRIBUTE: &str = "data-theme";

/// The colours someone chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the operating system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The theme in the value of a `Cookie` header; anything unknown means the system's.
    pub fn from_cookie_header(header: &str) -> Self {
        let value = header
            .split(';')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == COOKIE);
        value.map_or(Self::System, |(_, value)| Self::from_name(value))
    }

    /// Value of `data-theme` on the root element; none for the system's.
    pub fn attribute(self) -> Option<&'static str> {
        (self != Self::System).then(|| self.name())
    }

    fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.name() == name.trim())
            .unwrap_or_default()
    }

    fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::System => words::ui::THEME_SYSTEM,
            Self::Light => words::ui::THEME_LIGHT,
            Self::Dark => words::ui::THEME_DARK,
        }
    }

    fn icon(self) -> IconData {
        match self {
            Self::System => lu::LuMonitor,
            Self::Light => lu::LuSun,
            Self::Dark => lu::LuMoon,
        }
    }

    /// The theme the page is shown in.
    fn of_page() -> Self {
        let root = document().document_element();
        root.and_then(|root| root.get_attribute(ATTRIBUTE))
            .map_or(Self::System, |name| Self::from_name(&name))
    }

    /// Shows the page in this theme and remembers it on this device.
    fn apply(self) {
        let Some(root) = document().document_element() else {
            return;
        };
        dom::log_refusal(match self.attribute() {
            Some(name) => root.set_attribute(ATTRIBUTE, name),
            None => root.remove_attribute(ATTRIBUTE),
        });
        let cookie = format!("{COOKIE}={}; Path=/; Max-Age={MAX_AGE}; SameSite=Lax", self.name());
        if let Ok(document) = document().dyn_into::<HtmlDocument>() {
            dom::log_refusal(document.set_cookie(&cookie));
        }
    }
}

/// The choice between the three themes.
#[component]
pub fn ThemeChoice() -> Erased {
    let hydrated = use_hydrated();
    let theme = RwSignal::new(Theme::System);
    effect(move || theme.set(Theme::of_page()));
    let choice = move |each: Theme| {
        let choose = move |_| {
            theme.set(each);
            each.apply();
        };
        view! {
            <label class="theme-choice__option">
                <input
                    class="theme-choice__radio"
                    type="radio"
                    name=COOKIE
                    value=each.name()
                    disabled=changing(move || !hydrated.get())
                    prop:checked=move || theme.get() == each
                    on:change=choose
                />
                <Icon icon=each.icon() />
                <span>{each.label()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="theme-choice">
            <legend class="visually-hidden">{words::ui::THEME}</legend>
            {Theme::ALL.map(choice).collect_view()}
        </fieldset>
    }
    .erase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_theme_is_found_among_other_cookies() {
        assert_eq!(Theme::from_cookie_header("a=b; theme=dark; c=d"), Theme::Dark);
        assert_eq!(Theme::from_cookie_header("theme=light"), Theme::Light);
        assert_eq!(Theme::from_cookie_header(" theme=system "), Theme::System);
    }

    #[test]
    fn anything_unknown_follows_the_system() {
        for header in [
            "",
            ";",
            "theme",
            "theme=",
            "theme=DARK",
            "theme=\"><script>",
            "mytheme=dark",
            "theme=blue",
        ] {
            assert_eq!(Theme::from_cookie_header(header), Theme::System, "{header}");
        }
    }

    #[test]
    fn the_first_of_two_cookies_counts() {
        assert_eq!(Theme::from_cookie_header("theme=dark; theme=light"), Theme::Dark);
    }

    #[test]
    fn only_a_choice_is_written_into_the_page() {
        assert_eq!(Theme::System.attribute(), None);
        assert_eq!(Theme::Dark.attribute(), Some("dark"));
    }
}
