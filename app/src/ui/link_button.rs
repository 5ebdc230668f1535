//! Links that look like buttons: for pressing that leads to an address.

use icondata_core::Icon as IconData;
use leptos::prelude::*;

use super::{
    Appearance, ButtonSize, ButtonWidth, LabelShown,
    button::{button_class, button_content},
    tooltip::TipHost,
};
use crate::erase::{Erase, Erased, changing};

/// A link with the looks of a button. With a `disabled_reason` it has no address, stays reachable and says why.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// What following it does.
    #[prop(into)]
    label: Signal<String>,
    /// How much it stands out.
    #[prop(optional)]
    appearance: Appearance,
    /// How high it is.
    #[prop(optional)]
    size: ButtonSize,
    /// How wide it is.
    #[prop(optional)]
    width: ButtonWidth,
    /// An icon before the label.
    #[prop(optional)]
    icon: Option<IconData>,
    /// Whether the label is drawn.
    #[prop(optional)]
    label_shown: LabelShown,
    /// Words added to the name for assistive technology.
    #[prop(optional, into)]
    context: Option<String>,
    /// Why it cannot be followed now.
    #[prop(optional, into)]
    disabled_reason: Option<Signal<Option<String>>>,
    /// What kind of link it is; `external` leaves it to the browser, as for a file.
    #[prop(optional)]
    rel: Option<&'static str>,
) -> Erased {
    let reason = disabled_reason.unwrap_or_default();
    let blocked = Memo::new(move |_| reason.with(Option::is_some));
    let link = view! {
        <a
            class=button_class(appearance, size, width, label_shown)
            href=changing(move || (!blocked.get()).then(|| href.get()))
            rel=rel
            role=changing(move || blocked.get().then_some("link"))
            tabindex=changing(move || blocked.get().then_some("0"))
            aria-disabled=changing(move || blocked.get().then_some("true"))
            aria-description=changing(move || reason.get())
        >
            {button_content(icon, label, context, label_shown)}
        </a>
    };
    let tip = move || {
        reason
            .get()
            .or_else(|| (label_shown == LabelShown::Hidden).then(|| label.get()))
    };
    if disabled_reason.is_some() || label_shown == LabelShown::Hidden {
        view! { <TipHost text=Signal::derive(tip)>{link}</TipHost> }.erase()
    } else {
        link.erase()
    }
}
