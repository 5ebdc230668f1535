//! The start page: leads to the provider's console or to the only enterprise, or lists the ones in reach. A visit is led on
//! by the server; this is for those who come from another page.

use domain::enterprise::EnterpriseSummary;
use icondata_lu as lu;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect};

use crate::{
    components::{page_header::PageHeader, page_title::PageTitle},
    context::use_session,
    erase::{Erase, Erased},
    layouts::page_frame::PageFrame,
    paths,
    server_fns::session::CurrentSession,
    ui::{Chip, EmptyState, Tone},
    words,
};

/// Leads on to where the person works.
#[component]
pub fn Home() -> Erased {
    let CurrentSession {
        enterprises, provider, ..
    } = use_session();
    if provider.is_some() {
        return lead_to(paths::provider());
    }
    match enterprises.as_slice() {
        [only] => lead_to(paths::enterprise(&only.slug)),
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

fn lead_to(path: String) -> Erased {
    // Back would lead here and on again.
    let options = NavigateOptions {
        replace: true,
        ..Default::default()
    };
    view! { <Redirect path options/> }.erase()
}

#[component]
fn Enterprises(enterprises: Vec<EnterpriseSummary>) -> Erased {
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
