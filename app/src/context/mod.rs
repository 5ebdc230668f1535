//! Typed values that a layout provides to everything below it.

mod live;
mod loaded;
mod visit;

use domain::enterprise::EnterpriseContext;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
pub use self::visit::{leads_on, prepare as prepare_visit, start_after_sign_in};
#[cfg(feature = "ssr")]
pub(crate) use self::{live::OUTDATED_NOTICE, visit::current_session};
pub use self::{
    live::{News, on_news, provide_live, provide_live_of_provider},
    loaded::{Loaded, use_loaded, use_reloadable},
    visit::{Visit, load as load_visited_enterprise, no_such_enterprise, provide_visit, use_time_of_visit, use_visit},
};
use crate::server_fns::session::CurrentSession;

/// Provides the signed-in person to everything below.
pub fn provide_session(session: CurrentSession) {
    provide_context(StoredValue::new(session));
}

/// The signed-in person; only below `SignedInLayout`.
#[must_use]
pub fn use_session() -> CurrentSession {
    expect_context::<StoredValue<CurrentSession>>().get_value()
}

/// Provides the enterprise whose pages are open to everything below.
pub fn provide_enterprise(enterprise: EnterpriseContext) {
    provide_context(StoredValue::new(enterprise));
}

/// The enterprise whose pages are open; only below `EnterpriseLayout`.
#[must_use]
pub fn use_enterprise() -> EnterpriseContext {
    expect_context::<StoredValue<EnterpriseContext>>().get_value()
}
