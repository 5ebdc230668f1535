//! What stands in place of a page that cannot be shown.

use domain::error::Error;
use icondata_lu as lu;
use leptos::prelude::*;

use crate::{
    components::page_title::PageTitle,
    erase::{Erase, Erased},
    error::AppError,
    paths,
    ui::{Appearance, Icon, IconSize, LinkButton},
    words,
};

/// Says what went wrong and what to do about it.
#[component]
pub fn ErrorPage(
    /// Why the page cannot be shown.
    error: AppError,
) -> Erased {
    let (title, way_out, href) = match &error {
        AppError::Domain(Error::SignedOut) => (words::errors::SIGNED_OUT, words::errors::SIGN_IN, paths::sign_in()),
        AppError::Domain(Error::NotFound { .. }) => (words::errors::NOT_FOUND, words::errors::TO_START, paths::home()),
        AppError::Domain(Error::Forbidden { .. }) => (words::errors::FORBIDDEN, words::errors::TO_START, paths::home()),
        AppError::Interrupted | AppError::NotUnderstood | AppError::Domain(_) => {
            (words::errors::FAILED, words::errors::TO_START, paths::home())
        }
    };
    let code = match &error {
        AppError::Domain(error) => Some(error.status()),
        AppError::Interrupted | AppError::NotUnderstood => None,
    };
    #[cfg(feature = "ssr")]
    crate::server_context::set_status(code.unwrap_or(503));
    view! {
        <PageTitle title/>
        <div class="error-page">
            <Icon icon=lu::LuCircleAlert size=IconSize::Large/>
            {code.map(|code| view! { <p class="error-page__code">{code}</p> })}
            <h1 class="error-page__title">{title}</h1>
            <p class="error-page__text">{error.to_string()}</p>
            <div class="error-page__actions">
                <LinkButton href label=way_out appearance=Appearance::Primary/>
            </div>
        </div>
    }
    .erase()
}
