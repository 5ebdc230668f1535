//! What stands at an address that leads nowhere.

use icondata_lu as lu;
use leptos::prelude::*;

use crate::{
    components::page_title::PageTitle,
    erase::{Erase, Erased},
    paths,
    ui::{Appearance, Icon, IconSize, LinkButton},
    words,
};

/// Says so, with status 404.
#[component]
pub fn NotFound() -> Erased {
    #[cfg(feature = "ssr")]
    crate::server_context::set_status(404);
    view! {
        <PageTitle title=words::errors::NO_PAGE/>
        <main class="page page--center" id="main" tabindex="-1">
            <div class="error-page">
                <Icon icon=lu::LuSearchX size=IconSize::Large/>
                <p class="error-page__code">"404"</p>
                <h1 class="error-page__title">{words::errors::NO_PAGE}</h1>
                <p class="error-page__text">{words::errors::NO_PAGE_TEXT}</p>
                <div class="error-page__actions">
                    <LinkButton
                        href=paths::home()
                        label=words::errors::TO_START
                        appearance=Appearance::Primary
                    />
                </div>
            </div>
        </main>
    }
    .erase()
}
