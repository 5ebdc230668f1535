//! Typed values that a layout provides to everything below it.
//!
//! What is loaded lives in resources that layouts and pages make while they are built, never inside a `Suspend`: the
//! server builds the content of one twice, so a resource made there gets another number on the server than in the browser,
//! which then cannot take the page over.

mod loaded;
mod visit;

use domain::enterprise::EnterpriseContext;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[cfg(feature = "ssr")]
pub use self::visit::prepare as prepare_visit;
pub use self::{
    loaded::{Loaded, use_loaded},
    visit::{Visit, load as load_visited_enterprise, provide_visit, use_visit},
};
use crate::server_fns::session::CurrentSession;

/// Provides the signed-in person to everything below.
pub fn provide_session(session: Loaded<CurrentSession>) {
    provide_context(LoadedSession(session));
}

/// The signed-in person; only below `SignedInLayout`.
#[must_use]
pub fn use_session() -> Loaded<CurrentSession> {
    expect_context::<LoadedSession>().0
}

/// Provides the enterprise whose pages are open to everything below.
pub fn provide_enterprise(enterprise: Loaded<EnterpriseContext>) {
    provide_context(LoadedEnterprise(enterprise));
}

/// The name of the enterprise in the address; not found where no enterprise can have such a name.
#[must_use]
pub fn use_slug() -> Memo<Result<EnterpriseSlug, AppError>> {
    let parameters = use_params_map();
    Memo::new(move |_| {
        let slug = parameters.read().get("enterprise").unwrap_or_default();
        EnterpriseSlug::parse(&slug).map_err(|_| {
            AppError::Domain(Error::NotFound {
                resource: Subject::Enterprise,
            })
        })
    })
}

/// What `view` makes of the enterprise once it is loaded; nothing where it cannot be, since `EnterpriseLayout` says why.
pub fn with_enterprise<V: IntoView + 'static>(
    view: impl Fn(EnterpriseContext) -> V + Send + Sync + 'static,
) -> impl IntoView {
    let LoadedEnterprise(enterprise) = expect_context();
    let view = StoredValue::new(view);
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let enterprise = enterprise.await.ok()?;
                provide_context(StoredValue::new(enterprise.clone()));
                Some(view.with_value(|view| view(enterprise)).into_any())
            })}
        </Transition>
    }
    .into_any()
}

/// The enterprise whose pages are open; only inside [`with_enterprise`].
#[must_use]
pub fn use_enterprise() -> EnterpriseContext {
    expect_context::<StoredValue<EnterpriseContext>>().get_value()
}
