//! The button above a table that adds to it.

use domain::access::{Action, Resource as Subject};
use icondata_lu as lu;
use leptos::prelude::*;

use super::permission::refusal;
use crate::{
    erase::{Erase, Erased},
    ui::{Appearance, Button},
};

/// Opens the dialog that adds something; says why where the person may not add any.
#[component]
pub fn AddButton(
    /// What it adds.
    label: &'static str,
    /// What the person must be allowed to create.
    subject: Subject,
    /// Opens the dialog.
    #[prop(into)]
    on_press: Callback<()>,
) -> Erased {
    view! {
        <Button
            label
            icon=lu::LuPlus
            appearance=Appearance::Primary
            disabled_reason=refusal(Action::Create, subject)
            on_press
        />
    }
    .erase()
}
