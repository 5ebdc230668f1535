//! The start page: leads to the only enterprise, or lists the ones in reach.

use domain::enterprise::EnterpriseSummary;
use icondata_lu as lu;
use leptos::{
    either::{Either, EitherOf3},
    prelude::*,
};
use leptos_router::{NavigateOptions, components::Redirect};

use crate::{
    components::{error_page::ErrorPage, page_header::PageHeader, page_title::PageTitle},
    context::use_session,
    layouts::page_frame::PageFrame,
    paths,
    ui::{Chip, EmptyState, Tone},
    words,
};

/// Leads on to an enterprise.
#[component]
pub fn Home() -> impl IntoView {
    let session = use_session();
    view! {
        <PageFrame>
            <Transition>
                {move || Suspend::new(async move {
                    match session.await {
                        Ok(session) => Either::Left(view! { <Enterprises enterprises=session.enterprises/> }),
                        Err(error) => Either::Right(view! { <ErrorPage error/> }),
                    }
                })}
            </Transition>
        </PageFrame>
    }
    .into_any()
}

#[component]
fn Enterprises(enterprises: Vec<EnterpriseSummary>) -> impl IntoView {
    match enterprises.as_slice() {
        [only] => {
            let options = NavigateOptions {
                replace: true,
                ..Default::default()
            };
            EitherOf3::A(view! { <Redirect path=paths::enterprise(&only.slug) options/> })
        }
        [] => EitherOf3::B(view! {
            <PageTitle title=words::home::NONE_TITLE/>
            <EmptyState icon=lu::LuBuilding title=words::home::NONE_TITLE text=words::home::NONE_TEXT/>
        }),
        _ => EitherOf3::C(view! { <EnterpriseList enterprises/> }),
    }
}

#[component]
fn EnterpriseList(enterprises: Vec<EnterpriseSummary>) -> impl IntoView {
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
        <PageTitle title=words::home::TITLE/>
        <PageHeader title=words::home::TITLE lead=words::home::LEAD/>
        <ul class="choice-list">{items}</ul>
    }
}
