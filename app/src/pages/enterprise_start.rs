//! The address of an enterprise without a page: leads to its first page.

use domain::enterprise::SmsTab;
use leptos::prelude::*;
use leptos_router::{NavigateOptions, components::Redirect};

use crate::{context::use_enterprise, erase::Erase, paths};

/// Leads to the groups, where an admin works; while SMS is off, to the page that says so.
#[component]
pub fn EnterpriseStart() -> AnyView {
    let enterprise = use_enterprise();
    let tab = if enterprise.switches.sms {
        SmsTab::Groups
    } else {
        SmsTab::General
    };
    // Back would lead here and on again.
    let options = NavigateOptions {
        replace: true,
        ..Default::default()
    };
    view! { <Redirect path=paths::sms_tab(&enterprise.slug, tab) options/> }.erase()
}
