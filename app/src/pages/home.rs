//! The start page: leads to the only enterprise, or lists the ones in reach.

use domain::enterprise::EnterpriseSummary;
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect};

use crate::{
    components::{page_header::PageHeader, page_title::PageTitle},
    context::use_session,
    erase::Erase,
    layouts::page_frame::PageFrame,
    paths,
    ui::{Chip, EmptyState, Tone},
    words,
};

/// Leads on to an enterprise.
#[component]
pub fn Home() -> AnyView {
    let enterprises = use_session().enterprises;
    match enterprises.as_slice() {
        [only] => {
            // Back would lead here and on again.
            let options = NavigateOptions {
                replace: true,
                ..Default::default()
            };
            view! { <Redirect path=paths::enterprise(&only.slug) options/> }.erase()
        }
        [] => view! {
            <PageFrame enterprise=None>
                <PageTitle title=words::home::NONE_TITLE/>
                <EmptyState icon=lu::LuBuilding title=words::home::NONE_TITLE text=words::home::NONE_TEXT/>
            </PageFrame>
        }
        .erase(),
        _ => view! { <Enterprises enterprises/> }.erase(),
    }
}

#[component]
fn Enterprises(enterprises: Vec<EnterpriseSummary>) -> AnyView {
    let items = enterprises
        .into_iter()
        .map(|enterprise| {
            view! {
                <li class="choice-list__item">
                    <a class="link" href=paths::enterprise(&enterprise.slug)>
                        {enterprise.name}
                    </a>
                    <Chip tone=Tone::Neutral label=words::home::role(enterprise.role)/>
                </li>
            }
        })
        .collect_view();
    view! {
        <PageFrame enterprise=None>
            <PageTitle title=words::home::TITLE/>
            <PageHeader title=words::home::TITLE lead=words::home::LEAD/>
            <ul class="choice-list">{items}</ul>
        </PageFrame>
    }
    .erase()
}
