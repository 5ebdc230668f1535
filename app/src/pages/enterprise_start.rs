//! The address of an enterprise without a page: leads to its first page. A visit is led there by the server; this is for
//! those who come from another page.

use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect};

use crate::{
    context::use_enterprise,
    erase::{Erase, Erased},
    paths,
};

/// Leads to the groups, where an admin works; while SMS is off, to the page that says so.
#[component]
pub fn EnterpriseStart() -> Erased {
    let start = paths::enterprise_start(&use_enterprise());
    // Back would lead here and on again.
    let options = NavigateOptions {
        replace: true,
        ..Default::default()
    };
    view! { <Redirect path=start options/> }.erase()
}
