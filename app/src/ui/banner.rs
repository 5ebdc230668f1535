//! Messages that stand in the page until their cause is gone.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::{Icon, Tone, dom};
use crate::{
    effect::effect,
    erase::{Content, Erase, Erased},
};

/// A message across its container. `Tone::Danger` is announced at once, the others politely.
#[component]
pub fn Banner(
    /// What the message means.
    #[prop(optional)]
    tone: Tone,
    /// The message in a few words.
    #[prop(optional, into)]
    title: Signal<Option<String>>,
    /// The message in a sentence or two.
    #[prop(into)]
    text: Signal<String>,
    /// Where to do something about it.
    #[prop(optional, into)]
    href: Option<String>,
    /// Words of the link to `href`.
    #[prop(optional, into)]
    link_label: Option<String>,
    /// Buttons, best in an element of class `banner__actions`.
    #[prop(optional)]
    children: Option<Content>,
) -> Erased {
    let link = href.zip(link_label);
    view! {
        <div class="banner" data-tone=tone.name() role=if tone == Tone::Danger { "alert" } else { "status" }>
            <Icon icon=tone.icon() />
            <div class="banner__content">
                {move || title.get().map(|title| view! { <p class="banner__title">{title}</p> }.erase())}
                <p class="banner__text">
                    {text}
                    {link.map(|(href, label)| view! { " " <a class="link" href=href>{label}</a> })}
                </p>
                {children.map(Content::view)}
            </div>
        </div>
    }
    .erase()
}

/// All that is wrong with a form, above its fields; takes the focus when it appears. Each line leads to its field.
#[component]
pub fn ErrorSummary(
    /// What to do.
    #[prop(optional, into)]
    title: Option<String>,
    /// Id of the field, and what is wrong with it.
    #[prop(into)]
    errors: Signal<Vec<(String, String)>>,
) -> Erased {
    let summary = NodeRef::<html::Div>::new();
    let title = title.unwrap_or_else(|| crate::words::ui::CHECK_FIELDS.to_owned());
    effect(move || {
        if let Some(summary) = summary.get().filter(|_| errors.with(|errors| !errors.is_empty())) {
            dom::focus(&summary);
        }
    });
    let line = |(id, text): (String, String)| {
        let target = id.clone();
        let go = move |ev: leptos::ev::MouseEvent| {
            ev.prevent_default();
            let field = document().get_element_by_id(&target);
            if let Some(field) = field.and_then(|field| field.dyn_into().ok()) {
                dom::focus(&field);
            }
        };
        view! { <li><a class="link" href=format!("#{id}") on:click=go>{text}</a></li> }
    };
    let shown = move || {
        let lines = errors.get();
        (!lines.is_empty()).then(|| {
            view! {
                <div node_ref=summary class="banner" data-tone=Tone::Danger.name() role="alert" tabindex="-1">
                    <Icon icon=Tone::Danger.icon() />
                    <div class="banner__content">
                        <p class="banner__title">{title.clone()}</p>
                        <ul class="banner__list">{lines.into_iter().map(line).collect_view()}</ul>
                    </div>
                </div>
            }
        })
    };
    shown.erase()
}
