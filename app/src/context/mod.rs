//! Typed values that a layout provides to everything below it.

use domain::enterprise::EnterpriseContext;
use leptos::prelude::*;

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
