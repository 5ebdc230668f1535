//! What the forms of the console share: what is wrong, and where.

use domain::error::Error;
use leptos::prelude::*;

use crate::{
    erase::Erase,
    error::AppError,
    ui::{Banner, Button, Tone},
    words,
};

/// What is wrong at a field of the request.
pub(super) fn at(error: Signal<Option<AppError>>, field: &'static str) -> Signal<Option<String>> {
    Signal::derive(move || {
        let error = error.get()?;
        let found = error.field_errors().iter().find(|error| error.field == field)?;
        Some(found.message.clone())
    })
}

/// Whether somebody else saved a newer version.
pub(super) fn is_outdated(error: &AppError) -> bool {
    matches!(error, AppError::Domain(Error::Outdated { .. }))
}

/// What is wrong beyond the fields that are shown.
#[component]
pub(super) fn WhatElseIsWrong(
    /// Why the last try failed.
    error: Signal<Option<AppError>>,
    /// The fields that show what is wrong themselves.
    fields: &'static [&'static str],
) -> AnyView {
    let text = move || {
        let error = error.get()?;
        let mut others = error
            .field_errors()
            .iter()
            .filter(|error| !fields.contains(&error.field.as_str()));
        match (error.field_errors().is_empty(), others.next()) {
            (true, _) => Some(error.to_string()),
            (false, other) => other.map(|error| error.message.clone()),
        }
    };
    let banner = move || text().map(|text| view! { <Banner tone=Tone::Danger text/> });
    banner.erase()
}

/// Somebody else has changed it: says so, and reads it again.
#[component]
pub(super) fn ReloadNotice(
    /// Reads it again, which drops what was typed.
    reload: Callback<()>,
) -> AnyView {
    view! {
        <Banner tone=Tone::Warning text=words::provider::OUTDATED>
            <div class="banner__actions">
                <Button label=words::provider::RELOAD on_press=reload/>
            </div>
        </Banner>
    }
    .erase()
}
