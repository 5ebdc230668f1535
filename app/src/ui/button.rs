//! The one button of the interface.

use icondata_core::Icon as IconData;
use leptos::{ev, html, prelude::*};

use super::{Icon, tooltip::TipHost, use_hydrated};
use crate::erase::{Erase, Erased, changing};

/// How much a button stands out, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Appearance {
    /// The one thing the page or dialog is for.
    Primary,
    /// Anything else.
    #[default]
    Secondary,
    /// Repeated or minor actions, such as those in rows.
    Subtle,
    /// Takes something away for good.
    Danger,
}

/// How high a button is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ButtonSize {
    /// 32 px.
    #[default]
    Medium,
    /// 26 px, inside rows.
    Small,
}

/// How wide a button is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ButtonWidth {
    /// As wide as its words.
    #[default]
    Fitting,
    /// As wide as its surroundings.
    Full,
}

/// Whether the label of a button is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum LabelShown {
    /// Drawn beside the icon.
    #[default]
    Visible,
    /// Only the icon is drawn; the label is read out and shown on hover and focus.
    Hidden,
}

/// What a button does in its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ButtonKind {
    /// Nothing by itself.
    #[default]
    Button,
    /// Sends the form.
    Submit,
    /// Empties the form.
    Reset,
}

impl ButtonKind {
    fn name(self) -> &'static str {
        match self {
            Self::Button => "button",
            Self::Submit => "submit",
            Self::Reset => "reset",
        }
    }
}

/// From when on a button does what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Works {
    /// Once the browser's part runs; disabled until then.
    #[default]
    AfterHydration,
    /// Always: it sends a plain form.
    Always,
}

/// The classes of a button or of a link that looks like one.
pub(super) fn button_class(
    appearance: Appearance,
    size: ButtonSize,
    width: ButtonWidth,
    label_shown: LabelShown,
) -> String {
    let appearance = match appearance {
        Appearance::Primary => "button button--primary",
        Appearance::Secondary => "button button--secondary",
        Appearance::Subtle => "button button--subtle",
        Appearance::Danger => "button button--danger",
    };
    let size = if size == ButtonSize::Small {
        " button--small"
    } else {
        ""
    };
    let width = if width == ButtonWidth::Full {
        " button--block"
    } else {
        ""
    };
    let shape = if label_shown == LabelShown::Hidden {
        " button--icon"
    } else {
        ""
    };
    format!("{appearance}{size}{width}{shape}")
}

/// Icon and words inside a button or of a link that looks like one.
pub(super) fn button_content(
    icon: Option<IconData>,
    label: Signal<String>,
    context: Option<String>,
    label_shown: LabelShown,
) -> Erased {
    let class = if label_shown == LabelShown::Hidden {
        "visually-hidden"
    } else {
        "button__label"
    };
    view! {
        {icon.map(|icon| view! { <Icon icon /> })}
        <span class=class>
            {label} {context.map(|words| view! { <span class="visually-hidden">{format!(" {words}")}</span> })}
        </span>
    }
    .erase()
}

/// A button. It is disabled until it works; with a `disabled_reason` it stays reachable, says why it does nothing, and
/// does nothing; while `busy` it shows progress and cannot be pressed again.
#[component]
pub fn Button(
    /// What pressing does.
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
    /// Words added to the name for assistive technology, such as what "Delete" deletes.
    #[prop(optional, into)]
    context: Option<String>,
    /// Why it cannot be pressed now.
    #[prop(optional, into)]
    disabled_reason: Option<Signal<Option<String>>>,
    /// Whether its work is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// What it does in its form.
    #[prop(optional)]
    kind: ButtonKind,
    /// From when on it does what it says.
    #[prop(optional)]
    works: Works,
    /// Id of the form it belongs to, where it stands outside of it.
    #[prop(optional, into)]
    form: Option<String>,
    /// Name that the form sends when this button sent it.
    #[prop(optional, into)]
    name: Option<String>,
    /// Value that the form sends when this button sent it.
    #[prop(optional, into)]
    value: Option<String>,
    /// Whether it opens a dialog or menu (`aria-haspopup`).
    #[prop(optional, into)]
    opens: Option<String>,
    /// The button element.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
    /// Called when it is pressed and not disabled.
    #[prop(optional, into)]
    on_press: Option<Callback<()>>,
) -> Erased {
    let hydrated = use_hydrated();
    let reason = disabled_reason.unwrap_or_default();
    let blocked = move || busy.get() || reason.with(Option::is_some);
    let press = move |ev: ev::MouseEvent| {
        if untrack(blocked) {
            ev.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    let button = view! {
        <button
            node_ref=node_ref
            class=button_class(appearance, size, width, label_shown)
            type=kind.name()
            form=form
            name=name
            value=value
            disabled=changing(move || works == Works::AfterHydration && !hydrated.get())
            aria-haspopup=opens
            aria-disabled=changing(move || blocked().then_some("true"))
            aria-busy=changing(move || busy.get().then_some("true"))
            aria-description=changing(move || reason.get())
            on:click=press
        >
            {move || busy.get().then(|| view! { <span class="button__spinner" aria-hidden="true"></span> }.erase())}
            {button_content(icon, label, context, label_shown)}
        </button>
    };
    let tip = move || {
        reason
            .get()
            .or_else(|| (label_shown == LabelShown::Hidden).then(|| label.get()))
    };
    if disabled_reason.is_some() || label_shown == LabelShown::Hidden {
        view! { <TipHost text=Signal::derive(tip)>{button}</TipHost> }.erase()
    } else {
        button.erase()
    }
}
