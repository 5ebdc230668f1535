//! Loads the enterprise named in the address and frames its pages.

use domain::{enterprise::EnterpriseSlug, error::Error};
use leptos::{either::Either, prelude::*};
use leptos_router::{components::Outlet, hooks::use_params_map};

use crate::{
    components::error_page::ErrorPage, context::provide_enterprise, error::AppError, layouts::page_frame::PageFrame,
    server_fns::enterprise::load_enterprise,
};

/// Provides the enterprise to the pages below, with its own top bar.
#[component]
pub fn EnterpriseLayout() -> impl IntoView {
    let parameters = use_params_map();
    let slug = Memo::new(move |_| parameters.read().get("enterprise").unwrap_or_default());
    let enterprise = Resource::new(
        move || slug.get(),
        |slug| async move {
            match EnterpriseSlug::parse(&slug) {
                Ok(slug) => load_enterprise(slug).await,
                Err(_) => Err(AppError::Domain(Error::NotFound {
                    resource: domain::access::Resource::Enterprise,
                })),
            }
        },
    );
    view! {
        <Transition>
            {move || Suspend::new(async move {
                match enterprise.await {
                    Ok(enterprise) => {
                        provide_enterprise(enterprise.clone());
                        Either::Left(view! {
                            <PageFrame enterprise=Some(enterprise)>
                                <Outlet/>
                            </PageFrame>
                        })
                    }
                    Err(error) => {
                        Either::Right(view! {
                            <PageFrame enterprise=None>
                                <ErrorPage error=error.clone()/>
                            </PageFrame>
                        })
                    }
                }
            })}
        </Transition>
    }
}
