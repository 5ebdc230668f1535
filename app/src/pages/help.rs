//! The help pages, written for this product.

use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_params_map;

use crate::{
    components::page_title::PageTitle,
    erase::{Erase, Erased},
    layouts::page_frame::PageFrame,
    pages::not_found::NotFound,
    paths::{self, HelpTopic},
    ui::{Tab, Tabs},
    words,
};

/// One help page, with links to the others.
#[component]
pub fn HelpPage() -> Erased {
    let parameters = use_params_map();
    let shown = move || match HelpTopic::parse(&parameters.read().get("topic").unwrap_or_default()) {
        Some(topic) => Either::Left(view! { <Topic topic/> }),
        None => Either::Right(view! { <NotFound/> }),
    };
    shown.erase()
}

#[component]
fn Topic(topic: HelpTopic) -> Erased {
    let text = words::help::topic(topic);
    let tabs: Vec<Tab> = HelpTopic::ALL
        .into_iter()
        .map(|other| Tab {
            label: words::help::topic(other).title.to_owned(),
            href: paths::help(other),
            current: other == topic,
        })
        .collect();
    let sections = text
        .sections
        .iter()
        .map(|section| {
            let paragraphs = section
                .paragraphs
                .iter()
                .map(|text| view! { <p>{*text}</p> })
                .collect_view();
            view! {
                <h2>{section.heading}</h2>
                {paragraphs}
            }
        })
        .collect_view();
    view! {
        <PageFrame enterprise=None>
            <PageTitle title=words::help::title(topic)/>
            <Tabs label=words::help::TOPICS tabs/>
            <article class="prose">
                <h1>{text.title}</h1>
                {sections}
            </article>
        </PageFrame>
    }
    .erase()
}
